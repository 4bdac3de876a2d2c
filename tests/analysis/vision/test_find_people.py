"""People are found by their faces in every kind of picture; composites say where the faces are."""

import io

import numpy as np
import pytest
from PIL import Image

from bench.vision import same
from bench.vision_cutouts import photograph
from moderation.analysis.vision import is_available
from moderation.analysis.vision.people import find_people
from moderation.model import ExtractionError, Face, Region, most_at_once

_HEAD = (150, 10, 300, 205)
_FACE = (28, 50, 121, 167)
_Scene = tuple[Image.Image, list[tuple[float, float, float, float]]]


def _scene(*places: tuple[int, int], tall: int = 195, size: tuple[int, int] = (640, 480)) -> _Scene:
    """Paste the astronaut's head, *tall* pixels high, at each place of a plain wall."""
    picture = Image.new("RGB", size, "lightsteelblue")
    cut = photograph("astronaut.png").crop(_HEAD)
    factor = tall / cut.height
    head = cut.resize((round(cut.width * factor), tall))
    faces = []
    for left, top in places:
        picture.paste(head, (left, top))
        x, y, right, bottom = (each * factor for each in _FACE)
        faces.append((left + x, top + y, left + right, top + bottom))
    return picture, faces


def _encoded(picture: Image.Image, kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def _found(people: tuple[Face, ...], faces: list[tuple[float, float, float, float]]) -> list[bool]:
    """Say of each face whether it is found, in order, and of each further box that it is none."""
    hits = [any(same(face, each) > 0.4 for each in people) for face in faces]
    return hits + [False] * (len(people) - len(faces))


def test_everybody_is_found_from_left_to_right() -> None:
    picture, faces = _scene((20, 100), (240, 200), (460, 60))
    people = find_people(_encoded(picture, "JPEG"))
    assert _found(people, faces) == [True, True, True]
    assert [face.region.left for face in people] == sorted(face.region.left for face in people)
    assert all(face.face_on and face.score > 0.7 for face in people)
    assert all(0.02 < face.share < 0.06 for face in people)


@pytest.mark.parametrize("name", ["brick.png", "chelsea.png", "coffee.png", "moon.png", "text.png"])
def test_nobody_is_found_where_nobody_is(name: str) -> None:
    assert find_people(photograph(name)) == ()


def test_a_face_in_profile_is_not_face_on() -> None:
    (face,) = find_people(photograph("camera.png"))
    assert not face.face_on


@pytest.mark.parametrize("tall", [26, 50, 120, 460])
def test_small_and_large_faces_are_found(tall: int) -> None:
    picture, faces = _scene((150, 5), tall=tall)
    assert _found(find_people(picture), faces) == [True]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *(("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "WEBP"), ("P", "PNG"), ("P", "GIF")),
        *(("RGBA", "PNG"), ("I;16", "PNG"), ("LA", "PNG")),
    ],
)
def test_pictures_of_every_mode_are_looked_at(mode: str, kind: str) -> None:
    picture, faces = _scene((60, 20), tall=110, size=(200, 150))
    if mode == "I;16":
        deep = np.asarray(picture.convert("L")).astype(np.uint16) * 200
        changed = Image.fromarray(deep)
    else:
        changed = picture.convert(mode)
    assert _found(find_people(_encoded(changed, kind)), faces) == [True]


def test_what_is_transparent_is_looked_at_as_on_a_white_page() -> None:
    picture, faces = _scene((60, 20), tall=110, size=(200, 150))
    picture.putalpha(255)
    assert _found(find_people(_encoded(picture, "WEBP", lossless=True)), faces) == [True]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_are_those_of_the_picture_as_it_is_displayed(orientation: int) -> None:
    picture, faces = _scene((20, 30), tall=100, size=(200, 150))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    stored = picture.transpose(back) if back is not None else picture
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert _found(find_people(_encoded(stored, "JPEG", exif=exif.tobytes())), faces) == [True]


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_a_picture_that_lies_on_its_side_is_turned(turn: Image.Transpose) -> None:
    picture, _ = _scene((110, 10), tall=60, size=(240, 180))
    (face,) = find_people(picture.transpose(turn))
    upright = find_people(picture)[0].region
    middle = (upright.left + upright.width / 2, upright.top + upright.height / 2)
    turned = {
        Image.Transpose.ROTATE_90: (middle[1], 240 - middle[0]),
        Image.Transpose.ROTATE_270: (180 - middle[1], middle[0]),
    }[turn]
    region = face.region
    assert abs(region.left + region.width / 2 - turned[0]) < 15
    assert abs(region.top + region.height / 2 - turned[1]) < 15


def test_a_picture_that_stands_on_its_head_is_turned() -> None:
    picture, _ = _scene((110, 10), tall=60, size=(240, 180))
    (face,) = find_people(picture.transpose(Image.Transpose.ROTATE_180))
    assert face.region.left < 110
    assert face.region.top > 90


def test_a_photo_of_many_pixels_is_given_in_its_own_pixels() -> None:
    picture, faces = _scene((300, 200), tall=195, size=(800, 600))
    large = picture.resize((4000, 3000))
    (face,) = find_people(_encoded(large, "JPEG"))
    left, top, right, bottom = faces[0]
    assert same((left * 5, top * 5, right * 5, bottom * 5), face) > 0.5


def test_both_ends_of_a_panorama_are_looked_at() -> None:
    picture, faces = _scene((30, 100), (2100, 120), (4700, 60), size=(5000, 400))
    assert _found(find_people(picture), faces) == [True, True, True]


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (16, 16), (900, 2), (2, 900)])
def test_tiny_pictures_are_looked_at_as_well(size: tuple[int, int]) -> None:
    assert find_people(Image.new("RGB", size, "red")) == ()


