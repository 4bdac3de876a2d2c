"""What may be a face is found first; the second look tells faces from the rest."""

import numpy as np
import pytest
from PIL import Image

from bench.vision_cutouts import photograph
from moderation.analysis.vision import look
from moderation.analysis.vision.boxes import Boxes, no_boxes, overlaps
from moderation.analysis.vision.search import Candidates, candidates

_FACE = np.array([[179, 60, 271, 176]], np.float32)


def _known(side: float, yunet: float, centerface: float) -> Candidates:
    edges = np.array([[0, 0, side, side]], np.float32)
    boxes = Boxes(
        scores=np.array([yunet], np.float32), edges=edges, points=np.zeros((1, 5, 2), np.float32)
    )
    return Candidates(
        boxes=boxes,
        yunet=np.array([yunet], np.float32),
        centerface=np.array([centerface], np.float32),
    )


def _evidence(side: float, yunet: float, centerface: float) -> float:
    return float(look.first_evidence(_known(side, yunet, centerface))[0])


def test_both_networks_see_a_face_and_say_so_of_the_same_candidate() -> None:
    found = candidates(photograph("astronaut.png"))
    (index,) = np.nonzero(overlaps(_FACE, found.boxes.edges)[0] > 0.4)[0]
    assert min(found.yunet[index], found.centerface[index]) > 0.6


def test_the_quick_search_asks_one_network() -> None:
    found = candidates(photograph("astronaut.png"), quick=True)
    assert found.yunet.max() > 0.6
    assert not found.centerface.any()


def test_a_neighbour_does_not_lend_its_score() -> None:
    found = candidates(photograph("astronaut.png"))
    apart = overlaps(_FACE, found.boxes.edges)[0] < 0.2
    assert found.yunet[apart].max(initial=0) < 0.6


def test_surer_networks_and_smaller_things_weigh_more() -> None:
    usual = _evidence(32, 0.5, 0.5)
    assert _evidence(32, 0.6, 0.5) > usual
    assert _evidence(32, 0.5, 0.6) > usual
    assert _evidence(64, 0.5, 0.5) < usual < _evidence(16, 0.5, 0.5)


def test_beyond_some_sizes_size_says_no_more() -> None:
    assert _evidence(200, 0.5, 0.5) == _evidence(800, 0.5, 0.5)
    assert _evidence(8, 0.5, 0.5) == _evidence(2, 0.5, 0.5)


def test_odds_of_what_is_certain_are_finite_and_even_chances_say_nothing() -> None:
    assert np.isfinite(look.odds(np.array([0.0, 1.0], np.float32))).all()
    assert look.odds(np.array([0.5], np.float32)).tolist() == [0.0]


def test_the_second_look_knows_a_face_from_a_wall() -> None:
    box = Boxes(scores=np.ones(1, np.float32), edges=_FACE, points=np.zeros((1, 5, 2), np.float32))
    assert look.ask(photograph("astronaut.png"), box).score > 0.6
    wall = look.ask(Image.new("RGB", (512, 512), "tan"), box)
    assert wall.score < 0.1


@pytest.mark.parametrize("score", [0.05, 0.95])
def test_no_candidates_are_no_faces(score: float) -> None:
    empty = np.zeros(0, np.float32)
    found = Candidates(boxes=no_boxes(), yunet=empty, centerface=empty)
    assert (len(look.first_evidence(found)), look.second_evidence(score) > 0) == (0, score > 0.5)


def test_scores_are_probabilities() -> None:
    found = look.faces(photograph("astronaut.png"))
    assert len(found) == 1
    assert 0.9 < float(found.scores[0]) <= 1
