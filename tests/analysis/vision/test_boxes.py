"""Boxes are compared, joined and moved as arrays."""

import numpy as np

from moderation.analysis.vision.boxes import Boxes, best, joined, no_boxes, overlaps


def _boxes(*rows: tuple[float, float, float, float, float]) -> Boxes:
    values = np.array(rows, np.float32)
    return Boxes(
        scores=values[:, 0], edges=values[:, 1:], points=np.zeros((len(rows), 5, 2), np.float32)
    )


def test_overlap_is_what_both_share_of_what_both_cover() -> None:
    first = np.array([[0, 0, 10, 10]], np.float32)
    others = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30]], np.float32)
    assert np.allclose(overlaps(first, others), [[1, 1 / 3, 0]])


def test_the_best_of_each_face_is_kept_the_best_first() -> None:
    many = _boxes((0.5, 0, 0, 10, 10), (0.9, 1, 1, 11, 11), (0.7, 50, 50, 60, 60))
    assert np.allclose(best(many).scores, [0.9, 0.7])


def test_a_part_of_a_face_is_the_same_face() -> None:
    many = _boxes((0.9, 0, 0, 40, 40), (0.8, 5, 5, 15, 15))
    assert (len(best(many)), len(best(many, parts=True))) == (1, 2)


def test_nothing_stays_nothing() -> None:
    nothing = joined([no_boxes(), no_boxes()])
    assert (len(best(nothing)), overlaps(nothing.edges, nothing.edges).shape) == (0, (0, 0))


def test_boxes_are_enlarged_and_then_moved() -> None:
    moved = _boxes((0.5, 1, 2, 3, 4)).mapped(2, 10, 20)
    assert moved.edges.tolist() == [[12, 24, 16, 28]]
    assert moved.points[0, 0].tolist() == [10, 20]
