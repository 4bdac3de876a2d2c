"""What the text of a page carries, and where it says it stands."""

import pytest

from moderation.model import Carrier, ImageReference, LinkReference, Location, Span
from tests.extract.rendering import read, shown


def _place(carrier: Carrier, *span: int) -> Location:
    return Location(path="page.md", carrier=carrier, span=Span(*span))


def test_emphasis_inside_a_word_leaves_one_word_that_covers_the_markup() -> None:
    page = read("# News\n\nSuch a mo*ro*n he is")
    start = page.text.index("moron")
    assert page.locate(start, start + 5).span == Span(3, 8, 3, 15)


def test_every_kind_of_text_says_what_carries_it() -> None:
    page = read(
        "# A *b*\n\ntext `code` [c](d.md 'e') ![f](g.png \"h\") <!-- i -->\n\n"
        "| j | k |\n|---|---|\n| l | m |\n\n    n\n\n> o\n"
    )
    assert shown(page) == [
        ("A ", "heading", "1:3-5"),
        ("b", "heading", "1:6-7"),
        ("text ", "body", "3:1-6"),
        ("code", "code", "3:7-11"),
        (" ", "body", "3:12-13"),
        ("c", "link text", "3:14-15"),
        (" ", "body", "3:26-27"),
        (" ", "body", "3:42-43"),
        ("d.md", "link", "3:17-21"),
        ("e", "title", "3:23-24"),
        ("f", "alt", "3:29-30"),
        ("g.png", "link", "3:32-37"),
        ("h", "title", "3:39-40"),
        (" i ", "comment", "3:47-50"),
        ("j", "table", "5:3-4"),
        ("k", "table", "5:7-8"),
        ("l", "table", "7:3-4"),
        ("m", "table", "7:7-8"),
        ("n", "code", "9:5-6"),
        ("o", "body", "11:3-4"),
    ]


def test_raw_html_is_read_with_its_attributes_comments_and_scripts() -> None:
    page = read(
        "<div class='x' aria-label=\"A &amp; B\" hidden>c &eacute;</div>\n\n"
        "<script>var d = '*e*'</script>\n\n<input placeholder=f>\n"
    )
    assert shown(page) == [
        ("c ", "body", "1:46-48"),
        ("é", "body", "1:48-56"),
        ("x", "attribute", "1:13-14"),
        ("A ", "attribute", "1:28-30"),
        ("&", "attribute", "1:30-35"),
        (" B", "attribute", "1:35-37"),
        ("var d = '*e*'", "markup", "3:9-22"),
        ("f", "attribute", "5:20-21"),
    ]
    assert [(each.name, each.attributes) for each in page.elements] == [
        ("div", (("class", "x"), ("aria-label", "A & B"), ("hidden", ""))),
        ("script", ()),
        ("input", (("placeholder", "f"),)),
    ]


def test_words_around_a_link_or_comment_stand_together() -> None:
    page = read("# H\n\nidi<!-- secret -->ots [are](x.md 'T') here")
    assert "idiots are here" in page.text


def test_an_attribute_list_is_text_and_an_element() -> None:
    page = read("# H\n\n*a*{ onclick=\"b()\" title='T' .c }")
    assert [(p, c) for p, c, _ in shown(page)][1:] == [
        ("a", "body"),
        ("c", "attribute"),
        ("b()", "attribute"),
        ("T", "title"),
    ]
    assert [each.attributes for each in page.elements] == [
        (("class", "c"), ("onclick", "b()"), ("title", "T"))
    ]


def test_images_and_links_are_listed_with_the_markup_that_made_them() -> None:
    page = read(
        "# H\n\n![a &lt; b](../p.jpg 'T') and [see *this*][r] <http://x.example>\n\n[r]: y.md"
    )
    assert page.images == (
        ImageReference(
            target="../p.jpg", alt="a < b", title="T", location=_place(Carrier.ALT, 3, 1, 3, 26)
        ),
    )
    assert page.links == (
        LinkReference(target="y.md", text="see this", location=_place(Carrier.LINK, 3, 31, 3, 46)),
        LinkReference(
            target="http://x.example",
            text="http://x.example",
            location=_place(Carrier.LINK, 3, 47, 3, 65),
        ),
    )


def test_an_image_without_alternative_text_is_told_from_one_with_an_empty_one() -> None:
    page = read("<p><img src=a.png> <img src=b.png alt=''></p>\n\n![](c.png)")
    assert [(image.target, image.alt) for image in page.images] == [
        ("a.png", None),
        ("b.png", ""),
        ("c.png", ""),
    ]


@pytest.mark.parametrize(
    ("html", "targets"),
    [
        ("<iframe src='http://a.example/'></iframe>", ["http://a.example/"]),
        ("<video poster=a.jpg><source src=b.mp4></video>", ["a.jpg", "b.mp4"]),
        ("<p><img srcset='a.jpg 1x, b.jpg 2x' alt=''></p>", ["a.jpg", "b.jpg"]),
        ("<form action=/send></form>", ["/send"]),
    ],
)
def test_everything_that_html_reaches_is_a_link(html: str, targets: list[str]) -> None:
    assert [link.target for link in read(html).links] == targets


def test_a_definition_that_no_link_uses_is_still_text() -> None:
    page = read("# H\n\n[//]: # 'a hidden remark'")
    assert ("a hidden remark", "title", "3:10-25") in shown(page)


def test_two_links_to_one_definition_carry_it_once() -> None:
    page = read("# H\n\n[a][x] [b][x]\n\n[x]: y.md 'T'")
    assert [text for text, carrier, _ in shown(page) if carrier == "title"] == ["T"]


def test_the_title_of_a_box_without_one_is_its_kind() -> None:
    assert ("Tip", "body", "3:5-8") in shown(read("# H\n\n!!! tip\n    a"))


def test_the_file_name_is_the_last_piece() -> None:
    page = read("# H", "news/sports-day.md")
    assert page.text == "H\nnews/sports-day.md"
    assert page.locate(2, 6) == Location(
        path="news/sports-day.md", carrier=Carrier.FILE_NAME, field="file name"
    )


def test_the_picture_of_the_page_is_a_file_it_reaches() -> None:
    page = read("---\ntitle: T\nimage: photos/a.jpg\n---\n\ntext", "news/a.md")
    assert [link.target for link in page.links] == ["/photos/a.jpg"]


def test_tabs_stand_for_the_spaces_they_become() -> None:
    page = read("# H\n\n-\ta\tb")
    assert ("b", "body", "3:5-6") in shown(page)
