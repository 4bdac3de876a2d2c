"""XMP: metadata in RDF, in pictures and in PDF.

After *XMP Specification Part 1* (ISO 16684-1:2019), in the order of the document: every attribute
and every text of every element, whatever its schema.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    "http://ns.microsoft.com/photo/1.2/": "MP",
    "http://www.w3.org/XML/1998/namespace": "xml",
    _RDF: "rdf",
}
_STRUCTURE = {f"rdf:{name}" for name in ("RDF", "Description", "Bag", "Seq", "Alt", "li", "value")}
_SILENT = {"rdf:about", "rdf:parseType", "xml:lang", "rdf:ID", "rdf:nodeID", "rdf:datatype"}
_POSITION = re.compile(r"(?:\A|.*:)GPS(?:Dest)?(?:Latitude|Longitude)\Z")
_ENCODED = re.compile(r"[A-Za-z0-9+/=\s]{400,}")


@dataclass(slots=True)
class Xmp:
    """What an XMP packet says."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def read_xmp(packet: bytes) -> Xmp:
    """Read one packet.

    Raises:
        ExtractionError: it is not well-formed, defines entities, or is too large

    """
    found = Xmp()
    for name, text in _walk(_parse(packet), ""):
        if _POSITION.match(name):
            found.position.append(name)
        if _ENCODED.fullmatch(text):
            found.pictures.append(name)
        elif text.strip():
            found.texts.append((f"XMP {name}", text.strip()))
        if len(found.texts) > _MAX_TEXTS:
            raise _too_large(f"{_MAX_TEXTS:,} texts")
    return found


def _parse(packet: bytes) -> "Element":
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    bare = packet.strip(b"\0 \t\r\n")
    if len(bare) > _MAX_BYTES:
        raise _too_large(f"{_MAX_BYTES:,} bytes")
    try:
        root: Element = fromstring(bare, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ExtractionError(
            "the XMP metadata are damaged, so they cannot be checked; export the file again"
        ) from error
    return root


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
    if not isinstance(tag, str):
        return "comment"
    space, _, name = tag.rpartition("}")
    space = space.lstrip("{")
    return f"{_SHORT.get(space, space.rstrip('/#').rpartition('/')[2])}:{name}" if space else name
