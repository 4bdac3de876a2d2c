"""Whose approvals count, and who must still approve before a submission may be published.

The one answer for whoever signs, and for the gate that believes no queue.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.attest.statement import Statement
from moderation.attest.trust import Trust
from moderation.attest.verify import objection
from moderation.model import Person
from moderation.policy import ContentKind, Policy
from moderation.policy.terms import Terms
from moderation.policy.tightening import tightened

EXPIRED = "has expired"


@dataclass(frozen=True, slots=True)
class Tally:
    """Who approved.

    Args:
        persons: the different persons whose approvals count today, in order of signing
        void: the last approval of everybody else, with why it does not count

    """

    persons: tuple[Person, ...]
    void: Mapping[Statement, str]


def tally(
    standing: Sequence[Statement],
    trust: Trust,
    policy: Policy,
    *,
    now: datetime,
    makers: Iterable[str] = (),
    terms: Terms | None = None,
) -> Tally:
    """Count the persons who approved the same bytes.

    Args:
        standing: the approvals of these bytes that stand, in order of the log
        trust: the people of the site
        policy: how long an approval lasts, and how strict it is about what was found
        now: aware time
        makers: ids of those who made the bytes, besides those whom an approval names
        terms: the school's own list; None lets nothing count that rests on an entry of it

    """
    listed = terms or Terms()
    made = {maker.casefold() for maker in makers}
    made.update(maker.casefold() for a in standing for maker in (a.publisher, *a.editors))
    persons: dict[str, Person] = {}
    void: dict[str, tuple[Statement, str]] = {}
    for approval in standing:
        if approval.urgent_until:  # by one of its editors, who is no second person
            continue
        actor = approval.actor
        why = _void(approval, trust, policy, made, now) or listed.objection(approval.terms)
        if why:
            void[actor] = (approval, why)
        else:
            persons.setdefault(actor, Person(actor, trust.persons[actor].roles))
    left = (each for actor, each in void.items() if actor not in persons)
    return Tally(tuple(persons.values()), dict(left))


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


def objection_today(approval: Statement, trust: Trust, policy: Policy, *, now: datetime) -> str:
    """Say why an approval that stands does not count today, whoever made it; empty if it does.

    Args:
        approval: of some bytes
        trust: the people of the site
        policy: how long an approval lasts
        now: aware time

    """
    return _void(approval, trust, policy, (), now)


def is_current(approval: Statement, policy: Policy, *, now: datetime) -> bool:
    """Say whether an approval has not run out, by its own date and by the policy of today."""
    ends = approval.issued_at + timedelta(days=policy.limits.approval_days)
    if approval.expires_at is not None:
        ends = min(ends, approval.expires_at)
    return now < ends


def _void(
    approval: Statement, trust: Trust, policy: Policy, made: Collection[str], now: datetime
) -> str:
    """Say why an approval that stands does not count today; empty if it does."""
    if approval.actor not in trust.persons:
        return f"{approval.actor} is nobody on this site"
    if approval.actor.casefold() in made:
        return f"{approval.actor} handed it in, or a version that it replaces"
    if why := objection(approval, trust, now=now):
        return why.partition(";")[0]
    if approval.consents_end and policy.day(now) > approval.consents_end:
        return f"a consent that it rests on ended on {approval.consents_end}"
    if stricter := tightened(policy, approval.rules):
        return f"the policy is stricter about {', '.join(stricter)} since"
    return "" if is_current(approval, policy, now=now) else EXPIRED
