"""The sentence around a place, and its words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# One set of characters leads, which Python's matcher looks for at once. A line goes on where the
# next begins small, but not in one last word: the name of the file ends every document.
_END = re.compile(r"[.!?…\n](?:(?<!\n)(?=[\s\"'”’)]|$)|(?<=\n)(?![a-z]\S*\s))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|St|Rev|Sgt|Sr|Jr|vs|e\.g|i\.e|etc|No)|\b[A-Z])$"
)
_REACH = 400
_USUAL = 120
_AHEAD = 60
_WORD = re.compile(
    # A final 's is a word of its own, but after the pronouns and question words it may be "is" of.
    r"\b(?i:it|[hs]?he|that|there|wh[aeo]\w*|how|here|let)['’]s\b"
    r"|[^\W_]+(?:['’](?!s\b)[^\W_]+)*"
)


_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""The same where there is no ``'s``, and three times as quick."""


class Reading(NamedTuple):
    """A disguised word: ``text[start:end]`` reads *word*, in lower case letters."""

    start: int
    end: int
    word: str


class Word(NamedTuple):
    """One word of a sentence: as written, in lower case without apostrophes, and where."""

    written: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``text[start:end]``. It has no slots, for what is read of it is kept."""

    text: str
    start: int
    end: int
    readings: Sequence[Reading] = ()

    @property
    def _pattern(self) -> re.Pattern[str]:
        """What a word is in this sentence."""
        marked = any(self.text.find(s, self.start, self.end) >= 0 for s in ("'s", "’s"))
        return _WORD if marked else _PLAIN_WORD

    @cached_property
    def written(self) -> Sequence[str]:
        """The words as they are written."""
        if self.readings:
            return [word.written for word in self.words]
        return self._pattern.findall(self.text, self.start, self.end)

    @cached_property
    def line(self) -> str:
        """The words in lower case without apostrophes, a space before and after each."""
        if self.readings:
            return f" {' '.join(word.plain for word in self.words)} "
        written = " ".join(self._pattern.findall(self.text, self.start, self.end)).lower()
        plain = written.replace("'", "").replace("’", "")
        return f" {plain} "

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, with offsets in the text; a disguised one as it reads."""
        if self.readings:
            return tuple(self._read())
        matches = self._pattern.finditer(self.text, self.start, self.end)
        pairs = zip(matches, self.line.split(), strict=True)
        return tuple(Word(match[0], plain, *match.span()) for match, plain in pairs)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The words in lower case without apostrophes, each once."""
        return frozenset(self.line.split())

    def _read(self) -> Iterator[Word]:
        """Yield the words, and each disguised one in the place of what it is written with."""
        at = self.start
        for start, end, word in self.readings:
            yield from Sentence(self.text, at, start).words
            yield Word(self.text[start:end], word, start, end)
            at = end
        yield from Sentence(self.text, at, self.end).words

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


def sentence_at(text: str, start: int, end: int, readings: Sequence[Reading] = ()) -> Sentence:
    """Return the sentence that holds ``text[start:end]``, at most 400 characters either side."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = _begins(text, first, start)
    after = (m.start() for m in _END.finditer(text, end, last) if not _is_short(text, m, end))
    finish = next(after, last)
    if not readings:
        return Sentence(text, begin, finish)
    near = slice(*(bisect_left(readings, place, key=_begin) for place in (begin, finish)))
    inside = [each for each in readings[near] if each.end <= finish]
    return Sentence(text, begin, finish, inside)


def _begins(text: str, first: int, start: int) -> int:
    """Return where the sentence that holds *start* begins, at *first* at the earliest."""
    # Some characters more are looked at, for what ends a sentence depends on what follows.
    last = min(start + _AHEAD, len(text))
    for low in (max(first, start - _USUAL), first):  # most sentences are short
        for match in reversed(list(_END.finditer(text, low, last))):
            if match.end() <= start and not _is_short(text, match, first):
                return match.end()
    return first


def _is_short(text: str, match: re.Match[str], first: int) -> bool:
    """Say whether *match* ends what is short for something, looking back to *first* at most."""
    return _ABBREVIATION.search(text, max(first, match.start() - 6), match.start()) is not None


def _begin(reading: Reading) -> int:
    return reading.start


class Sentences:
    """The sentences of one text, remembering the last that was asked for."""

    __slots__ = ("_last", "_readings", "_text")

    def __init__(self, text: str, readings: Sequence[Reading] = ()) -> None:
        self._text = text
        self._readings = readings
        self._last = Sentence(text, 0, 0)

    def at(self, start: int, end: int) -> Sentence:
        """Return the sentence that holds ``text[start:end]``."""
        if not self._last.covers(start, end):
            self._last = sentence_at(self._text, start, end, self._readings)
        return self._last
