"""A small copy that shows another picture than the one it lies in is told."""

import io

import pytest
from PIL import Image, ImageEnhance

from bench.repair_files import drawn, segment
from moderation import Asset, check_files
from moderation.extract.small_copies import shows_another


def photo() -> Image.Image:
    return drawn("RGB", 6).resize((640, 480))


def jpeg(picture: Image.Image, **settings: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **settings)
    return out.getvalue()


def small(picture: Image.Image) -> bytes:
    return jpeg(picture.resize((160, 120)), quality=60)


def with_bars(picture: Image.Image) -> bytes:
    whole = Image.new("RGB", (160, 120))
    whole.paste(picture.resize((160, 90)), (0, 15))
    return jpeg(whole)


SAME = {
    "smaller": small(photo()),
    "with black bars": with_bars(photo()),
    "on its side": small(photo().rotate(90, expand=True).resize((480, 640))),
    "brighter": small(ImageEnhance.Brightness(photo()).enhance(1.2)),
    "the middle, square": jpeg(photo().crop((80, 0, 560, 480)).resize((96, 96))),
    "unreadable": b"\xff\xd8\xff",
}
OTHER = {
    "before it was cropped": small(drawn("RGB", 6).resize((960, 720))),
    "another picture": small(drawn("RGB", 9)),
    "too large to be a small copy": jpeg(photo().resize((2400, 1800))),
    "black": jpeg(Image.new("L", (160, 120))),
}


@pytest.mark.parametrize("name", SAME)
def test_a_view_of_the_same_picture_is_not_told(name: str) -> None:
    assert not shows_another(photo(), SAME[name])


@pytest.mark.parametrize("name", OTHER)
def test_another_picture_is_told(name: str) -> None:
    picture = photo() if name != "before it was cropped" else _cropped()
    assert shows_another(picture, OTHER[name])


def _cropped() -> Image.Image:
    return drawn("RGB", 6).resize((960, 720)).crop((300, 200, 940, 680))


def test_a_photo_tells_of_the_picture_in_it() -> None:
    bare = jpeg(photo())
    found = {}
    for name, copy in (("other", OTHER["another picture"]), ("same", SAME["smaller"])):
        jfxx = segment(0xE0, b"JFXX\0\x10" + copy)
        asset = Asset("a.jpg", bare[:2] + jfxx + bare[2:])
        verdict = check_files(asset, families=["images"])
        found[name] = [f.message for f in verdict.findings if f.rule == "hidden-in-photo"]
    small_copy = "the picture holds a small copy, which may show what was cut off or blurred since"
    another = (
        "a small copy inside the picture shows another picture: perhaps who was cut off or covered"
    )
    assert {name: sorted(messages) for name, messages in found.items()} == {
        "other": [another, small_copy],
        "same": [small_copy],
    }
