"""Telling somebody to hurt themselves, and talk of wanting to.

## Why it matters

It can cost a life. A pupil who writes of wanting to die needs help today.

## What it cannot see

Distress in words of its own. Pages that tell where to find help are left alone, or noted.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("self-harm"),
    family="language",
    summary="urging or describing self-harm or suicide",
    remedy="Do not publish it. Speak to the safeguarding lead at once if a person may be at risk.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("l", "cc"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"self-harm"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = "may urge or describe self-harm"
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
