"""EXIF: every directory of the TIFF structure, without trusting a single offset in it.

After *Exchangeable image file format for digital still cameras: Exif Version 3.0* (CIPA
DC-008-2023). Pillow reads the directories it knows; a name may stand in any of them.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from moderation.extract.picture import damaged, decoded, strings, wide_order

_MAX_DIRECTORIES = 64
_MAX_ENTRIES = 4096
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_TEXT_TYPES = (2, 129)
_BYTE_TYPES = (1, 6, 7)
_LONGS = (4, 13)

_EXIF, _GPS, _INTEROP, _SUB = 0x8769, 0x8825, 0xA005, 0x014A
_BELOW = {_EXIF: "Exif", _GPS: "GPS", _INTEROP: "Interop", _SUB: "Sub"}
_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_THUMBNAIL, _THUMBNAIL_SIZE, _MAKER_NOTE, _USER_COMMENT = 0x0201, 0x0202, 0x927C, 0x9286
_XMP, _IPTC, _PHOTOSHOP, _CREDENTIALS = 0x02BC, 0x83BB, 0x8649, 0xCD41
_XP = range(0x9C9B, 0x9CA0)
_CODED = ("GPS", 27), ("GPS", 28), ("Exif", _USER_COMMENT)
_SINCE_3 = {0xA436: "ImageTitle", 0xA437: "Photographer", 0xA438: "ImageEditor"}
_POSITION = {2: "latitude", 4: "longitude", 20: "latitude", 22: "longitude", 28: "area"}
_CODES = {b"ASCII\0\0\0": "latin-1", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}


@dataclass(slots=True)
class Exif:
    """What the EXIF blocks of a file say."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    thumbnail: bool = False
    small: list[bytes] = field(default_factory=list)
    maker_note: bool = False
    facts: dict[str, str | int | bool] = field(default_factory=dict)
    xmp: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    boxes: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    directory: str
    tag: int
    kind: int
    value: bytes
    order: str

    @property
    def number(self) -> int:
        """The first number of the value, of a whole type."""
        code = {3: "H", 4: "I", 13: "I"}.get(self.kind)
        if code is None or len(self.value) < _SIZES[self.kind]:
            return 0
        return int(struct.unpack_from(self.order + code, self.value)[0])


def read_exif(data: bytes) -> Exif:
    """Read one TIFF structure.

    Args:
        data: from the byte order mark on

    Raises:
        ExtractionError: it is damaged

    """
    found = Exif()
    places: dict[tuple[str, int], int] = {}
    for entry in _entries(data):
        places[entry.directory, entry.tag] = entry.number
        _note(found, entry)
        _carry(found, entry)
        text = _text(entry)
        if text.strip(" \0\r\n\t"):
            found.texts.append((f"EXIF {_name(entry)}", text))
    found.small += _small_copies(data, places)
    return found


def _small_copies(data: bytes, places: Mapping[tuple[str, int], int]) -> Iterator[bytes]:
    """Yield the JPEG pictures that directories place in the block."""
    for (directory, tag), at in places.items():
        if tag == _THUMBNAIL:
            size = places.get((directory, _THUMBNAIL_SIZE), 0)
            if data[at : at + size].startswith(b"\xff\xd8\xff"):
                yield data[at : at + size]


def _note(found: Exif, entry: _Entry) -> None:
    """Keep what is a fact rather than a text."""
    if entry.directory == "GPS" and entry.tag in _POSITION and entry.value.strip(b"\0"):
        found.position.append(_POSITION[entry.tag])
    found.thumbnail |= entry.tag == _THUMBNAIL
    found.maker_note |= entry.tag == _MAKER_NOTE
    if entry.directory == "IFD0" and entry.tag == _ORIENTATION:
        found.facts["orientation"] = entry.number
    if entry.directory == "IFD0" and entry.tag in (_MAKE, _MODEL):
        key = "camera_make" if entry.tag == _MAKE else "camera_model"
        found.facts[key] = decoded(entry.value).strip(" \0")


def _carry(found: Exif, entry: _Entry) -> None:
    """Hand on metadata of another kind that is packed into EXIF."""
    if entry.tag == _XMP and entry.kind in _BYTE_TYPES:
        found.xmp.append(entry.value)
    elif entry.tag == _IPTC:
        found.iim.append(entry.value)
    elif entry.tag == _PHOTOSHOP:
        found.iptc.append(entry.value)
    elif entry.tag == _CREDENTIALS:
        found.boxes.append(entry.value)


