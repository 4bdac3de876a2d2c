"""Pictures of the kinds that are converted, with private data planted in them."""

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

from bench.repair_files import PUPIL, Sample, draw, exif, profile, saved, xmp

_TESTS = Path(__file__).parent.parent / "tests"
_HEIC = _TESTS / "analysis" / "repair" / "drawn.heic"


def _heic(rng: random.Random) -> Sample:
    """Put another EXIF block, another turn and other boxes into a picture: nothing writes HEIC."""
    whole = bytearray(_HEIC.read_bytes())
    whole[whole.index(b"irot") + 4] = rng.randrange(4)
    picture = _heif(bytes(whole))
    notice = rng.random() < 0.7
    block = exif(rng, 1, notice=notice)
    at = whole.index(b"iinf") - 4  # the place and size of the EXIF block end the table before it
    body = struct.pack(">I", 6) + b"Exif\0\0" + block
    struct.pack_into(">I", whole, at - 14, len(whole) + 8)
    struct.pack_into(">I", whole, at - 4, len(body))
    data = bytes(whole) + _box(b"mdat", body)
    for kind in rng.sample((b"uuid", b"free", b"skip", b"Prvt"), rng.randrange(5)):
        data += _box(kind, rng.randbytes(16) + PUPIL.encode())
    icc = picture.info["icc_profile"]
    bare = _upright(ImageOps.exif_transpose(picture))
    return Sample(name="HEIC", data=data, bare=bare, profile=icc, notice=notice)


def _avif(rng: random.Random) -> Sample:
    icc = profile() if rng.random() < 0.5 else b""
    notice, turn = rng.random() < 0.7, rng.randint(1, 8)
    packet = {"xmp": xmp(notice=notice)} if rng.random() < 0.5 else {}
    settings = {"quality": rng.randint(40, 90), "icc_profile": icc, "speed": 9}
    picture = draw(rng, "RGB", 16)
    data = saved(picture, "AVIF", exif=exif(rng, turn, notice=notice), **settings, **packet)
    with Image.open(io.BytesIO(data)) as opened:
        bare = _upright(ImageOps.exif_transpose(opened))
    data += _box(b"uuid", rng.randbytes(16) + PUPIL.encode())
    return Sample(name="AVIF", data=data, bare=bare, profile=icc, notice=notice)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def _heif(data: bytes) -> Image.Image:
    import pi_heif  # type: ignore[import-untyped]  # it has no stubs

    opened = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    made: Image.Image = opened[opened.primary_index].to_pillow()
    return made


def _upright(picture: Image.Image) -> bytes:
    """Return what a picture that is converted becomes, by Pillow alone."""
    plain = picture.copy() if picture.mode == "L" else picture.convert("RGB")
    plain.info = {}
    return saved(plain, "JPEG", quality=92)


def _tiff(rng: random.Random) -> Sample:
    mode = rng.choice(("RGB", "RGB", "L", "CMYK"))
    picture, turn = draw(rng, mode), rng.randint(1, 8)
    notice = rng.random() < 0.7
    block = Image.Exif()
    block[0x0112], block[0x010E], block[0x0110] = turn, PUPIL, f"{PUPIL}'s scanner"
    block[700], block[0xC4A5] = xmp(notice=notice), PUPIL.encode()
    if notice:
        block[0x8298] = "(c) Fernlea Primary School"
    icc = profile() if rng.random() < 0.5 and mode == "RGB" else b""
    packed = rng.choice(("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"))
    settings: dict[str, object] = {"icc_profile": icc} if icc else {}
    data = saved(picture, "TIFF", exif=block, compression=packed, **settings) + PUPIL.encode()
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
        bare = _upright(opened)
    return Sample(name=f"TIFF {mode}", data=data, bare=bare, profile=icc, notice=notice)


CONVERTED: dict[str, Callable[[random.Random], Sample]] = {
    "HEIC": _heic,
    "AVIF": _avif,
    "TIFF": _tiff,
}
