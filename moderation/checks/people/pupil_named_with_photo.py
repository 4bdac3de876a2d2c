"""A pupil is named on a page that shows a picture, or in the picture itself.

## Why it matters

A picture of a child with the child's name is what the school promised never to publish: it tells a
stranger whom to look for and what to call them. One picture on a page is enough, also one that the
page links to, and a name in its description, its title or its caption.

## What it cannot see

Who is in the picture: it does not recognise anybody, and reports a name beside a picture of a
building too. A picture on one page and a name on another.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.pupils import Where, is_named, mentions, pictures_of, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pupil-named-with-photo"),
    family="people",
    summary="pupil named beside a picture",
    remedy="Take the name out, or take out the pictures.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name of the roll in a text that a picture stands beside."""
    related = pictures_of(document)
    where = " on a page that shows a picture"
    if document.media_type.startswith("image/"):
        where = " in a picture"
    elif not related:
        return
    for mention in mentions(document, context):
        if mention.where is Where.TEXT and is_named(mention):
            yield from report(RULE, document, context, mention, where=where, related=related)
