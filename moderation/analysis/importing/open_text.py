"""A letter as OpenDocument text, which LibreOffice writes: its blocks in order.

After *Open Document Format for Office Applications Version 1.3*, part 3, 5 (paragraphs, lists),
9 (tables), 10 (frames) and 16 (styles).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.analysis.importing.letter import (
    Block,
    Break,
    Draft,
    Inline,
    Paragraph,
    Shown,
    Table,
    Words,
)
from moderation.analysis.importing.open_styles import read_open_styles, repeated
from moderation.extract.office.archive import Package, attribute, below, is_ordinary, local
from moderation.extract.office.open_marks import paper_is_white, read_looks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEFT = {
    "annotation": "comments",
    "annotation-end": "",
    "note": "footnotes",
    "tracked-changes": "tracked changes",
    "hidden-text": "hidden text",
    "hidden-paragraph": "hidden text",
    "table-of-content": "the table of contents",
    "alphabetical-index": "the index",
    "sequence-decls": "",
    "forms": "forms",
    "ruby-text": "signs above others",
    "object-ole": "embedded objects",
}
_SHAPES = frozenset(
    {"custom-shape", "rect", "line", "ellipse", "path", "polygon", "g", "connector"}
)
_WIDEST = 63


def read_open_letter(package: Package) -> Draft:
    """Read a letter.

    Raises:
        ExtractionError: the file is damaged

    """
    content = package.xml("content.xml")
    roots = [package.xml("styles.xml")] if "styles.xml" in package.names else []
    reader = _Reader(package, [*roots, content])
    for body in content:
        for text in body if local(body.tag) == "body" else ():
            if local(text.tag) == "text":
                reader.draft.blocks += reader.blocks(text)
    for edge in ("header", "footer"):
        words = (each for root in roots for e in below(root, edge) for each in e.itertext())
        reader.draft.lost[f"{edge}s"] += any(word.strip() for word in words)
    return reader.draft


class _Reader:
    """Reads the blocks of one letter."""

    def __init__(self, package: Package, roots: list["Element"]) -> None:
        self.draft = Draft()
        self._package, self._looks = package, read_open_styles(roots)
        self._lost, colours = self.draft.lost, read_looks(*roots)
        white = paper_is_white(colours, roots[0] if len(roots) > 1 else None)
        self._unseen = {name for name, look in colours.items() if look.kind and white}
        self._boxes: list[Element] = []

    def blocks(self, element: "Element", depth: int = 0, style: str = "") -> Iterator[Block]:
        """Yield the blocks inside an element."""
        for child in element:
            name = local(child.tag)
            if self._is_left(child, name):
                continue
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "list":
                yield from self._list(child, depth + 1, attribute(child, "style-name") or style)
            elif name == "table":
                yield from self._table(child)
            elif name == "frame" or name in _SHAPES:
                yield Paragraph(pieces=tuple(self._frame(child)))
                yield from self._boxed()
            else:
                yield from self.blocks(child, depth, style)

    def _is_left(self, element: "Element", name: str) -> bool:
        if name in _LEFT:
            self._lost[_LEFT[name]] += bool(_LEFT[name])
            return True
        style = attribute(element, "style-name")
        hidden = self._looks.hides(style) or (name == "span" and style in self._unseen)
        if hidden or attribute(element, "display") == "none":
            self._lost["hidden text"] += 1
            return True
        return False

    def _paragraph(self, paragraph: "Element") -> Iterator[Block]:
        level = repeated(paragraph, "outline-level") if local(paragraph.tag) == "h" else 0
        if self._looks.is_title(attribute(paragraph, "style-name")):
            level = -1
        base = (
            Words("")
            if level
            else self._looks.manner(attribute(paragraph, "style-name"), Words(""))
        )
        yield Paragraph(pieces=tuple(self._inside(paragraph, base)), heading=level)
        yield from self._boxed()

    def _boxed(self) -> Iterator[Block]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._lost["frames of text boxes"] += 1
            yield from self._backed(box)

    def _list(self, listed: "Element", depth: int, style: str) -> Iterator[Block]:
        number = self._looks.start(style, depth)
        for item in listed:
            if local(item.tag) not in ("list-item", "list-header"):
                continue
            first = local(item.tag) == "list-item"
            for block in self.blocks(item, depth, style):
                if isinstance(block, Paragraph) and not block.depth and not block.heading:
                    shown = number if first else 0
                    block = Paragraph(pieces=block.pieces, depth=depth, number=shown)
                    number += bool(shown)
                yield block

    def _table(self, table: "Element") -> Iterator[Block]:
        rows = []
        for row in _rows(table):
            cells: list[list[Block]] = []
            for cell in row:
                if local(cell.tag) in ("table-cell", "covered-table-cell"):
                    wide = min(repeated(cell, "number-columns-repeated"), _WIDEST)
                    cells += [self._backed(cell), *([] for _ in range(wide - 1))]
                    self._lost["merged cells"] += local(cell.tag) == "covered-table-cell"
            rows.append(cells)
        if len(rows) == 1 and len(rows[0]) == 1:
            yield from rows[0][0]
            return
        yield Table(tuple(tuple(tuple(_flat(cell)) for cell in row) for row in rows))

    def _backed(self, element: "Element") -> list[Block]:
        """Read what may have a colour behind it, so that white words are seen."""
        unseen, self._unseen = self._unseen, set()
        blocks = list(self.blocks(element))
        self._unseen = unseen
        return blocks

    def _inside(self, element: "Element", base: Words) -> Iterator[Inline]:
        yield _said(element.text, base)
        for child in element:
            yield from self._piece(child, local(child.tag), base)
            yield _said(child.tail, base)

    def _piece(self, child: "Element", name: str, base: Words) -> Iterator[Inline]:
        if self._is_left(child, name):
            return
        if name in ("s", "tab"):
            yield Words(" ", base.bold, base.italic, base.link)
        elif name == "line-break":
            yield Break()
        elif name == "frame" or name in _SHAPES:
            yield from self._frame(child)
        elif name == "a":
            yield from self._inside(child, self._linked(child, base))
        else:
            look = attribute(child, "style-name") if name == "span" else ""
            yield from self._inside(child, self._looks.manner(look, base))

    def _linked(self, element: "Element", base: Words) -> Words:
        target = attribute(element, "href")
        if is_ordinary(target):
            return Words("", base.bold, base.italic, target)
        self._lost["links to places in the letter or to files"] += 1
        return base

    def _frame(self, frame: "Element") -> Iterator[Inline]:
        boxes = [each for each in frame if local(each.tag) == "text-box"]
        images = [each for each in frame if local(each.tag) == "image"]
        self._boxes += boxes
        if not boxes and not images:
            words = [each for each in below(frame, "p") if "".join(each.itertext()).strip()]
            self._boxes += [frame] if words and local(frame.tag) != "frame" else []
            kind = "charts, equations and objects" if local(frame.tag) == "frame" else "shapes"
            self._lost[kind] += 1
        if images and not any(local(each.tag) == "object" for each in frame):
            yield from self._picture(frame, images[0])

    def _picture(self, frame: "Element", image: "Element") -> Iterator[Inline]:
        name = attribute(image, "href").removeprefix("./")
        if name not in self._package.names:
            self._lost["pictures that lie elsewhere"] += 1
        elif self._looks.is_cut(attribute(frame, "style-name")):
            self._lost["pictures that are cut; cut them for good, then schoolgate add photo,"] += 1
        else:
            words = {local(each.tag): "".join(each.itertext()) for each in frame}
            alt = words.get("desc") or words.get("title", "")
            yield Shown(data=self._package.bytes(name), alt=alt)


def _rows(table: "Element") -> Iterator["Element"]:
    """Yield the rows of a table, but not of tables inside it."""
    for child in table:
        if local(child.tag) == "table-row":
            yield child
        elif local(child.tag) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _said(text: str | None, base: Words) -> Words:
    return Words(text or "", base.bold, base.italic, base.link)


def _flat(blocks: list[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (each for row in block.rows for cell in row for each in cell)
