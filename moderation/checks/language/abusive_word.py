"""Swearing and insulting words.

## Why it matters

Publishers promise not to publish anything abusive. A word that slips through is read by pupils
and parents under the school's name.

## What it cannot see

Abuse without abusive words (other rules look for the commonest forms of it), words that are not
in the list, and words shown inside a picture.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.language import scan
from moderation.checks.base import Context, found
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("abusive-word"),
    family="language",
    summary="swear word or insult",
    remedy="Take the word out, or say it in other words.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l"),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each listed word, as severe as the list says it is."""
    for mark in scan(document.text):
        kind = "a swear word" if mark.category == "profanity" else "an insult"
        word = document.text[mark.start : mark.end]
        finding = found(RULE, document, mark.start, mark.end, f"“{word}” is {kind}")
        yield replace(finding, severity=min(mark.severity, RULE.severity))
