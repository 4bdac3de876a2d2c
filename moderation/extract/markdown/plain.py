"""Paragraphs, headings and flat lists without markup, which need no tree to be read.

Most of what a school writes is of this kind. What is read here is what the reader in ``render``
would make of it, piece by piece; a test compares the two. Whatever might be markup is left to that
reader, with a stand-in for what was read here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from moderation.extract.builder import Run
from moderation.model import Carrier

STAND_IN = "\ufdd0"
"""A character that no text may hold, by Unicode's own rule: it takes the place of plain blocks."""

_LONGEST, _MOST_BLOCKS = 200_000, 2_000
"""Beyond these a page is read step by step, and may be refused."""

_ORDINARY = bytes(set(range(256)) - set(b"\t\\`*_{[<|&"))
_MOST_BRACKETS = 50
_TOGETHER = ("\t", "```", "~~~", " " * 200, STAND_IN)
"""What may change how the rest of the page is read."""

_INDENTS = ("", " ", "  ", "   ")
"""What a paragraph may begin with; more would be code."""

_TAG = re.compile(r"<[a-zA-Z/!?]|<[^<> !]+@")
_ENTITY = re.compile(r"&(?:#|[0-9A-Za-z]+;)")
_DELIMITERS = re.compile(r"\*+|_+")
_ITEM = re.compile(r"(?:[-+]|(\d+)\.) +(?=\S)")
_ODD_START = frozenset(" #>-+=!~*_[{|:")
_NUMBERED = re.compile(r"\d+\.\s")
_HEADING = re.compile(r"#{1,6}(?=[^#])")

Part = list[Run] | range
"""Plain blocks, or a stretch of the source that needs the whole reader."""


class _Block(NamedTuple):
    """``source[start:end]`` between two empty lines.

    Args:
        start: offset in the source
        end: offset after the last character
        runs: what it holds; None where it is not plain
        joins: it may be a list or go on with one

    """

    start: int
    end: int
    runs: list[Run] | None
    joins: bool


def parts_of(source: str, start: int) -> list[Part]:
    """Part a page into what is plain and what is not, in its order.

    Args:
        source: the page, each line ending in one newline
        start: where its body begins, after the front matter

    """
    body = source[start:].rstrip("\n")
    special = body.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    if len(body) > _LONGEST or body.count("\n\n") > _MOST_BLOCKS or _is_whole(body, special):
        return [range(start, len(source))]
    is_marked = bool(special) or "  \n" in body
    parts: list[Part] = []
    for block in _alone(list(_blocks(body, start, is_marked=is_marked))):
        last = parts[-1] if parts else None
        if block.runs is not None:
            if isinstance(last, list):
                last += block.runs
            else:
                parts.append(list(block.runs))
        elif isinstance(last, range):
            parts[-1] = range(last.start, block.end)
        else:
            parts.append(range(block.start, block.end))
    return parts


def _is_whole(body: str, special: bytes) -> bool:
    """Say whether something on the page may change how its other blocks are read."""
    if any(each in body for each in _TOGETHER):
        return True
    return b"<" in special and _TAG.search(body) is not None


def _blocks(body: str, at: int, *, is_marked: bool) -> Iterator[_Block]:
    """Yield the blocks of a page that are not empty."""
    defines = is_marked and "]:" in body
    for block in body.split("\n\n"):
        text = block.lstrip()
        end = at + len(block)
        if text:
            lead = block[: -len(text)].lstrip("\n")
            begin = end - len(text)
            quiet = lead in _INDENTS and not (is_marked and _may_be_marked(text, defines=defines))
            runs = _block(text, begin, indented=bool(lead)) if quiet else None
            joins = bool(lead) or text[0] in "-+*" or text[0].isdigit()
            yield _Block(begin - len(lead), end, runs, joins)
        at = end + 2


def _alone(blocks: list[_Block]) -> list[_Block]:
    """Leave a list to the whole reader where it may be one with a block that is left to it."""
    for ordered in (range(1, len(blocks)), range(len(blocks) - 2, -1, -1)):
        for index in ordered:
            beside = blocks[index - ordered.step]
            if blocks[index].joins and beside.joins and beside.runs is None:
                blocks[index] = blocks[index]._replace(runs=None)
    return blocks


def _may_be_marked(text: str, *, defines: bool) -> bool:
    """Say whether a block may hold markup within a line.

    A bracket, an ampersand, an asterisk alone is none.

    Args:
        text: the block
        defines: the page defines targets of links, so that any bracket may be a link

    """
    if "  \n" in text or "`" in text or "\\" in text:
        return True
    if "[" in text and (defines or "](" in text or text.count("[") > _MOST_BRACKETS):
        return True
    if "&" in text and _ENTITY.search(text):
        return True
    return ("*" in text or "_" in text) and len(_DELIMITERS.findall(text)) > 1


def _block(text: str, at: int, *, indented: bool) -> list[Run] | None:
    """Return the runs of one block; None where it is more than one plain thing."""
    lines = text.split("\n") if "\n" in text else [text]
    if text[0] == "#":
        return _heading(text, at) if len(lines) == 1 and not indented else None
    item = None if indented else _ITEM.match(text)
    if item is not None:
        return _items(lines, at, numbered=item[1] is not None)
    return [(at, at + len(text), Carrier.BODY)] if all(map(_is_plain, lines)) else None


def _is_plain(line: str) -> bool:
    """Say whether a line begins nothing; an empty one does not."""
    first = line[:1]
    return first not in _ODD_START and not (first.isdigit() and _NUMBERED.match(line))


def _heading(text: str, at: int) -> list[Run] | None:
    marks = _HEADING.match(text)
    words = text[marks.end() :] if marks else ""
    if not words.strip() or "#" in words or "{" in words:
        return None
    begin = at + len(text) - len(words.lstrip())
    return [(begin, begin + len(words.strip()), Carrier.HEADING)]


def _items(lines: list[str], at: int, *, numbered: bool) -> list[Run] | None:
    """Return the items of a list, each of one line; None where one holds more."""
    runs: list[Run] = []
    for line in lines:
        item = _ITEM.match(line)
        if item is None or (item[1] is not None) != numbered or not _is_plain(line[item.end() :]):
            return None
        if numbered and not runs and item[1] != "1":
            return None  # the number is kept as an attribute
        runs.append((at + item.end(), at + len(line), Carrier.BODY))
        at += len(line) + 1
    return runs
