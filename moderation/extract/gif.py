"""The blocks of a GIF file.

After *Graphics Interchange Format, Version 89a*, and *XMP Specification Part 3*, section 1.1.2.
"""

import struct

from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import MAX_BLOCKS, Container, damaged, decoded

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_COMMENT, _PLAIN_TEXT, _APPLICATION = 0xFE, 0x01, 0xFF
_FULL = 255
_XMP = b"XMP DataXMP"
_CREDENTIALS = b"C2PA_GIF\1\0\0"
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def read_gif(data: bytes, *, most_frames: int) -> Container:
    """Walk the blocks of a GIF file up to its end, or to one frame more than *most_frames*.

    Raises:
        ExtractionError: it is damaged or ends early

    """
    if len(data) < 13:
        raise damaged("the header")
    found = Container(frames=0)
    found.grow(*struct.unpack_from("<HH", data, 6))
    at = 13 + _colours(data[10])
    while found.frames <= most_frames:
        kind = data[at : at + 1]
        if kind == bytes((_TRAILER,)):
            found.end = at + 1
            break
        if kind == bytes((_IMAGE,)):
            at = _frame(data, at, found)
        elif kind == bytes((_EXTENSION,)):
            at = _extension(data, at, found)
        else:
            raise damaged("the structure")
    return found


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _frame(data: bytes, at: int, found: Container) -> int:
    if at + 10 > len(data):
        raise damaged("the end")
    left, top, width, height, flags = struct.unpack_from("<HHHHB", data, at + 1)
    found.grow(left + width, top + height)
    found.frames += 1
    return _skip(data, at + 11 + _colours(flags), found)


def _extension(data: bytes, at: int, found: Container) -> int:
    label = data[at + 1 : at + 2]
    start, end = at + 2, _skip(data, at + 2, found)
    if label == bytes((_APPLICATION,)):
        _application(data, start, end, found)
    elif label == bytes((_COMMENT,)):
        found.add_text("GIF comment", decoded(_joined(data, start, end)))
    elif label == bytes((_PLAIN_TEXT,)):
        found.add_text("GIF plain text", decoded(_joined(data, start, end)[12:]))
    else:
        found.add_strings("GIF extension", _joined(data, start, end))
    return end


def _application(data: bytes, start: int, end: int, found: Container) -> None:
    name = data[start + 1 : start + 12]
    body = data[start + 12 : end]
    if name == _XMP:
        # The packet is not cut into blocks; a ramp of 258 bytes lets block readers get past it.
        found.xmp.append(body[: body.rfind(b"\x01\xff\xfe")])
    elif name == _CREDENTIALS:
        add_credentials(_joined(data, start, end)[len(name) :], "GIF C2PA", found)
    else:
        whole = _joined(data, start, end)
        found.add_strings("GIF extension", whole[len(name) :] if name in _LOOPS else whole)


def _skip(data: bytes, at: int, found: Container) -> int:
    """Return the offset behind the blocks that begin at *at*."""
    while at < len(data):
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
        # Encoders fill their blocks: 255 bytes each, but for the last.
        found.blocks += size < _FULL
        if found.blocks > MAX_BLOCKS:
            break
    raise damaged("the end" if at >= len(data) else "the structure")


def _joined(data: bytes, at: int, end: int) -> bytes:
    parts = []
    while at < end:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts)
