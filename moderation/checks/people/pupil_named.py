"""A pupil on the roll named in a page or in one of its files.

## Why it matters

The school promises not to identify pupils by name in what it publishes. A name beside a photograph
lets a stranger put the two together, greet a child by name, or find the family. On a page that
shows a picture, and in the file of a picture itself (its name, its metadata), a name blocks; in
text alone somebody has to look at it.

## What it cannot see

First names alone, nicknames that are not on the roll, misspelled names, names written with a
middle name or an initial, and names that are drawn in a picture. It knows the pupils of the roll
only: where no roll is at hand it finds nobody. Two people may share a name; then it reports the
pupil although somebody else was meant.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.names import find_names
from moderation.analysis.shown import is_picture
from moderation.checks.base import Context, found
from moderation.model import Document, Finding, Location, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pupil-named"),
    family="people",
    summary="pupil on the roll named",
    remedy="Take the name out, also where it stands in a file name, or take out the pictures.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_RELATED = 3


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each full name of the roll, wherever it is carried."""
    if context.registers.roll is None:
        return
    pictures = _pictures(document)
    where, severity = "", Severity.REVIEW
    if is_picture(document.path, document):
        where, severity = " in the file of a picture", Severity.BLOCK
    elif pictures:
        where, severity = " on a page that shows a picture", Severity.BLOCK
    for match in find_names(document.text, context.registers.roll):
        for pupil in match.references:
            message = f"the pupil {pupil} is named{where}"
            finding = found(RULE, document, match.start, match.end, message, subject=pupil)
            yield replace(finding, severity=severity, related=pictures[:_RELATED])


def _pictures(page: Document) -> tuple[Location, ...]:
    shows = [image.location for image in page.images]
    links = [link.location for link in page.links if is_picture(link.target.split("?")[0])]
    return tuple(place.as_role("picture") for place in (*shows, *links))
