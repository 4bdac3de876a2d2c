"""Every character of a document's text knows where it came from."""

import pytest

from moderation.model import Carrier, Document, Location, Piece, Span


def _document() -> Document:
    # visible text "mo" + "ron" across emphasis, an entity, then an alt text kept apart
    source = "mo*ron*\n&amp; so\n![a cat](c.jpg)\n"
    pieces = (
        Piece(0, 2, Carrier.BODY, 0, 2),
        Piece(2, 5, Carrier.BODY, 3, 6),
        Piece(6, 7, Carrier.BODY, 8, 13),
        Piece(7, 10, Carrier.BODY, 13, 16),
        Piece(11, 16, Carrier.ALT, 19, 24, "c.jpg"),
    )
    return Document(
        path="p.md",
        digest="0" * 64,
        media_type="text/markdown",
        text="moron\n& so\na cat",
        pieces=pieces,
        source=source,
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 5, "p.md:1:1-7"),
        (2, 3, "p.md:1:4-5"),
        (6, 7, "p.md:2:1-6"),
        (6, 10, "p.md:2:1-9"),
        (5, 7, "p.md:2:1-6"),
        (11, 16, "p.md:3:3-8"),
        (0, 7, "p.md:1:1-2:6"),
    ],
)
def test_a_range_of_the_text_is_located_in_the_source(start: int, end: int, expected: str) -> None:
    assert str(_document().locate(start, end)) == expected


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_a_range_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 16"):
        _document().locate(start, end)


def test_a_range_between_pieces_belongs_to_the_file() -> None:
    document = Document(
        path="p.md", digest="", media_type="text/plain", text="a\n\nb", pieces=(), source="a"
    )
    assert document.locate(1, 2) == Location(path="p.md")


def test_a_gap_alone_belongs_to_the_file() -> None:
    assert _document().locate(5, 6) == Location(path="p.md")


def test_a_file_without_lines_names_the_field() -> None:
    document = Document(
        path="a.jpg",
        digest="",
        media_type="image/jpeg",
        text="Somebody",
        pieces=(Piece(0, 8, Carrier.EXIF, field="EXIF Artist"),),
    )
    location = document.locate(0, 4)
    assert location == Location(path="a.jpg", carrier=Carrier.EXIF, field="EXIF Artist")
    assert str(location) == "a.jpg [EXIF Artist]"
    assert (location.line, location.column, location.end_line, location.end_column) == (None,) * 4
    assert str(Location(path="a.jpg")) == "a.jpg"


def test_the_visible_text_leaves_out_what_a_page_does_not_show() -> None:
    assert _document().visible_text == "moron\n& so"


def test_pieces_are_found_by_carrier() -> None:
    document = _document()
    assert [piece.start for piece in document.carried(Carrier.ALT)] == [11]
    assert (document.carrier_at(0), document.carrier_at(12)) == (Carrier.BODY, Carrier.ALT)


def test_the_carrier_past_the_last_piece_is_the_file() -> None:
    document = Document(path="p", digest="", media_type="t", text="ab", pieces=())
    assert document.carrier_at(1) is Carrier.FILE


def test_lines_are_told_without_their_ends() -> None:
    document = Document(
        path="p", digest="", media_type="t", text="", pieces=(), source="one\r\ntwo\nthree"
    )
    assert [document.line(n) for n in (1, 2, 3)] == ["one", "two", "three"]


def test_spans_over_lines_show_both_ends() -> None:
    assert str(Span(1, 2, 3, 4)) == "1:2-3:4"


def test_a_location_takes_a_role() -> None:
    place = Location(path="p.md", span=Span(1, 1, 1, 2))
    assert place.as_role("picture").role == "picture"
    assert place.as_role("picture").span == place.span
