"""OpenDocument: odt, ods and odp.

After *Open Document Format for Office Applications Version 1.3*, part 3. Every text is read where
it stands, with the nearest of its surroundings that says what it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, Package, attribute, below, local, outermost
from moderation.extract.office.leftover import read_attributes
from moderation.extract.office.vocabulary import OWN_FILES
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GAPS = {"tab": "\t", "line-break": "\n"}
_BLOCKS = frozenset({"p", "h"})
_AROUND = {
    "tracked-changes": (Carrier.TRACKED_CHANGE, "tracked change"),
    "annotation": (Carrier.COMMENT, "comment"),
    "notes": (Carrier.SPEAKER_NOTE, "notes"),
    "hidden-text": (Carrier.HIDDEN, "hidden text"),
    "hidden-paragraph": (Carrier.HIDDEN, "hidden text"),
    "header": (Carrier.HEADER, "header"),
    "footer": (Carrier.HEADER, "footer"),
    "header-left": (Carrier.HEADER, "header"),
    "footer-left": (Carrier.HEADER, "footer"),
    "header-first": (Carrier.HEADER, "header"),
    "footer-first": (Carrier.HEADER, "footer"),
    "header-decl": (Carrier.HEADER, "header"),
    "footer-decl": (Carrier.HEADER, "footer"),
    "help-message": (Carrier.HIDDEN, "prompt"),
    "error-message": (Carrier.HIDDEN, "prompt"),
    "title": (Carrier.ALT, "picture"),
    "desc": (Carrier.ALT, "picture"),
}
_GROUPS = frozenset({"table-row-group", "table-rows", "table-header-rows"})


@dataclass(frozen=True, slots=True)
class _Where:
    """The surroundings of a text."""

    carrier: Carrier
    place: str
    sheet: str = ""
    row: int = 0
    away: bool = False
    columns: tuple[range, ...] = ()
    cell: Cell | None = None


def read_opendocument(package: Package) -> None:
    """Read the content and the styles, which hold headers and footers."""
    content = package.xml("content.xml")
    hidden = _hidden_styles(content)
    removed = _removed(content)
    _walk(package, content, _Where(Carrier.BODY, "text"), hidden, removed)
    if "styles.xml" in package.names:
        styles = package.xml("styles.xml")
        _walk(package, styles, _Where(Carrier.HIDDEN, "styles"), hidden, removed)


def _hidden_styles(content: "Element") -> frozenset[str]:
    """Return the names of the styles that hide a sheet, a slide or a run of text."""
    names = set()
    for style in below(content, "style"):
        for properties in style:
            shows = (attribute(properties, key) for key in ("display", "visibility"))
            if any(value in ("false", "none", "hidden") for value in shows):
                names.add(attribute(style, "name"))
    return frozenset(names)


def _removed(content: "Element") -> dict[str, str]:
    """Return what each tracked change took out, by the id of the change."""
    return {
        attribute(region, "id"): " ".join(
            _words(each, frozenset()) for each in below(region, *_BLOCKS)
        )
        for region in below(content, "changed-region")
    }


def _walk(
    package: Package,
    root: "Element",
    where: _Where,
    hidden: frozenset[str],
    removed: Mapping[str, str],
) -> None:
    """Visit every element once; a paragraph is read as a whole, with what is set into it apart."""
    waiting = [(root, where)]
    slides = 0
    while waiting:
        element, where = waiting.pop()
        name = local(element.tag)
        if name == "page" and attribute(element, "master-page-name"):
            slides += 1
            where = _Where(Carrier.SLIDE, f"slide {slides}")
        where = _within(element, name, where, hidden)
        if name == "table":
            package.add(where.sheet, Carrier.SHEET_NAME, f"sheet {where.sheet}")
        for each in _inner(element, hidden) if name in _BLOCKS else (element,):
            read_attributes(package, each, where.place)
            _links(package, each, where)
        if name in _BLOCKS or not len(element):
            words = _words(element, hidden)
            package.add(words, _carrier(name, where), where.place, where.cell)
            whole = _words(element, frozenset(), removed) if name in _BLOCKS else words
            if whole != words:  # a hidden or removed surname makes a name with what is around it
                package.later(whole, Carrier.HIDDEN, f"{where.place} with what is hidden")
        else:
            stray = [element.text or "", *(child.tail or "" for child in element)]
            package.add(" ".join(stray), Carrier.HIDDEN, where.place)
        waiting += reversed(_children(element, name, where, hidden))
    package.flush()


def _within(element: "Element", name: str, where: _Where, hidden: frozenset[str]) -> _Where:
    if name in _AROUND:
        carrier, place = _AROUND[name]
        slide = where.place if where.carrier is Carrier.SLIDE else ""
        return replace(where, carrier=carrier, place=f"{slide} {place}".strip())
    if attribute(element, "style-name") in hidden or attribute(element, "display") == "none":
        where = replace(where, away=True)
    if name == "table" and attribute(element, "name"):
        sheet = attribute(element, "name")
        return replace(where, carrier=Carrier.CELL, place=sheet, sheet=sheet)
    return where


def _carrier(name: str, where: _Where) -> Carrier:
    if where.away:
        return Carrier.HIDDEN_CELL if where.carrier is Carrier.CELL else Carrier.HIDDEN
    if where.carrier is Carrier.BODY:
        return Carrier.HEADING if name == "h" else Carrier.BODY
    return where.carrier


def _links(package: Package, element: "Element", where: _Where) -> None:
    target = attribute(element, "href")
    if target and not target.startswith(OWN_FILES):
        package.link(target, where.place)


def _words(
    block: "Element", hidden: frozenset[str], removed: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Join the words of a paragraph, leaving out what is set into it and read by itself."""
    parts = [block.text or ""]
    waiting = [*reversed(block)]
    while waiting:
        element = waiting.pop()
        name = local(element.tag)
        if name == "tail":
            parts.append(element.text or "")
            continue
        if name == "s":
            parts.append(" " * min(_repeats(element, "c"), 100))
        elif name == "change":
            parts.append(removed.get(attribute(element, "change-id"), ""))
        parts.append(_GAPS.get(name, ""))
        if element.tail:
            waiting.append(_tail(element))
        if not _stands_apart(element, hidden):
            parts.append(element.text or "")
            waiting += reversed(element)
    return "".join(parts)


