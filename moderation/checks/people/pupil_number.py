"""A pupil's unique pupil number (UPN) in a page or file.

## Why it matters

The number follows a pupil through every school and every set of data about them. The Department
for Education says that it must not be seen by the public: with it, records that hold no name can
be joined to a child. It is a letter and twelve characters; the letter is worked out from the
others, and three digits name the local authority that gave it, so that hardly anything else looks
alike.

## What it cannot see

Numbers with a mistyped character, since their letter is wrong. Numbers in a picture, unless its
text was read.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pupil-number"),
    family="people",
    summary="unique pupil number published",
    remedy="Take the number out; no page needs it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_WORDING = Wording(
    message="a unique pupil number stands here",
    description="take the number out",
    replacement="[number removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.PUPIL_NUMBER, _WORDING, document, context)
