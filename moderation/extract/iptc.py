"""IPTC-IIM: the captions and names that picture desks write into a file.

After *IPTC-NAA Information Interchange Model, Version 4.2*, and, for the blocks around it, *Adobe
Photoshop File Formats Specification*, "Image Resource Blocks".
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.extract.picture import damaged, decoded, strings

_IIM, _THUMBNAILS, _EXIF, _XMP = 0x0404, (0x0409, 0x040C), (0x0422, 0x0423), 0x0424
_UTF8 = re.compile(rb"\x1b%(?:G|/[GHI])")
_LATIN = re.compile(rb"\x1b[.\-]A")
_BEFORE_PICTURE, _JPEG = 28, b"\xff\xd8\xff"
_NAMES = {
    (2, 5): "Object Name",
    (2, 7): "Edit Status",
    (2, 15): "Category",
    (2, 20): "Supplemental Category",
    (2, 25): "Keywords",
    (2, 26): "Content Location Code",
    (2, 27): "Content Location Name",
    (2, 40): "Special Instructions",
    (2, 80): "By-line",
    (2, 85): "By-line Title",
    (2, 90): "City",
    (2, 92): "Sub-location",
    (2, 95): "Province/State",
    (2, 100): "Country Code",
    (2, 101): "Country",
    (2, 103): "Original Transmission Reference",
    (2, 105): "Headline",
    (2, 110): "Credit",
    (2, 115): "Source",
    (2, 116): "Copyright Notice",
    (2, 118): "Contact",
    (2, 120): "Caption/Abstract",
    (2, 122): "Writer/Editor",
}


@dataclass(slots=True)
class Resources:
    """What Photoshop's image resource blocks hold."""

    iim: list[bytes] = field(default_factory=list)
    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    thumbnail: bool = False
    small: list[bytes] = field(default_factory=list)


def read_resources(data: bytes) -> Resources:
    """Read the blocks that follow one another in *data*.

    Raises:
        ExtractionError: they are damaged

    """
    found = Resources()
    for number, name, body in _blocks(data):
        if name:
            found.texts.append((f"Photoshop 0x{number:04X} name", decoded(name)))
        if number == _IIM:
            found.iim.append(body)
        elif number in _EXIF:
            found.exif.append(body)
        elif number == _XMP:
            found.xmp.append(body)
        elif number in _THUMBNAILS:
            found.thumbnail = True
            found.small += [body[_BEFORE_PICTURE:]] if _JPEG in body[:64] else []
        elif text := "\n".join(strings(body)):
            found.texts.append((f"Photoshop 0x{number:04X}", text))
    return found


def _blocks(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    at = 0
    while data[at:].strip(b"\0") if len(data) - at < 12 else True:
        if data[at : at + 4] not in (b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"):
            raise damaged("the Photoshop block")
        if at + 7 > len(data):
            raise damaged("the Photoshop block")
        (number,) = struct.unpack_from(">H", data, at + 4)
        name = data[at + 7 : at + 7 + data[at + 6]]
        at += 6 + (data[at + 6] + 2) // 2 * 2
        if at + 4 > len(data):
            raise damaged("the Photoshop block")
        (size,) = struct.unpack_from(">I", data, at)
        body = data[at + 4 : at + 4 + size]
        if len(body) < size:
            raise damaged("the Photoshop block")
        yield number, name, body
        at += 4 + (size + 1) // 2 * 2


def read_iim(data: bytes, *, may_be_cut: bool = False) -> list[tuple[str, str]]:
    """Read the records of an IIM block as texts with the names of their places.

    Args:
        data: the records
        may_be_cut: read the words of what is damaged; libtiff takes the number of bytes of this
            field for one of 32-bit words, so in TIFF three quarters of it are often missing

    Raises:
        ExtractionError: it is damaged

    """
    texts = []
    code = b""
    data = _in_order(data)
    for record, dataset, value in _datasets(data, may_be_cut=may_be_cut):
        if dataset < 0:
            texts.append(("IPTC cut short", "\n".join(strings(value))))
        elif (record, dataset) == (1, 90):
            code = value
        elif record != 1 and dataset != 0:
            name = _NAMES.get((record, dataset), f"{record}:{dataset}")
            texts.append((f"IPTC {name}", _text(value, code)))
    return [(place, text) for place, text in texts if text.strip(" \0\r\n\t")]


def _text(value: bytes, code: bytes) -> str:
    """Decode a value by the character set that the record names.

    Many programs write UTF-8 and do not name it, or name it and write something else; what is
    UTF-8 is that by more than chance, and what is not is of a Windows program.
    """
    if _LATIN.fullmatch(code):
        return value.decode("latin-1")
    text = decoded(value)
    if _UTF8.fullmatch(code) or text.isascii():
        return text
    return decoded(value, eight_bits="cp1252")


def _in_order(data: bytes) -> bytes:
    """Undo the swapping of bytes by programs that kept the record as 32-bit numbers in TIFF."""
    if data[:1] == b"\x1c" or data[3:4] != b"\x1c":
        return data
    whole = data + bytes(-len(data) % 4)
    return b"".join(whole[at : at + 4][::-1] for at in range(0, len(whole), 4))


def _datasets(data: bytes, *, may_be_cut: bool) -> Iterator[tuple[int, int, bytes]]:
    """Yield record, dataset and value; with a dataset of -1 what is cut short."""
    at = 0
    while data[at:].strip(b"\0") if len(data) - at < 5 else data[at] != 0:
        start, size = _extent(data, at)
        if start + size > len(data):
            if not may_be_cut:
                raise damaged("the IPTC block")
            yield 2, -1, data[at:]
            return
        yield data[at + 1], data[at + 2], data[start : start + size]
        at = start + size


def _extent(data: bytes, at: int) -> tuple[int, int]:
    """Return where the value of a dataset begins, and its size; too large where it is none."""
    if len(data) - at < 5 or data[at] != 0x1C:
        return at, len(data) + 1
    (size,) = struct.unpack_from(">H", data, at + 3)
    if not size & 0x8000:
        return at + 5, size
    width = size & 0x7FFF
    return at + 5 + width, int.from_bytes(data[at + 5 : at + 5 + width], "big")
