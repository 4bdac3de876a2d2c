"""A picture of somebody who has said no.

## Why it matters

A parent, a pupil or a member of staff may say no, or object, without giving a reason. Their answer
is worth nothing if a picture is published all the same. Where two parents answer differently, the
stricter answer counts.

## What it cannot see

Whether the person is in the picture: it goes by what the page declares, and recognises nobody. An
answer that was not brought onto the register is not known.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("consent-refused"),
    family="images",
    summary="a picture of somebody who has refused",
    remedy="Choose a picture without them; schoolgate hide covers somebody in a picture.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person who refused or objected."""
    channel = context.policy.channel
    for file, person, state in standing(
        submission, context, ConsentState.REFUSED, ConsentState.OBJECTED
    ):
        yield report(RULE, file, f"{person} has no consent for {channel}: {state}", person=person)
