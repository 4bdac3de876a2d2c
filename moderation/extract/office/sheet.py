"""Spreadsheets: xlsx.

After ISO/IEC 29500-1, *SpreadsheetML*. What is hidden (sheet, row or column) is told apart from
what a reader sees.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.marked import counted
from moderation.extract.office.archive import (
    Cell,
    Package,
    attribute,
    below,
    damaged,
    local,
    outermost,
)
from moderation.extract.office.leftover import read_leftover
from moderation.extract.office.sheet_looks import coloured, is_shut, number, read_looks, read_paints
from moderation.extract.office.sheet_marks import Sheet
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HIDDEN = {"visible": "", "veryHidden": "hidden from every menu"}
_FETCHES = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER\.ID)\(|\b\w{1,40}\|'")
"""Formulas that ask another machine or program; the last is an old way to start one (DDE)."""
_TRUE = ("1", "true", "on")


def read_workbook(package: Package, main: str) -> None:
    """Read every sheet.

    Args:
        package: the opened file
        main: the entry that holds the workbook

    """
    root, relations = package.xml(main), package.relations(main)
    strings = [_rich(each) for each in _shared(package, main)]
    used: set[int] = set()
    looks, paints = read_looks(package, main), read_paints(package, main)
    for sheet in below(root, "sheet"):
        name = sheet.get("name", "")
        hidden = _HIDDEN.get(sheet.get("state", "visible"), "hidden")
        package.add(name, Carrier.SHEET_NAME, f"sheet {name}")
        relation = relations.get(attribute(sheet, "id"))
        if relation is None or relation.type not in ("worksheet", "chartsheet", "dialogsheet"):
            raise damaged()
        _sheet(
            package, relation.target, Sheet(name, hidden, looks=looks, paints=paints), strings, used
        )
    left = [text for index, text in enumerate(strings) if index not in used and text.strip()]
    for text in left:
        package.add(text, Carrier.HIDDEN, "text of no cell")
    if left:
        texts = counted(len(left), "text that stands", "texts that stand")
        package.builder.part("leftover-text", f"holds {texts} in no cell", field="the workbook")
    for each in below(root, "definedName"):
        package.add(f"{each.get('name', '')} {each.text or ''}", Carrier.HIDDEN, "defined name")
    read_leftover(package, root, "workbook", taken=("definedName",))
    package.flush()


def _shared(package: Package, main: str) -> Iterator["Element"]:
    for relation in package.relations(main).values():
        if relation.type == "sharedStrings":
            yield from package.xml(relation.target)


def _rich(element: "Element") -> str:
    """Join the runs of a text; readings (phonetic) of East Asian text come last, apart."""
    words = [""]
    for each in outermost(element, "rPh"):
        words[0] += (each.text or "") if local(each.tag) == "t" else ""
        if local(each.tag) == "rPh":
            words.append("".join(reading.text or "" for reading in below(each, "t")))
    return " ".join(filter(None, words))


def _sheet(package: Package, entry: str, sheet: Sheet, strings: list[str], used: set[int]) -> None:
    root = package.xml(entry)
    sheet.filtered = any(True for _ in below(root, "filterColumn"))
    sheet.coloured = coloured(package, entry, root, sheet.paints) if any(sheet.looks) else ()
    columns = [
        range(_number(each.get("min", "")), _number(each.get("max", "")) + 1)
        for each in below(root, "col")
        if each.get("hidden") in _TRUE or is_shut(each)
    ]
    rows = (each for data in below(root, "sheetData") for each in data)
    for nth, row in enumerate(rows, 1):
        away = row.get("hidden") in _TRUE or is_shut(row, of_row=True)
        _row(package, sheet, (row, nth, away), columns, strings, used)
    package.flush()
    sheet.tell(package.builder)
    _around(package, entry, root, sheet.name)


def _row(
    package: Package,
    sheet: Sheet,
    row: tuple["Element", int, bool],
    columns: list[range],
    strings: list[str],
    used: set[int],
) -> None:
    element, nth, away = row
    for order, cell in enumerate(element, 1):
        column, line = _position(cell.get("r", ""), order, element.get("r", ""), nth)
        aside = any(column in each for each in columns)
        out = bool(sheet.hidden) or away or aside
        place = f"{sheet.name}!{cell.get('r', '')}".rstrip("!")
        text = _text(cell, strings, used)
        carrier = Carrier.HIDDEN_CELL if out else Carrier.CELL
        package.add(text, carrier, place, Cell(element, cell))
        if text.strip():
            sheet.see(line, column, away=away, aside=aside)
            if not out and "s" in cell.attrib:
                sheet.look(line, column, cell.get("s", ""), cell.get("r", ""))
        for formula in _children(cell, "f"):
            package.later(formula.text or "", Carrier.HIDDEN, f"{place} formula")
            if _FETCHES.search(formula.text or ""):
                package.builder.part("external-link", "fetches or opens: formula", field=place)


def _around(package: Package, entry: str, root: "Element", name: str) -> None:
    """Read what belongs to a sheet besides its cells."""
    for relation in package.relations(entry).values():
        if relation.type in ("comments", "threadedComment") and not relation.external:
            _comments(package, relation.target, name)
    for story in below(root, *_HEADERS):
        words = _CODE.sub(_shown, story.text or "")
        package.add(words, Carrier.HEADER, f"{name} {local(story.tag)}")
    for part in root:
        if local(part.tag) != "sheetData":
            read_leftover(package, part, name, taken=_HEADERS)
    package.flush()


def _shown(code: re.Match[str]) -> str:
    """Return what a code in a header shows: an ampersand, or a part apart from the last."""
    return "&" if code[0] == "&&" else "\n" if code[0] in ("&L", "&C", "&R") else ""


_HEADERS = (*("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"),)
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|.)')
"""ISO/IEC 29500-1, 18.3.1.46: font, colour, size, or one letter."""


def _comments(package: Package, entry: str, name: str) -> None:
    root = package.xml(entry)
    for author in below(root, "author"):
        package.add(author.text or "", Carrier.COMMENT, f"{name} comment author")
    for comment in outermost(root, "comment", "threadedComment"):
        if local(comment.tag) in ("comment", "threadedComment"):
            package.marked.comments.append(f"{name}!{comment.get('ref', '')}".rstrip("!"))
            words = _rich(comment) + "".join(each.text or "" for each in _children(comment, "text"))
            package.add(words, Carrier.COMMENT, f"{name}!{comment.get('ref', '')} comment")
    read_leftover(package, root, f"{name} comment", taken=("t", "text", "author"))
    package.flush()


def _text(cell: "Element", strings: list[str], used: set[int]) -> str:
    inline = "".join(_rich(each) for each in _children(cell, "is"))
    value = "".join(each.text or "" for each in _children(cell, "v"))
    if cell.get("t") != "s" or not value:
        return inline or value
    index = _number(value)
    if index >= len(strings):
        raise damaged()
    used.add(index)
    return strings[index]


def _children(element: "Element", name: str) -> Iterator["Element"]:
    return (each for each in element if local(each.tag) == name)


def _number(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 9:
        raise damaged()
    return int(text)


def _position(reference: str, order: int, row: str, nth: int) -> tuple[int, int]:
    """Return column and row of a cell, by its reference or else by where it stands."""
    match = _REFERENCE.fullmatch(reference)
    if match:
        return number(match[1]), int(match[2])
    return order, int(row) if row.isdecimal() and len(row) < 9 else nth
