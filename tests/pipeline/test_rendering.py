"""The one form of an article: the same for the reader of pages and for MkDocs."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from moderation.extract.sanitise import sanitised
from moderation.model import Asset, ExtractionError, digest_of
from moderation.pipeline.rendering import article_of, in_one_form, meaning_on, rendered_digest
from moderation.pipeline.targets import resolve
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from moderation.publish.layout import lay_out, reach
from tests.extract.nasty_pages import NASTY
from tests.extract.pages import PAGES

TOP = "---\ntitle: A title\n---\n\n"
PATH = "news/page.md"
Forms = Callable[[str], tuple[str, str]]


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def forms(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Forms:
    """Return the one form of a page as the reader makes it, and as MkDocs does."""
    root = tmp_path_factory.mktemp("site")
    (root / "docs" / "news").mkdir(parents=True)
    for other in ("index.md", "news/other.md", "news/photo.jpg", PATH):
        (root / "docs" / other).write_text("# Here")
    (root / "mkdocs.yml").write_text("site_name: S\n")
    config = load_config(
        str(root / "mkdocs.yml"),
        use_directory_urls=request.param,
        markdown_extensions=[{name: dict(EXTENSION_CONFIGS.get(name, {}))} for name in EXTENSIONS],
    )

    def made(text: str) -> tuple[str, str]:
        (root / "docs" / PATH).write_text(text, "utf-8")
        files = get_files(config)
        laid = lay_out([file.src_uri for file in files], directory_urls=request.param)
        places = {place: path for path, place in laid.items()}
        file = files.get_file_from_path(PATH)
        assert file is not None
        page = Page(None, file, config)
        page.read_source(config)
        page.render(config, files)

        def meaning(address: str) -> str | None:
            # what leads to no file MkDocs leaves as it was written
            return places.get(reach(laid[PATH], address) or "") or resolve(PATH, address)

        ours = in_one_form(article_of(Asset(PATH, text.encode())), meaning_on(PATH))
        return ours, in_one_form(sanitised(page.content or ""), meaning)

    return made


@pytest.mark.parametrize("name", NASTY)
def test_mkdocs_makes_the_article_that_the_reader_makes(forms: Forms, name: str) -> None:
    try:
        ours, theirs = forms(TOP + NASTY[name])
    except ExtractionError:
        return  # a page that is refused is not published
    assert theirs == ours


@settings(suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_so_it_does_for_any_page(forms: Forms, page: str) -> None:
    if not page.strip():
        return
    try:
        ours, theirs = forms(TOP + page)
    except ExtractionError:
        return
    assert theirs == ours


def test_addresses_are_written_by_the_file_that_they_mean(forms: Forms) -> None:
    page = (
        "# Hello [o](other.md#a)\n\n[me](page.md) [top](#top) [up](../index.md?x=1#y) <a@b.example>"
        ' [out](https://x.example/a?b=c&d=e) [q](other.md "t & t") [enc](%6Fther.md)'
        " ![p](photo.jpg)\n"
    )
    ours, theirs = forms(TOP + page)
    assert theirs == ours
    assert ours == (
        '<h1>Hello <a href="site:news/other.md#a">o</a></h1>\n'
        '<p><a href="site:news/page.md">me</a> <a href="#top">top</a> '
        '<a href="site:index.md?x=1#y">up</a> '
        '<a href="mailto:a@b.example">a@b.example</a> '
        '<a href="https://x.example/a?b=c&amp;d=e">out</a> '
        '<a href="site:news/other.md" title="t &amp; t">q</a> '
        '<a href="site:news/other.md">enc</a> <img alt="p" src="site:news/photo.jpg"></p>'
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a</p>", "<p>a </p>"),
        ("<p>a</p>", "<h2>a</h2>"),
        ("<p>a</p>", "<p>a</p><p></p>"),
        ("<p>a b</p>", "<p>a<br>b</p>"),
        ('<p class="x">a</p>', '<p class="y">a</p>'),
        ('<p id="x">a</p>', '<p id="y">a</p>'),
        ('<a href="a.md">a</a>', '<a href="b.md">a</a>'),
        ('<a href="a.md#x">a</a>', '<a href="a.md#y">a</a>'),
        ('<a href="a.md?x">a</a>', '<a href="a.md">a</a>'),
        ('<img src="a.jpg" alt="x">', '<img src="a.jpg" alt="y">'),
        ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
        ("<p>a</p>", "<p>a<!-- b --></p>"),
    ],
)
def test_what_a_visitor_can_tell_apart_has_different_forms(one: str, other: str) -> None:
    meaning = meaning_on(PATH)
    assert in_one_form(one, meaning) != in_one_form(other, meaning)


def test_order_of_attributes_ids_of_headings_and_outer_space_make_no_difference() -> None:
    meaning = meaning_on(PATH)
    one = '<h2 id="a" title="t" class="c">x</h2>\n'
    assert in_one_form(one, meaning) == in_one_form('<h2 class="c" title="t">x</h2>', meaning)


def test_a_link_to_what_is_not_published_loses_its_address() -> None:
    article = '<p><a href="gone.md" title="t">a</a> <img src="gone.md"></p>'
    assert in_one_form(article, meaning_on(PATH), absent=lambda file: file == "news/gone.md") == (
        '<p><a title="t">a</a> <img src="site:news/gone.md"></p>'
    )


def test_the_digest_is_of_the_one_form() -> None:
    page = Asset(PATH, f"{TOP}Hello *you*\n".encode())
    assert rendered_digest(page) == digest_of(b"<p>Hello <em>you</em></p>")


def test_front_matter_is_no_part_of_the_article() -> None:
    assert article_of(Asset(PATH, b"---\ntitle: One\n---\n\nHello\n")) == article_of(
        Asset(PATH, b"Hello\n")
    )


def test_a_page_that_cannot_be_read_has_no_digest() -> None:
    with pytest.raises(ExtractionError):
        rendered_digest(Asset(PATH, b"---\ntitle: [\n---\n\nHello\n"))
