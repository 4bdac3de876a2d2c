"""What a rendered page must not hold, in the article and around it."""

import re
from pathlib import Path

import pytest

from moderation.extract.sanitise import sanitised
from moderation.model import (
    Asset,
    BuildError,
    Carrier,
    Document,
    ImageReference,
    LinkReference,
    Location,
    Piece,
)
from moderation.publish.article import article_troubles, cleaning_troubles, shared_ids
from moderation.publish.chrome import chrome_troubles
from moderation.publish.kit import Kit, load_kit
from moderation.publish.markup import Tag, bare, read_markup

PLACE = "news/a/index.html"
FILES = (PLACE, "index.html", "assets/own.js", "assets/own.css", "photos/a.jpg", "photos/a.js")
OWN = {"assets/own.js": Asset("assets/own.js", b"1"), "assets/own.css": Asset("x", b"")}
KIT = Kit(
    own=OWN,
    base=Path("nowhere"),
    scripts=(re.compile(r'start\("[a-z./]*"\)'), re.compile('load\\("https://a.example"\\)')),
)
ABOVE = "../.."


def chrome(html: str) -> list[str]:
    return list(chrome_troubles(PLACE, html, FILES, KIT, "/"))


SOUND = (
    f'<!doctype html><html><head><title>A &amp; "B"</title><meta charset="utf-8">'
    '<link rel="canonical" href="https://oak.example/news/a/">'
    f'<link rel="stylesheet" href="{ABOVE}/assets/own.css"><style>p{{color:red}}</style>'
    f'<script>start("..")</script><script src="{ABOVE}/assets/own.js"></script></head>'
    f'<body><a href="https://council.example/">x</a><a href="javascript:void(0)">y</a>'
    f'<img src="{ABOVE}/photos/a.jpg" srcset="{ABOVE}/photos/a.jpg 2x,"><svg><path d="M0"/></svg>'
    '<a href="../gone/">z</a><a href="mailto:office@oak.example">m</a><!-- a word -->'
    '<script id="__config" type="application/json">{"base": "../.."}</script></body></html>'
)


def test_a_sound_page_gives_no_trouble() -> None:
    assert chrome(SOUND) == []


NOT_OWN = "a script is not the theme's own; put it into a file of the theme"
BY_ITSELF = "may not run a script by itself; put it into a file"
RUNS = "has an address that runs a script"
ASKS = "of the theme asks another site for a file"
NOT_PUBLISHED = "of the theme shows a file that is not published"
AMBIGUOUS = "a title holds what looks like a tag"
COMMENT = "a comment holds what looks like a tag"

HARM = {
    "<script>harm()</script>": [NOT_OWN],
    '<script>start("..");harm()</script>': [NOT_OWN],
    '<script>start("");harm("")</script>': [NOT_OWN],
    '<script>load("https://a.example")</script>': [NOT_OWN],
    '<script src="https://a.example/x.js"></script>': [f"a script tag {ASKS}"],
    '<script src="//a.example/x.js"></script>': [f"a script tag {ASKS}"],
    '<script src="../../photos/a.js"></script>': ["a script is not the theme's own"],
    '<script src="../../no.js"></script>': [
        f"a script tag {NOT_PUBLISHED}",
    ],
    '<script src=""></script>': ["a script is not the theme's own"],
    '<script src="../../assets/own.js">harm()</script>': [
        "a script has both a file and words of its own"
    ],
    '<script type="application/json">{</script>': ["the theme's settings are not sound"],
    "<script>": ["a script element has no end"],
    "<script/>harm()</script>": ["a script element is closed in its own tag"],
    '<img src="../../photos/a.jpg" onerror="harm()">': [f"a img tag {BY_ITSELF}"],
    '<body ONLOAD="harm()">': [f"a body tag {BY_ITSELF}"],
    '<a href="javascript:harm()">': [f"a a tag {RUNS}"],
    '<a href=" java\nscript:harm()">': [f"a a tag {RUNS}"],
    '<a href="&#106;avascript:harm()">': [f"a a tag {RUNS}"],
    '<a href="data:text/html,x">': [f"a a tag {RUNS}"],
    '<a href="http://[">': [f"a a tag {RUNS}"],
    '<svg><a xlink:href="javascript:harm()">': [f"a a tag {RUNS}"],
    '<form action="javascript:harm()">': [f"a form tag {RUNS}"],
    '<iframe src="../../index.html"></iframe>': ["a iframe tag may not stand on a page"],
    '<iframe srcdoc="x"></iframe>': [
        "a iframe tag may not stand on a page",
        "a iframe tag may not hold a page of its own",
    ],
    '<base href="../../index.html">': ["a base tag may not stand on a page"],
    '<object data="../../photos/a.jpg">': ["a object tag may not stand on a page"],
    '<meta http-equiv="Refresh" content="0;url=https://a.example">': [
        "a meta tag may not lead visitors away or set cookies"
    ],
    '<link rel="stylesheet" href="https://a.example/x.css">': [f"a link tag {ASKS}"],
    '<link rel="preconnect" href="https://a.example">': [f"a link tag {ASKS}"],
    '<link rel="canonical stylesheet" href="https://a.example">': [f"a link tag {ASKS}"],
    '<link href="https://a.example">': [f"a link tag {ASKS}"],
    '<img src="https://a.example/x.png">': [f"a img tag {ASKS}"],
    '<img srcset="../../photos/a.jpg 1x, https://a.example/x.png 2x">': [f"a img tag {ASKS}"],
    '<svg><use href="https://a.example/x.svg#a"/></svg>': [f"a use tag {ASKS}"],
    '<img src="../../photos/gone.jpg">': [f"a img tag {NOT_PUBLISHED}"],
    "<style>@import 'x';</style>": ["a style of the theme asks another site for a file"],
    "<style>p{background:url( 'https://a.example')}</style>": [
        "a style of the theme asks another site for a file"
    ],
    '<p style="background:url(//a.example)">': [
        "the style of a p tag asks another site for a file"
    ],
    "<title>a</title><script>harm()</script>": [NOT_OWN],
    "<title><!-- </title><script>harm()</script> --></title>": [
        COMMENT,
        "a script tag stands where none should be",
        AMBIGUOUS,
    ],
    "<title>a<b></title>": [AMBIGUOUS],
    "<!--><img src=x onerror=harm()> -->": [COMMENT],
    "<!--> -->": [COMMENT],
    "<![CDATA[<script>harm()</script>]]>": [
        "a declaration stands where none should be",
        "a script tag stands where none should be",
    ],
    '<!DOCTYPE html SYSTEM "x">': ["a declaration stands where none should be"],
    "<?php harm ?>": ["a processing instruction stands where none should be"],
    '<p id="a" id="b">': ["a p tag has an attribute twice"],
}


