"""A letter that Word wrote: its paragraphs, headings, lists and tables in order.

After ISO/IEC 29500-1, *WordprocessingML*, 17.2 to 17.4.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.analysis.importing.letter import Block, Draft, Paragraph, Table
from moderation.analysis.importing.word_pieces import Pieces
from moderation.analysis.importing.word_styles import is_on, read_formats, settings, value
from moderation.extract.office.archive import Cell, Package, attribute, below, damaged, local
from moderation.extract.office.word_marks import coloured, is_backed, read_styles, styled_rows

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEFT = {
    **dict.fromkeys(("del", "moveFrom"), "tracked changes"),
    **{"altChunk": "embedded documents", "oMathPara": "equations"},
    **dict.fromkeys(("sdtPr", "sdtEndPr", "Fallback"), ""),
}
_WIDEST = 63
_LETTERED = frozenset({"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"})
_CONTENTS = ("Table of Contents", "toc")
_EDGES = {"header": "headers", "footer": "footers"}


def read_word_letter(package: Package) -> Draft:
    """Read a letter.

    Raises:
        ExtractionError: the file is damaged

    """
    mains = [r for r in package.relations("").values() if r.type == "officeDocument"]
    if len(mains) != 1:
        raise damaged()
    root = package.xml(mains[0].target)
    if local(root.tag) != "document":
        raise damaged()
    return _Reader(package, mains[0].target, root).draft


class _Reader:
    """Reads the blocks of one letter."""

    def __init__(self, package: Package, main: str, root: "Element") -> None:
        self.draft = Draft()
        self._lost: Counter[str] = self.draft.lost
        self._formats = read_formats(package, main)
        relations = package.relations(main)
        styles = read_styles(package, main)
        self._pieces = Pieces(
            package=package,
            relations=relations,
            formats=self._formats,
            unseen=styles,
            lost=self._lost,
        )
        self._dark, self._rows = coloured(root), styled_rows(root, styles)
        for body in root:
            if local(body.tag) == "body":
                self.draft.blocks += self._blocks(body, None)
        for relation in relations.values():
            if relation.type in _EDGES and not relation.external:
                words = below(package.xml(relation.target), "t")
                self._lost[_EDGES[relation.type]] += any((t.text or "").strip() for t in words)

    def _blocks(self, element: "Element", cell: Cell | None) -> Iterator[Block]:
        for child in element:
            name = local(child.tag)
            if name == "p":
                yield from self._paragraph(child, cell)
            elif name == "tbl":
                yield from self._table(child, inside=cell is not None)
            elif name in _LEFT:
                self._lost[_LEFT[name]] += bool(_LEFT[name])
            elif name == "sectPr":
                self._section(child)
            elif name == "sdt" and _is_contents(child):
                self._lost["the table of contents"] = 1
            else:
                yield from self._blocks(child, cell)

    def _section(self, section: "Element") -> None:
        for columns in below(section, "cols"):
            count = attribute(columns, "num")
            self._lost["columns"] += count not in ("", "0", "1")

    def _paragraph(self, paragraph: "Element", cell: Cell | None) -> Iterator[Block]:
        own = settings(paragraph, "pPr")
        if "sectPr" in own:
            self._section(own["sectPr"])
        backed = self._dark or is_backed(cell, self._rows)
        pieces = self._pieces.read(paragraph, backed=backed)
        styles = self._formats.chain(value(own.get("pStyle")))
        if any(style.name.startswith("toc ") for style in styles):
            self._lost["the table of contents"] = 1
        else:
            heading = self._formats.heading(own)
            depth, number, form = (0, 0, "") if heading else self._formats.entry(own)
            if form in _LETTERED:
                self._lost["letters of lists, which are numbers now,"] += 1
            yield Paragraph(pieces=pieces, heading=heading, depth=depth, number=number)
        boxes, self._pieces.boxes = self._pieces.boxes, []
        for box in boxes:
            self._lost["frames of text boxes"] += 1
            dark, self._dark = self._dark, True  # a box may have any colour
            yield from list(self._blocks(box, Cell(box, box)))
            self._dark = dark

    def _table(self, table: "Element", *, inside: bool) -> Iterator[Block]:
        rows = [made for row in _rows(table) if (made := self._row(row))]
        if inside or (len(rows) == 1 and len(rows[0]) == 1):
            self._lost["tables inside others"] += inside
            yield from (block for row in rows for cell in row for block in cell)
            return
        flat = []
        for row in rows:
            cells = [tuple(b for b in cell if isinstance(b, Paragraph)) for cell in row]
            self._lost["paragraphs in cells, which are one now,"] += sum(
                sum(bool(each.pieces) for each in cell) > 1 for cell in cells
            )
            flat.append(tuple(cells))
        yield Table(tuple(flat))

    def _row(self, row: "Element") -> list[list[Block]]:
        own = settings(row, "trPr")
        if "del" in own or is_on(own, "hidden"):
            self._lost["tracked changes" if "del" in own else "hidden text"] += 1
            return []
        cells: list[list[Block]] = []
        for column in _within(row, "tc"):
            look = settings(column, "tcPr")
            merged = "vMerge" in look and value(look["vMerge"]) != "restart"
            span = value(look.get("gridSpan"))
            wide = min(int(span), _WIDEST) if span.isdecimal() and len(span) < 4 else 1
            blocks = [] if merged else list(self._blocks(column, Cell(row, column)))
            cells += [blocks, *([] for _ in range(wide - 1))]
            self._lost["merged cells"] += merged or wide > 1
        return cells


def _rows(table: "Element") -> Iterator["Element"]:
    return _within(table, "tr")


def _within(element: "Element", name: str) -> Iterator["Element"]:
    """Yield the parts of a table with a name, also those in controls, but not of tables inside."""
    for child in element:
        if local(child.tag) == name:
            yield child
        elif local(child.tag) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, name)


def _is_contents(control: "Element") -> bool:
    return any(attribute(each, "val") in _CONTENTS for each in below(control, "docPartGallery"))
