"""What the rules on consent share: who is declared, where they stand, and how it is put."""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Face, Finding, Location, ReadSubmission, Rule
from moderation.registers import ConsentState


def pictures(submission: ReadSubmission) -> Iterator[Shown]:
    """Yield the pictures that a page shows, links to or declares."""
    return (file for file in shown(submission) if file.picture)


def declared(file: Shown) -> tuple[str, ...] | None:
    """Return who is declared to be in a picture; None where nothing is said."""
    return None if file.declaration is None else file.declaration.people


def seen(submission: ReadSubmission, file: Shown) -> tuple[Face, ...]:
    """Return the faces that were seen in a picture; none where nobody looked."""
    document = submission.files.get(file.path)
    return (document.people if document else None) or ()


def boxes(file: Shown, people: tuple[Face, ...]) -> tuple[Location, ...]:
    """Return the places of faces, as related locations."""
    return tuple(
        face.place(file.path, number).as_role("a face") for number, face in enumerate(people, 1)
    )


def report(
    rule: Rule,
    file: Shown,
    message: str,
    *,
    person: str = "",
    people: tuple[Face, ...] = (),
) -> Finding:
    """Report a picture at the place where the page shows it.

    Args:
        rule: identity of the check
        file: the picture
        message: one sentence in plain English
        person: opaque reference of whom it is about
        people: the faces that play a part

    """
    # The setting tells two pictures of one page apart, also when a finding is waived.
    place = replace(file.location, carrier=Carrier.PICTURE, field=f"assets.{file.path}")
    return found_at(rule, place, message, subject=person, related=boxes(file, people))


def standing(
    submission: ReadSubmission, context: Context, *states: ConsentState
) -> Iterator[tuple[Shown, str, ConsentState]]:
    """Yield the picture, the person and the state, for each declared person in one of *states*."""
    consents = context.registers.consents
    if consents is None:
        return
    for file in pictures(submission):
        for person in declared(file) or ():
            state = consents.state(person, context.policy.channel, context.today)
            if state in states:
                yield file, person, state


def is_known(person: str, context: Context) -> bool:
    """Say whether the register holds an answer of this person for any channel."""
    consents = context.registers.consents
    return consents is not None and any(a.reference == person for a in consents.answers)


def not_counted(person: str, context: Context) -> tuple[str, ...]:
    """Say why answers of this person that say yes count as no permission at this school."""
    consents = context.registers.consents
    return () if consents is None else consents.not_counted(person, context.policy.channel)
