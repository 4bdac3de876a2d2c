"""A picture of somebody who must not appear.

## Why it matters

Some people must not be found: a child who was taken into care, a family that fled. One picture on a
school's website can lead somebody to their door. Why somebody must not appear is not on the
register, and no message says it.

## What it cannot see

Whether the person is in the picture: it goes by what the page declares, and recognises nobody. That
somebody stands in the background of a picture and was not declared.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("must-not-appear"),
    family="images",
    summary="a picture of somebody who must not appear",
    remedy=(
        "Take the picture out, and delete it; ask the safeguarding lead, and nobody else, if you "
        "do not know why."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    waivable=False,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person who must not appear."""
    for file, person, _ in standing(submission, context, ConsentState.MUST_NOT_APPEAR):
        yield report(RULE, file, f"{person} must not appear in pictures", person=person)
