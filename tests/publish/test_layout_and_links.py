"""Where files appear on the site, and where links lead."""

import pytest

from moderation.model import BuildError, Document, ImageReference, LinkReference, Location, Span
from moderation.publish.layout import lay_out, reach
from moderation.publish.links import dead_links

AT = Location(path="news/a.md", span=Span(3, 5, 3, 9))


def page(*links: str, images: tuple[str, ...] = ()) -> Document:
    return Document(
        path="news/a.md",
        digest="",
        media_type="text/markdown",
        text="",
        pieces=(),
        links=tuple(LinkReference(target=t, text="", location=AT) for t in links),
        images=tuple(ImageReference(target=t, alt="", location=AT) for t in images),
    )


def test_where_files_appear() -> None:
    paths = ("index.md", "news/index.md", "news/fair.md", "photos/fair.jpg")
    assert lay_out(paths, directory_urls=True) == {
        "index.md": "index.html",
        "news/index.md": "news/index.html",
        "news/fair.md": "news/fair/index.html",
        "photos/fair.jpg": "photos/fair.jpg",
    }
    assert lay_out(paths, directory_urls=False) == {
        "index.md": "index.html",
        "news/index.md": "news/index.html",
        "news/fair.md": "news/fair.html",
        "photos/fair.jpg": "photos/fair.jpg",
    }


def test_two_pages_in_one_place_are_refused() -> None:
    with pytest.raises(BuildError) as error:
        lay_out(["news.md", "news/index.md"], directory_urls=True)
    assert str(error.value) == (
        "news/index.md: would appear at news/index.html, where news.md already is; rename one"
    )


def test_a_page_in_the_place_of_a_generated_one_is_refused() -> None:
    with pytest.raises(BuildError) as error:
        lay_out(["404.md"], directory_urls=False)
    assert str(error.value) == (
        "404.md: would appear at 404.html, where a page that MkDocs makes itself already is; "
        "rename one"
    )


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("../../photos/fair.jpg", "photos/fair.jpg"),
        ("../../", "index.html"),
        ("../..", "index.html"),
        (".", "news/fair/index.html"),
        ("../other/?a=1#b", "news/other/index.html"),
        ("/base/photos/a%20b.jpg", "photos/a b.jpg"),
        ("/base/", "index.html"),
        ("/elsewhere/x.html", "../elsewhere/x.html"),
        ("../../../x.html", "../x.html"),
        ("#top", None),
        ("", None),
        ("https://a.example/x", None),
        ("//a.example/x", None),
        ("mailto:office@oak.example", None),
    ],
)
def test_where_a_reference_leads(reference: str, place: str | None) -> None:
    assert reach("news/fair/index.html", reference, prefix="/base/") == place


def test_links_are_sorted_by_what_is_known() -> None:
    pages = [page("b.md", "../gone.md#x", "../gone.md", "https://a.example", "#here", "../gone.md")]
    found = dead_links(pages, admitted={"news/a.md", "news/b.md"}, known={"gone.md"})
    assert found == ({"news/a.md": ["../gone.md", "../gone.md#x"]}, {})


def test_links_and_pictures_that_lead_nowhere_are_named() -> None:
    pages = [page("never.md", "b/", images=("gone.jpg", "https://a.example/x.jpg"))]
    found = dead_links(pages, admitted={"news/a.md"}, known={"news/gone.jpg"})
    where = "links to no file of the site; write the path of the file, such as news/index.md"
    assert found == (
        {},
        {
            "news/a.md": [
                f"news/a.md:3:5-9: {where}",
                f"news/a.md:3:5-9: {where}",
                "news/a.md:3:5-9: shows a picture that is not published; hand it in with the page",
            ]
        },
    )
