"""What a row must be told is told because of the row, and not of any site or any page."""

import importlib
from pathlib import Path

import pytest

from tests.attacks.scenario import Group, Scenario
from tests.attacks.stage import copy_of, set_stage
from tests.attacks.table import all_rows
from tests.attacks.ways import shown_to_the_moderator, try_all
from tests.publish.school import School

ROWS = all_rows()
HANDED = tuple(
    importlib.import_module(f"tests.attacks.{name}") for name in ("input_rows", "invisible_rows")
)
PLAIN = "# News\n\nThe hall is painted, and the [lunch](lunch.md) was good.\n"


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> School:
    return set_stage(tmp_path_factory.mktemp("approved") / "oak")


def test_nothing_that_must_be_told_is_told_of_an_untouched_site(
    approved: School, tmp_path: Path
) -> None:
    nothing = Scenario(
        name="nothing", threat="T5", act=lambda site: None, said="", group=Group.UNAPPROVED
    )
    told = try_all(nothing, copy_of(approved, tmp_path, nothing.name)).told
    assert told == "news/old.md: was taken down on 2026-11-20"
    asked = [row for row in ROWS if row.way is None and row.said]
    assert [row.name for row in asked if row.said in told] == []
    assert len(asked) > 200


def test_nothing_that_must_be_shown_is_shown_of_a_plain_page(
    approved: School, tmp_path: Path
) -> None:
    site = copy_of(approved, tmp_path, "a plain page")
    site.hand(PLAIN)
    shown = shown_to_the_moderator(site)
    asked = [row for module in HANDED for row in module.ROWS if row.way is not None]
    assert [row.name for row in asked if row.said in shown] == []
    assert len(asked) > 100
