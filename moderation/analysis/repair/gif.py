"""GIF, written anew frame by frame: the same colours, times and loop, and no other block.

After *Graphics Interchange Format, Version 89a*.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from moderation.analysis.repair.again import decoding
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import damaged

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_COLOURED, _INTERLACED = 0x80, 0x40
_MOST_BLOCKS = 5_000
_GREYS = bytes(value for value in range(256) for _ in range(3))
_TURNED = (0, 85, 170, 1, 86, 171)


@dataclass(slots=True)
class _Frame:
    control: bytes
    place: tuple[int, int, int, int]
    palette: bytes
    pixels: bytes
    """One byte a pixel: the number of its colour."""


def rewrite_gif(data: bytes) -> bytes:
    """Return the same picture with nothing beside it.

    Args:
        data: a GIF file whose pixels have been counted and found to be few enough

    Raises:
        ExtractionError: it is damaged or ends early

    """
    if len(data) < 13:
        raise damaged("the header")
    width, height, flags, background, _ = struct.unpack_from("<HHBBB", data, 6)
    shared = data[13 : 13 + _colours(flags)]
    loop, frames = _read(data, 13 + len(shared))
    if not frames:
        raise damaged("the end")
    used = _used(frame.pixels for frame in frames if not frame.palette) | {background}
    shared = _blanked(shared, used)
    for frame in frames:
        frame.palette = _blanked(frame.palette, _used([frame.pixels]))
    whole = _written(width, height, background, shared, loop, frames)
    if carries_payload(whole):  # a palette can spell one
        for frame in frames:
            _reorder(frame, shared)
        whole = _written(width, height, 0, b"", loop, frames)
    return whole


def _read(data: bytes, at: int) -> tuple[bytes, list[_Frame]]:
    frames: list[_Frame] = []
    loop = control = b""
    for _ in range(_MOST_BLOCKS):
        kind = data[at : at + 1]
        if kind == bytes((_TRAILER,)):
            return loop, frames
        if kind == bytes((_IMAGE,)):
            frame, at = _frame(data, at, control)
            frames.append(frame)
            control = b""
        elif kind == bytes((_EXTENSION,)):
            label, start = data[at + 1 : at + 2], at + 2
            at = _skip(data, start)
            if label == bytes((_CONTROL,)) and data[start : start + 1] == b"\4":
                control = data[start + 1 : start + 5]
            elif label == bytes((_APPLICATION,)) and data[start + 1 : start + 12] in _LOOPS:
                loop = loop or data[start + 12 : start + 16]
        else:
            raise damaged("the structure")
    raise damaged("the structure")


def _frame(data: bytes, at: int, control: bytes) -> tuple[_Frame, int]:
    if at + 10 > len(data):
        raise damaged("the end")
    left, top, width, height, flags = struct.unpack_from("<HHHHB", data, at + 1)
    start = at + 10 + _colours(flags)
    end = _skip(data, start + 1)
    alone = struct.pack("<6sHHBBB", b"GIF89a", width, height, _COLOURED | 0x77, 0, 0) + _GREYS
    alone += struct.pack("<BHHHHB", _IMAGE, 0, 0, width, height, flags & _INTERLACED)
    pixels = _indices(alone + data[start:end] + bytes((_TRAILER,)))
    if len(pixels) != width * height:
        raise damaged("a frame")
    return _Frame(control, (left, top, width, height), data[at + 10 : start], pixels), end


def _indices(alone: bytes) -> bytes:
    """Decode one frame; in a palette of greys in order the value is the number of the colour."""
    with decoding(alone, "GIF") as picture:
        picture.load()
        return bytes(picture.tobytes())


def _packed(width: int, height: int, pixels: bytes) -> bytes:
    """Compress one frame, and return it from the least code size on."""
    from PIL import Image

    out = io.BytesIO()
    picture = Image.frombytes("L", (width, height), pixels)
    picture.save(out, "GIF", optimize=False, interlace=0)
    whole = out.getvalue()
    at = 13 + _colours(whole[10])
    while whole[at] == _EXTENSION:
        at = _skip(whole, at + 2)
    at += 10 + _colours(whole[at + 9])
    return whole[at : _skip(whole, at + 1)]


def _used(pictures: Iterator[bytes] | list[bytes]) -> set[int]:
    return {value for pixels in pictures for value in set(pixels)}


def _blanked(palette: bytes, used: set[int]) -> bytes:
    """Return a palette without the colours that nothing is painted in."""
    colours = [palette[at : at + 3] for at in range(0, len(palette), 3)]
    return b"".join(c if n in used else bytes(3) for n, c in enumerate(colours))


def _reorder(frame: _Frame, shared: bytes) -> None:
    """Give the frame a palette of its own, in another order, so that it spells nothing."""
    palette = (frame.palette or shared).ljust(3 * 256, b"\0")
    order = sorted(range(256), key=lambda n: (n * 101 + 7) % 256)
    place = bytearray(256)
    for new, old in enumerate(order):
        place[old] = new
    frame.palette = b"".join(palette[3 * old : 3 * old + 3] for old in order)
    frame.pixels = frame.pixels.translate(bytes(place))
    if len(frame.control) == 4 and frame.control[0] & 1:
        frame.control = frame.control[:3] + bytes((place[frame.control[3]],))


def _written(
    width: int, height: int, background: int, shared: bytes, loop: bytes, frames: list[_Frame]
) -> bytes:
    flags = 0x70 | _table(shared) if shared else 0x70
    out = [struct.pack("<6sHHBBB", b"GIF89a", width, height, flags, background, 0), shared]
    if loop[:2] == b"\3\1":
        out.append(b"\x21\xff\x0bNETSCAPE2.0" + loop[:4] + b"\0")
    for frame in frames:
        if len(frame.control) == 4:
            shown = bytes((frame.control[0] & 0x1F,)) + frame.control[1:]
            out.append(b"\x21\xf9\4" + shown + b"\0")
        flags = _table(frame.palette) if frame.palette else 0
        out.append(struct.pack("<BHHHHB", _IMAGE, *frame.place, flags) + frame.palette)
        out.append(_packed(frame.place[2], frame.place[3], frame.pixels))
    return b"".join((*out, bytes((_TRAILER,))))


def _table(palette: bytes) -> int:
    return _COLOURED | (len(palette) // 3).bit_length() - 2


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & _COLOURED else 0


def _skip(data: bytes, at: int) -> int:
    """Return the offset behind the blocks that begin at *at*."""
    while at < len(data):
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
    raise damaged("the end")
