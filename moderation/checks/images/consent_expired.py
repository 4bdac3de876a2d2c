"""A picture of somebody whose consent has ended.

## Why it matters

Consent does not last for ever: it ends on the day that the form says, when somebody leaves the
school, and after five years at the latest. A family that said yes for a child of four has not said
yes for the same child at eleven.

## What it cannot see

Whether the person is in the picture: it goes by what the page declares, and recognises nobody.
Pages that are published already go with the next build after that day; what stands on the web until
then stays.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("consent-expired"),
    family="images",
    summary="a picture of somebody whose consent has ended",
    remedy="Ask again, and bring the answer onto the register; or choose a picture without them.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person whose consent has ended."""
    channel = context.policy.channel
    for file, person, state in standing(submission, context, ConsentState.EXPIRED):
        yield report(RULE, file, f"{person} has no consent for {channel}: {state}", person=person)
