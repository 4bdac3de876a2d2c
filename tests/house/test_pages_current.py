"""The generated pages of the handbook say what the code says."""

from pathlib import Path

import pytest

from moderation.commands.handbook import pages
from tests.spec_files import SPECS

REFERENCE = Path(__file__).parents[2] / "docs/reference"
PAGES = pages(SPECS)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str) -> None:
    file = REFERENCE / name
    written = file.read_text("utf-8") if file.exists() else ""
    assert written == PAGES[name], "run: make pages"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    written = {f"rules/{file.name}" for file in (REFERENCE / "rules").glob("*.md")}
    assert written == {name for name in PAGES if name.startswith("rules/")}
