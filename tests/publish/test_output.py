"""Each fault planted in an output is found, and a sound output is not."""

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from moderation.model import Asset, BuildError, Carrier, Document, Piece, digest_of
from moderation.publish.credits import Credits
from moderation.publish.kit import Kit
from moderation.publish.manifest import Origin, OutputFile
from moderation.publish.output import Expected, check_output, guarded

ARTICLE = "<h1>The fair</h1>\n<p>Cakes &amp; tea</p>"
PAGE = f"<!doctype html><html><head><title>Fair</title></head><body>{ARTICLE}</body></html>"
TEXT = "The fair\nCakes & tea"
BASE = "https://oak.example/school/"
INDEX = {
    "docs": [
        {"location": "news/fair/", "title": "Fair days", "text": ""},
        {"location": "news/fair/#x", "title": "The fair", "text": "<p>Cakes</p><p>tea</p>"},
        {"location": "news/fair/", "title": "Fair", "text": "", "tags": ["Cakes"]},
    ]
}
SITEMAP = f"<urlset><loc>{BASE}news/fair/</loc></urlset>".encode()
RAW = {
    "news/fair/index.html": PAGE.encode(),
    "photos/fair.jpg": b"photo",
    "assets/own.css": b"css",
    "404.html": b"<!doctype html>\n<html><head><title>No</title></head></html>",
    "sitemap.xml": SITEMAP,
    "sitemap.xml.gz": gzip.compress(SITEMAP, mtime=0),
    "search/search_index.json": json.dumps(INDEX).encode(),
}
EXPECTED = Expected(
    assets={
        "news/fair.md": Asset("news/fair.md", b"source"),
        "photos/fair.jpg": Asset("photos/fair.jpg", b"photo"),
    },
    pages={
        "news/fair.md": Document(
            path="news/fair.md",
            digest="",
            media_type="text/markdown",
            text=TEXT,
            pieces=(Piece(0, len(TEXT), Carrier.BODY),),
        )
    },
    articles={"news/fair.md": ARTICLE},
    laid={"news/fair.md": "news/fair/index.html", "photos/fair.jpg": "photos/fair.jpg"},
    kit=Kit(
        own={"assets/own.css": Asset("assets/own.css", b"css")},
        base=Path("nowhere"),
        scripts=(re.compile("own"),),
    ),
    site_url=BASE,
    words='[{"Fair days": "news/fair.md"}]',
)
SOUND = dict(guarded(RAW, EXPECTED))
BUILT = SOUND["news/fair/index.html"].decode()
Files = dict[str, bytes]


def test_a_sound_output_is_accounted_for_file_by_file() -> None:
    def made(path: str, origin: Origin, source: str = "") -> OutputFile:
        data = SOUND[path]
        return OutputFile(
            path=path, digest=digest_of(data), size=len(data), origin=origin, source=source
        )

    assert check_output(SOUND, EXPECTED) == (
        made("404.html", Origin.GENERATED),
        made("assets/own.css", Origin.THEME, "assets/own.css"),
        made("news/fair/index.html", Origin.PAGE, "news/fair.md"),
        made("photos/fair.jpg", Origin.ASSET, "photos/fair.jpg"),
        made("search/search_index.json", Origin.GENERATED),
        made("sitemap.xml", Origin.GENERATED),
        made("sitemap.xml.gz", Origin.GENERATED),
    )


def without(path: str) -> Callable[[], Files]:
    return lambda: {name: data for name, data in SOUND.items() if name != path}


def swapped(path: str, data: bytes) -> Callable[[], Files]:
    return lambda: {**SOUND, path: data}


def page(old: str, new: str) -> Callable[[], Files]:
    assert old in BUILT
    return swapped("news/fair/index.html", BUILT.replace(old, new).encode())


def index(**entry: object) -> Callable[[], Files]:
    data = {"docs": [{"location": "news/fair/", "title": "", "text": "", **entry}]}
    return swapped("search/search_index.json", json.dumps(data).encode())


