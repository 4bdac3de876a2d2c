"""Which files a page hands to its visitors, and what is kept per object."""

from moderation.analysis.identity import Same
from moderation.analysis.shown import Shown, is_picture, shown
from moderation.model import (
    Carrier,
    Declaration,
    Document,
    ImageReference,
    LinkReference,
    Location,
    Piece,
    ReadSubmission,
    Span,
)


def _place(column: int) -> Location:
    return Location(path="a.md", carrier=Carrier.BODY, span=Span(1, column, 1, column + 1))


def _document(path: str, media_type: str) -> Document:
    return Document(path=path, digest="0", media_type=media_type, text="", pieces=())


DECLARED = Declaration(path="b.jpg", people=())
ONLY_DECLARED = Declaration(path="d.png")
PAGE = Document(
    path="a.md",
    digest="0",
    media_type="text/markdown",
    text="Me",
    source="Me",
    pieces=(Piece(0, 2, Carrier.FRONT_MATTER, 0, 2, "assets.d.png.author"),),
    images=(
        ImageReference(target="b.jpg", alt="", location=_place(1)),
        ImageReference(target="./b.jpg", alt="", location=_place(2)),
        ImageReference(target="https://example.org/x.jpg", alt="", location=_place(3)),
    ),
    links=(
        LinkReference(target="c.pdf", text="", location=_place(4)),
        LinkReference(target="other.md", text="", location=_place(5)),
        LinkReference(target="folder/", text="", location=_place(6)),
        LinkReference(target="odd", text="", location=_place(7)),
    ),
)
SUBMISSION = ReadSubmission(
    page=PAGE,
    files={"odd": _document("odd", "image/png"), "c.pdf": _document("c.pdf", "application/pdf")},
    declarations={"b.jpg": DECLARED, "d.png": ONLY_DECLARED, "e.pdf": Declaration(path="e.pdf")},
    targets={
        **{"b.jpg": "b.jpg", "./b.jpg": "b.jpg", "c.pdf": "c.pdf", "other.md": "other.md"},
        **{"folder/": "folder", "odd": "odd"},
    },
)


def test_each_file_is_told_once_in_the_order_of_the_page() -> None:
    front = Location(path="a.md", carrier=Carrier.FRONT_MATTER, field="assets.d.png.author")
    assert list(shown(SUBMISSION)) == [
        Shown(
            path="b.jpg", location=_place(1), picture=True, referenced=True, declaration=DECLARED
        ),
        Shown(path="c.pdf", location=_place(4), picture=False, referenced=True, declaration=None),
        Shown(path="odd", location=_place(7), picture=True, referenced=True, declaration=None),
        Shown(
            path="d.png",
            location=Location(
                path="a.md", carrier=front.carrier, span=Span(1, 1, 1, 3), field=front.field
            ),
            picture=True,
            referenced=False,
            declaration=ONLY_DECLARED,
        ),
        Shown(
            path="e.pdf",
            location=Location(path="a.md", carrier=front.carrier, field="assets.e.pdf"),
            picture=False,
            referenced=False,
            declaration=SUBMISSION.declarations["e.pdf"],
        ),
    ]


def test_content_tells_a_picture_before_its_ending_does() -> None:
    assert is_picture("a.JPG")
    assert not is_picture("a.jpg", _document("a.jpg", "text/html"))
    assert not is_picture("a.pdf")


def test_a_key_is_the_same_for_the_same_object_only() -> None:
    one, other = [1], [1]
    kept = {Same(one): "one"}
    assert kept.get(Same(one)) == "one"
    assert kept.get(Same(other)) is None
    assert Same(one) != one
