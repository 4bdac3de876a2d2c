"""Sexual words, and sexual talk about persons.

## Why it matters

Sexual language has no place on a page for children, and sexual talk about a pupil or a member of
staff is harassment that has to be dealt with, not published.

## What it cannot see

Innuendo that only those who know the persons understand. The words of biology and of sex education
(penis, puberty, consent) are not in the list.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("sexual-content"),
    family="language",
    summary="sexual word, or sexual talk about a person",
    remedy="Take it out. If it is about a real person, tell the safeguarding lead.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l", "cc"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"sexual", "sexual-content"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = "is a sexual word" if mark.is_word else "may be sexual talk about a person"
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
