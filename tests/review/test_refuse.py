"""Returning and rejecting, also what somebody approved already."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from moderation.attest.statement import Decision, Statement
from moderation.attest.verify import verify_log
from moderation.model import (
    ConflictError,
    Event,
    NotAllowedError,
    ReviewState,
    ReviewStatus,
    UsageError,
)
from moderation.review.memory import MemoryQueueStore
from moderation.review.store import Change
from tests.review.office import TRUST, TWO_PERSONS, Office, page

ACTS = pytest.mark.parametrize(
    ("act", "status", "decision"),
    [
        ("return", ReviewStatus.RETURNED, Decision.WITHDRAW),
        ("reject", ReviewStatus.REJECTED, Decision.REJECT),
    ],
)


def refuse(office: Office, act: str, who: str, state: ReviewState, reason: str) -> ReviewState:
    """Return or reject."""
    method = office.return_ if act == "return" else office.reject
    return method(who, state, reason)


@ACTS
def test_a_moderator_says_no_with_a_reason(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.claim("m-1", office.submit("p-1", page("one")))
    refused = refuse(office, act, "m-1", state, " too long ")
    assert refused == replace(state, status=status, claimed_by="", reason="too long", revision=3)
    assert office.acts[-1] == f"{act} m-1"
    assert "too long" not in repr(list(office.queue.events()))
    assert office.log.read() == (), f"nothing to {decision}, so nothing is signed"


@ACTS
def test_an_approval_given_before_is_revoked_in_the_signed_log(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    refused = refuse(office, act, "m-2", state, "no")
    assert (refused.status, refused.approved_by) == (status, ())
    name, envelope = office.log.read()[-1]
    statement = Statement.from_payload(envelope.payload, source=name)
    assert (statement.decision, statement.submission) == (decision, state.id)
    assert (statement.actor, statement.subjects) == ("m-2", state.assets)
    last, _ = list(office.queue.events())[-1]
    assert (last.act, last.detail) == (act, "2")


@ACTS
def test_an_approval_that_was_begun_is_revoked_too(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.submit("p-1", page("one"))
    begun = replace(state, approved_by=("m-1",))
    event, _ = next(iter(office.queue.events()))
    office.queue.save(begun, expected=1, event=event)
    assert refuse(office, act, "m-2", state, "no").status is status
    name, envelope = office.log.read()[-1]
    assert Statement.from_payload(envelope.payload, source=name).decision is decision


@ACTS
def test_only_those_who_decide_say_no(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        refuse(office, act, "p-2", state, f"{status} {decision}")
    assert str(caught.value) == (
        f"{state.id}: {act}: p-2 may not do this; ask an executive, head, moderator or"
        " safeguarding lead"
    )


@ACTS
def test_nobody_says_no_to_their_own_work(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.submit("m-1", page("one"))
    with pytest.raises(NotAllowedError):
        refuse(office, act, "m-1", state, f"{status} {decision}")
    assert office.load(state) == state


@ACTS
def test_what_another_moderator_holds_is_left_to_them(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.claim("m-1", office.submit("p-1", page("one")))
    with pytest.raises(ConflictError):
        refuse(office, act, "m-2", state, f"{status} {decision}")
    assert office.load(state) == state


@ACTS
def test_a_decision_is_not_repeated(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.submit("p-1", page("one"))
    refused = refuse(office, act, "m-1", state, f"{status} {decision}")
    with pytest.raises(UsageError):
        refuse(office, act, "m-1", state, "again")
    assert office.load(state) == refused


@ACTS
def test_no_is_not_said_without_a_reason(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(UsageError) as caught:
        refuse(office, act, "m-1", state, "")
    assert str(caught.value) == f"{state.id}: {act}: say why with --reason"
    assert office.load(state) == state, (status, decision)


class _Overtaken(MemoryQueueStore):
    """A queue in which an approval is signed, refused, and only then called approved."""

    def __init__(self, refuse_it: Callable[[], object]) -> None:
        super().__init__()
        self.refuse_it = refuse_it
        self.approved: Sequence[Change] = ()
        self.saved: tuple[ReviewState, ...] = ()

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        if changes[-1][2].act == "approve" and not self.approved:
            self.approved = changes
            self.refuse_it()
            return self.saved
        if self.approved and not self.saved:
            self.saved = super().save_all(self.approved)
        return super().save_all(changes)


@ACTS
def test_who_refuses_what_was_signed_a_moment_before_is_too_late(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    told: list[str] = []

    def too_late() -> None:
        with pytest.raises(UsageError, match="it is approved") as refused:
            refuse(office, act, "m-2", state, "too long")
        told.append(str(refused.value))

    office.queue = _Overtaken(too_late)
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    signed = [(s.decision, s.actor) for s in verify_log(office.log.read(), TRUST)]
    assert (len(told), signed) == (1, [(Decision.APPROVE, "m-1")])
    after = office.load(state)
    assert (after.status, after.approved_by) == (ReviewStatus.APPROVED, ("m-1",))
    assert office.acts[-1:] == ["approve m-1"]


class _Slow(MemoryQueueStore):
    """A queue in which somebody's approval is entered, once, after a refusal was signed."""

    lost = False

    def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
        if event.detail == "2" and not self.lost:
            self.lost = True
            before = self.load(state.id)
            approved = replace(before, status=ReviewStatus.APPROVED)
            super().save(approved, expected=before.revision, event=replace(event, act="approve"))
            raise ConflictError(f"{state.id}: somebody else was quicker")
        return super().save(state, expected=expected, event=event)


@ACTS
def test_who_signs_a_refusal_just_before_the_queue_calls_it_approved_signs_once(
    office: Office, act: str, status: ReviewStatus, decision: Decision
) -> None:
    office.policy, office.queue = TWO_PERSONS, (queue := _Slow())
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    assert refuse(office, act, "m-2", state, "no").status == status
    signed = [each.decision for each in verify_log(office.log.read(), TRUST)]
    assert (queue.lost, signed) == (True, [Decision.APPROVE, decision])
    assert office.acts[-1] == f"{act} m-2"
