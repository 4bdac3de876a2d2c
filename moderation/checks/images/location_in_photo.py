"""A picture that says where it was taken.

## Why it matters

Phones and many cameras write the place into every picture, often to a few metres. Published, it
tells a stranger where a child was at what time: on a trip, at a club, at home. Nobody sees it on
the page, and everybody who saves the picture can read it.

## What it cannot see

Places that only the picture itself shows, such as a street sign or a house; places in words, such
as the name of a park in a caption; and a position that is kept on another machine. Metadata that
are not EXIF, XMP or PNG text are not searched for positions.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("location-in-photo"),
    family="images",
    summary="a picture that says where it was taken",
    remedy=(
        "Save the picture without its location: schoolgate add photo does so, and in most picture "
        "editors it is called exporting without metadata."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    waivable=False,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a position in the metadata of a picture."""
    for part in document.parts:
        if part.kind == "gps":
            yield found_at(RULE, part.location, "the picture says where it was taken")
