"""A page whose first line MkDocs takes for a setting and does not show.

## Why it matters

A page that begins with a word and a colon, such as "Note: bring wellies", loses that line on the
site: MkDocs reads it as a setting. What the school meant to say would be missing, and what was
checked would not be what visitors see.

## What it cannot see

Nothing else of the page: only its first line is looked at.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.extract.front_matter import HEADER
from moderation.model import Carrier, Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("first-line-lost"),
    family="duties",
    summary="first line that the site would not show",
    remedy="Begin the page with a heading, or write settings between two lines of ---.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("ff",),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a first line that reads as a setting."""
    if document.media_type != "text/markdown":
        return
    match = HEADER.match(document.source.split("\n", 1)[0])
    if match:
        place = document.place(*match.span(), Carrier.BODY)
        yield found_at(RULE, place, "MkDocs takes this line for a setting and does not show it")
