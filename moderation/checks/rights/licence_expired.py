"""A file whose licence or permission has ended, or ends before its page does.

## Why it matters

Permissions are given for a year, an exhibition, a production. Nobody remembers when the page is
three years old, and the owner finds it by a search. The day stands beside the file, under `until:`,
and is compared with the day of the check and with the days on which the page is published.

## What it cannot see

An end that was not declared, and a permission that was taken back. A page that stays longer than
its file's permission is a note; check the site again when that day comes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("licence-expired"),
    family="rights",
    summary="file whose licence or permission has ended",
    remedy="Renew the permission and declare its new end under until:, or take the file out.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o",),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file that may not be used any more when the page is published."""
    days = submission.publication
    first = max(days.first or context.today, context.today)
    stays = days.last or first + timedelta(days=context.policy.limits.approval_days)
    for file in shown(submission):
        end = file.declaration.until if file.declaration else None
        if end is None or not file.referenced:
            continue
        if end < context.today:
            yield _finding(file, f"the licence ended on {end}")
        elif end < first:
            yield _finding(file, f"the licence ends on {end}, before the page is published")
        elif end < stays:
            message = f"the licence ends on {end}, when the page may still be published"
            yield replace(_finding(file, message), severity=Severity.NOTE)


def _finding(file: Shown, message: str) -> Finding:
    carrier = Carrier.PICTURE if file.picture else file.location.carrier
    place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
    return found_at(RULE, place, message)
