"""Pictures that are more or deeper than a plain one: TIFF, MPO, depth, motion, CMYK, 16 bits."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageOps

from bench.repair import shown
from bench.repair_files import NOTICE, ORIENTATION, PUPIL, drawn, iptc, profile, segment, xmp
from moderation.analysis.repair.clean import clean_picture, ending_of
from moderation.analysis.repair.hide import hide_faces
from moderation.extract import extract
from moderation.model import ExtractionError, Face, Region

FACE = Face(region=Region(left=2, top=2, width=6, height=6), score=0.9, face_on=True, share=0.1)


def saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture


def apart(data: bytes, expected: Image.Image) -> float:
    """Return by how much the pixels of a file differ from a picture, on average."""
    seen = opened(data).convert("RGB")
    assert seen.size == expected.size
    levels = (np.asarray(each, np.float32) for each in (seen, expected.convert("RGB")))
    return float(np.abs(np.subtract(*levels)).mean())


@pytest.mark.parametrize(
    ("mode", "settings"),
    [
        ("RGB", {}),
        ("RGB", {"compression": "tiff_lzw"}),
        ("RGB", {"compression": "tiff_adobe_deflate"}),
        ("RGB", {"compression": "packbits"}),
        ("RGB", {"compression": "jpeg"}),
        ("1", {"compression": "group4"}),
        ("L", {}),
        ("P", {}),
        ("RGBA", {}),
        ("CMYK", {"compression": "tiff_lzw"}),
        ("I;16", {}),
    ],
)
def test_a_tiff_becomes_a_jpeg_that_shows_the_same(mode: str, settings: dict[str, object]) -> None:
    picture = drawn(mode)
    clean = clean_picture(saved(picture, "TIFF", **settings))
    assert (ending_of(clean), clean_picture(clean)) == (".jpg", clean)
    if mode == "I;16":
        picture = Image.fromarray((np.asarray(picture) // 256).astype(np.uint8))
    if mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    plain = picture if picture.mode == "L" else picture.convert("RGB")
    expected = opened(saved(plain, "JPEG", quality=92))
    assert apart(clean, expected) < (9 if settings.get("compression") == "jpeg" else 0.5)


def test_a_tiff_is_turned_upright_and_keeps_profile_and_notice_only() -> None:
    block = Image.Exif()
    block[ORIENTATION], block[0x8298], block[0x010E] = 6, f"(c) {NOTICE}", PUPIL
    block[700], block[33723] = xmp(notice=True), iptc(notice=False)
    block[0xC4A5] = PUPIL.encode()
    picture = drawn("RGB")
    data = saved(picture, "TIFF", exif=block, icc_profile=profile())
    clean = clean_picture(data)
    turned = picture.transpose(Image.Transpose.ROTATE_270)
    assert apart(clean, opened(saved(turned, "JPEG", quality=92))) < 0.5
    assert opened(clean).info["icc_profile"] == profile()
    document = extract("a.jpg", clean)
    assert PUPIL.encode() not in clean
    assert PUPIL not in document.text
    assert document.text.count(f"(c) {NOTICE}") == 2


def tagged(data: bytes, changes: dict[int, int]) -> bytes:
    """Return a TIFF file with other numbers in entries of its first directory."""
    made = bytearray(data)
    (at,) = struct.unpack_from("<I", made, 4)
    (count,) = struct.unpack_from("<H", made, at)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from("<HH", made, place)
        if tag in changes:
            struct.pack_into("<H" if kind == 3 else "<I", made, place + 8, changes.pop(tag))
    assert not changes
    return bytes(made)


GREY = saved(drawn("L"), "TIFF")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (saved(drawn("L"), "TIFF", save_all=True, append_images=[drawn("L")]), "several pages"),
        (saved(Image.new("F", (9, 9)), "TIFF"), "measurements"),
        (saved(Image.new("I", (9, 9)), "TIFF"), "measurements|depth"),
        (tagged(GREY, {258: 12}), "depth"),
        (tagged(GREY, {259: 50_000}), "compressed|decoded"),
        (tagged(GREY, {273: 1 << 30}), "behind its end"),
        (tagged(GREY, {279: 1 << 31}), "behind its end"),
        (
            tagged(GREY, {256: 60_000, 257: 60_000, 278: 60_000}),
            "make it smaller|DecompressionBomb",
        ),
        (tagged(GREY, {278: 1}), "another number"),
        (tagged(GREY, {257: 0}), "no pixels|decoded"),
        (GREY[:-200], "behind its end|decoded"),
        (b"II*\0" + bytes(40), "decoded"),
        (b"MM\0*\xff\xff\xff\xff", "decoded"),
        (b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 400, "decoded|damaged|depth"),
    ],
)
def test_a_tiff_that_is_no_single_picture_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExtractionError, match=message):
        clean_picture(data)


def tiled(side: int) -> bytes:
    """Return a grey TIFF file of 20 by 20 pixels in one tile, by hand: Pillow writes none."""
    entries = [(256, 20), (257, 20), (258, 8), (259, 1), (262, 1), (277, 1)]
    entries += [(322, side), (323, side), (324, 8), (325, 32 * 32)]
    table = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    directory = struct.pack("<H", len(entries)) + table + bytes(4)
    pixels = bytes(200 if n % 32 < 10 else 40 for n in range(32 * 32))
    return b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + directory


def test_tiles_are_read_unless_they_are_larger_than_the_picture() -> None:
    seen = opened(clean_picture(tiled(32))).convert("L")
    assert (seen.size, seen.getpixel((2, 9)), seen.getpixel((17, 9))) == ((20, 20), 200, 40)
    with pytest.raises(ExtractionError, match="tiles that are larger"):
        clean_picture(tiled(60_000))


def test_spoilt_tiff_files_are_converted_or_refused() -> None:
    rng = np.random.default_rng(4)
    whole = saved(drawn("RGB"), "TIFF", compression="tiff_lzw", exif=Image.Exif())
    refused = 0
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(int(rng.integers(1, 5))):
            area = len(spoilt) if rng.random() < 0.5 else 200
            at = int(rng.integers(area)) * (1 if rng.random() < 0.5 else -1)
            spoilt[at % len(spoilt)] = int(rng.integers(256))
        try:
            assert clean_picture(bytes(spoilt)).startswith(b"\xff\xd8\xff")
        except ExtractionError:
            refused += 1
    assert 0 < refused < 150


def test_a_hidden_face_in_a_tiff_is_covered() -> None:
    hidden = hide_faces(saved(drawn("RGB"), "TIFF"), [FACE], lambda _: ())
    assert opened(hidden).getpixel((4, 4)) == pytest.approx((70, 70, 70), abs=12)


def two_eyes() -> bytes:
    first, second = drawn("RGB"), ImageOps.mirror(drawn("RGB"))
    return saved(first, "MPO", save_all=True, append_images=[second])


def test_of_an_mpo_the_first_picture_is_left_and_can_be_hidden_in_and_made_smaller() -> None:
    data = two_eyes()
    clean = clean_picture(data)
    assert (opened(data).format, opened(clean).format) == ("MPO", "JPEG")
    assert shown(clean) == shown(data)[:1]
    assert clean.count(b"\xff\xd8\xff") == 1
    assert max(opened(clean_picture(data, longest=20)).size) == 20
    hidden = hide_faces(data, [FACE], lambda _: ())
    assert hidden.count(b"\xff\xd8\xff") == 1
    assert opened(hidden).getpixel((4, 4)) == pytest.approx((70, 70, 70), abs=12)


@pytest.mark.parametrize(
    "further",
    [
        saved(drawn("L", 7), "JPEG"),
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\1\0mdat" + PUPIL.encode() * 9,
        b"SEFT" + PUPIL.encode() * 40,
    ],
    ids=["depth picture", "moving part", "data of a telephone"],
)
def test_what_a_telephone_hangs_behind_a_photo_is_gone(further: bytes) -> None:
    bare = saved(drawn("RGB"), "JPEG", icc_profile=profile())
    packet = (
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        b"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
        b"xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' GCamera:MicroVideo='1' "
        b"GCamera:MicroVideoOffset='99'/></rdf:RDF></x:xmpmeta>"
    )
    xmp_part = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    assert clean_picture(bare[:2] + xmp_part + bare[2:] + further) == clean_picture(bare) == bare


def test_16_bits_cmyk_and_every_frame_stay_as_they_were() -> None:
    frames = [drawn("RGB"), drawn("RGB").rotate(180)]
    moving = {"save_all": True, "append_images": frames[1:], "duration": [50, 90]}
    for data in (
        saved(drawn("I;16"), "PNG"),
        saved(drawn("CMYK"), "JPEG", icc_profile=profile()),
        saved(frames[0], "GIF", **moving),
        saved(frames[0], "WEBP", lossless=True, **moving),
        saved(frames[0], "PNG", **moving),
    ):
        clean = clean_picture(data)
        assert shown(clean) == shown(data)
        assert opened(clean).mode == opened(data).mode
        assert clean_picture(clean) == clean
