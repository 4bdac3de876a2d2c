"""The benchmark measures what it says, and the figures hold on a sample of its scenes."""

import pytest

from bench.vision import recall, same
from bench.vision_scenes import Scene, empty, peopled, photograph
from moderation.analysis.vision.people import find_people
from moderation.model import Face, Region


@pytest.mark.slow
def test_large_faces_are_found_and_empty_scenes_are_not_flagged() -> None:
    found, there, flagged, exact = recall(peopled(6, 40, 200, seed=5))
    assert found / there >= 0.9
    assert (flagged, exact >= 4) == (6, True)
    assert sum(bool(find_people(scene.picture)) for scene in empty(6, seed=6)) <= 1


def test_a_scene_without_people_counts_nothing() -> None:
    scene = Scene(name="coffee", picture=photograph("coffee.png"), faces=())
    assert recall([scene]) == (0, 0, 0, 1)


def test_boxes_share_what_lies_in_both() -> None:
    seen = Face(
        region=Region(left=0, top=0, width=10, height=10), score=0.9, face_on=True, share=0.1
    )
    assert [same(box, seen) for box in ((0, 0, 10, 10), (20, 20, 30, 30))] == [1.0, 0.0]
