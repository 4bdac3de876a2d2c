"""What a slide holds and does not show: shapes outside it, below others, or in their own colour.

After ISO/IEC 29500-1, *DrawingML*, 20.1.7 and 20.1.8.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local, outermost
from moderation.extract.office.slide_paper import is_backed, solid

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp", "grpSp"})
_BLACK = frozenset({"000000", "black"})
_AUTOMATIC = frozenset({"sldNum", "dt", "hdr", "ftr", "sldImg"})
_HALF = 0.5
_WHOLE = 0.98
_TINY = 200
"""Hundredths of a point."""

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


def mark_slide(
    package: Package, root: "Element", place: str, size: tuple[int, int], paper: str = ""
) -> None:
    """Note the shapes of a slide whose words nobody sees.

    Args:
        package: the opened file
        root: the slide
        place: its name
        size: its width and height
        paper: the colour of its ground, in hexadecimal; empty where it is not known

    """
    shapes = list(_shapes(root))
    for order, shape in enumerate(shapes):
        if shape.words:
            for kind in _kinds(shape, size):
                package.marked.add(kind, place)
            over = [] if any(True for _ in below(root, "timing")) else shapes[order + 1 :]
            if _is_shut(shape, over) or (paper and _is_pale(shape, shapes[:order], paper)):
                package.marked.add("unseen-text", place)
        if any(_is_marked_black(run) for run in below(shape.element, "rPr")):
            package.marked.add("covered-text", place)
        if shape.fill in _BLACK and not shape.words:
            below_it = [each for each in shapes[:order] if each.words and each.box]
            if shape.box and any(covers(shape.box, each.box) for each in below_it if each.box):
                package.marked.add("covering-shape", place)


def _kinds(shape: _Shape, size: tuple[int, int]) -> Iterator[str]:
    if any(is_outside(each, size) for each in _boxes(shape.element)):
        yield "off-slide"
    if shape.fill and shape.fill in _inks(shape.element):
        yield "covered-text" if shape.fill in _BLACK else "unseen-text"
    if any(_is_tiny(run) for run in below(shape.element, "r") if _has_words(run)):
        yield "unseen-text"


def _boxes(element: "Element") -> Iterator[Box]:
    """Yield where a shape lies, and each shape with words of a group, as the slide sees it."""
    waiting: list[tuple[Element, _Within]] = [(element, _SAME)]
    while waiting:
        shape, within = waiting.pop()
        box = place_of(shape)
        if local(shape.tag) != "grpSp":
            if box and _has_words(shape):
                yield within.turn(box)
            continue
        inner = _within(shape, box, within)
        waiting += [(each, inner) for each in shape if local(each.tag) in _SHAPES]


@dataclass(frozen=True, slots=True)
class _Within:
    """How a group moves and stretches what is in it."""

    across: float = 1.0
    along: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def turn(self, box: Box) -> Box:
        """Return where a box of the group lies on the slide."""
        return (
            *(round(box[0] * self.across + self.left), round(box[1] * self.along + self.top)),
            *(round(box[2] * self.across + self.left), round(box[3] * self.along + self.top)),
        )


_SAME = _Within()


def _within(group: "Element", box: Box | None, outer: _Within) -> _Within:
    """Return how a group and those around it move what is in it (20.1.7.5)."""
    own: dict[str, Element] = {}
    for part in group:
        if local(part.tag) == "grpSpPr":
            own = {local(each.tag): each for each in below(part, "chOff", "chExt")}
    if box is None or len(own) < 2:
        return outer
    wide, high = (_number(own["chExt"].get(key, "")) for key in ("cx", "cy"))
    left, top = (_number(own["chOff"].get(key, "")) for key in ("x", "y"))
    if not wide or not high:
        return outer
    across, along = (box[2] - box[0]) / wide, (box[3] - box[1]) / high
    return _Within(
        outer.across * across,
        outer.along * along,
        outer.across * (box[0] - left * across) + outer.left,
        outer.along * (box[1] - top * along) + outer.top,
    )


def _is_tiny(run: "Element") -> bool:
    sizes = (attribute(each, "sz") for each in run if local(each.tag) == "rPr")
    return any(each.isdecimal() and int(each[:6]) <= _TINY for each in sizes)


def _is_shut(shape: _Shape, over: Sequence[_Shape]) -> bool:
    """Say whether a filled rectangle without words lies over all of a shape."""
    return shape.box is not None and any(
        each.fill
        and each.fill not in _BLACK
        and not each.words
        and each.box is not None
        and _is_rectangle(each.element)
        and _share(each.box, shape.box) >= _WHOLE
        for each in over
    )


def _is_rectangle(element: "Element") -> bool:
    shapes = [attribute(each, "prst") for each in below(element, "prstGeom")]
    turned = any(attribute(each, "rot") not in ("", "0") for each in below(element, "xfrm"))
    return shapes == ["rect"] and not turned


def _share(upper: Box, lower: Box) -> float:
    """Return how much of a box another covers, from 0 to 1."""
    wide = min(upper[2], lower[2]) - max(upper[0], lower[0])
    high = min(upper[3], lower[3]) - max(upper[1], lower[1])
    area = (lower[2] - lower[0]) * (lower[3] - lower[1])
    return wide * high / area if wide > 0 and high > 0 and area > 0 else 0.0


def _is_pale(shape: _Shape, under: Sequence[_Shape], paper: str) -> bool:
    """Say whether words have the colour of the slide, and nothing else lies between them."""
    if local(shape.element.tag) != "sp" or paper not in _inks(shape.element):
        return False
    if is_backed(shape.element) or shape.box is None:
        return False
    box = shape.box
    return not any(
        each.box is None or _share(each.box, box) > 0
        for each in under
        if local(each.element.tag) != "sp" or is_backed(each.element)
    )


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
            return next((solid(each) for each in part if local(each.tag) == "solidFill"), "")
    return ""


def _inks(element: "Element") -> set[str]:
    """Return the colours of the runs of a shape."""
    return {
        solid(each)
        for run in below(element, "r")
        if _has_words(run)
        for properties in below(run, "rPr")
        for each in properties
        if local(each.tag) == "solidFill"
    }


def _is_marked_black(run: "Element") -> bool:
    for each in run:
        if local(each.tag) == "highlight":
            return solid(each) in _BLACK and _ink(run) in ("", *_BLACK)
    return False


def _ink(run: "Element") -> str:
    return next((solid(each) or "another" for each in run if local(each.tag) == "solidFill"), "")


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
