"""What a visitor can do without a mouse, and the two things that open over a page."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import examine
from tests.browser.served import Site

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect()
  return { name: at.innerText || at.getAttribute('aria-label') || at.tagName,
           shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                  && box.width > 0 && box.height > 0,
           inside: !!at.closest('#school--content') }
}"""


def test_the_first_tab_shows_a_link_that_skips_to_the_content(
    site: Site, desk: BrowserContext
) -> None:
    page = desk.new_page()
    page.goto(f"{site.address}news/lantern-walk/")
    page.keyboard.press("Tab")
    link = page.locator(".school-skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == {"name": "All news", "shown": True, "inside": True}


def test_focus_can_be_seen_on_every_stop_of_the_home_page(site: Site, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(site.address)
    page.keyboard.press("Tab")
    stops = [page.evaluate(FOCUS)]
    while (stop := visit_next(page)) is not None:
        stops.append(stop)
    assert [stop["name"] for stop in stops if not stop["shown"]] == []
    assert len(stops) > 30


def visit_next(page: Page) -> dict[str, object] | None:
    """Press Tab and return where the focus went, or None after the last stop of the page."""
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement === document.body"):
        return None
    stop = page.evaluate(FOCUS)
    assert isinstance(stop, dict)
    return stop if stop["name"] != "Skip to content" else None


def test_search_finds_a_page_and_its_dialog_has_no_barrier(
    site: Site, desk: BrowserContext
) -> None:
    page = desk.new_page()
    page.goto(f"{site.address}contact/")
    page.locator(".md-search__input").click()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    page.locator(".md-search__input").press_sequentially("pumpkin")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_visible()
    assert "/news/pumpkins/" in str(result.get_attribute("href"))
    assert examine(page) == []


def test_the_search_dialog_of_a_phone_has_no_barrier(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}contact/")
    page.locator("label.md-header__button[for=__search]").tap()
    expect(page.locator(".md-search__input")).to_be_in_viewport()
    assert examine(page) == []


def test_the_menu_of_a_phone_opens_by_keyboard_and_has_no_barrier(
    site: Site, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(f"{site.address}policies/admissions/")
    page.locator(".school-drawer summary").press("Enter")
    here = page.locator(".school-drawer a[aria-current=page]")
    expect(here).to_have_text("Admissions")
    expect(here).to_be_visible()
    assert examine(page) == []


def test_menus_and_search_are_not_printed(site: Site, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(f"{site.address}policies/admissions/")
    page.emulate_media(media="print")
    hidden = [".school-menu", ".md-search", ".school-siblings"]
    assert [page.locator(each).first.is_visible() for each in hidden] == [False, False, False]
    expect(page.locator("h1")).to_be_visible()
