"""Withdrawing one's own submission, from the queue and from the site."""

from dataclasses import replace

import pytest

from moderation.attest.statement import Decision, Statement
from moderation.attest.verify import verify_log
from moderation.model import NotAllowedError, ReviewStatus, UsageError
from tests.review.office import TRUST, Office, page


@pytest.mark.parametrize("who", ["p-1", "p-2"])
def test_the_publisher_and_every_editor_may_withdraw(office: Office, who: str) -> None:
    office.submit("p-1", page("one"))
    state = office.claim("m-1", office.submit("p-2", page("two")))
    withdrawn = office.withdraw(who, state)
    assert withdrawn == replace(state, status=ReviewStatus.WITHDRAWN, claimed_by="", revision=3)
    assert office.acts[-1] == f"withdraw {who}"
    assert office.log.read() == ()


def test_withdrawing_again_changes_nothing(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    withdrawn = office.withdraw("p-1", state)
    assert office.withdraw("p-1", state) == withdrawn


def test_what_was_returned_can_be_withdrawn(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.return_("m-1", state)
    assert office.withdraw("p-1", state).status is ReviewStatus.WITHDRAWN


def test_withdrawing_what_is_approved_signs_that_it_must_go(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    withdrawn = office.withdraw("p-1", state)
    assert (withdrawn.status, withdrawn.approved_by) == (ReviewStatus.WITHDRAWN, ())
    statements = verify_log(office.log.read(), TRUST)
    assert [(s.decision, s.actor) for s in statements] == [
        (Decision.APPROVE, "m-1"),
        (Decision.WITHDRAW, "p-1"),
    ]


def test_an_approval_the_queue_lost_is_revoked_all_the_same(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    reopened = office.submit("p-1", page("one"), again=True)
    assert reopened.approved_by == ()
    office.withdraw("p-1", state)
    name, envelope = office.log.read()[-1]
    assert Statement.from_payload(envelope.payload, source=name).decision is Decision.WITHDRAW


def test_others_are_told_who_may(office: Office) -> None:
    office.submit("p-1", page("one"))
    state = office.submit("m-1", page("two"))
    with pytest.raises(NotAllowedError) as caught:
        office.withdraw("m-2", state)
    assert str(caught.value) == (
        f"{state.id}: withdraw: m-2 did not hand it in; ask m-1 or p-1, or a moderator to return,"
        " reject or take it down"
    )


def test_what_is_decided_or_replaced_cannot_be_withdrawn(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.reject("m-1", state)
    with pytest.raises(UsageError) as caught:
        office.withdraw("p-1", state)
    assert str(caught.value) == (
        f"{state.id}: withdraw: it is rejected already, so nothing of it is waiting or published;"
        " schoolgate queue lists what is"
    )
