"""A PNG of which only the end mark is missing is read and mended; one that is cut is refused."""

import io
import zlib

import pytest
from PIL import Image

from moderation.analysis.repair.clean import clean_picture
from moderation.extract import extract
from moderation.model import ExtractionError

END = 12


def png(*, chunks: int = 1, moving: bool = False) -> bytes:
    """Return a picture whose pixels lie in several chunks."""
    out = io.BytesIO()
    noise = Image.effect_noise((90, 90), 80)
    noise.save(out, "PNG", save_all=moving, append_images=[noise.rotate(90)] if moving else [])
    data = out.getvalue()
    if chunks == 1:
        return data
    at = data.index(b"IDAT") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    body, each = data[at + 8 : at + 8 + size], size // chunks + 1
    parts = [_chunk(b"IDAT", body[n : n + each]) for n in range(0, size, each)]
    return data[:at] + b"".join(parts) + data[-END:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


@pytest.mark.parametrize("chunks", [1, 3])
def test_missing_end_mark_is_mended(chunks: int) -> None:
    whole = png(chunks=chunks)
    assert extract("a.png", whole[:-END]).parts == ()
    assert clean_picture(whole[:-END]) == clean_picture(whole)


def test_missing_pixels_are_not_forgiven() -> None:
    whole = png(chunks=3)
    last = whole.rindex(b"IDAT") - 4
    for cut in (whole[:last], whole[: -END - 1], whole[: last + 8], whole[:33]):
        for read in (lambda data: extract("a.png", data), clean_picture):
            with pytest.raises(ExtractionError, match="damaged"):
                read(cut)


def test_animation_without_its_end_is_refused() -> None:
    with pytest.raises(ExtractionError, match="the end of the picture is damaged"):
        extract("a.png", png(moving=True)[:-END])
