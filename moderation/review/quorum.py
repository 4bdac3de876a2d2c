"""Whose approvals count, and who must still approve before a submission may be published."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from moderation.attest.statement import Statement
from moderation.attest.trust import Trust
from moderation.model import Person, ReviewState
from moderation.policy import ContentKind, Policy


def is_current(statement: Statement, policy: Policy, *, now: datetime) -> bool:
    """Say whether an approval has not run out, by its own date and by the policy of today."""
    ends = statement.issued_at + timedelta(days=policy.limits.approval_days)
    if statement.expires_at is not None:
        ends = min(ends, statement.expires_at)
    return now < ends


def approvers(
    standing: Iterable[Statement],
    state: ReviewState,
    policy: Policy,
    trust: Trust,
    *,
    now: datetime,
) -> tuple[Person, ...]:
    """Return the different persons whose approvals of *state* count today, in order of signing."""
    current = [statement.actor for statement in standing if is_current(statement, policy, now=now)]
    return tuple(
        trust.person(actor) for actor in dict.fromkeys(current) if actor not in state.editors
    )


def outstanding(
    persons: Collection[Person], kinds: Collection[ContentKind], policy: Policy
) -> tuple[ContentKind, ...]:
    """Return the kinds of content that lack an approval, in order of their names.

    Args:
        persons: the different persons who approved
        kinds: what the submission contains
        policy: who must approve what, and how many

    """
    return tuple(
        kind
        for kind in sorted(kinds)
        if sum(person.has(*policy.approval[kind].roles) for person in persons)
        < policy.approval[kind].count
    )
