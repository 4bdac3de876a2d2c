"""A picture with more pixels than a web page shows.

## Why it matters

A large picture can be cut down to one child and still be sharp, and is worth more to those who
misuse pictures. A page shows no more than about 1200 pixels. Smaller pictures also load faster.

## What it cannot see

How large the faces in it are. The picture as it was taken is kept outside the site; only what is
published is measured. The longest side is a setting (`pictures.longest`).
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Document, Finding, Location, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("too-large"),
    family="images",
    summary="a picture with more pixels than a web page shows",
    remedy="Make the picture smaller: schoolgate check --fix does so.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a picture whose longer side is longer than the policy says."""
    width, height = (document.properties.get(side, 0) for side in ("width", "height"))
    if not document.media_type.startswith("image/"):
        return
    most = context.policy.longest_picture
    if max(int(width), int(height)) > most:
        place = Location(path=document.path, carrier=Carrier.PICTURE)
        message = f"the picture is {width} by {height} pixels, and {most} are enough"
        yield found_at(RULE, place, message)
