"""Boxes around what a network takes for faces, as arrays."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from moderation.analysis.vision.network import Floats

_WITHIN = 0.75
_TINY = np.float32(1e-6)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Boxes:
    """Candidates, the best first or in no order.

    Args:
        scores: of n candidates, between 0 and 1
        edges: n by 4: left, top, right, bottom in pixels
        points: n by 5 by 2: the eye at the left of the picture, the other eye, the nose and both
            corners of the mouth, in pixels from the left and the top

    """

    scores: Floats
    edges: Floats
    points: Floats

    def __len__(self) -> int:
        return len(self.scores)

    def chosen(self, index: "np.typing.NDArray[np.intp] | np.typing.NDArray[np.bool_]") -> "Boxes":
        """Return the candidates at *index*, in its order."""
        return Boxes(scores=self.scores[index], edges=self.edges[index], points=self.points[index])

    def mapped(self, factor: float, left: float = 0.0, top: float = 0.0) -> "Boxes":
        """Return them enlarged by *factor*, then moved to the right and down."""
        shift = np.array([left, top], np.float32)
        return Boxes(
            scores=self.scores,
            edges=self.edges * np.float32(factor) + np.tile(shift, 2),
            points=self.points * np.float32(factor) + shift,
        )


def no_boxes() -> Boxes:
    """Return no candidates."""
    return Boxes(
        scores=np.zeros(0, np.float32),
        edges=np.zeros((0, 4), np.float32),
        points=np.zeros((0, 5, 2), np.float32),
    )


def joined(many: Iterable[Boxes]) -> Boxes:
    """Return all candidates of several lists, in order."""
    parts = (no_boxes(), *many)
    return Boxes(
        scores=np.concatenate([part.scores for part in parts]),
        edges=np.concatenate([part.edges for part in parts]),
        points=np.concatenate([part.points for part in parts]),
    )


def best(boxes: Boxes, overlap: float = 0.4, *, parts: bool = False) -> Boxes:
    """Keep the best of candidates that cover one another, the best first.

    Args:
        boxes: candidates in any order
        overlap: intersection over union from which on two are one
        parts: keep what lies within another; else it is the same face, of which a part was seen

    """
    order = np.argsort(-boxes.scores, kind="stable")
    kept: list[int] = []
    shared, areas = _shared(boxes.edges, boxes.edges), _areas(boxes.edges)
    within = shared / np.maximum(np.minimum(areas[:, None], areas[None, :]), _TINY)
    same = (overlaps(boxes.edges, boxes.edges) >= overlap) | ((within >= _WITHIN) & (not parts))
    for index in order:
        if not same[index, kept].any():
            kept.append(int(index))
    return boxes.chosen(np.array(kept, np.intp))


def overlaps(first: Floats, second: Floats) -> Floats:
    """Return how much of each pair of boxes both share: intersection over union, n by m."""
    shared = _shared(first, second)
    union = _areas(first)[:, None] + _areas(second)[None, :] - shared
    result: Floats = shared / np.maximum(union, _TINY)
    return result


def _shared(first: Floats, second: Floats) -> Floats:
    upper = np.minimum(first[:, None, 2:], second[None, :, 2:])
    lower = np.maximum(first[:, None, :2], second[None, :, :2])
    shared: Floats = np.prod(np.clip(upper - lower, 0, None), axis=2)
    return shared


def _areas(edges: Floats) -> Floats:
    areas: Floats = np.prod(np.clip(edges[:, 2:] - edges[:, :2], 0, None), axis=1)
    return areas
