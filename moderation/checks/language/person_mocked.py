"""Mocking, shaming or shutting out a person.

## Why it matters

A page that laughs at a pupil or a teacher bullies them in front of everybody, for as long as a
search engine remembers it.

## What it cannot see

Mockery that only friends understand, and false praise. A character of a story may be insulted on a
page about the story; where the sentence does not say that it is one, it is reported.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("person-mocked"),
    family="language",
    summary="mocks, shames or shuts out a person",
    remedy="Take it out, and do not write of a person what you would not say to their parents.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("P16", "i", "cc"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"bullying"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = "may mock, shame or shut out a person"
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
