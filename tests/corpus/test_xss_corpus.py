"""Every payload of the labelled half, in every place of a page: no script runs, nothing is asked.

The cleaning and the policy are tried each without the other, and then the gate with all it has. The
theme's own files are left out here, for speed; ``tests/browser`` tries a few payloads with all of
it.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from moderation.model import Outcome
from moderation.pipeline.api import check_text
from moderation.publish.build import build
from moderation.publish.folder import read_folder
from moderation.publish.output import OutputError
from moderation.publish.site import examine, load_site
from tests.browser.conftest import FLAGS
from tests.browser.hostile import Seen, build_hostile, places, visit_in_frames, write_site
from tests.browser.served import serve
from tests.publish.school import NOW, School, make_school

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif("SCHOOLGATE_CORPORA" not in os.environ, reason="no labelled sets here"),
]
FILE = Path(os.environ.get("SCHOOLGATE_CORPORA", ".")) / "security" / "xss_dev.jsonl"
EVERY = 1 if os.environ.get("SCHOOLGATE_THOROUGH") else 80
"""Each payload of that many is tried; all of them take half an hour on an idle machine."""
AT_ONCE = 250
THEME = (".css", ".js", ".woff2")
_OF_THEME = re.compile(
    rb'<link rel="(?:stylesheet|icon)"[^>]*assets/[^>]*>|<script src="[^"]*assets/[^"]*"></script>'
    rb"|<img[^>]*crest\.svg[^>]*>"
)
"""What a page asks of the theme: eight files, which would be empty here."""


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
            look(files, sorted(built.articles), folder / "site", browser, seen)
    return seen


def look(
    files: Mapping[str, bytes], pages: Iterable[str], folder: Path, browser: Browser, seen: Seen
) -> None:
    """Open pages of a site, without the theme's files, and note what happened."""
    kept = {p: _OF_THEME.sub(b"", d) for p, d in files.items() if not p.endswith(THEME)}
    write_site({**kept, "driver.html": b"<!doctype html><body>"}, folder)
    paths = [place.removesuffix("index.html") for place in pages]
    with serve(folder) as site:
        visit_in_frames(site, paths, browser.new_context, seen)


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
    some = payloads()[::5]
    assert tried(some, browser, clean=True, guarded=True) == nothing(some)


def test_without_either_many_scripts_run(browser: Browser) -> None:
    some = payloads()[::5]
    seen = tried(some, browser, clean=False, guarded=False)
    print(f"scripts ran on {len(seen.ran)} of {seen.opened} pages without either layer")
    assert len(seen.ran) > seen.opened // 10


def handed_in(some: list[str]) -> tuple[dict[str, str], int]:
    """Return the pages of payloads that no moderator is asked to refuse, and how many were blocked.

    Only what acts by itself is looked for: that a page names a pupil, or a file that is not there,
    keeps no attacker out who mends it.
    """
    left, blocked = {}, 0
    for number, payload in enumerate(some):
        for kind, text in places(payload).items():
            path = f"p/{number:05}-{kind}.md"
            if check_text(text, path=path, families=["files"]).outcome is Outcome.BLOCK:
                blocked += 1
            else:
                left[path] = text
    return left, blocked


def published(school: School, out: Path) -> Mapping[str, str]:
    """Build what is approved; return where each hostile page stands on the site, by its path."""
    files, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    limits = load_site(school.root, now=NOW).policy.limits
    made = build(files, manifest, out, limits=limits, epoch=1_700_000_000, now=NOW)
    return {f.source: f.path for f in made.files if f.source.startswith("p/")}


def test_through_the_whole_gate(browser: Browser, tmp_path: Path) -> None:
    """A moderator approves all that the checks let through; the build does the rest."""
    some = payloads()
    left, blocked = handed_in(some)
    school = make_school(tmp_path / "oak")
    for path, text in left.items():
        school.sign(school.write(path, text))
    try:
        stands = published(school, tmp_path / "site")
    except OutputError as error:  # with so many bad pages the build stops, as for a bad theme
        for path in error.pages:
            (school.root / "content" / path).unlink()
        stands = published(school, tmp_path / "site")
    seen = Seen()
    files = read_folder(tmp_path / "site")
    look(files, sorted(stands.values()), tmp_path / "seen", browser, seen)
    print(f"of {3 * len(some)} pages {blocked} blocked, {len(stands)} published")
    assert seen == Seen(opened=len(stands))
    assert blocked > len(some)
