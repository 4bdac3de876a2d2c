"""What stands in a paragraph of a Word document: words as they are read on paper, and pictures.

After ISO/IEC 29500-1, 17.3 (runs), 17.16 (fields) and 20.1 (pictures).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.analysis.importing.letter import Break, Inline, Shown, Words
from moderation.analysis.importing.word_styles import Formats, is_on, settings, value
from moderation.extract.office.archive import Package, Relation, attribute, below, local
from moderation.extract.office.archive import is_ordinary as is_web
from moderation.extract.office.word_marks import Styles, kind_of_run

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PLAIN: Mapping[str, Inline] = {
    **dict.fromkeys(("tab", "ptab"), Words(" ")),
    "noBreakHyphen": Words("\u2011"),
    **dict.fromkeys(("br", "cr"), Break()),
}
_REMOVED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_PASSED_OVER = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "fldData", "p", "rt", "Fallback"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_LEFT = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "oMath": "equations",
    "sym": "signs of symbol fonts",
}
_EFFECTS = {
    **{"u": "underlining", "color": "colours", "highlight": "colours", "shd": "colours"},
    **{
        "strike": "the line through struck-out words",
        "dstrike": "the line through struck-out words",
    },
    **{"vertAlign": "raised and lowered signs", "caps": "capitals", "smallCaps": "capitals"},
    **{"rFonts": "fonts and sizes", "sz": "fonts and sizes"},
}
_SHAPES = {"chart": "charts", "relIds": "diagrams", "OLEObject": "embedded objects"}
_LINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"")
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b")
_SIDES = ("l", "t", "r", "b")
_OLD_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_WHOLE, _OLD_WHOLE = 100_000, 65_536


@dataclass(slots=True)
class Field:
    """A field that has begun: what it asks for, and whether its result has been reached."""

    asks: str = ""
    reached: bool = False

    @property
    def link(self) -> str:
        """The address that its result leads to."""
        found = _LINK.match(self.asks)
        return found[1] if found and is_web(found[1]) else ""

    @property
    def shown(self) -> bool:
        """Whether what stands here is read: its result, if it is no table of contents."""
        return self.reached and not _CONTENTS.match(self.asks)


@dataclass(slots=True, kw_only=True)
class Pieces:
    """Reads paragraphs one after another; fields may reach over several.

    Args:
        package: the opened file
        relations: of the document
        formats: its styles
        unseen: those of its styles that hide
        lost: gets what is left behind
        fields: that have begun
        boxes: text boxes of the paragraphs so far, to be read and taken out

    """

    package: Package
    relations: Mapping[str, Relation]
    formats: Formats
    unseen: Styles
    lost: Counter[str]
    fields: list[Field] = field(default_factory=list)
    boxes: "list[Element]" = field(default_factory=list)

    def read(self, paragraph: "Element", *, backed: bool) -> tuple[Inline, ...]:
        """Return what stands in a paragraph.

        Args:
            paragraph: the element
            backed: whether something may put a colour behind it

        """
        return tuple(self._inside(paragraph, paragraph, backed, ""))

    def _inside(
        self, element: "Element", paragraph: "Element", backed: bool, link: str
    ) -> Iterator[Inline]:
        for child in element:
            name = local(child.tag)
            if name in _PASSED_OVER:
                continue
            if name in _REMOVED or name in _ADDED:
                self.lost["tracked changes"] += 1
            if name in _REMOVED:
                continue
            if name in _LEFT:
                self.lost[_LEFT[name]] += 1
            elif name == "r":
                yield from self._run(child, paragraph, backed, link)
            else:
                yield from self._inside(child, paragraph, backed, self._link(child, name) or link)

    def _link(self, element: "Element", name: str) -> str:
        target = ""
        if name == "hyperlink":
            relation = self.relations.get(attribute(element, "id"))
            target = relation.target if relation and relation.external else ""
        elif name == "fldSimple":
            return Field(attribute(element, "instr")).link
        else:
            return ""
        if not is_web(target):
            self.lost["links to places in the letter or to files"] += 1
            return ""
        return target

    def _run(
        self, run: "Element", paragraph: "Element", backed: bool, link: str
    ) -> Iterator[Inline]:
        own = settings(run, "rPr")
        hidden = bool(kind_of_run(run, paragraph, self.unseen, backed=backed))
        above = [style.run for style in self.formats.chain(value(own.get("rStyle")))]
        bold, italic = (_manner([own, *above], name) for name in ("b", "i"))
        for piece in self._parts(run):
            if hidden:
                self.lost["hidden text"] += isinstance(piece, Words) and bool(piece.text.strip())
            elif all(each.shown for each in self.fields):
                if isinstance(piece, Words):
                    self.lost.update({_EFFECTS[name]: 1 for name in own if name in _EFFECTS})
                    target = link or next((f.link for f in self.fields if f.link), "")
                    yield Words(piece.text, bold, italic, target)
                else:
                    yield piece

    def _parts(self, run: "Element") -> Iterator[Inline]:
        for child in run:
            name = local(child.tag)
            if name in _PASSED_OVER:
                continue
            if name == "t":
                yield Words(child.text or "")
            elif name in _PLAIN:
                yield _PLAIN[name]
            elif name in ("fldChar", "instrText"):
                self._field(child, name)
            elif name in _DRAWN:
                yield from self._drawn(child)
            elif name in _LEFT:
                self.lost[_LEFT[name]] += 1
            else:
                yield from self._parts(child)

    def _field(self, element: "Element", name: str) -> None:
        step = attribute(element, "fldCharType")
        if step == "begin":
            self.fields.append(Field())
        elif not self.fields:
            return
        elif name == "instrText" and not self.fields[-1].reached:
            self.fields[-1].asks += element.text or ""
        elif step == "separate":
            self.fields[-1].reached = True
        elif step == "end" and _CONTENTS.match(self.fields.pop().asks):
            self.lost["the table of contents"] = 1

    def _drawn(self, drawing: "Element") -> Iterator[Shown]:
        if any(attribute(each, "hidden") in ("1", "true") for each in below(drawing, "docPr")):
            self.lost["hidden drawings"] += 1
            return
        parts = list(_outside_boxes(drawing))
        boxes = [each for each in parts if local(each.tag) == "txbxContent"]
        self.boxes += boxes
        pictures = [each for each in parts if local(each.tag) in ("blip", "imagedata")]
        kind = next((_SHAPES[n] for each in parts if (n := local(each.tag)) in _SHAPES), "")
        if kind or not (boxes or pictures):
            self.lost[kind or "shapes"] += 1
            return
        for picture in pictures:
            data = self._bytes(picture)
            if data:
                alt, decorative = _said(parts)
                crop = _crop(parts, picture)
                yield Shown(data=data, alt=alt, decorative=decorative, crop=crop)

    def _bytes(self, picture: "Element") -> bytes:
        for key in ("embed", "id", "relid"):
            relation = self.relations.get(attribute(picture, key))
            if relation and not relation.external and relation.target in self.package.names:
                return self.package.bytes(relation.target)
        self.lost["pictures that lie elsewhere"] += 1
        return b""


def _manner(sources: "Iterable[Mapping[str, Element]]", name: str) -> bool:
    return next((is_on(each, name) for each in sources if name in each), False)


def _outside_boxes(drawing: "Element") -> "Iterator[Element]":
    """Yield what a drawing consists of, without its older form and what stands in text boxes."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        yield element
        if local(element.tag) not in ("txbxContent", "Fallback"):
            waiting += reversed(element)


