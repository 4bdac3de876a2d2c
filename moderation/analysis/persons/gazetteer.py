"""What is known of a word by itself: how usual it is as a forename, a surname, an English word.

``gazetteer.txt`` holds one word a line, ``word FSWL``: four digits for forename, surname, word and
word in small letters, nought for unknown and nine for the most usual;
``bench/persons_gazetteer.py`` writes it and says where each column comes from. ``lists.toml`` holds
the short lists that were written by hand: titles, months, streets and houses, places, relatives.
"""

import tomllib
import unicodedata
from functools import cache
from pkgutil import get_data
from typing import NamedTuple

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʻ`´′＇", "'"),
        **dict.fromkeys("‐‑–", "-"),
        **{"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "ħ": "h"},
        **{"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ə": "a"},
    }
)


class Known(NamedTuple):
    """What is known of one word, each from 0 (nothing) to 9 (very usual)."""

    forename: int
    surname: int
    word: int
    small: int


_UNKNOWN = Known(0, 0, 0, 0)


class Gazetteer:
    """The words of the gazetteer: sorted lines, searched as they lie, with no table to build."""

    __slots__ = ("_lines",)

    def __init__(self, lines: str) -> None:
        """Take lines ``word FSWL``, sorted by the word, each ended by a newline."""
        self._lines = lines

    def look_up(self, plain: str) -> Known:
        """Say what is known of a folded word."""
        lines = self._lines
        low, high = 0, len(lines)
        while low < high:
            start = lines.rfind("\n", 0, (low + high) // 2) + 1
            blank = lines.find(" ", start)
            word = lines[start:blank]
            if word == plain:
                return Known(*map(int, lines[blank + 1 : blank + 5]))
            if word < plain:
                low = lines.find("\n", blank) + 1
            else:
                high = start
        return _UNKNOWN


def fold(word: str) -> str:
    """Return *word* in small letters without accents, apostrophes and hyphens made plain."""
    low = word.lower()
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(_PLAIN))
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that is shipped."""
    return Gazetteer(_packaged("gazetteer.txt"))


@cache
def lists() -> dict[str, str]:
    """Return the kind of each word in the short lists; a word of several has the first."""
    kinds: dict[str, str] = {}
    for kind, words in tomllib.loads(_packaged("lists.toml")).items():
        for word in str(words).split():
            kinds.setdefault(word, kind)
    return kinds


@cache
def cues(name: str) -> frozenset[str]:
    """Return a list of words that tell, around a name, what is named; they lie in scene.toml."""
    return _all_cues()[name]


@cache
def _all_cues() -> dict[str, frozenset[str]]:
    listed = tomllib.loads(_packaged("scene.toml"))
    return {name: frozenset(str(words).split()) for name, words in listed.items()}


@cache
def known(plain: str) -> Known:
    """Say what is known of a folded word; of a double name, what is known of its halves."""
    found = gazetteer().look_up(plain)
    if found is _UNKNOWN and "-" in plain.strip("-"):
        parts = [gazetteer().look_up(part) for part in plain.split("-") if part]
        return Known(*map(min, zip(*parts, strict=True)))
    return found


def _packaged(name: str) -> str:
    return (get_data(__package__, name) or b"").decode()
