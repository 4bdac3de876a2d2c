"""Does one picture lie in another? By points that are alike and lie alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.analysis.copies.cosines import Indices, mirrored
from moderation.analysis.copies.pixels import Floats
from moderation.analysis.copies.points import BITS, Points

ALIKE = 17
"""Bits of 64 in which the patches around two points that are the same may differ."""
_NUMBER_BITS = 10
_NUMBERS, _FARTHEST = np.uint16((1 << _NUMBER_BITS) - 1), np.uint16(63)
_MOST_PAIRS = 128
_PROPOSERS = 48
"""So many pairs, the most alike, propose where the picture lies."""
_ROUGH, _FINE = 14.0, 5.0
_SIZES, _ANGLES = 0.45, 0.5
_ROUNDS = 3
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Fit:
    """How a known picture lies in another.

    Args:
        matrix: two rows of three; takes x, y, 1 of the known picture to x, y of the other
        pairs: points that are alike and lie so
        at: where these points are in the known picture
        seen: where they are in the other

    """

    matrix: Floats
    pairs: int
    at: Floats
    seen: Floats


def mirror(points: Points, width: int) -> Points:
    """Return the points of the same picture in a mirror beside it."""
    at = points.at * np.array([-1, 1], np.float32) + np.array([width, 0], np.float32)
    angle = (np.pi - points.angle).astype(np.float32)
    return Points(at, points.size, angle, points.hashes ^ mirrored(BITS)[0])


def fit(known: Points, other: Points) -> Fit | None:
    """Find the place of the known picture in the other one; None where it is not in it."""
    if not len(known) or not len(other):
        return None
    first, second = _pairs(known, other)
    if len(first) < _LEAST:
        return None
    at, seen = known.at[first], other.at[second]
    ratio = np.log2(other.size[second] / known.size[first])
    turn = other.angle[second] - known.angle[first]
    inside = _agreeing(at, seen, ratio, turn)
    matrix = None
    for tolerance in np.linspace(_ROUGH, _FINE, _ROUNDS):
        if inside.sum() < _LEAST:
            return None
        matrix = _solved(at[inside], seen[inside])
        inside = _away(matrix, at, seen) < tolerance
    if matrix is None or not _is_plausible(matrix) or inside.sum() < _LEAST:
        return None
    count = min(len(np.unique(first[inside])), len(np.unique(second[inside])))
    return Fit(matrix, count, at[inside], seen[inside])


def _pairs(known: Points, other: Points) -> tuple[Indices, Indices]:
    """Pair each point with the most alike of the other picture, if they are alike enough."""
    rows = np.arange(len(known), dtype=np.uint16)
    columns = np.arange(len(other), dtype=np.uint16)
    bits = np.bitwise_count(known.hashes[:, None] ^ other.hashes[None, :]).astype(np.uint16)
    # With the number of the point behind the distance one minimum tells both, in half the time.
    bits = np.minimum(bits, _FARTHEST) << np.uint16(_NUMBER_BITS)
    there = (bits | columns).min(axis=1) & _NUMBERS
    back = (bits | rows[:, None]).min(axis=0) & _NUMBERS
    first = np.concatenate([rows, back]).astype(np.intp)
    second = np.concatenate([there, columns]).astype(np.intp)
    apart = bits[first, second] >> np.uint16(_NUMBER_BITS)
    near = np.flatnonzero(apart <= ALIKE)
    best = near[np.argsort(apart[near], kind="stable")]
    pairs = first[best] * len(back) + second[best]
    chosen = best[np.sort(np.unique(pairs, return_index=True)[1])[:_MOST_PAIRS]]
    return first[chosen], second[chosen]


def _agreeing(at: Floats, seen: Floats, ratio: Floats, turn: Floats) -> NDArray[np.bool_]:
    """Let each pair propose where the picture lies; return the pairs that agree with the best."""
    first = slice(0, _PROPOSERS)
    factor = np.exp2(ratio[first])[:, None]
    across, down = factor * np.cos(turn[first, None]), factor * np.sin(turn[first, None])
    moved_x, moved_y = at[None, :, 0] - at[first, None, 0], at[None, :, 1] - at[first, None, 1]
    x = across * moved_x - down * moved_y + (seen[first, None, 0] - seen[None, :, 0])
    y = down * moved_x + across * moved_y + (seen[first, None, 1] - seen[None, :, 1])
    # A point's own direction is good to some degrees: far from it the place is less sure.
    allowed = _ROUGH + 0.12 * factor * np.sqrt(moved_x * moved_x + moved_y * moved_y)
    turned = np.abs((turn[None, :] - turn[first, None] + np.pi) % (2 * np.pi) - np.pi)
    agree = (x * x + y * y < allowed * allowed) & (turned < _ANGLES)
    agree &= np.abs(ratio[None, :] - ratio[first, None]) < _SIZES
    best: NDArray[np.bool_] = agree[int(agree.sum(axis=1).argmax())]
    return best


def _solved(at: Floats, seen: Floats) -> Floats:
    """Return the turned, scaled and moved (with few points) or the free linear map between them."""
    if len(at) < 8:
        return _similar(at, seen)
    known = np.concatenate([at, np.ones((len(at), 1), np.float32)], axis=1)
    made: Floats = np.linalg.lstsq(known, seen, rcond=None)[0].T.astype(np.float32)
    return made


def _similar(at: Floats, seen: Floats) -> Floats:
    middle, other = at.mean(axis=0), seen.mean(axis=0)
    first = (at - middle) @ np.array([1, 1j])
    second = (seen - other) @ np.array([1, 1j])
    turn = (second * first.conj()).sum() / max(float((np.abs(first) ** 2).sum()), 1e-6)
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.concatenate([linear, (other - linear @ middle)[:, None]], axis=1).astype(np.float32)


def _away(matrix: Floats, at: Floats, seen: Floats) -> Floats:
    placed = at @ matrix[:, :2].T + matrix[:, 2]
    made: Floats = np.hypot(*(placed - seen).T)
    return made


def _is_plausible(matrix: Floats) -> bool:
    """Refuse maps that fold, flatten or shrink a picture beyond what anybody does to one."""
    large, small = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return bool(
        small > 0.15 and large < 7 and large / small < 1.8 and np.linalg.det(matrix[:, :2]) > 0
    )
