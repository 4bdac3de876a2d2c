"""A person on no list of the school named on a page that shows a picture.

## Why it matters

A name beside a photograph lets a stranger put the two together, whether or not the child is on
today's roll: a pupil who has left, a child of another school, or a pupil by the first name alone.
Somebody has to look at each name on such a page, also where it only may be one.

## What it cannot see

Which name belongs to which picture; whether anybody is in the picture at all. And what
`person-named` cannot see: names that are usual words, nicknames, initials alone. A figure that
schools teach about is left to `person-named`, which makes a note.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.persons import Who
from moderation.analysis.shown import is_picture
from moderation.checks.base import Context, found
from moderation.checks.strangers import SURE, confidence, is_credit, pictures, strangers
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("person-named-with-photo"),
    family="people",
    summary="person on no list of the school named with a picture",
    remedy=(
        "Write a Year 4 pupil in place of the name, or take out the pictures; a first name with an "
        "initial is still a name. List staff and governors under staff of [school] in "
        ".schoolgate/policy.toml; the head signs it with schoolgate policy sign."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.MODERATOR,
)

_AS_AUTHOR = "as author or owner "


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each person on a page that shows a picture, and in the file of one."""
    inside = is_picture(document.path, document)
    shown = pictures(document)
    if not (inside or shown):
        return
    where = "in the file of a picture" if inside else "on a page that shows a picture"
    told: set[tuple[str, bool]] = set()
    for match in strangers(document, context):
        credit = is_credit(document, match)
        if match.who is Who.FIGURE or (credit and not inside):
            continue
        name = document.text[match.start : match.end].casefold(), credit
        if inside and name in told:
            continue  # a file says the same in EXIF, IPTC and XMP
        told.add(name)
        named = "a person is named" if match.confidence >= SURE else "a person may be named"
        finding = found(
            RULE,
            document,
            match.start,
            match.end,
            f"{named} {_AS_AUTHOR if credit else ''}{where}",
            confidence=confidence(match),
            related=shown,
        )
        yield replace(finding, severity=Severity.NOTE) if credit else finding
