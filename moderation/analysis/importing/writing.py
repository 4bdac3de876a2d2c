"""A letter as Markdown: what looks like Markdown in the letter stays text on the page.

After the readers of Python-Markdown with the extensions of ``policy.markdown``: a backslash takes
the meaning from most signs, a character reference from the others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from moderation.analysis.importing.letter import (
    Block,
    Break,
    Inline,
    Paragraph,
    Shown,
    Table,
    Words,
    plain,
)

_DEEPEST = 6
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_MEANT = re.compile(r"[\\`*_\[\]{}#|&<~]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", "~": "&#126;"}
_OPENER = re.compile(r"[>+-]|!(?=!!)")
_NUMBERED = re.compile(r"\d+\.")
_IN_ADDRESS = re.compile(r"[\s()<>\"'\\`*_\[\]{}|]|&(?=#?\w+;)")
_ASK = "[[Say what the picture shows]]"
_INDENT = "    "

Place = Callable[[Shown], str]


def write(blocks: Sequence[Block], place: Place) -> tuple[str, str]:
    """Return the title, and the rest as Markdown.

    Args:
        blocks: of the letter, in order
        place: the address of a picture; empty where it is not taken over

    """
    title, rest = _title(blocks)
    parts: list[str] = []
    for is_item, group in groupby(_levelled(rest), key=_is_item):
        if is_item:
            items = (each for each in group if isinstance(each, Paragraph))
            parts.append("\n".join(_items(items, place)))
        else:
            parts += [_block(each, place) for each in group]
    return title, "\n\n".join(part for part in parts if part) + "\n"


def _title(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """Take out the title of a letter: what is marked so, or its first heading."""
    for wanted in ((-1,), range(1, 10)):
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph) and block.heading in wanted and plain(block.pieces):
                pictures = tuple(p for p in block.pieces if isinstance(p, Shown))
                return plain(block.pieces), [
                    *blocks[:index],
                    Paragraph(pieces=pictures),
                    *blocks[index + 1 :],
                ]
    return "", list(blocks)


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Let headings begin under the title of the page and skip no level."""
    stack: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.heading and plain(block.pieces):
            while stack and stack[-1] >= block.heading:
                stack.pop()
            stack.append(block.heading)
            block = replace(block, heading=min(len(stack) + 1, _DEEPEST))
        yield block


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.depth > 0


def _items(items: Iterable[Paragraph], place: Place) -> Iterator[str]:
    """Write the entries of lists, none deeper than one below that before it."""
    kinds: list[bool] = []
    for item in items:
        lines = [line for line in _lines(item.pieces, place) if line]
        if not lines:
            continue
        depth = min(item.depth, len(kinds) + 1)
        before, kinds = kinds[depth - 1 : depth], [*kinds[: depth - 1], bool(item.number)]
        if before and before != kinds[-1:]:
            yield ""  # or the entry would go on with the list of the other kind
        around = _INDENT * (depth - 1)
        mark = f"{item.number}. " if item.number else "- "
        yield f"{around}{mark}" + f"  \n{around}{_INDENT}".join(lines)


def _block(block: Block, place: Place) -> str:
    if isinstance(block, Table):
        return _table(block, place)
    if block.heading and plain(block.pieces):
        line = " ".join(filter(None, _lines(block.pieces, place)))
        return f"{'#' * block.heading} {line}"
    text = "  \n".join(_lines(block.pieces, place))
    return re.sub(r"(?:[ ]*\n){2,}", "\n\n", text).strip()


def _table(table: Table, place: Place) -> str:
    width = max((len(row) for row in table.rows), default=0)
    rows = [[_cell(cell, place) for cell in row] + [""] * (width - len(row)) for row in table.rows]
    if not any(any(row) for row in rows):
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _cell(paragraphs: tuple[Paragraph, ...], place: Place) -> str:
    return " ".join(line for each in paragraphs for line in _lines(each.pieces, place) if line)


def _lines(pieces: tuple[Inline, ...], place: Place) -> list[str]:
    """Write a paragraph, a line for each that ends in a break."""
    lines: list[list[Words | Shown]] = [[]]
    for piece in pieces:
        if isinstance(piece, Break):
            lines.append([])
        else:
            lines[-1].append(piece)
    return [_line(line, place) for line in lines]


def _line(pieces: list[Words | Shown], place: Place) -> str:
    out = ""
    for piece in _joined(pieces):
        made = _picture(piece, place) if isinstance(piece, Shown) else _words(piece, out)
        if made.startswith("[") and out.endswith("!"):
            out = f"{out[:-1]}\\!"
        out += made
    out = re.sub(r" {2,}", " ", out).strip(" ")
    if numbered := _NUMBERED.match(out):
        return f"{numbered[0][:-1]}\\.{out[numbered.end() :]}"
    if out.startswith("="):
        return f"&#61;{out[1:]}"
    return f"\\{out}" if _OPENER.match(out) else out


def _joined(pieces: Iterable[Words | Shown]) -> Iterator[Words | Shown]:
    """Join words that stand side by side in one manner."""
    last: Words | None = None
    for piece in pieces:
        if isinstance(piece, Words) and last and replace(piece, text=last.text) == last:
            last = replace(last, text=last.text + piece.text)
            continue
        if last:
            yield last
        last = piece if isinstance(piece, Words) else None
        if isinstance(piece, Shown):
            yield piece
    if last:
        yield last


def _words(words: Words, before: str) -> str:
    """Write words; marks that stand against others would be read together, so they are left out."""
    text = _BLANKS.sub(" ", words.text)
    core = text.strip(" ")
    if not core:
        return text
    marks = "*" * (2 * words.bold + words.italic)
    if before.endswith("*") and text.startswith(core[0]):
        marks = ""
    made = f"{marks}{escaped(core)}{marks}"
    if words.link:
        made = f"[{made}]({_IN_ADDRESS.sub(_percent, words.link)})"
    return text.replace(core, made, 1) if text != core else made


def escaped(text: str) -> str:
    """Return *text* so that Markdown takes none of its signs for its own."""
    return _MEANT.sub(lambda sign: _REFERENCES.get(sign[0], f"\\{sign[0]}"), text)


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _picture(picture: Shown, place: Place) -> str:
    address = place(picture)
    if not address:
        return ""
    alt = "" if picture.decorative else escaped(" ".join(picture.alt.split())) or _ASK
    return f"![{alt}]({address})"
