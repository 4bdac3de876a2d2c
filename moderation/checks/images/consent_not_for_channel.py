"""A picture of somebody who has answered, but not for this website.

## Why it matters

A yes to the display board in the corridor, or to the prospectus, is not a yes to a website that
anybody in the world can read. Each channel is asked about by itself, and only what was answered
for this one counts here.

## What it cannot see

Whether the person is in the picture: it goes by what the page declares, and recognises nobody.
Whether an answer on another channel was meant more widely; ask again.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import is_known, not_counted, report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("consent-not-for-channel"),
    family="images",
    summary="a picture of somebody who has not answered for this channel",
    remedy="Ask about this channel, and bring the answer onto the register; or choose another.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    revision=2,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person who has answered for other channels only."""
    channel = context.policy.channel
    for file, person, _ in standing(submission, context, ConsentState.UNKNOWN):
        if is_known(person, context):
            message = f"{person} has no consent for {channel}, only answers for something else"
            if whys := not_counted(person, context):
                message = f"{person} has no consent for {channel} that counts: {'; '.join(whys)}"
            yield report(RULE, file, message, person=person)
