"""Tables with pipes, after ``markdown.extensions.tables``."""

import re
from collections import deque
from dataclasses import dataclass

from moderation.extract.markdown.blocks import Blocks
from moderation.extract.markdown.fuel import Fuel
from moderation.extract.markdown.tree import Node
from moderation.extract.tracked import Text

TICKS = re.compile(r"(?:(\\\\)|(\\`+)|(`+)|(\\\|)|(\|))")
BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a table are split, and how its columns are aligned."""

    bordered: bool
    aligned: tuple[str, ...]


def table(parser: Blocks, parent: Node, blocks: deque[Text]) -> bool:
    """Take a block whose second line separates a head from rows."""
    block = blocks[0]
    if "|" not in block or "\n" not in block:
        return False
    first = block.find("\n")
    second = block.find("\n", first + 1)
    head = block[:first].strip(" ")
    shape = _shape(head, block[first + 1 : second if second >= 0 else None].strip(" "), parser.fuel)
    if shape is None:
        return False
    rows = [line.rstrip("\n").strip(" ") for line in block[first + 1 :].lines()]
    if len(shape.aligned) == 1 and not all(r.startswith("|") or BORDER.search(r) for r in rows):
        return False
    blocks.popleft()
    node = parent.add("table")
    _row(head, node.add("thead"), shape, "th", parser.fuel)
    body = node.add("tbody")
    for row in rows[1:]:
        _row(row, body, shape, "td", parser.fuel)
    if len(rows) == 1:
        empty = body.add("tr")
        for _ in shape.aligned:
            empty.add("td")
    return True


def _shape(head: Text, line: Text, fuel: Fuel) -> _Shape | None:
    """Compare the head with the line below it; None if the two begin no table."""
    bordered = head.startswith("|") or bool(BORDER.search(head))
    columns = len(_split(head, fuel, bordered=bordered))
    if columns == 1 and not bordered:
        return None
    cells = _split(line, fuel, bordered=bordered)
    if len(cells) != columns or not set("".join(cells)) <= set("|:- "):
        return None
    return _Shape(bordered, tuple(_alignment(cell.strip(" ")) for cell in cells))


def _alignment(cell: Text) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""


def _row(row: Text, parent: Node, shape: _Shape, tag: str, fuel: Fuel) -> None:
    fuel.step(150 * len(shape.aligned), row)
    node = parent.add("tr")
    cells = _split(row, fuel, bordered=shape.bordered)
    for number, align in enumerate(shape.aligned):
        cell = node.add(tag, cells[number].strip(" ") if number < len(cells) else Text())
        if align:
            cell.attributes["style"] = Text(f"text-align: {align};")


def _split(row: Text, fuel: Fuel, *, bordered: bool) -> list[Text]:
    """Split a row at the pipes that are neither escaped nor in a code span."""
    if bordered:
        row = row[1:] if row.startswith("|") else row
        border = BORDER.search(row)
        row = row[: border.start()] if border else row
    ticks: list[tuple[int, int, int]] = []
    pipes: list[int] = []
    for match in TICKS.finditer(row):
        if match[2] or match[3]:
            escape = 1 if match[2] else 0
            ticks.append((match.start(), match.end() - 1, escape))
        elif match[5]:
            pipes.append(match.start())
    fuel.step(len(ticks) * len(ticks) + len(ticks) * len(pipes), row)
    spans = _code_spans(ticks)
    cells, at = [], 0
    for pipe in pipes:
        if not any(start <= pipe <= end for start, end in spans):
            cells.append(row[at:pipe])
            at = pipe + 1
    return [*cells, row[at:]]


def _code_spans(ticks: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Pair runs of backticks of one length; a backslash shortens an opening run only."""
    sizes = [end - start + 1 - escape for start, end, escape in ticks]
    spans = []
    at = 0
    while at < len(ticks):
        size = sizes[at] - ticks[at][2]
        match = next((i for i in range(at + 1, len(ticks)) if sizes[i] == size), None)
        if size == 0 or match is None:
            at += 1
            continue
        spans.append((ticks[at][0], ticks[match][1]))
        at = match + 1
    return spans
