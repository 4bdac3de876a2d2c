"""Sheets of OpenDocument: those that are shown, without hidden rows and columns."""

import re
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.trees import drop, is_within
from moderation.extract.office.archive import attribute, below, local, outermost
from moderation.extract.office.open_tables import repeats

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GROUPS = frozenset({"table-row-group", "table-rows", "table-header-rows"})
_KEPT = frozenset({"number-columns-repeated", "style-name", "number-columns-spanned"})
_KEPT |= {"number-rows-spanned"}
_PLAIN = re.compile(
    r"of:=(?:\[[$A-Z0-9.:]{1,60}\]|[A-Z][A-Z0-9.]{0,30}\(|[-+*/(),;0-9.\s^]){1,500}+"
)
"""A formula with cells of its own sheet, functions and numbers, and nothing else."""
_COVERED = ("collapse", "filter")


def clean_sheets(content: "Element", hidden: frozenset[str]) -> None:
    """Take out hidden sheets and copies of other files, and empty hidden rows and columns.

    Args:
        content: the root of ``content.xml``
        hidden: names of the styles that hide

    """
    tables = [each for each in below(content, "table") if not is_within(each, "table-cell")]
    changed = False
    for table in tables:
        is_copy = any(local(each.tag) == "table-source" for each in table)
        if attribute(table, "style-name") in hidden or is_copy:
            drop(table)
            changed = True
        else:
            changed = _empty(table) or changed
    for cell in list(below(content, "table-cell", "covered-table-cell")):
        for key in list(cell.attrib):
            told = changed or not _PLAIN.fullmatch(cell.attrib[key])
            if local(key) == "content-validation-name" or (local(key) == "formula" and told):
                del cell.attrib[key]


def _empty(table: "Element") -> bool:
    """Empty what is hidden on one sheet, and say whether anything was in it."""
    columns: list[range] = []
    column = 0
    for each in outermost(table, "table-row", "shapes"):
        if local(each.tag) == "table-column":
            first, column = column, column + repeats(each, "number-columns-repeated")
            if attribute(each, "visibility") in _COVERED:
                columns.append(range(first, column))
    changed = False
    for row in outermost(table, "table-row", "shapes"):
        if local(row.tag) != "table-row":
            continue
        away = attribute(row, "visibility") in _COVERED or _is_in_hidden_group(row, table)
        changed = _empty_row(row, columns, away=away) or changed
    return changed


def _is_in_hidden_group(row: "Element", table: "Element") -> bool:
    return any(
        local(each.tag) in _GROUPS
        and attribute(each, "visibility") in _COVERED
        and any(inner is row for inner in each.iter())
        for each in table
    )


def _empty_row(row: "Element", columns: list[range], *, away: bool) -> bool:
    changed = False
    column = 0
    for cell in list(row):
        if away or any(column in each for each in columns):
            changed = changed or len(cell) > 0
            for key in list(cell.attrib):
                if local(key) not in _KEPT:
                    del cell.attrib[key]
            for child in list(cell):
                drop(child)
        column += repeats(cell, "number-columns-repeated")
    return changed
