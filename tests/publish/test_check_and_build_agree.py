"""A page that the check lets pass is one whose article the build accepts, mark by mark."""

from datetime import date

import markdown
import pytest

from moderation.checks.base import Context
from moderation.extract import extract
from moderation.extract.sanitise import sanitised
from moderation.model import Asset
from moderation.pipeline.plan import Plan
from moderation.pipeline.run import check_assets
from moderation.policy import default_policy
from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from moderation.policy.markup import ATTRIBUTES, TAGS
from moderation.publish.article import article_troubles, cleaning_troubles
from moderation.publish.front_matter import front_matter_troubles

POLICY = default_policy()
_TAGS = """
applet area audio base body button canvas center dialog embed fieldset font footer form frame
header hgroup html iframe input label legend link main map marquee menu meta meter nav noscript
object optgroup option output param picture progress school-card script select slot source style
template textarea title track video xmp
"""
_ATTRIBUTES = """
accesskey action autofocus charset content contenteditable data-clipboard-text data-md-toggle
data-x draggable for form formaction http-equiv is itemprop name nonce onclick part ping popover
poster slot spellcheck srcdoc srcset usemap
"""
OTHER_TAGS, OTHER_ATTRIBUTES = _TAGS.split(), _ATTRIBUTES.split()
ADDRESSES = (
    *("https://a.example/", "HTTP://a.example/x", "mailto:a@b.example", "tel:01632960140"),
    *("sms:1", "//a.example/", "/\\a.example/", "ftp://a.example/", "data:text/html,x", "#top"),
    *("javascript:go()", "webcal://a.example/", "?a:b", "x-y:z", "https:a"),
)
LISTS = (
    *(".note", "#__config", "#top", ".md-overlay #__search", "data-md-x=1", "data-clipboard=1"),
    *(".mermaid", ".x-mermaid", "onclick=go()", "hidden", "title=Text", "style=color:red"),
    *("lang=en", "name=x", "aria-hidden=true", ".MD-overlay", "role=note", "checked"),
)
PAGES = {
    **{f"<{tag}>": f"<{tag}>Text</{tag}>\n" for tag in (*sorted(TAGS), *OTHER_TAGS)},
    **{
        f"{name}=": f'<b {name}="#x">Text</b>\n'
        for name in (*sorted(ATTRIBUTES), *OTHER_ATTRIBUTES)
    },
    **{f"[]({address})": f"[Text]({address})\n" for address in ADDRESSES},
    **{f"a {address}": f'<a href="{address}">Text</a>\n' for address in ADDRESSES},
    **{f"{{: {each} }}": f"Text\n{{: {each} }}\n\n# Text {{ {each} }}\n" for each in LISTS},
    **{f"*{{: {each} }}": f"Some *text*{{: {each} }}\n" for each in LISTS},
    **{f"``` {{ {each} }}": f"``` {{ {each} }}\ntext\n```\n" for each in LISTS},
    "a diagram": "```mermaid\ngraph TD\n```\n",
    "a box": "!!! note\n\n    Text\n",
    "a box of the theme": "!!! md-overlay\n\n    Text\n",
    "a diagram in a box": '!!! mermaid "Text"\n\n    Text\n',
    "a table": "| A | B |\n| :- | -: |\n| 1 | 2 |\n",
    "a comment": "Text <!-- a word, 3 < 4 -->\n\n<!-- another -->\n",
    "a comment with a tag": "Text\n\n<!-- <b> -->\n",
    "an include": 'Text\n\n<!--#include virtual="/x" -->\n',
    "a program": "Text\n\n<?php go() ?>\n",
    "a declaration": "<!doctype html>\n\nText\n",
    "another declaration": '<!doctype html system "x">\n\nText\n',
    "a tag in the title": '---\ntitle: "a <b> c"\n---\n\nText\n',
    "an entity in the title": "---\ntitle: a &amp; b\n---\n\nText\n",
    "a template": "---\ntemplate: nope.html\n---\n\nText\n",
    "the plain template": "---\ntemplate: main.html\n---\n\nText\n",
}
SOUND = ("<b>", "<figure>", "id=", "lang=", "{: .note }", "a diagram", "a box", "a table")


def passes(page: str) -> bool:
    context = Context(policy=POLICY, today=date(2026, 11, 21))
    verdict = check_assets((Asset("a.md", page.encode()),), context, Plan(("active-content",)))
    return not verdict.findings and not verdict.errors


def troubles(page: str) -> list[str]:
    document = extract("a.md", page.encode(), POLICY.limits)
    configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
    body = page.split("---\n", 2)[2] if page.startswith("---\n") else page
    article = markdown.markdown(body, extensions=list(EXTENSIONS), extension_configs=configs)
    laid = {"a.md": "a/index.html"}
    found = article_troubles("a/index.html", article, document, laid, "/")
    cleaned = cleaning_troubles(article, sanitised(article))
    return [*found, *cleaned, *front_matter_troubles(document)]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_passes_the_check_is_built(page: str) -> None:
    if passes(page):
        assert troubles(page) == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_page_passes_the_check(name: str) -> None:
    assert passes(PAGES[name])
