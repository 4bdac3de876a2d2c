"""A pupil on the school's roll is named.

## Why it matters

A school does not tell the public who its pupils are. A name that stands on a page is found by
search engines for years, and beside a date, a place or a picture it leads strangers to a child.
Names are looked for in every form a school, a keyboard or a scanner gives them: surname first, in
short forms and other spellings, with initials and middle names, one half of a double name,
misspelt, without accents, spread over markup, cells and lines, in addresses and handles. A full
name asks for a look; so does an initial with a name. A forename alone, or a title with a surname,
is a note, and only beside a picture, in a list, or where a class or an award is spoken of.

## What it cannot see

Names of pupils who are not on the roll: where no roll is at hand it finds nobody. Two people may
share a name; then it reports the pupil although somebody else was meant. On a long roll a common
name counts only as it is registered, because everything like it is somebody's.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.pupils import Where, is_named, is_told, mentions, pictures_of, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pupil-named"),
    family="people",
    summary="pupil on the roll named",
    remedy="Take the name out, or write “a Year 4 pupil”.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
    revision=2,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each name of the roll in the text, where no picture stands beside it."""
    beside = pictures_of(document) or document.media_type.startswith("image/")
    for mention in mentions(document, context):
        if mention.where is not Where.TEXT:
            continue
        if not beside if is_named(mention) else is_told(mention, document, context):
            yield from report(RULE, document, context, mention)
