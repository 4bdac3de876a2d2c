"""A picture in which more people are seen than it declares.

## Why it matters

A child in the background has not been asked. Whoever chooses a picture looks at those whom they
know in it, and writes those down. Counting the faces finds the others, also where the picture is
said to show nobody.

## What it cannot see

People from behind, in costumes or very small; and whom it counts. A face on a poster, a doll or a
statue is counted as well; the safeguarding lead may accept such a finding. How many are found was
measured on composites, not on photographs of a school. Nobody is recognised and nothing is kept of
a face but its place.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context
from moderation.checks.consenting import declared, pictures, report, seen
from moderation.model import (
    Confidence,
    Finding,
    ReadSubmission,
    Role,
    Rule,
    RuleId,
    Scope,
    Severity,
    most_at_once,
)

RULE = Rule(
    id=RuleId("consent-count"),
    family="images",
    summary="more people are seen in a picture than are declared",
    remedy=(
        "Declare everybody who is in the picture, or choose another one; schoolgate hide covers "
        "people who may not be shown."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)
_CERTAIN = 0.7


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture with more faces than declared people."""
    for file in pictures(submission):
        names, people = declared(file), seen(submission, file)
        if names is None or most_at_once(people) <= len(set(names)):
            continue
        count = most_at_once(people)
        noun = "1 person is" if count == 1 else f"{count} people are"
        message = f"{noun} seen in the picture and {len(set(names)) or 'nobody'} declared"
        finding = report(RULE, file, message, people=people)
        sure = sorted((face.score for face in people), reverse=True)[len(set(names))] >= _CERTAIN
        yield finding if sure else replace(finding, confidence=Confidence.MEDIUM)
