"""The chunks of a WebP file.

After RFC 9649, *WebP Image Format*.
"""

import struct
from collections.abc import Iterator

from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import Container, damaged

_READ = (b"ALPH", b"VP8 ", b"VP8L", b"ANMF", b"EXIF", b"XMP ", b"C2PA")
_NUMBERS = {b"VP8X": 10, b"ANIM": 6}
"""Bytes of the chunks that hold a few numbers; whoever adds to them hides something."""
_FRAME = 16


def read_webp(data: bytes) -> Container:
    """Walk the chunks of a WebP file up to its end.

    Raises:
        ExtractionError: it is damaged or ends early

    """
    found = Container(end=8 + int.from_bytes(data[4:8], "little"))
    if not 20 <= found.end <= len(data):
        raise damaged("the end")
    frames = 0
    for kind, body in _chunks(data[: found.end], 12):
        found.step()
        if kind == b"ANMF":
            frames += 1
            found.grow(*_frame(body))
            for inner, content in _chunks(body[_FRAME:], 0):
                found.step()
                _others(inner, content, found)
        elif kind in (b"VP8 ", b"VP8L", b"VP8X"):
            found.grow(*_size(kind, body))
        _metadata(kind, body, found)
        _others(kind, body, found)
    found.frames = max(1, frames)
    return found


def _metadata(kind: bytes, body: bytes, found: Container) -> None:
    if kind == b"EXIF":
        found.exif.append(body.removeprefix(b"Exif\0\0"))
    elif kind == b"XMP ":
        found.xmp.append(body)
    elif kind == b"C2PA":
        add_credentials(body, "WebP C2PA", found)


def _others(kind: bytes, body: bytes, found: Container) -> None:
    """Read what chunks hold that are neither pixels nor a few numbers."""
    if kind not in _READ and len(body) > _NUMBERS.get(kind, 0):
        found.add_strings(f"WebP {kind.decode('latin-1').strip()}", body)


def _frame(body: bytes) -> tuple[int, int]:
    if len(body) < _FRAME:
        raise damaged("a frame")
    left, top, width, height = (_three(body, 3 * index) for index in range(4))
    return 2 * left + width + 1, 2 * top + height + 1


def _size(kind: bytes, body: bytes) -> tuple[int, int]:
    if len(body) < 10 and not (kind == b"VP8L" and len(body) >= 5):
        raise damaged("the header")
    if kind == b"VP8X":
        return _three(body, 4) + 1, _three(body, 7) + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _three(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at < len(data):
        if at + 8 > len(data):
            raise damaged("the end")
        kind, size = data[at : at + 4], int(struct.unpack_from("<I", data, at + 4)[0])
        if at + 8 + size > len(data):
            raise damaged("the end")
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
