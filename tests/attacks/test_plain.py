"""With the gate switched off the canary is published, so that no row holds because it is empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.plain import Plain, contents, on_the_site, seen_in_review
from tests.attacks.scenario import AttackedSite, Group, Scenario
from tests.attacks.stage import copy_of, set_stage
from tests.attacks.table import all_rows
from tests.attacks.ways import read_all, try_all
from tests.publish.school import School

ASKED = [row for row in all_rows() if not row.not_plain]
ADDING = (Group.UNAPPROVED, Group.INVISIBLE, Group.INPUT)
SAMPLE = [
    row for row in ASKED if row.name in ("a hook of the build", "other words in an approved page")
]


def _only_adds(row: Scenario, approved: School, place: Path) -> bool:
    """Say whether a row leaves every file as it was and needs nothing but the tree."""
    if row.group not in ADDING:
        return False
    site = copy_of(approved, place, row.name)
    row.act(site)
    kept = not site.content.is_symlink() and all(
        (site.root / path).is_file() and (site.root / path).read_bytes() == data
        for path, data in contents(approved.root).items()
        if not path.startswith(".schoolgate/")
    )
    return kept and site.between is None and site.afterwards is None and not site.environment


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> School:
    return set_stage(tmp_path_factory.mktemp("approved") / "oak")


@pytest.fixture(scope="module")
def plain() -> Iterator[Plain]:
    with Plain() as started:
        yield started


def _publishes(scenario: Scenario, approved: School, plain: Plain, place: Path) -> bool:
    site = copy_of(approved, place, scenario.name)
    scenario.act(site)
    return plain.published(site) != ()


def test_plain_mkdocs_publishes_everything_that_only_adds_to_the_tree(
    approved: School, plain: Plain, tmp_path: Path
) -> None:
    shared = copy_of(approved, tmp_path, "all of them").school
    sites = []
    for number, row in enumerate(ASKED):
        (tmp_path / str(number)).mkdir()
        if _only_adds(row, approved, tmp_path / str(number)):
            sites.append(AttackedSite(school=shared, name=row.name))
            row.act(sites[-1])
    plain.build(sites[0])
    files = read_all(sites[0].out)
    assert [site.name for site in sites if not on_the_site(site, files)] == []
    assert len(sites) > 120


@pytest.mark.parametrize("scenario", SAMPLE, ids=[row.name for row in SAMPLE])
def test_plain_mkdocs_publishes_the_first_rows(
    scenario: Scenario, approved: School, plain: Plain, tmp_path: Path
) -> None:
    assert _publishes(scenario, approved, plain, tmp_path)


@pytest.mark.slow
def test_plain_mkdocs_publishes_whatever_changes_the_tree(
    approved: School, plain: Plain, tmp_path: Path
) -> None:
    asked, held = 0, []
    for number, row in enumerate(ASKED):
        first, second = tmp_path / f"{number} a", tmp_path / f"{number} b"
        first.mkdir()
        if not _only_adds(row, approved, first):
            second.mkdir()
            asked += 1
            held += [] if _publishes(row, approved, plain, second) else [row.name]
    assert held == []
    assert asked > 60


def test_an_untouched_site_holds_no_canary_and_is_built_whole(
    approved: School, plain: Plain, tmp_path: Path
) -> None:
    nothing = Scenario(
        name="nothing", threat="T5", act=lambda site: None, said="", group=Group.UNAPPROVED
    )
    site = copy_of(approved, tmp_path, nothing.name)
    site.forced = True
    assert try_all(nothing, site).told.splitlines() == ["news/old.md: was taken down on 2026-11-20"]
    assert (site.out / "downloads/menu.pdf").is_file()
    (site.out / "downloads/menu.pdf").unlink()
    assert plain.published(site) == ()
    assert (site.out / "downloads/menu.pdf").is_file()


def test_a_reviewer_sees_a_new_line_and_not_what_a_link_leads_to(
    approved: School, tmp_path: Path
) -> None:
    before = contents(approved.root)
    rows = {row.name: row for row in ASKED}
    seen = {}
    for name in ("a page that nobody approved", "a link to a page outside", "half a photo"):
        (tmp_path / name).mkdir()
        site = copy_of(approved, tmp_path / name, name)
        rows[name].act(site)
        seen[name] = seen_in_review(site, before)
    assert seen == {
        "a page that nobody approved": True,
        "a link to a page outside": False,
        "half a photo": False,
    }
