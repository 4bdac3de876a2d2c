"""XMP: metadata in RDF, in pictures and in PDF.

After *XMP Specification Part 1* (ISO 16684-1:2019), in the order of the document: every attribute
and every text of every element, whatever its schema.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from moderation.extract.picture import decoded, strings
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_BYTES = 4_000_000
_MAX_TEXTS = 20_000
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SHORT = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/g/img/": "xmpGImg",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://creativecommons.org/ns#": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.microsoft.com/photo/1.2/": "MP",
    "http://www.w3.org/XML/1998/namespace": "xml",
    _RDF: "rdf",
}
_STRUCTURE = {f"rdf:{name}" for name in ("RDF", "Description", "Bag", "Seq", "Alt", "li", "value")}
_SILENT = {"rdf:about", "rdf:parseType", "xml:lang", "rdf:ID", "rdf:nodeID", "rdf:datatype"}
_POSITION = re.compile(r"(?:\A|.*:)GPS(?:Dest)?(?:Latitude|Longitude)\Z")
_CODES = (
    *((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")),
    *((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be")),
    *((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")),
    *((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")),
)
_DECLARATION = re.compile(r"\A\ufeff?<\?xml\s[^>]{0,100}\?>")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_ENCODED = re.compile(r"[A-Za-z0-9+/=\s]{100,}")
_LINE = 60
"""Fewest characters of a line of base 64; no word is so long."""


@dataclass(slots=True)
class Xmp:
    """What an XMP packet says."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)


def read_xmp(packet: bytes) -> Xmp:
    """Read one packet.

    Raises:
        ExtractionError: it is not well-formed, defines entities, or is too large

    """
    found = Xmp()
    root, notes = _parse(packet)
    for name, text in chain(_walk(root, ""), (("comment", note) for note in notes)):
        if _POSITION.match(name):
            found.position.append(name)
        data = _unpacked(text)
        if data.startswith(_PICTURES):
            found.pictures.append((name, data))
        elif text := "\n".join(strings(data)) if data else text.strip():
            found.texts.append((f"XMP {name}", text))
        if len(found.texts) > _MAX_TEXTS:
            raise _too_large(f"{_MAX_TEXTS:,} texts")
    return found


def _unpacked(text: str) -> bytes:
    """Return the bytes that a text is in base 64; nothing if it is a text in words."""
    if not _ENCODED.fullmatch(text) or max(map(len, text.split()), default=0) < _LINE:
        return b""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def _parse(packet: bytes) -> tuple["Element", list[str]]:
    from moderation.extract.trees import parse

    if len(packet.strip(b"\0 \t\r\n")) > _MAX_BYTES:
        raise _too_large(f"{_MAX_BYTES:,} bytes")
    try:
        return parse(_in_utf8(packet))
    except ValueError as error:
        raise ExtractionError(
            "the XMP metadata are damaged, so they cannot be checked; export the file again"
        ) from error


def _in_utf8(packet: bytes) -> bytes:
    """Return the packet in UTF-8; it may be in 16 or 32 bits, either way round.

    Raises:
        ValueError: it is in none of them

    """
    code = next((code for head, code in _CODES if packet.startswith(head)), "")
    if not code:
        return _mended(packet.strip(b"\0 \t\r\n"))
    size = 4 if "32" in code else 2
    text = packet[: len(packet) // size * size].decode(code)
    return _DECLARATION.sub("", text.strip("\ufeff\0 \t\r\n")).encode("utf-8")


def _mended(packet: bytes) -> bytes:
    """Return the packet with what is not UTF-8 read as Windows Latin, which old programs write."""
    try:
        packet.decode("utf-8")
    except UnicodeDecodeError:
        if not _DECLARATION.match(packet[:200].decode("latin-1")):
            return decoded(packet, eight_bits="cp1252").encode("utf-8")
    return packet


def _too_large(most: str) -> ExtractionError:
    return ExtractionError(f"the XMP metadata are more than {most}; export the file without them")


def _walk(root: "Element", above: str) -> Iterator[tuple[str, str]]:
    """Yield each text with the name of the nearest property it belongs to."""
    waiting = [(root, above)]
    while waiting:
        element, above = waiting.pop()
        own = _name(element.tag)
        name = above if own in _STRUCTURE and above else own
        for key, value in element.attrib.items():
            if (attribute := _name(key)) not in _SILENT:
                yield (attribute if own in _STRUCTURE else f"{name} {attribute}"), value
        if element.text and element.text.strip():
            yield name, element.text
        if element.tail and element.tail.strip():
            yield above or name, element.tail
        waiting += [(child, name) for child in reversed(element)]


def _name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    space = space.lstrip("{")
    return f"{_SHORT.get(space, space.rstrip('/#').rpartition('/')[2])}:{name}" if space else name
