"""XML, parsed without trusting it: no document type, no entity, nothing from elsewhere."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OF_PROGRAMS = ("xpacket", "mso-application", "xml-stylesheet", "mso-contentType")


class _Tree(TreeBuilder):
    """Builds the tree of elements, and keeps what stands in none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []

    def comment(self, text: str | None) -> "Element[str]":
        """Keep a comment."""
        self.notes.append(text or "")
        return super().comment(text)

    def pi(self, target: str, text: str | None = None) -> "Element[str]":
        """Keep an instruction to a program."""
        if target not in _OF_PROGRAMS:
            self.notes.append(f"{target} {text or ''}")
        return super().pi(target, text)


def parse(data: bytes) -> tuple["Element", list[str]]:
    """Parse XML.

    Args:
        data: a whole document

    Returns:
        the root element, and the comments and instructions, which are in no element

    Raises:
        ValueError: it is not well-formed, or defines or fetches anything

    """
    tree = _Tree()
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValueError("not well-formed XML") from error
    return root, [note for note in tree.notes if note.strip()]
