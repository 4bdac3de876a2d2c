"""The sentence around a place, and its words."""

import re
from dataclasses import dataclass, field

_END = re.compile(r"[.!?…](?=[\s\"'”’)]|$)|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|St|Rev|Sgt|Sr|Jr|vs|e\.g|i\.e|etc|No)|\b[A-Z])$"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
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
        for index, word in enumerate(self.words):
            if offset < word.end:
                return index
        return len(self.words) - 1


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """Return the sentence that holds ``text[start:end]``, at most 400 characters either side."""
    first, last = max(0, start - 400), min(len(text), end + 400)
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


def make_sentence(text: str, start: int, end: int) -> Sentence:
    """Split ``text[start:end]`` into words."""
    words = tuple(
        Word(match[0], match[0].lower().replace("'", "").replace("’", ""), *match.span())
        for match in _WORD.finditer(text, start, end)
    )
    return Sentence(text, start, end, words)