CHANGES = "news/fair.md: the theme changes or leaves out the text; let it print page.content"
NOT_APPROVED = "is in the output, and nobody approved it"
WORDS = "search/search_index.json: holds words that are not on news/fair.md"
NO_INDEX = "search/search_index.json: is not the index of the admitted pages"
UNCLEAN = ARTICLE.replace("<p>", "<p ><!-- -->")
NO_POLICY = (
    "does not begin with its security policy; let the theme begin each page with <!doctype html>, "
    "<html> and <head>, and nothing before"
)
LEADS = "a meta tag may not lead visitors away or set cookies"
SCRIPT = "a script is not the theme's own; put it into a file of the theme"

FAULTS: dict[str, tuple[Callable[[], Files], list[str]]] = {
    "a page is missing": (
        without("news/fair/index.html"),
        ["news/fair.md: is missing from the output; build again"],
    ),
    "a photo is missing": (
        without("photos/fair.jpg"),
        ["photos/fair.jpg: is missing from the output; build again"],
    ),
    "a photo differs": (
        swapped("photos/fair.jpg", b"phot0"),
        ["photos/fair.jpg: differs in the output; build again"],
    ),
    "a file of the theme differs": (
        swapped("assets/own.css", b"cs5"),
        ["assets/own.css: differs from the theme's own file"],
    ),
    "a page nobody approved": (
        swapped("news/other/index.html", PAGE.encode()),
        [f"news/other/index.html: {NOT_APPROVED}"],
    ),
    "a hidden file": (swapped(".git/config", b"x"), [f".git/config: {NOT_APPROVED}"]),
    "a text that was changed": (page("Cakes", "Snakes"), [CHANGES]),
    "a text that was emptied": (page(ARTICLE, ""), [CHANGES]),
    "a script beside the text": (
        page("</body>", "<script>harm()</script></body>"),
        [f"news/fair.md: {SCRIPT}"],
    ),
    "a script in the page that is not there": (
        swapped("404.html", SOUND["404.html"] + b"<script>harm()</script>"),
        [f"404.html: {SCRIPT}"],
    ),
    "a page without its policy": (
        swapped("news/fair/index.html", PAGE.encode()),
        [f"news/fair.md: {NO_POLICY}"],
    ),
    "the page that is not there without its policy": (
        swapped("404.html", RAW["404.html"]),
        [f"404.html: {NO_POLICY}"],
    ),
    "a policy that lets a script of the page run": (
        page("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        [f"news/fair.md: {NO_POLICY}"],
    ),
    "a script before the policy": (
        page("<!doctype html>", "<!doctype html><script>own</script>"),
        [f"news/fair.md: {NO_POLICY}", f"news/fair.md: {LEADS}"],
    ),
    "a policy that does not stand first in the head": (
        page("<head>", '<head><meta name="a">'),
        [f"news/fair.md: {NO_POLICY}", f"news/fair.md: {LEADS}"],
    ),
    "a second policy": (
        page(
            "<title>",
            '<meta http-equiv="content-security-policy" content="script-src *"><title>',
        ),
        [f"news/fair.md: {LEADS}"],
    ),
    "an article as it was before its cleaning": (page(ARTICLE, UNCLEAN), [CHANGES]),
    "an address in the sitemap": (
        swapped("sitemap.xml", SITEMAP.replace(b"fair", b"draft")),
        ["sitemap.xml: names an address that is no admitted page"],
    ),
    "an address of another site in the sitemap": (
        swapped("sitemap.xml", SITEMAP.replace(b"oak", b"elm")),
        ["sitemap.xml: names an address that is no admitted page"],
    ),
    "an address in the packed sitemap": (
        swapped("sitemap.xml.gz", gzip.compress(SITEMAP.replace(b"fair", b"draft"))),
        ["sitemap.xml.gz: names an address that is no admitted page"],
    ),
    "words behind the packed sitemap": (
        swapped("sitemap.xml.gz", gzip.compress(SITEMAP) + b"words"),
        ["sitemap.xml.gz: holds more than a sitemap"],
    ),
    "a packed sitemap that is cut off": (
        swapped("sitemap.xml.gz", gzip.compress(SITEMAP)[:-9]),
        ["sitemap.xml.gz: holds more than a sitemap"],
    ),
    "a packed sitemap that is none": (
        swapped("sitemap.xml.gz", b"words"),
        ["sitemap.xml.gz: holds more than a sitemap"],
    ),
    "words of another page in the index": (index(text="<p>Snakes</p>"), [WORDS]),
    "a title of another page in the index": (index(title="Snakes"), [WORDS]),
    "a tag of another page in the index": (index(tags=["Snakes"]), [WORDS]),
    "an address of no page in the index": (index(location="draft/"), [NO_INDEX]),
    "an index that is none": (swapped("search/search_index.json", b"[]"), [NO_INDEX]),
    "an index that is cut off": (swapped("search/search_index.json", b'{"docs": ['), [NO_INDEX]),
    "an index of numbers": (index(text=1), [NO_INDEX]),
}


@pytest.mark.parametrize(("plant", "troubles"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(plant: Callable[[], Files], troubles: list[str]) -> None:
    with pytest.raises(BuildError) as error:
        check_output(plant(), EXPECTED)
    assert str(error.value).split("\n") == troubles


def expected(**changes: object) -> Expected:
    fields = {name: getattr(EXPECTED, name) for name in Expected.__dataclass_fields__}
    return Expected(**{**fields, **changes})


def test_an_article_that_holds_more_than_was_checked_is_refused() -> None:
    article = f"{ARTICLE}<p>Snakes</p>"
    files = {**SOUND, "news/fair/index.html": BUILT.replace(ARTICLE, article).encode()}
    with pytest.raises(BuildError) as error:
        check_output(files, expected(articles={"news/fair.md": article}))
    assert str(error.value) == (
        "news/fair.md: the text that MkDocs makes of it is not the text that was checked; write "
        "the unusual parts more simply and hand it in again"
    )


def test_a_page_of_which_no_article_was_kept_is_refused() -> None:
    files = without("search/search_index.json")()
    with pytest.raises(BuildError) as error:
        check_output(files, expected(articles={}))
    assert str(error.value) == "news/fair.md: MkDocs did not render it; build again"


def test_credits_that_are_missing_are_found() -> None:
    made = Credits(page="<h1>Credits</h1>", place="credits/index.html")
    with pytest.raises(BuildError) as error:
        check_output(SOUND, replace(EXPECTED, credits=made))
    assert str(error.value) == "credits/index.html: is missing from the output; build again"


def test_many_troubles_are_counted() -> None:
    more = {f"x{number:03}.html": b"" for number in range(60)}
    with pytest.raises(BuildError) as error:
        check_output({**SOUND, **more}, EXPECTED)
    lines = str(error.value).split("\n")
    assert (len(lines), lines[-1]) == (51, "and 10 more like these")


def test_the_index_of_many_pages_is_checked_in_linear_time() -> None:
    names = [f"news/page-{number}" for number in range(1_500)]
    titles = [f"What the school says of page {number}" for number in range(1_500)]
    document = EXPECTED.pages["news/fair.md"]
    pages = {f"{name}.md": replace(document, path=f"{name}.md") for name in names}
    many = expected(
        pages=pages,
        assets={path: Asset(path, b"source") for path in pages},
        articles=dict.fromkeys(pages, ARTICLE),
        laid={f"{name}.md": f"{name}/index.html" for name in names},
        words=json.dumps([{t: path} for t, path in zip(titles, pages, strict=True)]),
    )
    docs = [
        {"location": f"{name}/", "title": title, "text": ""}
        for name, title in zip(names, titles, strict=True)
    ]
    files = {f"{name}/index.html": BUILT.encode() for name in names}
    files["search/search_index.json"] = json.dumps({"docs": docs}).encode()
    started = time.process_time()
    made = check_output(files, many)
    assert len(made) == 1_501
    assert time.process_time() - started < 2  # 0.2 here
