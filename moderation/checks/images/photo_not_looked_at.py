"""A picture in which nobody looked for people.

## Why it matters

Whether people are in a picture is the first thing to know before it is published. Where the parts
that look for them are missing from a computer, a check that said nothing would be taken for a
check that found nobody.

## What it cannot see

The picture. A person must look at it, or the check must be run where the parts are installed.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Location, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("photo-not-looked-at"),
    family="images",
    summary="a picture in which nobody looked for people",
    remedy="Install schoolgate again with all that it needs, or look at the picture yourself.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a picture that was read and not looked at."""
    if document.media_type.startswith("image/") and document.people is None:
        place = Location(path=document.path, carrier=Carrier.PICTURE)
        yield found_at(RULE, place, "nobody looked for people in the picture")
