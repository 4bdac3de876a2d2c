"""A person named who is on no list of the school.

## Why it matters

The roll knows the pupils of today. Pages also name pupils who have left or have just come, brothers
and sisters, children of another school, parents and guests, and pupils by a first name alone. Each
of them is a person whom a stranger may look for, and nobody asked them. A small statistical model,
trained on news, short messages and school sentences, finds names by how they look and where they
stand; somebody then decides.

Pupils of the roll are left to `pupil-named`, and who is named beside a picture to
`person-named-with-photo`. Staff and governors whom the school names in public pass when the policy
lists them under `school.staff`. Public figures and those of stories whom schools teach about are a
note. What is less likely a name than not is left alone here: on school pages most of it is none.

## What it cannot see

Names that are usual words ("Will", "Hope") where nothing around them tells; nicknames and initials
alone; people who are described but not named. It takes some houses, pets and firms for people. It
was trained on British and American English. `docs/reference/person-names.md` says how often it is
right.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.persons import PersonMatch, Who
from moderation.analysis.shown import is_picture
from moderation.checks.base import Context, found
from moderation.checks.strangers import SURE, confidence, pictures, strangers
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("person-named"),
    family="people",
    summary="person named who is on no list of the school",
    remedy=(
        "Write a Year 4 pupil in place of the name; a first name with an initial is still a name. "
        "List staff and governors under staff of [school] in .schoolgate/policy.toml; the head "
        "signs it with schoolgate policy sign."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.MODERATOR,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report who is likely named in text beside no picture, and figures anywhere."""
    beside = is_picture(document.path, document) or bool(pictures(document))
    for match in strangers(document, context):
        figure = match.who is Who.FIGURE
        if (beside and not figure) or match.confidence < SURE:
            continue
        finding = found(
            RULE,
            document,
            match.start,
            match.end,
            _message(match),
            confidence=confidence(match),
        )
        yield replace(finding, severity=Severity.NOTE) if figure else finding


def _message(match: PersonMatch) -> str:
    if match.who is Who.FIGURE:
        return "a public figure or one of a story seems to be named"
    return "a person is named who is on no list of the school"