def test_a_tiny_portrait_is_enlarged() -> None:
    picture, faces = _scene((4, 2), tall=60, size=(56, 64))
    assert _found(find_people(picture), faces) == [True]


def test_a_face_in_any_frame_of_an_animation_is_found_and_counted_once_a_frame() -> None:
    wall, _ = _scene(size=(160, 100))
    one, _ = _scene((10, 10), tall=80, size=(160, 100))
    two, _ = _scene((10, 10), (90, 15), tall=80, size=(160, 100))
    frames = {"save_all": True, "append_images": [one, two], "duration": 200}
    people = find_people(_encoded(wall, "GIF", **frames))
    assert [face.frame for face in people] == [1, 2, 2]
    assert most_at_once(people) == 2


def test_a_long_animation_is_looked_at_from_end_to_end() -> None:
    still = [Image.new("RGB", (64, 64), (value, 9, 9)) for value in range(0, 250, 5)]
    last, _ = _scene((4, 2), tall=60, size=(64, 64))
    frames = {"save_all": True, "append_images": [*still[1:], last], "duration": 100}
    people = find_people(_encoded(still[0], "GIF", **frames))
    assert [face.frame for face in people] == [len(still)]


def test_the_second_picture_in_a_jpeg_is_not_shown_to_anybody_and_not_counted() -> None:
    wall, _ = _scene(size=(160, 100))
    person, _ = _scene((10, 10), tall=80, size=(160, 100))
    data = _encoded(wall, "MPO", save_all=True, append_images=[person])
    assert find_people(data) == ()


def test_results_depend_on_the_bytes_only() -> None:
    data = _encoded(_scene((10, 10), tall=80, size=(160, 100))[0], "JPEG")
    assert find_people(data) == find_people(data)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 and then nothing"])
def test_what_is_no_picture_is_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(ExtractionError, match="nobody could look for people in the picture"):
        find_people(data)


def test_a_picture_that_breaks_off_is_an_error() -> None:
    data = _encoded(_scene((20, 100))[0], "PNG")
    with pytest.raises(ExtractionError, match="export it again"):
        find_people(data[: len(data) // 2])


def test_nobody_is_counted_where_nobody_is() -> None:
    assert most_at_once(()) == 0


def test_a_face_says_where_it_is() -> None:
    region = Region(left=3, top=4, width=10, height=12)
    face = Face(region=region, score=0.8, face_on=True, share=0.1)
    place = face.place("photos/fete.jpg", 2)
    assert (str(place), place.region, str(region)) == (
        "photos/fete.jpg [person 2]",
        region,
        "10x12 at 3,4",
    )


def test_the_instruments_are_there() -> None:
    assert is_available()
