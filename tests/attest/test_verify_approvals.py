import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from moderation.attest import (
    PAYLOAD_TYPE,
    Decision,
    Envelope,
    Signer,
    Statement,
    Trust,
    objection,
    verify_approval,
    verify_log,
)
from moderation.attest.canonical import canonical
from moderation.model import AssetRef, ExitCode, IntegrityError, Role, digest_of
from tests.attest.school import (
    HEAD,
    LEAD,
    MODERATOR,
    NOW,
    PAGE,
    PUBLISHER,
    SECOND,
    STRANGER,
    TRUST,
    Fields,
    log_of,
    signed,
    signer,
    statement,
)

DAY = timedelta(hours=24)
TWO_KEYS = TRUST.with_key("m-1", SECOND.key)


def verify(envelope: Envelope, trust: Trust = TRUST, now: datetime = NOW) -> Statement:
    return verify_approval(envelope, trust, source="000001.json", now=now)


def refusal(envelope: Envelope, trust: Trust = TRUST, now: datetime = NOW) -> str:
    with pytest.raises(IntegrityError) as caught:
        verify(envelope, trust, now)
    assert caught.value.exit_code is ExitCode.INTEGRITY
    return str(caught.value).removeprefix("000001.json: ")


@pytest.mark.parametrize("by", [MODERATOR, LEAD, HEAD])
def test_an_approval_by_somebody_who_may_holds(by: Signer) -> None:
    value = statement(actor=by.person)
    assert verify(signed(value, by)) == value


def test_an_approval_that_was_signed_for_another_site_is_refused() -> None:
    elsewhere = replace(statement(), site=digest_of(b"another school"))
    assert refusal(signed(elsewhere)) == (
        "was signed for another site; restore the folder from git, or have it decided here"
    )


def test_either_key_of_a_person_will_do() -> None:
    assert verify(signed(statement(), SECOND), TWO_KEYS) == statement()


def tampered(change: dict[str, object]) -> Envelope:
    """Return a true signature beside a changed payload."""
    envelope = signed(statement())
    fields = json.loads(envelope.payload)
    fields["subject"][0].update(change)
    return replace(envelope, payload=canonical(fields))


UNSIGNED = "carries no valid signature of m-1; restore it from git, or have them sign again"


@pytest.mark.parametrize(
    "envelope",
    [
        tampered({"name": "news/other.md"}),
        tampered({"digest": {"sha256": digest_of(b"other")}}),
        tampered({"annotations": {"size": 5}}),
        replace(signed(statement()), payload=statement(submission="s-other").to_payload()),
        signed(statement(), STRANGER),
        signed(statement(), SECOND),
        signed(statement(), HEAD),
        signed(statement(), signer("m-1", 7)),
        replace(signed(statement()), signatures=signed(statement(seq=2, prev="0" * 64)).signatures),
    ],
    ids=[
        "path changed",
        "digest changed",
        "size changed",
        "other bytes",
        "a key nobody knows",
        "a second key that was never added",
        "the head in the moderator's name",
        "a key that only says it is theirs",
        "a signature over another statement",
    ],
)
def test_what_its_actor_did_not_sign_is_refused(envelope: Envelope) -> None:
    assert refusal(envelope) == UNSIGNED


def test_an_approval_signed_as_another_type_is_refused() -> None:
    payload = statement().to_payload()
    message = "is signed as something else than an approval; restore it from git"
    assert refusal(MODERATOR.sign(payload, "application/json")) == message
    relabelled = replace(MODERATOR.sign(payload, "application/json"), payload_type=PAYLOAD_TYPE)
    assert refusal(relabelled) == UNSIGNED


def test_a_payload_of_another_version_is_refused_although_signed() -> None:
    fields = json.loads(statement().to_payload())
    fields["predicateType"] = "https://schoolgate.example/approval/v2"
    envelope = MODERATOR.sign(canonical(fields), PAYLOAD_TYPE)
    assert refusal(envelope) == (
        "predicateType: is not https://schoolgate.example/approval/v1; update Schoolgate"
    )


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({"editors": ("p-1", "m-1")}, MODERATOR),
        ({"editors": ("p-1", "m-1")}, SECOND),
        ({"publisher": "m-1", "editors": ()}, MODERATOR),
        ({"editors": ("M-1",)}, MODERATOR),
        ({"publisher": "head", "editors": ("head",), "actor": "head"}, HEAD),
    ],
    ids=["editor", "editor by a second key", "publisher", "editor in capitals", "even the head"],
)
def test_nobody_approves_their_own_work(changes: Fields, by: Signer) -> None:
    assert refusal(signed(statement(**changes), by), TWO_KEYS) == (
        f"{by.person} approved their own work; another person must approve it"
    )


