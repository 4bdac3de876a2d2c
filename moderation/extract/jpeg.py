"""The segments of a JPEG file.

After ITU-T T.81, annex B, and *XMP Specification Part 3* for what applications put into segments.
"""

import re
import struct
from collections.abc import Iterator, Mapping

from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import Container, damaged, decoded

_FILL = re.compile(rb"\xff++")
_MOST_FILL = 4096
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
_APPLICATIONS = range(0xE0, 0xF0)
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOS, _EOI, _COMMENT, _FILLING = 0xDA, 0xD9, 0xFE, 0xFF
_EXIF, _XMP = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE, _PHOTOSHOP = b"http://ns.adobe.com/xmp/extension/\0", b"Photoshop 3.0\0"
_OLD_PHOTOSHOP = b"Adobe_Photoshop2.5:"
_BYTE_ORDERS = (b"II*\0", b"MM\0*")
_JFIF, _JFXX = b"JFIF\0", b"JFXX\0"
_GUID_AND_PLACE = 40
_PLACE = slice(36, 40)
_PROFILE, _PROFILE_PLACE = b"ICC_PROFILE\0", 2
_SMALL_JPEG = 0x10
_APP11, _BOXES, _BOX_NUMBER, _BOX_HEADER = 0xEB, b"JP", 2, 8
_LONG_BOX = b"\0\0\0\1"


def read_jpeg(data: bytes) -> Container:
    """Walk the segments of a JPEG file up to its end.

    Raises:
        ExtractionError: it is damaged or ends early

    """
    found = Container(scans=0)
    pieces: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for marker, body in _segments(data, found):
        if marker in _FRAMES:
            found.grow(*_size(body))
        elif marker == _SOS:
            found.scans += 1
        elif head := _head(marker, body):
            rest = body[len(head) :]
            size, place = _IN_PIECES[head]
            pieces.setdefault(head + rest[: place.start], []).append((rest[place], rest[size:]))
        elif marker in _APPLICATIONS:
            _application(marker, body, found)
        else:
            _other(marker, body, found)
    _join(pieces, found)
    return found


_IN_PIECES = {
    _PHOTOSHOP: (0, slice(0, 0)),
    _XMP_MORE: (_GUID_AND_PLACE, _PLACE),
    _PROFILE: (_PROFILE_PLACE, slice(0, 1)),
    _BOXES: (_BOX_NUMBER + 4, slice(_BOX_NUMBER, _BOX_NUMBER + 4)),
}
"""What may go on over several segments: bytes before each piece, and which of them place it."""


def _head(marker: int, body: bytes) -> bytes:
    """Return what a segment begins with that is one of several pieces."""
    head = next((each for each in _IN_PIECES if body.startswith(each)), b"")
    return head if marker in _APPLICATIONS and (head != _BOXES or marker == _APP11) else b""


def _join(pieces: Mapping[bytes, list[tuple[bytes, bytes]]], found: Container) -> None:
    """Put together what was cut into segments, in the order that the pieces state."""
    for head, parts in pieces.items():
        whole = b"".join(part for _, part in sorted(parts, key=_stated))
        if head.startswith(_PHOTOSHOP):
            found.iptc += [whole] if whole else []
        elif head.startswith(_XMP_MORE):
            found.xmp += [whole] if whole else []
        elif head.startswith(_BOXES):
            add_credentials(_boxes(parts), "JPEG APP11", found)
        else:
            found.add_strings("JPEG colour profile", whole)


def _boxes(parts: list[tuple[bytes, bytes]]) -> bytes:
    """Put a box together, whose header stands before each piece of it."""
    ordered = [part for _, part in sorted(parts, key=_stated)]
    again = 2 * _BOX_HEADER if ordered[0].startswith(_LONG_BOX) else _BOX_HEADER
    return ordered[0] + b"".join(part[again:] for part in ordered[1:])


def _stated(part: tuple[bytes, bytes]) -> bytes:
    return part[0]


def _size(body: bytes) -> tuple[int, int]:
    if len(body) < 5:
        raise damaged("the header")
    height, width = struct.unpack_from(">HH", body, 1)
    return width, height


def _other(marker: int, body: bytes, found: Container) -> None:
    if marker == _COMMENT:
        found.add_text("JPEG comment", decoded(body))
    elif marker not in _TABLES:
        found.add_strings(f"JPEG {marker:02X}", body)


def _application(marker: int, body: bytes, found: Container) -> None:
    if body.startswith(_EXIF):
        _exif(body[6:], found)
    elif body.startswith(_OLD_PHOTOSHOP):
        found.iptc.append(body[len(_OLD_PHOTOSHOP) :])
    elif body.startswith(_XMP):
        found.xmp.append(body[len(_XMP) :])
    else:
        small = body.startswith(_JFXX) or (body.startswith(_JFIF) and body[12:14].strip(b"\0"))
        if small:
            found.parts.append(("thumbnail", "a small copy of the picture (JFIF)"))
        if body.startswith(_JFXX) and body[5:6] == bytes((_SMALL_JPEG,)):
            found.small.append(("JFXX", body[6:]))
        # Also where the name is known: anybody may write one before words of their own.
        found.add_strings(f"JPEG APP{marker - 0xE0}", body)


def _exif(body: bytes, found: Container) -> None:
    """Keep an EXIF block, or what goes on with one that was too long for a segment."""
    if found.exif and not body.startswith(_BYTE_ORDERS):
        found.exif[-1] += body
    else:
        found.exif.append(body)


def _segments(data: bytes, found: Container) -> Iterator[tuple[int, bytes]]:
    at = 2
    while True:
        marker, at = _marker(data, at)
        found.step()
        if marker == _EOI:
            found.end = at
            return
        if marker in _ALONE:
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        body = data[at + 2 : at + size]
        if size < 2 or len(body) != size - 2:
            raise damaged("the structure")
        yield marker, body
        at += size
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, at)
            at = following.start() if following else len(data)


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at *at* and the offset behind it; any number of FF may fill up."""
    filled = _FILL.match(data, at, at + _MOST_FILL)
    at = filled.end() if filled else at
    if filled is None or at >= len(data):
        raise damaged("the structure" if at < len(data) else "the end")
    if data[at] == _FILLING:
        raise damaged("the structure")
    return data[at], at + 1
