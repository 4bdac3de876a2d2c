"""Whose name two words are, one a forename and one a surname, and whether that is enough to say so.

What is written exactly is always told. What could be a variant of a pupil's name could also be the
very name of somebody else: it is told only where a list as long as the roll would hold few people
who are called so. On a long roll a common name must therefore be written as registered.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from moderation.analysis.names.index import RollIndex, Weights
from moderation.analysis.names.tokens import (
    BLANK,
    INITIAL,
    LIKE_A_NAME,
    LINE,
    LOW_INITIAL,
    QUOTED,
    Token,
)
from moderation.analysis.names.variants import is_everyday, key_of, may_be_short

IN_PART, IN_PART_AND_UNLIKE, PET_NAME, BACKWARDS = 0.9, 0.2, 0.0005, 0.1
_ENOUGH = 12.0
_ENOUGH_IN_WORDS = 100.0
_USUAL_ROLL = 2_000
_MORE = 0.35
_LIKELY = 0.01
_AS_LIKELY = 0.1
_MOST_TRIED, _MOST_TOLD, _MOST_KEPT = 40, 24, 100_000
_MOST_KEPT = 100_000
_SHORTEST, _SHORTEST_LOW, _SHORTEST_PET_NAME = 2, 3, 3


class Like(Protocol):
    """Look up which registered names may have been written so."""

    def __call__(self, key: str, *, slips: bool) -> Weights:
        """Return their numbers with weights."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Who may be meant, and whether their names are written as registered."""

    pupils: tuple[int, ...]
    exact: bool


class Pairs:
    """Look up pairs of words in a roll."""

    def __init__(self, index: RollIndex) -> None:
        self._index = index
        self._forenames = lru_cache(maxsize=50_000)(index.forenames_like)
        self._surnames = lru_cache(maxsize=50_000)(index.surnames_like)
        self._told: dict[tuple[str | bool, ...], Pair | None] = {}
        self._key = lru_cache(maxsize=50_000)(key_of)

    def look_up(self, first: Token, last: Token, gap: str, *, turned: bool = False) -> Pair | None:
        """Return whose name a forename and a surname are.

        Args:
            first: the forename
            last: the surname
            gap: sign of what stands between them
            turned: the surname stands first

        """
        key = (first.key, first.sign, first.capital, last.key, last.sign, last.capital, gap, turned)
        if key not in self._told:
            if len(self._told) >= _MOST_KEPT:
                self._told.clear()
            self._told[key] = self._look_up(first, last, gap, turned=turned)
        return self._told[key]

    def _look_up(self, first: Token, last: Token, gap: str, *, turned: bool) -> Pair | None:
        if not self._readable(first, last, gap):
            return None
        backwards = turned and gap in (BLANK, LINE)
        pupils = self._index.named(first.forename, last.surname)
        if pupils and not backwards:
            return Pair(pupils[:_MOST_TOLD], exact=True)
        if self._hopeless(first, last, gap, turned=turned, exact=bool(pupils)):
            return None
        weights = dict.fromkeys(pupils, 1.0) or self._weights(first, last)
        if not weights:
            return None
        # Written backwards without a comma, it may be the name of somebody else forwards.
        read = (last.key, first.key) if backwards else (first.key, last.key)
        told = sum(weights.values()) / self._index.chance(*read) * (BACKWARDS if backwards else 1)
        most = max(weights.values())
        if told < self._enough(words=most < _LIKELY and self._words(first, last)):
            return None
        whose = [pupil for pupil, weight in weights.items() if weight >= most * _AS_LIKELY]
        return Pair(tuple(whose[:_MOST_TOLD]), exact=bool(pupils))

    def _hopeless(self, first: Token, last: Token, gap: str, *, turned: bool, exact: bool) -> bool:
        """Say whether what stands between the two forbids to take them for a variant."""
        if turned and gap in (BLANK, LINE) and is_everyday(last.key):
            return self._index.is_long
        if exact:
            return False
        return (gap == LINE and not first.capital) or (turned and gap == QUOTED)

    def _readable(self, first: Token, last: Token, gap: str) -> bool:
        """Say whether the two can be a name by the way they are written."""
        if first.capital and last.capital:
            return True
        if first.capital or last.capital:
            return not (first.is_word or last.is_word)
        if not (gap in (BLANK, LINE) and first.is_word and last.is_word):
            return True
        return not self._index.is_long and not (is_everyday(first.key) or is_everyday(last.key))

    def _enough(self, *, words: bool) -> float:
        """Return how far likelier than a stranger a pupil must be: more so on a long roll."""
        least = _ENOUGH_IN_WORDS if words else _ENOUGH
        return least * math.pow(max(1.0, len(self._index.pupils) / _USUAL_ROLL), _MORE)

    def _words(self, first: Token, last: Token) -> bool:
        """Say whether one of the two is a word that is no name on the roll."""
        return (first.is_word and first.forename < 0) or (last.is_word and last.surname < 0)

    def _weights(self, first: Token, last: Token) -> dict[int, float]:
        """Weigh every pupil whose name the pair may be a variant of."""
        weights: dict[int, float] = {}
        forenames = self._alike(self._forenames, first, first.forename)
        surnames = self._alike(self._surnames, last, last.surname)
        for forename, one in forenames:
            for surname, other in surnames:
                for pupil in self._index.named(forename, surname):
                    weights[pupil] = max(weights.get(pupil, 0), one * other)
                part = IN_PART if one * other == 1 else IN_PART_AND_UNLIKE
                for pupil in self._index.named_in_part(forename, surname):
                    weights[pupil] = max(weights.get(pupil, 0), one * other * part)
        if not weights and first.capital and last.surname >= 0:
            self._pet_names(first, last, weights)
        return weights

    def _alike(self, like: Like, token: Token, number: int) -> Weights:
        own: Weights = ((number, 1.0),) if number >= 0 else ()
        slips = token.sign == LIKE_A_NAME or (
            token.capital and token.sign not in (INITIAL, LOW_INITIAL)
        )
        if len(token.key) < (_SHORTEST if token.capital else _SHORTEST_LOW):
            return own
        if not token.capital and token.is_word:
            return own
        return own + like(token.key, slips=slips and not is_everyday(token.key))

    def _pet_names(self, first: Token, last: Token, weights: dict[int, float]) -> None:
        whose = self._index.by_surname.get(last.surname, ())
        if len(whose) > _MOST_TRIED or len(first.key) < _SHORTEST_PET_NAME:
            return
        for pupil in whose:
            if may_be_short(first.key, self._key(self._index.pupils[pupil].forename)):
                weights[pupil] = PET_NAME