def _said(parts: "Iterable[Element]") -> tuple[str, bool]:
    """Return the alternative text of a drawing."""
    alt, decorative = "", False
    for each in parts:
        name = local(each.tag)
        if name in ("docPr", "shape") and not alt:
            alt = attribute(each, "descr") or attribute(each, "alt") or attribute(each, "title")
        decorative |= name == "decorative" and attribute(each, "val") in ("1", "true")
    return alt, decorative


def _crop(parts: "Iterable[Element]", picture: "Element") -> tuple[float, float, float, float]:
    shares = [_old_share(attribute(picture, side)) for side in _OLD_SIDES]
    for each in parts:
        if local(each.tag) == "srcRect":
            shares = [_share(attribute(each, side)) for side in _SIDES]
    left, top, right, bottom = shares
    return left, top, right, bottom


def _share(text: str) -> float:
    """Return a share that is written in thousandths of a percent, or in percent."""
    try:
        number = float(text.removesuffix("%") or 0)
    except ValueError:
        return 0.0
    return min(max(number / (100 if text.endswith("%") else _WHOLE), 0.0), 1.0)


def _old_share(text: str) -> float:
    """Return a share that is written in 65,536ths, or as a decimal fraction."""
    try:
        number = float(text.removesuffix("f") or 0)
    except ValueError:
        return 0.0
    return min(max(number / (_OLD_WHOLE if text.endswith("f") else 1), 0.0), 1.0)
