"""A pupil is named in what a file says of itself.

## Why it matters

Cameras, phones and office programs write names into files: the owner of the device, the author,
the people in the picture, the title somebody gave it. No visitor sees them on the page and every
visitor can read them in the file.

## What it cannot see

Names of people who are not on the roll, and settings that the file's reader does not know.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.pupils import Where, is_named, mentions, report
from moderation.model import Document, Finding, Fix, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("name-in-metadata"),
    family="people",
    summary="pupil named in the properties of a file",
    remedy="Strip the properties of the file (schoolgate add photo does), or export it anew.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_FIX = Fix(description="strip the metadata", replacement="")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name of the roll in metadata; of a document without pictures it asks a look."""
    picture = document.media_type.startswith("image/")
    for mention in mentions(document, context):
        if mention.where is Where.METADATA and is_named(mention):
            yield from report(
                RULE,
                document,
                context,
                mention,
                where=f" in the metadata of a {'picture' if picture else 'document'}",
                fix=_FIX,
                severity=None if picture else Severity.REVIEW,
            )
