"""The chunks of a PNG file.

After *Portable Network Graphics (PNG) Specification (Third Edition)*, W3C, 2025.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence

from moderation.extract.jumbf import add_credentials
from moderation.extract.picture import Container, damaged, decoded

_PIXELS = frozenset(b"PLTE IDAT tRNS fdAT".split())
_LARGEST = {
    **{b"IEND": 0, b"cHRM": 32, b"gAMA": 4, b"sBIT": 4, b"sRGB": 1, b"bKGD": 6, b"pHYs": 9},
    **{b"tIME": 7, b"acTL": 8, b"cICP": 4, b"mDCV": 24, b"cLLI": 8, b"mDCv": 24, b"cLLi": 8},
}
"""Bytes of the chunks that hold a few numbers; whoever adds to them hides something."""
_CONTROL = 26
_DEEPEST = 8
"""Bytes of a pixel at most."""
_ROWS = 20
"""Bytes for each row at most, beside its pixels: filters of all passes, and their last bytes."""
_AT_ONCE = 65_536
_KEYWORDS = frozenset(
    {
        *("Title", "Author", "Description", "Copyright", "Creation Time", "Software"),
        *("Disclaimer", "Warning", "Source", "Comment", "Collection"),
    }
)
_XMP = "XML:com.adobe.xmp"
_RAW = "Raw profile type "
_DUMP = re.compile(rb"\s*[^\n]{1,80}\n\s*[0-9]+\s(?P<hexadecimal>[0-9A-Fa-f\s]*)[\0\s]*")
"""What it is, on a line of its own; how many bytes; the bytes."""


def read_png(data: bytes) -> Container:
    """Walk the chunks of a PNG file up to its end.

    Raises:
        ExtractionError: it is damaged, ends early, or a text in it unpacks to too much

    """
    found = Container()
    controls = 0
    for kind, body in _chunks(data, found):
        if kind == b"IHDR":
            found.grow(*_size(body))
        elif kind == b"fcTL":
            controls += 1
            found.add_strings("PNG fcTL", body[_CONTROL:])
        else:
            _ancillary(kind, body, found)
    found.frames = max(1, controls)
    return found


def _size(body: bytes) -> tuple[int, int]:
    if len(body) != 13:
        raise damaged("the header")
    width, height = struct.unpack_from(">II", body)
    return width, height


def _ancillary(kind: bytes, body: bytes, found: Container) -> None:
    if kind == b"eXIf":
        found.exif.append(body.removeprefix(b"Exif\0\0"))
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        read_text(kind.decode("ascii"), body, found)
    elif kind == b"iCCP":
        name, _, packed = body.partition(b"\0")
        found.add_text("PNG iCCP name", decoded(name))
        profile = found.unpack(packed[1:], "the colour profile")
        found.add_strings("PNG iCCP", profile)
    elif kind == b"caBX":
        add_credentials(body, "PNG caBX", found)
    elif kind not in _PIXELS and len(body) > _LARGEST.get(kind, -1):
        found.add_strings(f"PNG {kind.decode('latin-1')}", body)


def read_text(kind: str, body: bytes, found: Container) -> None:
    """Read a ``tEXt``, ``zTXt`` or ``iTXt`` chunk, and what other kinds of metadata it packs.

    Args:
        kind: name of the chunk
        body: what it holds
        found: gets the texts and blocks

    Raises:
        ExtractionError: it is damaged, or unpacks to too much

    """
    keyword, _, value = body.partition(b"\0")
    name = keyword.decode("latin-1")
    text = _plain(kind, value, name, found)
    if name == _XMP:
        found.xmp.append(text)
    elif name.startswith(_RAW):
        _raw_profile(name.removeprefix(_RAW), text, found)
    else:
        found.add_text(f"PNG {kind} {name}", decoded(text))
        # Anybody may make up a keyword, so one that is not registered is a text itself.
        found.add_text("PNG keyword", "" if name in _KEYWORDS else name)


def _plain(kind: str, value: bytes, name: str, found: Container) -> bytes:
    if kind == "zTXt":
        return found.unpack(value[1:], "a text")
    if kind == "iTXt":
        packed = value[:1] == b"\1"
        _, _, rest = value[2:].partition(b"\0")
        translated, _, text = rest.partition(b"\0")
        found.add_text(f"PNG iTXt {name} keyword", decoded(translated))
        return found.unpack(text, "a text") if packed else text
    return value


def _raw_profile(name: str, text: bytes, found: Container) -> None:
    """Read the hexadecimal dump in which ImageMagick keeps metadata of other kinds."""
    match = _DUMP.fullmatch(text)
    try:
        body = bytes.fromhex(match["hexadecimal"].decode("ascii") if match else "none")
    except ValueError as error:
        raise damaged("a metadata block") from error
    if body.startswith(b"Exif\0\0"):
        found.exif.append(body[6:])
    elif name in ("exif", "APP1") and body[:2] in (b"II", b"MM"):
        found.exif.append(body)
    elif b"<x:xmpmeta" in body or b"<rdf:RDF" in body:
        found.xmp.append(body[body.index(b"<") :])
    elif body.startswith(b"8BIM"):
        found.iptc.append(body)
    elif body.startswith(b"\x1c"):
        found.iim.append(body)
    else:
        found.add_strings(f"PNG raw profile {name}", body)


def _chunks(data: bytes, found: Container) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    pixels: list[tuple[int, int]] = []
    while True:
        if at == len(data) and _are_whole(pixels, data):
            found.end = at  # LibreOffice ships pictures of which only the end mark is missing
            return
        if at + 12 > len(data):
            raise damaged("the end")
        (size,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if at + 12 + size > len(data):
            raise damaged("the end")
        found.step()
        pixels += [(at + 8, size)] if kind == b"IDAT" else []
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            found.end = at
            return


def _are_whole(places: Sequence[tuple[int, int]], data: bytes) -> bool:
    """Say whether the pixels in these chunks are all there, by their own end and checksum."""
    if not places or b"fcTL" in data or data[12:16] != b"IHDR":
        return False
    width, height = struct.unpack_from(">II", data, 16)
    left = (width * _DEEPEST + _ROWS) * (height + 1)
    stream = zlib.decompressobj()
    try:
        for at, size in places:
            fed = data[at : at + size]
            while fed and not stream.eof and left > 0:
                left -= len(stream.decompress(fed, _AT_ONCE))
                fed = stream.unconsumed_tail
    except zlib.error:
        return False
    return stream.eof and left > 0
