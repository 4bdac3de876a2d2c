"""A face that is hidden is covered for good, wherever it was kept."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from bench.repair_files import ORIENTATION, drawn, exif, seeded
from bench.vision_cutouts import photograph
from moderation.analysis.repair.hide import covered_region, hide_faces
from moderation.analysis.repair.numbers import numbered
from moderation.analysis.vision.people import find_people
from moderation.extract import extract
from moderation.model import ExtractionError, Face, Region
from moderation.policy import default_policy

FILL = (70, 70, 70)


def face(left: int, top: int, width: int, height: int) -> Face:
    region = Region(left=left, top=top, width=width, height=height)
    return Face(region=region, score=0.9, face_on=True, share=0.1)


def nobody(data: bytes) -> Sequence[Face]:
    return ()


def saved(kind: str, mode: str, **settings: object) -> bytes:
    out = io.BytesIO()
    drawn(mode).resize((100, 60)).save(out, kind, **settings)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P")),
        *(("PNG", "I;16"), ("PNG", "LA"), ("WEBP", "RGBA"), ("GIF", "P"), ("AVIF", "RGB")),
    ],
)
def test_a_solid_fill_covers_the_face_and_a_margin(kind: str, mode: str) -> None:
    hidden = hide_faces(saved(kind, mode), [face(40, 20, 20, 20)], nobody)
    with Image.open(io.BytesIO(hidden)) as picture:
        box = (37, 17, 63, 43) if kind not in ("JPEG", "AVIF") else (48, 24, 56, 36)
        seen = picture.convert("RGB").crop(box)
        alpha = picture.convert("RGBA").getchannel("A").crop(box)
        colours = {colour for _, colour in seen.getcolors(10_000) or ()}
        assert all(abs(value - 70) < 12 for colour in colours for value in colour)  # type: ignore[union-attr]
        assert alpha.getextrema() == (255, 255)
        assert picture.size == (100, 60)
    assert extract("a", hidden).parts == ()


def test_the_box_is_one_of_the_picture_as_it_is_displayed() -> None:
    block = exif(seeded(3), 6, notice=True)
    hidden = hide_faces(saved("PNG", "RGB", exif=block), [face(10, 70, 20, 20)], nobody)
    with Image.open(io.BytesIO(hidden)) as picture:
        assert (picture.size, picture.getexif().get(ORIENTATION, 1)) == ((60, 100), 1)
        assert picture.convert("RGB").getpixel((20, 80)) == FILL
        assert picture.convert("RGB").getpixel((20, 30)) != FILL
    assert extract("a", hidden).parts == ()


def test_every_frame_of_an_animation_is_covered() -> None:
    frames = [drawn("RGB", seed).resize((60, 40)) for seed in (1, 2, 3)]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=50)
    hidden = hide_faces(out.getvalue(), [face(20, 10, 10, 10)], nobody)
    with Image.open(io.BytesIO(hidden)) as picture:
        for number in range(3):
            picture.seek(number)
            assert picture.convert("RGB").getpixel((25, 15)) == FILL


def test_a_face_that_is_still_found_is_an_error() -> None:
    def stubborn(data: bytes) -> Sequence[Face]:
        return [face(41, 21, 18, 18)]

    with pytest.raises(ExtractionError, match="1 of the faces can still be seen"):
        hide_faces(saved("PNG", "RGB"), [face(40, 20, 20, 20)], stubborn)

    def another(data: bytes) -> Sequence[Face]:
        return [face(0, 0, 18, 18)]

    assert hide_faces(saved("PNG", "RGB"), [face(40, 20, 20, 20)], another)


def test_the_margin_ends_at_the_edge() -> None:
    cut = covered_region(Region(left=2, top=50, width=20, height=20), (100, 60))
    assert cut == Region(left=0, top=47, width=25, height=13)
    with pytest.raises(ExtractionError, match="outside the picture"):
        covered_region(Region(left=200, top=2, width=9, height=9), (100, 60))


def test_boxes_are_drawn_with_their_numbers() -> None:
    faces = [face(10, 10, 20, 20), face(60, 10, 20, 20)]
    shown = numbered(saved("PNG", "L"), faces, default_policy().limits)
    with Image.open(io.BytesIO(shown)) as picture:
        red, green, blue = picture.convert("RGB").getpixel((79, 20))  # type: ignore[misc]
    assert red > green + 60 > blue


def _walking(kind: str) -> bytes:
    """Return an animation in which somebody walks past."""
    head = photograph("astronaut.png").crop((150, 10, 300, 205))
    frames = [Image.new("RGB", (480, 260), "lightsteelblue") for _ in range(7)]
    for number, frame in enumerate(frames):
        frame.paste(head, (number * 50, 30))
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_whoever_walks_out_of_what_was_covered_is_an_error(kind: str) -> None:
    with pytest.raises(ExtractionError, match=r"faces can still be seen|the picture moves, and"):
        hide_faces(_walking(kind), [face(28, 80, 93, 117)], find_people)


def test_whoever_walks_is_hidden_where_all_of_the_way_is_covered() -> None:
    hidden = hide_faces(_walking("PNG"), [face(0, 30, 480, 195)], find_people)
    assert find_people(hidden) == ()


def test_nothing_is_left_under_what_is_transparent() -> None:
    picture = photograph("astronaut.png").convert("RGBA")
    picture.putalpha(0)
    out = io.BytesIO()
    picture.save(out, "PNG")
    with Image.open(io.BytesIO(hide_faces(out.getvalue(), [face(0, 0, 20, 20)], nobody))) as hidden:
        assert hidden.getextrema() == ((0, 70),) * 3 + ((0, 255),)
