"""A video in which more people are seen at once than it declares.

## Why it matters

Whoever films looks at those who act, and not at who sits behind them. Counting the faces in single
pictures of the video finds some of the others, with the second at which to look.

## What it cannot see

Faces between the pictures that are looked at, people from behind, and whether those who are seen
one after the other are the same. A face on a poster is counted as well; the safeguarding lead may
accept such a finding.
"""

from collections.abc import Iterator

from moderation.checks.base import Context
from moderation.checks.consenting import declared, report
from moderation.checks.recordings import by_second, clock, recordings
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("video-count"),
    family="images",
    summary="more people are seen at once in a video than are declared",
    remedy="Declare everybody who is in the video, or cut it so that they are not in it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each video in which more faces are seen at one time than people are declared."""
    for file, document in recordings(submission):
        people, seen = declared(file), by_second(document)
        if people is None or not seen:
            continue
        fullest = max(seen, key=lambda second: (len(seen[second]), -second))
        count, known = len(seen[fullest]), len(set(people))
        if count > known:
            noun = "1 person is" if count == 1 else f"{count} people are"
            message = (
                f"{noun} seen in the video at {clock(fullest)} and {known or 'nobody'} declared"
            )
            yield report(RULE, file, message, people=seen[fullest])
