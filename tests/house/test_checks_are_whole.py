"""A check is a module named for its rule, with reasons, a spec and a page."""

import inspect
import re
from pathlib import Path

import pytest

from moderation.checks.base import FAMILIES, all_checks, all_rules
from moderation.model import DECIDERS
from moderation.policy import default_policy

CHECKS = Path(__file__).parents[2] / "moderation/checks"
RULES = sorted(all_checks())


def test_every_module_of_a_family_is_a_check_named_for_its_rule() -> None:
    modules = {
        (file.parent.name, file.stem) for file in CHECKS.glob("*/*.py") if file.stem != "__init__"
    }
    named = {(rule.family, rule.id.replace("-", "_")) for rule in all_rules().values()}
    assert modules == named


@pytest.mark.parametrize("rule", RULES)
def test_the_docstring_says_why_and_what_it_cannot_see(rule: str) -> None:
    text = inspect.getdoc(all_checks()[rule]) or ""
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert headings == ["Why it matters", "What it cannot see"]
    assert text.split("\n")[0].endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_the_identity_card_is_filled_in(rule: str) -> None:
    card = all_rules()[rule]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", card.id)
    assert card.family in FAMILIES
    assert card.summary and not card.summary.endswith(".")
    assert card.remedy.endswith((".", ")"))
    assert card.decided_by in DECIDERS
    assert card.clauses
    assert set(card.clauses) <= set(default_policy().clauses)
