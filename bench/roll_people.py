"""Make up rolls of any size from the names of the United Kingdom: nobody on them exists."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from moderation.analysis.names.variants import key_of
from moderation.registers import Pupil, Roll

_LISTS = Path("names/uk_names_lists.json")
_DOUBLE, _MIDDLE, _ABROAD, _RARE, _TWO_FORENAMES = 0.08, 0.5, 0.1, 0.25, 0.02


@dataclass(frozen=True, slots=True)
class Weighted:
    """Words to draw from, each as often as its weight says."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, counts: dict[str, float]) -> "Weighted":
        """Prepare the sums that drawing needs."""
        return cls(tuple(counts), tuple(accumulate(counts.values())))

    def draw(self, chance: random.Random) -> str:
        """Draw one."""
        return chance.choices(self.words, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that people are called by."""

    forenames: Weighted
    forenames_abroad: tuple[str, ...]
    surnames: Weighted
    surnames_rare: tuple[str, ...]
    surnames_abroad: tuple[str, ...]

    @classmethod
    def load(cls, corpora: Path) -> "Names":
        """Read the lists of the labelled sets."""
        lists = json.loads((corpora / _LISTS).read_text("utf-8"))
        plain = {n: float(c) for n, c in lists["fore"].items() if n[:1].isalpha() and len(n) > 1}
        return cls(
            Weighted.of(plain),
            tuple(lists["wf"]),
            Weighted.of({n: float(c) for n, c in lists["sur"].items()}),
            tuple(lists["tail"]),
            tuple(lists["ws"]),
        )

    def forename(self, chance: random.Random) -> str:
        """Draw a forename."""
        if chance.random() < _ABROAD / 2:
            return chance.choice(self.forenames_abroad)
        return self.forenames.draw(chance)

    def surname(self, chance: random.Random) -> str:
        """Draw a surname that is not double-barrelled."""
        kind = chance.random()
        if kind < _ABROAD:
            return chance.choice(self.surnames_abroad)
        if kind < _ABROAD + _RARE:
            return chance.choice(self.surnames_rare)
        return self.surnames.draw(chance)


def make_roll(names: Names, size: int, *, seed: int = 1, middles: bool = True) -> Roll:
    """Make up a roll of *size* pupils, no two of one name."""
    return Roll(tuple(_pupils(names, size, random.Random(seed), middles)))


def _pupils(names: Names, size: int, chance: random.Random, middles: bool) -> Iterator[Pupil]:
    seen: set[tuple[str, str]] = set()
    while len(seen) < size:
        forename, surname = names.forename(chance), names.surname(chance)
        if chance.random() < _DOUBLE:
            surname += "-" + names.surname(chance)
        if chance.random() < _TWO_FORENAMES:
            forename += chance.choice(" -") + names.forename(chance)
        if (forename, surname) in seen:
            continue
        seen.add((forename, surname))
        middle = names.forename(chance) if chance.random() < _MIDDLE else ""
        yield Pupil(
            reference=f"P-{len(seen):06}",
            forename=forename,
            surname=surname,
            middle=middle if middles else "",
            class_name=f"{chance.randint(1, 6)}{chance.choice('ABC')}",
        )


def strangers(names: Names, roll: Roll, count: int, *, seed: int = 2) -> Iterator[str]:
    """Make up full names of people who are not on *roll*."""
    known = {(key_of(p.forename), key_of(p.surname)) for p in roll.pupils}
    chance = random.Random(seed)
    while count:
        forename, surname = names.forename(chance), names.surname(chance)
        if (key_of(forename), key_of(surname)) not in known:
            count -= 1
            yield f"{forename} {surname}"
