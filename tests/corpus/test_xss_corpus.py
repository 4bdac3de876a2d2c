"""Every payload of the labelled half, in every place of a page: no script runs, nothing is asked.

The cleaning and the policy are tried each without the other. The theme's own files are left empty
here, for speed; ``tests/browser`` tries a few payloads with all of it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.hostile import Seen, build_hostile, visit_in_frames, write_site
from tests.browser.served import serve

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif("SCHOOLGATE_CORPORA" not in os.environ, reason="no labelled sets here"),
]
FILE = Path(os.environ.get("SCHOOLGATE_CORPORA", ".")) / "security" / "xss_dev.jsonl"
EVERY = 1 if os.environ.get("SCHOOLGATE_THOROUGH") else 20
"""Each payload of that many is tried; all of them take half an hour on an idle machine."""
AT_ONCE = 250
THEME = (".css", ".js", ".woff2")


def payloads() -> list[str]:
    """Return what is tried."""
    lines = FILE.read_text("utf-8").splitlines()
    return [str(json.loads(line)["p"]) for line in lines][::EVERY]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if found is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def tried(some: list[str], browser: Browser, *, clean: bool, guarded: bool) -> Seen:
    """Build the pages of some payloads, open them all, and say what happened."""
    seen = Seen()
    for first in range(0, len(some), AT_ONCE):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "export").mkdir()
            built = build_hostile(some[first : first + AT_ONCE], folder / "export", clean=clean)
            files = built.guarded() if guarded else built.files
            files = {p: b"" if p.endswith(THEME) else data for p, data in files.items()}
            write_site({**files, "driver.html": b"<!doctype html><body>"}, folder / "site")
            paths = [place.removesuffix("index.html") for place in sorted(built.articles)]
            with serve(folder / "site") as site:
                visit_in_frames(site, paths, browser.new_context, seen)
    return seen


def nothing(some: list[str]) -> Seen:
    """Return what must be seen: each page opened, and no more."""
    return Seen(opened=3 * len(some))


def test_the_cleaning_alone_is_enough(browser: Browser) -> None:
    some = payloads()
    assert tried(some, browser, clean=True, guarded=False) == nothing(some)


def test_the_policy_alone_lets_no_script_run(browser: Browser) -> None:
    some = payloads()
    seen = tried(some, browser, clean=False, guarded=True)
    print(f"asked elsewhere without the cleaning: {len(seen.elsewhere)}")
    assert (seen.opened, seen.ran) == (3 * len(some), [])


def test_both_together(browser: Browser) -> None:
    some = payloads()[::10]
    assert tried(some, browser, clean=True, guarded=True) == nothing(some)


def test_without_either_many_scripts_run(browser: Browser) -> None:
    some = payloads()[::10]
    seen = tried(some, browser, clean=False, guarded=False)
    print(f"scripts ran on {len(seen.ran)} of {seen.opened} pages without either layer")
    assert len(seen.ran) > seen.opened // 10
