"""Word processing: docx.

After ISO/IEC 29500-1, *WordprocessingML*. Names are compared without namespaces, so that the
strict and the transitional form read alike.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, Package, attribute, below, local
from moderation.extract.office.leftover import read_leftover
from moderation.extract.office.paragraphs import paragraphs
from moderation.extract.office.runs import Run, grouped
from moderation.extract.office.word_marks import (
    Styles,
    coloured,
    is_backed,
    mark_paragraph,
    mark_story,
    read_styles,
    styled_rows,
)
from moderation.extract.office.word_places import (
    draws_behind,
    mark_boxes,
    mark_merge,
    mark_rows,
)
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_REMOVED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_WORDS = {"t": Carrier.BODY, "delText": Carrier.TRACKED_CHANGE, "instrText": Carrier.MARKUP}
_WORDS["delInstrText"] = Carrier.TRACKED_CHANGE
_TAKEN = frozenset(_WORDS)
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t", "rt": " "}
_GAPS["rubyBase"] = " "
_STORIES = {
    "header": (Carrier.HEADER, "header"),
    "footer": (Carrier.HEADER, "footer"),
    "footnotes": (Carrier.BODY, "footnote"),
    "endnotes": (Carrier.BODY, "endnote"),
    "comments": (Carrier.COMMENT, "comment"),
}


def read_word(package: Package, main: str) -> None:
    """Read the document and the stories around it.

    Args:
        package: the opened file
        main: the entry that holds the document

    """
    styles = read_styles(package, main)
    mark_merge(package, main)
    others = [each for each in package.relations(main).values() if each.type in _STORIES]
    others = [each for each in others if not each.external]
    around = [each.target for each in others if each.type in ("header", "footer")]
    # What a header draws lies behind the words of the page.
    drawn = any(draws_behind(package.glance(name)) for name in around)
    _story(package, main, (Carrier.BODY, "paragraph"), styles, dark=drawn)
    for relation in others:
        _story(package, relation.target, _STORIES[relation.type], styles)


def _story(
    package: Package, name: str, kind: tuple[Carrier, str], styles: Styles, *, dark: bool = False
) -> None:
    root, (carrier, what) = package.xml(name), kind
    mark_story(package, root, what)
    named = "document" if what == "paragraph" else what
    mark_rows(package, root, named)
    mark_boxes(package, root, named)
    dark = dark or coloured(root)
    rows = styled_rows(root, styles)
    boxed = frozenset(p for b in below(root, "txbxContent") for p in b)
    for number, (paragraph, cell) in enumerate(paragraphs(root), 1):
        own = carrier
        if carrier is Carrier.BODY and (cell or _is_heading(paragraph)):
            own = Carrier.TABLE if cell else Carrier.HEADING
        place = f"{what} {number}"
        backed = dark or paragraph in boxed or is_backed(cell, rows)
        mark_paragraph(package, paragraph, place, styles, backed)
        _paragraph(package, paragraph, own, place, cell)
    place = "" if what in ("paragraph", "comment") else what
    read_leftover(package, root, place, taken=_TAKEN)
    package.flush()


def _paragraph(
    package: Package, paragraph: "Element", own: Carrier, place: str, cell: Cell | None
) -> None:
    for kind, text in grouped(_runs(paragraph)):
        if kind is Carrier.BODY:
            package.add(text, own, place, cell)
        elif cell:  # what nobody sees must not stand between two cells of a row
            package.later(text, kind, place)
        else:
            package.add(text, kind, place)


def _settings(element: "Element", name: str) -> Iterator["Element"]:
    """Yield the settings of a paragraph or run, which stand in its first child."""
    return (each for child in element[:1] if local(child.tag) == name for each in child)


def _is_heading(paragraph: "Element") -> bool:
    return any(
        attribute(each, "val").lower().startswith(("heading", "title"))
        for each in _settings(paragraph, "pPr")
        if local(each.tag) == "pStyle"
    )


def _runs(paragraph: "Element") -> Iterator[Run]:
    """Yield the runs of one paragraph, not those of paragraphs in boxes inside it."""
    waiting = [(child, Carrier.BODY, False) for child in reversed(paragraph)]
    while waiting:
        element, carrier, added = waiting.pop()
        name = local(element.tag)
        if name == "p":
            continue
        added = added or name in _ADDED
        if name in _REMOVED:
            carrier = Carrier.TRACKED_CHANGE
        elif name == "r" and carrier is Carrier.BODY and _is_hidden(element):
            carrier = Carrier.HIDDEN
        if name in _WORDS:
            yield Run(carrier if name == "t" else _WORDS[name], element.text or "", added)
        elif name in _GAPS:
            yield Run(carrier, _GAPS[name], added)
        waiting += [(child, carrier, added) for child in reversed(element)]


def _is_hidden(run: "Element") -> bool:
    return any(
        attribute(each, "val") not in ("0", "false", "off")
        for each in _settings(run, "rPr")
        if local(each.tag) in ("vanish", "webHidden", "specVanish")
    )
