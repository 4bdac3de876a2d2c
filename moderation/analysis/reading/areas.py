"""Connected areas of a picture of yes and no, and the smallest rectangle about each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """Pixels that touch, as runs within rows.

    Args:
        rows: the row of each run
        starts: its first column
        ends: the column after its last

    """

    rows: Numbers
    starts: Numbers
    ends: Numbers

    @property
    def size(self) -> int:
        """Pixels."""
        return int((self.ends - self.starts).sum())

    def outline(self) -> Points:
        """Return both ends of each run, as x and y."""
        left = np.stack([self.starts, self.rows], axis=1)
        right = np.stack([self.ends - 1, self.rows], axis=1)
        return np.concatenate([left, right]).astype(np.float64)

    def points(self) -> Points:
        """Return every pixel, as x and y."""
        lengths = self.ends - self.starts
        rows = np.repeat(self.rows, lengths)
        before = np.repeat(np.cumsum(lengths) - lengths, lengths)
        columns = np.arange(len(rows)) - before + np.repeat(self.starts, lengths)
        return np.stack([columns, rows], axis=1).astype(np.float64)


def areas(bits: Bits) -> Iterator[Area]:
    """Yield the connected areas of *bits*, pixels at a corner included, the largest first."""
    rows, starts, ends = _runs(bits)
    if not len(rows):
        return
    owner = _joined(len(rows), *_touching(rows, starts, ends, bits.shape[1]))
    order = np.argsort(owner, kind="stable")
    bounds = np.nonzero(np.diff(owner[order]))[0] + 1
    groups = np.split(order, bounds)
    for group in sorted(groups, key=lambda each: -int((ends[each] - starts[each]).sum())):
        yield Area(rows[group], starts[group], ends[group])


def _runs(bits: Bits) -> tuple[Numbers, Numbers, Numbers]:
    height, width = bits.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = bits
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    return rows, starts, ends


def _touching(rows: Numbers, starts: Numbers, ends: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """Return the pairs of runs of neighbouring rows that touch."""
    wide = width + 2
    above_starts, above_ends = (rows + 1) * wide + starts, (rows + 1) * wide + ends
    first = np.searchsorted(above_ends, rows * wide + starts, side="left")
    last = np.searchsorted(above_starts, rows * wide + ends, side="right")
    counts = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    above = np.arange(len(below)) - before + np.repeat(first, counts)
    return below, above


def _joined(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each run the number of the area it belongs to."""
    owner = np.arange(count)
    while True:
        low = np.minimum(owner[one], owner[other])
        before = owner.copy()
        np.minimum.at(owner, owner[one], low)
        np.minimum.at(owner, owner[other], low)
        owner = owner[owner]
        if np.array_equal(owner, before):
            return owner


def smallest_rectangle(points: Points) -> tuple[Points, Points, float, float]:
    """Return middle, direction of the long side, and both sides of the smallest rectangle.

    The rectangle lies along an edge of the convex hull (H. Freeman and R. Shapira, 1975).
    """
    hull = _hull(points)
    edges = np.diff(np.concatenate([hull, hull[:1]]), axis=0)
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    along = edges[lengths > 0] / lengths[lengths > 0, None] if len(hull) > 1 else np.eye(2)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    first, second = hull @ along.T, hull @ across.T
    wide, high = np.ptp(first, axis=0), np.ptp(second, axis=0)
    best = int(np.argmin((wide + 1) * (high + 1)))
    middle = along[best] * (first[:, best].max() + first[:, best].min()) / 2
    middle = middle + across[best] * (second[:, best].max() + second[:, best].min()) / 2
    width, height = float(wide[best]) + 1, float(high[best]) + 1
    if width >= height:
        return middle, along[best], width, height
    return middle, across[best], height, width


def _hull(points: Points) -> Points:
    """Return the corners of the convex hull (A. M. Andrew's monotone chain, 1979)."""
    ordered = np.unique(points, axis=0)
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(points: Points) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for x, y in points.tolist():
        while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) <= 0:
            kept.pop()
        kept.append((x, y))
    return kept


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
