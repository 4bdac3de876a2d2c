"""A word or phrase that the school itself added to the list.

## Why it matters

Every school has words of its own that hurt: a nickname, this year's slang, the name of a feud. A
moderator adds them, and from then on they are looked for like the words that ship.

## What it cannot see

Misspellings of an added term, and forms that were not asked for when it was added. Letters written
as signs, kept apart, repeated, masked or taken from another script are seen through, in every word
of a phrase.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.lexicon.own import scan_own
from moderation.checks.base import Context, found
from moderation.checks.rulings import stands_within
from moderation.checks.wording import quote
from moderation.model import Confidence, Document, Finding, Rule, RuleId, Severity
from moderation.policy.terms import Listed

RULE = Rule(
    id=RuleId("school-term"),
    family="language",
    summary="word that the school itself added to the list",
    remedy="Take the word out, or say it in other words. schoolgate term list says who added it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l"),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as its entry says."""
    listed = {each.id: each for each in context.terms.added(document.path, context.today)}
    if not listed:
        return

    def holds(each: Listed, span: tuple[int, int]) -> bool:
        return stands_within(each.term, document.text, span)

    for mark in scan_own(document.text, tuple(listed.values()), holds):
        entry = listed[mark.entry]
        what = "" if mark.category == "other" else f"{mark.category}; "
        message = f"{quote(document, mark)} is on the school's list ({what}{entry.told})"
        confidence = Confidence.MEDIUM if mark.disguised else Confidence.HIGH
        finding = found(RULE, document, mark.start, mark.end, message, confidence=confidence)
        yield replace(finding, severity=mark.severity)
