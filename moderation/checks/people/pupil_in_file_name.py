"""A pupil is named in the name of a file.

## Why it matters

The name of a file is part of its address: it stays in search engines, in links, in the school's
archive and in the log of approvals when the page has long been changed. Cameras, class lists and
helpful colleagues put names there that nobody sees on the page.

## What it cannot see

Names of pupils who are not on the roll, and nicknames that only the class knows.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.pupils import Where, is_named, mentions, pictures_of, report
from moderation.model import Carrier, Document, Finding, Fix, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pupil-in-file-name"),
    family="people",
    summary="pupil named in the name of a file",
    remedy="Rename the file so that it says what it shows, not whom, and mend the links to it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_FIX = Fix(description="rename the file", replacement="pupil")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name of the roll in a path, or in a link to a file of the site."""
    for mention in mentions(document, context):
        if mention.where is Where.FILE_NAME and is_named(mention):
            link = document.carrier_at(mention.match.start) is Carrier.LINK
            where = " in the name of a file that the page uses" if link else " in its name"
            yield from report(
                RULE,
                document,
                context,
                mention,
                where=where,
                related=pictures_of(document) if link else (),
                fix=_FIX,
            )
