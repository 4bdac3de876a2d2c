"""Swearing.

## Why it matters

Publishers promise not to publish anything abusive. A word that slips through is read by pupils and
parents under the school's name.

## What it cannot see

Abuse without swear words (other rules look for the commonest forms of it), words that are not in
the list, and words shown inside a picture. Where the words around it excuse a listed word (the
place Penistone, faggots and peas) nothing is reported; where it is only spoken about, a note is.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("abusive-word"),
    family="language",
    summary="swear word",
    remedy="Take the word out, or say it in other words.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l"),
    revision=2,
)

_CATEGORIES = frozenset({"profanity"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        yield report(RULE, document, mark, f"{quote(document, mark)} is a swear word", context)
