"""Show text from submitted files without letting it steer a terminal, a log or a page.

Nothing that a report prints comes from a file as it is: control characters, escape sequences and
the invisible characters that turn the direction of writing are shown as signs.
"""

import unicodedata
from dataclasses import dataclass

_TAB = "    "
_ELLIPSIS = "…"
_MARKS = 3
"""Marks kept on one letter: no script needs more, and towers of marks cover other lines."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line cut to size; *start* and *length* say, in cells, what to underline."""

    text: str
    start: int
    length: int


def safe(text: str) -> str:
    """Return *text* on one line, with everything that is not printable shown as a sign."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_glyphs(text))


def cells(text: str) -> int:
    """Count the columns that *text*, made :func:`safe`, takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(line: str, start: int, end: int, room: int) -> Excerpt:
    """Cut a line around ``line[start:end]``.

    Args:
        line: a line of a source file, as it is
        start: first character to underline, from nought
        end: character after the last to underline
        room: the most columns the result may take, at least 8

    """
    start = min(start, len(line))
    first, last = max(0, start - room), min(len(line), max(start, min(end, start + room)) + room)
    glyphs = _glyphs(line[first:last])
    widths = [cells(glyph) for glyph in glyphs]
    begin, finish = start - first, min(end, last) - first
    left, right = 0, len(glyphs)
    if first > 0 or last < len(line) or sum(widths) > room:
        left, right = _window(widths, begin, room - 2 * len(_ELLIPSIS))
    before = _ELLIPSIS if first + left > 0 else ""
    after = _ELLIPSIS if first + right < len(line) else ""
    return Excerpt(
        before + "".join(glyphs[left:right]) + after,
        len(before) + sum(widths[left:begin]),
        max(1, sum(widths[begin : min(finish, right)])),
    )


def wrap(text: str, width: int) -> list[str]:
    """Break safe *text* into lines of at most *width* columns, at spaces where there are any."""
    lines = [""]
    for word in safe(text).split():
        rest = word
        if lines[-1] and cells(lines[-1]) + 1 + cells(rest) <= width:
            lines[-1] += f" {rest}"
            continue
        if lines[-1]:
            lines.append("")
        while cells(rest) > width and (fits := _fitting(rest, width)) < len(rest):
            lines[-1:] = [rest[:fits], ""]
            rest = rest[fits:]
        lines[-1] = rest
    return lines


def _window(widths: list[int], begin: int, room: int) -> tuple[int, int]:
    """Choose what to show: a third of the room before the span, then the span and what follows."""
    left, used = begin, 0
    while left > 0 and used + widths[left - 1] <= room // 3:
        left -= 1
        used += widths[left]
    right = begin
    while right < len(widths) and used + widths[right] <= room:
        used += widths[right]
        right += 1
    while left > 0 and right == len(widths) and used + widths[left - 1] <= room:
        left -= 1
        used += widths[left]
    return left, right


def _glyphs(text: str) -> list[str]:
    glyphs: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        glyphs.append("" if marks > _MARKS else _glyph(character))
    return glyphs


def _glyph(character: str) -> str:
    if character == "\t":
        return _TAB
    if character.isprintable():
        return "" if character in "\ufe0e\ufe0f" else character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if unicodedata.category(character) == "Zs":
        return " "
    return f"<U+{code:04X}>"


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fitting(word: str, width: int) -> int:
    """Count the characters of *word* that fit; at least one, so that wrapping ends."""
    used = 0
    for index, character in enumerate(word):
        used += _width(character)
        if used > width and index:
            return index
    return len(word)
