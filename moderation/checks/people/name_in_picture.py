"""A pupil's name stands in a picture.

## Why it matters

Name badges, certificates, jumpers, tray and peg labels, whiteboards and work on the wall tell the
name of the child beside them, and whoever looks at the picture reads it. Nobody who writes the page
sees it in the text. A forename alone on a label is a note: it may be anybody's.

Words in a picture are left to this rule; what is written on the page or in the file beside it is
reported by `pupil-named-with-photo` and `name-in-metadata`.

## What it cannot see

Names that are not on the roll, which `person-named-with-photo` looks for. Handwriting that runs
together, letters less than about eight pixels tall, and scripts other than Latin are often not
read. Without the extra `ocr` nothing in a picture is read, which `text-not-read` says.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.pupils import Where, is_named, is_told, mentions, report
from moderation.model import Document, Finding, Fix, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("name-in-picture"),
    family="people",
    summary="pupil's name written in a picture",
    remedy="Take another picture, or cut the picture so that the name is not in it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_FIX = Fix(description="cut the name off the picture", replacement="")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name of the roll that was read in a picture."""
    for mention in mentions(document, context):
        if mention.where is Where.PICTURE and (
            is_named(mention) or is_told(mention, document, context)
        ):
            where = " in words that the picture shows"
            yield from report(RULE, document, context, mention, where=where, fix=_FIX)
