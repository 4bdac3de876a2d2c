"""What is said of who made a picture: as the licence demands, and never more than was declared."""

from dataclasses import replace

import pytest

from moderation.model import Declaration, Document
from moderation.publish import recorder
from moderation.publish.credits import Credits, caption, make_credits

BRIDGE = Declaration(
    path="photos/bridge.jpg",
    title="Old bridge",
    author="Wren Alder",
    licence="CC-BY-SA-4.0",
    source="https://www.pictures.example/42?a=1&b=2",
)
CC = "https://creativecommons.org"


def told(**changes: str) -> str:
    return caption(replace(BRIDGE, **changes))  # type: ignore[arg-type]  # all of them are words


def test_creative_commons_asks_for_title_author_source_and_licence() -> None:
    assert told() == (
        '<a href="https://www.pictures.example/42?a=1&amp;b=2">“Old bridge”</a> by Wren Alder, '
        f'<a rel="license" href="{CC}/licenses/by-sa/4.0/">CC BY-SA 4.0</a>'
    )
    assert told(title="", holder="Alder & Co") == (
        "Picture by Wren Alder, © Alder &amp; Co, "
        'from <a href="https://www.pictures.example/42?a=1&amp;b=2">pictures.example</a>, '
        f'<a rel="license" href="{CC}/licenses/by-sa/4.0/">CC BY-SA 4.0</a>'
    )


def test_what_is_no_address_is_printed_as_words() -> None:
    licence = f'<a rel="license" href="{CC}/licenses/by/2.0/">CC BY 2.0</a>'
    for source, words in (
        ("a book <i>", "a book &lt;i&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/"),
        ("https://", "https://"),
        ("https://[", "https://["),
        ("https://a.example/b c", "https://a.example/b c"),
        ("https://a.example\\@b.example/", "https://a.example\\@b.example/"),
    ):
        line = f"“Old bridge” by Wren Alder, {words}, {licence}"
        assert told(licence="CC-BY-2.0", source=source) == line


def test_the_open_government_licence_prescribes_its_statement() -> None:
    place = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    assert told(licence="OGL-UK-3.0", author="The Council", source="") == (
        "“Old bridge” by The Council. Contains public sector information licensed under the "
        f'<a rel="license" href="{place}">Open Government Licence v3.0</a>.'
    )


def test_what_was_bought_or_lent_is_credited_to_who_sold_or_lent_it() -> None:
    assert told(licence="stock", holder="Kestrel Pictures", invoice="2026/17") == (
        "Photo: Wren Alder / Kestrel Pictures"
    )
    assert told(licence="stock", source="Kestrel Pictures") == (
        "Photo: Wren Alder / Kestrel Pictures"
    )
    assert told(licence="stock", source="", holder="Wren Alder") == "Photo: Wren Alder"
    assert told(licence="permission", source="", permission="letter of 3 May") == (
        "“Old bridge” by Wren Alder, by kind permission of Wren Alder"
    )
    assert told(licence="permission", source="", holder="The Museum") == (
        "“Old bridge” by Wren Alder, by kind permission of The Museum"
    )


def test_words_stand_on_one_line_and_turn_no_others_round() -> None:
    assert told(licence="stock", author="Wren\n\u202eAlder ", holder="") == (
        "Photo: Wren Alder / "
        '<a href="https://www.pictures.example/42?a=1&amp;b=2">pictures.example</a>'
    )


def test_a_licence_that_is_not_known_is_taken_to_ask_for_the_author() -> None:
    assert told(licence="LicenseRef-<x>", source="") == (
        "“Old bridge” by Wren Alder, LicenseRef-&lt;x&gt;"
    )


@pytest.mark.parametrize(
    "licence", ["own-work", "pupil-work", "parent-photo", "CC0-1.0", "CC-PDM-1.0", "PDDL-1.0", ""]
)
def test_licences_that_ask_for_nothing_get_no_line(licence: str) -> None:
    assert told(licence=licence) == ""


def test_the_policy_may_ask_for_a_line_under_pictures_that_need_none() -> None:
    always = ("own-work", "pupil-work", "parent-photo", "CC0-1.0")
    lines = [caption(replace(BRIDGE, licence=each, source=""), always) for each in always]
    assert lines == [
        "“Old bridge” by Wren Alder, own work of the school",
        "Work of a pupil of the school",
        "Photo by a family of the school",
        "“Old bridge” by Wren Alder, "
        f'<a rel="license" href="{CC}/publicdomain/zero/1.0/">CC0 1.0</a>',
    ]


