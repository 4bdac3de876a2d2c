"""Poems, hymns and songs, told by the shape of their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)*[ \t]*")
_BREAKS = ("\\", "<br>", "<br/>", "<br />")
_NOT_VERSE = re.compile(
    r"^(?:[-*+•◦▪]\s|\d+[.)]\s|#|\||!\[|```|~~~|:::|\[[^\]]*\]\(|<)|https?:|\||\d{1,2}[:.]\d\d|@"
    r"|£\d|^[\w ]{1,20}:\s"
)
_LABEL = re.compile(
    r"^[^\w\n]*(?:verse|chorus|refrain|bridge|pre-chorus|outro|intro)(?:\s*\d+)?[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LONG, _SHORT = 10, 6
_WIDEST, _MOST_WORDS = 66, 12
_AMEN = 20
"""Characters after the last line in which a prayer may end."""
_GAP = 3
"""Lines between two stanzas: a blank one, perhaps "Chorus", and another blank one."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def verses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where verse is quoted at length that may be somebody's own work still.

    Args:
        text: plain text or Markdown

    """
    for run in _runs(text):
        if len(run) < _SHORT:
            continue
        from moderation.analysis.rights.owners import AROUND, names_author
        from moderation.analysis.rights.works import is_named_verse, is_verse

        around = text[max(0, run[0].start - AROUND) : run[-1].end + AROUND]
        lines = [line.text for line in run]
        named = names_author(around) and is_named_verse(lines)
        if named or is_verse(lines):
            yield from _owned(text, run, around, named=named)


def _owned(text: str, run: list[_Line], around: str, *, named: bool) -> Iterator[tuple[int, int]]:
    """Yield where a run of verse is that is long enough and may be somebody's own."""
    from moderation.analysis.rights.owners import is_free, is_of_pupils, is_song

    start, end = run[0].start, run[-1].end
    least = _SHORT if named or is_song(around) or _LABEL.search(around) else _LONG
    if len(run) < least or is_free(text[start : end + _AMEN]):
        return
    if not is_of_pupils(text, start, end):
        yield start, end


def _runs(text: str) -> Iterator[list[_Line]]:
    """Yield lines of verse that stand together, stanzas apart by a blank line or a label."""
    run: list[_Line] = []
    gap = 0
    for line in _lines(text):
        if not line.text or _LABEL.match(line.text):
            gap += 1
            if gap <= _GAP:
                continue
        elif _may_be_verse(line.text):
            gap = 0
            run.append(line)
            continue
        if run:
            yield run
        run, gap = [], 0
    if run:
        yield run


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        if match.start() == match.end() and match.start() and text[match.start() - 1] != "\n":
            continue  # the end of a line that was there already
        lead = _QUOTE.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        plain = match[0].rstrip()
        for mark in _BREAKS:
            plain = plain.removesuffix(mark)
        end = max(start, match.start() + len(plain))
        yield _Line(start, end, text[start:end].strip("*_"))


def _may_be_verse(line: str) -> bool:
    words = len(line.split())
    return 1 < words <= _MOST_WORDS and len(line) <= _WIDEST and not _NOT_VERSE.search(line)
