"""A picture with text in it that nothing could read.

## Why it matters

A name on a badge, a certificate or a whiteboard is as public as one on the page. Where the part
that reads pictures is missing from a computer, a check that said nothing would be taken for a check
that read the picture and found no name.

## What it cannot see

What the text says: it only looks whether bands of letters may be there. Single large letters, faint
and slanting ones and handwriting may look like none, and railings or brickwork like some.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Location, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("text-not-read"),
    family="images",
    summary="a picture whose text nothing could read",
    remedy=(
        "Install schoolgate[ocr], which reads pictures, or look yourself whether a name, an "
        "address or anything else that is private stands in the picture."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a picture that looks as if text were in it, where nothing can read."""
    if document.properties.get("text") == "not read":
        place = Location(path=document.path, carrier=Carrier.PICTURE)
        yield found_at(RULE, place, "the text that seems to be in the picture was not read")
