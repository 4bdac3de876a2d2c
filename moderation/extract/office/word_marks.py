"""What a Word document holds and does not show: hidden and blackened text, changes, comments.

After ISO/IEC 29500-1, *WordprocessingML*, 17.3 and 17.13.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, Package, attribute, below, local, outermost

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHANGES = frozenset(
    {
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange"),
        *("sectPrChange", "tcPrChange", "trPrChange", "tblGridChange", "cellIns", "cellDel"),
        *("cellMerge", "numberingChange", "tblPrExChange"),
    }
)
_FETCHES = re.compile(r"^\s*(?:DDEAUTO|DDE|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE)\b")
"""Fields that take what they show from elsewhere (17.16.5)."""
_OFF = ("0", "false", "off")
_TINY = 4
"""Half points: whoever writes so small wants nobody to read it."""
_HIGH = 80_000
"""EMU, of which 12,700 are a point: a lower shape is a line."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document that hide text or put a colour behind it, by id."""

    hidden: frozenset[str] = frozenset()
    shaded: frozenset[str] = frozenset()


def read_styles(package: Package, main: str) -> Styles:
    """Read the styles."""
    hidden, shaded = set(), set()
    for relation in package.relations(main).values():
        if relation.type != "styles" or relation.external:
            continue
        for style in below(package.glance(relation.target), "style"):
            name = attribute(style, "styleId")
            if any(_is_on(each) for each in below(style, "vanish")):
                hidden.add(name)
            if any(_is_colour(attribute(each, "fill")) for each in below(style, "shd")):
                shaded.add(name)
    return Styles(frozenset(hidden), frozenset(shaded))


def coloured(root: "Element") -> bool:
    """Say whether the pages have a colour, or shapes that lie behind the words."""
    painted = (local(e.tag) == "background" and _is_colour(attribute(e, "color")) for e in root)
    behind = (attribute(each, "behindDoc") in ("1", "true") for each in below(root, "anchor"))
    return any(painted) or any(behind)


def mark_story(package: Package, root: "Element", what: str) -> None:
    """Note the changes, the comments and the black shapes of a story."""
    marked = package.marked
    what = "document" if what == "paragraph" else what
    for element in root.iter():
        name = local(element.tag)
        if name in _CHANGES:
            marked.change(what, attribute(element, "author"))
        elif name == "comment" and what == "comment":
            marked.comments.append("comments")
        elif name in ("instrText", "fldSimple") and _FETCHES.search(_field(element)):
            package.builder.part("external-link", "fetches or opens: field", field=what)
        elif name == "anchor" and _covers(element):
            marked.add("covering-shape", what)


def mark_paragraph(
    package: Package, paragraph: "Element", place: str, styles: Styles, backed: bool
) -> None:
    """Note the runs of a paragraph that nobody sees.

    Args:
        package: the opened file
        paragraph: the paragraph
        place: its name
        styles: of the document
        backed: whether something else may put a colour behind it: a box, a table's style

    """
    for run in outermost(paragraph, "p"):
        if local(run.tag) == "r" and any((e.text or "").strip() for e in run if _is_text(e)):
            kind = kind_of_run(run, paragraph, styles, backed=backed)
            if kind:
                package.marked.add(kind, place)


def kind_of_run(run: "Element", paragraph: "Element", styles: Styles, *, backed: bool) -> str:
    """Return the kind of part that a run is if nobody sees it; nothing where it is seen.

    Args:
        run: of the paragraph
        paragraph: which holds it
        styles: of the document
        backed: whether something else may put a colour behind it

    """
    own = _settings(paragraph, "pPr")
    style = attribute(own["pStyle"], "val") if "pStyle" in own else ""
    backed = backed or style in styles.shaded or _is_shaded(own)
    return _kind(_settings(run, "rPr"), styles, style, backed)


def is_backed(cell: Cell | None, tables: frozenset["Element"]) -> bool:
    """Say whether a cell of a table has a colour behind it, or a style that may give it one."""
    if cell is None:
        return False
    column = cell.column
    settings = {local(each.tag): each for part in column for each in part}  # type: ignore[attr-defined] # an element
    return _is_shaded(settings) or cell.row in tables


def styled_rows(root: "Element") -> frozenset["Element"]:
    """Return the rows of the tables that have a style, which may colour any of their cells."""
    return frozenset(
        row
        for table in below(root, "tbl")
        if any(local(each.tag) == "tblStyle" for part in table[:1] for each in part)
        for row in below(table, "tr")
    )


def _kind(settings: dict[str, "Element"], styles: Styles, style: str, backed: bool) -> str:
    names = {style, attribute(settings["rStyle"], "val") if "rStyle" in settings else ""}
    vanish = settings.get("vanish")
    if _is_on(vanish) if vanish is not None else names & styles.hidden:
        return "hidden-text"
    colour = attribute(settings["color"], "val").upper() if "color" in settings else ""
    behind = attribute(settings["shd"], "fill").upper() if "shd" in settings else ""
    marker = attribute(settings["highlight"], "val") if "highlight" in settings else "none"
    if (marker == "black" and colour in ("", "AUTO", "000000")) or (
        behind == colour == "000000" and marker == "none"
    ):
        return "covered-text"
    if _is_tiny(settings):
        return "unseen-text"
    plain = not (backed or _is_colour(behind) or names & styles.shaded)
    return "unseen-text" if colour == "FFFFFF" and marker in ("none", "white") and plain else ""


def _is_tiny(settings: dict[str, "Element"]) -> bool:
    size = attribute(settings["sz"], "val") if "sz" in settings else ""
    return size.isdecimal() and int(size[:6]) <= _TINY


def _settings(element: "Element", name: str) -> dict[str, "Element"]:
    """Return the settings of a paragraph or run, which stand in its first child."""
    return {local(e.tag): e for child in element[:1] if local(child.tag) == name for e in child}


def _is_text(element: "Element") -> bool:
    return local(element.tag) == "t"


def _is_on(element: "Element") -> bool:
    return attribute(element, "val") not in _OFF


def _is_shaded(settings: dict[str, "Element"]) -> bool:
    return "shd" in settings and _is_colour(attribute(settings["shd"], "fill"))


def _is_colour(fill: str) -> bool:
    return fill.upper() not in ("", "AUTO", "FFFFFF")


def _covers(anchor: "Element") -> bool:
    """Say whether a black shape without words floats before the text."""
    if attribute(anchor, "behindDoc") in ("1", "true"):
        return False
    floats = any(local(each.tag) == "wrapNone" for each in anchor)
    high = max((_size(attribute(each, "cy")) for each in below(anchor, "extent")), default=0)
    words = any((each.text or "").strip() for each in below(anchor, "t"))
    return floats and high >= _HIGH and not words and _is_black(anchor)


def _field(element: "Element") -> str:
    return element.text or attribute(element, "instr")


def _is_black(anchor: "Element") -> bool:
    for shape in below(anchor, "spPr"):
        for fill in shape:
            if local(fill.tag) == "solidFill":
                return any(
                    attribute(each, "val") in ("000000", "tx1", "dk1", "black")
                    and not any(local(more.tag) == "alpha" for more in each)
                    for each in fill
                )
    return False


def _size(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
