"""XMP that says whose a picture is: which properties are kept, and the packet they are written in.

After *XMP Specification Part 1* (ISO 16684-1:2019), the *IPTC Photo Metadata Standard 2023.1*, the
*PLUS License Data Format 2.0.1* and *Describing Copyright in RDF* (Creative Commons). Left out is
who is shown, and by which telephone, address or mailbox a photographer is reached.
"""

from collections.abc import Sequence
from html import escape

_SINGLE = (
    *("dc:rights", "dc:creator", "photoshop:Credit", "photoshop:Source"),
    *("photoshop:Instructions", "xmpRights:Marked", "xmpRights:Owner", "xmpRights:UsageTerms"),
    *("xmpRights:WebStatement", "cc:license", "cc:attributionName", "cc:attributionURL"),
    "Iptc4xmpExt:DigitalSourceType",
)
_STRUCTURES = {
    "plus:Licensor": ("plus:LicensorName", "plus:LicensorURL"),
    "plus:CopyrightOwner": ("plus:CopyrightOwnerName",),
    "Iptc4xmpCore:CreatorContactInfo": ("Iptc4xmpCore:CiUrlWork",),
}
"""Properties that stand inside another one."""
_ALONE = ("Iptc4xmpCore:CreatorContactInfo",)
"""Structures of which there is one and no list."""
_KEPT = frozenset((*_SINGLE, *(name for names in _STRUCTURES.values() for name in names)))
_LISTS = {"dc:rights": "Alt", "xmpRights:UsageTerms": "Alt", "dc:creator": "Seq"}
_LISTS |= {"xmpRights:Owner": "Bag"}
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def property_of(place: str) -> str:
    """Return which property a text of a packet belongs to; nothing if it is not kept.

    Args:
        place: as the reader names it, such as ``XMP dc:rights`` or ``XMP cc:license rdf:resource``

    """
    name = place.removeprefix("XMP ").removesuffix(" rdf:resource").rpartition(" ")[2]
    return name if name in _KEPT else ""


def write_packet(told: Sequence[tuple[str, str]]) -> bytes:
    """Return an XMP packet.

    Args:
        told: properties with their texts, of which a list may have several

    """
    texts: dict[str, list[str]] = {}
    for name, text in told:
        texts.setdefault(name, []).append(text)
    body = "".join(_property(name, texts[name]) for name in _SINGLE if name in texts)
    body += "".join(_structure(outer, texts) for outer in _STRUCTURES)
    used = [space for space in sorted(_SPACES) if f"<{space}:" in body]
    spaces = "".join(f' xmlns:{space}="{_SPACES[space]}"' for space in used)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}>{body}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def _property(name: str, texts: list[str]) -> str:
    kind = _LISTS.get(name, "")
    if not kind:
        return f"<{name}>{escape(texts[0])}</{name}>"
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    texts = texts[:1] if kind == "Alt" else texts
    items = "".join(f"<rdf:li{language}>{escape(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def _structure(outer: str, texts: dict[str, list[str]]) -> str:
    columns = [[(name, text) for text in texts.get(name, [])] for name in _STRUCTURES[outer]]
    if len({len(column) for column in columns}) == 1:
        rows = [list(row) for row in zip(*columns, strict=True)]
    else:  # nobody knows which of them go together
        rows = [[field] for column in columns for field in column]
    items = ["".join(f"<{n}>{escape(text)}</{n}>" for n, text in row) for row in rows]
    if not items:
        return ""
    resource = ' rdf:parseType="Resource"'
    if outer in _ALONE:
        return f"<{outer}{resource}>{items[0]}</{outer}>"
    listed = "".join(f"<rdf:li{resource}>{item}</rdf:li>" for item in items)
    return f"<{outer}><rdf:Seq>{listed}</rdf:Seq></{outer}>"
