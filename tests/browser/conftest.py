"""One built site, one server and one browser for all browser tests."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.served import ROOT, Site, build, serve

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example school, built once and served on loopback."""
    folder = tmp_path_factory.mktemp("school") / "site"
    build(ROOT / "content", folder)
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> str:
    """Where Chromium is; without it the browser tests are skipped, or fail if CI requires them."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    reason = "no chromium on this machine; install it to run the browser tests"
    if os.environ.get("SCHOOLGATE_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A new visitor at a desk."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A new visitor with a telephone in the dark, 375 pixels wide."""
    with browser.new_context(
        viewport={"width": 375, "height": 720}, color_scheme="dark", has_touch=True
    ) as context:
        yield context
