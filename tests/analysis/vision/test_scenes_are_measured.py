"""The benchmark measures what it says, and the figures hold on a sample of its scenes."""

import numpy as np
import pytest

from bench.vision import Figures, recall, same, shared
from bench.vision_cutouts import person, photograph
from bench.vision_peers import former, one_look
from bench.vision_scenes import Scene, empty, peopled
from bench.vision_train import fitted
from moderation.analysis.vision.people import find_people
from moderation.model import Face, Region

_NOBODY = Figures(found=0, there=0, flagged=0, exact=1, scenes=1)


@pytest.mark.slow
def test_faces_are_found_and_empty_scenes_are_not_flagged() -> None:
    large, small = recall(peopled(6, 32, 200, seed=5)), recall(peopled(6, 16, 32, seed=5))
    assert large.found / large.there >= 0.95
    assert small.found / small.there >= 0.9
    assert (large.flagged, small.flagged) == (6, 6)
    assert sum(bool(find_people(scene.picture)) for scene in empty(8, seed=6)) <= 1


@pytest.mark.parametrize("find", [former, one_look])
def test_the_peers_see_a_face_and_none_where_none_is(find: "object") -> None:
    assert callable(find)
    (scene,) = peopled(1, 60, 90, seed=3)
    assert any(shared(scene.faces[0], each) > 0.3 for each in find(scene))
    assert not find(Scene(name="brick", picture=photograph("brick.png"), faces=()))


def test_a_scene_without_people_counts_nothing() -> None:
    scene = Scene(name="coffee", picture=photograph("coffee.png"), faces=())
    assert recall([scene]) == _NOBODY


def test_boxes_share_what_lies_in_both() -> None:
    seen = Face(
        region=Region(left=0, top=0, width=10, height=10), score=0.9, face_on=True, share=0.1
    )
    assert [same(box, seen) for box in ((0, 0, 10, 10), (20, 20, 30, 30))] == [1.0, 0.0]


@pytest.mark.parametrize("tall", [10.0, 25.0, 90.0])
def test_somebody_cut_out_has_a_face_of_the_size_that_was_asked_for(tall: float) -> None:
    who = person(tall, np.random.default_rng(4))
    assert who.face[3] - who.face[1] == pytest.approx(tall)
    assert who.picture.height > 1.5 * tall


def test_the_weights_are_those_that_made_the_labels() -> None:
    rng = np.random.default_rng(2)
    scores, offsets = rng.normal(0, 2, (4000, 3)), rng.normal(0, 1, 4000)
    chance = 1 / (1 + np.exp(-(scores @ [0.5, 0.3, 1.5] + offsets - 1)))
    labels = (rng.random(4000) < chance).astype(np.float64)
    assert fitted(scores, offsets, labels) == pytest.approx([0.5, 0.3, 1.5, -1], abs=0.2)
