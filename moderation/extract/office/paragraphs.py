"""The paragraphs of a document or slide, with the row and cell of a table that hold them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def paragraphs(root: "Element") -> Iterator[tuple["Element", Cell | None]]:
    """Yield every paragraph, also those in boxes inside others, and its cell in a table."""
    waiting: list[tuple[Element, Element | None, Cell | None]] = [(root, None, None)]
    while waiting:
        element, row, cell = waiting.pop()
        name = local(element.tag)
        if name == "p":
            yield element, cell
        elif name == "tr":
            row = element
        elif name == "tc":
            cell = Cell(row, element)
        waiting += [(child, row, cell) for child in reversed(element)]
