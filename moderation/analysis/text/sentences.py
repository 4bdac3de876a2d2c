"""The sentence around a place, and its words."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

_END = re.compile(r"[.!?…](?=[\s\"'”’)]|$)|\n(?![a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|St|Rev|Sgt|Sr|Jr|vs|e\.g|i\.e|etc|No)|\b[A-Z])$"
)
_REACH = 400
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Word(NamedTuple):
    """One word of a sentence: as written, in lower case without apostrophes, and where."""

    written: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``text[start:end]``, and its words with offsets in the text."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    plain: frozenset[str] = field(init=False, repr=False, compare=False)
    line: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", frozenset(word.plain for word in self.words))
        object.__setattr__(self, "line", f" {' '.join(word.plain for word in self.words)} ")

    def index_at(self, offset: int) -> int:
        """Return the index of the word that stands at *offset* or next after it."""
        index = bisect_right(self.words, offset, key=_end)
        return min(index, len(self.words) - 1)

    def covers(self, start: int, end: int) -> bool:
        """Say whether ``text[start:end]`` stands well inside this sentence."""
        near = end + _REACH // 2 <= self.end or self.end - self.start < _REACH
        return self.start <= start and end <= self.end and near


def _end(word: Word) -> int:
    return word.end


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """Return the sentence that holds ``text[start:end]``, at most 400 characters either side."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = first
    for match in _END.finditer(text, first, start):
        if not _ABBREVIATION.search(text, max(first, match.start() - 6), match.start()):
            begin = match.end()
    finish = last
    for match in _END.finditer(text, end, last):
        if not _ABBREVIATION.search(text, max(end, match.start() - 6), match.start()):
            finish = match.start()
            break
    return make_sentence(text, begin, finish)


class Sentences:
    """The sentences of one text, remembering the last that was asked for."""

    __slots__ = ("_last", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = Sentence(text, 0, 0, ())

    def at(self, start: int, end: int) -> Sentence:
        """Return the sentence that holds ``text[start:end]``."""
        if not self._last.covers(start, end):
            self._last = sentence_at(self._text, start, end)
        return self._last


def make_sentence(text: str, start: int, end: int) -> Sentence:
    """Split ``text[start:end]`` into words."""
    words = tuple(
        Word(match[0], match[0].lower().replace("'", "").replace("’", ""), *match.span())
        for match in _WORD.finditer(text, start, end)
    )
    return Sentence(text, start, end, words)
