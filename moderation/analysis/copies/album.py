"""Known pictures, and which of them another picture is a copy of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from moderation.analysis.copies.cosines import Indices, Words, distance
from moderation.analysis.copies.geometry import Fit, fit, mirror
from moderation.analysis.copies.pixels import Floats, values
from moderation.analysis.copies.points import Points
from moderation.analysis.copies.prints import (
    BLOCK_BITS,
    BLOCKS,
    SIDE,
    Look,
    Print,
    block_hashes,
    look,
)

Weights = NDArray[np.float64]

SAME_WHOLE = 60
"""Bits of 256 in which the hashes of two whole pictures that are the same may differ."""
_KEY_BITS = 16
_TABLES = (2, 8, 14, 20)
"""Which bit of a point's hash each table begins with."""
_CANDIDATES = 6
_LEAST_VOTES = 2
_TURNS = 16
"""Parts of a turn in which votes are counted; two neighbours count together."""
_CROWDED = 200
_BLOCK_ALIKE = 4
_ALIKE = 13


@dataclass(frozen=True, slots=True)
class _Proof:
    """What is enough to call a picture a copy: pairs of points, and blocks that are alike.

    The more pairs there are, the less of it must be alike: somebody wrote over it, or hid a part.
    Chosen so that of 600 pictures of ``python -m bench copies`` none is taken for another.
    """

    pairs: int
    blocks: int
    share: float


