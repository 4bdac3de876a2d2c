"""What an OpenDocument file holds and does not show: changes, notes, colours, shapes outside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moderation.extract.marked import counted
from moderation.extract.office.archive import Package, attribute, below, local
from moderation.extract.office.colours import is_white
from moderation.extract.office.open_tables import Where
from moderation.extract.office.sheet_marks import Sheet
from moderation.extract.office.slide_marks import Box, covers, is_outside

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LENGTH = re.compile(r"(-?[0-9]{1,7}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|px)")
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_COVERED = frozenset({"custom-shape", "rect", "frame", "path", "polygon", "ellipse"})
_AUTOMATIC = frozenset({"page", "page-number", "header", "footer", "date-time"})
_DEEPEST = 20
_OWN_TEXT = {"text": "the text", "hidden text": "the text"}
_MICRO = 1_000
_TINY = 706
"""Thousandths of a millimetre, which are two points: nobody reads smaller letters."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a style, in lower-case hexadecimal; empty where it says nothing of them."""

    ink: str = ""
    behind: str = ""
    fill: str = ""
    parent: str = ""
    size: str = ""

    @property
    def kind(self) -> str:
        """The kind of part that a text of this style is; none where it can be seen."""
        if self.ink == self.behind == "#000000":
            return "covered-text"
        if self.size and _length(self.size) <= _TINY and _LENGTH.fullmatch(self.size):
            return "unseen-text"
        pale = not self.behind or is_white(self.behind)
        return "unseen-text" if pale and is_white(self.ink) else ""


def read_looks(*roots: "Element") -> Mapping[str, Look]:
    """Return the colours of every style, with those of the styles that it stands on."""
    own = {
        attribute(style, "name"): _look(style) for root in roots for style in below(root, "style")
    }
    return {name: _whole(look, own) for name, look in own.items()}


def _look(style: "Element") -> Look:
    ink = behind = fill = size = ""
    for properties in style:
        ink = attribute(properties, "color") or ink
        size = attribute(properties, "font-size") or size
        behind = attribute(properties, "background-color").replace("transparent", "") or behind
        if attribute(properties, "fill") == "solid":
            fill = attribute(properties, "fill-color") or fill
        if attribute(properties, "opacity") not in ("", "100%"):
            fill = ""
    parent = attribute(style, "parent-style-name")
    return Look(ink.lower(), behind.lower(), fill.lower(), parent, size)


def _whole(look: Look, own: Mapping[str, Look]) -> Look:
    ink, behind, fill, parent = look.ink, look.behind, look.fill, look.parent
    size = look.size
    for _ in range(_DEEPEST):
        above = own.get(parent)
        if above is None:
            break
        ink, behind, fill = ink or above.ink, behind or above.behind, fill or above.fill
        parent, size = above.parent, size or above.size
    return Look(ink, behind, fill, size=size)


def mark_changes(package: Package, content: "Element") -> None:
    """Note the tracked changes and the comments."""
    for changes in below(content, "tracked-changes"):
        for each in changes:
            who = next((creator.text or "" for creator in below(each, "creator")), "")
            package.marked.change("document", who)
    package.marked.comments += ["document" for _ in below(content, "annotation")]


def mark_words(package: Package, words: str, where: Where, looks: Mapping[str, Look]) -> None:
    """Note a text that is hidden, and count it where it stands on a sheet."""
    if not words.strip():
        return
    if where.sheet and where.cell:
        sheet = package.sheets.setdefault(where.sheet, Sheet(where.sheet))
        sheet.hidden = "hidden" if where.away == "sheet" else sheet.hidden
        sheet.filtered = sheet.filtered or where.away == "filter"
        away = where.away in ("row", "filter")
        sheet.see(where.row, where.column, away=away, aside=where.away == "column")
        style = attribute(where.cell.column, "style-name")  # type: ignore[arg-type] # an element
        if not where.away and (kind := looks.get(style, Look()).kind):
            package.marked.add(kind, where.place)
    elif where.away == "style":
        package.marked.add("hidden-text", _OWN_TEXT.get(where.place, where.place))


