"""The metadata of an HEIC or AVIF file, whose pixels are never read here.

After ISO/IEC 14496-12, *ISO base media file format*, 8.11, and ISO/IEC 23008-12, annex A.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import Container, damaged

_FULL = 4
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_UUID = 16
_C2PA_OFFSET = 8
_MOST_ITEMS = 4_096
_XMP_TYPES = (b"application/rdf+xml", b"application/xml", b"text/xml")
_IN_FILE, _IN_META = 0, 1
_SIZES = (0, 4, 8)


@dataclass(slots=True)
class _Items:
    """What the ``meta`` box says of the items of the file."""

    kinds: dict[int, bytes] = field(default_factory=dict)
    extents: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    inner: bytes = b""


def read_heif(data: bytes) -> Container:
    """Walk the boxes of an HEIC or AVIF file for EXIF, XMP and content credentials.

    Raises:
        ExtractionError: it is damaged

    """
    found = Container(end=len(data))
    try:
        for kind, body in _boxes(data, found):
            if kind == b"meta":
                _meta(body[_FULL:], data, found)
            elif kind == b"uuid":
                _extension(body, found)
    except (struct.error, IndexError) as error:
        raise damaged("the structure") from error
    return found


def _boxes(data: bytes, found: Container) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        found.step()
        size, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            header = 16
        elif size == 0:
            size = len(data) - at
        if size < header or size > len(data) - at:
            raise damaged("the structure")
        yield kind, data[at + header : at + size]
        at += size


def _extension(body: bytes, found: Container) -> None:
    if body.startswith(_XMP_BOX):
        found.xmp.append(body[_UUID:])
    elif body.startswith(_C2PA_BOX):
        _, _, after = body[_UUID + _FULL :].partition(b"\0")
        add_credentials(after[_C2PA_OFFSET:], "HEIF uuid", found)


def _meta(body: bytes, data: bytes, found: Container) -> None:
    items = _Items()
    if not body:
        raise damaged("the structure")
    for kind, inner in _boxes(body, found):
        if kind == b"iinf":
            _information(inner, items, found)
        elif kind == b"iloc":
            _places(inner, items)
        elif kind == b"idat":
            items.inner = inner
    for number, name in items.kinds.items():
        block = _item(items, number, data)
        found.spend(len(block))
        if name == b"Exif":
            found.exif.append(_tiff(block))
        else:
            found.xmp.append(block)


def _tiff(block: bytes) -> bytes:
    """Return the TIFF structure of an item that begins with its offset."""
    (offset,) = struct.unpack_from(">I", block)
    return block[4 + offset :].removeprefix(b"Exif\0\0")


def _information(body: bytes, items: _Items, found: Container) -> None:
    """Keep which items hold EXIF and which XMP."""
    at = _FULL + (2 if body[0] == 0 else 4)
    for kind, entry in _boxes(body[at:], found):
        version = entry[0]
        if kind != b"infe" or version not in (2, 3):
            continue
        start = 6 if version == 2 else 8
        number = int.from_bytes(entry[_FULL:start], "big")
        name = entry[start + 2 : start + 6]
        _, _, rest = entry[start + 6 :].partition(b"\0")
        if name == b"Exif" or (name == b"mime" and rest.split(b"\0")[0].lower() in _XMP_TYPES):
            items.kinds[number] = name


def _places(body: bytes, items: _Items) -> None:
    """Keep where each item lies: whence it is counted, and pairs of offset and length."""
    version = body[0]
    sizes = (body[4] >> 4, body[4] & 15, body[5] >> 4, body[5] & 15 if version else 0)
    if version > 2 or not all(size in _SIZES for size in sizes):
        raise damaged("the structure")
    offset_size, length_size, base_size, index_size = sizes
    wide = 4 if version == 2 else 2
    reader = _Numbers(body, 6)
    for _ in range(min(reader.take(wide), _MOST_ITEMS)):
        number = reader.take(wide)
        method = reader.take(2) & 15 if version else _IN_FILE
        reader.take(2)
        base = reader.take(base_size)
        extents = []
        for _ in range(min(reader.take(2), _MOST_ITEMS)):
            reader.take(index_size)
            extents.append((method, base + reader.take(offset_size), reader.take(length_size)))
        items.extents[number] = extents


@dataclass(slots=True)
class _Numbers:
    """Reads big-endian numbers one after the other."""

    data: bytes
    at: int

    def take(self, size: int) -> int:
        """Read a number of *size* bytes."""
        if size > len(self.data) - self.at:
            raise damaged("the structure")
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


def _item(items: _Items, number: int, data: bytes) -> bytes:
    parts = []
    for method, start, length in items.extents.get(number, []):
        source = {_IN_FILE: data, _IN_META: items.inner}.get(method)
        if source is None or start + length > len(source):
            raise damaged("the structure")
        parts.append(source[start : start + length] if length else source[start:])
    return b"".join(parts)
