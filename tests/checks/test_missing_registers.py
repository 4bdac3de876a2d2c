"""A rule that has no register to look in is named, never silent."""

import pytest

from moderation.checks.base import all_checks
from moderation.checks.missing import NEED_CONSENTS, NEED_ROLL, not_run
from moderation.registers import Consents, Registers, Roll

ROLL = Roll(pupils=())
CONSENTS = Consents(answers=())


@pytest.mark.parametrize(
    ("registers", "families", "expected"),
    [
        (Registers(), (), NEED_ROLL | NEED_CONSENTS),
        (Registers(roll=ROLL), (), NEED_CONSENTS),
        (Registers(consents=CONSENTS), (), NEED_ROLL),
        (Registers(roll=ROLL, consents=CONSENTS), (), frozenset()),
        (Registers(), ("people",), NEED_ROLL),
        (Registers(), ("images", "access"), NEED_CONSENTS),
        (Registers(), ("language",), frozenset()),
    ],
)
def test_the_rules_without_a_register_are_named(
    registers: Registers, families: tuple[str, ...], expected: frozenset[str]
) -> None:
    assert not_run(registers, families) == tuple(sorted(expected))


@pytest.mark.parametrize(
    ("lookup", "rules"), [("mentions", NEED_ROLL), ("standing", NEED_CONSENTS)]
)
def test_every_rule_that_looks_in_a_register_is_known(lookup: str, rules: frozenset[str]) -> None:
    looking = {rule for rule, check in all_checks().items() if lookup in vars(check)}
    assert looking == rules
