"""A picture that shows others is cut into them."""

import io

import numpy as np
from PIL import Image, ImageDraw

from moderation.analysis.copies.album import Album
from moderation.analysis.copies.panels import panels
from moderation.analysis.copies.pixels import values
from moderation.analysis.copies.prints import look, look_at


def noise(seed: int, size: tuple[int, int]) -> Image.Image:
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (9, 12)).astype(np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


def sheet() -> Image.Image:
    made = Image.new("L", (400, 300), "white")
    for number in range(4):
        place = (10 + 200 * (number % 2), 10 + 150 * (number // 2))
        made.paste(noise(number, (170, 120)), place)
    return made


def test_each_picture_of_a_sheet_is_a_panel() -> None:
    boxes = [(10, 10, 180, 130), (10, 160, 180, 280), (210, 10, 380, 130), (210, 160, 380, 280)]
    assert sorted(panels(values(sheet()))) == boxes


def test_a_picture_up_to_its_rims_has_no_panels() -> None:
    assert panels(values(noise(1, (400, 300)))) == ()
    assert panels(values(Image.new("L", (400, 300), "grey"))) == ()


def test_lines_of_writing_are_no_panels() -> None:
    page = Image.new("L", (300, 400), "white")
    for line in range(12):
        ImageDraw.Draw(page).text((20, 20 + 30 * line), "what a lovely day", "black", font_size=16)
    assert panels(values(page)) == ()


def test_pictures_on_a_sheet_are_found_by_their_panels() -> None:
    known = [look_at(noise(number, (400, 282))).kept for number in range(6)]
    out = io.BytesIO()
    sheet().resize((1200, 900)).save(out, "JPEG")
    found = Album(known).find(look(out.getvalue()))
    assert [copy.number for copy in found] == [0, 1, 2, 3]