def _text(entry: _Entry) -> str:
    if entry.kind in _TEXT_TYPES:
        return decoded(entry.value).replace("\0", "\n")
    if entry.tag in _XP and entry.kind in _BYTE_TYPES:
        return entry.value.decode("utf-16-le", "replace").rstrip("\0")
    if (entry.directory, entry.tag) in _CODED:
        return _coded(entry)
    if entry.kind in _BYTE_TYPES and entry.tag not in (_XMP, _IPTC, _PHOTOSHOP, _CREDENTIALS):
        return "\n".join(strings(entry.value))
    return ""


def _coded(entry: _Entry) -> str:
    """Decode a value that begins with the name of its own character code, in eight bytes."""
    code, body = entry.value[:8], entry.value[8:]
    if code == b"UNICODE\0":
        return _unicode(body, entry.order)
    if code in _CODES:
        return body.decode(_CODES[code], "replace").rstrip("\0")
    return decoded(body if not code.strip(b"\0") else entry.value)


def _unicode(body: bytes, order: str) -> str:
    """Decode what calls itself Unicode: in the order it shows, in UTF-8, or in the file's order."""
    if wide := wide_order(body):
        return body.decode(wide, "replace").rstrip("\0")
    if body.strip(b"\0 ").isascii() and b"\0" not in body.rstrip(b"\0"):
        return body.decode("ascii").rstrip("\0")
    return body.decode("utf-16-le" if order == "<" else "utf-16-be", "replace").rstrip("\0")


def _name(entry: _Entry) -> str:
    from PIL import ExifTags

    if entry.directory == "Interop":
        table = {int(tag): tag.name for tag in ExifTags.Interop}
    else:
        table = ExifTags.GPSTAGS if entry.directory == "GPS" else ExifTags.TAGS
    name = table.get(entry.tag) or _SINCE_3.get(entry.tag) or f"0x{entry.tag:04X}"
    return f"{entry.directory} {name}" if entry.directory in ("IFD1", "Interop", "Sub") else name


def _entries(data: bytes) -> Iterator[_Entry]:
    """Walk every directory that can be reached, each once."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        raise damaged("the EXIF block")
    waiting = [("IFD0", int(struct.unpack_from(order + "I", data, 4)[0]))]
    seen: set[int] = set()
    total = size = 0
    while waiting:
        directory, offset = waiting.pop(0)
        if offset == 0 or offset in seen:
            continue
        seen.add(offset)
        entries, following = _directory(data, order, directory, offset, len(data) - size)
        total += len(entries)
        size += sum(len(entry.value) for entry in entries)
        if len(seen) > _MAX_DIRECTORIES or total > _MAX_ENTRIES:
            raise damaged("the EXIF block")
        for entry in entries:
            yield entry
            waiting += _below(entry)
        if directory.startswith("IFD"):
            waiting.append((f"IFD{int(directory[3:]) + 1}", following))


def _below(entry: _Entry) -> list[tuple[str, int]]:
    if entry.tag not in _BELOW or entry.kind not in _LONGS:
        return []
    numbers = struct.unpack(f"{entry.order}{len(entry.value) // 4}I", entry.value)
    return [(_BELOW[entry.tag], int(number)) for number in numbers]


def _directory(
    data: bytes, order: str, name: str, offset: int, left: int
) -> tuple[list[_Entry], int]:
    """Read one directory, whose values may hold *left* bytes: overlapping, they could hold more."""
    if offset + 2 > len(data):
        raise damaged("the EXIF block")
    (count,) = struct.unpack_from(order + "H", data, offset)
    if offset + 2 + 12 * count > len(data):
        raise damaged("the EXIF block")
    entries = []
    for index in range(count):
        at = offset + 2 + 12 * index
        tag, kind, length = struct.unpack_from(order + "HHI", data, at)
        size = _SIZES.get(kind, 0) * length
        if size > 4:
            (start,) = struct.unpack_from(order + "I", data, at + 8)
        else:
            start = at + 8
        left -= size
        if start + size > len(data) or left < 0:
            raise damaged("the EXIF block")
        entries.append(_Entry(name, tag, kind, data[start : start + size], order))
    end = offset + 2 + 12 * count
    following = struct.unpack_from(order + "I", data, end)[0] if end + 4 <= len(data) else 0
    return entries, int(following)
