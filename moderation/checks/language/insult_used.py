"""Words that insult a person.

## Why it matters

Calling somebody an idiot or a scumbag in public is abusive even where no swear word is used, and a
child who is called that on the school's own page is bullied by the school.

## What it cannot see

Insults that are not in the list, and those that need no insulting word, which is the work of the
rule person-mocked. An insult to somebody in a book or a play is reported like any other.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.wording import marks, quote, report
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("insult-used"),
    family="language",
    summary="word that insults a person",
    remedy="Take the word out, or say what happened without judging the person.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("P16", "l"),
)

_CATEGORIES = frozenset({"insult"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what was found, as severe as it is where it stands."""
    for mark in marks(document, _CATEGORIES):
        yield report(RULE, document, mark, f"{quote(document, mark)} is an insult", context)
