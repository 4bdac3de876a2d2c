"""Of two who decide at once the quicker one has decided, also if they were killed in between."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.attest.statement import Statement
from moderation.attest.verify import verify_log
from moderation.model import ConflictError, ReviewState, ReviewStatus, UsageError
from moderation.review.actions.urgent import publish_urgently
from moderation.review.memory import MemoryQueueStore
from moderation.review.quicker import is_unsaid, require_first
from moderation.review.store import Change
from tests.review.office import (
    CLEAN,
    KEY,
    PEOPLE,
    RULES,
    TEXT,
    TRUST,
    TWO_PERSONS,
    Office,
    page,
)


class KilledError(BaseException):
    """The process was killed."""


class _Killing(MemoryQueueStore):
    """A queue whose process is killed when an approval is to be told to it."""

    armed = False

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        if self.armed and changes[-1][2].act == "approve":
            self.armed = False
            raise KilledError
        return super().save_all(changes)


@pytest.fixture
def queue(office: Office) -> _Killing:
    """Return the queue of the office."""
    office.queue = queue = _Killing()
    return queue


def signed_and_killed(office: Office, queue: _Killing, who: str = "m-1") -> ReviewState:
    """Hand a page in and let *who* sign its approval, of which the queue is told nothing."""
    state = office.submit("p-1", page("one"))
    queue.armed = True
    with pytest.raises(KilledError):
        office.approve(who, state)
    assert office.load(state).status is ReviewStatus.SUBMITTED
    return state


def statements(office: Office) -> tuple[Statement, ...]:
    """Return the log."""
    return verify_log(office.log.read(), TRUST)


def first(office: Office, state: ReviewState, standing: Sequence[Statement], who: str) -> None:
    """Ask whether *who* decides first."""
    require_first(
        state,
        standing,
        actor=PEOPLE[who],
        trust=office.trust,
        queue=office.queue,
        now=office.now,
    )


@pytest.mark.parametrize("act", [Office.approve, Office.reject, Office.return_])
def test_who_decides_after_the_signature_is_too_late_and_the_queue_is_told_of_it(
    office: Office, queue: _Killing, act: Callable[[Office, str, ReviewState], object]
) -> None:
    state = signed_and_killed(office, queue)
    with pytest.raises(UsageError, match="it is approved"):
        act(office, "m-2", state)
    after = office.load(state)
    assert (after.status, after.approved_by, after.claimed_by) == (
        ReviewStatus.APPROVED,
        ("m-1",),
        "",
    )
    assert office.acts == ["submit p-1", "sign m-1", "approve m-1"]
    assert [each.actor for each in statements(office)] == ["m-1"]


def test_who_is_too_late_is_told_who_was_quicker(office: Office, queue: _Killing) -> None:
    state = office.load(signed_and_killed(office, queue))
    with pytest.raises(ConflictError) as caught:
        first(office, state, statements(office), "m-2")
    told = f"{state.id}: m-1 approved it at the same moment; look at it again"
    assert str(caught.value) == told


def test_the_version_that_was_on_the_site_is_replaced_by_the_one_that_was_signed(
    office: Office, queue: _Killing
) -> None:
    older = office.submit("p-1", page("before"))
    office.approve("m-2", older)
    state = signed_and_killed(office, queue)
    with pytest.raises(UsageError, match="it is approved"):
        office.reject("m-2", state)
    statuses = office.load(older).status, office.load(state).status
    assert statuses == (ReviewStatus.SUPERSEDED, ReviewStatus.APPROVED)


def test_a_state_that_was_read_before_somebody_approved_it_is_read_again(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    with pytest.raises(ConflictError, match="somebody else changed it"):
        first(office, state, statements(office), "m-2")
    first(office, office.load(state), statements(office), "m-2")  # which is refused elsewhere
    assert office.load(state).status is ReviewStatus.APPROVED


def test_what_was_opened_once_more_after_its_approval_is_decided_anew(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    again = office.submit("p-1", page("one"), again=True)
    assert again.status is ReviewStatus.SUBMITTED
    office.reject("m-2", again)
    assert office.load(state).status is ReviewStatus.REJECTED


def test_half_of_an_approval_decides_nothing(office: Office, queue: _Killing) -> None:
    office.policy = TWO_PERSONS
    state = signed_and_killed(office, queue)
    assert office.reject("m-2", state).status is ReviewStatus.REJECTED


def test_an_approval_that_ran_out_decides_nothing(office: Office, queue: _Killing) -> None:
    state = signed_and_killed(office, queue)
    office.now += timedelta(days=office.policy.limits.approval_days)
    assert office.reject("m-2", state).status is ReviewStatus.REJECTED


def test_the_approval_of_somebody_suspended_decides_nothing(
    office: Office, queue: _Killing
) -> None:
    state = signed_and_killed(office, queue)
    office.trust = replace(office.trust.suspended("m-1"), origin=TRUST.origin)
    assert office.reject("m-2", state).status is ReviewStatus.REJECTED


def test_who_published_in_a_hurry_is_not_among_those_who_approved(
    office: Office, queue: _Killing
) -> None:
    state = office.submit("head", page("closed today"))
    publish_urgently(
        state.id,
        CLEAN,
        fingerprint_key=KEY,
        rules=RULES,
        kinds=TEXT,
        page=office.page_of(state),
        reason="no heating",
        actor=PEOPLE["head"],
        signer=office.signers["head"],
        log=office.log,
        trust=office.trust,
        policy=office.policy,
        queue=queue,
        now=office.tick(),
    )
    queue.armed = True
    with pytest.raises(KilledError):
        office.approve("m-1", state)
    with pytest.raises(UsageError, match="it is approved"):
        office.reject("m-2", state)
    after = office.load(state)
    assert (after.status, after.approved_by) == (ReviewStatus.APPROVED, ("m-1",))


def test_who_signed_tells_the_queue_whoever_claimed_it_meanwhile(
    office: Office, queue: _Killing
) -> None:
    state = signed_and_killed(office, queue)
    office.claim("m-2", state)
    office.approve("m-1", state)
    after = office.load(state)
    assert (after.status, after.approved_by) == (ReviewStatus.APPROVED, ("m-1",))
    assert len(statements(office)) == 1


def test_who_signed_half_of_it_respects_a_claim(office: Office, queue: _Killing) -> None:
    office.policy = TWO_PERSONS
    state = signed_and_killed(office, queue)
    office.claim("dsl", state)
    with pytest.raises(ConflictError, match="dsl"):
        office.approve("m-2", state)
    (half,) = statements(office)
    assert not is_unsaid(office.load(state), [half], PEOPLE["m-1"], queue)


def test_only_who_signed_last_and_was_not_heard_passes_a_claim(
    office: Office, queue: _Killing
) -> None:
    state = office.load(signed_and_killed(office, queue))
    said = statements(office)
    asked = [(who, is_unsaid(state, said, PEOPLE[who], queue)) for who in ("m-1", "m-2")]
    assert asked == [("m-1", True), ("m-2", False)]
    office.approve("m-1", state)
    again = office.submit("p-1", page("one"), again=True)
    office.claim("m-2", again)
    with pytest.raises(ConflictError, match="m-2"):
        office.approve("m-1", again)
