"""Which earlier approvals of the same bytes still say what the gate will ask of them, and of us."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from moderation.attest.statement import Statement
from moderation.model import Asset
from moderation.pipeline.licence_end import declared_on, licence_end
from moderation.policy import Policy
from moderation.registers.consent_snapshot import Snapshot


def holding(
    standing: Iterable[Statement],
    page: Asset,
    article: str,
    consents: Snapshot,
    *,
    policy: Policy,
    now: datetime,
) -> tuple[Statement, ...]:
    """Leave out approvals of what read otherwise, or that ended with something they rest on.

    Args:
        standing: the approvals of these bytes that nothing in the log ended
        page: the page that was approved
        article: digest of the article that it makes today
        consents: where the people in it stand today
        policy: of the site, for the day at the school
        now: aware time

    Raises:
        ExtractionError: the page cannot be read

    """
    declared, today = declared_on(page), policy.day(now)

    def holds(approval: Statement) -> bool:
        files = {ref.path for ref in approval.subjects}
        end = licence_end(declared, files, policy.day(approval.issued_at))
        same = approval.rendered == article and not consents.contradicts(approval.consents)
        return same and (end is None or end >= today)

    return tuple(approval for approval in standing if holds(approval))


def says_the_same(earlier: Statement, statement: Statement) -> bool:
    """Say whether *earlier* is *statement*, but for its place in the log and its dates."""
    if earlier.urgent_until:  # which is no approval by a second person
        return False
    moved = replace(
        earlier,
        seq=statement.seq,
        prev=statement.prev,
        issued_at=statement.issued_at,
        expires_at=statement.expires_at,
        lacking=statement.lacking,
        handed_in=statement.handed_in,
        terms_head=statement.terms_head or earlier.terms_head,
    )
    return moved == statement