def test_another_person_s_signature_does_not_help_an_editor() -> None:
    value = statement(editors=("m-1",))
    envelope = signed(value)
    both = replace(envelope, signatures=(*envelope.signatures, *signed(value, HEAD).signatures))
    assert refusal(both).startswith("m-1 approved their own work")


def test_an_unknown_actor_is_refused() -> None:
    assert refusal(signed(statement(actor="m-9"), STRANGER)) == (
        "m-9 is nobody on this site; have somebody who is decide again"
    )


def test_the_key_of_a_suspended_person_is_refused() -> None:
    assert refusal(signed(statement()), TRUST.suspended("m-1")) == (
        "m-1 is suspended; another person must decide again"
    )
    assert verify(signed(statement()), TRUST.suspended("m-1").reinstated("m-1")) == statement()


@pytest.mark.parametrize(
    ("decision", "changes", "allowed"),
    [
        (Decision.APPROVE, {"publisher": "m-1", "editors": ("m-1",)}, False),
        (Decision.REJECT, {}, False),
        (Decision.WITHDRAW, {}, True),
        (Decision.WITHDRAW, {"publisher": "p-2"}, True),
        (Decision.WITHDRAW, {"publisher": "p-2", "editors": ("p-2",)}, False),
        (Decision.TAKEDOWN, {}, True),
        (Decision.TAKEDOWN, {"publisher": "", "submission": "", "editors": ()}, False),
    ],
)
def test_a_publisher_may_only_take_their_own_away(
    decision: Decision, changes: Fields, allowed: bool
) -> None:
    fields: Fields = {"decision": decision, "actor": "p-1"}
    fields.update(changes)
    value = statement(**fields)
    if allowed:
        assert verify(signed(value, PUBLISHER)) == value
    else:
        assert refusal(signed(value, PUBLISHER)) == (
            f"p-1 may not {decision}; it takes one of executive, head, moderator, safeguarding-lead"
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"publisher": "nobody", "editors": ("nobody",)},
        {"publisher": "p-1", "editors": ("nobody", "p-1")},
        {"publisher": "p-1", "editors": ()},
    ],
)
def test_an_approval_names_people_of_the_site_as_its_makers(changes: Fields) -> None:
    """Otherwise one moderator alone could publish what they wrote themselves."""
    told = refusal(signed(statement(**changes), MODERATOR))
    assert "somebody who is nobody on this site" in told


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.WITHDRAW, Decision.TAKEDOWN])
def test_a_moderator_may_decide_everything_on_another_s_work(decision: Decision) -> None:
    value = statement(decision=decision)
    assert verify(signed(value)) == value


def test_an_auditor_decides_nothing() -> None:
    trust = TRUST.with_person("m-1", frozenset({Role.AUDITOR}))
    assert refusal(signed(statement()), trust).startswith("m-1 may not approve; it takes one of")


@pytest.mark.parametrize(
    ("ahead", "allowed"),
    [
        (DAY, True),
        (DAY + timedelta(seconds=1), False),
        (timedelta(days=3650), False),
        (timedelta(days=-3650), True),
    ],
)
def test_a_clock_may_be_a_day_ahead_and_no_more(ahead: timedelta, allowed: bool) -> None:
    value = statement(issued_at=NOW + ahead)
    if allowed:
        assert verify(signed(value)) == value
    else:
        assert refusal(signed(value)) == (
            "was signed in the future; set the clocks right and have it signed again"
        )


def test_a_key_retired_at_a_number_counts_up_to_it() -> None:
    trust = TRUST.without_key("m-1", MODERATOR.key.keyid, after=1)
    assert verify(signed(statement()), trust) == statement()
    later = statement(seq=2, prev=digest_of(b""))
    assert refusal(signed(later), trust) == UNSIGNED


LOG = log_of(
    (MODERATOR, {}),
    (HEAD, {"submission": "s-2"}),
    (LEAD, {"decision": Decision.TAKEDOWN}),
    (PUBLISHER, {"decision": Decision.WITHDRAW}),
)
STATEMENTS = tuple(Statement.from_payload(envelope.payload, source=name) for name, envelope in LOG)


def broken(entries: list[tuple[str, Envelope]], trust: Trust = TRUST) -> str:
    with pytest.raises(IntegrityError) as caught:
        verify_log(entries, trust)
    return str(caught.value)


def renumbered(entries: list[tuple[str, Envelope]]) -> list[tuple[str, Envelope]]:
    return [(f"{seq:06}.json", envelope) for seq, (_, envelope) in enumerate(entries, start=1)]


