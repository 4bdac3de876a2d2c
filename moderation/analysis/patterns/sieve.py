"""Tell which patterns a sentence can match, from the words it holds, before it is read closely."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ahocorasick_rs


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What each pattern needs, as bits: one for each need.

    Args:
        automaton: finds words, beginnings of words and phrases in the line of a sentence
        kinds: for each key of the automaton, which of the *bits* it has
        bits: the needs that a key meets
        opens: for each of the *bits*, the patterns whose rarest need is among them
        wanted: for each pattern, all its needs
        always: the patterns that need nothing

    """

    automaton: ahocorasick_rs.BytesAhoCorasick
    kinds: Sequence[int]
    bits: Sequence[int]
    opens: Sequence[Sequence[int]]
    wanted: Sequence[int]
    always: Sequence[int]

    def possible(self, line: str) -> list[int]:
        """Return the patterns, ascending, that a sentence may match; no other can.

        Args:
            line: its words in lower case, a space before and after each

        """
        if not line.isascii():
            return list(range(len(self.wanted)))  # the reader has its own way with such words
        found = self.automaton.find_matches_as_indexes(line.encode(), overlapping=True)
        kinds = {self.kinds[key] for key, _, _ in found}
        chosen = set(self.always).union(*[self.opens[kind] for kind in kinds])
        if not chosen:
            return []
        met = reduce(or_, [self.bits[kind] for kind in kinds], 0)
        return sorted(index for index in chosen if self.wanted[index] & met == self.wanted[index])


def make_sieve(
    needs: Sequence[str],
    wanted: Sequence[Sequence[int]],
    classes: Mapping[str, Sequence[str]],
) -> Sieve:
    """Put a sieve together.

    Args:
        needs: each a choice, one a line: phrases, beginnings with ``*``, classes in braces
        wanted: for each pattern its needs by number, the rarest first
        classes: the words and phrases of each

    """
    met: dict[str, list[int]] = defaultdict(list)
    by_class: dict[str, list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        for choice in need.split("\n"):
            (by_class if choice[0] == "{" else met)[choice].append(number)
    for name, numbers in by_class.items():
        for word in classes[name[1:-1]]:
            met[word] += numbers
    first: dict[int, list[int]] = defaultdict(list)
    for index, numbers_of in enumerate(wanted):
        first[numbers_of[0] if numbers_of else -1].append(index)
    kinds: dict[tuple[int, ...], int] = {}
    kind_of = [kinds.setdefault(tuple(numbers), len(kinds)) for numbers in met.values()]
    return Sieve(
        automaton=ahocorasick_rs.BytesAhoCorasick([_key(word) for word in met]),
        kinds=kind_of,
        bits=[_mask(numbers) for numbers in kinds],
        opens=[tuple(i for n in numbers if n in first for i in first[n]) for numbers in kinds],
        wanted=[_mask(numbers) for numbers in wanted],
        always=first[-1],
    )


def _mask(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _key(word: str) -> bytes:
    return f" {word[:-1]}".encode() if word[-1] == "*" else f" {word} ".encode()