def paper_is_white(looks: Mapping[str, Look], styles: "Element | None") -> bool:
    """Say whether neither the pages nor any shape or frame may put a colour behind the words."""
    if any(look.fill not in ("", "#ffffff") for look in looks.values()):
        return False
    return styles is None or all(
        attribute(each, "background-color") in ("", "transparent", "#ffffff")
        and attribute(each, "fill") in ("", "none")
        for each in below(styles, "page-layout-properties", "drawing-page-properties")
    )


def mark_spans(package: Package, block: "Element", where: Where, looks: Mapping[str, Look]) -> None:
    """Note the words of a paragraph of the text itself that have the colour of the paper."""
    if where.sheet or where.cell or where.away or where.place not in ("text", ""):
        return
    own = looks.get(attribute(block, "style-name"), Look())
    words = [block.text or "", *(each.tail or "" for each in block)]
    if own.kind and "".join(words).strip():
        package.marked.add(own.kind, _OWN_TEXT.get(where.place, where.place))
    for span in below(block, "span"):
        look = looks.get(attribute(span, "style-name"), Look())
        seen = Look(look.ink or own.ink, look.behind or own.behind, size=look.size or own.size)
        if (span.text or "").strip() and seen.kind:
            package.marked.add(seen.kind, _OWN_TEXT.get(where.place, where.place))


def mark_slide(
    package: Package, page: "Element", place: str, looks: Mapping[str, Look], size: Box | None
) -> None:
    """Note the shapes of a slide that lie outside it or over words, and what its notes say."""
    lower: list[Box] = []
    for shape in page:
        if local(shape.tag) == "notes":
            _mark_notes(package, shape, place)
            continue
        box, words = place_of(shape), _has_words(shape)
        if box is None:
            continue
        if words and size and is_outside(box, size[2:]):
            package.marked.add("off-slide", place)
        look = looks.get(attribute(shape, "style-name"), Look())
        is_black = not words and local(shape.tag) in _COVERED and look.fill == "#000000"
        if is_black and any(covers(box, each) for each in lower):
            package.marked.add("covering-shape", place)
        lower += [box] if words else []


def _mark_notes(package: Package, notes: "Element", place: str) -> None:
    frames = (each for each in notes if attribute(each, "class") not in _AUTOMATIC)
    if any(_has_words(each) for each in frames):
        package.marked.add("speaker-note", place)


def slide_size(styles: "Element") -> Box | None:
    """Return the largest size of the slides, in thousandths of a millimetre."""
    sizes = [
        (0, 0, _length(attribute(each, "page-width")), _length(attribute(each, "page-height")))
        for each in below(styles, "page-layout-properties")
    ]
    return max(sizes, default=None)


def mark_sources(package: Package, content: "Element") -> None:
    """Tell the tables that are copies of another file, and keep them from being told as hidden."""
    for table in below(content, "table"):
        name = attribute(table, "name")
        if any(local(each.tag) == "table-source" for each in table) and name in package.sheets:
            sheet = package.sheets.pop(name)
            held = counted(sheet.rows, "row", "rows")
            package.builder.part(
                "external-cache", f"{held} of another workbook", field="content.xml"
            )


def _has_words(shape: "Element") -> bool:
    return any("".join(each.itertext()).strip() for each in below(shape, "p"))


def place_of(shape: "Element") -> Box | None:
    """Return left, top, right and bottom of a shape that says where it lies."""
    said = [attribute(shape, key) for key in ("x", "y", "width", "height")]
    if not all(_LENGTH.fullmatch(each) for each in said):
        return None
    left, top, width, height = map(_length, said)
    return left, top, left + width, top + height


def _length(text: str) -> int:
    match = _LENGTH.fullmatch(text)
    return round(float(match[1]) * _UNITS[match[2]] * _MICRO) if match else 0
