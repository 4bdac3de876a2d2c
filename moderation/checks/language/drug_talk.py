"""Offering, selling or praising drugs.

## Why it matters

An offer of drugs on a school's page reaches children and is a crime.

## What it cannot see

New names for drugs, and emoji used for them. Lessons and policies about drugs are left alone.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("drug-talk"),
    family="language",
    summary="offer or praise of drugs",
    remedy="Take it out and tell the safeguarding lead.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("l", "cc"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"drugs", "drug-talk"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        yield report(RULE, document, mark, f"{quote(document, mark)} may be talk of drugs", context)
