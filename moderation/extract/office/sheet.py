"""Spreadsheets: xlsx.

After ISO/IEC 29500-1, *SpreadsheetML*. What is hidden (sheet, row or column) is told apart from
what a reader sees.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, damaged, local, outermost
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]+")
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
    for sheet in below(root, "sheet"):
        name = sheet.get("name", "")
        hidden = sheet.get("state", "visible") != "visible"
        package.add(name, Carrier.SHEET_NAME, f"sheet {name}")
        relation = relations.get(attribute(sheet, "id"))
        if relation is None or relation.type not in ("worksheet", "chartsheet", "dialogsheet"):
            raise damaged()
        _sheet(package, relation.target, name, hidden, strings, used)
    for index, text in enumerate(strings):
        if index not in used:
            package.add(text, Carrier.HIDDEN, "text of no cell")
    for each in below(root, "definedName"):
        package.add(f"{each.get('name', '')} {each.text or ''}", Carrier.HIDDEN, "defined name")


def _shared(package: Package, main: str) -> Iterator["Element"]:
    for relation in package.relations(main).values():
        if relation.type == "sharedStrings":
            yield from package.xml(relation.target)


def _rich(element: "Element") -> str:
    """Join the runs of a text; readings (phonetic) of East Asian text come last."""
    return "".join(each.text or "" for each in below(element, "t"))


def _sheet(
    package: Package, entry: str, name: str, hidden: bool, strings: list[str], used: set[int]
) -> None:
    root = package.xml(entry)
    columns = [
        range(_number(each.get("min", "")), _number(each.get("max", "")) + 1)
        for each in below(root, "col")
        if each.get("hidden") in _TRUE
    ]
    for row in (each for data in below(root, "sheetData") for each in data):
        away = hidden or row.get("hidden") in _TRUE
        for cell in row:
            column = _column(cell.get("r", ""))
            out = away or any(column in each for each in columns)
            carrier = Carrier.HIDDEN_CELL if out else Carrier.CELL
            place = f"{name}!{cell.get('r', '')}".rstrip("!")
            package.add(_text(cell, strings, used), carrier, place)
            for formula in _children(cell, "f"):
                package.add(formula.text or "", Carrier.HIDDEN, f"{place} formula")
    _around(package, entry, root, name)


def _around(package: Package, entry: str, root: "Element", name: str) -> None:
    """Read what belongs to a sheet besides its cells."""
    for relation in package.relations(entry).values():
        if relation.type in ("comments", "threadedComment") and not relation.external:
            _comments(package, relation.target, name)
    for story in below(root, *_HEADERS):
        package.add(story.text or "", Carrier.HEADER, f"{name} {local(story.tag)}")
    for prompt in below(root, "dataValidation", "hyperlink"):
        for key in ("prompt", "promptTitle", "error", "errorTitle", "display", "tooltip"):
            package.add(prompt.get(key, ""), Carrier.HIDDEN, f"{name} {key}")


_HEADERS = (*("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"),)


def _comments(package: Package, entry: str, name: str) -> None:
    root = package.xml(entry)
    for author in below(root, "author"):
        package.add(author.text or "", Carrier.COMMENT, f"{name} comment author")
    for comment in outermost(root, "comment", "threadedComment"):
        if local(comment.tag) in ("comment", "threadedComment"):
            words = _rich(comment) + "".join(each.text or "" for each in _children(comment, "text"))
            package.add(words, Carrier.COMMENT, f"{name}!{comment.get('ref', '')} comment")


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


def _column(reference: str) -> int:
    """Turn the letters of a reference such as ``AB12`` into a number from one."""
    match = _COLUMN.fullmatch(reference)
    number = 0
    for letter in match[1] if match else "":
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
