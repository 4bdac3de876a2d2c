"""JPEG, rewritten segment by segment: the pixels stay as they were compressed.

After ITU-T T.81, annex B, and *XMP Specification Part 3* for what applications put into segments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.analysis.repair.jpeg_tables import HUFFMAN, QUANTISATION, Segment, without_unread
from moderation.analysis.repair.kept import Kept, Metadata
from moderation.analysis.repair.profile import sound_profile
from moderation.extract.picture import MAX_BLOCKS, damaged

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SHOWING = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDD}
"""Frames, tables, scans and restart intervals; the only segments that are taken over."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOS, _EOI, _FILL = 0xDA, 0xD9, 0xFF
_JFIF, _ADOBE, _PROFILE = b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_JFIF_SIZE, _ADOBE_SIZE = 14, 12
_PIECE = 65_000


@dataclass(slots=True)
class _Segments:
    """The segments of a file, sorted by what becomes of them."""

    jfif: bytes = b""
    adobe: bytes = b""
    profile: dict[int, bytes] = field(default_factory=dict)
    metadata: Metadata = field(default_factory=Metadata)
    showing: list[Segment] = field(default_factory=list)
    pixels: list[memoryview] = field(default_factory=list)
    """What follows each segment that shows: nothing, but behind the head of a scan."""


def rewrite_jpeg(data: bytes, kept: Kept | None = None) -> bytes:
    """Return the same picture with nothing beside it.

    Args:
        data: a JPEG file
        kept: what is written beside the pixels, instead of what the file tells of itself

    Raises:
        ExtractionError: it is damaged or ends early

    """
    found = _sorted(data)
    kept = kept or found.metadata.kept()
    profile = sound_profile(b"".join(body for _, body in sorted(found.profile.items())))
    blocks = (
        (0xE0, b"", found.jfif),
        (0xE1, _EXIF, kept.as_exif()),
        (0xE1, _XMP, kept.as_xmp()),
        *_in_pieces(profile),
        (0xED, _PHOTOSHOP, kept.as_iptc()),
        (0xEE, b"", found.adobe),
    )
    head = [_segment(marker, name + body) for marker, name, body in blocks if body]
    return b"".join((b"\xff\xd8", *head, *_shown(found), b"\xff\xd9"))


def kept_in_jpeg(data: bytes) -> Kept:
    """Return what a cleaned copy would tell beside the pixels."""
    return _sorted(data).metadata.kept()


def _sorted(data: bytes) -> _Segments:
    found = _Segments()
    for marker, body, pixels in _segments(data):
        if marker in _SHOWING:
            found.showing.append((marker, body))
            found.pixels.append(pixels)
        else:
            _sort(marker, body, found)
    return found


def _shown(found: _Segments) -> Iterator[bytes | memoryview]:
    """Yield the segments that show the picture, each with its pixels, without unread tables."""
    bodies = without_unread(found.showing)
    for (marker, _), body, pixels in zip(found.showing, bodies, found.pixels, strict=True):
        if body or marker not in (HUFFMAN, QUANTISATION):
            yield _segment(marker, body)
        yield pixels


def _sort(marker: int, body: bytes, found: _Segments) -> None:
    if marker == 0xE0 and body.startswith(_JFIF) and len(body) >= _JFIF_SIZE:
        found.jfif = found.jfif or body[: _JFIF_SIZE - 2] + bytes(2)
    elif marker == 0xE1 and body.startswith(b"Exif\0"):
        found.metadata.exif.append(body[len(_EXIF) :])
    elif marker == 0xE1 and body.startswith(_XMP):
        found.metadata.xmp.append(body[len(_XMP) :])
    elif marker == 0xE2 and body.startswith(_PROFILE):
        found.profile.setdefault(body[len(_PROFILE)] if len(body) > 13 else 0, body[14:])
    elif marker == 0xED and body.startswith(_PHOTOSHOP):
        found.metadata.resources += body[len(_PHOTOSHOP) :]
    elif marker == 0xEE and body.startswith(_ADOBE) and len(body) >= _ADOBE_SIZE:
        found.adobe = found.adobe or body[:_ADOBE_SIZE]


def _in_pieces(profile: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    pieces = [profile[at : at + _PIECE] for at in range(0, len(profile), _PIECE)]
    for number, piece in enumerate(pieces, 1):
        yield 0xE2, _PROFILE + bytes((number, len(pieces))), piece


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _segments(data: bytes) -> Iterator[tuple[int, bytes, memoryview]]:
    """Yield marker and body of each segment, and the pixels that follow it."""
    whole = memoryview(data)
    at = 2
    for _ in range(MAX_BLOCKS):
        marker, at = _marker(data, at)
        if marker == _EOI:
            return
        if marker in _ALONE:
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if not at + 2 <= end <= len(data):
            raise damaged("the structure")
        body, at = data[at + 2 : end], end
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, at)
            at = following.start() if following else len(data)
        yield marker, body, whole[end:at]
    raise damaged("the structure")


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at *at* and the offset behind it; any number of FF may fill up."""
    start = at
    while data[at : at + 1] == b"\xff":
        at += 1
    if at == start or at >= len(data):
        raise damaged("the structure" if at < len(data) else "the end")
    return data[at], at + 1
