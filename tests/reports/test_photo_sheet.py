"""The sheet of photos is one page that reaches nothing, and shows the worst first."""

import re

from moderation.model import Face, Region
from moderation.reports.photo_sheet import Answer, SheetPhoto, render


def _face(left: int, *, face_on: bool) -> Face:
    region = Region(left=left, top=10, width=20, height=40)
    return Face(region=region, score=0.9, face_on=face_on, share=0.01)


GRANTED = Answer(reference="P-1", words="granted", allowed=True)
REFUSED = Answer(reference="P-2", words="refused", allowed=False)
PHOTOS = (
    SheetPhoto(path="nobody.jpg", jpeg=b"x", width=200, height=100, faces=(), declared=()),
    SheetPhoto(
        path="aside.jpg", jpeg=b"x", width=200, height=100, faces=(_face(5, face_on=False),)
    ),
    SheetPhoto(
        path="facing.jpg",
        jpeg=b"x",
        width=200,
        height=100,
        faces=(_face(50, face_on=True), _face(90, face_on=False)),
        declared=(GRANTED,),
        notes=("review: face-on-close-up: <b>large</b>",),
        pages=("news/<fete>.md",),
        original="./photos/a b.jpg",
    ),
    SheetPhoto(path="bad.jpg", jpeg=b"x", width=200, height=100, declared=(GRANTED, REFUSED)),
    SheetPhoto(path="broken.jpg", trouble="the picture cannot be shown & more"),
)


def test_the_worst_comes_first_and_face_on_before_others() -> None:
    page = render("Published <photos>", PHOTOS)
    assert re.findall("<h2>(.*?)</h2>", page) == [
        *("broken.jpg", "bad.jpg", "facing.jpg", "aside.jpg", "nobody.jpg")
    ]


def test_boxes_lie_where_the_faces_are() -> None:
    page = render("Photos", PHOTOS[2:3])
    assert re.findall('class="face" style="(.*?)"><b>(.)', page) == [
        ("left:25.00%;top:10.00%;width:10.00%;height:40.00%", "1"),
        ("left:45.00%;top:10.00%;width:10.00%;height:40.00%", "2"),
    ]
    assert "<li>2 faces seen, 1 of them face-on</li><li>P-1: granted</li>" in page
    assert "<li>on news/&lt;fete&gt;.md</li>" in page
    assert '<a href="./photos/a%20b.jpg">see it in full size</a>' in page
    assert "1 photo; those with faces" in page


def test_one_face_and_none_are_said_as_people_say_them() -> None:
    page = render("Photos", PHOTOS)
    assert "5 photos; those with faces" in page
    assert "<li>1 face seen, 0 of them face-on</li>" in page
    assert "<li>no face seen</li>" in page


def test_what_is_written_is_escaped_and_nothing_is_fetched() -> None:
    page = render("Published <photos>", PHOTOS)
    assert "<h1>Published &lt;photos&gt;</h1>" in page
    assert "face-on-close-up: &lt;b&gt;large&lt;/b&gt;" in page
    assert "cannot be shown &amp; more" in page
    assert "default-src 'none'; img-src data:" in page
    links = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert {*links} == {"data:image/jpeg;base64,eA==", "./photos/a%20b.jpg"}


def test_what_is_not_known_is_said() -> None:
    page = render("Photos", PHOTOS)
    assert page.count("nobody looked for people in it") == 2
    assert page.count("the page does not say who is in it") == 2
    assert "nobody is in it, the publisher says" in page
    assert '<span class="no">P-2: refused</span>' in page
    assert page.count('<figure class="bad">') == 2


def test_boxes_lie_where_words_are_that_findings_are_about() -> None:
    words = (Region(left=20, top=50, width=100, height=10),)
    photo = SheetPhoto(path="board.jpg", jpeg=b"x", width=200, height=100, words=words)
    assert re.findall('class="word" style="(.*?)">', render("Photos", [photo])) == [
        "left:10.00%;top:50.00%;width:50.00%;height:10.00%"
    ]
