"""Find the names of pupils in text: exactly, whatever the case, accents and separators.

Names and text are cut into words of letters, each folded (case, accents, invisible characters); a
name is found where its words follow one another in either order. One pass over the text, one step
in a tree of names for each word, so time grows with the text and not with the roll.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from moderation.analysis.identity import Same
from moderation.registers import Pupil, Roll

_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u034f\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_MARKS}{_INVISIBLE}]+[^\W\d_]*)*")
_DROPPED = re.compile(rf"[{_MARKS}{_INVISIBLE}]")
# What may stand between the words of one name; a full stop only where no sentence ends.
_GAP = re.compile(r"(?:[\s,_+/|'’ʼ`\"()*–—-]|%20|[.](?!\s)){1,6}")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_SHORTEST_JOINED = 8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """``text[start:end]`` is the name of these pupils."""

    start: int
    end: int
    references: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: what may follow, and whose name ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    references: tuple[str, ...] = ()


def find_names(text: str, roll: Roll) -> Iterator[NameMatch]:
    """Yield every full name on *roll* in *text*, from left to right, not overlapping."""
    root = _tree(Same(roll))
    words = [match.span() for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        count, references = _longest(root, words, at, text)
        if count:
            yield NameMatch(words[at][0], words[at + count - 1][1], references)
        at += count or 1


def fold(word: str) -> str:
    """Return *word* without case, accents and invisible characters."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return _DROPPED.sub("", plain).translate(_LETTERS)


def _longest(
    root: _Node, words: list[tuple[int, int]], at: int, text: str
) -> tuple[int, tuple[str, ...]]:
    """Return how many words from *at* on are the longest name there, and whose it is."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    node = root
    for index in range(at, len(words)):
        start, end = words[index]
        step = node.following.get(fold(text[start:end]))
        if step is None or (index > at and not _GAP.fullmatch(text, words[index - 1][1], start)):
            break
        node = step
        if node.references:
            best = (index - at + 1, node.references)
    return best


@lru_cache(maxsize=8)
def _tree(key: Same[Roll]) -> _Node:
    root = _Node()
    for pupil in key.value.pupils:
        for words in _spellings(pupil):
            node = root
            for word in words:
                node = node.following.setdefault(word, _Node())
            if pupil.reference not in node.references:
                node.references += (pupil.reference,)
    return root


def _spellings(pupil: Pupil) -> Iterator[Words]:
    """Yield every way of writing the full name that is looked for."""
    surnames = set(_variants(pupil.surname))
    forenames = set(_variants(pupil.forename)) | set(_variants(pupil.preferred))
    forenames |= {words[:1] for words in _variants(pupil.forename)}
    for forename in forenames - {()}:
        for surname in surnames - {()}:
            yield (*forename, *surname)
            yield (*surname, *forename)
            joined = "".join((*forename, *surname))
            if len(joined) >= _SHORTEST_JOINED:
                yield (joined,)


def _variants(name: str) -> Iterator[Words]:
    """Cut a name into words; ``O'Neil`` also as one."""
    yield tuple(fold(word) for word in _WORD.findall(name))
    yield tuple(fold(word) for word in _WORD.findall(re.sub(r"['’ʼ`]", "", name)))
