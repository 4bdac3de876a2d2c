"""OpenDocument: odt, ods and odp.

After *Open Document Format for Office Applications Version 1.3*, part 3. Every text is read where
it stands, with the nearest of its surroundings that says what it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local
from moderation.extract.office.leftover import read_attributes
from moderation.extract.office.open_marks import (
    Look,
    mark_changes,
    mark_slide,
    mark_sources,
    mark_spans,
    mark_words,
    paper_is_white,
    read_looks,
    slide_size,
)
from moderation.extract.office.open_tables import Where, cells, repeats, rows
from moderation.extract.office.slide_marks import Box
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
_SCRIPTS = ("vnd.sun.star.script:", "macro:", "javascript:", "vbscript:")
_FETCHED = {
    "image": "image",
    "object": "object",
    "object-ole": "object",
    "plugin": "plugin",
    "floating-frame": "frame",
    "table-source": "externalLinkPath",
    "section-source": "section",
}
"""Elements whose address a program opens by itself, as Office Open XML would call them."""
_UNSEEN = frozenset({"hidden-text", "hidden-paragraph"})


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the styles and the changes of a file say of its texts.

    Args:
        hidden: names of the styles that hide
        removed: what each tracked change took out, by its id
        looks: the colours of each style
        slide: the size of the slides
        white: whether nothing puts a colour behind the words

    """

    hidden: frozenset[str]
    removed: Mapping[str, str]
    looks: Mapping[str, Look]
    slide: Box | None
    white: bool


def read_opendocument(package: Package) -> None:
    """Read the content and the styles, which hold headers and footers."""
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package.names else None
    roots = [content] if styles is None else [styles, content]
    size = None if styles is None else slide_size(styles)
    looks = read_looks(*roots)
    white = paper_is_white(looks, styles)
    signs = _Signs(_hidden_styles(content), _removed(content), looks, size, white)
    mark_changes(package, content)
    _walk(package, content, Where(Carrier.BODY, "text"), signs)
    mark_sources(package, content)
    for sheet in package.sheets.values():
        sheet.tell(package.builder)
    if styles is not None:
        _walk(package, styles, Where(Carrier.HIDDEN, "styles"), signs)


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


def _walk(package: Package, root: "Element", where: Where, signs: _Signs) -> None:
    """Visit every element once; a paragraph is read as a whole, with what is set into it apart."""
    waiting = [(root, where)]
    slides = 0
    while waiting:
        element, where = waiting.pop()
        name = local(element.tag)
        if name == "page" and attribute(element, "master-page-name"):
            slides += 1
            where = _slide(package, element, slides, signs)
        where = _within(element, name, where, signs.hidden)
        if name == "table":
            package.add(where.sheet, Carrier.SHEET_NAME, f"sheet {where.sheet}")
        for each in _inner(element, signs.hidden) if name in _BLOCKS else (element,):
            read_attributes(package, each, where.place)
            _links(package, each, where)
        if name in _BLOCKS or not len(element):
            _text(package, element, where, signs)
        else:
            stray = [element.text or "", *(child.tail or "" for child in element)]
            package.add(" ".join(stray), Carrier.HIDDEN, where.place)
        waiting += reversed(_children(element, name, where, signs.hidden))
    package.flush()


def _slide(package: Package, page: "Element", number: int, signs: _Signs) -> Where:
    place = f"slide {number}"
    mark_slide(package, page, place, signs.looks, signs.slide)
    if attribute(page, "style-name") not in signs.hidden:
        return Where(Carrier.SLIDE, place)
    package.marked.add("hidden-slide", place)
    return Where(Carrier.SLIDE, place, away="slide")


def _text(package: Package, element: "Element", where: Where, signs: _Signs) -> None:
    """Keep the words of a paragraph, or of an element with nothing in it."""
    name = local(element.tag)
    words = _words(element, signs.hidden)
    said = attribute(element, "string-value") if name in _UNSEEN else ""
    mark_words(package, words + said, where, signs.looks)
    if signs.white:
        mark_spans(package, element, where, signs.looks)
    package.add(words, _carrier(name, where), where.place, where.cell)
    whole = _words(element, frozenset(), signs.removed) if name in _BLOCKS else words
    if whole != words:  # a hidden or removed surname makes a name with what is around it
        package.later(whole, Carrier.HIDDEN, f"{where.place} with what is hidden")


def _within(element: "Element", name: str, where: Where, hidden: frozenset[str]) -> Where:
    if name in _AROUND:
        carrier, place = _AROUND[name]
        slide = where.place if where.carrier is Carrier.SLIDE else ""
        away = where.away or ("style" if name in _UNSEEN else "")
        return replace(where, carrier=carrier, place=f"{slide} {place}".strip(), away=away)
    if attribute(element, "style-name") in hidden or attribute(element, "display") == "none":
        where = replace(where, away=where.away or ("sheet" if name == "table" else "style"))
    if name == "table" and attribute(element, "name"):
        sheet = attribute(element, "name")
        return replace(where, carrier=Carrier.CELL, place=sheet, sheet=sheet)
    return where


def _carrier(name: str, where: Where) -> Carrier:
    if where.away:
        return Carrier.HIDDEN_CELL if where.carrier is Carrier.CELL else Carrier.HIDDEN
    if where.carrier is Carrier.BODY:
        return Carrier.HEADING if name == "h" else Carrier.BODY
    return where.carrier


def _links(package: Package, element: "Element", where: Where) -> None:
    target = attribute(element, "href")
    if not target or target.startswith(OWN_FILES):
        return
    package.link(target, where.place)
    if target.startswith(_SCRIPTS):
        package.builder.part("macro", "a call of a program", field=where.place)
    elif local(element.tag) in _FETCHED and ":" in target:
        detail = f"fetches or opens: {_FETCHED[local(element.tag)]}"
        package.builder.part("external-link", detail, field=where.place)


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
            parts.append(" " * min(repeats(element, "c"), 100))
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
    element: "Element", name: str, where: Where, hidden: frozenset[str]
) -> list[tuple["Element", Where]]:
    if name in _BLOCKS:
        return [(each, where) for each in _set_in(element, hidden)]
    if name == "table-row":
        return cells(element, where)
    if name == "table" and where.sheet:
        return rows(element, where)
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
