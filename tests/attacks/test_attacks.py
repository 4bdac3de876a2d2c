"""No attack of the table puts on the site what nobody approved."""

from pathlib import Path

import pytest

from moderation.model import Asset
from tests.attacks.scenario import Scenario
from tests.attacks.stage import copy_of, set_stage
from tests.attacks.table import NOT_YET, THREATS, all_rows
from tests.attacks.ways import try_all
from tests.publish.school import School

ROWS = all_rows()


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> School:
    return set_stage(tmp_path_factory.mktemp("approved") / "oak")


@pytest.mark.parametrize("scenario", ROWS, ids=[row.name for row in ROWS])
def test_nothing_gets_through(scenario: Scenario, approved: School, tmp_path: Path) -> None:
    site = copy_of(approved, tmp_path, scenario.name)
    scenario.act(site)
    outcome = (scenario.way or try_all)(scenario, site)
    assert outcome.through == ()
    assert scenario.said in outcome.told


def test_a_canary_that_was_approved_is_found(approved: School, tmp_path: Path) -> None:
    row = next(row for row in ROWS if row.name == "a page that nobody approved")
    site = copy_of(approved, tmp_path, row.name)
    row.act(site)
    path = f"news/{site.slug}.md"
    site.school.sign(Asset(path, (site.content / path).read_bytes()))
    outcome = try_all(row, site)
    assert outcome.through == (f"news/{site.slug}/index.html", "search/search_index.json")
    assert row.said not in outcome.told


def test_every_row_has_a_name_of_its_own() -> None:
    names = [row.name for row in ROWS]
    assert sorted(set(names)) == sorted(names)


def test_every_row_asks_for_words_or_says_why_none_are_needed() -> None:
    assert [row.name for row in ROWS if bool(row.said) is bool(row.silent)] == []
    assert sum(bool(row.silent) for row in ROWS) < 20


def test_every_threat_has_a_row_or_a_reason() -> None:
    assert {row.threat for row in ROWS} | NOT_YET.keys() == set(THREATS)
    assert {row.threat for row in ROWS}.isdisjoint(NOT_YET)


def test_there_are_as_many_rows_as_were_promised() -> None:
    assert len(ROWS) >= 150
