"""Presentations: the slides that are shown, with the shapes that lie on them.

After ISO/IEC 29500-1, *PresentationML*, 19.2 and 19.3.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.package import Office, Refers
from moderation.analysis.cleaning.trees import above, drop, drop_all, is_within, keep_only
from moderation.extract.office.archive import attribute, below, local
from moderation.extract.office.slide_marks import is_outside, place_of, slide_size

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BOOK = frozenset({"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle", "kinsoku"})
_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp", "grpSp"})
_ACTS = ("hlinkClick", "hlinkHover", "hlinkMouseOver")


def clean_presentation(office: Office, main: str) -> None:
    """Leave in the trees of a presentation only what its slides show."""
    book, relations = office.tree(main), office.relations(main)
    keep_only(book, _BOOK)
    size = slide_size(book)
    layouts: set[str] = set()
    for each in list(below(book, "sldId")):
        relation = relations.get(_reference(each))
        if relation is None or relation.external:
            continue
        root = office.tree(relation.target)
        if attribute(root, "show") in ("0", "false"):
            drop(each)
            continue
        _slide(root, size)
        layouts.update(office.targets(relation.target, "slideLayout"))
    masters = {each for name in layouts for each in office.targets(name, "slideMaster")}
    _keep(book, "sldMasterId", relations, masters)
    for master in masters:
        root = office.tree(master)
        _keep(root, "sldLayoutId", office.relations(master), layouts)
        _empty(root)
    for name in layouts:
        _empty(office.tree(name))


def _keep(
    root: "Element", name: str, relations: Mapping[str, Refers], wanted: Collection[str]
) -> None:
    """Take out the elements of this name that lead to no wanted part."""
    for each in list(below(root, name)):
        relation = relations.get(_reference(each))
        if relation is None or relation.target not in wanted:
            drop(each)


def _reference(element: "Element") -> str:
    keys = [key for key in element.attrib if "}" in key and local(key) == "id"]
    return element.attrib[keys[0]] if keys else ""


def _slide(root: "Element", size: tuple[int, int]) -> None:
    _settle_objects(root)
    gone = False
    for shape in [each for each in root.iter() if local(each.tag) in _SHAPES]:
        box = place_of(shape) if _is_outermost(shape) else None
        if _is_switched_off(shape) or (box and is_outside(box, size)):
            drop(shape)
            gone = True
    if gone:
        drop_all(root, "timing")
    _settle_links(root)


def _is_outermost(shape: "Element") -> bool:
    return not is_within(shape, "grpSp")


def _is_switched_off(shape: "Element") -> bool:
    return any(
        attribute(each, "hidden") in ("1", "true")
        for part in shape[:1]
        for each in below(part, "cNvPr")
    )


def _settle_objects(root: "Element") -> None:
    """Put the picture of an object of another program in the place of the object."""
    for frame in [each for each in root.iter() if local(each.tag) == "graphicFrame"]:
        objects = list(below(frame, "oleObj"))
        if not objects:
            continue
        picture = next(below(objects[0], "pic"), None)
        parent = above(frame)
        if picture is not None and parent is not None:
            parent.insert(list(parent).index(frame), picture)
        drop(frame)


def _settle_links(root: "Element") -> None:
    """Take out what a click does besides following a link."""
    for act in [each for each in root.iter() if local(each.tag) in _ACTS]:
        if attribute(act, "action") or not _reference(act):
            drop(act)
        act.attrib.pop("tooltip", None)


def _empty(root: "Element") -> None:
    """Take out the words of places that slides fill, and the name of the layout."""
    for shape in list(below(root, "sp")):
        if any(True for _ in below(shape, "ph")):
            for words in below(shape, "t"):
                words.text = ""
    for each in below(root, "cSld"):
        each.attrib.pop("name", None)
    _settle_links(root)
