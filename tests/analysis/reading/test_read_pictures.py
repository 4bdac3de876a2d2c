"""Text in pictures is read wherever it stands and however it is turned, with its place."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from moderation.analysis import reading
from moderation.analysis.reading.lines import read_lines
from moderation.analysis.reading.text import Line, Word, between, joined
from moderation.model import ExtractionError, Region
from moderation.pipeline.confined import call, tasks


def sheet(
    *texts: tuple[int, int, int, str],
    size: tuple[int, int] = (640, 480),
    paper: str = "white",
    ink: str = "black",
) -> Image.Image:
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    for left, top, tall, words in texts:
        draw.text((left, top), words, ink, font=ImageFont.load_default(tall))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


BADGE = sheet((180, 200, 40, "Amelia Hartley"))


def test_a_line_is_read_with_the_place_of_each_word() -> None:
    (line,) = read_lines(saved(BADGE))
    assert line.text == "Amelia Hartley"
    first, last = (word.region for word in line.words)
    assert 160 < first.left < 200 < first.left + first.width < last.left + 30
    assert last.left + last.width < 480
    assert 185 < first.top < 225


@pytest.mark.parametrize("degrees", [90, 180, 270, 8, -12])
def test_it_is_read_in_every_direction(degrees: int) -> None:
    turned = BADGE.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    assert "Amelia Hartley" in joined(read_lines(saved(turned)))


def test_lines_of_a_block_follow_one_another_and_blocks_stand_apart() -> None:
    picture = sheet((60, 60, 30, "Amelia"), (60, 100, 30, "Hartley"), (60, 330, 30, "Sports Day"))
    assert joined(read_lines(saved(picture))) == "Amelia\nHartley\n\nSports Day"


def test_words_far_apart_in_a_row_are_blocks_of_their_own() -> None:
    picture = sheet((20, 60, 28, "Amelia"), (460, 60, 28, "Hartley"))
    assert joined(read_lines(saved(picture))) == "Amelia\n\nHartley"


def test_bright_letters_on_dark_ground_and_small_print_are_read() -> None:
    picture = sheet((40, 60, 15, "Oliver Pemberton"), paper="navy", ink="white")
    assert joined(read_lines(saved(picture, quality=75))) == "Oliver Pemberton"


def test_small_print_in_a_large_photo_is_read() -> None:
    picture = sheet((3000, 2000, 30, "Oliver Pemberton"), size=(4032, 3024), paper="#d0c8b8")
    (line,) = read_lines(saved(picture))
    assert line.text == "Oliver Pemberton"
    assert 2960 < line.words[0].region.left < 3040


def test_a_bent_line_is_read() -> None:
    from bench.reading_scenes import arched

    line = sheet((10, 10, 60, "HARTLEY SCHOOL"), size=(560, 90)).convert("RGBA")
    bent = Image.new("RGB", (700, 400), "white")
    arch = arched(line, 1.6)
    bent.paste(arch, (40, 60), arch)
    assert "HARTLEY" in joined(read_lines(saved(bent)))


def test_the_orientation_of_the_camera_is_followed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned to the right
    lying = BADGE.transpose(Image.Transpose.ROTATE_90)
    (line,) = read_lines(saved(lying, exif=exif.tobytes()))
    assert line.text == "Amelia Hartley"
    assert 160 < line.words[0].region.left < 200


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    if mode == "I;16":
        picture = BADGE.convert("L").convert("I").point(lambda v: v * 200).convert("I;16")
    else:
        picture = BADGE.convert(mode)
    assert joined(read_lines(saved(picture, "PNG"))) == "Amelia Hartley"


def test_letters_on_a_transparent_ground_are_read_as_on_a_page() -> None:
    picture = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((40, 70), "Well done", "black", font_size=40)
    assert joined(read_lines(saved(picture, "PNG"))) == "Well done"


def test_each_frame_of_an_animation_is_read_once() -> None:
    other = sheet((180, 200, 40, "Oliver Quayle"))
    data = saved(BADGE, "GIF", save_all=True, append_images=[BADGE, other], duration=100)
    found = read_lines(data)
    assert [(line.text, line.frame > 0) for line in found] == [
        ("Amelia Hartley", False),
        ("Oliver Quayle", True),
    ]


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (20, 20)])
def test_pictures_too_small_for_letters_have_none(size: tuple[int, int]) -> None:
    assert read_lines(saved(Image.new("RGB", size, "grey"), "PNG")) == ()


def test_nothing_is_read_where_nothing_is_written() -> None:
    picture = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    assert read_lines(saved(picture)) == ()


def test_what_cannot_be_decoded_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="could not be looked for"):
        read_lines(saved(BADGE)[:3000])


def test_it_reads_the_same_each_time() -> None:
    assert read_lines(saved(BADGE)) == read_lines(saved(BADGE))


def test_without_the_models_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading.is_available()
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    assert reading.models() is None
    assert not reading.is_available()


def test_the_library_of_the_models_is_never_loaded() -> None:
    read_lines(saved(BADGE))
    assert not {"cv2", "shapely", "pyclipper", "rapidocr_onnxruntime"} & set(sys.modules)


def test_networks_that_are_damaged_are_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from moderation.analysis.reading import networks

    (tmp_path / "some.onnx").write_bytes(b"no network")
    monkeypatch.setattr(networks, "models", lambda: tmp_path)
    with pytest.raises(ExtractionError, match=r"install schoolgate\[ocr\] again"):
        networks.Network("some.onnx")
    monkeypatch.setattr(networks, "models", lambda: None)
    with pytest.raises(ExtractionError, match="cannot be read"):
        networks.Network("some.onnx")


def test_what_stands_between_lines_tells_blocks_apart() -> None:
    word = Word(text="a", region=Region(left=0, top=0, width=1, height=1))
    one, same, other = (
        Line(words=(word,), score=1, block=block, frame=frame)
        for block, frame in ((0, 0), (0, 0), (0, 1))
    )
    assert [between(None, one), between(one, same), between(one, other)] == ["", "\n", "\n\n"]


def test_a_photo_of_fifty_megapixels_is_read_and_says_where_in_full() -> None:
    picture = Image.new("RGB", (7000, 7000), "white")
    ImageDraw.Draw(picture).text(
        (3000, 5000), "Amelia Hartley", fill="black", font=ImageFont.load_default(size=300)
    )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=40)
    (line,) = call(tasks.read_lines, out.getvalue())
    assert line.text == "Amelia Hartley"
    assert abs(line.words[0].region.left - 3000) < 100
    assert abs(line.words[0].region.top - 5060) < 150  # half a capital letter of it


@pytest.mark.parametrize("tall", [90, 140, 200])
def test_large_letters_are_read_once_and_whole(tall: int) -> None:
    picture = sheet((60, 80, tall, "Harriet"), (60, 400, tall, "Teasdale"), size=(1200, 900))
    assert joined(read_lines(saved(picture))).split() == ["Harriet", "Teasdale"]


def test_a_long_line_of_large_letters_is_not_torn_apart() -> None:
    picture = sheet((60, 80, 100, "by Harriet Teasdale"), size=(1200, 900), paper="#d0c8b8")
    assert joined(read_lines(saved(picture))) == "by Harriet Teasdale"


@pytest.mark.parametrize("name", ["Jo", "Bo", "Kai", "Mo"])
@pytest.mark.parametrize("tall", [24, 120])
def test_a_short_name_on_a_label_is_read(name: str, tall: int) -> None:
    assert joined(read_lines(saved(sheet((150, 150, tall, name))))) == name


@pytest.mark.parametrize("specks", ["8", "O", "11", "O8O8O8O8"])
def test_what_leaves_and_bricks_are_read_as_is_no_line(specks: str) -> None:
    assert read_lines(saved(sheet((150, 150, 60, specks)))) == ()
