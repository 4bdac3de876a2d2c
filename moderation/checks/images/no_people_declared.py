"""Pictures that are said to show nobody, for a person to confirm.

## Why it matters

People who are seen from behind, far away or in part are people: friends and family know them by
their hair, their bag or their coat. No program finds them. The publisher says that nobody is in
the picture, and the moderator looks once more.

## What it cannot see

Anything: it asks a person to look. Pictures in which faces are seen are left to consent-count.
Somebody answers once for all such pictures of a page.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context
from moderation.checks.consenting import declared, pictures, report, seen
from moderation.model import Finding, ReadSubmission, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("no-people-declared"),
    family="images",
    summary="pictures that are said to show nobody, which somebody else confirms",
    remedy=(
        "The moderator looks at the pictures, also for people who are seen from behind, and "
        "accepts this where there is nobody."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report, once a page, the pictures that are declared to show nobody."""
    files = [f for f in pictures(submission) if declared(f) == () and not seen(submission, f)]
    if not files:
        return
    which = "this picture" if len(files) == 1 else f"these {len(files)} pictures"
    finding = report(RULE, files[0], f"the publisher says that nobody is in {which}")
    others = tuple(file.location.as_role("picture") for file in files[1:])
    # Which pictures it is about is part of what is accepted.
    yield replace(finding, related=others, evidence=", ".join(sorted(f.path for f in files)))
