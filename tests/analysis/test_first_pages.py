"""The first page of a PDF is drawn as it is printed."""

import io

import pytest
from fpdf import FPDF
from PIL import Image

from moderation.model import ExtractionError
from moderation.pipeline.confined import call, tasks


def pdf(*, words: str = "Fete", pages: int = 1, side: float = 210, lock: str = "") -> bytes:
    made = FPDF(format=(side, side * 1.4))
    for number in range(pages):
        made.add_page()
        made.set_fill_color(200, 0, 0) if number == 0 else made.set_fill_color(0, 0, 200)
        made.rect(0, 0, side / 2, side, style="F")
        made.set_font("helvetica", size=12)
        made.cell(text=words)
    if lock:
        made.set_encryption(owner_password=lock, user_password=lock)
    return bytes(made.output())


def test_first_page_is_shown_small_and_nobody_is_seen_on_it() -> None:
    jpeg, width, height, faces = call(tasks.preview, pdf(pages=3))
    assert (width, height, faces) == (1143, 1600, ())
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert picture.size == (686, 960)
        red, green, blue = picture.getpixel((100, 300))  # type: ignore[misc] # RGB
        assert (red > 180, green < 30, blue < 30) == (True, True, True)
        assert min(picture.getpixel((600, 300))) > 240  # type: ignore[arg-type] # RGB


@pytest.mark.parametrize("side", [1.0, 4000.0])
def test_size_of_a_page_does_not_matter(side: float) -> None:
    _, width, height, _ = call(tasks.preview, pdf(side=side, words="x"))
    assert 1 <= width <= 1600
    assert 1 <= height <= 1600


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf(lock="a secret"), "encrypted"),
        (pdf()[:200], "damaged"),
        (b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ExtractionError, match=why):
        call(tasks.preview, data)
