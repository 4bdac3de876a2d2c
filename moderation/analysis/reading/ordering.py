"""Lines of text in the order in which they are read: words to rows, rows to blocks."""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from moderation.analysis.reading.ribbons import Ribbon

_ALIKE_IN_ROW, _ALIKE_IN_BLOCK = 1.7, 2.2
"""How many times as tall one line may be as another that it goes on from."""
_GAP, _LAP = 1.3, -0.6
"""Blank between the parts of a row, in heights of the taller."""
_LEVEL = 0.45
_LEADING = 1.9
"""From middle to middle of the lines of a block, in their mean height."""
_PARALLEL = float(np.cos(np.radians(20)))


def blocks(ribbons: Sequence[Ribbon]) -> list[list[list[int]]]:
    """Return the numbers of *ribbons* as blocks of rows, from the upper left of the picture."""
    every = range(len(ribbons))
    rows = _joined(every, lambda a, b: _in_row(ribbons[a], ribbons[b]))
    found = _joined(range(len(rows)), lambda a, b: _in_block(ribbons, rows[a], rows[b]))
    made = [_ordered(ribbons, [rows[n] for n in block]) for block in found]
    return _downwards(made, [ribbons[block[0][0]] for block in made])


def _downwards(made: list[list[list[int]]], firsts: Sequence[Ribbon]) -> list[list[list[int]]]:
    """Return blocks from the top to the bottom, those that begin level from left to right."""
    level: list[tuple[float, float, int]] = []
    top = -np.inf
    for number in sorted(range(len(made)), key=lambda n: firsts[n].y):
        if firsts[number].y > top + _LEVEL * firsts[number].height:
            top = firsts[number].y
        level.append((float(top), firsts[number].x, number))
    return [made[number] for _, _, number in sorted(level)]


def _ordered(ribbons: Sequence[Ribbon], rows: list[list[int]]) -> list[list[int]]:
    """Put the rows of a block one below another, and the parts of each one after another."""
    first = max((n for row in rows for n in row), key=lambda n: ribbons[n].length)
    seen = {n: _from(ribbons[first], ribbons[n]) for row in rows for n in row}
    parts = [sorted(row, key=lambda n: seen[n][0]) for row in rows]
    return sorted(parts, key=lambda row: sum(seen[n][1] for n in row) / len(row))


def _from(one: Ribbon, other: Ribbon) -> tuple[float, float]:
    """Return how far along and across *one* the middle of the other lies."""
    cos, sin = np.cos(one.angle), np.sin(one.angle)
    x, y = other.x - one.x, other.y - one.y
    return x * cos + y * sin, y * cos - x * sin


def _alike(one: Ribbon, other: Ribbon, most: float) -> bool:
    """Say whether both run the same way and are about as tall."""
    tall, low = max(one.height, other.height), min(one.height, other.height)
    return bool(np.cos(one.angle - other.angle) > _PARALLEL) and tall <= most * low


def _in_row(one: Ribbon, other: Ribbon) -> bool:
    if not _alike(one, other, _ALIKE_IN_ROW):
        return False
    tall, low = max(one.height, other.height), min(one.height, other.height)
    along, across = _from(*sorted((one, other), key=lambda each: -each.length))
    gap = abs(along) - (one.length + other.length) / 2
    return abs(across) < _LEVEL * low and _LAP * tall < gap < _GAP * tall


def _in_block(ribbons: Sequence[Ribbon], row: list[int], below: list[int]) -> bool:
    return any(_is_below(ribbons[a], ribbons[b]) for a in row for b in below)


def _is_below(one: Ribbon, other: Ribbon) -> bool:
    if not _alike(one, other, _ALIKE_IN_BLOCK):
        return False
    along, across = _from(*sorted((one, other), key=lambda each: -each.length))
    beside = abs(along) - (one.length + other.length) / 2
    return beside < 0 and abs(across) < _LEADING * (one.height + other.height) / 2


def _joined(numbers: range, belongs: Callable[[int, int], bool]) -> list[list[int]]:
    """Return groups in which each member belongs to another."""
    owner = list(numbers)
    for a, b in combinations(numbers, 2):
        if belongs(a, b):
            low, high = sorted((owner[a], owner[b]))
            owner = [low if each == high else each for each in owner]
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(owner[number], []).append(number)
    return list(groups.values())
