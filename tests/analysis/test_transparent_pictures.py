"""What transparent parts of a picture hide is seen, and whoever was rubbed out is taken out."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from bench.vision_cutouts import photograph
from moderation.analysis.reading.sheets import sheets
from moderation.analysis.repair.clean import clean_picture
from moderation.analysis.transparency import contrasting, hidden_colours, is_transparent, on_page
from moderation.analysis.vision.people import find_people
from moderation.pipeline.confined import call, tasks
from moderation.policy import default_policy

_FACE = (150, 40, 300, 200)


def _encoded(picture: Image.Image, kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def _rubbed_out(alpha: int = 0) -> Image.Image:
    """Return the astronaut with her face made transparent, as rubbers of editors do."""
    whole = photograph("astronaut.png").convert("RGBA")
    opacity = Image.new("L", whole.size, 255)
    opacity.paste(alpha, _FACE)
    whole.putalpha(opacity)
    return whole


def _shown(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return on_page(picture).tobytes()


@pytest.mark.parametrize(
    ("kind", "settings", "alpha"),
    [("PNG", {}, 0), ("WEBP", {"lossless": True, "exact": True}, 5)],
)
def test_who_was_rubbed_out_is_found_and_is_gone_once_cleaned(
    kind: str, settings: dict[str, object], alpha: int
) -> None:
    data = _encoded(_rubbed_out(alpha), kind, **settings)
    assert len(find_people(data)) == 1
    clean = clean_picture(data)
    assert find_people(clean) == ()
    with Image.open(io.BytesIO(clean)) as picture:
        assert find_people(picture.convert("RGB")) == ()
        assert picture.convert("RGBA").getchannel("A").getextrema() == (0, 255)
    apart = np.frombuffer(_shown(clean), np.uint8).astype(int) - np.frombuffer(
        _shown(data), np.uint8
    )
    assert int(np.abs(apart).max()) <= alpha
    assert clean_picture(clean) == clean


def test_the_copyright_of_a_picture_stays_when_the_rubbed_out_go() -> None:
    exif = Image.Exif()
    exif[0x8298] = "Copyright Maple Lane School"
    exif[0x010F] = "Camera of a parent"
    clean = clean_picture(_encoded(_rubbed_out(), "PNG", exif=exif.tobytes()))
    with Image.open(io.BytesIO(clean)) as picture:
        assert dict(picture.getexif()) == {0x8298: "Copyright Maple Lane School"}


def test_colours_under_transparent_parts_stay_where_they_show_nobody() -> None:
    cat = photograph("chelsea.png").convert("RGBA")
    cat.putalpha(0)
    with Image.open(io.BytesIO(clean_picture(_encoded(cat, "PNG")))) as picture:
        assert picture.convert("RGBA").tobytes() == cat.tobytes()


def test_who_is_seen_before_and_beneath_is_counted_once() -> None:
    picture = photograph("astronaut.png").convert("RGBA")
    opacity = Image.new("L", picture.size, 255)
    opacity.paste(0, (300, 300, 500, 500))
    picture.putalpha(opacity)
    assert len(find_people(_encoded(picture, "PNG"))) == 1


def test_a_picture_too_large_to_be_decoded_is_not_looked_at_when_it_is_cleaned() -> None:
    data = _encoded(_rubbed_out(), "PNG")
    small = replace(default_policy().limits, image_pixels=9)
    assert _shown(clean_picture(data, limits=small)) == _shown(data)


def test_a_few_or_even_colours_hide_nothing() -> None:
    even = Image.new("RGBA", (60, 60), (200, 30, 30, 0))
    few = Image.new("RGBA", (60, 60), "white")
    for at in range(20):
        few.putpixel((at, at), (at * 12, 0, 0, 0))
    found = [hidden_colours(each, 100) for each in (even, few, even.convert("RGB"))]
    assert found == [None, None, None]


def test_a_large_picture_is_looked_at_small_without_mixing_its_colours() -> None:
    below = hidden_colours(_rubbed_out(), 256)
    assert below is not None
    assert (below.size, below.mode) == ((256, 256), "RGB")
    assert below.getpixel((110, 60)) == photograph("astronaut.png").getpixel((221, 121))


@pytest.mark.parametrize("colour", ["white", "black", "red", "lightyellow"])
def test_letters_on_nothing_are_read_whatever_their_colour(colour: str) -> None:
    picture = Image.new("RGBA", (400, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text(
        (20, 40), "Amelia Hartley", fill=colour, font=ImageFont.load_default(size=34)
    )
    data = _encoded(picture, "PNG")
    assert [line.text for line in call(tasks.read_lines, data)] == ["Amelia Hartley"]


def test_most_pictures_are_read_before_white() -> None:
    dark = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    dark.paste((20, 20, 20, 255), (5, 5, 20, 20))
    pale = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    pale.paste((250, 250, 250, 255), (5, 5, 20, 20))
    both = dark.copy()
    both.paste((250, 250, 250, 255), (21, 21, 38, 38))
    whole = Image.new("RGBA", (40, 40), "white")
    empty = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    grounds = [contrasting(each) for each in (dark, pale, both, whole, empty, pale.convert("L"))]
    assert grounds == [255, 0, 110, 255, 255, 255]


def test_sixteen_bits_are_taken_from_the_darkest_to_the_brightest() -> None:
    deep = Image.fromarray(np.array([[100, 600, 1100]], np.uint16))
    deep.info["transparency"] = 100
    assert not is_transparent(deep)
    assert hidden_colours(deep, 100) is None
    assert [each[0] for each in np.asarray(on_page(deep))[0]] == [0, 127, 255]
    (sheet,) = sheets(_encoded(deep.resize((60, 60)), "PNG"))
    assert sheet.picture.getextrema() == ((0, 255),) * 3