def _tail(element: "Element") -> "Element":
    tail = element.makeelement("tail", {})
    tail.text = element.tail
    return tail


def _stands_apart(element: "Element", hidden: frozenset[str]) -> bool:
    name = local(element.tag)
    if name in _AROUND or name in _BLOCKS or name in ("frame", "note", "custom-shape"):
        return True
    return name == "span" and attribute(element, "style-name") in hidden


def _children(
    element: "Element", name: str, where: _Where, hidden: frozenset[str]
) -> list[tuple["Element", _Where]]:
    if name in _BLOCKS:
        return [(each, where) for each in _set_in(element, hidden)]
    if name == "table-row":
        return _cells(element, where)
    if name == "table" and where.sheet:
        return _rows(element, where)
    return [(child, where) for child in element]


def _inner(block: "Element", hidden: frozenset[str]) -> Iterator["Element"]:
    """Yield a paragraph and what is in it, but not what is set into it."""
    yield block
    waiting = [*block]
    while waiting:
        element = waiting.pop()
        if not _stands_apart(element, hidden):
            yield element
            waiting += element


def _set_in(block: "Element", hidden: frozenset[str]) -> list["Element"]:
    """Return what is set into a paragraph, the outermost each time."""
    found = []
    waiting = [*reversed(block)]
    while waiting:
        element = waiting.pop()
        if _stands_apart(element, hidden):
            found.append(element)
        else:
            waiting += reversed(element)
    return found


def _rows(table: "Element", where: _Where) -> list[tuple["Element", _Where]]:
    """Number the rows of a table, whatever groups they stand in, and note its hidden columns."""
    children = []
    columns: list[range] = []
    row = column = 0
    for each in outermost(table, "table-row", "shapes"):
        if local(each.tag) != "table-column":
            continue
        first, column = column, column + _repeats(each, "number-columns-repeated")
        if _is_collapsed(each):
            columns.append(range(first, column))
    where = replace(where, columns=tuple(columns))
    for child in table:
        grouped = outermost(child, "table-row") if local(child.tag) in _GROUPS else [child]
        for each in grouped:
            if local(each.tag) in _GROUPS:
                continue
            away = where.away or _is_collapsed(each) or _is_collapsed(child)
            children.append((each, replace(where, row=row + 1, away=away)))
            if local(each.tag) == "table-row":
                row += _repeats(each, "number-rows-repeated")
    return children


def _cells(row: "Element", where: _Where) -> list[tuple["Element", _Where]]:
    children = []
    column = 0
    for cell in row:
        place = f"{where.sheet}!{_letters(column + 1)}{where.row}"
        away = where.away or any(column in each for each in where.columns)
        inside = replace(where, place=place, away=away) if where.sheet else where
        carrier = Carrier.TABLE if where.carrier is Carrier.BODY else where.carrier
        children.append((cell, replace(inside, carrier=carrier, cell=Cell(row, cell))))
        column += _repeats(cell, "number-columns-repeated")
    return children


def _is_collapsed(element: "Element") -> bool:
    return attribute(element, "visibility") in ("collapse", "filter")


def _repeats(element: "Element", key: str) -> int:
    number = attribute(element, key)
    return min(int(number), 2**21) if number.isdecimal() and len(number) < 9 else 1


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
