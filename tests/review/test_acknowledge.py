"""Accepting findings: by whom, with a reason, and never what must be mended."""

from dataclasses import replace

import pytest

from moderation.model import Finding, NotAllowedError, UsageError, Waiver
from moderation.review.actions.acknowledge import acknowledge
from moderation.review.permission import LONGEST_REASON
from tests.review.office import (
    ABUSE,
    KEY,
    NAMED,
    PEOPLE,
    PLACE,
    Office,
    finding,
    page,
    verdict,
)

RUDE = finding(ABUSE, "rude")
NAME = finding(NAMED, "a name")


def test_an_accepted_finding_is_kept_with_its_reason(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(RUDE))
    accepted = office.acknowledge("m-1", state, RUDE, "  from a poem \n")
    waiver = Waiver(
        fingerprint=RUDE.fingerprint(KEY),
        rule="abusive-word",
        by="m-1",
        reason="from a poem",
        at=office.now,
    )
    assert accepted == replace(state, waivers=(waiver,), revision=2)


def test_the_event_log_holds_no_reason(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(RUDE))
    office.acknowledge("m-1", state, RUDE, "from a poem")
    last, _ = list(office.queue.events())[-1]
    assert (last.act, last.actor, last.detail) == ("acknowledge", "m-1", RUDE.fingerprint(KEY))
    assert "poem" not in repr(list(office.queue.events()))


def test_a_second_reason_replaces_the_first(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(RUDE, NAME))
    office.acknowledge("m-1", state, RUDE, "one")
    office.acknowledge("dsl", state, NAME, "two")
    accepted = office.acknowledge("m-2", state, RUDE, "three")
    assert [(w.by, w.reason) for w in accepted.waivers] == [("dsl", "two"), ("m-2", "three")]


@pytest.mark.parametrize(("who", "what"), [("dsl", NAME), ("head", NAME), ("head", RUDE)])
def test_the_role_of_the_rule_and_the_head_may_accept(
    office: Office, who: str, what: Finding
) -> None:
    state = office.submit("p-1", page("one"), verdict(what))
    assert [w.by for w in office.acknowledge(who, state, what).waivers] == [who]


@pytest.mark.parametrize("who", ["m-1", "p-2", "aud"])
def test_others_are_told_who_may(office: Office, who: str) -> None:
    state = office.submit("p-1", page("one"), verdict(NAME))
    with pytest.raises(NotAllowedError) as caught:
        office.acknowledge(who, state, NAME)
    assert str(caught.value) == (
        f"{state.id}: acknowledge: {who} may not do this; ask a head or safeguarding lead"
    )


def test_an_editor_does_not_accept_findings_on_their_own_work(office: Office) -> None:
    state = office.submit("m-1", page("one"), verdict(RUDE))
    with pytest.raises(NotAllowedError) as caught:
        office.acknowledge("m-1", state, RUDE)
    assert "nobody decides on their own work" in str(caught.value)


def test_what_must_be_mended_is_accepted_by_nobody(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        office.acknowledge("head", state, finding(PLACE))
    assert str(caught.value) == (
        f"{state.id}: acknowledge: nobody may accept location-in-photo; its publisher mends it:"
        " mend location-in-photo"
    )


def test_what_does_not_wait_takes_no_acknowledgement(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(RUDE))
    office.withdraw("p-1", state)
    with pytest.raises(UsageError) as caught:
        office.acknowledge("m-1", state, RUDE)
    assert str(caught.value) == (
        f"{state.id}: acknowledge: cannot be done; it was withdrawn; its publisher can submit it"
        " again"
    )


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        (" \n", "say why with --reason"),
        (
            "x" * (LONGEST_REASON + 1),
            "the reason has 2001 characters; write at most 2000",
        ),
    ],
)
def test_a_reason_says_something_and_not_too_much(
    office: Office, reason: str, trouble: str
) -> None:
    state = office.submit("p-1", page("one"), verdict(RUDE))
    with pytest.raises(UsageError) as caught:
        office.acknowledge("m-1", state, RUDE, reason)
    assert str(caught.value) == f"{state.id}: acknowledge: {trouble}"


def test_the_rule_must_be_the_rule_of_the_finding(office: Office) -> None:
    state = office.submit("p-1", page("one"), verdict(NAME))
    with pytest.raises(UsageError) as caught:
        acknowledge(
            state.id,
            NAME,
            NAME.fingerprint(KEY),
            ABUSE,
            reason="it is fine",
            actor=PEOPLE["m-1"],
            queue=office.queue,
            now=office.now,
        )
    assert str(caught.value) == (
        f"{state.id}: acknowledge: the finding is not one of abusive-word; list them"
    )
