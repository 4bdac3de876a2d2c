"""A picture that is not known to be published with the consent of everyone in it.

## Why it matters

The school takes and publishes pictures of pupils and staff with their permission only. Schools
have been reprimanded because one member of staff was relied on to remember a list. Here every
picture says who is in it, and the register is asked each time.

## What it cannot see

Whether the declaration is true: it does not recognise anybody. It cannot tell why somebody must
not appear, and does not say so. Consent that was given on paper and is not on the register does
not count.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import Consents, ConsentState

RULE = Rule(
    id=RuleId("consent-missing"),
    family="images",
    summary="picture without the consent of everyone in it",
    remedy=(
        "Declare under assets: in the front matter who is in the picture, by reference, and choose "
        "a picture of people who have consented; people: [] says that nobody is in it."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture that says nothing of people, and each person without consent."""
    for file in shown(submission):
        if not file.picture:
            continue
        if file.declaration is None or file.declaration.people is None:
            yield _finding(file, "the picture does not say who is in it: people: [] if nobody is")
            continue
        for person in file.declaration.people:
            trouble = _trouble(person, context)
            if trouble:
                yield _finding(file, trouble, person)


def _trouble(person: str, context: Context) -> str:
    """Say why *person* may not be shown; empty if they may."""
    consents: Consents | None = context.registers.consents
    if consents is None:
        return f"{person} is in the picture, and no consent register is at hand"
    channel = context.policy.channel
    state = consents.state(person, channel, context.today)
    if state is ConsentState.GRANTED:
        return ""
    if state is ConsentState.MUST_NOT_APPEAR:
        return f"{person} must not appear in pictures"
    return f"{person} has no consent for {channel}: {state}"


def _finding(file: Shown, message: str, person: str = "") -> Finding:
    # The setting tells two pictures of one page apart, also when a finding is waived.
    place = replace(file.location, carrier=Carrier.PICTURE, field=f"assets.{file.path}")
    return found_at(RULE, place, message, subject=person)
