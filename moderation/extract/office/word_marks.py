"""What a Word document holds and does not show: hidden and blackened text, changes, comments.

After ISO/IEC 29500-1, *WordprocessingML*, 17.3 and 17.13.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Cell, Package, attribute, below, local, outermost
from moderation.extract.office.colours import is_white

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
_LEAST_SCALE = 5
"""Per cent of its width: a narrower letter is a stroke."""
LEAST_LINE = 40
"""Twentieths of a point: a line or row of exactly this height shows no letter."""
_DEEPEST = 20
_PAPER = frozenset({"background1", "light1"})
_HIGH = 80_000
"""EMU, of which 12,700 are a point: a lower shape is a line."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, by id: what hides text or puts a colour behind it, and its look.

    Args:
        hidden: styles whose text is not shown
        shaded: styles that put a colour behind their text
        inks: the colour of the text of each style that says so
        sizes: the size of that text in half points, likewise

    """

    hidden: frozenset[str] = frozenset()
    shaded: frozenset[str] = frozenset()
    inks: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


def read_styles(package: Package, main: str) -> Styles:
    """Read the styles, each with what it takes over from those that it stands on."""
    every: dict[str, Element] = {}
    for relation in package.relations(main).values():
        if relation.type == "styles" and not relation.external:
            root = package.glance(relation.target)
            every |= {attribute(each, "styleId"): each for each in below(root, "style")}
    hidden, shaded = set(), set()
    inks, sizes = {}, {}
    for name in every:
        line = list(_line(name, every))
        settings: dict[str, Element] = {}
        for style in line:
            settings = {**settings_of(style, "rPr", within=len(style)), **settings}
        if "vanish" in settings and is_on(settings["vanish"]):
            hidden.add(name)
        if any(_is_shade(each) for style in line for each in below(style, "shd")):
            shaded.add(name)
        inks[name], sizes[name] = _ink(settings), _size_of(settings)
    return Styles(frozenset(hidden), frozenset(shaded), inks, sizes, frozenset(every))


def _line(name: str, every: Mapping[str, "Element"]) -> Iterator["Element"]:
    """Yield a style and those that it stands on, the nearest first."""
    for _ in range(_DEEPEST):
        style = every.get(name)
        if style is None:
            return
        yield style
        name = next((attribute(e, "val") for e in style if local(e.tag) == "basedOn"), "")


def coloured(root: "Element") -> bool:
    """Say whether the pages have a colour, or shapes that lie behind the words."""
    painted = (local(e.tag) == "background" and _is_colour(attribute(e, "color")) for e in root)
    behind = (attribute(each, "behindDoc") in ("1", "true") for each in below(root, "anchor"))
    return any(painted) or any(behind) or any(_is_behind(each) for each in below(root, "pict"))


def _is_behind(picture: "Element") -> bool:
    return any("z-index:-" in attribute(each, "style").replace(" ", "") for each in picture)


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
    own = settings_of(paragraph, "pPr")
    if _is_flat(own):
        return "unseen-text"
    style = attribute(own["pStyle"], "val") if "pStyle" in own else ""
    backed = backed or style in styles.shaded or _is_shaded(own)
    return _kind(settings_of(run, "rPr"), styles, style, backed)


def is_backed(cell: Cell | None, tables: frozenset["Element"]) -> bool:
    """Say whether a cell of a table has a colour behind it, or a style that may give it one."""
    if cell is None:
        return False
    column = cell.column
    settings = {local(each.tag): each for part in column for each in part}  # type: ignore[attr-defined] # an element
    return _is_shaded(settings) or cell.row in tables


def styled_rows(root: "Element", styles: Styles) -> frozenset["Element"]:
    """Return the rows behind which the table, its style or a cell around it may put a colour."""
    tables = (table for table in below(root, "tbl") if _is_dyed(table, styles))
    cells = (cell for cell in below(root, "tc") if _is_shaded(settings_of(cell, "tcPr")))
    return frozenset(row for around in (*tables, *cells) for row in below(around, "tr"))


def _is_dyed(table: "Element", styles: Styles) -> bool:
    settings = settings_of(table, "tblPr")
    style = attribute(settings["tblStyle"], "val") if "tblStyle" in settings else ""
    return _is_shaded(settings) or (bool(style) and style not in styles.known - styles.shaded)


def _kind(settings: dict[str, "Element"], styles: Styles, style: str, backed: bool) -> str:
    names = (attribute(settings["rStyle"], "val") if "rStyle" in settings else "", style)
    vanish = settings.get("vanish")
    if is_on(vanish) if vanish is not None else styles.hidden.intersection(names):
        return "hidden-text"
    colour = _ink(settings) or next(filter(None, (styles.inks.get(n) for n in names)), "")
    behind = attribute(settings["shd"], "fill").upper() if "shd" in settings else ""
    marker = attribute(settings["highlight"], "val") if "highlight" in settings else "none"
    if (marker == "black" and colour in ("", "AUTO", "000000")) or (
        behind == colour == "000000" and marker == "none"
    ):
        return "covered-text"
    if _is_tiny(settings, next(filter(None, (styles.sizes.get(n) for n in names)), "")):
        return "unseen-text"
    plain = not (backed or _is_colour(behind) or styles.shaded.intersection(names))
    return "unseen-text" if colour == "FFFFFF" and marker in ("none", "white") and plain else ""


def _ink(settings: Mapping[str, "Element"]) -> str:
    """Return the colour of a text, in hexadecimal; FFFFFF for all that is as good as white."""
    if "color" not in settings:
        return ""
    colour = settings["color"]
    themed = attribute(colour, "themeColor") in _PAPER and not attribute(colour, "themeShade")
    value = attribute(colour, "val").upper()
    return "FFFFFF" if themed or is_white(value) else value


def _size_of(settings: Mapping[str, "Element"]) -> str:
    return attribute(settings["sz"], "val") if "sz" in settings else ""


def _is_tiny(settings: Mapping[str, "Element"], styled: str) -> bool:
    size = _size_of(settings) or styled
    if size.isdecimal() and int(size[:6]) <= _TINY:
        return True
    return "w" in settings and is_least(settings["w"], "val", _LEAST_SCALE)


def _is_flat(settings: Mapping[str, "Element"]) -> bool:
    """Say whether the lines of a paragraph are too low to show a letter."""
    if "spacing" not in settings or attribute(settings["spacing"], "lineRule") != "exact":
        return False
    return is_least(settings["spacing"], "line", LEAST_LINE)


def is_least(element: "Element", key: str, most: int) -> bool:
    """Say whether an attribute is a whole number of at most so much."""
    number = attribute(element, key).removesuffix("%")
    return number.isdecimal() and int(number[:6]) <= most


def settings_of(element: "Element", name: str, *, within: int = 1) -> dict[str, "Element"]:
    """Return the settings of a paragraph or run, which stand in its first child."""
    return {
        local(e.tag): e for child in element[:within] if local(child.tag) == name for e in child
    }


def _is_text(element: "Element") -> bool:
    return local(element.tag) == "t"


def is_on(element: "Element") -> bool:
    """Say whether a setting that is there is not switched off."""
    return attribute(element, "val") not in _OFF


def _is_shaded(settings: dict[str, "Element"]) -> bool:
    return "shd" in settings and _is_shade(settings["shd"])


def _is_shade(shading: "Element") -> bool:
    themed = attribute(shading, "themeFill")
    return _is_colour(attribute(shading, "fill")) or themed not in ("", *_PAPER)


def _is_colour(fill: str) -> bool:
    return fill.upper() not in ("", "AUTO") and not is_white(fill)


def _covers(anchor: "Element") -> bool:
    """Say whether a black shape without words floats before the text."""
    if attribute(anchor, "behindDoc") in ("1", "true"):
        return False
    floats = any(local(each.tag) == "wrapNone" for each in anchor)
    high = max((size_in(attribute(each, "cy")) for each in below(anchor, "extent")), default=0)
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


def size_in(text: str) -> int:
    """Return the number that a text is; nought if it is none."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0
