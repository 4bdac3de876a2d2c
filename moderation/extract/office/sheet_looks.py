"""Which cells of a workbook hold a value that their own look hides.

After ISO/IEC 29500-1, *SpreadsheetML*, 18.8. Where a table or a condition may colour a cell, its
own look says nothing.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local
from moderation.extract.office.colours import is_white
from moderation.extract.office.sheet_marks import Box

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_THEME = {"0": "white", "1": "black"}
_INDEXED = {"0": "black", "1": "white", "8": "black", "9": "white", "64": "black", "65": "white"}
_NOTHING = re.compile(r";;;+")
_NO_LETTER = re.compile(r'""|\[[^\]]{0,40}\]|[_*\\] |\s')
"""Of a format of numbers: empty words, a colour or a condition, and gaps; they show nothing."""
_LEAST_FONT, _LEAST_WIDTH, _LEAST_HEIGHT = 2.0, 0.5, 2.0
"""Points, widths of a letter, and points: below, nobody reads what is there."""
_SIZE = re.compile(r"[0-9]{0,6}(?:\.[0-9]{0,17})?")


def read_looks(package: Package, main: str) -> list[str]:
    """Return, for each style of a cell, the kind of part that a value in it is; often none."""
    for relation in package.relations(main).values():
        if relation.type == "styles" and not relation.external:
            return list(_looks(package.glance(relation.target)))
    return []


def _looks(root: "Element") -> Iterator[str]:
    formats = {e.get("numFmtId", ""): e.get("formatCode", "") for e in below(root, "numFmt")}
    fonts = [_colour(each, "color") or "black" for each in _listed(root, "fonts")]
    fills = [_fill(each) for each in _listed(root, "fills")]
    tiny = [_is_tiny(each) for each in _listed(root, "fonts")]
    for style in _listed(root, "cellXfs"):
        ink, behind = _at(fonts, style, "fontId"), _at(fills, style, "fillId")
        code = formats.get(style.get("numFmtId", ""), "")
        if _NOTHING.fullmatch(_NO_LETTER.sub("", code)) or _at(tiny, style, "fontId") == "tiny":
            yield "unseen-text"
        elif ink == behind:
            yield "covered-text" if ink == "black" else "unseen-text"
        else:
            yield ""


def _is_tiny(font: "Element") -> str:
    sizes = (each.get("val") for each in below(font, "sz"))
    return "tiny" if any(_is_below(each, _LEAST_FONT) for each in sizes) else ""


def is_shut(size: "Element", *, of_row: bool = False) -> bool:
    """Say whether a row or column is too narrow for anybody to see what is in it."""
    if of_row:
        return _is_below(size.get("ht"), _LEAST_HEIGHT)
    return _is_below(size.get("width"), _LEAST_WIDTH)


def _is_below(size: str | None, least: float) -> bool:
    known = size is not None and size.strip(".") and _SIZE.fullmatch(size)
    return bool(known) and float(size or 0) < least


def read_paints(package: Package, main: str) -> frozenset[str]:
    """Return the numbers of the looks that conditions give, and that may colour a cell."""
    for relation in package.relations(main).values():
        if relation.type == "styles" and not relation.external:
            listed = _listed(package.glance(relation.target), "dxfs")
            return frozenset(str(n) for n, each in enumerate(listed) if _is_paint(each))
    return frozenset()


def _is_paint(look: "Element") -> bool:
    inks = (_colour(each, "color") for each in look if local(each.tag) == "font")
    return any(local(each.tag) == "fill" for each in look) or any(
        i not in ("", "white") for i in inks
    )


def _listed(root: "Element", name: str) -> list["Element"]:
    return [each for part in root if local(part.tag) == name for each in part]


def _at(values: list[str], style: "Element", key: str) -> str:
    index = style.get(key, "0")
    known = index.isdecimal() and len(index) < 7 and int(index) < len(values)
    return values[int(index)] if known else f"unknown {key}"


def _fill(fill: "Element") -> str:
    for pattern in below(fill, "patternFill"):
        kind = pattern.get("patternType", "none")
        if kind == "solid":
            return _colour(pattern, "fgColor") or "another"
        if kind == "none":
            return "white"
    return "another"


def _colour(owner: "Element", name: str) -> str:
    """Return a colour by its name, or in hexadecimal; empty where none is given."""
    for each in below(owner, name):
        tint = each.get("tint", "0").strip("-0.")
        if "rgb" in each.attrib:
            rgb = attribute(each, "rgb")[-6:].upper()
            return "white" if is_white(rgb) else "black" if rgb == "000000" else rgb
        if "theme" in each.attrib:
            number = each.get("theme", "")
            return (_THEME.get(number, "") if not tint else "") or f"theme {number} {tint}"
        if "indexed" in each.attrib:
            number = each.get("indexed", "")
            return _INDEXED.get(number, f"indexed {number}")
    return ""


def coloured(package: Package, entry: str, root: "Element", paints: frozenset[str]) -> list[Box]:
    """Return the ranges of a sheet that tables and conditions colour, by these looks."""
    said = [
        each.get("sqref", "")
        for each in below(root, "conditionalFormatting")
        if any(rule.get("dxfId") in (None, *paints) for rule in below(each, "cfRule"))
    ]
    for relation in package.relations(entry).values():
        if relation.type in ("table", "pivotTable") and not relation.external:
            part = package.glance(relation.target)
            said += [each.get("ref", "") for each in part.iter() if "ref" in each.attrib]
    return [_box(match) for text in said for match in _RANGE.finditer(text)]


def _box(match: re.Match[str]) -> Box:
    left, top, right, bottom = match.groups()
    return (number(left), int(top), number(right or left), int(bottom or top))


def number(letters: str) -> int:
    """Turn the letters of a column into its number, from one."""
    value = 0
    for letter in letters:
        value = 26 * value + ord(letter) - ord("A") + 1
    return value
