"""Whether text may be in a picture is seen without reading it."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from moderation.analysis.reading.likeness import likely_parts, looks_like_text


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _written(tall: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    picture = Image.new("RGB", size, "#e8e4da")
    draw = ImageDraw.Draw(picture)
    draw.text((size[0] // 3, size[1] // 3), "Amelia Hartley", "#202030", font_size=tall)
    return picture


@pytest.mark.parametrize("tall", [24, 36, 60])
@pytest.mark.parametrize("degrees", [0, 90, 6])
def test_a_line_of_text_looks_like_text(tall: int, degrees: int) -> None:
    turned = _written(tall).rotate(
        degrees, expand=True, fillcolor="#e8e4da", resample=Image.Resampling.BICUBIC
    )
    assert looks_like_text(_saved(turned))


def test_plain_things_do_not() -> None:
    picture = Image.new("RGB", (900, 600), "skyblue")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 300, 500, 560), "brown", "black", 6)
    draw.ellipse((500, 40, 700, 240), "yellow")
    for x in range(100, 500, 14):
        draw.line((x, 80, x, 260), "white", 5)
    assert not looks_like_text(_saved(picture))


def test_grain_does_not() -> None:
    values = np.random.default_rng(3).normal(128, 30, (400, 600, 3))
    assert not looks_like_text(_saved(Image.fromarray(values.clip(0, 255).astype(np.uint8))))


def test_a_picture_of_a_few_pixels_does_not() -> None:
    assert not looks_like_text(_saved(Image.new("RGB", (9, 9))))


def test_the_part_with_the_text_is_looked_at_in_full() -> None:
    picture = _written(30, (4000, 3000))
    (part,) = likely_parts(picture, 640, 1)
    left, top, right, bottom = part
    assert left <= 1333 < right
    assert top <= 1010 < bottom
    assert likely_parts(Image.new("RGB", (4000, 3000)), 640, 5) == []
