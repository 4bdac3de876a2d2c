"""The styles and lists of a Word document, as far as a page needs them.

After ISO/IEC 29500-1, *WordprocessingML*, 17.7 (styles) and 17.9 (numbering). Word stores the
names of its own styles in English, whatever language it speaks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading ?([1-9])")
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-9]))?")
_OFF = ("0", "false", "off", "none")
_UNCOUNTED = ("bullet", "none")
_DEEPEST = 20
_MOST = 99_999


@dataclass(frozen=True, slots=True)
class Style:
    """A style of a paragraph or of a run."""

    name: str
    above: str
    paragraph: "Mapping[str, Element]"
    run: "Mapping[str, Element]"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it is counted, and from where."""

    form: str
    start: int


@dataclass(slots=True)
class Formats:
    """The styles by id, the levels of each list by its id, and how far each is counted."""

    styles: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def chain(self, style: str) -> list[Style]:
        """Return a style and those that it stands on."""
        found: list[Style] = []
        while style in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[style])
            style = found[-1].above
        return found

    def heading(self, own: "Mapping[str, Element]") -> int:
        """Return the level of a heading, -1 for a title, nought for other paragraphs."""
        if "outlineLvl" in own:
            level = _number(own["outlineLvl"], 9)
            return level + 1 if level < 9 else 0
        for style in self.chain(value(own.get("pStyle"))):
            if style.name == "title":
                return -1
            if named := _HEADING.fullmatch(style.name):
                return int(named[1])
            if "outlineLvl" in style.paragraph and _number(style.paragraph["outlineLvl"], 9) < 9:
                return _number(style.paragraph["outlineLvl"], 9) + 1
        return 0

    def entry(self, own: "Mapping[str, Element]") -> tuple[int, int, str]:
        """Return the depth and number of an entry of a list, and how its number is written."""
        chain = self.chain(value(own.get("pStyle")))
        sources = [own, *(style.paragraph for style in chain)]
        setting = next((each["numPr"] for each in sources if "numPr" in each), None)
        if setting is None:
            return 0, 0, ""
        parts = {local(each.tag): each for each in setting}
        listed = value(parts.get("numId"))
        depth = _number(parts.get("ilvl"), 0)
        level = self.lists.get(listed, {}).get(depth)
        if level is None or level.form == "none":
            return 0, 0, ""
        named = next((m for style in chain if (m := _LIST.fullmatch(style.name))), None)
        deep = max(depth + 1, int(named[1] or 1) if named else 1)
        return deep, self._count(listed, depth, level), level.form

    def _count(self, listed: str, depth: int, level: Level) -> int:
        for key in [key for key in self.counted if key[0] == listed and key[1] > depth]:
            del self.counted[key]
        if level.form in _UNCOUNTED:
            return 0
        number = self.counted.get((listed, depth), level.start - 1) + 1
        self.counted[listed, depth] = number
        return max(number, 1)


def value(element: "Element | None") -> str:
    """Return what a setting is set to; nothing where it is not there."""
    return "" if element is None else attribute(element, "val")


def is_on(settings: "Mapping[str, Element]", name: str) -> bool:
    """Say whether a setting is there and on."""
    return name in settings and value(settings[name]) not in _OFF


def settings(element: "Element", name: str) -> dict[str, "Element"]:
    """Return the settings of a paragraph, run or style, which stand in a child of it."""
    return {local(e.tag): e for child in element if local(child.tag) == name for e in child}


def read_formats(package: Package, main: str) -> Formats:
    """Read the styles and the lists."""
    formats = Formats()
    for relation in package.relations(main).values():
        if relation.external or relation.type not in ("styles", "numbering"):
            continue
        root = package.xml(relation.target)
        if relation.type == "styles":
            formats.styles |= {attribute(e, "styleId"): _style(e) for e in below(root, "style")}
        else:
            formats.lists |= _lists(root)
    return formats


def _style(element: "Element") -> Style:
    parts = {local(each.tag): each for each in element}
    name, above = value(parts.get("name")).lower(), value(parts.get("basedOn"))
    return Style(name, above, settings(element, "pPr"), settings(element, "rPr"))


def _lists(root: "Element") -> dict[str, dict[int, Level]]:
    models = {attribute(e, "abstractNumId"): _levels(e) for e in below(root, "abstractNum")}
    found = {}
    for each in below(root, "num"):
        model = next((value(e) for e in each if local(e.tag) == "abstractNumId"), "")
        found[attribute(each, "numId")] = {**models.get(model, {}), **_changed(each)}
    return found


def _changed(listed: "Element") -> dict[int, Level]:
    return {n: level for e in below(listed, "lvlOverride") for n, level in _levels(e).items()}


def _levels(model: "Element") -> dict[int, Level]:
    found = {}
    for level in below(model, "lvl"):
        parts = {local(each.tag): each for each in level}
        form = value(parts.get("numFmt")) or "decimal"
        depth = attribute(level, "ilvl")
        found[_whole(depth, 0)] = Level(form, _number(parts.get("start"), 1))
    return found


def _number(element: "Element | None", otherwise: int) -> int:
    return _whole(value(element), otherwise)


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if text.isdecimal() and len(text) < 10 else otherwise
