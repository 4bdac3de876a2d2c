"""Pictures made to cost time or memory: each is refused before it does."""

import io
import struct
import zlib

import pytest
from PIL import Image

from moderation.extract.image import extract
from moderation.model import ExtractionError
from moderation.policy import default_policy

LIMITS = default_policy().limits


def save(format_: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, format_)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(chunks: bytes) -> bytes:
    plain = save("PNG")
    return plain[:33] + chunks + plain[33:]


def jpeg(segments: bytes) -> bytes:
    plain = save("JPEG")
    return plain[:2] + segments + plain[2:]


def webp(chunks: bytes) -> bytes:
    data = save("WEBP") + chunks
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def overlapping() -> bytes:
    """Write EXIF whose thousands of entries all point at the same megabyte."""
    entries = b"".join(struct.pack("<HHII", 0x010E, 2, 1_000_000, 8) for _ in range(4000))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 4000) + entries + b"\0" * 1_000_000


def nested(levels: int) -> bytes:
    """Write EXIF that holds a Photoshop block that holds EXIF, and so on."""
    exif = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
    for _ in range(levels):
        block = b"8BIM\x04\x22\0\0" + struct.pack(">I", len(exif)) + exif + b"\0" * (len(exif) % 2)
        head = struct.pack("<HHHIII", 1, 0x8649, 7, len(block), 26, 0)
        exif = b"II*\0\x08\0\0\0" + head + block
    return exif


XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
TEXT = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 990_000))
HOSTILE = {
    "gif of blocks of one byte": save("GIF")[:-1] + b"\x21\xfe" + b"\x01a" * 30_000 + b"\0;",
    "jpeg of filling": jpeg(b"\xff" * 100_000),
    "jpeg of empty comments": jpeg(b"\xff\xfe\0\2" * 30_000),
    "png of empty chunks": png(chunk(b"prVt", b"") * 30_000),
    "png of packed texts": png(TEXT * 10),
    "webp of empty chunks": webp(b"ABCD\0\0\0\0" * 30_000),
    "exif that says one megabyte often": png(chunk(b"eXIf", overlapping())),
    "exif in exif in exif": png(chunk(b"eXIf", nested(60))),
    "xmp of many texts": png(chunk(b"iTXt", XMP + b"<a>" + b"<b c='d'/>" * 21_000 + b"</a>")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_cost_is_refused(name: str) -> None:
    with pytest.raises(ExtractionError, match=r"^a: .*; (open|export) the (picture|file) "):
        extract("a", HOSTILE[name], "0", LIMITS)


def test_exif_may_hold_a_few_levels_of_other_blocks() -> None:
    assert extract("a", png(chunk(b"eXIf", nested(3))), "0", LIMITS).properties["width"] == 8


def test_a_large_picture_in_many_passes_is_refused() -> None:
    out = io.BytesIO()
    Image.new("L", (3000, 3000), 128).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    small = LIMITS.__class__(
        **{**{k: getattr(LIMITS, k) for k in LIMITS.__slots__}, "image_pixels": 18_000_000}
    )
    with pytest.raises(ExtractionError, match="passes, which is too many"):
        extract("a", data[:-2] + scan * 15 + b"\xff\xd9", "0", small)
