"""Which approved pages go off the site because the policy became stricter than they bear."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.attest import Statement
from moderation.attest.standing import Unit, replay
from moderation.policy import Policy
from moderation.policy.tightening import tightened


@dataclass(frozen=True, slots=True, order=True)
class TightenedPage:
    """A page that was approved under a milder policy.

    Args:
        page: its path
        submission: the submission that was approved
        rules: the rules about which the policy is stricter now

    """

    page: str
    submission: str
    rules: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.page}: the policy is stricter about {', '.join(self.rules)} since it was "
            "approved; hand it in again"
        )


def tightened_pages(statements: Sequence[Statement], policy: Policy) -> tuple[TightenedPage, ...]:
    """Return the pages of which an approval does not bear *policy*, ordered by path.

    Whoever approved the same bytes once more since counts by what they signed last. Whether enough
    others approved a page is for the gate to say.

    Args:
        statements: the verified log
        policy: in force, or about to be

    """
    if not any(each.rules for each in statements):
        return ()
    found = ((unit, _stricter(unit, policy)) for unit in replay(statements).units)
    return tuple(
        sorted(
            TightenedPage(unit.page, unit.approvals[-1].submission, rules)
            for unit, rules in found
            if rules
        )
    )


def _stricter(unit: Unit, policy: Policy) -> tuple[str, ...]:
    last = {approval.actor: approval for approval in unit.approvals}
    rules = {rule for each in last.values() for rule in tightened(policy, each.rules)}
    return tuple(sorted(rules))
