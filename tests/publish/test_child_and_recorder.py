"""MkDocs' complaints in plain words, and the hook that runs inside it."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from moderation.publish import recorder
from moderation.publish.child import in_words
from moderation.publish.effective import Export

EXPORT = Export(root=Path("/export"))


def words(output: str) -> str:
    return in_words(output, EXPORT, {"news/fair.md"})


def test_a_warning_keeps_names_of_files_and_nothing_else_in_quotes() -> None:
    output = (
        "INFO    -  Cleaning site directory\n"
        "WARNING -  Doc file 'news/fair.md' contains a link 'ada-lovelace.md', but the target is "
        "not found.\nERROR   -  Error reading page 'news/fair.md': the text of Ada\n"
    )
    assert words(output) == (
        "mkdocs: doc file news/fair.md contains a link (left out), but the target is not found\n"
        "mkdocs: error reading page news/fair.md"
    )


def test_a_template_that_fails_is_named_with_its_line() -> None:
    output = (
        'Traceback (most recent call last):\n  File "/lib/mkdocs/build.py", line 9, in build\n'
        '  File "/lib/material/templates/base.html", line 3, in block\n'
        f'  File "{EXPORT.theme}/partials/card.html", line 12, in top-level template code\n'
        "    {{ page.meta.nothing.here }}\n"
        "jinja2.exceptions.UndefinedError: 'None' has no attribute 'here'\n"
    )
    assert words(output) == (
        "mkdocs: the theme's partials/card.html failed at line 12 (UndefinedError); mend it"
    )


def test_a_template_of_material_is_named_below_its_folder() -> None:
    output = '  File "/lib/material/templates/base.html", line 3, in block\n'
    assert words(output) == "mkdocs: the theme's base.html failed at line 3; mend it"


def test_any_other_failure_is_named_by_its_kind() -> None:
    assert words("RecursionError: maximum depth") == (
        "mkdocs: could not build the site (RecursionError)"
    )
    assert words("killed") == "mkdocs: could not build the site"


@dataclass
class File:
    src_uri: str
    dest_uri: str = ""


@dataclass
class Page:
    file: File
    content: str = ""
    meta: dict[str, object] = field(default_factory=dict)


@dataclass
class Config:
    config_file_path: str


def test_front_matter_is_escaped_once() -> None:
    meta: dict[str, object] = {
        "title": 'A "b" <i>',
        "date": date(2026, 11, 21),
        "list": ["&", {"<": 1}],
    }
    page = Page(File("a.md"), meta=meta)
    assert recorder.on_page_markdown("x", page=page, config=Config(""), files=None) == "x"
    assert page.meta == {
        "title": "A &#34;b&#34; &lt;i&gt;",
        "date": date(2026, 11, 21),
        "list": ["&amp;", {"&lt;": 1}],
    }
    assert isinstance(page.meta["title"], Markup)


def test_links_to_pages_that_are_not_published_lose_their_address(tmp_path: Path) -> None:
    (tmp_path / "absent.json").write_text(json.dumps({"a.md": ["b.md", "c.md?x&y"]}))
    config = Config(str(tmp_path / "mkdocs.yml"))
    html = (
        '<p><a title="x > y" href="b.md">B</a> <a href="c.md?x&amp;y" class="z">C</a> '
        '<a href="d.md">D</a> <abbr href="b.md">E</abbr></p>'
    )
    unlinked = html.replace(' href="b.md">B', ">B").replace(' href="c.md?x&amp;y"', "")
    page = Page(File("a.md"))
    assert recorder.on_page_content(html, page=page, config=config, files=None) == (
        '<p><a title="x &gt; y">B</a> <a class="z">C</a> <a href="d.md">D</a> <abbr>E</abbr></p>'
    )
    assert (tmp_path / "rendered/a.md.html").read_text() == unlinked
    other = Page(File("other.md"))
    (tmp_path / "absent.json").unlink()  # it was read once, for all pages
    recorder.on_page_content(html, page=other, config=config, files=None)
    assert (tmp_path / "rendered/other.md.html").read_text() == html


def test_an_article_is_kept_as_it_was_made_and_goes_on_clean(tmp_path: Path) -> None:
    (tmp_path / "absent.json").write_text("{}")
    page, config = Page(File("news/a.md")), Config(str(tmp_path / "mkdocs.yml"))
    html = '<p onclick="harm()">ä<br /><script>harm()</script></p>'
    assert recorder.on_page_content(html, page=page, config=config, files=None) == "<p>ä<br></p>"
    assert (tmp_path / "rendered/news/a.md.html").read_bytes() == html.encode()


def test_credits_are_put_into_the_article_and_onto_their_page(tmp_path: Path) -> None:
    captions = {"news/a.md": {"a.jpg": "by A"}}
    made = {"captions": captions, "pages": {"credits.md": "<h1>Credits</h1>"}, "prefix": "/"}
    (tmp_path / "credits.json").write_text(json.dumps(made))
    config = Config(str(tmp_path / "mkdocs.yml"))
    page = Page(File("news/a.md", "news/a/index.html"), content='Look: <img src="../../a.jpg">')
    listed = Page(File("credits.md", "credits/index.html"))
    context = {"page": page}
    for each in (page, listed):
        assert recorder.on_page_context(context, page=each, config=config, nav=None) is context
    assert page.content == 'Look: <img src="../../a.jpg"> <span class="school-credit">by A</span>'
    assert listed.content == "<h1>Credits</h1>"


@pytest.mark.parametrize("picture", ['<img src="">', "<img src=''>", "<img>"])
def test_a_picture_without_an_address_gets_no_credit_and_stops_nothing(picture: str) -> None:
    article = f'{picture} <img src="a.jpg">'
    assert recorder.captioned(article, "index.html", {"a.jpg": "by A"}) == (
        f'{article} <span class="school-credit">by A</span>'
    )
