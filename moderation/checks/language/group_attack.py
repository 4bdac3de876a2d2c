"""Attacks on a group of people without a slur.

## Why it matters

Saying that a whole group is dirty, dangerous or unwelcome is racist or hateful even where every
word in it is polite.

## What it cannot see

Irony, comparisons and hints, and groups that are not in its list. It may ask for a look at a page
that quotes prejudice in order to answer it.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("group-attack"),
    family="language",
    summary="attack on people for the group they belong to",
    remedy="Take it out. If it is quoted in order to be answered, say so in the same sentence.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("P16", "l"),
    decided_by=Role.HEAD,
)

_CATEGORIES = frozenset({"group-attack"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = "may attack people for the group they belong to"
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
