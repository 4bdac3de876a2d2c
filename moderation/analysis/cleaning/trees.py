"""XML that is changed and written again, with the prefixes it came with.

Names of prefixes stand in values too (``mc:Ignorable``), so that a library that makes up its own
breaks what it writes. Whatever comes here was read by ``extract`` before, which refuses document
types and entities.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from moderation.extract.office.archive import damaged, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parse(data: bytes) -> "Element":
    """Parse XML, without its comments and instructions.

    Raises:
        ExtractionError: it is not well-formed

    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return cast("Element", etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error


def serialise(root: "Element") -> bytes:
    """Write XML, the same bytes each time."""
    from lxml import etree

    etree.cleanup_namespaces(root, keep_ns_prefixes=_named_prefixes(root))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _named_prefixes(root: "Element") -> list[str]:
    """Return the prefixes that values name: of what may be ignored, and what is required."""
    named: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if local(key) in ("Ignorable", "Requires", "ProcessContents", "MustUnderstand"):
                named.update(each.partition(":")[0] for each in value.split())
    named.update(("of", "xsi", "ooow", "oooc", "ooo", "msoxl"))
    return sorted(named)


def above(element: "Element") -> "Element | None":
    """Return the element that *element* stands in."""
    return cast("Element | None", element.getparent())  # type: ignore[attr-defined] # of lxml


def following(element: "Element") -> "Element | None":
    """Return the next element beside *element*."""
    return cast("Element | None", element.getnext())  # type: ignore[attr-defined] # of lxml


def drop(element: "Element") -> None:
    """Take an element out; the text behind it stays."""
    parent = above(element)
    if parent is None:
        return
    _put_text(parent, list(parent).index(element), element.tail or "")
    parent.remove(element)


def drop_all(root: "Element", *names: str) -> None:
    """Take out all elements with one of these names."""
    for element in [each for each in root.iter() if local(each.tag) in names]:
        drop(element)


def keep_only(element: "Element", names: Collection[str]) -> None:
    """Take out the children of an element but those with one of these names."""
    for each in list(element):
        if local(each.tag) not in names:
            drop(each)


def unwrap(element: "Element") -> None:
    """Put what is in an element in its place."""
    parent = above(element)
    if parent is None:
        return
    at = list(parent).index(element)
    _put_text(parent, at, element.text or "")
    children = list(element)
    tail = element.tail or ""
    parent.remove(element)
    for step, child in enumerate(children):
        parent.insert(at + step, child)
    _put_text(parent, at + len(children), tail)


def _put_text(parent: "Element", at: int, text: str) -> None:
    """Add a text before the child at this index."""
    if not text:
        return
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def is_within(element: "Element", *names: str) -> bool:
    """Say whether an element stands in one with one of these names."""
    around = above(element)
    while around is not None:
        if local(around.tag) in names:
            return True
        around = above(around)
    return False
