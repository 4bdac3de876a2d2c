"""The security policy of each page stops nothing that the school's own theme does."""

import pytest
from playwright.sync_api import BrowserContext, expect

from moderation.publish.csp import without_policy
from tests.browser.served import Site
from tests.browser.test_every_page import Visits, watch

pytestmark = pytest.mark.browser


def test_search_works_and_nothing_is_stopped(site: Site, desk: BrowserContext) -> None:
    seen, page = Visits(), desk.new_page()
    watch(page, site.address, seen)
    page.goto(f"{site.address}policies/admissions/")
    page.keyboard.press("/")
    page.keyboard.type("uniform")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/school-day/**")
    page.goto(f"{site.address}404.html")
    assert seen == Visits()


def test_a_script_that_is_put_into_a_page_is_stopped(site: Site, desk: BrowserContext) -> None:
    seen, page = Visits(), desk.new_page()
    watch(page, site.address, seen)
    page.goto(site.address)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.ran = true'}))"
    )
    assert page.evaluate("window.ran") is None
    assert len(seen.said) == 1


def test_every_page_begins_with_its_policy_and_says_its_encoding_in_time(site: Site) -> None:
    pages = list(site.folder.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        data = page.read_bytes()
        _, policy = without_policy(data.decode())
        assert "script-src 'self' 'sha256-" in policy
        assert "script-src 'self' 'unsafe" not in policy
        # HTML, 4.2.5.5: a browser looks for it in the first 1,024 bytes.
        assert b'<meta charset="utf-8">' in data[:1024]
