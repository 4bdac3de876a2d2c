"""Claiming: one moderator at a time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from moderation.model import ConflictError, NotAllowedError, ReviewStatus, SubmissionId, UsageError
from tests.review.office import TWO_PERSONS, Office, page


def test_a_moderator_takes_a_submission_on(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    claimed = office.claim("m-1", state)
    assert claimed == replace(state, status=ReviewStatus.CLAIMED, claimed_by="m-1", revision=2)
    assert office.acts == ["submit p-1", "claim m-1"]


def test_claiming_ones_own_again_changes_nothing(office: Office) -> None:
    claimed = office.claim("m-1", office.submit("p-1", page("one")))
    assert office.claim("m-1", claimed) == claimed


def test_a_second_moderator_is_told_who_holds_it_and_may_take_it_over(office: Office) -> None:
    claimed = office.claim("m-1", office.submit("p-1", page("one")))
    with pytest.raises(ConflictError) as caught:
        office.claim("m-2", claimed)
    assert str(caught.value) == (
        f"{claimed.id}: claim: m-1 holds this submission; ask m-1, or take it over with"
        " schoolgate review --take-over"
    )
    assert office.claim("m-2", claimed, take_over=True).claimed_by == "m-2"
    last, _ = list(office.queue.events())[-1]
    assert (last.act, last.actor, last.detail) == ("claim", "m-2", "m-1")


def test_once_the_holder_has_approved_the_next_moderator_may_claim(office: Office) -> None:
    office.policy = TWO_PERSONS
    claimed = office.claim("m-1", office.submit("p-1", page("one")))
    office.approve("m-1", claimed)
    assert office.claim("m-2", claimed).claimed_by == "m-2"


@pytest.mark.parametrize("who", ["p-2", "aud"])
def test_only_those_who_decide_claim(office: Office, who: str) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        office.claim(who, state)
    assert str(caught.value) == (
        f"{state.id}: claim: {who} may not do this; ask an executive, head, moderator or"
        " safeguarding lead"
    )


def test_an_editor_does_not_claim_their_own_work(office: Office) -> None:
    office.submit("m-1", page("one"))
    state = office.submit("p-1", page("two"))
    with pytest.raises(NotAllowedError) as caught:
        office.claim("m-1", state)
    assert str(caught.value) == (
        f"{state.id}: claim: m-1 handed in this page or a version it replaces, and nobody decides"
        " on their own work; ask another moderator"
    )


def test_an_unknown_submission_is_an_error(office: Office) -> None:
    state = replace(office.submit("p-1", page("one")), id=SubmissionId("s-gone"))
    with pytest.raises(UsageError) as caught:
        office.claim("m-1", state)
    assert str(caught.value) == ("s-gone: is not in the queue; schoolgate queue lists what is")


@pytest.mark.parametrize(
    ("end", "trouble"),
    [
        ("return", "it was returned; its publisher mends the page and submits it again"),
        ("reject", "it was rejected; its publisher submits a changed page instead"),
        ("withdraw", "it was withdrawn; its publisher can submit it again"),
        ("supersede", "a newer version was handed in; schoolgate queue lists it"),
        ("approve", "it is approved; schoolgate takedown removes it from the site"),
        ("takedown", "it was taken down; its publisher can submit it again"),
    ],
)
def test_only_what_waits_is_claimed(office: Office, end: str, trouble: str) -> None:
    state = office.submit("p-1", page("one"))
    if end in ("approve", "takedown"):
        office.approve("m-1", state)
    ends: dict[str, Callable[[], object]] = {
        "return": lambda: office.return_("m-1", state),
        "reject": lambda: office.reject("m-1", state),
        "withdraw": lambda: office.withdraw("p-1", state),
        "supersede": lambda: office.submit("p-1", page("two")),
        "approve": lambda: office.load(state),
        "takedown": lambda: office.takedown("m-1", state.page),
    }
    ends[end]()
    with pytest.raises(UsageError) as caught:
        office.claim("m-2", state)
    assert str(caught.value) == f"{state.id}: claim: cannot be done; {trouble}"
