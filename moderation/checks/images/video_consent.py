"""Sound or video of somebody who has not said yes to being published so.

## Why it matters

A recording shows more of a child than a photo: how they move, speak and are called. A yes to a
photo is no yes to that, so the register is asked for the channel *video* by itself.

## What it cannot see

Whether the declaration is true: it recognises nobody, neither faces nor voices. Of sound it only
asks for those who are declared.
"""

from collections.abc import Iterator

from moderation.analysis.shown import Shown
from moderation.checks.base import Context
from moderation.checks.consenting import declared, report
from moderation.checks.recordings import CHANNEL, is_video, recordings
from moderation.model import Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState

RULE = Rule(
    id=RuleId("video-consent"),
    family="images",
    summary="sound or video that does not say who is in it, or of somebody without consent for it",
    remedy=(
        "Declare under assets: in the front matter who is in the recording, by reference, and ask "
        "each for the channel video; people: [] says that nobody is in it."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    waivable=False,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each video that says nothing of people, and each person without consent for it."""
    for file, document in recordings(submission):
        people = declared(file)
        if people is None and is_video(document):
            message = "the video does not say who is in it: people: [] if nobody is"
            yield report(RULE, file, message)
        for person in people or ():
            yield from _asked(file, person, context)


def _asked(file: Shown, person: str, context: Context) -> Iterator[Finding]:
    consents = context.registers.consents
    if consents is None:
        message = f"{person} is in the recording, and no consent register is at hand"
        yield report(RULE, file, message, person=person)
        return
    state = consents.state(person, CHANNEL, context.today)
    if state is ConsentState.GRANTED:
        return
    message = f"{person} has no consent for {CHANNEL}: {state}"
    if state is ConsentState.UNKNOWN:
        message = f"{person} has no consent for {CHANNEL}"
    if state is ConsentState.MUST_NOT_APPEAR:
        message = f"{person} must not appear in recordings"
    yield report(RULE, file, message, person=person)
