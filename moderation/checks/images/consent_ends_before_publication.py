"""A picture whose consent ends before its page is published, or while it still is.

## Why it matters

A page that is written in the autumn may be meant for the summer. Whoever said yes up to the end of
the year has not said yes to what appears after it, and a page that waits for its day is easily
forgotten. So the consent must stand on the day of publication (`publish:` in the front matter).
Where it ends later, while the page would still be there, that is noted with the day: the page
leaves the site on that day unless the family is asked again or the page ends before (`expires:`).

## What it cannot see

A consent that is withdrawn later; withdrawing it takes the page down. A page without `expires:` is
taken to stay for as long as an approval lasts.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from moderation.checks.base import Context
from moderation.checks.consenting import report, standing
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("consent-ends-before-publication"),
    family="images",
    summary="a picture whose consent ends before its page is published, or while it still is",
    remedy="Ask again in time, choose another day (publish:, expires:), or another picture.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each declared person whose consent, good today, ends too early for the page."""
    consents = context.registers.consents
    if consents is None:
        return
    days = submission.publication
    first = max(days.first or context.today, context.today)
    stays = days.last or first + timedelta(days=context.policy.limits.approval_days)
    for file, person, _ in standing(submission, context, ConsentState.GRANTED):
        end = consents.end(person, context.policy.channel)
        if end is not None and end < first:
            message = f"{person} has consent up to {end}, and the page is published on {first}"
            yield report(RULE, file, message, person=person)
        elif end is not None and end < stays:
            message = f"{person} has consent up to {end}, when the page may still be published"
            found = report(RULE, file, message, person=person)
            yield replace(found, severity=Severity.NOTE)
