"""A text as words and what stands between them, each with a sign of what it may be to a name.

The signs form a string, so that regular expressions find in C where names may stand, and only
those few places are looked at in Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moderation.analysis.folding import DIGITS, MARK, OTHER, STOP, kind_of
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.variants import PARTICLES, is_a_word

NAME, NAME_AND_WORD, LOW_NAME, LOW_NAME_AND_WORD, PART = "A", "B", "a", "b", "p"
LIKE_A_NAME, CAPITAL, INITIAL, LOW_INITIAL = "F", "P", "I", "i"
TITLE, AND, SEVERAL, WORD = "T", "C", "J", "o"
"""What a word may be: see :class:`Token`."""

BLANK, LINE, JOINED, COMMA, APOSTROPHE, POINT, STOPPED, AMPERSAND, QUOTED, APART = " n-,'.;&qx"
"""What stands between two words; STOPPED is a full stop and a blank, APART ends every name."""

SPLIT = re.compile(r"([^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+)")
COMMENT = re.compile(r"<!--.{0,500}?-->", re.DOTALL)
TITLES = frozenset(["master", "miss", "mr", "mrs", "ms", "mx", "mister"])
_ANDS = frozenset(["and", "with", "plus", "und"])
_AND_OR_TITLE = TITLES | _ANDS
# What may stand between the words of one name; a full stop only where no sentence ends.
_GAP = re.compile(r" *+(?:(?:-|\.++(?! )|(?<=[ -])\.++) *+){0,12}+")
_FULL_STOP = re.compile(r"[\"'”’)]?\.[,;]?\s+")
_SENTENCE_END = re.compile(r"[^\s.]\.\s")
_SAINT = re.compile(r"\b(St|Ste|ST|STE)\. (?=[^\W\d_a-z])")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z0-9]+")
_MOST_KEPT = 100_000
_SHORTEST_SEVERAL, _SHORTEST_DOUBLE, _LONGEST = 6, 7, 80


@dataclass(frozen=True, slots=True)
class Token:
    """What one word, as written, may be to a name on the roll.

    Args:
        sign: one of the signs above
        key: its letters, folded; digits at its ends left out
        capital: whether it is written as names are
        forename: number of the forename it is, or -1
        surname: number of the surname it is, or -1
        is_word: whether it is a word of ordinary English
        lead: how many of its characters come before the key
        trail: how many come after

    """

    sign: str
    key: str
    capital: bool = False
    forename: int = -1
    surname: int = -1
    is_word: bool = False
    lead: int = 0
    trail: int = 0


class Tokens(dict[str, Token]):
    """Every word that was met, by how it is written."""

    def __init__(self, index: RollIndex) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> Token:
        """Work out what a word may be."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[word] = token = self._token(word)
        return token

    def _token(self, word: str) -> Token:
        if len(word) > _LONGEST:
            return Token(WORD, "")
        if DIGITS.isdisjoint(word):
            return self._plain(word, 0, 0)
        bare = word.lstrip("0123456789")
        lead = len(word) - len(bare)
        bare = bare.rstrip("0123456789")
        trail = len(word) - lead - len(bare)
        if not bare:
            return Token(WORD, "")
        key = word.casefold()
        if self._misread(key):
            return Token(LIKE_A_NAME, key, capital=True)
        if DIGITS.isdisjoint(bare):
            return self._plain(bare, lead, trail)
        return Token(SEVERAL, key)

    def _misread(self, key: str) -> bool:
        index = self._index
        if sum(character.isalpha() for character in key) < 2:
            return False
        return bool(index.forenames.misread(key) or index.surnames.misread(key))

    def _plain(self, word: str, lead: int, trail: int) -> Token:
        word = self._mended(word)
        key = word.casefold()
        capital = word[0].isupper() or not (word.isascii() or word != word.swapcase())
        forename = self._index.forenames.ids.get(key, -1)
        surname = self._index.surnames.ids.get(key, -1)
        is_word = is_a_word(key)
        sign = self._sign(word, key, capital, is_word, max(forename, surname) >= 0)
        return Token(sign, key, capital, forename, surname, is_word, lead, trail)

    def _mended(self, word: str) -> str:
        """Return *word* with its l and capital i changed round, where that makes a name of it."""
        if "I" in word[1:] and not word.isupper():
            mended = word[0] + word[1:].replace("I", "l")
        elif word[0] == "l" and len(word) > 2:
            mended = "I" + word[1:]
        else:
            return word
        key = mended.casefold()
        index = self._index
        known = key in index.forenames.ids or key in index.surnames.ids
        return mended if known and word.casefold() not in index.forenames.ids else word

    def _sign(self, word: str, key: str, capital: bool, is_word: bool, known: bool) -> str:
        if key in _AND_OR_TITLE and not known:
            return AND if key in _ANDS else TITLE if capital else WORD
        if len(key) == 1 and key.isascii():
            return INITIAL if capital else LOW_INITIAL
        known = known or self._index.knows(key)
        if capital and not known and len(_CAMEL.findall(word)) > 1 and self._like(key):
            return LIKE_A_NAME  # McDlonald
        double = len(key) > _SHORTEST_DOUBLE and not is_word
        own = known and (not word.isascii() or _has_particle(word))
        if double and not own and self._several(word, key):
            return SEVERAL  # also where some double name is spelt so
        if known:
            signs = (LOW_NAME, LOW_NAME_AND_WORD, NAME, NAME_AND_WORD)
            return signs[2 * capital + is_word]
        return self._unknown(word, key, capital, is_word)

    def _unknown(self, word: str, key: str, capital: bool, is_word: bool) -> str:
        """Return the sign of a word that is no form of a name on the roll."""
        if key in self._index.parts:
            return NAME if capital else PART
        if self._several(word, key):
            return SEVERAL
        if not capital:
            return WORD
        return CAPITAL if is_word or not self._like(key) else LIKE_A_NAME

    def _several(self, word: str, key: str) -> bool:
        """Say whether names may stand in *word* without anything between them.

        Letters of several scripts in one word are no camel case: some look Latin and are read so.
        """
        if word.isascii() and len(_CAMEL.findall(word)) > 1:
            return True
        least = _SHORTEST_SEVERAL if key.isascii() else 2
        return len(key) >= least and any(self._halves(key))

    def _halves(self, key: str) -> Iterator[bool]:
        forenames, surnames = self._index.forenames.ids, self._index.surnames.ids
        knows = self._index.knows
        for at in range(2 if key.isascii() else 1, len(key)):
            first, last = key[:at], key[at:]
            yield (first in surnames and last in forenames) or (last in surnames and knows(first))

    def _like(self, key: str) -> bool:
        index = self._index
        return any(
            half.misspelt(key) or half.misread(key) for half in (index.forenames, index.surnames)
        )


