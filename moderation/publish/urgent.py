"""Pages that one person published alone, because they could not wait: until when, and whether.

The time is counted from the first such statement on the page that nobody else has looked at since,
by the calendar of the policy of today, and never beyond what was signed. Only the page itself may
be new: each of its files stands on the site already, by approvals of two persons.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from moderation.attest import Statement, Trust
from moderation.attest.quorum import objection_today, tally
from moderation.attest.standing import Unit, replay
from moderation.attest.urgency import urgent_end, urgent_since
from moderation.model import AssetRef
from moderation.policy import ContentKind, Policy
from moderation.policy.terms import Terms

_BEFORE_MIDNIGHT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentPage:
    """A page that waits for the second look.

    Args:
        page: its path
        submission: its id in the queue
        actor: who published it alone
        until: when it ends without a second look
        last_day: the last day on which it is published, at the school
        over: whether that is past

    """

    page: str
    submission: str
    actor: str
    until: datetime
    last_day: date
    over: bool

    def __str__(self) -> str:
        look = f"somebody else looks at it: schoolgate review {self.submission}"
        if self.over:
            return (
                f"{self.page} was published by {self.actor} alone as urgent, which ended on "
                f"{self.last_day}; it is published again when {look}"
            )
        return (
            f"{self.page} is published by {self.actor} alone as urgent, up to {self.last_day}, "
            f"unless {look}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What the log says of urgent pages, and what is needed to judge one.

    Args:
        since: see :func:`moderation.attest.urgency.urgent_since`
        before: by page the files of its version that two persons approved
        trust: who may decide
        policy: how long it may stand
        terms: the school's own list
        now: aware time

    """

    since: Mapping[int, Statement]
    before: Mapping[str, frozenset[AssetRef]]
    trust: Trust
    policy: Policy
    terms: Terms
    now: datetime

    def end(self, approval: Statement) -> datetime:
        """Return when an urgent approval ends without a second look."""
        return urgent_end(approval, self.since[approval.seq], self.policy)

    def last_day(self, approval: Statement) -> date:
        """Return the last day, at the school, on which an urgent approval counts."""
        return _last_day(self.end(approval), self.policy)

    def refusal(
        self,
        unit: Unit,
        approval: Statement,
        kinds: Collection[ContentKind],
        shown: Collection[AssetRef],
    ) -> str:
        """Say why *unit* may not be published as urgent today; empty if it may.

        Args:
            unit: the page with its files
            approval: by one person alone
            kinds: what it contains
            shown: files that may be built today because of other pages

        """
        why = objection_today(approval, self.trust, self.policy, now=self.now)
        if why := why or self.terms.objection(approval.terms):
            return f"its urgent approval by {approval.actor} no longer counts ({why})"
        if ContentKind.STATUTORY in kinds:
            return "was published as urgent, which no page may be that the law asks for"
        covered = {unit.page_ref, *shown, *self.before.get(unit.page, ())}
        for ref in unit.subjects:
            if ref not in covered:
                return f"was published as urgent with {ref.path}, which is not approved on its own"
        if self.now >= self.end(approval):
            return (
                f"was published by {approval.actor} alone as urgent, up to "
                f"{self.last_day(approval)}, and nobody else has approved it since; have somebody "
                "review it"
            )
        return ""


def open_urgency(
    units: Sequence[Unit],
    statements: Sequence[Statement],
    trust: Trust,
    policy: Policy,
    *,
    terms: Terms | None,
    now: datetime,
) -> Urgency:
    """Gather what is needed to judge urgent pages; cheap where there is none."""
    listed = terms or Terms()
    urgent = {unit.page for unit in units if unit.urgent}
    before = {
        unit.page: frozenset(unit.subjects)
        for unit in units
        if unit.page in urgent
        and unit.complete
        and tally(unit.approvals, trust, policy, now=now, terms=listed).persons
    }
    return Urgency(
        since=urgent_since(statements),
        before=before,
        trust=trust,
        policy=policy,
        terms=listed,
        now=now,
    )


def urgent_pages(
    statements: Sequence[Statement], policy: Policy, *, now: datetime
) -> tuple[UrgentPage, ...]:
    """Return the pages that wait for the second look, ordered by path.

    Args:
        statements: the verified log
        policy: how long such a page may stand
        now: aware time

    """
    since = urgent_since(statements)
    found = []
    for unit in replay(statements).units if since else ():
        if not unit.urgent:
            continue
        approval = urgent_approvals(unit)[-1]
        until = urgent_end(approval, since[approval.seq], policy)
        found.append(
            UrgentPage(
                page=unit.page,
                submission=approval.submission,
                actor=approval.actor,
                until=until,
                last_day=_last_day(until, policy),
                over=now >= until,
            )
        )
    return tuple(sorted(found, key=lambda each: each.page))


def urgent_approvals(unit: Unit) -> tuple[Statement, ...]:
    """Return the approvals by which one person publishes *unit* alone; none once it is complete."""
    return tuple(each for each in unit.approvals if each.urgent_until) if unit.urgent else ()


def _last_day(until: datetime, policy: Policy) -> date:
    return policy.day(until - _BEFORE_MIDNIGHT)
