"""The publisher's signature stays with the page, from handing in to approval."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderation.attest import Signer, Statement, verify_log
from moderation.model import HandIn, NotAllowedError, ReviewState, ReviewStatus, digest_of
from moderation.review.handing_in import sign_submission
from moderation.review.memory import MemoryQueueStore
from tests.review.office import SIGNERS, TRUST, TWO_PERSONS, Office, page

PAGE = page("Sports day was fun.")
NEW = Signer.from_seed("p-1", bytes.fromhex(digest_of(b"a new key")))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def rotate(office: Office) -> None:
    """Give p-1 another key, after what is in the log."""
    office.trust = office.trust.rotated("p-1", NEW.key, after=office.log.next()[0] - 1)
    office.signers["p-1"] = NEW


def altered(office: Office, state: ReviewState, **change: object) -> ReviewState:
    """Return the queue's state with a field that somebody changed behind its back."""
    queue = office.queue
    assert isinstance(queue, MemoryQueueStore)
    queue._states[state.id] = replace(state, **change)  # type: ignore[arg-type]  # any field
    return queue.load(state.id)


def refusal(office: Office, state: ReviewState, publisher: str = "p-1") -> None:
    """Expect that nobody can approve it, and that nothing was signed or changed."""
    before, log = office.queue.states(), office.log.read()
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", state)
    assert str(caught.value) == (
        f"{state.id}: approve: carries no signature of {publisher} that counts today, perhaps"
        " because their key was replaced; have it handed in again (schoolgate submit)"
    )
    assert (office.queue.states(), office.log.read()) == (before, log)


def test_the_approval_carries_what_the_publisher_signed(office: Office) -> None:
    state = office.submit("p-1", PAGE)
    envelope = office.approve("m-1", state)
    signed = Statement.from_payload(envelope.payload, source="it").handed_in
    assert signed == state.handed_in


def test_nobody_hands_in_with_the_key_of_another(office: Office) -> None:
    office.signers["p-1"] = SIGNERS["m-1"]
    with pytest.raises(NotAllowedError, match="signs with their own key only"):
        office.submit("p-1", PAGE)
    assert office.queue.states() == ()


def test_somebody_who_joins_leaves_publisher_and_signature_together(office: Office) -> None:
    first = office.submit("p-1", PAGE)
    joined = office.submit("p-2", PAGE)
    assert (joined.publisher, joined.handed_in) == ("p-1", first.handed_in)
    office.approve("m-1", joined)


def test_a_replaced_key_is_told_before_anything_is_signed(office: Office) -> None:
    state = office.submit("p-1", PAGE)
    rotate(office)
    refusal(office, state)


def test_handing_in_again_signs_with_the_new_key(office: Office) -> None:
    first = office.submit("p-1", PAGE)
    rotate(office)
    again = office.submit("p-1", PAGE)
    assert again == replace(
        first,
        handed_in=sign_submission(PAGE, NEW, log=office.log, trust=TRUST),
        revision=first.revision + 1,
    )
    assert office.submit("p-1", PAGE) == again  # and this was a retry
    office.approve("m-1", again)
    assert len(verify_log(office.log.read(), office.trust)) == 1


def test_somebody_else_hands_in_what_a_person_who_left_handed_in(office: Office) -> None:
    first = office.submit("p-1", PAGE)
    office.trust = office.trust.departed("p-1", after=0)
    refusal(office, first)
    joined = office.submit("p-2", PAGE)
    assert (joined.publisher, joined.editors) == ("p-2", frozenset({"p-1", "p-2"}))
    office.approve("m-1", joined)


def ended(office: Office, how: str) -> None:
    """Let the page be approved and then taken away or replaced, while a copy of it waits."""
    state = office.submit("p-1", PAGE)
    if how == "rejected":
        office.policy = TWO_PERSONS
    office.approve("m-1", state)
    if how == "taken down":
        office.takedown("m-2", PAGE.page)
    elif how == "withdrawn":
        office.withdraw("p-1", state)
    elif how == "rejected":
        office.reject("m-2", state)
    else:
        office.approve("m-1", office.submit("p-1", page("Sports day was great fun.")))


@pytest.mark.parametrize("how", ["taken down", "withdrawn", "rejected", "replaced"])
def test_what_was_decided_since_is_told_before_anything_is_signed(office: Office, how: str) -> None:
    """Whoever can write to the queue opens once more what was handed in before."""
    ended(office, how)
    old = next(s for s in office.queue.states() if s.digest == PAGE.digest)
    waits = altered(office, old, status=ReviewStatus.SUBMITTED, approved_by=(), claimed_by="")
    before, log = office.queue.states(), office.log.read()
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", waits)
    assert str(caught.value) == (
        f"{old.id}: approve: it was handed in before decision 2, which took this page or a file of"
        " it away or replaced it; have it handed in again (schoolgate submit)"
    )
    assert (office.queue.states(), office.log.read()) == (before, log)
    again = office.submit("p-1", PAGE)
    assert again.handed_in == HandIn(
        SIGNERS["p-1"].key.keyid, again.handed_in.signature if again.handed_in else b"", 2
    )
    office.approve("m-1", again)
    assert len(verify_log(office.log.read(), office.trust)) == 3


def test_an_approval_of_before_counts_with_one_after_the_key_was_replaced(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", PAGE)
    office.approve("m-1", state)
    rotate(office)
    state = office.submit("p-1", PAGE)
    office.approve("m-2", state)
    assert office.load(state).status is ReviewStatus.APPROVED
    assert len(verify_log(office.log.read(), office.trust)) == 2


def test_approving_again_needs_no_signature_where_nothing_is_signed(office: Office) -> None:
    state = office.submit("p-1", PAGE)
    envelope = office.approve("m-1", state)
    rotate(office)
    assert office.approve("m-1", state) == envelope


def test_who_opens_it_once_more_is_its_publisher(office: Office) -> None:
    state = office.withdraw("p-1", office.submit("p-1", PAGE))
    reopened = office.submit("p-2", PAGE, again=True)
    assert (reopened.publisher, reopened.handed_in) == (
        "p-2",
        sign_submission(PAGE, SIGNERS["p-2"], log=office.log, trust=TRUST),
    )
    assert reopened.editors == frozenset({"p-1", "p-2"})
    office.approve("m-1", state)


def test_what_replaces_it_has_a_signature_of_its_own(office: Office) -> None:
    office.submit("p-1", PAGE)
    newer = office.submit("p-2", page("Sports day was great fun."))
    assert newer.publisher == "p-2"
    office.approve("m-1", newer)


def test_a_publisher_whom_somebody_wrote_into_the_queue_is_noticed(office: Office) -> None:
    state = office.submit("m-1", PAGE)
    refusal(office, altered(office, state, publisher="p-1", editors=frozenset({"p-1"})))


@pytest.mark.parametrize(
    ("publisher", "handed_in"), [("p-1", None), ("ghost", HandIn("0" * 64, bytes(64)))]
)
def test_what_lacks_a_signature_is_handed_in_again(
    office: Office, publisher: str, handed_in: HandIn | None
) -> None:
    state = office.submit("p-1", PAGE)
    refusal(office, altered(office, state, publisher=publisher, handed_in=handed_in), publisher)
    office.approve("m-1", office.submit("p-1", PAGE))
