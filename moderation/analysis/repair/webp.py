"""WebP, rewritten chunk by chunk: the pixels stay as they were compressed.

After RFC 9649, *WebP Image Format*.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.analysis.repair.kept import Kept, Metadata
from moderation.analysis.repair.profile import sound_profile
from moderation.extract.picture import MAX_BLOCKS, damaged

_PIXELS = (b"VP8 ", b"VP8L", b"ALPH")
_PROFILED, _SEE_THROUGH, _EXIF, _XMP, _MOVING = 0x20, 0x10, 0x08, 0x04, 0x02
_CANVAS, _LOOP, _FRAME = 10, 6, 16


@dataclass(slots=True)
class _Chunks:
    """The chunks of a file, sorted by what becomes of them."""

    canvas: bytes = b""
    profile: bytes = b""
    showing: list[bytes] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)


def rewrite_webp(data: bytes, kept: Kept | None = None) -> bytes:
    """Return the same picture with nothing beside it.

    Args:
        data: a WebP file
        kept: what is written beside the pixels, instead of what the file tells of itself

    Raises:
        ExtractionError: it is damaged or ends early

    """
    found = _sorted(data)
    if kept is not None and not found.canvas and (kept.as_exif() or kept.as_xmp(with_iptc=True)):
        found.canvas = _canvas(found.showing[0])
    return _written(found, found.metadata.kept() if kept is None else kept)


def kept_in_webp(data: bytes) -> Kept:
    """Return what a cleaned copy would tell beside the pixels."""
    return _sorted(data).metadata.kept()


def _sorted(data: bytes) -> _Chunks:
    end = 8 + int.from_bytes(data[4:8], "little")
    if not 20 <= end <= len(data):
        raise damaged("the end")
    found = _Chunks()
    for kind, body in _chunks(data, 12, end):
        if kind == b"VP8X" and len(body) >= _CANVAS:
            found.canvas = found.canvas or body[:_CANVAS]
        elif kind == b"ICCP":
            found.profile = found.profile or sound_profile(body)
        elif kind == b"EXIF":
            found.metadata.exif.append(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            found.metadata.xmp.append(body)
        else:
            found.showing.append(_shown(kind, body))
    return found


def _canvas(chunk: bytes) -> bytes:
    """Return the header of an extended file for the pixels of a simple one."""
    if chunk.startswith(b"VP8L"):
        bits = int.from_bytes(chunk[9:13], "little")
        width, height, clear = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
    else:
        width = (int.from_bytes(chunk[14:16], "little") & 0x3FFF) - 1
        height = (int.from_bytes(chunk[16:18], "little") & 0x3FFF) - 1
        clear = 0
    if min(width, height) < 0:
        raise damaged("the header")
    flags = bytes((_SEE_THROUGH if clear else 0, 0, 0, 0))
    return flags + width.to_bytes(3, "little") + height.to_bytes(3, "little")


def _shown(kind: bytes, body: bytes) -> bytes:
    """Return the chunk if it is needed to show the picture, without what has been added to it."""
    if kind in _PIXELS:
        return _chunk(kind, body)
    if kind == b"ANIM":
        return _chunk(kind, body[:_LOOP])
    if kind != b"ANMF":
        return b""
    if len(body) < _FRAME:
        raise damaged("a frame")
    inner = (_chunk(k, b) for k, b in _chunks(body, _FRAME, len(body)) if k in _PIXELS)
    return _chunk(kind, body[:_FRAME] + b"".join(inner))


def _written(found: _Chunks, kept: Kept) -> bytes:
    canvas, profile = found.canvas, found.profile
    exif, xmp = kept.as_exif(), kept.as_xmp(with_iptc=True)
    if not canvas:  # a simple file has no place for metadata, and decoders look for none there
        exif = xmp = b""
    else:
        flags = canvas[0] & (_SEE_THROUGH | _MOVING)
        for there, flag in ((profile, _PROFILED), (exif, _EXIF), (xmp, _XMP)):
            flags |= flag if there else 0
        canvas = _chunk(b"VP8X", bytes((flags, 0, 0, 0)) + canvas[4:])
        canvas += _chunk(b"ICCP", profile) if profile else b""
    whole = b"WEBP" + canvas + b"".join(found.showing)
    whole += _chunk(b"EXIF", exif) if exif else b""
    whole += _chunk(b"XMP ", xmp) if xmp else b""
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    for _ in range(MAX_BLOCKS):
        if at >= end:
            return
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise damaged("the end")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise damaged("the structure")
