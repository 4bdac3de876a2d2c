"""Every page of the example school, on a desk in daylight and on a phone in the dark."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Literal, TypedDict

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from moderation.publish.csp import without_policy
from tests.browser.axe import barriers, begin, bring_axe
from tests.browser.served import ROOT, Site

pytestmark = pytest.mark.browser

LANES = 2  # pages that are open, and examined, at the same time
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class View(TypedDict):
    """How a visitor looks at the site."""

    viewport: ViewportSize
    color_scheme: Literal["light", "dark"]


VIEWS: dict[str, View] = {
    "desk": {"viewport": {"width": 1280, "height": 600}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 375, "height": 600}, "color_scheme": "dark"},
}


@dataclass(slots=True)
class Visits:
    """What was seen on all pages; each entry begins with the page.

    Args:
        pages: the pages that were opened
        barriers: rules of accessibility that are broken
        foreign: requests to another host
        said: words in the console, and errors of scripts
        too_wide: pages that scroll sideways

    """

    pages: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)


def watch(page: Page, address: str, visits: Visits) -> None:
    """Note every request to another host and every word in the console."""

    def note(into: list[str], what: str) -> None:
        into.append(f"{page.url.removeprefix(address)}: {what}")

    def request(url: str) -> None:
        if not url.startswith((address, "data:")):
            note(visits.foreign, url)

    page.on("request", lambda asked: request(asked.url))
    page.on("console", lambda message: note(visits.said, message.text))
    page.on("pageerror", lambda error: note(visits.said, str(error)))


def visit(address: str, lanes: dict[str, Page], seen: Visits) -> None:
    """Open some pages at the same time, by path, and note what is wrong with them."""
    for path, page in lanes.items():
        page.goto(address + path, wait_until="commit")
    for page in lanes.values():
        page.wait_for_load_state("load")
        begin(page)
    for path, page in lanes.items():
        seen.barriers += [f"{path}: {barrier}" for barrier in barriers(page)]
        if page.evaluate(OVERFLOW) > 0:
            seen.too_wide.append(path)
        seen.pages.append(path)


def visit_all(site: Site, browser: Browser, view: View) -> Visits:
    """Open every page of the site in one view."""
    seen, pages, paths = Visits(), [], site.paths
    with ExitStack() as stack:
        for _ in range(LANES):
            context = stack.enter_context(browser.new_context(**view))
            bring_axe(context)
            pages.append(context.new_page())
            watch(pages[-1], site.address, seen)
        for first in range(0, len(paths), LANES):
            some = paths[first : first + LANES]
            visit(site.address, dict(zip(some, pages, strict=False)), seen)
    return seen


# One test a view and not one a fault: parallel workers would each visit all pages again.
@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_no_page_has_a_barrier_or_a_foreign_request_or_a_word_in_the_console_or_is_too_wide(
    view: str, site: Site, browser: Browser
) -> None:
    assert visit_all(site, browser, VIEWS[view]) == Visits(pages=site.paths)


def test_every_page_of_the_content_is_built(site: Site) -> None:
    written = sum(1 for _ in (ROOT / "content").rglob("*.md"))
    assert len(site.paths) == written + 1  # and the page for what is not found


def test_faults_of_a_page_are_seen(site: Site, browser: Browser) -> None:
    fault = """<p style="width: 2000px; color: #999; background: #aaa">wide and pale</p>
        <img alt="" src="http://other.example/dot.png"><script>console.error('oh')</script>"""
    seen = Visits()
    with browser.new_context(**VIEWS["phone"]) as context:
        bring_axe(context)
        page = context.new_page()
        watch(page, site.address, seen)
        page.route("http://other.example/*", lambda route: route.fulfill(status=204))
        contact = (site.folder / "contact/index.html").read_text(encoding="utf-8")
        faulty = without_policy(contact)[0].replace("</main>", f"{fault}</main>")
        page.route(f"{site.address}contact/", lambda route: route.fulfill(body=faulty))
        visit(site.address, {"contact/": page}, seen)
    assert [line.partition(":")[0] for line in seen.barriers] == ["contact/"]
    assert seen.foreign == ["contact/: http://other.example/dot.png"]
    assert (seen.said, seen.too_wide) == (["contact/: oh"], ["contact/"])
