"""A decision keeps a keyed digest of the consents that it rests on, and their first end."""

from datetime import date, timedelta

import pytest

from moderation.policy.consenting import Consenting
from moderation.registers import Consent, Consents, ConsentState
from moderation.registers.consent_snapshot import Snapshot, Witness, snapshot_key

TODAY = date(2026, 11, 21)
KEY = bytes(range(32))
PEOPLE = ("P-0101", "P-0102")


def answer(reference: str, state: str, until: date | None = None, given: int = 0) -> Consent:
    return Consent(
        reference=reference,
        channel="website",
        state=ConsentState(state),
        until=until,
        given=TODAY + timedelta(days=given),
    )


def witness(*answers: Consent, key: bytes = KEY, years: int = 5) -> Witness:
    consents = Consents(answers, Consenting(years=years))
    return Witness(consents=consents, channel="website", key=snapshot_key(key))


GRANTED = tuple(answer(who, "granted") for who in PEOPLE)
REFUSED = answer("P-0103", "refused")


def snap(of: Witness, people: tuple[str, ...] = PEOPLE, submission: str = "s-1") -> Snapshot:
    return of.snapshot(people, submission=submission, day=TODAY)


def dead(before: Witness, after: Witness, people: tuple[str, ...] = PEOPLE, day: int = 0) -> bool:
    return after.contradicts(
        snap(before, people).digest, people, submission="s-1", day=TODAY + timedelta(days=day)
    )


def test_it_keeps_a_digest_and_the_first_end_of_what_was_granted() -> None:
    found = witness(
        answer("P-0101", "granted", date(2027, 7, 31)),
        answer("P-0102", "granted", date(2027, 1, 31)),
        answer("P-0103", "refused", date(2026, 12, 1)),
    )
    whole = snap(found, (*PEOPLE, "P-0103"))
    assert whole.end == date(2027, 1, 31)
    assert len(whole.digest) == 64
    assert snap(found, ("P-0103", "P-0102", "P-0101", "P-0101")) == whole


def test_of_nobody_nothing_is_kept() -> None:
    assert snap(witness(*GRANTED), ()) == Snapshot()


@pytest.mark.parametrize(
    "other",
    [
        snap(witness(*GRANTED, key=bytes(32))),
        snap(witness(*GRANTED), submission="s-2"),
        snap(witness(GRANTED[0], answer("P-0102", "refused"))),
        snap(witness(*GRANTED), PEOPLE[:1]),
    ],
    ids=["another key", "another submission", "another answer", "fewer people"],
)
def test_it_differs_by_key_submission_answer_and_people(other: Snapshot) -> None:
    assert other.digest != snap(witness(*GRANTED)).digest


def test_neither_the_key_nor_a_reference_is_shown() -> None:
    assert repr(witness(*GRANTED)) == "Witness(channel='website')"


@pytest.mark.parametrize("state", ["refused", "objected", "withdrawn", "must-not-appear"])
def test_a_change_for_the_worse_ends_the_decision(state: str) -> None:
    before = witness(*GRANTED)
    assert not dead(before, before)
    assert dead(before, witness(*GRANTED, answer("P-0102", state, given=0)))


def test_an_end_ends_it_and_a_renewal_does_not() -> None:
    before = witness(answer("P-0101", "granted", TODAY), GRANTED[1])
    assert not dead(before, before)
    assert dead(before, before, day=1)
    renewed = witness(
        answer("P-0101", "granted", TODAY),
        GRANTED[1],
        answer("P-0101", "granted", date(2028, 1, 1), 1),
    )
    assert not dead(before, renewed, day=1)


def test_who_is_taken_out_of_the_register_has_no_consent() -> None:
    assert dead(witness(*GRANTED), witness(GRANTED[0]))


def test_a_no_that_somebody_accepted_may_stay_and_may_become_a_yes() -> None:
    people = (*PEOPLE, "P-0103")
    before = witness(*GRANTED, REFUSED)
    assert not dead(before, before, people)
    assert not dead(before, witness(*GRANTED, answer("P-0103", "granted")), people)
    assert dead(before, witness(*GRANTED, answer("P-0103", "must-not-appear")), people)
