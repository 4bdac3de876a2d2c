"""The theme prints front matter as text, whatever it says."""

from html.parser import HTMLParser
from pathlib import Path

from tests.browser.served import build

SCRIPT = '<img src=x onerror="harm()">'
BREAKOUT = '"><script>harm()</script>'
HOSTILE = f"""---
title: 'Title {SCRIPT}'
description: '{BREAKOUT}'
date: 2026-11-20
summary: '{SCRIPT}'
owner: '{SCRIPT}'
reviewed: '{SCRIPT}'
review: '{SCRIPT}-12-01'
years: '{SCRIPT}'
headline: '{SCRIPT}'
words: '{SCRIPT}'
image: '{BREAKOUT}'
image_alt: '{BREAKOUT}'
facts: [{{label: '{SCRIPT}', value: '{SCRIPT}'}}]
terms: [{{name: '{SCRIPT}', start: '{SCRIPT}', end: 2026-12-18, half_term: '{SCRIPT}'}}]
dates: [{{date: 2026-12-18, title: '{SCRIPT}', detail: '{SCRIPT}'}}]
---

Text.
"""
PAGES = (
    *("index", "calendar", "gallery", "contact", "safeguarding"),
    *("news/index", "news/one", "classes/index", "classes/one", "policies/index", "policies/one"),
)


class Reader(HTMLParser):
    """Collects what could do harm: handlers of events, and scripts with the word in it."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.harm += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "harm()" in data:
            self.harm.append("script")


def harm_in(html: str) -> list[str]:
    """Return what a browser would run of the hostile page."""
    reader = Reader()
    reader.feed(html)
    return reader.harm


def test_the_reader_sees_what_a_browser_would_run() -> None:
    assert harm_in(f"<p>{SCRIPT}</p><a title='{BREAKOUT}'>") == ["img onerror"]
    assert harm_in(f'<a title="{BREAKOUT}">') == ["script"]


def test_front_matter_never_becomes_markup(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for page in PAGES:
        file = content / f"{page}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HOSTILE, encoding="utf-8")
    build(content, tmp_path / "site", nav=False)
    built = list((tmp_path / "site").rglob("*.html"))
    harm = {file.parent.name: harm_in(file.read_text(encoding="utf-8")) for file in built}
    assert len(built) == len(PAGES) + 1
    assert {name: found for name, found in harm.items() if found} == {}
