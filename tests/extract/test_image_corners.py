"""Words in the corners of a picture file: after well-known names, behind short blocks, wide."""

import io
import struct
import zlib

import pytest
from PIL import Image

from moderation.extract.image import extract
from moderation.extract.jpeg import read_jpeg
from moderation.extract.picture import decoded, strings
from moderation.model import Document
from moderation.policy import default_policy

LIMITS = default_policy().limits
WORDS = b"made by R. Reed"
TEXT = WORDS.decode()


def save(format_: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "seagreen").save(out, format_, **more)
    return out.getvalue()


def read(data: bytes) -> Document:
    return extract("a", data, "0", LIMITS)


def with_segment(marker: int, body: bytes) -> bytes:
    jpeg = save("JPEG")
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def with_chunk(kind: bytes, body: bytes, at: int = 33) -> bytes:
    png = save("PNG")
    end = struct.pack(">I", zlib.crc32(kind + body))
    return png[:at] + struct.pack(">I", len(body)) + kind + body + end + png[at:]


def with_riff(kind: bytes, body: bytes) -> bytes:
    webp = save("WEBP")
    webp += kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return webp[:4] + struct.pack("<I", len(webp) - 8) + webp[8:]


def with_block(label: int, *blocks: bytes) -> bytes:
    body = b"".join(bytes((len(block),)) + block for block in blocks)
    return b"GIF89a" + save("GIF")[6:-1] + bytes((0x21, label)) + body + b"\0;"


@pytest.mark.parametrize(
    "name",
    [
        b"ICC_PROFILE\0\1\1",
        b"Adobe\0d\0\0\0\0\1",
        b"MPF\0",
        b"JFIF\0\1\1\0\0\1\0\1\0\0",
        b"JFXX\0\x13",
    ],
)
def test_words_after_the_known_name_of_a_jpeg_segment_are_read(name: bytes) -> None:
    for marker in (0xE0, 0xE2, 0xEE):
        assert TEXT in read(with_segment(marker, name + b"\0\0" + WORDS)).text
        assert TEXT in read(with_segment(marker, name + b"\0" + TEXT.encode("utf-16-be"))).text


def test_a_jpeg_as_encoders_write_it_has_no_words() -> None:
    for format_ in ("JPEG", "PNG", "WEBP", "GIF"):
        assert read(save(format_)).text == "a"


def test_words_in_a_jpeg_segment_of_a_reserved_kind_are_read() -> None:
    assert read_jpeg(with_segment(0xF3, b"\0" + WORDS)).texts == [("JPEG F3", TEXT)]


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "latin-1"])
def test_a_comment_is_read_in_any_encoding(code: str) -> None:
    assert "Zoë Löwe won" in read(with_segment(0xFE, "Zoë Löwe won".encode(code))).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\0", "a"),
        (b"a\0b", "a\0b"),
        (b"one\0two\0", "one\0two"),
        ("Ann".encode("utf-16-le"), "Ann"),
        ("Ann".encode("utf-16-be"), "Ann"),
        ("Ann\0".encode("utf-16"), "Ann"),
    ],
)
def test_text_is_decoded_as_what_it_is(data: bytes, text: str) -> None:
    assert decoded(data) == text


@pytest.mark.parametrize(
    ("data", "runs"),
    [
        (b"\1Zo\xc3\xab L\xc3\xb6we\1", ["Zoë Löwe"]),
        (b"\1" + "Zoë Löwe".encode("utf-16-le"), ["Zoë Löwe"]),
        (b"\1" + "Zoë Löwe".encode("utf-16-be") + b"\1", ["Zoë Löwe"]),
        (b"short\0and\0\xc3\xab", []),
    ],
)
def test_strings_are_found_in_8_and_in_16_bits(data: bytes, runs: list[str]) -> None:
    assert list(strings(data)) == runs


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"iCCP", WORDS + b"\0\0" + zlib.compress(b"profile")),
        (b"iCCP", b"icc\0\0" + zlib.compress(b"\0\0" + WORDS)),
        (b"iCCP", b"icc\0\0" + zlib.compress(b"\0") + WORDS),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"hi") + WORDS),
        (b"hIST", WORDS + b"\0"),
        *((kind, bytes(32) + WORDS) for kind in (b"tIME", b"pHYs", b"bKGD", b"sBIT", b"cICP")),
    ],
)
def test_words_in_png_chunks_of_numbers_and_colours_are_read(kind: bytes, body: bytes) -> None:
    assert TEXT in read(with_chunk(kind, body)).text


def test_a_time_in_a_png_is_no_text() -> None:
    assert read(with_chunk(b"tIME", b"\x07\xea\x0b\x15\x08\x20\x20")).text == "a"


@pytest.mark.parametrize("kind", [b"ICCP", b"ANIM", b"JUNK"])
def test_words_in_webp_chunks_are_read(kind: bytes) -> None:
    assert TEXT in read(with_riff(kind, bytes(6) + WORDS)).text


def test_words_between_the_pixels_of_a_webp_animation_are_read() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    webp = out.getvalue()
    assert read(webp).text == "a"
    at = webp.index(b"ANMF") + 4
    size = int.from_bytes(webp[at : at + 4], "little")
    more = b"NOTE" + struct.pack("<I", 16) + WORDS + b"\0"
    end = at + 4 + size + size % 2
    frame = struct.pack("<I", end - at - 4 + len(more)) + webp[at + 4 : end] + more
    webp = webp[:at] + frame + webp[end:]
    assert TEXT in read(webp[:4] + struct.pack("<I", len(webp) - 8) + webp[8:]).text


@pytest.mark.parametrize(
    ("label", "blocks"),
    [
        *((0xFF, (name, b"\1\0\0", WORDS)) for name in (b"NETSCAPE2.0", b"ICCRGBG1012")),
        (0xFF, (b"NETSCAPE2.0" + WORDS, b"\1\0\0")),
        (0xF9, (b"\0\0\0\0" + WORDS,)),
    ],
)
def test_words_in_gif_blocks_of_known_kinds_are_read(label: int, blocks: tuple[bytes, ...]) -> None:
    assert TEXT in read(with_block(label, *blocks)).text


def test_a_gif_that_repeats_has_no_words() -> None:
    looped = with_block(0xFF, b"NETSCAPE2.0", b"\1\0\0")
    assert read(looped).text == "a"
