"""Accusing somebody who can be identified.

## Why it matters

The agreement forbids defamatory material, and whoever publishes an accusation may have to prove
it in court.

## What it cannot see

Whether it is true, and hints that leave the accusation to the reader.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("person-accused"),
    family="language",
    summary="accuses an identifiable person of a crime or of misconduct",
    remedy="Take it out. Take complaints to the head, never to the website.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("P16", "ff"),
    decided_by=Role.HEAD,
)

_CATEGORIES = frozenset({"accusation"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = "accuses somebody who can be identified"
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
