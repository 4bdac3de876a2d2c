"""What a slide holds and does not show: shapes outside it, below others, or in their own colour.

After ISO/IEC 29500-1, *DrawingML*, 20.1.7 and 20.1.8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local, outermost

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp", "grpSp"})
_BLACK = frozenset({"000000", "black"})
_AUTOMATIC = frozenset({"sldNum", "dt", "hdr", "ftr", "sldImg"})
_HALF = 0.5

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of a slide: where it lies, what fills it, and whether it holds words."""

    box: Box | None
    fill: str
    words: bool
    element: "Element"


def slide_size(root: "Element") -> tuple[int, int]:
    """Return width and height of the slides of a presentation; noughts where it does not say."""
    for each in below(root, "sldSz"):
        return _number(each.get("cx", "")), _number(each.get("cy", ""))
    return 0, 0


def mark_slide(package: Package, root: "Element", place: str, size: tuple[int, int]) -> None:
    """Note the shapes of a slide whose words nobody sees."""
    shapes = list(_shapes(root))
    for order, shape in enumerate(shapes):
        if shape.words:
            if shape.box and is_outside(shape.box, size):
                package.marked.add("off-slide", place)
            if shape.fill and shape.fill in _inks(shape.element):
                kind = "covered-text" if shape.fill in _BLACK else "unseen-text"
                package.marked.add(kind, place)
        if any(_is_marked_black(run) for run in below(shape.element, "rPr")):
            package.marked.add("covered-text", place)
        if shape.fill in _BLACK and not shape.words:
            below_it = [each for each in shapes[:order] if each.words and each.box]
            if shape.box and any(covers(shape.box, each.box) for each in below_it if each.box):
                package.marked.add("covering-shape", place)


def has_notes(root: "Element") -> bool:
    """Say whether somebody wrote something on a page of notes."""
    for shape in below(root, "sp"):
        kinds = {attribute(each, "type") for each in below(shape, "ph")}
        if not kinds & _AUTOMATIC and _has_words(shape):
            return True
    return False


def _shapes(root: "Element") -> Iterator[_Shape]:
    """Yield the shapes in the order in which they are drawn; those of a group as one."""
    for tree in below(root, "spTree"):
        for element in tree:
            if local(element.tag) in _SHAPES:
                yield _Shape(place_of(element), _fill(element), _has_words(element), element)


def _has_words(element: "Element") -> bool:
    return any((each.text or "").strip() for each in below(element, "t"))


def place_of(element: "Element") -> Box | None:
    """Return left, top, right and bottom of a shape that says where it lies."""
    for transform in outermost(element, "xfrm", "txBody"):
        if local(transform.tag) != "xfrm":
            continue
        at = {local(each.tag): each for each in transform}
        if "off" not in at or "ext" not in at:
            return None
        left, top = (_number(at["off"].get(key, "")) for key in ("x", "y"))
        width, height = (_number(at["ext"].get(key, "")) for key in ("cx", "cy"))
        return left, top, left + width, top + height
    return None


def _fill(element: "Element") -> str:
    """Return the colour that fills a shape and lets nothing through; empty if there is none."""
    for part in element:
        if local(part.tag) == "spPr":
            return next((_solid(each) for each in part if local(each.tag) == "solidFill"), "")
    return ""


def _solid(fill: "Element") -> str:
    for colour in fill:
        if local(colour.tag) == "srgbClr" and not len(colour):
            return attribute(colour, "val").upper()
        if local(colour.tag) == "prstClr" and not len(colour):
            return attribute(colour, "val")
    return ""


def _inks(element: "Element") -> set[str]:
    """Return the colours of the runs of a shape."""
    return {
        _solid(each)
        for run in below(element, "r")
        if _has_words(run)
        for properties in below(run, "rPr")
        for each in properties
        if local(each.tag) == "solidFill"
    }


def _is_marked_black(run: "Element") -> bool:
    for each in run:
        if local(each.tag) == "highlight":
            return _solid(each) in _BLACK and _ink(run) in ("", *_BLACK)
    return False


def _ink(run: "Element") -> str:
    return next((_solid(each) or "another" for each in run if local(each.tag) == "solidFill"), "")


def is_outside(box: Box, size: tuple[int, int]) -> bool:
    """Say whether a shape lies wholly outside a slide of this width and height."""
    left, top, right, bottom = box
    width, height = size
    return bool(width) and (right <= 0 or bottom <= 0 or left >= width or top >= height)


def covers(upper: Box, lower: Box) -> bool:
    """Say whether a shape lies over half of another, or half of it over the other."""
    wide = min(upper[2], lower[2]) - max(upper[0], lower[0])
    high = min(upper[3], lower[3]) - max(upper[1], lower[1])
    if wide <= 0 or high <= 0:
        return False
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (upper, lower)]
    return wide * high >= _HALF * min(areas)


def _number(text: str) -> int:
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) < 12 else 0
