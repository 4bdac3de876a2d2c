"""What colour the ground of a slide has, and what fills a shape."""

from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local
from moderation.extract.office.colours import is_white

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_THEME = {"tx1": "000000", "dk1": "000000", "bg1": "FFFFFF", "lt1": "FFFFFF", "white": "FFFFFF"}
_FILLS = frozenset({"solidFill", "gradFill", "blipFill", "pattFill", "grpFill"})


def is_backed(element: "Element") -> bool:
    """Say whether a shape, or the style it has, fills itself."""
    fills = [local(each.tag) for part in below(element, "spPr") for each in part]
    styled = any(attribute(each, "idx") not in ("", "0") for each in below(element, "fillRef"))
    return any(each in _FILLS for each in fills) or (styled and "noFill" not in fills)


def paper_of(package: Package, entry: str) -> str:
    """Return the colour of the ground of a slide, if it is white all over; else nothing.

    Args:
        package: the opened file
        entry: that holds the slide

    """
    said = ""
    for kind in ("slideLayout", "slideMaster", "theme"):
        root = package.glance(entry)
        said = said or _ground(root)
        if kind != "slideLayout" and any(is_backed(e) for e in below(root, "sp", "pic")):
            return ""
        others = [r.target for r in package.relations(entry).values() if r.type == kind]
        if not others:
            return ""
        entry = others[0]
    first = [colour for each in below(package.glance(entry), "lt1") for colour in each]
    light = any(attribute(e, "lastClr") == "FFFFFF" or _is_light(e) for e in first)
    return "FFFFFF" if said == "FFFFFF" and light else ""


def _ground(root: "Element") -> str:
    for ground in below(root, "bg"):
        for part in ground:
            if local(part.tag) == "bgRef":
                return solid(part) if attribute(part, "idx") == "1001" else "another"
            return next(
                (solid(e) or "another" for e in part if local(e.tag) == "solidFill"), "other"
            )
    return ""


def _is_light(colour: "Element") -> bool:
    return local(colour.tag) == "srgbClr" and is_white(attribute(colour, "val"))


def solid(fill: "Element") -> str:
    """Return the colour that a filling names, with nothing done to it; else nothing."""
    for colour in fill:
        name, value = local(colour.tag), attribute(colour, "val")
        if len(colour):
            continue
        if name == "srgbClr":
            return "FFFFFF" if is_white(value) else value.upper()
        if name in ("prstClr", "schemeClr"):
            return _THEME.get(value, value)
    return ""