@pytest.mark.parametrize(("html", "troubles"), HARM.items(), ids=HARM)
def test_harm_around_the_article(html: str, troubles: list[str]) -> None:
    assert chrome(html) == troubles


def test_a_script_of_a_template_may_print_plain_words_only(tmp_path: Path) -> None:
    source = b'<script>go("{{ page.url }}")</script><script>{% if a %}x{% endif %}</script>'
    kit = load_kit((Asset("main.html", source),))
    assert kit.wrote('go("../news/")')
    assert not kit.wrote('go("");harm("")')
    assert not kit.wrote("x")


def test_the_kit_finds_its_own_file_before_the_one_of_material() -> None:
    kit = load_kit((Asset("404.html", b"own"), Asset("assets/images/favicon.png", b"own")))
    assert kit.file("assets/images/favicon.png") == b"own"
    assert b"og:" not in (kit.file("main.html") or b"og:")
    for path in ("../__init__.py", "/etc/hosts", ".icons/logo.svg", "assets/none.css", "assets"):
        assert kit.file(path) is None


def test_without_material_nothing_is_built() -> None:
    with pytest.raises(BuildError) as error:
        load_kit((), package="no_such_package")
    assert str(error.value) == "mkdocs-material: is not installed; install Schoolgate again"


AT = Location(path="news/a.md")
TEXT = "Hello world\nA photo"
DOCUMENT = Document(
    path="news/a.md",
    digest="",
    media_type="text/markdown",
    text=TEXT,
    pieces=(Piece(0, 11, Carrier.BODY), Piece(12, 19, Carrier.ALT)),
    links=tuple(
        LinkReference(target=target, text="", location=AT)
        for target in ("../index.md", "https://Council.example/a", "gone.md", "#top")
    ),
    images=(ImageReference(target="../photos/a.jpg", alt="A photo", location=AT),),
)
LAID = {"index.md": "index.html", "news/a.md": PLACE, "photos/a.jpg": "photos/a.jpg"}


def article(html: str) -> list[str]:
    return list(article_troubles(PLACE, html, DOCUMENT, LAID, "/"))


def test_an_article_as_approved_gives_no_trouble() -> None:
    html = (
        '<h1 id="hello" class="language-mermaid" aria-label="A photo">Hello</h1>\n'
        '<p style="text-align: right;">wor<em>ld</em>'
        '<a href="../../#welcome"></a><a href="#hello"></a><a href="https://council.example/a">'
        '</a><a></a><img alt="A photo" src="../../photos/a.jpg" title=""></p>'
    )
    assert article(html) == []


OTHER_TEXT = (
    "the text that MkDocs makes of it is not the text that was checked; write the unusual parts "
    "more simply and hand it in again"
)
ELSEWHERE = "leads where no link of the approved page does"
NO_TAG = "may not stand in an article; write it in Markdown"
NO_ATTRIBUTE = "may not have this attribute; remove what stands in braces"
NO_STYLE = "a p tag may not have a style of its own; remove the style"
WAKES = "wakes a script of the theme; remove what stands in braces"
SERVER = "a comment is an instruction to the web server"
OTHER_SITE = "an img tag shows a picture of another site; hand the picture in with the page"

