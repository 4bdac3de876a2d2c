"""The name of somebody's account on a social network or game.

## Why it matters

Strangers can write to a child there, see their pictures and friends, and follow them to other
networks. Found are links to profiles, names after an at sign, and names that a network is named
before ("snap zoe.xo"). The school's own accounts pass when the policy lists them; what looks like
an organisation's is a note.

## What it cannot see

A plain word that nothing calls an account. Whose an account is.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("social-handle"),
    family="people",
    summary="social media account published",
    remedy="Take the name of the account out; list the school's own accounts in the policy.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "v"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="the name of an account stands here",
    description="take the name of the account out",
    replacement="[account removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.HANDLE, _WORDING, document, context)
