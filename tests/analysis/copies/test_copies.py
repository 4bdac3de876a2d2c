"""Copies of a picture are found, and other pictures are not taken for copies."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from moderation.analysis.copies.album import Album, Copy
from moderation.analysis.copies.prints import Print, look, look_at
from moderation.model import ExtractionError, IntegrityError


def drawn(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    rng = np.random.default_rng(seed)
    ground = rng.integers(40, 220, (4, 5, 3)).astype(np.uint8)
    picture = Image.fromarray(ground).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        wide, high = rng.uniform(10, 90, 2)
        red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + wide, y + high), (red, green, blue))
    return picture


def jpeg(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def screen(picture: Image.Image) -> Image.Image:
    made = Image.new("RGB", (700, 1200), "white")
    ImageDraw.Draw(made).text((20, 20), "9:41 MESSAGES", "black", font_size=40)
    made.paste(ImageOps.contain(picture, (680, 700)), (10, 200))
    return made


EDITS = {
    "again": lambda p: p,
    "small": lambda p: p.resize((160, 120)),
    "cut by 30 %": lambda p: p.crop((100, 60, 548, 396)),
    "mirrored": ImageOps.mirror,
    "upside down": ImageOps.flip,
    "on its side": lambda p: p.transpose(Image.Transpose.ROTATE_90),
    "crooked": lambda p: p.rotate(5, Image.Resampling.BICUBIC),
    "darker": lambda p: ImageEnhance.Brightness(p).enhance(0.5),
    "grey": lambda p: p.convert("L"),
    "blurred": lambda p: p.filter(ImageFilter.GaussianBlur(2.5)),
    "with a border": lambda p: ImageOps.expand(p, 60, "white"),
    "stretched": lambda p: p.resize((800, 450)),
    "on a screen": screen,
}


@pytest.fixture(scope="module")
def album() -> Album:
    return Album(look(jpeg(drawn(seed)))[0].kept for seed in range(6))


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edited_copy_is_found_and_nothing_else(album: Album, name: str) -> None:
    for seed in (1, 4):
        found = album.find_in(jpeg(EDITS[name](drawn(seed)), quality=60))
        assert [copy.number for copy in found] == [seed]


def test_other_pictures_are_no_copies(album: Album) -> None:
    found = [album.find_in(jpeg(drawn(seed))) for seed in range(100, 130)]
    assert found == [()] * 30


def test_an_album_without_pictures_finds_nothing() -> None:
    assert Album([]).find(look(jpeg(drawn(1)))) == ()


def test_a_picture_with_nothing_in_it_is_like_no_other() -> None:
    plain = Image.new("RGB", (640, 480), "seagreen")
    album = Album([look(jpeg(plain))[0].kept, look(jpeg(drawn(1)))[0].kept])
    assert album.find_in(jpeg(Image.new("RGB", (640, 480), "navy"))) == ()
    assert album.find_in(jpeg(drawn(1))) == (Copy(1, True),)


def test_one_frame_of_an_animation_is_enough(album: Album) -> None:
    frames = [drawn(50), drawn(51), drawn(3)]
    data = jpeg(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert [copy.number for copy in album.find_in(data)] == [3]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_seen_as_it_is_displayed(album: Album, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = jpeg(drawn(2), exif=exif)
    with Image.open(io.BytesIO(data)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("L")
    assert look(data)[0].picture.size == ImageOps.contain(upright, (400, 400)).size
    assert [copy.number for copy in album.find_in(data)] == [2]


@pytest.mark.parametrize("mode", ["CMYK", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_pixels_is_read(album: Album, mode: str) -> None:
    picture = drawn(5)
    if mode == "I;16":
        deep = np.asarray(picture.convert("L"), np.uint16) * 200
        data = jpeg(Image.fromarray(deep), "PNG")
    else:
        data = jpeg(picture.convert(mode), "TIFF" if mode == "CMYK" else "PNG")
    assert [copy.number for copy in album.find_in(data)] == [5]


def test_a_print_comes_back_as_it_was_written() -> None:
    seen = look(jpeg(drawn(1)))[0]
    again = Print.from_bytes(seen.kept.to_bytes())
    assert again.to_bytes() == seen.kept.to_bytes()
    assert len(seen.kept.to_bytes()) < 6_000
    assert Album([again]).find([seen]) == (Copy(0, True),)


@pytest.mark.parametrize("data", [b"", b"\x09" * 9000, b"\x01" * 20])
def test_what_is_no_print_is_refused(data: bytes) -> None:
    with pytest.raises(IntegrityError, match="another version"):
        Print.from_bytes(data)


@pytest.mark.parametrize("data", [b"", b"words", jpeg(drawn(1))[:3000]])
def test_what_cannot_be_decoded_is_an_error(data: bytes) -> None:
    with pytest.raises(ExtractionError, match=r"cannot be decoded|is no picture"):
        look(data)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (16, 16)])
def test_odd_sizes_are_looked_at(size: tuple[int, int]) -> None:
    kept = look(jpeg(Image.new("RGB", size, "red"), "PNG"))[0].kept
    assert (len(kept.points), kept.plain) == (0, True)


def test_pixels_are_never_kept() -> None:
    seen = look_at(drawn(1).convert("L").resize((400, 300)))
    assert not hasattr(seen.kept, "picture")
