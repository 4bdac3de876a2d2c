"""Words read in a picture know the rectangle where they stand."""

import pytest

from moderation.model import Carrier, Document, Location, Piece, Region

FIRST = Region(left=10, top=20, width=30, height=12)
SECOND = Region(left=50, top=18, width=40, height=16)
PICTURE = Document(
    path="p.jpg",
    digest="0" * 64,
    media_type="image/jpeg",
    text="a title\n\nAmelia Hartley",
    pieces=(
        Piece(0, 7, Carrier.XMP, field="XMP title"),
        Piece(9, 16, Carrier.OCR, field="line 1", region=FIRST),
        Piece(16, 23, Carrier.OCR, field="line 1", region=SECOND),
    ),
)


@pytest.mark.parametrize(
    ("start", "end", "carrier", "field", "region"),
    [
        (0, 7, Carrier.XMP, "XMP title", None),
        (9, 15, Carrier.OCR, "line 1", FIRST),
        (16, 23, Carrier.OCR, "line 1", SECOND),
        (9, 23, Carrier.OCR, "line 1", Region(left=10, top=18, width=80, height=16)),
        (8, 12, Carrier.OCR, "line 1", FIRST),
    ],
)
def test_a_place_is_the_rectangle_about_its_words(
    start: int, end: int, carrier: Carrier, field: str, region: Region | None
) -> None:
    expected = Location(path="p.jpg", carrier=carrier, field=field, region=region)
    assert PICTURE.locate(start, end) == expected
