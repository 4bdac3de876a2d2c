"""No script of a page runs, whichever of the two layers is switched off; with both off, many do."""

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hostile import Built, Seen, build_hostile, visit, write_site
from tests.browser.served import serve

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)><a b='",
    "javascript:alert(1)",
    '<a href="jAva&#x09;script&colon;alert(1)">words</a>',
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "onclick=alert(1) tabindex=0 autofocus onfocus=alert(1)",
    "</title></textarea></style></script><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)><summary>words</summary></details>",
    "<img src=https://pictures.example/1.png><link rel=stylesheet href=//styles.example/a.css>",
)
FEWEST = {"body": 7, "address": 8, "words": 7}
"""How many of them run where nothing keeps them from it; newer browsers may run fewer."""
ELSEWHERE = {"https://pictures.example/1.png", "http://styles.example/a.css"}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The payloads in every place, each article cleaned."""
    return build_hostile(PAYLOADS, tmp_path_factory.mktemp("clean"), clean=True)


@pytest.fixture(scope="module")
def unclean(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same with the articles as Markdown made them."""
    return build_hostile(PAYLOADS, tmp_path_factory.mktemp("unclean"), clean=False)


def opened(built: Built, folder: Path, browser: Browser, *, guarded: bool) -> Seen:
    """Open every hostile page of a site."""
    seen = Seen()
    write_site(built.guarded() if guarded else built.files, folder)
    paths = [place.removesuffix("index.html") for place in sorted(built.articles)]
    with serve(folder) as site:
        visit(site, paths, browser.new_context, seen)
    return seen


NOTHING = Seen(opened=3 * len(PAYLOADS))


def test_with_both_layers_nothing_runs_and_no_other_site_is_asked(
    clean: Built, tmp_path: Path, browser: Browser
) -> None:
    assert opened(clean, tmp_path / "site", browser, guarded=True) == NOTHING


def test_without_the_policy_the_cleaning_alone_is_enough(
    clean: Built, tmp_path: Path, browser: Browser
) -> None:
    assert opened(clean, tmp_path / "site", browser, guarded=False) == NOTHING


def test_without_the_cleaning_the_policy_alone_is_enough(
    unclean: Built, tmp_path: Path, browser: Browser
) -> None:
    assert opened(unclean, tmp_path / "site", browser, guarded=True) == NOTHING


def test_without_either_the_scripts_run_so_that_this_test_can_fail(
    unclean: Built, tmp_path: Path, browser: Browser
) -> None:
    seen = opened(unclean, tmp_path / "site", browser, guarded=False)
    kinds = Counter(path[8:-1] for path in seen.ran)
    assert {kind: kinds[kind] >= FEWEST[kind] for kind in FEWEST} == dict.fromkeys(FEWEST, True)
    assert set(seen.elsewhere) >= ELSEWHERE
