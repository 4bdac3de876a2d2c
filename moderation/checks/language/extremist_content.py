"""Slogans, praise and recruitment of extremists.

## Why it matters

The agreement forbids supporting extremist organisations, messages or individuals, and the Prevent
duty binds the school by law.

## What it cannot see

Coded language that is newer than the list, and sympathy that is never put into words. History
lessons and Prevent pages name such things and are left alone, or noted.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("extremist-content"),
    family="language",
    summary="extremist slogan, praise or recruitment",
    remedy="Take it out and tell the safeguarding lead, who decides whether to refer it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("j", "k", "l"),
    decided_by=Role.SAFEGUARDING_LEAD,
)

_CATEGORIES = frozenset({"extremism", "extremist-content"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        said = (
            "is an extremist slogan or sign" if mark.is_word else "may praise or serve extremists"
        )
        yield report(RULE, document, mark, f"{quote(document, mark)} {said}", context)
