"""A picture that does not say who is in it, or shows somebody of whom nothing is known.

## Why it matters

The school takes and publishes pictures of pupils and staff with their permission only. Schools
have been reprimanded because one member of staff was relied on to remember a list. Here every
picture says who is in it, and the register is asked each time.

## What it cannot see

Whether the declaration is true: it does not recognise anybody. Faces that are seen are counted, so
that it can say how many there are; people who are seen from behind are not. Consent that was given
on paper and is not on the register does not count.
"""

from collections.abc import Iterator

from moderation.analysis.shown import Shown
from moderation.checks.base import Context
from moderation.checks.consenting import declared, is_known, pictures, report, seen
from moderation.model import (
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
    id=RuleId("consent-missing"),
    family="images",
    summary="picture that does not say who is in it, or of somebody who is not on the register",
    remedy=(
        "Declare under assets: in the front matter who is in the picture, by reference, and choose "
        "a picture of people who have consented; people: [] says that nobody is in it."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    revision=2,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture that says nothing of people, and each person without any answer."""
    for file in pictures(submission):
        people = declared(file)
        if people is None:
            yield _undeclared(submission, file)
        for person in people or ():
            if context.registers.consents is None:
                message = f"{person} is in the picture, and no consent register is at hand"
                yield report(RULE, file, message, person=person)
            elif not is_known(person, context):
                message = f"{person} is in the picture, and the consent register does not know them"
                yield report(RULE, file, message, person=person)


def _undeclared(submission: ReadSubmission, file: Shown) -> Finding:
    people = seen(submission, file)
    count = most_at_once(people)
    message = "the picture does not say who is in it: people: [] if nobody is"
    if count:
        noun = "1 person is" if count == 1 else f"{count} people are"
        message = f"{noun} seen in the picture, which does not say who is in it"
    return report(RULE, file, message, people=people)
