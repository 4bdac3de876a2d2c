"""The home page: its lists come from the pages themselves."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext

from tests.browser.served import ROOT, Site

pytestmark = pytest.mark.browser

BUILT = date(2026, 11, 21)


def front_matter(path: Path) -> dict[str, object]:
    """Return the front matter of a page of the content."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def test_home_shows_the_five_newest_articles_newest_first(site: Site, desk: BrowserContext) -> None:
    articles = [front_matter(f) for f in (ROOT / "content/news").glob("*.md")]
    dated = sorted(((str(a["date"]), a["title"]) for a in articles if "date" in a), reverse=True)
    page = desk.new_page()
    page.goto(site.address)
    cards = page.locator(".school-news .school-card")
    shown = [
        (card.locator("time").get_attribute("datetime"), card.locator("h3").inner_text())
        for card in cards.all()
    ]
    assert shown == dated[:5]


def test_home_shows_the_next_six_dates_of_the_calendar(site: Site, desk: BrowserContext) -> None:
    entries = front_matter(ROOT / "content/calendar.md")["dates"]
    assert isinstance(entries, list)
    coming = [(str(e["date"]), e["title"]) for e in entries if e["date"] >= BUILT]
    page = desk.new_page()
    page.goto(site.address)
    shown = [
        (item.locator("time").get_attribute("datetime"), item.locator("strong").inner_text())
        for item in page.locator(".school-dates li").all()
    ]
    assert shown == sorted(coming)[:6]


def test_news_lists_every_article_with_its_picture(site: Site, desk: BrowserContext) -> None:
    articles = [front_matter(f) for f in (ROOT / "content/news").glob("*.md")]
    pictures = sorted(str(a["image"]) for a in articles if "image" in a)
    page = desk.new_page()
    page.goto(f"{site.address}news/")
    sources = page.locator(".school-card img").evaluate_all("all => all.map(i => i.src)")
    assert sorted(source.removeprefix(site.address) for source in sources) == pictures


def test_every_picture_of_the_home_page_loads(site: Site, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(site.address)
    page.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    broken = "all => all.filter(i => !i.naturalWidth).map(i => i.src)"
    assert page.locator("img").evaluate_all(broken) == []


def test_an_article_marks_news_in_the_menu(site: Site, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(f"{site.address}news/lantern-walk/")
    assert page.locator(".school-menu .is-here").all_inner_texts() == ["News"]