_PROOFS = (
    *(_Proof(8, 18, 0.5), _Proof(8, 12, 0.75), _Proof(22, 6, 0.5)),
    *(_Proof(60, 12, 0.43), _Proof(85, 12, 1 / 3)),
)


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A known picture that another one is a copy of.

    Args:
        number: of the known picture, in the order in which the album got them
        exact: all of it is the same; False where it was found by its points, as in a crop

    """

    number: int
    exact: bool


class Album:
    """Known pictures by their prints."""

    def __init__(self, prints: Iterable[Print]) -> None:
        """Keep the prints; they are sorted for searching when a picture is first looked up."""
        self._prints = tuple(prints)

    def __len__(self) -> int:
        return len(self._prints)

    def find(self, looks: Sequence[Look]) -> tuple[Copy, ...]:
        """Return the known pictures that these, frames of one picture, are copies of.

        Args:
            looks: see :func:`~moderation.analysis.copies.prints.look`

        """
        if not self._prints:
            return ()
        found: dict[int, bool] = {}
        for each in looks:
            for number in self._by_whole(each):
                found[number] = True
            for number in self._by_points(each):
                found.setdefault(number, False)
        return tuple(sorted(Copy(number, exact) for number, exact in found.items()))

    def find_in(self, data: bytes) -> tuple[Copy, ...]:
        """Return the known pictures that the picture in *data* is a copy of.

        Raises:
            ExtractionError: it cannot be decoded

        """
        return self.find(look(data))

    def _by_whole(self, each: Look) -> Iterable[int]:
        if each.kept.plain and len(each.wholes) == 8:
            return
        bits = distance(each.wholes[:, None, :], self._wholes[None, :, :]).min(axis=0)
        for number in np.flatnonzero(bits <= SAME_WHOLE):
            if not self._prints[number].plain:
                yield int(number)

    def _by_points(self, each: Look) -> Iterable[int]:
        points = each.points
        ways = (points, mirror(points, each.kept.width))
        pictures = (each.picture, each.picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        for way, number in self._candidates(ways):
            known = self._prints[number]
            found = fit(known.points, ways[way])
            if found is not None and _confirmed(known, found, pictures[way]):
                yield number

    def _candidates(self, ways: Sequence[Points]) -> Sequence[tuple[int, int]]:
        """Return the pictures with most points that are alike, by four looks into tables.

        Each has before it which of the *ways* to see the other picture it is alike.
        """
        count = len(self._prints)
        votes = np.concatenate([self._votes(points) for points in ways])
        best = np.argsort(-votes, kind="stable")[:_CANDIDATES]
        return [divmod(int(place), count) for place in best if votes[place] > 0]

    def _votes(self, points: Points) -> Weights:
        """Weigh for each known picture the points that it has in common with *points*.

        A point that is on many pictures, as one of a letter is, says little of any of them. Points
        of a copy are all turned by the same angle, so that only those that are count together (as
        in Jegou, Douze and Schmid, *Hamming embedding and weak geometric consistency*, 2008).
        """
        count = len(self._prints)
        pairs = np.concatenate([self._alike(points, t) for t in range(len(_TABLES))])
        mine, row = np.divmod(np.unique(pairs), len(self._hashes))
        owner = self._owners[row]
        weight = 1 / np.bincount(mine, minlength=1)[mine]
        turn = (points.angle[mine] - self._angles[row]) * (_TURNS / (2 * np.pi))
        place = owner * _TURNS + np.floor(turn).astype(np.intp) % _TURNS
        by_turn = np.bincount(place, weight, minlength=count * _TURNS).reshape(count, _TURNS)
        votes: Weights = (by_turn + np.roll(by_turn, 1, axis=1)).max(axis=1)
        votes[np.bincount(owner, minlength=count) < _LEAST_VOTES] = 0
        return votes

    def _alike(self, points: Points, table: int) -> Indices:
        """Return the pairs of a point and a known point that are alike, as one number."""
        starts, rows = self._tables[table]
        wanted = _keys(points.hashes, _TABLES[table])
        begin, count = starts[wanted], starts[wanted + 1] - starts[wanted]
        count[count > _CROWDED] = 0  # what is on many pictures tells none from another
        mine = np.repeat(np.arange(len(wanted)), count)
        place = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count)
        other = rows[begin[mine] + place]
        alike = np.bitwise_count(points.hashes[mine] ^ self._hashes[other]) <= _ALIKE
        made: Indices = mine[alike] * len(self._hashes) + other[alike]
        return made

    @cached_property
    def _wholes(self) -> Words:
        return np.stack([each.whole for each in self._prints])

    @cached_property
    def _hashes(self) -> Words:
        return np.concatenate([each.points.hashes for each in self._prints])

    @cached_property
    def _angles(self) -> Floats:
        return np.concatenate([each.points.angle for each in self._prints])

    @cached_property
    def _owners(self) -> Indices:
        counts = [len(each.points) for each in self._prints]
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def _tables(self) -> Sequence[tuple[Indices, Indices]]:
        """Return for each table where the points of each key begin, and the points by key."""
        tables = []
        for first in _TABLES:
            keys = _keys(self._hashes, first)
            counts = np.bincount(keys, minlength=1 << _KEY_BITS)
            starts = np.concatenate([[0], np.cumsum(counts)])
            tables.append((starts, np.argsort(keys, kind="stable")))
        return tables


def _keys(hashes: Words, first: int) -> Indices:
    keys = (hashes >> np.uint64(first)) & np.uint64((1 << _KEY_BITS) - 1)
    return keys.astype(np.intp)


def _confirmed(known: Print, found: Fit, seen: Image.Image) -> bool:
    """Say whether the picture really lies there: block by block it looks the same."""
    if found.pairs < _PROOFS[0].pairs:
        return False
    alike, blocks = _blocks_alike(known, found.matrix, seen)
    return any(
        found.pairs >= proof.pairs and alike >= max(proof.blocks, proof.share * blocks)
        for proof in _PROOFS
    )


def _blocks_alike(known: Print, matrix: Floats, seen: Image.Image) -> tuple[int, int]:
    """Count the blocks of the known picture that are alike, and those that can be seen."""
    across, down = known.width / SIDE, known.height / SIDE
    to_known = np.array([[across, 0, 0], [0, down, 0], [0, 0, 1]])
    whole = np.concatenate([matrix, [[0, 0, 1]]]) @ to_known
    reach = float(np.sqrt(abs(np.linalg.det(whole[:2, :2]))))
    soft = seen.filter(ImageFilter.BoxBlur(max(0.0, (reach - 1) / 2)))
    squared = soft.transform(
        (SIDE, SIDE), Image.Transform.AFFINE, tuple(whole[:2].ravel()), Image.Resampling.BILINEAR
    )
    edges = np.arange(BLOCKS + 1) * (SIDE / BLOCKS)
    corners = np.stack([*np.meshgrid(edges, edges), np.ones((BLOCKS + 1, BLOCKS + 1))], axis=-1)
    places = corners @ whole[:2].T
    inside = ((places >= -1) & (places <= np.array(seen.size) + 1)).all(axis=-1)
    shown = (inside[:-1, :-1] & inside[1:, 1:] & inside[:-1, 1:] & inside[1:, :-1]).ravel()
    flat = known.blocks >> np.uint16(BLOCK_BITS) > 0
    counted = shown & ~flat
    lowest = np.uint16((1 << BLOCK_BITS) - 1)
    apart = np.bitwise_count((block_hashes(values(squared)) ^ known.blocks) & lowest)
    return int((apart[counted] <= _BLOCK_ALIKE).sum()), int(counted.sum())