CHANGED = {
    "<p>Hello world!</p>": [OTHER_TEXT],
    "<p>Hello</p>": [OTHER_TEXT],
    "": [OTHER_TEXT],
    "Hello world<script>harm()</script>": [f"a script tag {NO_TAG}"],
    "Hello world<iframe></iframe>": [f"a iframe tag {NO_TAG}"],
    "Hello world<svg></svg>": [f"a svg tag {NO_TAG}"],
    "Hello world<input>": [f"a input tag {NO_TAG}"],
    'Hello world<img onerror="harm()">': [f"a img tag {NO_ATTRIBUTE}"],
    'Hello world<img srcset="https://a.example/x">': [f"a img tag {NO_ATTRIBUTE}"],
    'Hello world<a href="https://a.example/"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<a href="javascript:harm()"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<a href="../../other/"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<a href="gone.md"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<img src="https://Council.example/a">': [OTHER_SITE],
    'Hello world<img alt="A pupil">': ["a img tag says something that was not checked"],
    'Hello world<a href="sms:1"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<a href="http://["></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<a href="//council.example/a"></a>': [f"a a tag {ELSEWHERE}"],
    'Hello world<p style="background:URL(x)">': [NO_STYLE],
    'Hello world<p style="\\75rl(x)">': [NO_STYLE],
    'Hello world<p style="position:fixed">': [NO_STYLE],
    'Hello world<pre class="a MERMAID">': [f"a pre tag {WAKES}"],
    'Hello world<p data-md-component="source">': [f"a p tag {WAKES}"],
    'Hello world<p data-clipboard-text="x">': [f"a p tag {WAKES}"],
    'Hello world<p id="__config">': [f"a p tag {WAKES}"],
    'Hello world<p id=" __config">': [f"a p tag {WAKES}"],
    'Hello world<a name="__config"></a>': [f"a a tag {WAKES}"],
    'Hello world<p class="x md-overlay">': [f"a p tag {WAKES}"],
    'Hello world<img name="body">': [f"a img tag {NO_ATTRIBUTE}"],
    'Hello world<p data-x="1">': [f"a p tag {NO_ATTRIBUTE}"],
    "Hello world<label></label>": [f"a label tag {NO_TAG}"],
    "Hello world<school-card></school-card>": [f"a school-card tag {NO_TAG}"],
    'Hello world<!--#include virtual="/x" -->': [SERVER],
    "Hello world<!-- #exec -->": [SERVER],
    "Hello world<!--esi x -->": [SERVER],
    "Hello world<!-- <b> -->": [COMMENT],
}


@pytest.mark.parametrize(("html", "troubles"), CHANGED.items(), ids=CHANGED)
def test_an_article_that_is_not_as_approved(html: str, troubles: list[str]) -> None:
    assert article(html) == troubles


def test_a_comment_may_compare_numbers() -> None:
    assert article("Hello world<!-- 3 < 4 -->") == []


def test_an_id_may_not_stand_in_the_article_and_around_it() -> None:
    around = '<div id="content"></div><p id=""></p><p>x</p>'
    assert list(shared_ids('<h2 id="news">News</h2><p>x</p>', around)) == []
    assert list(shared_ids('<h2 id="content">Content</h2>', around)) == [
        'a h2 tag has the id "content", as a part of the theme has; write the heading in other '
        "words, or remove what stands in braces"
    ]


def test_markup_is_read_in_order() -> None:
    found = read_markup('<p A="&amp;">a &lt; b<br/><style>s</style> c</p>')
    assert found.tags == (Tag("p", (("a", "&"),)), Tag("br", ()), Tag("style", ()))
    assert bare("".join(found.text)) == "a<bc"
    assert (found.styles, found.scripts, found.flaws) == (("s",), (), ())


READS_OTHERWISE = (
    "browsers would read other words than were checked; write the unusual parts more simply"
)
CLEANED = {
    "<p>a</p>": [],
    "<p>a<!-- b --><br /></p>": [],
    "<table><tr><td>a</td></tr>b</table>": [READS_OTHERWISE],
    "<script>a</script><style>b</style><svg>c</svg>": [READS_OTHERWISE],
}


@pytest.mark.parametrize(("article", "troubles"), CLEANED.items(), ids=CLEANED)
def test_an_article_whose_words_change_in_cleaning_is_refused(
    article: str, troubles: list[str]
) -> None:
    assert list(cleaning_troubles(article, sanitised(article))) == troubles


def test_what_is_shown_must_be_clean() -> None:
    shown = "<p>a</p><!-- b -->"
    assert list(cleaning_troubles("<p>a</p>", shown)) == ["holds what was not cleaned; build again"]
