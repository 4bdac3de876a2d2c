"""Words that follow one another, and what is found among them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from moderation.analysis.names import tokens as sign
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.tokens import Token
from moderation.analysis.names.variants import PARTICLES

NAMES, CAPITALS = frozenset("ABabFPJ"), frozenset("ABFPJ")
"""Signs of words that may be half a name, and of those of them that are written as names are."""

_TIGHT = frozenset(" -'.")
_WITHIN = frozenset("-'")
_MOST_PARTS = 4


class Tier(StrEnum):
    """How much of a name is there."""

    FULL = "full name"
    INITIAL = "initial with name"
    TITLE = "title with surname"
    FORENAME = "forename"


@dataclass(frozen=True, slots=True)
class Found:
    """``text[start:end]`` may name the pupils at these places of the roll."""

    start: int
    end: int
    pupils: tuple[int, ...]
    tier: Tier = Tier.FULL
    exact: bool = True


Step = tuple[Found | None, int]
"""What was found, and the word at which to go on."""


@dataclass(slots=True)
class Run:
    """Words that follow one another, with the sign of what stands between each and the next.

    Args:
        index: the roll
        words: the words
        gaps: what stands between each and the next
        places: where each begins and ends
        after: what stands after the last

    """

    index: RollIndex
    words: list[Token] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    after: str = sign.APART
    _joins: dict[int, list[tuple[int, Token]]] = field(default_factory=dict)

    def found(
        self,
        first: int,
        last: int,
        pupils: tuple[int, ...],
        *,
        tier: Tier = Tier.FULL,
        exact: bool = True,
    ) -> Found:
        """Tell of the range of the text from word *first* to before word *last*."""
        start, end = self.places[first][0], self.places[last - 1][1]
        start, end = start + self.words[first].lead, end - self.words[last - 1].trail
        return Found(start, end, pupils, tier, exact)

    def gap(self, at: int) -> str:
        """Return the sign of what stands between word *at* and the next, if there are both."""
        return self.gaps[at] if 0 <= at < len(self.gaps) else sign.APART

    def tight(self, at: int) -> bool:
        """Say whether one character stands after word *at*."""
        return self.places[at][1] + 1 == self.places[at + 1][0]

    def joins(self, at: int) -> list[tuple[int, Token]]:
        """Return what begins with word *at* and may be half a name: one word, or some joined."""
        found = self._joins.get(at)
        if found is None:
            self._joins[at] = found = list(self._joined(at)) if at < len(self.words) else []
        return found

    def _joined(self, at: int) -> Iterator[tuple[int, Token]]:
        first = self.words[at]
        if first.sign in NAMES:
            yield 1, first
        key, capital = first.key, first.capital
        for count in range(2, _MOST_PARTS + 1):
            last = at + count - 1
            if last >= len(self.words) or self.gap(last - 1) not in _TIGHT:
                return
            key += self.words[last].key
            capital = capital or self.words[last].capital
            forename = self.index.forenames.ids.get(key, -1)
            surname = self.index.surnames.ids.get(key, -1)
            if max(forename, surname) >= 0:
                yield count, Token(sign.NAME, key, capital, forename, surname)
            elif capital and self.gap(last - 1) in _WITHIN and self._like(key):
                yield count, Token(sign.LIKE_A_NAME, key, capital)
            elif first.key in PARTICLES and self.words[last].sign in NAMES:
                yield count, self.words[last]
            if first.key not in self.index.parts:
                return

    def _like(self, key: str) -> bool:
        """Say whether a slip makes *key* of the name of several parts."""
        return any(half.misspelt(key) for half in (self.index.forenames, self.index.surnames))
