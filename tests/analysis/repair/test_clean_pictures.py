"""A cleaned picture shows the same and tells nothing else."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bench.repair import shown
from bench.repair_files import (
    NOTICE,
    ORIENTATION,
    PUPIL,
    Sample,
    chunk,
    drawn,
    exif,
    iptc,
    profile,
    samples,
    seeded,
    segment,
    xmp,
)
from moderation.analysis.repair.clean import clean_picture, ending_of
from moderation.extract import extract
from moderation.model import ExtractionError

HEIC = Path(__file__).parent / "drawn.heic"
SAMPLES = tuple(samples(60, seed=8))


def saved(kind: str, mode: str = "RGB", **settings: object) -> bytes:
    out = io.BytesIO()
    drawn(mode).save(out, kind, **settings)
    return out.getvalue()


def told(data: bytes) -> dict[str, str]:
    """Return what a file tells, by place."""
    document = extract("a", data)
    left = ("file name", "JPEG colour profile")
    pieces = [piece for piece in document.pieces if piece.field not in left]
    return {piece.field: document.text[piece.start : piece.end] for piece in pieces}


@pytest.mark.parametrize("sample", SAMPLES, ids=[s.name for s in SAMPLES])
def test_everything_private_is_gone_and_the_picture_is_the_same(sample: Sample) -> None:
    clean = clean_picture(sample.data)
    assert shown(clean) == shown(sample.bare)
    assert clean_picture(clean) == clean
    document = extract("a", clean)
    assert {part.kind for part in document.parts} <= {"animation"}
    assert PUPIL not in document.text
    assert PUPIL.encode() not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.info.get("icc_profile") or b"") == sample.profile
        if sample.notice:
            assert picture.getexif()[0x8298] == f"(c) {NOTICE}"


def test_notices_of_copyright_author_and_credit_stay_where_they_were() -> None:
    bare = saved("JPEG")
    named = Image.Exif()
    named[0x013B], named[0x8298] = "R. Reed", "(c) Reed 2026"
    record = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
        for number, text in ((80, b"R. Reed"), (110, b"Reed Agency"), (120, PUPIL.encode()))
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + bytes(len(record) % 2)
    packet = xmp(notice=True).replace(
        b"<dc:description>",
        b"<dc:creator><rdf:Seq><rdf:li>R. &amp; Reed</rdf:li></rdf:Seq>"
        b"</dc:creator><dc:description>",
    )
    data = bare[:2] + segment(0xE1, b"Exif\0\0" + named.tobytes().removeprefix(b"Exif\0\0"))
    data += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    data += segment(0xED, b"Photoshop 3.0\0" + block) + bare[2:]
    assert told(clean_picture(data)) == {
        "EXIF Artist": "R. Reed",
        "EXIF Copyright": "(c) Reed 2026",
        "IPTC By-line": "R. Reed",
        "IPTC Credit": "Reed Agency",
        "XMP dc:rights": f"(c) {NOTICE}",
        "XMP dc:creator": "R. & Reed",
    }


def test_a_png_keeps_author_and_copyright_and_what_iptc_said_of_them() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Copyright", "© Fernlea")
    texts.add_itxt("Author", "Łucja")
    texts.add_text("Software", PUPIL)
    raw = iptc(notice=True).hex()
    texts.add_text("Raw profile type iptc", f"\niptc\n{len(raw) // 2:8}\n{raw}\n", zip=True)
    clean = clean_picture(saved("PNG", pnginfo=texts))
    assert told(clean) == {
        "XMP dc:rights": f"(c) {NOTICE}",
        "PNG iTXt Author": "Łucja",
        "PNG tEXt Copyright": "© Fernlea",
    }
    assert clean_picture(clean) == clean


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "x" * 501, "a<b", "%PDF-1.4 of the school", "\0\n\t"]
)
def test_a_notice_that_is_more_than_words_is_left_out(words: str) -> None:
    block = Image.Exif()
    block[0x8298] = words
    assert told(clean_picture(saved("JPEG", exif=block))) == {}


def test_a_block_that_is_damaged_is_left_out() -> None:
    bare = saved("JPEG")
    data = bare[:2] + segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff") + segment(0xE1, b"Exif\0\0")
    data += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><a>")
    data += segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\xff\xff") + bare[2:]
    with pytest.raises(ExtractionError):
        extract("a.jpg", data)
    assert clean_picture(data) == clean_picture(bare) == bare


def test_a_picture_is_made_smaller_and_stays_so() -> None:
    for kind, mode in (("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "P"), ("PNG", "1"), ("GIF", "P")):
        out = io.BytesIO()
        picture = drawn(mode).resize((90, 60))
        block = exif(seeded(4), 6, notice=True)
        picture.save(
            out, kind, icc_profile=profile(), exif=b"Exif\0\0" + block if kind == "JPEG" else block
        )
        small = clean_picture(out.getvalue(), longest=45)
        assert clean_picture(small, longest=45) == small
        with Image.open(io.BytesIO(small)) as seen:
            assert seen.size == ((45, 30) if kind == "GIF" else (30, 45))
            assert seen.getexif().get(ORIENTATION, 1) == 1
            if kind != "GIF":
                assert seen.getexif()[0x8298] == f"(c) {NOTICE}"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_an_animation_is_made_smaller_with_its_times(kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    frames[0].save(
        out, kind, save_all=True, append_images=frames[1:], duration=[50, 70, 90], loop=2
    )
    small = clean_picture(out.getvalue(), longest=30)
    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.size, getattr(picture, "n_frames", 1)) == ((30, 20), 3)
    assert [time for time, _ in shown(small)] == [50, 70, 90]


def test_heic_and_avif_become_jpeg() -> None:
    heic = clean_picture(HEIC.read_bytes())
    assert told(heic) == {"EXIF Copyright": NOTICE}
    with Image.open(io.BytesIO(heic)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 96))
        assert len(picture.info["icc_profile"]) == len(profile())
    block = Image.Exif()
    block[ORIENTATION], block[0x8298], block[0x010E] = 8, NOTICE, PUPIL
    avif = clean_picture(saved("AVIF", exif=block.tobytes()))
    assert (told(avif), ending_of(avif)) == ({"EXIF Copyright": NOTICE}, ".jpg")
    for cut in (40, 700, 1490):
        with pytest.raises(ExtractionError, match="cannot be decoded"):
            clean_picture(HEIC.read_bytes()[:cut])


def test_what_cannot_be_rewritten_is_refused() -> None:
    jpeg, png, webp, gif = (saved(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF"))
    spoilt = {
        "nothing": b"not a picture",
        "cut jpeg": jpeg[:-2],
        "cut segment": jpeg[:10],
        "many segments": jpeg[:2] + segment(0xFE, b"") * 20_001 + jpeg[2:],
        "cut png": png[:-5],
        "png without header": png[:8] + png[33:],
        "png of too few rows": png.replace(struct.pack(">I", 16), struct.pack(">I", 17)),
        "png with a frame of nothing": png[:33] + chunk(b"fcTL", b"1") + png[33:],
        "png with pixels of no frame": png[:33] + chunk(b"fdAT", b"12345") + png[33:],
        "cut webp": webp[:-9],
        "cut gif": gif[:-1],
        "gif of nothing": gif[:13] + b";",
        "gif of something else": gif[:-1] + b"?",
    }
    spoilt["png of too few rows"] = _taller(png)
    for name, data in spoilt.items():
        with pytest.raises(ExtractionError):
            clean_picture(data)
            pytest.fail(name)


def _taller(png: bytes) -> bytes:
    header = bytearray(png[16:29])
    header[4:8] = struct.pack(">I", int.from_bytes(header[4:8], "big") + 1)
    return png[:8] + chunk(b"IHDR", bytes(header)) + png[33:]


def test_too_many_pixels_are_counted_before_they_are_decoded() -> None:
    huge = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + huge + chunk(b"IDAT", zlib.compress(bytes(900)))
    data += chunk(b"IEND", b"")
    for longest in (0, 100):
        with pytest.raises(ExtractionError):
            clean_picture(data, longest=longest)
