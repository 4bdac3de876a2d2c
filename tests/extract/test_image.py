"""Pictures: what they are, and that they are pictures at all."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from moderation.extract.image import extract
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy

LIMITS = default_policy().limits


def picture(format_: str, *, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "seagreen").save(out, format_, **more)
    return out.getvalue()


def read(data: bytes, path: str = "photos/a.jpg") -> Document:
    return extract(path, data, "0" * 64, LIMITS)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_format_gives_its_type_and_size(format_: str) -> None:
    document = read(picture(format_))
    assert document.media_type == f"image/{format_.lower()}"
    assert document.properties == {"width": 40, "height": 30, "format": format_, "frames": 1}
    assert document.parts == ()
    assert [p.carrier for p in document.pieces] == [Carrier.FILE_NAME]


def animated(format_: str, frames: int) -> bytes:
    pictures = [Image.new("RGB", (8, 8), (each * 40 % 256, 0, each)) for each in range(frames)]
    out = io.BytesIO()
    pictures[0].save(out, format_, save_all=True, append_images=pictures[1:], duration=50)
    return out.getvalue()


@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP"])
def test_an_animation_is_told_with_its_number_of_pictures(format_: str) -> None:
    document = read(animated(format_, 4))
    assert document.properties["frames"] == 4
    assert [(p.kind, p.detail) for p in document.parts] == [
        ("animation", "4 pictures shown one after another")
    ]


def test_an_animation_that_is_too_long_is_refused() -> None:
    with pytest.raises(ExtractionError, match=r"a\.gif: the animation is too long \(300 pictures"):
        read(animated("GIF", LIMITS.image_frames + 2), "a.gif")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.997])
def test_a_picture_cut_short_is_refused(format_: str, share: float) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, format_)
    data = out.getvalue()
    with pytest.raises(ExtractionError, match=r"^a\.jpg: .*export it again"):
        read(data[: int(len(data) * share)], "a.jpg")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_pixels_are_counted_before_they_are_decoded(format_: str) -> None:
    limits = replace(LIMITS, image_pixels=1000)
    most = {"JPEG": "1,000", "PNG": "500", "WEBP": "250", "GIF": "250"}[format_]
    with pytest.raises(ExtractionError) as caught:
        extract("a", picture(format_), "0", limits)
    assert str(caught.value) == (
        f"a: the picture is 40 by 30 pixels, more than {most} in all; make it smaller"
    )


def test_a_picture_whose_pixels_are_spoilt_is_refused() -> None:
    data = bytearray(picture("PNG"))
    at = data.index(b"IDAT") + 8
    data[at : at + 8] = b"\xff" * 8
    with pytest.raises(ExtractionError, match=r"^a\.png: the picture cannot be decoded \("):
        read(bytes(data), "a.png")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "is a picture of the type HEIC, so it cannot be checked"),
        (b"II*\0\x08\0\0\0", "is a picture of the type TIFF, so it cannot be checked"),
        (b"BM\0\0\0\0", "is a picture of the type BMP, so it cannot be checked"),
        (b"<?xml version='1.0'?><svg/>", "is a picture of the type SVG, so it cannot be checked"),
        (b"hello", "is not a picture of a known type, so it cannot be checked"),
    ],
)
def test_other_types_are_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(data, "a.jpg")
    assert str(caught.value) == f"a.jpg: {message}; save it as JPEG, PNG, WebP or GIF"


def test_a_jpeg_in_many_passes_is_refused() -> None:
    out = io.BytesIO()
    Image.new("L", (64, 64), 128).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data.rindex(b"\xff\xda")
    with pytest.raises(ExtractionError, match=r"stored in 10\d passes, which is too many"):
        read(data[:-2] + data[last:-2] * 100 + b"\xff\xd9")
    assert read(data).properties["format"] == "JPEG"


TRAILING = [
    (b"PK\x03\x04" + b"x" * 20, "a zip archive of 24 bytes after the end of the picture"),
    (b"\0\0\0\x18ftypmp42" + b"x" * 20, "a video of 32 bytes after the end of the picture"),
    (b"MZ\x90", "a program of 3 bytes after the end of the picture"),
    (b"anything", "data of 8 bytes after the end of the picture"),
]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize(("trailing", "detail"), TRAILING)
def test_bytes_after_the_end_are_told(format_: str, trailing: bytes, detail: str) -> None:
    document = read(picture(format_) + trailing)
    assert [(p.kind, p.detail) for p in document.parts] == [("trailing-bytes", detail)]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_padding_after_the_end_is_nothing(format_: str) -> None:
    assert read(picture(format_) + b"\0" * 500 + b"\r\n").parts == ()


def test_a_picture_that_is_a_pdf_too_is_told() -> None:
    document = read(picture("JPEG", comment=b"%PDF-1.4 1 0 obj"))
    assert [(p.kind, p.detail) for p in document.parts] == [("polyglot", "the start of a PDF")]


def test_a_picture_with_a_script_in_its_comment_is_told() -> None:
    document = read(picture("JPEG", comment=b"<html><script>go()</script>"))
    assert [(p.kind, p.detail) for p in document.parts] == [
        ("polyglot", "markup or a script in its metadata")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\0\x01",
        b"\xff\xd8\xff\xc0\0\x04ab\xff\xd9",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\x01\xff\xd9",
        b"\xff\xd8\xff\xffA",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\x04IHDRabcd\0\0\0\0",
        b"GIF89a",
        b"GIF89a\x08\0\x08\0\0\0\0\x2c",
        b"GIF89a\x08\0\x08\0\0\0\0\x21\xfe\x05abc",
        b"GIF89a\x08\0\x08\0\0\0\0?",
        b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0",
        b"RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd",
        b"RIFF\x10\0\0\0WEBPANMF\x04\0\0\0abcd",
        b"RIFF\x10\0\0\0WEBPVP8 \xff\0\0\0abcd",
        b"RIFF\x11\0\0\0WEBPFUN \x04\0\0\0abcdx",
    ],
)
def test_a_broken_structure_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError, match=r"^a: .*; "):
        extract("a", data, "0", LIMITS)
