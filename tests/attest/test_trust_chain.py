import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from moderation.attest import PublicKey, Signer, Statement, Trust, TrustedPerson, verify_log
from moderation.attest.canonical import canonical
from moderation.attest.envelope import Envelope, parse_envelope
from moderation.attest.log import SignedFolder, file_name
from moderation.attest.trust import PAYLOAD_TYPE, open_version, payload_of, require
from moderation.attest.trust_chain import Chain, Lock, breach, earlier_versions, read_chain
from moderation.attest.verify import objection
from moderation.model import IntegrityError, Role, UsageError, digest_of
from tests.attest.school import (
    EXPIRES,
    HEAD,
    LEAD,
    MODERATOR,
    NOW,
    PAGE,
    PHOTO,
    PUBLISHER,
    SECOND,
    STRANGER,
    TRUST,
    log_of,
    signer,
)

TODAY = date(2026, 11, 21)
CHAIR = signer("chair")
NEW_HEAD = signer("head", 1)
ALONE = TRUST
"""One head: one signature is enough."""


def three(trust: Trust = TRUST) -> Trust:
    """Let the safeguarding lead and the chair of governors sign changes too."""
    chair = trust.with_person("chair", frozenset({Role.AUDITOR})).with_key("chair", CHAIR.key)
    return replace(chair.with_holder("dsl").with_holder("chair"), version=1)


def sealed(trust: Trust, *by: Signer) -> Envelope:
    payload = payload_of(trust)
    signatures = [one.sign(payload, PAYLOAD_TYPE).signatures[0] for one in by]
    return Envelope(
        payload=payload, payload_type=PAYLOAD_TYPE, signatures=tuple(sorted(signatures))
    )


def following(before: Envelope, trust: Trust, *by: Signer, issued: date | None = None) -> Envelope:
    """Return the version after *before*, saying what *trust* says."""
    number = json.loads(before.payload)["version"] + 1
    sealing = digest_of(before.payload)
    return sealed(replace(trust, version=number, previous=sealing, issued=issued), *by)


def walked(*versions: Envelope, today: date | None = TODAY, anchor: str = "") -> Chain:
    earlier = [(file_name(each), one) for each, one in enumerate(versions[:-1], start=1)]
    return chain_of(earlier, versions[-1], today=today, anchor=anchor)


def chain_of(
    earlier: Sequence[tuple[str, Envelope]],
    current: Envelope,
    *,
    today: date | None = TODAY,
    anchor: str = "",
) -> Chain:
    return read_chain(earlier, current.text(), source="trust.json", today=today, anchor=anchor)


def refusal(*versions: Envelope, anchor: str = "") -> str:
    with pytest.raises(IntegrityError) as caught:
        walked(*versions, anchor=anchor)
    return str(caught.value)


FIRST = sealed(three(), HEAD, LEAD)
SECOND_VERSION = following(FIRST, three().suspended("p-1"), LEAD, CHAIR)
THIRD = following(SECOND_VERSION, three().suspended("p-1").with_lock([PAGE]), CHAIR, HEAD)


def test_a_school_starts_with_one_head_and_takes_two_once_three_lead() -> None:
    assert (ALONE.leading, ALONE.threshold) == (("head",), 1)
    two = ALONE.with_holder("dsl")
    assert (two.leading, two.threshold) == (("dsl", "head"), 1)
    assert (three().leading, three().threshold) == (("chair", "dsl", "head"), 2)


def test_the_number_is_lowered_only_as_far_as_there_are_persons() -> None:
    two = three().suspended("chair")
    assert (two.leading, two.threshold) == (("dsl", "head"), 2)
    assert two.suspended("dsl").threshold == 1
    assert three().with_threshold(3).suspended("chair").threshold == 2
    with pytest.raises(UsageError, match="must sign a change is 1; 3 can, and it takes 2"):
        three().with_threshold(1)
    with pytest.raises(UsageError, match="must sign a change is 4; 3 can"):
        three().with_threshold(4)


def test_a_chain_says_who_is_trusted_where_it_began_and_who_locked() -> None:
    chain = walked(FIRST, SECOND_VERSION, THIRD)
    assert chain.trust.version == 3
    assert chain.anchor == digest_of(FIRST.payload)
    assert chain.newest.digest == digest_of(THIRD.payload)
    assert chain.lock == Lock((PAGE,), None, ("chair", "head"))


