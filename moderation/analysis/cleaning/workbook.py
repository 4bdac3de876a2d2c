"""Spreadsheets: the sheets, rows and columns that are shown, with the values they show.

After ISO/IEC 29500-1, *SpreadsheetML*, 18.2 and 18.3. Formulas stay only where nothing that they
may refer to was taken out; else a program would work out other values than those that were seen.
"""

import re
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.package import Office
from moderation.analysis.cleaning.trees import drop, drop_all, is_within, keep_only
from moderation.extract.office.archive import attribute, below, local
from moderation.extract.office.sheet_looks import is_shut, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BOOK = frozenset({"workbookPr", "bookViews", "sheets", "definedNames", "calcPr"})
_SHEET = frozenset(
    {
        *("sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
        *("conditionalFormatting", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
        *("headerFooter", "rowBreaks", "colBreaks", "drawing", "picture"),
    }
)
_TRUE = ("1", "true", "on")
_LETTER = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_PLAIN = re.compile(
    r"\$?[A-Z]{1,3}\$?[0-9]{1,7}\b|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}\b|[A-Z][A-Z0-9.]{0,30}\("
    r"|\b(?:TRUE|FALSE)\b|\b[\w.]{1,31}!|'[^'\[\]]{1,62}'!"
)
"""In a formula: a cell, columns, a function, a truth, another sheet."""
_WORDS = re.compile(r"[^\W\d_]|[\[|]")
_STYLE_PARTS = frozenset(
    {
        *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
        *("dxfs", "colors"),
    }
)


def clean_workbook(office: Office, main: str) -> None:
    """Leave in the trees of a workbook only what its sheets show."""
    book, relations = office.tree(main), office.relations(main)
    is_changed = _drop_hidden_sheets(book)
    _book(book)
    sheets = []
    for sheet in below(book, "sheet"):
        relation = relations.get(attribute(sheet, "id"))
        if relation is not None and not relation.external:
            sheets.append(office.tree(relation.target))
    for root in sheets:
        is_changed = _drop_hidden_cells(root) or is_changed
        _around(root)
    office.sheets = frozenset(each.get("name", "") for each in below(book, "sheet"))
    office.whole = not is_changed
    if is_changed or any(_speaks(e) for root in sheets for e in below(root, "f")):
        for root in sheets:
            drop_all(root, "f", "conditionalFormatting")
    for name in office.targets(main, "sharedStrings"):
        _strings(office.tree(name), sheets)
    for name in office.targets(main, "styles"):
        _styles(office.tree(name), sheets)


def _drop_hidden_sheets(book: "Element") -> bool:
    hidden = [e for e in below(book, "sheet") if e.get("state", "visible") != "visible"]
    for each in hidden:
        drop(each)
    return bool(hidden)


def _book(book: "Element") -> None:
    """Take out of the workbook what is not needed to show its sheets."""
    keep_only(book, _BOOK)
    drop_all(book, "definedName", "definedNames")
    for each in below(book, "workbookPr", "workbookView", "calcPr"):
        for key in list(each.attrib):
            if local(key) not in ("date1904", "showSheetTabs", "tabRatio", "fullPrecision"):
                del each.attrib[key]


def _drop_hidden_cells(root: "Element") -> bool:
    """Empty the rows and columns that are hidden, and say whether anything was in them."""
    columns = [
        range(_whole(each.get("min")), _whole(each.get("max")) + 1)
        for each in below(root, "col")
        if each.get("hidden") in _TRUE or is_shut(each)
    ]
    found = False
    for data in below(root, "sheetData"):
        for row in data:
            away = row.get("hidden") in _TRUE or is_shut(row, of_row=True)
            for order, cell in enumerate(list(row), 1):
                match = _LETTER.fullmatch(cell.get("r", ""))
                column = number(match[1]) if match else order
                if away or any(column in each for each in columns):
                    found = found or len(cell) > 0
                    row.remove(cell)
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _around(root: "Element") -> None:
    """Take out of a sheet what its cells do not show: filters, prompts, tables, marks."""
    keep_only(root, _SHEET)
    drop_all(root, "customSheetViews", "customPr")
    for each in list(below(root, "hyperlink")):
        if not any("}" in key for key in each.attrib):
            drop(each)
        _forget(each, "tooltip", "display", "location")
    for each in list(below(root, "conditionalFormatting")):
        if any("text" in rule.attrib for rule in each) or any(map(_speaks, below(each, "formula"))):
            drop(each)
    for each in below(root, "sheetPr", "sheetView"):
        _forget(each, "codeName", "filterMode", "transitionEvaluation")
    for each in list(below(root, "hyperlinks", "cols")):
        if not len(each):
            drop(each)


def _forget(element: "Element", *keys: str) -> None:
    for key in keys:
        element.attrib.pop(key, None)


def _speaks(formula: "Element") -> bool:
    """Say whether a formula holds words, a name, or reaches another file."""
    return _WORDS.search(_PLAIN.sub("", formula.text or "")) is not None


def _strings(root: "Element", sheets: list["Element"]) -> None:
    """Keep the texts that a cell shows, and number them anew."""
    texts = list(root)
    kept: dict[int, int] = {}
    for sheet in sheets:
        for cell in below(sheet, "c"):
            for value in cell if cell.get("t") == "s" else ():
                if local(value.tag) == "v" and _whole(value.text) < len(texts):
                    value.text = str(kept.setdefault(_whole(value.text), len(kept)))
    for each in texts:
        root.remove(each)
    root.extend(texts[index] for index in kept)
    for key in ("count", "uniqueCount"):
        root.attrib.pop(key, None)


def _styles(root: "Element", sheets: list["Element"]) -> None:
    """Keep how cells look; named styles get names that say nothing."""
    _number_formats(root, sheets)
    keep_only(root, _STYLE_PARTS)
    for index, each in enumerate(below(root, "cellStyle"), 1):
        if "builtinId" not in each.attrib:
            each.set("name", f"Style {index}")


def _number_formats(root: "Element", sheets: list["Element"]) -> None:
    """Keep the formats of numbers that a cell has: they may hold words."""
    cells = (each for sheet in sheets for each in below(sheet, "c", "row", "col"))
    used = {_whole(each.get("s", each.get("style"))) for each in cells}
    formats = set()
    for index, each in enumerate(xf for part in below(root, "cellXfs") for xf in part):
        if index in used:
            formats.add(each.get("numFmtId"))
        elif "numFmtId" in each.attrib:
            each.set("numFmtId", "0")
    for each in list(below(root, "numFmt")):
        if each.get("numFmtId") not in formats or is_within(each, "dxf"):
            drop(each)
