"""A picture of somebody whose consent was withdrawn.

## Why it matters

Consent may be taken back at any time, and taking it back must be as easy as giving it (UK GDPR,
article 7). From that day no further picture may be published, and those that are must go.

## What it cannot see

Whether the person is in the picture: it goes by what the page declares, and recognises nobody.
Copies that others have made; and pictures that were published before, which withdrawing consent
lists.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("consent-withdrawn"),
    family="images",
    summary="a picture of somebody whose consent was withdrawn",
    remedy="Choose a picture without them; schoolgate hide covers somebody in a picture.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person whose consent was withdrawn."""
    channel = context.policy.channel
    for file, person, state in standing(submission, context, ConsentState.WITHDRAWN):
        yield report(RULE, file, f"{person} has no consent for {channel}: {state}", person=person)
