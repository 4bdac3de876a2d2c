"""Of an animation, however long, the frames that differ are looked at."""

import io

import numpy as np
import pytest
from PIL import Image

from bench.vision_cutouts import photograph
from moderation.analysis.animation import telling_frames
from moderation.analysis.vision.people import find_people


def _animation(frames: list[Image.Image], kind: str) -> bytes:
    out = io.BytesIO()
    # A lossy WebP would hold fewer frames than it was given.
    settings = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50, **settings)
    return out.getvalue()


def _chosen(data: bytes, most: int) -> list[int]:
    with Image.open(io.BytesIO(data)) as picture:
        return telling_frames(picture, most)


def _walls(count: int) -> list[Image.Image]:
    return [Image.new("RGB", (240, 240), (10 + 4 * number, 160, 200)) for number in range(count)]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
@pytest.mark.parametrize("where", [1, 17])
def test_who_is_shown_for_one_frame_of_many_is_found(kind: str, where: int) -> None:
    frames = _walls(20)
    frames[where] = photograph("astronaut.png").resize((240, 240))
    assert [face.frame for face in find_people(_animation(frames, kind))] == [where]


def test_frames_that_show_the_same_are_looked_at_once() -> None:
    frames = [Image.new("RGB", (64, 64), "white") for _ in range(9)]
    for number, frame in enumerate(frames):
        frame.putpixel((number, 5), (240, 240, 240))  # else the writer would leave them out
    frames[4] = Image.new("RGB", (64, 64), "navy")
    assert _chosen(_animation(frames, "PNG"), 8) == [0, 4]


def test_no_more_frames_are_chosen_than_asked_for_and_the_first_is_among_them() -> None:
    rng = np.random.default_rng(5)
    noise = [Image.fromarray(rng.integers(0, 256, (40, 40, 3), np.uint8)) for _ in range(12)]
    chosen = _chosen(_animation(noise, "PNG"), 5)
    assert (len(chosen), chosen[0], sorted(set(chosen))) == (5, 0, chosen)


def test_a_still_picture_and_a_jpeg_with_more_pictures_have_one_frame() -> None:
    two = [photograph("astronaut.png"), photograph("chelsea.png")]
    assert [_chosen(_animation(two, "MPO"), 8), _chosen(_animation(two[:1], "PNG"), 8)] == [[0]] * 2
