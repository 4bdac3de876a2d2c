"""Run every example in ``tests/specs``: the pages a reader sees are the tests."""

import pytest

from moderation.checks.base import all_checks
from tests.spec_files import SPECS, Example, error_lines, examples, finding_lines

_EXAMPLES = tuple(examples())


@pytest.mark.parametrize("example", [pytest.param(e, id=f"{e.rule}: {e.title}") for e in _EXAMPLES])
def test_example(example: Example) -> None:
    verdict = example.run()
    got = (finding_lines(verdict, example.rule), error_lines(verdict.errors))
    assert got == (example.findings, example.errors)


@pytest.mark.parametrize("rule", sorted(all_checks()))
def test_every_rule_has_a_spec_with_a_hit_and_a_miss(rule: str) -> None:
    mine = [e for e in _EXAMPLES if e.rule == rule]
    assert any(e.findings for e in mine), "no example with findings"
    assert any(not e.findings for e in mine), "no example without findings"


def test_every_spec_stands_in_the_folder_of_its_family() -> None:
    stands = {spec.stem: spec.parent.name for spec in SPECS.glob("*/*.md")}
    assert stands == {rule: module.RULE.family for rule, module in all_checks().items()}
