"""Threats and calls to violence.

## Why it matters

A threat against a person or the school must reach the safeguarding lead, even one that was meant as
a joke, and must not be published.

## What it cannot see

Threats that need knowledge of what went before, and those in figures of speech that are usual in
sport and stories, which are left alone.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("threat-made"),
    family="language",
    summary="threat, or call to violence",
    remedy="Take it out and tell the safeguarding lead.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("P16", "l", "cc"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"threat"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        yield report(RULE, document, mark, f"{quote(document, mark)} may be a threat", context)
