"""The urgent route: one person in charge, text only, and a second look that is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.attest.envelope import Envelope
from moderation.attest.people import TrustedPerson
from moderation.attest.quorum import tally
from moderation.attest.statement import Statement
from moderation.attest.urgency import urgent_since
from moderation.attest.verify import verify_log
from moderation.model import (
    ConflictError,
    ExtractionError,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    Role,
    SchoolgateError,
    UsageError,
    Verdict,
)
from moderation.policy import ContentKind, default_policy
from moderation.review.actions.urgent import publish_urgently
from tests.review.office import (
    ABUSE,
    CLEAN,
    KEY,
    NAMED,
    PAGE,
    PEOPLE,
    PHOTO,
    RULES,
    TEXT,
    TRIAL,
    TRUST,
    Office,
    broken_verdict,
    finding,
    page,
    verdict,
)

BLOCKING = replace(ABUSE, severity=NAMED.severity)


def urgent(
    office: Office,
    who: str,
    state: ReviewState,
    result: Verdict = CLEAN,
    *,
    kinds: frozenset[ContentKind] = TEXT,
    reason: str = "no heating",
) -> Envelope:
    return publish_urgently(
        state.id,
        result,
        fingerprint_key=KEY,
        rules=RULES,
        kinds=kinds,
        page=office.page_of(state),
        reason=reason,
        actor=PEOPLE[who],
        signer=office.signers[who],
        log=office.log,
        trust=office.trust,
        policy=office.policy,
        queue=office.queue,
        now=office.tick(),
    )


def statements(office: Office) -> tuple[Statement, ...]:
    return verify_log(office.log.read(), office.trust)


def test_it_is_signed_waits_on_and_keeps_the_reason(office: Office) -> None:
    state = office.submit("head", page("closed"))
    envelope = urgent(office, "head", state, reason=" no heating ")
    signed = Statement.from_payload(envelope.payload, source="it")
    assert signed.urgent_until == default_policy().reviewing.urgent_until(
        signed.issued_at, "Europe/London"
    )
    assert (signed.lacking, signed.actor, signed.editors) == (("text",), "head", ("head",))
    assert b"heating" not in envelope.payload
    after = office.load(state)
    assert (after.status, after.reason, after.approved_by) == (
        ReviewStatus.SUBMITTED,
        "no heating",
        (),
    )
    assert office.acts == ["submit head", "sign head", "urgent head"]
    assert tally(statements(office), TRUST, office.policy, now=office.now).persons == ()


def test_again_changes_nothing(office: Office) -> None:
    state = office.submit("head", page("closed"))
    first = urgent(office, "head", state)
    before = office.load(state), office.acts
    assert urgent(office, "head", state) == first
    assert (office.load(state), office.acts) == before


def test_somebody_elses_approval_makes_it_an_ordinary_page(office: Office) -> None:
    state = office.submit("head", page("closed"))
    urgent(office, "head", state)
    office.approve("m-1", state)
    assert office.load(state).status is ReviewStatus.APPROVED
    last = statements(office)[-1]
    assert (last.urgent_until, last.lacking, last.actor) == (None, (), "m-1")


def test_the_same_person_takes_no_second_look(office: Office) -> None:
    state = office.submit("head", page("closed"))
    urgent(office, "head", state)
    with pytest.raises(NotAllowedError, match="nobody decides on their own work"):
        office.approve("head", state)


def test_a_deputy_may_too(office: Office) -> None:
    signer = office.signers["p-2"]
    deputy = TrustedPerson(
        id="p-2", roles=frozenset({Role.DEPUTY, Role.PUBLISHER}), keys=(signer.key,)
    )
    office.trust = replace(TRUST, persons={**TRUST.persons, "p-2": deputy})
    state = office.submit("p-2", page("closed"))
    urgent(office, "p-2", state)
    assert statements(office)[-1].actor == "p-2"


@pytest.mark.parametrize(
    ("who", "error", "trouble"),
    [
        ("m-1", NotAllowedError, "m-1 may not do this; ask a deputy or head"),
        ("p-1", NotAllowedError, "p-1 may not do this; ask a deputy or head"),
        ("head", NotAllowedError, "head did not hand it in; approve it instead"),
    ],
)
def test_who_may_not(office: Office, who: str, error: type[SchoolgateError], trouble: str) -> None:
    state = office.submit("p-1", page("closed"))
    with pytest.raises(error, match=trouble):
        urgent(office, who, state)
    assert office.log.read() == ()


def test_the_role_counts_that_the_head_signed(office: Office) -> None:
    state = office.submit("p-1", page("closed"))
    claimed = Person("p-1", frozenset({Role.HEAD}))
    with pytest.raises(NotAllowedError, match="p-1 may not do this"):
        publish_urgently(
            state.id,
            CLEAN,
            fingerprint_key=KEY,
            rules=RULES,
            kinds=TEXT,
            page=office.page_of(state),
            reason="x",
            actor=claimed,
            signer=office.signers["p-1"],
            log=office.log,
            trust=office.trust,
            policy=office.policy,
            queue=office.queue,
            now=office.tick(),
        )


@pytest.mark.parametrize(
    ("result", "trouble"),
    [
        (verdict(finding(ABUSE, severity=NAMED.severity)), "nobody publishes this alone: abusive"),
        (verdict(finding(NAMED, severity=ABUSE.severity)), "nobody publishes this alone: pupil-na"),
        (broken_verdict(), "of its checks could not be done"),
    ],
)
def test_what_stops_it(office: Office, result: Verdict, trouble: str) -> None:
    state = office.submit("head", page("closed"))
    with pytest.raises((NotAllowedError, ExtractionError), match=trouble):
        urgent(office, "head", state, result)
    assert office.log.read() == ()


def test_what_a_moderator_may_accept_does_not_stop_it(office: Office) -> None:
    state = office.submit("head", page("closed"))
    urgent(office, "head", state, verdict(finding(ABUSE), finding(TRIAL)))
    assert len(office.log.read()) == 1


def test_text_only(office: Office) -> None:
    photo = frozenset({ContentKind.TEXT, ContentKind.PHOTO})
    state = office.submit("head", page("closed", PHOTO))
    with pytest.raises(NotAllowedError, match="is new, and only text is published alone"):
        urgent(office, "head", state, kinds=photo)
    office.approve("m-1", state, kinds=photo)
    newer = office.submit("head", page("closed again", PHOTO))
    urgent(office, "head", newer, kinds=photo)
    assert len(statements(office)) == 2


def test_no_page_that_the_law_asks_for(office: Office) -> None:
    state = office.submit("head", page("closed"))
    with pytest.raises(NotAllowedError, match="a page that the law asks for"):
        urgent(office, "head", state, kinds=TEXT | {ContentKind.STATUTORY})


def test_without_a_reason(office: Office) -> None:
    state = office.submit("head", page("closed"))
    with pytest.raises(UsageError, match="say why with --reason"):
        urgent(office, "head", state, reason=" ")


def test_what_is_decided_already(office: Office) -> None:
    state = office.submit("head", page("closed"))
    office.approve("m-1", state)
    with pytest.raises(UsageError, match="it is approved"):
        urgent(office, "head", state)
    office.submit("head", page("closed"), again=True)
    with pytest.raises(UsageError, match="exactly these bytes are approved already"):
        urgent(office, "head", state)


def test_a_second_urgent_version_gives_no_more_time(office: Office) -> None:
    first = office.submit("head", page("closed"))
    urgent(office, "head", first)
    office.now += timedelta(days=1)
    urgent(office, "head", office.submit("head", page("closed again")))
    log = statements(office)
    assert urgent_since(log) == {1: log[0], 2: log[0]}
    office.now += timedelta(days=10)
    late = office.submit("head", page("still closed"))
    with pytest.raises(NotAllowedError, match="nobody else has looked since"):
        urgent(office, "head", late)
    office.approve("m-1", late)
    urgent(office, "head", office.submit("head", page("closed in spring")))
    log = statements(office)
    assert urgent_since(log)[4] == log[3]


@pytest.mark.parametrize("act", ["reject", "return_"])
def test_a_refusal_by_somebody_else_is_a_look_too(office: Office, act: str) -> None:
    state = office.submit("head", page("closed"))
    urgent(office, "head", state)
    getattr(office, act)("m-1", state)
    assert len(statements(office)) == 2
    urgent(office, "head", office.submit("head", page("closed after all")))
    log = statements(office)
    assert urgent_since(log)[3] == log[2]


@pytest.mark.parametrize(("who", "begun"), [("head", 1), ("m-1", 3)])
def test_ones_own_takedown_is_no_look(office: Office, who: str, begun: int) -> None:
    urgent(office, "head", office.submit("head", page("closed")))
    office.takedown(who, PAGE)
    urgent(office, "head", office.submit("head", page("closed again")))
    assert urgent_since(statements(office))[3].seq == begun


def test_a_rejection_at_the_same_moment_wins_or_loses_whole(office: Office) -> None:
    state = office.submit("head", page("closed"))
    announced = replace(office.load(state), approved_by=("head",))
    event = next(iter(office.queue.events()))[0]
    office.queue.save(announced, expected=announced.revision, event=event)
    office.reject("m-1", state)  # takes the number from the signature that was on its way
    assert len(office.log.read()) == 1
    with pytest.raises((UsageError, ConflictError), match="it was rejected"):
        urgent(office, "head", state)


def test_a_crash_before_the_signature_is_made_good(office: Office) -> None:
    state = office.submit("head", page("closed"))
    event = next(iter(office.queue.events()))[0]
    announced = replace(office.load(state), approved_by=("head",))
    office.queue.save(announced, expected=announced.revision, event=event)
    urgent(office, "head", state)
    after = office.load(state)
    assert (len(statements(office)), after.approved_by, after.reason) == (1, (), "no heating")


def test_a_crash_between_the_signature_and_the_queue_is_made_good(office: Office) -> None:
    state = office.submit("head", page("closed"))
    before = office.load(state)
    first = urgent(office, "head", state)
    lost = office.load(state)
    event = list(office.queue.events())[-1][0]
    half = replace(before, approved_by=("head",), revision=lost.revision)
    office.queue.save(half, expected=lost.revision, event=event)
    assert urgent(office, "head", state) == first
    after = office.load(state)
    assert (after.approved_by, after.reason) == ((), "no heating")
