"""What the files of a school's own theme may hold."""

import pytest

from moderation.model import Asset, BuildError
from moderation.publish.kit import load_kit
from moderation.publish.theme import ENDINGS, asks_elsewhere, theme_troubles

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"%s>%s</svg>'
)


def troubles(path: str, data: str | bytes = b"") -> list[str]:
    asset = Asset(path, data.encode() if isinstance(data, str) else data)
    return [each.removeprefix(f"theme/{path}: ") for each in theme_troubles([asset])]


@pytest.mark.parametrize("ending", [each for each in ENDINGS if each != "svg"])
def test_a_theme_is_made_of_these(ending: str) -> None:
    assert troubles(f"assets/x.{ending}") == []


@pytest.mark.parametrize(
    "path",
    ["CNAME", ".htaccess", "x.php", "x.shtml", "x.HTML", "locales/en.mo", "x.py", "web.config"],
)
def test_other_files_are_refused(path: str) -> None:
    assert troubles(path) == [
        "is no file that a theme is made of; remove it, or use one of css, gif, html, ico, jpeg, "
        "jpg, js, json, png, svg, txt, webmanifest, webp, woff, woff2"
    ]


REMOTE = (
    "p{background:url(https://a.example/x.png)}",
    "p{background:url( '//a.example/x.png' )}",
    'p{background:URL("HTTP:a.example")}',
    "p{background:url(\\\\\\\\a.example/x)}",
    "p{background:\\75 rl(https://a.example)}",
    "p{background:u\\72\\6c(https://a.example)}",
    "p{background:url(ht\\\ntps://a.example)}",
    "p{background:url(\\68ttps://a.example)}",
    "@import 'https://a.example/x.css';",
    "@import/**/url(//a.example/x.css);",
    '@import/* x */"//a.example/x.css";',
    "p{background:image-set('x.png' 1x, '//a.example/x.png' 2x)}",
    "p{background:image('https://a.example/x.png')}",
    """p{content:"/*"} q{background:url(https://a.example)} p{content:"*/"}""",
)


@pytest.mark.parametrize("style", REMOTE)
def test_a_stylesheet_that_asks_another_site_is_refused(style: str) -> None:
    assert troubles("x.css", style) == ["asks another site for a file; keep the file in the theme"]


LOCAL = (
    "p{background:url(../images/x.png)} @import 'parts.css';",
    """p{background:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")}""",
    "/* see https://a.example */ p{content:'\\2014 \\0 \\110000 \\d800'}",
    "p{background:image-set('x.png' 1x, 'y.png' 2x)} a::after{content:': //'}",
)


@pytest.mark.parametrize("style", LOCAL)
def test_a_stylesheet_that_stays_in_the_theme_is_accepted(style: str) -> None:
    assert not asks_elsewhere(style)


def test_a_picture_that_only_shows_something_is_accepted() -> None:
    inside = '<style>p{fill:url(#a)}</style><use xlink:href="#a"/><image href="data:image/png;,"/>'
    assert troubles("x.svg", '<?xml version="1.0" encoding="utf-8"?>' + SVG % ("", inside)) == []


ACTS = "runs a program or changes by itself; save it as plain SVG"
ASKS = "asks another site for a file; keep the file in the theme"
NO_SVG = "is not a plain SVG picture; save it as plain SVG"
PICTURES = {
    SVG % ("", "<script>go()</script>"): [ACTS],
    SVG % ("", '<script href="https://a.example/x.js"/>'): [ACTS, ASKS],
    SVG % (' onload="go()"', ""): [ACTS],
    SVG % ("", "<foreignObject/>"): [ACTS],
    SVG % ("", '<set attributeName="href" to="x"/>'): [ACTS],
    SVG % ("", '<image xlink:href="//a.example/x.png"/>'): [ASKS],
    SVG % ("", '<use href="https://a.example/x.svg#a"/>'): [ASKS],
    SVG % ("", '<a href="java&#10;script:go()"/>'): [ASKS],
    SVG % ("", '<a href="data:text/html,x"/>'): [ASKS],
    SVG % ("", "<style>@import '//a.example';</style>"): [ASKS],
    SVG % ("", "<p style='fill:url(https://a.example)'/>"): [ASKS],
    '<?xml-stylesheet href="https://a.example"?>' + SVG % ("", ""): [ASKS],
    "<!DOCTYPE svg [<!ENTITY a 'x'>]>" + SVG % ("", "&a;"): [NO_SVG],
    "<svg><b></svg>": [NO_SVG],
    "": [NO_SVG],
}


@pytest.mark.parametrize(("text", "found"), PICTURES.items(), ids=range(len(PICTURES)))
def test_a_picture_that_acts_is_refused(text: str, found: list[str]) -> None:
    assert troubles("x.svg", text) == found


@pytest.mark.parametrize("path", ["x.svg", "x.css"])
def test_a_file_in_another_encoding_is_refused(path: str) -> None:
    data = (SVG % ("", "")).encode("utf-16")
    assert troubles(path, data) == ["is not saved as UTF-8; save it as UTF-8"]


def test_a_kit_with_such_files_is_not_loaded() -> None:
    with pytest.raises(BuildError) as error:
        load_kit((Asset("x.css", b"@import '//a.example';"), Asset("x.svg", b"")))
    assert str(error.value) == f"theme/x.css: {ASKS}\ntheme/x.svg: {NO_SVG}"
