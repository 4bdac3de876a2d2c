"""Handing in: who may, what is refused, and what the same or changed bytes become."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.model import (
    Asset,
    ConflictError,
    Event,
    ExtractionError,
    IntegrityError,
    NotAllowedError,
    PolicyError,
    ReviewState,
    ReviewStatus,
    Severity,
    Submission,
    UsageError,
    digest_of,
)
from moderation.review.actions.submit import submit
from moderation.review.handing_in import sign_submission
from moderation.review.identity import submission_id
from moderation.review.memory import MemoryQueueStore
from moderation.review.store import Change
from tests.review.office import (
    ABUSE,
    CLEAN,
    NAMED,
    NOW,
    PAGE,
    PEOPLE,
    PHOTO,
    PLACE,
    RULES,
    SIGNERS,
    TRIAL,
    TRUST,
    TWO_PERSONS,
    Office,
    broken_verdict,
    finding,
    page,
    verdict,
)

FIRST = page("Sports day was fun.", PHOTO)
SECOND = page("Sports day was great fun.", PHOTO)


def test_a_submission_waits_in_the_queue_and_its_bytes_are_kept(office: Office) -> None:
    found = verdict(finding(ABUSE, "rude"))
    state = office.submit("p-1", FIRST, found)
    assert state == ReviewState(
        id=submission_id(FIRST.digest),
        page=PAGE,
        assets=FIRST.refs,
        publisher="p-1",
        editors=frozenset({"p-1"}),
        status=ReviewStatus.SUBMITTED,
        submitted_at=office.now,
        outcome="review",
        handed_in=sign_submission(FIRST, SIGNERS["p-1"], log=office.log, trust=TRUST),
        revision=1,
    )
    assert office.load(state) == state
    assert [office.blobs.get(ref.digest) for ref in state.assets] == [
        b"Sports day was fun.",
        b"a drawn picture",
    ]
    assert [event for event, _ in office.queue.events()] == [
        Event(
            at=office.now,
            actor="p-1",
            act="submit",
            submission=state.id,
            digest=FIRST.digest,
        )
    ]


def test_the_id_is_derived_from_the_bytes() -> None:
    assert submission_id(digest_of(b"example")) == "s-kdmfryeyl3"


def test_handing_in_the_same_bytes_again_changes_nothing(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    assert office.submit("p-1", FIRST) == state
    assert office.acts == ["submit p-1"]


def test_another_person_who_hands_in_the_same_bytes_becomes_an_editor(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    joined = office.submit("p-2", FIRST)
    assert joined == replace(state, editors=frozenset({"p-1", "p-2"}), revision=2)
    assert office.acts == ["submit p-1", "join p-2"]


def test_a_moderator_who_hands_in_what_they_hold_lets_go_of_it(office: Office) -> None:
    rude = finding(ABUSE, "rude")
    result = verdict(rude)
    state = office.claim("m-1", office.submit("p-1", FIRST, result))
    office.acknowledge("m-1", state, rude)
    kept = office.acknowledge("m-2", state, finding(ABUSE, "other"))
    joined = office.submit("m-1", FIRST, result)
    assert joined == replace(
        kept,
        status=ReviewStatus.SUBMITTED,
        claimed_by="",
        editors=frozenset({"p-1", "m-1"}),
        waivers=kept.waivers[1:],
        revision=5,
    )


def test_somebody_who_approved_cannot_hand_in_the_same_bytes(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", FIRST)
    office.approve("m-1", state)
    with pytest.raises(NotAllowedError) as caught:
        office.submit("m-1", FIRST)
    assert str(caught.value) == (
        f"{state.id}: submit: m-1 approved exactly these bytes and cannot hand them in too;"
        " they wait in the queue already"
    )


def test_changed_bytes_replace_what_is_pending_and_keep_its_editors(office: Office) -> None:
    old = office.claim("m-1", office.submit("p-1", FIRST))
    new = office.submit("p-2", SECOND)
    assert office.load(old) == replace(
        old, status=ReviewStatus.SUPERSEDED, claimed_by="", revision=3
    )
    assert (new.editors, new.publisher) == (frozenset({"p-1", "p-2"}), "p-2")
    assert new.supersedes == old.id
    assert office.acts == ["submit p-1", "claim m-1", "supersede p-2", "submit p-2"]


def test_changed_bytes_replace_what_was_returned(office: Office) -> None:
    old = office.submit("p-1", FIRST)
    office.return_("m-1", old)
    new = office.submit("p-2", SECOND)
    assert office.load(old).status is ReviewStatus.SUPERSEDED
    assert new.editors == frozenset({"p-1", "p-2"})


def test_changed_bytes_leave_the_approved_version_alone(office: Office) -> None:
    old = office.submit("p-1", FIRST)
    office.approve("m-1", old)
    new = office.submit("p-2", SECOND)
    assert office.load(old).status is ReviewStatus.APPROVED
    assert (new.editors, new.supersedes) == (frozenset({"p-2"}), "")


def test_going_back_to_the_earlier_version_reopens_it_with_every_editor(office: Office) -> None:
    rude = finding(ABUSE, "rude")
    first = office.submit("p-1", FIRST, verdict(rude))
    office.acknowledge("m-1", first, rude)
    second = office.submit("p-2", SECOND)
    back = office.submit("p-1", FIRST, again=True)
    assert back == replace(
        first,
        editors=frozenset({"p-1", "p-2"}),
        submitted_at=office.now,
        outcome="pass",
        supersedes=second.id,
        revision=4,
    )
    assert office.load(second).status is ReviewStatus.SUPERSEDED


def test_what_was_withdrawn_or_returned_reopens_where_that_is_asked_for(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    office.withdraw("p-1", state)
    assert office.submit("p-2", FIRST, again=True).status is ReviewStatus.SUBMITTED
    office.return_("m-1", state)
    reopened = office.submit("p-2", FIRST, again=True)
    assert (reopened.status, reopened.reason) == (ReviewStatus.SUBMITTED, "")
    assert (reopened.publisher, reopened.handed_in) == (
        "p-2",
        sign_submission(FIRST, SIGNERS["p-2"], log=office.log, trust=TRUST),
    )
    assert reopened.editors == frozenset({"p-1", "p-2"})
    assert office.acts[-1] == "reopen p-2"


def test_a_clock_that_was_set_back_forgets_no_editor(office: Office) -> None:
    first = office.submit("p-1", FIRST)
    office.approve("m-1", first)
    office.now -= timedelta(days=3650)
    second = office.submit("m-2", SECOND)
    assert second.submitted_at == first.submitted_at + timedelta.resolution
    office.withdraw("m-2", second)
    third = office.submit("p-1", page("Sports day was fun, as ever.", PHOTO))
    assert third.editors == frozenset({"p-1", "m-2"})


def left_alone(_: Office, state: ReviewState) -> ReviewState:
    return state


def returned(office: Office, state: ReviewState) -> ReviewState:
    return office.return_("m-1", state)


def withdrawn(office: Office, state: ReviewState) -> ReviewState:
    return office.withdraw("p-1", state)


def replaced(office: Office, state: ReviewState) -> ReviewState:
    office.submit("p-1", SECOND)
    return office.load(state)


def claimed(office: Office, state: ReviewState) -> ReviewState:
    return office.claim("m-1", state)


def approved(office: Office, state: ReviewState) -> ReviewState:
    office.approve("m-1", state)
    return office.load(state)


def taken_down(office: Office, state: ReviewState) -> ReviewState:
    office.approve("m-1", state)
    office.takedown("m-2", PAGE)
    return office.load(state)


DONE_SINCE = [left_alone, returned, withdrawn, replaced, claimed, approved, taken_down]


@pytest.mark.parametrize("since", DONE_SINCE)
@pytest.mark.parametrize("who", ["p-1", "p-2"])
def test_a_retry_undoes_nothing_that_somebody_did_in_between(
    office: Office, who: str, since: Callable[[Office, ReviewState], ReviewState]
) -> None:
    office.submit("p-1", FIRST)
    office.submit("p-2", FIRST)
    since(office, office.queue.states()[0])
    before = office.queue.states(), office.acts, office.log.read()
    state = office.submit(who, FIRST)
    assert (office.queue.states(), office.acts, office.log.read()) == before
    assert state in before[0]
    assert state.digest == FIRST.digest


@pytest.mark.parametrize("since", DONE_SINCE)
def test_asking_once_more_can_be_retried_too(
    office: Office, since: Callable[[Office, ReviewState], ReviewState]
) -> None:
    first = office.withdraw("p-1", office.submit("p-1", FIRST))

    def ask() -> ReviewState:
        return submit(
            FIRST,
            CLEAN,
            actor=PEOPLE["p-1"],
            signer=SIGNERS["p-1"],
            log=office.log,
            trust=TRUST,
            rules=RULES,
            queue=office.queue,
            blobs=office.blobs,
            now=office.tick(),
            again=first.revision,
        )

    since(office, ask())
    before = office.queue.states(), office.acts, office.log.read()
    assert ask() in before[0]
    assert (office.queue.states(), office.acts, office.log.read()) == before


def test_exactly_the_bytes_that_were_rejected_are_refused(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    office.reject("m-1", state)
    with pytest.raises(NotAllowedError) as caught:
        office.submit("p-2", FIRST)
    assert str(caught.value) == (
        f"{state.id}: submit: exactly these bytes were rejected; change the page, or ask the"
        " moderator who rejected it"
    )
    assert office.submit("p-2", SECOND).status is ReviewStatus.SUBMITTED


def test_approved_bytes_stay_approved_unless_a_new_approval_is_asked_for(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    office.approve("m-1", state)
    approved = office.load(state)
    assert office.submit("p-2", FIRST) == approved
    assert office.load(state) == approved
    again = office.submit("p-2", FIRST, again=True)
    assert (again.status, again.approved_by) == (ReviewStatus.SUBMITTED, ())


def test_what_was_taken_down_can_be_handed_in_again(office: Office) -> None:
    state = office.submit("p-1", FIRST)
    office.approve("m-1", state)
    office.takedown("m-2", PAGE)
    assert office.submit("p-1", FIRST, again=True).status is ReviewStatus.SUBMITTED


@pytest.mark.parametrize("who", ["m-1", "dsl", "head"])
def test_whoever_decides_may_hand_in_too(office: Office, who: str) -> None:
    assert office.submit(who, FIRST).editors == frozenset({who})


def test_an_auditor_may_not_hand_in(office: Office) -> None:
    with pytest.raises(NotAllowedError) as caught:
        office.submit("aud", FIRST)
    assert str(caught.value) == (
        f"{submission_id(FIRST.digest)}: submit: aud may not do this; ask a deputy, executive,"
        " head, moderator, publisher or safeguarding lead"
    )


def test_what_could_not_be_checked_is_refused_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(ExtractionError) as caught:
        office.submit("p-1", FIRST, broken_verdict())
    assert str(caught.value) == (
        f"{submission_id(FIRST.digest)}: submit: 1 of its checks could not be done, first"
        " extract; schoolgate check shows them, and the publisher mends the page"
    )
    assert office.queue.states() == ()
    with pytest.raises(IntegrityError):
        office.blobs.get(FIRST.refs[0].digest)


@pytest.mark.parametrize("severity", [Severity.REVIEW, Severity.BLOCK])
def test_what_nobody_may_accept_must_be_mended_first(office: Office, severity: Severity) -> None:
    result = verdict(finding(PLACE, severity=severity), finding(NAMED), finding(PLACE, "two"))
    with pytest.raises(NotAllowedError) as caught:
        office.submit("p-1", FIRST, result)
    assert str(caught.value) == (
        f"{submission_id(FIRST.digest)}: submit: nobody may accept this, mend it first:"
        " location-in-photo (mend location-in-photo)"
    )


def test_what_a_person_may_accept_can_be_handed_in(office: Office) -> None:
    found = verdict(
        finding(ABUSE), finding(NAMED), finding(TRIAL), finding(PLACE, severity=Severity.NOTE)
    )
    assert office.submit("p-1", FIRST, found).outcome == "block"


def test_a_finding_of_an_unknown_rule_is_an_error(office: Office) -> None:
    found = replace(verdict(finding(ABUSE)), findings=(replace(finding(ABUSE), rule="gone"),))
    with pytest.raises(PolicyError) as caught:
        office.submit("p-1", FIRST, found)
    assert str(caught.value) == "gone: is not a rule of this version; check the page again"


@pytest.mark.parametrize(
    ("assets", "trouble"),
    [
        ((PHOTO,), "the page is not among the files; hand both in together"),
        (
            (Asset(PAGE, b"one"), PHOTO, replace(PHOTO)),
            "a file is named twice; hand each in once",
        ),
    ],
)
def test_a_submission_must_be_whole(
    office: Office, assets: tuple[Asset, ...], trouble: str
) -> None:
    submission = Submission(page=PAGE, assets=assets)
    with pytest.raises(UsageError) as caught:
        office.submit("p-1", submission)
    assert str(caught.value) == f"{submission_id(submission.digest)}: submit: {trouble}"


class _Rival(MemoryQueueStore):
    """A queue in which somebody else is quicker by a moment, *times* times."""

    def __init__(self, office: Office, times: int) -> None:
        super().__init__()
        self.office = office
        self.times = times

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        if self.times:
            self.times -= 1
            quicker = Office(self.office.folder, MemoryQueueStore(), now=NOW)
            quicker.queue = self
            rest, self.times = self.times, 0
            quicker.submit("p-2", page(f"version {rest}"))
            self.times = rest
        return super().save_all(changes)


def test_a_lost_race_for_a_page_is_run_again(office: Office) -> None:
    office.queue = _Rival(office, 1)
    state = office.submit("p-1", FIRST)
    assert state.editors == frozenset({"p-1", "p-2"})
    theirs = office.queue.states(ReviewStatus.SUPERSEDED)
    assert office.queue.states(page=PAGE) == (*theirs, state)


def test_somebody_who_always_loses_is_told(office: Office) -> None:
    office.queue = _Rival(office, 100)
    with pytest.raises(ConflictError) as caught:
        office.submit("p-1", FIRST)
    assert str(caught.value).partition(": ")[2] == (
        "somebody else changed it, or its page, at the same moment; nothing was saved;"
        " look at it again and retry"
    )
