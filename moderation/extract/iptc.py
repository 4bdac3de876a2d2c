"""IPTC-IIM: the captions and names that picture desks write into a file.

After *IPTC-NAA Information Interchange Model, Version 4.2*, and, for the blocks around it, *Adobe
Photoshop File Formats Specification*, "Image Resource Blocks".
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.extract.picture import damaged, decoded, strings

_IIM, _THUMBNAILS, _EXIF, _XMP = 0x0404, (0x0409, 0x040C), (0x0422, 0x0423), 0x0424
_UTF8 = b"\x1b%G"
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


def read_iim(data: bytes) -> list[tuple[str, str]]:
    """Read the records of an IIM block as texts with the names of their places.

    Raises:
        ExtractionError: it is damaged

    """
    texts = []
    utf8 = False
    for record, dataset, value in _datasets(data):
        if (record, dataset) == (1, 90):
            utf8 = value == _UTF8
        elif record != 1 and dataset != 0:
            name = _NAMES.get((record, dataset), f"{record}:{dataset}")
            text = value.decode("utf-8", "replace") if utf8 else decoded(value)
            texts.append((f"IPTC {name}", text))
    return [(place, text) for place, text in texts if text.strip(" \0\r\n\t")]


def _datasets(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while data[at:].strip(b"\0") if len(data) - at < 5 else data[at] != 0:
        if len(data) - at < 5 or data[at] != 0x1C:
            raise damaged("the IPTC block")
        record, dataset, size = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if size & 0x8000:
            width = size & 0x7FFF
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        if at + size > len(data):
            raise damaged("the IPTC block")
        yield record, dataset, data[at : at + size]
        at += size