class Signs(dict[str, str]):
    """The sign of every word, and of everything that stands between two, that was met."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens

    def __missing__(self, part: str) -> str:
        """Work out the sign of a part of a text."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[part] = sign = self._tokens[part].sign if SPLIT.fullmatch(part) else gap_sign(part)
        return sign


def _has_particle(word: str) -> bool:
    """Say whether a capital within *word* follows a particle, as in McDonald."""
    return _CAMEL.findall(word)[0].casefold() in PARTICLES


def gap_sign(gap: str) -> str:
    """Return the sign of what stands between two words."""
    kinds = "".join(map(kind_of, gap))
    if not kinds or OTHER in kinds:
        return APART
    if not _GAP.fullmatch(kinds) or _SENTENCE_END.search(gap):
        return STOPPED if _FULL_STOP.fullmatch(gap) else APART
    if not kinds.strip():
        return LINE if "\n" in gap else BLANK
    for sign, marks in ((COMMA, ","), (AMPERSAND, "&+/"), (QUOTED, '"()[]')):
        if any(mark in gap for mark in marks):
            return sign
    if "'" in gap:
        return APOSTROPHE if gap == "'" else QUOTED
    return POINT if MARK not in kinds and STOP in kinds else JOINED


def blank(comment: re.Match[str]) -> str:
    """Return blanks in the place of a comment."""
    return " " * len(comment[0])


def saints_joined(text: str) -> str:
    """Return *text* with a blank for each full stop of St. and Ste., which ends no sentence."""
    return _SAINT.sub(r"\1  ", text) if ". " in text else text


def pieces(word: str) -> list[tuple[str, int]]:
    """Cut a word written in camel case, or with digits within, into its parts with their places."""
    return [(match[0], match.start()) for match in _CAMEL.finditer(word)]