def test_the_lock_is_told_by_those_who_made_it_not_by_those_who_signed_since() -> None:
    locked = following(FIRST, three().with_lock([PAGE]), HEAD, LEAD, issued=TODAY)
    later = following(locked, three().with_lock([PAGE]).suspended("p-1"), HEAD, CHAIR)
    assert walked(FIRST, locked, later).lock == Lock((PAGE,), TODAY, ("dsl", "head"))
    assert str(walked(FIRST, locked, later).lock) == "dsl and head locked it on 2026-11-21"
    assert str(Lock()) == "somebody locked it"


def test_one_signature_short_is_refused() -> None:
    short = following(FIRST, three().suspended("p-1"), LEAD)
    assert refusal(FIRST, short) == (
        "trust.json: lacks 1 of the 2 signatures that it needs of those who lead and that version "
        "1 names; restore it from git, or have them sign (schoolgate trust sign)"
    )


def test_two_keys_of_one_person_are_one_person() -> None:
    both = three().with_key("head", NEW_HEAD.key)
    first = sealed(replace(both, version=1), HEAD, LEAD)
    assert "lacks 1 of the 2" in refusal(first, following(first, both, HEAD, NEW_HEAD))
    assert walked(first, following(first, both, HEAD, NEW_HEAD, CHAIR)).trust.version == 2


@pytest.mark.parametrize(
    "by",
    [(HEAD, MODERATOR), (HEAD, STRANGER), (HEAD, PUBLISHER), (MODERATOR, PUBLISHER), (HEAD, HEAD)],
    ids=["moderator", "stranger", "publisher", "two who do not lead", "one twice"],
)
def test_whoever_does_not_lead_does_not_count(by: tuple[Signer, Signer]) -> None:
    pair = dict.fromkeys(by)
    assert "lacks" in refusal(FIRST, following(FIRST, three(), *pair))


def test_a_version_that_names_its_own_people_needs_those_of_the_one_before() -> None:
    mine = Signer.generate("me")
    persons = {**three().persons, "me": TrustedPerson(id="me", roles=frozenset({Role.HEAD}))}
    usurped = replace(three(), persons=persons).with_key("me", mine.key)
    usurped = usurped.suspended("head").suspended("dsl")
    assert "lacks 2 of the 2 signatures" in refusal(FIRST, following(FIRST, usurped, mine))


def test_a_version_needs_the_signatures_that_it_asks_for_itself_too() -> None:
    alone = sealed(ALONE, HEAD)
    assert "lacks 1 of the 2" in refusal(alone, following(alone, three(), HEAD))
    assert walked(alone, following(alone, three(), HEAD, CHAIR)).trust.threshold == 2


def test_who_steps_down_counts_for_the_old_version_only() -> None:
    without = three().departed("head", after=0)
    assert "lacks 1 of the 2" in refusal(FIRST, following(FIRST, without, HEAD, LEAD))
    assert walked(FIRST, following(FIRST, without, CHAIR, LEAD)).trust.leading == ("chair", "dsl")


def test_a_key_is_rotated_by_whoever_holds_the_old_and_the_new_one() -> None:
    first = sealed(ALONE, HEAD)
    rotated = ALONE.rotated("head", NEW_HEAD.key, after=3)
    assert rotated.persons["head"].keys == (NEW_HEAD.key,)
    assert rotated.persons["head"].keys_at(3) == (NEW_HEAD.key, HEAD.key)
    for by in (HEAD, NEW_HEAD):
        assert "is not signed by a head that" in refusal(first, following(first, rotated, by))
    assert walked(first, following(first, rotated, HEAD, NEW_HEAD)).trust.version == 2


def test_a_missing_version_is_named() -> None:
    with pytest.raises(IntegrityError) as caught:
        chain_of([("000002.json", SECOND_VERSION)], THIRD)
    assert str(caught.value) == "trust/000001.json: is missing; restore the folder from git"
    with pytest.raises(IntegrityError, match=r"trust/000002\.json: is missing"):
        chain_of([("000001.json", FIRST)], THIRD)


def test_an_older_version_put_back_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught:
        chain_of([("000001.json", FIRST), ("000002.json", SECOND_VERSION)], FIRST)
    assert str(caught.value) == (
        "trust.json: is version 1, and trust/000002.json is there already, so an older one was put "
        "back; restore both from git"
    )


def test_a_copy_of_the_version_in_force_is_what_a_crash_leaves_and_no_harm() -> None:
    entries = [("000001.json", FIRST), ("000002.json", SECOND_VERSION)]
    assert chain_of(entries, SECOND_VERSION) == walked(FIRST, SECOND_VERSION)


def test_a_fork_is_refused() -> None:
    other = following(FIRST, three().suspended("m-1"), HEAD, LEAD)
    with pytest.raises(IntegrityError, match="does not follow from version 2"):
        chain_of([("000001.json", FIRST), ("000002.json", other)], SECOND_VERSION)
    assert "trust.json: does not follow from version 2" in refusal(FIRST, other, THIRD)


