"""The registration mark of a vehicle.

## Why it matters

It tells whose car it is to anybody who knows the family, and more to whoever can look it up.
Found are marks in the format used since 2001 in capitals, and older ones where a vehicle, parking
or a number plate is spoken of, also with O for 0 and I for 1.

## What it cannot see

Older or personal marks that nothing calls a registration, foreign marks, and marks in a picture
unless its text was read. A code of the very same shape is taken for one, unless it is called a
room, form, product or order.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("vehicle-registration"),
    family="people",
    summary="vehicle registration published",
    remedy="Take the registration out; ring the family instead.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="the registration mark of a vehicle stands here",
    description="take the registration out",
    replacement="[registration removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.REGISTRATION, _WORDING, document, context)
