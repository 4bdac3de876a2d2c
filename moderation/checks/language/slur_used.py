"""Words that insult people for what they are.

## Why it matters

A slur on a school's page tells some of its own pupils that they are not welcome, and breaks the
Equality Act as well as the agreement.

## What it cannot see

Slurs that are not in the list, new ones above all, and attacks on a group without a slur, which is
the work of the rule group-attack. Reclaimed use by the group itself is reported like any other.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import ground, marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("slur-used"),
    family="language",
    summary="slur against people for what they are",
    remedy="Take the word out. Where a lesson needs it, say what is meant without writing it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l"),
    decided_by=Role.HEAD,
)

_CATEGORIES = frozenset({"race", "religion", "disability", "sexuality", "gender", "traveller"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        yield report(
            RULE, document, mark, f"{quote(document, mark)} is a slur ({ground(mark)})", context
        )
