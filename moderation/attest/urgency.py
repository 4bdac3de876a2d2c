"""Since when a page is urgent: the first time one person published it alone and nobody else looked.

Publishing it as urgent once more begins no new time. What ends it is somebody else's look at the
page: an approval that lacks nobody else's, or a decision that takes it away.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from moderation.attest.standing import taken_down
from moderation.attest.statement import Decision, Statement
from moderation.policy import Policy


def urgent_since(statements: Sequence[Statement]) -> Mapping[int, Statement]:
    """Return, by number of each urgent statement, the one with which the urgency of its page began.

    Args:
        statements: the verified log

    """
    begun: dict[str, Statement] = {}
    makers: dict[str, set[str]] = {}
    since: dict[int, Statement] = {}
    for statement in sorted(statements, key=lambda each: each.seq):
        if statement.urgent_until:
            first = begun.setdefault(statement.page, statement)
            makers.setdefault(statement.page, set()).update(_folded(*statement.editors))
            since[statement.seq] = first
            continue
        for page in _looked_at(statement) & begun.keys():
            if statement.actor.casefold() not in makers[page]:
                del begun[page], makers[page]
    return since


def urgent_end(approval: Statement, first: Statement, policy: Policy) -> datetime:
    """Return when an urgent approval ends; *first* is the one with which the urgency began."""
    ends = [policy.reviewing.urgent_until(first.issued_at, policy.timezone)]
    ends += [each.urgent_until for each in (approval, first) if each.urgent_until]
    return min(ends)


def _looked_at(statement: Statement) -> frozenset[str]:
    """Return the pages that a decision is the second look at, if somebody else took it."""
    if statement.decision is Decision.APPROVE:
        return frozenset() if statement.lacking else frozenset({statement.page})
    if statement.decision is Decision.TAKEDOWN:
        return taken_down(statement)
    return frozenset({statement.page})


def _folded(*ids: str) -> set[str]:
    return {each.casefold() for each in ids}
