"""What a sheet of a workbook holds and does not show, counted: rows, columns and single cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from moderation.extract.builder import Builder
from moderation.extract.marked import counted

Box = tuple[int, int, int, int]
"""The first column and row of a range and the last, from one."""

_ROWS = ("row", "rows")


@dataclass(slots=True)
class Sheet:
    """Counts what is hidden on one sheet.

    Args:
        name: of the sheet
        hidden: how the sheet is hidden, such as ``very hidden``; empty where it is shown
        filtered: whether a filter leaves rows out
        looks: for each style, the kind of part that a cell of it is
        paints: numbers of the looks by which a condition colours cells
        coloured: ranges whose cells have another look than their own

    """

    name: str
    hidden: str = ""
    filtered: bool = False
    looks: Sequence[str] = ()
    paints: frozenset[str] = frozenset()
    coloured: Sequence[Box] = ()
    _rows: dict[int, None] = field(default_factory=dict)
    _away: dict[int, None] = field(default_factory=dict)
    _columns: dict[int, int] = field(default_factory=dict)
    _cells: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows have something in them."""
        return len(self._rows)

    def see(self, row: int, column: int, *, away: bool, aside: bool) -> None:
        """Count a cell with something in it, whose row is *away* or whose column is *aside*."""
        self._rows[row] = None
        if away:
            self._away[row] = None
        elif aside:
            self._columns[column] = self._columns.get(column, 0) + 1

    def look(self, row: int, column: int, style: str, place: str) -> None:
        """Count a shown cell whose style hides what is in it."""
        known = style.isdecimal() and len(style) < 7 and int(style) < len(self.looks)
        kind = self.looks[int(style)] if known else ""
        if kind and not any(
            left <= column <= right and top <= row <= bottom
            for left, top, right, bottom in self.coloured
        ):
            self._cells.setdefault(kind, []).append(place)

    def tell(self, builder: Builder) -> None:
        """Add a part for each thing that is hidden."""
        if self.hidden:
            if self._rows:
                holds = f"is {self.hidden} and holds {counted(len(self._rows), *_ROWS)}"
                builder.part("hidden-sheet", holds, field=f"sheet {self.name}")
            return
        if self._away:
            number = len(self._away)
            holds = f"holds {counted(number, 'hidden row', 'hidden rows')}"
            if self.filtered:
                holds = f"holds {counted(number, *_ROWS)} left out by a filter"
            where = f"{self.name}!{min(self._away)}:{max(self._away)}"
            builder.part("filtered-rows" if self.filtered else "hidden-rows", holds, field=where)
        if self._columns:
            cells = counted(sum(self._columns.values()), "cell", "cells")
            where = f"{self.name}!{letters(min(self._columns))}:{letters(max(self._columns))}"
            builder.part("hidden-columns", f"holds {cells} in hidden columns", field=where)
        for kind, places in self._cells.items():
            cells = counted(len(places), "cell", "cells")
            how = "black on black" if kind == "covered-text" else "with text that nobody can see"
            builder.part(kind, f"holds {cells} {how}", field=f"{self.name}!{places[0]}")


def letters(column: int) -> str:
    """Return the letters of a column by its number, from one."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