LINE = {"photos/a b.jpg": "by <b>A</b>"}
SAID = '<span class="school-credit">by <b>A</b></span>'


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        (
            '<p><img alt="x" src="../../photos/a%20b.jpg" /></p>',
            '<figure class="school-figure"><img alt="x" src="../../photos/a%20b.jpg" />'
            f"<figcaption>{SAID}</figcaption></figure>",
        ),
        (
            "<p><img src='/school/photos/a%20b.jpg'>\n<em>At <b>noon</b></em></p>",
            "<figure class=\"school-figure\"><img src='/school/photos/a%20b.jpg'>"
            f"<figcaption><em>At <b>noon</b></em> {SAID}</figcaption></figure>",
        ),
        (
            '<p>See <a href="x"><img src="../../photos/a b.jpg"> here</a> there</p>',
            f'<p>See <a href="x"><img src="../../photos/a b.jpg"> here</a> {SAID} there</p>',
        ),
        (
            '<p><img src="../../photos/a b.jpg"> <em>a</em> b <em>c</em></p>',
            f'<p><img src="../../photos/a b.jpg"> {SAID} <em>a</em> b <em>c</em></p>',
        ),
        (
            '<table><td><img alt=">" src="../../photos/a b.jpg"></td></table>',
            f'<table><td><img alt=">" src="../../photos/a b.jpg"> {SAID}</td></table>',
        ),
        ('<p><a href="x"><img src="../../photos/a b.jpg"></p>', None),
        ('<p><img src="../../photos/other.jpg"></p>', ""),
        ('<p><img src="http://["></p><p><img alt="a"></p>', ""),
        ("<p>" * 20_000, ""),
        ("<img '\"" * 20_000, ""),
        ('<p><img src="../../photos/a b.jpg"><img alt="</p>', '<p>FIRST<img alt="</p>'),
    ],
)
def test_the_line_stands_under_its_picture(article: str, shown: str | None) -> None:
    shown = shown and shown.replace("FIRST", f'<img src="../../photos/a b.jpg"> {SAID}')
    expected = f"{article} {SAID}".replace("</p> ", " ") + "</p>" if shown is None else shown
    found = recorder.captioned(article, "news/fair/index.html", LINE, "/school/")
    assert found == (expected or article)


def page(path: str, *declared: Declaration, **front: str) -> Document:
    names = ("title", "author", "holder", "licence", "source")
    assets = {d.path: {n: getattr(d, n) for n in names if getattr(d, n)} for d in declared}
    front_matter = {**front, "assets": assets}
    return Document(
        path=path,
        digest="",
        media_type="text/markdown",
        text="",
        pieces=(),
        front_matter=front_matter,
    )


OWN = Declaration(path="photos/hall & yard.jpg", author="Oak School", licence="own-work")
PUPIL = Declaration(path="photos/poem.jpg", author="Ada Oak", licence="pupil-work", title="Owl")
NOBODY = Declaration(path="photos/unsaid.jpg")
UNBUILT = Declaration(path="photos/taken-down.jpg", author="X", licence="CC-BY-4.0")
LAID = {
    "index.md": "index.html",
    "news/index.md": "news/index.html",
    "news/old-bridge.md": "news/old-bridge/index.html",
    BRIDGE.path: BRIDGE.path,
    OWN.path: OWN.path,
    PUPIL.path: PUPIL.path,
    NOBODY.path: NOBODY.path,
}


def test_the_page_of_credits_lists_each_file_and_names_no_child() -> None:
    pages = [
        page("index.md", OWN),
        page("news/old-bridge.md", BRIDGE, UNBUILT, NOBODY),
        page("news/index.md", BRIDGE, PUPIL, title="News & views"),
    ]
    by = (
        'by Wren Alder, from <a href="https://www.pictures.example/42?a=1&amp;b=2">'
        'pictures.example</a>, <a rel="license" '
        f'href="{CC}/licenses/by-sa/4.0/">CC BY-SA 4.0</a>'
    )
    made = make_credits({each.path: each for each in pages}, LAID, directory_urls=True)
    assert made == Credits(
        captions={each: {BRIDGE.path: told()} for each in ("news/index.md", "news/old-bridge.md")},
        place="credits/index.html",
        page=(
            "<h1>Credits</h1>\n<p>Who made the pictures and files on this site, and on what terms "
            'they are shown.</p>\n<ul class="school-credits">\n'
            f'<li><a href="../photos/bridge.jpg">Old bridge</a>: {by} <small>(on '
            '<a href="../news/">News &amp; views</a>, <a href="../news/old-bridge/">Old bridge</a>)'
            "</small></li>\n"
            '<li><a href="../photos/hall%20%26%20yard.jpg">hall &amp; yard.jpg</a>: by Oak School, '
            'own work of the school <small>(on <a href="../">Home</a>)</small></li>\n'
            '<li><a href="../photos/poem.jpg">Owl</a>: work of a pupil of the school '
            '<small>(on <a href="../news/">News &amp; views</a>)</small></li>\n</ul>'
        ),
    )


def test_links_of_a_site_without_folders_lead_to_files() -> None:
    laid = {"index.md": "index.html", OWN.path: OWN.path}
    made = make_credits({"index.md": page("index.md", OWN)}, laid, directory_urls=False)
    assert made.place == "credits.html"
    assert '(on <a href="./">Home</a>)' in made.page


def test_a_site_that_declares_nothing_has_no_page_of_credits() -> None:
    home = page("index.md", NOBODY, UNBUILT)
    assert make_credits({"index.md": home}, LAID, directory_urls=True) == Credits()
