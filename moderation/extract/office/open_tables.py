"""Tables of OpenDocument: which row and column a cell stands in, and whether it is shown."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, attribute, local, outermost
from moderation.extract.office.sheet_marks import letters
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GROUPS = frozenset({"table-row-group", "table-rows", "table-header-rows"})


@dataclass(frozen=True, slots=True)
class Where:
    """The surroundings of a text.

    Args:
        carrier: what carries it
        place: its name
        sheet: the sheet it stands on
        row: from one
        column: from one
        away: what hides it: ``style``, ``sheet``, ``slide``, ``row``, ``filter`` or ``column``
        columns: the hidden ones of the sheet, from nought
        cell: its cell of a table

    """

    carrier: Carrier
    place: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    away: str = ""
    columns: tuple[range, ...] = ()
    cell: Cell | None = None


Placed = list[tuple["Element", Where]]


def rows(table: "Element", where: Where) -> Placed:
    """Number the rows of a table, whatever groups they stand in, and note its hidden columns."""
    children = []
    columns: list[range] = []
    row = column = 0
    for each in outermost(table, "table-row", "shapes"):
        if local(each.tag) != "table-column":
            continue
        first, column = column, column + repeats(each, "number-columns-repeated")
        if _collapsed(each):
            columns.append(range(first, column))
    where = replace(where, columns=tuple(columns))
    for child in table:
        grouped = outermost(child, "table-row") if local(child.tag) in _GROUPS else [child]
        for each in grouped:
            if local(each.tag) in _GROUPS:
                continue
            away = where.away or _collapsed(each) or _collapsed(child)
            children.append((each, replace(where, row=row + 1, away=away)))
            if local(each.tag) == "table-row":
                row += repeats(each, "number-rows-repeated")
    return children


def cells(row: "Element", where: Where) -> Placed:
    """Name the cells of a row."""
    children = []
    column = 0
    for cell in row:
        place = f"{where.sheet}!{letters(column + 1)}{where.row}"
        aside = "column" if any(column in each for each in where.columns) else ""
        away = where.away or aside
        inside = replace(where, place=place, away=away) if where.sheet else where
        carrier = Carrier.TABLE if where.carrier is Carrier.BODY else where.carrier
        inside = replace(inside, carrier=carrier, column=column + 1, cell=Cell(row, cell))
        children.append((cell, inside))
        column += repeats(cell, "number-columns-repeated")
    return children


def repeats(element: "Element", key: str) -> int:
    """Return how often an element stands for itself."""
    number = attribute(element, key)
    return min(int(number), 2**21) if number.isdecimal() and len(number) < 9 else 1


def _collapsed(element: "Element") -> str:
    return {"collapse": "row", "filter": "filter"}.get(attribute(element, "visibility"), "")
