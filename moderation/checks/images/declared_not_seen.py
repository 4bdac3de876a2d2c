"""A picture that declares people, in which no face is seen.

## Why it matters

People are often seen from behind, and then it is right to declare them. It may as well be that a
declaration was left at the wrong picture when two were swapped, and the people who are in the
other one were never asked.

## What it cannot see

Whether the people are there: faces are all that it looks for. So somebody looks, and says so.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import declared, pictures, report
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("declared-not-seen"),
    family="images",
    summary="people are declared in a picture in which no face is seen",
    remedy="Look whether they are seen from behind, or the declaration is of another picture.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
    decided_by=Role.SAFEGUARDING_LEAD,
    revision=2,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture that was looked at, shows no face and declares people."""
    for file in pictures(submission):
        document = submission.files.get(file.path)
        names = declared(file)
        if names and document is not None and document.people == ():
            noun = "1 person is" if len(names) == 1 else f"{len(names)} people are"
            message = f"{noun} declared, and no face is seen: are they seen from behind?"
            yield report(RULE, file, message)