def test_swapped_versions_are_refused() -> None:
    assert refusal(SECOND_VERSION, FIRST, THIRD) == (
        "trust/000001.json: is not a first version; restore it from git"
    )
    assert "does not follow" in refusal(FIRST, FIRST, THIRD)


def test_the_first_version_must_be_signed_by_those_it_names() -> None:
    first = sealed(three(), HEAD)
    assert "trust/000001.json: lacks 1 of the 2" in refusal(first, following(first, three(), HEAD))


def test_a_version_of_another_site_or_with_a_gap_in_its_number_is_refused() -> None:
    why = "is of another site, or leaves a version out; restore it from git"
    first = open_version(FIRST, source="first")
    follower = replace(three(), version=2, previous=first.digest)
    assert breach(first, follower) == ""
    assert breach(first, replace(follower, site="elsewhere")) == why
    assert breach(first, replace(follower, version=3)) == why


GONE = {key: each for key, each in three().persons.items() if key != "p-1"}
RETIRED = three().without_key("m-1", MODERATOR.key.keyid, after=7)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (three(), replace(three(), persons=GONE), "has lost p-1 or a key of theirs"),
        (
            three(),
            replace(
                three(),
                persons={**GONE, "p-1": TrustedPerson(id="p-1", roles=frozenset())},
            ),
            "has lost p-1 or a key of theirs",
        ),
        (RETIRED, three(), "lets a retired key of m-1 sign again"),
        (
            RETIRED,
            three().without_key("m-1", MODERATOR.key.keyid, after=8),
            "lets a retired key of m-1 sign again",
        ),
        (RETIRED, three().without_key("m-1", MODERATOR.key.keyid, after=6), ""),
        (replace(three(), log=(4, "4" * 64)), three(), "forgets decision 4 of the log"),
    ],
    ids=["a person", "a key", "a key not retired", "a key retired later", "earlier", "the log"],
)
def test_what_was_so_once_stays(before: Trust, after: Trust, why: str) -> None:
    old = open_version(sealed(replace(before, version=1), HEAD, LEAD), source="old")
    told = breach(old, replace(after, version=2, previous=old.digest))
    assert told.partition(";")[0] == why


def test_an_anchor_notices_that_everybody_was_replaced() -> None:
    anchor = digest_of(FIRST.payload)
    assert walked(FIRST, SECOND_VERSION, anchor=anchor).anchor == anchor
    later = digest_of(SECOND_VERSION.payload)
    assert walked(FIRST, SECOND_VERSION, THIRD, anchor=later).anchor == anchor
    mine = Signer.generate("head")
    person = TrustedPerson(id="head", roles=frozenset({Role.HEAD}), keys=(mine.key,))
    forged = sealed(replace(TRUST, persons={**TRUST.persons, "head": person}), mine)
    assert walked(forged).trust.leading == ("head",)
    assert refusal(forged, anchor=anchor) == (
        f"trust.json: does not lead back to the anchor {anchor[:12]}, so the people of the site "
        "were replaced; restore .schoolgate from git and ask who can write to it"
    )


@pytest.mark.parametrize("anchor", ["abc", "A" * 64, digest_of(b"")[:-1]])
def test_an_anchor_that_is_no_digest_is_refused(anchor: str) -> None:
    with pytest.raises(UsageError, match=r"^anchor: is not a digest of 64 characters"):
        walked(FIRST, anchor=anchor)


def test_only_the_newest_version_may_not_have_expired() -> None:
    old = sealed(replace(three(), expires=TODAY - timedelta(days=1)), HEAD, LEAD)
    new = following(old, three(), HEAD, LEAD)
    assert walked(old, new).trust.expires == EXPIRES
    assert "trust.json: expired on 2026-11-20" in refusal(old)
    assert walked(old, today=None).trust.version == 1


def damaged(field: str, value: object) -> Envelope:
    fields = json.loads(SECOND_VERSION.payload)
    fields[field] = value
    payload = canonical(fields)
    return replace(SECOND_VERSION, payload=payload)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (damaged("_type", "https://schoolgate.example/trust/v3"), "_type: is not"),
        (damaged("version", "2"), "version: must be a whole number"),
        (damaged("more", 1), "holds a field that this version does not know"),
        (damaged("expires", "2027-11-02"), "lacks 2 of the 2 signatures"),
        (replace(SECOND_VERSION, payload_type="other"), "is signed as something else"),
        (replace(SECOND_VERSION, payload=b"{"), "is not valid JSON"),
    ],
)
def test_a_damaged_earlier_version_is_named(version: Envelope, message: str) -> None:
    told = refusal(FIRST, version, THIRD)
    assert told.startswith("trust/000002.json: ")
    assert message in told


