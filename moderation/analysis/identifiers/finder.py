"""Find every identifier in a text, each place once, the most specific kind first."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module

import re2

from moderation.analysis.identifiers.gates import GATES, Gate
from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.reading import Reading, read

Finder = Callable[[Glance], Iterator[Identifier]]

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_AROUND = ".,;:"


@lru_cache(maxsize=8)
def find_identifiers(text: str) -> Sequence[Identifier]:
    """Find what identifies a person besides a name, from left to right, not overlapping.

    Args:
        text: as a reader sees it, without markup; any Unicode

    Returns:
        identifiers with offsets in *text*; where two kinds overlap the more specific one

    """
    reading = read(text)
    raw = reading.text.encode("ascii", "replace")
    found: list[Identifier] = []
    for gate in GATES:
        hits = [match.span() for match in _compiled(gate.pattern).finditer(raw)]
        if hits:
            found += _finder(gate)(Glance.at(reading.text, hits))
    return tuple(_written(each, reading) for each in _apart(found))


def _apart(found: list[Identifier]) -> list[Identifier]:
    """Keep the most specific kind where identifiers overlap, and of one kind the longest."""
    taken: list[tuple[int, int]] = []
    kept: list[Identifier] = []
    for each in sorted(found, key=_rank):
        at = bisect_left(taken, (each.end, 0))
        if at == 0 or taken[at - 1][1] <= each.start:
            taken.insert(at, (each.start, each.end))
            kept.append(each)
    return sorted(kept, key=_place)


@cache
def _compiled(pattern: str) -> "re2._Regexp[bytes]":
    """Compile a gate; each character is one byte, so its offsets are those of the text."""
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(pattern.encode("ascii"), options)


@cache
def _finder(gate: Gate) -> Finder:
    """Import the module of a gate where something stands in the text that it may find.

    Most pages need few of them, and their patterns take long to compile.
    """
    package = __name__.rpartition(".")[0]
    finder: Finder = getattr(import_module(f"{package}.{gate.module}"), gate.finder)
    return finder


def _rank(each: Identifier) -> tuple[int, int, int]:
    return _ORDER[each.kind], each.start - each.end, each.start


def _place(each: Identifier) -> int:
    return each.start


def _written(each: Identifier, reading: Reading) -> Identifier:
    """Put an identifier where it is written, without the signs that only surround it."""
    first, last, text = each.start, each.end, reading.text
    while last > first + 1 and text[last - 1] in _AROUND:
        last -= 1
    if text[first] == "(" and ")" not in text[first:last]:
        first += 1
    start, end = reading.span(first, last)
    return replace(each, start=start, end=end)