def test_a_whole_log_verifies() -> None:
    assert verify_log(LOG, TRUST) == STATEMENTS
    assert verify_log([], TRUST) == ()


MISSING = "is missing or out of order; restore the folder from git"
MOVED = (
    "was signed for another place in the log, so an entry was taken out, moved or replaced; "
    "restore the folder from git"
)
FORK = log_of((MODERATOR, {}), (HEAD, {"submission": "s-3"}))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([LOG[0], *LOG[2:]], f"000002.json: {MISSING}"),
        (LOG[1:], f"000001.json: {MISSING}"),
        ([LOG[1], LOG[0], *LOG[2:]], f"000001.json: {MISSING}"),
        ([LOG[0], LOG[0], *LOG[1:]], f"000002.json: {MISSING}"),
        (renumbered([LOG[0], *LOG[2:]]), f"000002.json: {MOVED}"),
        (renumbered(LOG[1:]), f"000001.json: {MOVED}"),
        (renumbered([LOG[1], LOG[0], *LOG[2:]]), f"000001.json: {MOVED}"),
        (renumbered([LOG[0], LOG[0], *LOG[1:]]), f"000002.json: {MOVED}"),
        ([LOG[0], FORK[1], *LOG[2:]], f"000003.json: {MOVED}"),
        (
            log_of((MODERATOR, {}), (HEAD, {"prev": digest_of(b"another history")})),
            f"000002.json: {MOVED}",
        ),
        (log_of((MODERATOR, {}), (HEAD, {"seq": 3})), f"000002.json: {MOVED}"),
        (
            log_of((MODERATOR, {}), (STRANGER, {"actor": "m-1"}), (HEAD, {})),
            f"000002.json: {UNSIGNED}",
        ),
        (
            log_of((MODERATOR, {}), (HEAD, {"editors": ("head",)}), (STRANGER, {})),
            "000002.json: head approved their own work; another person must approve it",
        ),
        (
            [LOG[0], (LOG[1][0], replace(LOG[1][1], payload_type="x"))],
            "000002.json: is signed as something else than an approval; restore it from git",
        ),
    ],
    ids=[
        "missing number",
        "truncated front",
        "reordered",
        "duplicated",
        "missing and renumbered",
        "truncated front and renumbered",
        "reordered and renumbered",
        "duplicated and renumbered",
        "replaced by an entry truly signed for that place",
        "forked prev",
        "skipped number",
        "another's signature",
        "own work",
        "another type",
    ],
)
def test_a_log_that_was_tampered_with_names_the_first_bad_file(
    entries: list[tuple[str, Envelope]], message: str
) -> None:
    assert broken(entries) == message


def test_every_single_flipped_bit_of_a_payload_breaks_the_log() -> None:
    name, envelope = LOG[1]
    for at in range(len(envelope.payload)):
        payload = bytearray(envelope.payload)
        payload[at] ^= 1
        changed = replace(envelope, payload=bytes(payload))
        assert broken([LOG[0], (name, changed), *LOG[2:]]).startswith("000002.json: ")


def test_somebody_suspended_or_in_another_role_breaks_no_log() -> None:
    trust = TRUST.suspended("m-1").suspended("dsl").suspended("p-1")
    assert verify_log(LOG, trust) == STATEMENTS
    assert verify_log(LOG, TRUST.with_person("m-1", frozenset({Role.PUBLISHER}))) == STATEMENTS


def test_a_moderator_who_left_can_sign_nothing_more_while_their_approvals_stand() -> None:
    trust = TRUST.without_key("m-1", MODERATOR.key.keyid, after=2)
    assert verify_log(LOG, trust) == STATEMENTS
    later = log_of((MODERATOR, {}), (HEAD, {}), (MODERATOR, {}))
    assert broken(later, trust) == f"000003.json: {UNSIGNED}"


def test_the_reason_why_an_approval_does_not_count_can_be_asked() -> None:
    assert objection(STATEMENTS[0], TRUST, now=NOW) == ""
    assert objection(STATEMENTS[0], TRUST.suspended("m-1"), now=NOW) == (
        "m-1 is suspended; another person must decide again"
    )
    assert objection(statement(actor="p-1"), TRUST, now=NOW).startswith("p-1 may not approve")


def test_an_approval_of_many_files_is_verified_quickly() -> None:
    subjects = tuple(AssetRef(f"news/page-{n}.md", PAGE.digest, n) for n in range(2_000))
    value = statement(subjects=subjects)
    assert verify(signed(value)) == value