def test_require_says_who_should_sign() -> None:
    version = open_version(sealed(ALONE, MODERATOR), source="trust.json")
    with pytest.raises(IntegrityError) as caught:
        require(version, ALONE, source="trust.json")
    assert str(caught.value) == (
        "trust.json: is not signed by a head that it names; have the head sign it"
    )


def test_two_persons_with_one_key_are_refused() -> None:
    fields = json.loads(FIRST.payload)
    fields["persons"]["p-1"]["keys"] = [HEAD.key.public.hex()]
    payload = canonical(fields)
    pair = [one.sign(payload, PAYLOAD_TYPE).signatures[0] for one in (HEAD, LEAD)]
    forged = replace(FIRST, payload=payload, signatures=tuple(sorted(pair)))
    assert refusal(forged).startswith(
        f"trust.json: people of the site: head and p-1 have the same key {HEAD.key.keyid[:12]}"
    )


APPROVALS = log_of((MODERATOR, {}), (LEAD, {}), (MODERATOR, {}))


def pinned(number: int, edit: Callable[[Trust], Trust] = lambda trust: trust) -> Trust:
    return replace(edit(TRUST), log=(number, digest_of(APPROVALS[number - 1][1].payload)))


def test_a_log_cut_off_below_what_the_trust_file_knows_is_refused() -> None:
    trust = pinned(3)
    assert len(verify_log(APPROVALS, trust)) == 3
    with pytest.raises(IntegrityError, match=r"000003\.json: is not the decision that the trust"):
        verify_log(APPROVALS[:2], trust)


def test_a_retired_key_cannot_rewrite_the_log_from_where_it_still_counted() -> None:
    stolen = pinned(2, lambda trust: trust.rotated("m-1", SECOND.key, after=2))
    rewritten = log_of((MODERATOR, {}), (MODERATOR, {"page": PHOTO.path}))
    with pytest.raises(IntegrityError, match=r"000002\.json: is not the decision"):
        verify_log(rewritten, stolen)
    assert len(verify_log(rewritten, replace(stolen, log=(0, "")))) == 2


FOUR = log_of((MODERATOR, {}), (MODERATOR, {}), (MODERATOR, {}), (MODERATOR, {}))


def test_who_is_suspended_for_cause_keeps_what_they_approved_before() -> None:
    trust = TRUST.suspended("m-1", since=3)
    log = [Statement.from_payload(e.payload, source="") for _, e in FOUR]
    told = [objection(each, trust, now=NOW) for each in log]
    gone = "m-1 is suspended; another person must decide again"
    assert told == ["", "", gone, gone]
    assert objection(log[3], trust.reinstated("m-1"), now=NOW) == ""


def test_who_left_signs_nothing_more_and_leads_no_more() -> None:
    left = three().departed("dsl", after=5).persons["dsl"]
    assert (left.keys, left.holder, left.leads) == ((), False, False)
    assert left.keys_at(5) == (LEAD.key,)
    assert left.keys_at(6) == ()
    assert isinstance(left.retired[0].key, PublicKey)


def test_an_envelope_survives_writing_and_reading() -> None:
    assert parse_envelope(THIRD.text(), source="") == THIRD


def test_the_earlier_versions_are_read_from_their_folder(tmp_path: Path) -> None:
    assert earlier_versions(tmp_path) == ()
    folder = SignedFolder(tmp_path / "trust")
    folder.add(FIRST, 1, "")
    folder.add(SECOND_VERSION, 2, digest_of(FIRST.payload))
    assert chain_of(earlier_versions(tmp_path), THIRD) == walked(FIRST, SECOND_VERSION, THIRD)
    (tmp_path / "trust" / "000002.json").write_text("{")
    with pytest.raises(IntegrityError, match=r"^trust/000002\.json: "):
        earlier_versions(tmp_path)
    (tmp_path / "trust" / "2.json").write_text("{}")
    with pytest.raises(IntegrityError, match=r"^trust: holds a file that is not numbered"):
        earlier_versions(tmp_path)


def test_a_change_lacks_what_the_old_and_the_new_version_ask_for() -> None:
    one_left = following(FIRST, three().suspended("chair").suspended("dsl"), HEAD)
    version = open_version(one_left, source="next")
    assert (version.lacking(version.trust), walked(FIRST).lacking(version)) == (0, 1)
    alone = sealed(ALONE, HEAD)
    third = open_version(following(alone, three(), HEAD), source="next")
    assert (third.lacking(ALONE), walked(alone).lacking(third)) == (0, 1)
