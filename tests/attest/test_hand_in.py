"""A publisher's signature holds for what they handed in, and for nothing else."""

import json
from dataclasses import replace

import pytest

from moderation.attest import PAYLOAD_TYPE, Decision, objection, verify_log
from moderation.attest.hand_in import Handed
from moderation.model import AssetRef, HandIn, IntegrityError, Role, UsageError, digest_of
from tests.attest.school import (
    HEAD,
    LEAD,
    MODERATOR,
    NOW,
    PAGE,
    PHOTO,
    PUBLISHER,
    SECOND,
    TRUST,
    Fields,
    log_of,
    signed,
    signer,
    statement,
)

HANDED = Handed(site=TRUST.origin, page=PAGE.path, subjects=(PAGE, PHOTO), publisher="p-1")
SIGNED = HANDED.signed(PUBLISHER, after=0)
OTHER = digest_of(b"another")
REFUSED = (
    "000001.json: carries no valid signature with which p-1 handed in exactly these files for this"
    " page; restore it from git, or have them handed in and approved again"
)


def test_what_is_signed_names_the_site_the_page_the_files_and_the_publisher() -> None:
    assert json.loads(HANDED.to_payload(0)) == {
        "_type": "https://schoolgate.example/hand-in/v1",
        "site": TRUST.origin,
        "page": PAGE.path,
        "subjects": [
            {"path": ref.path, "digest": ref.digest, "size": ref.size} for ref in (PAGE, PHOTO)
        ],
        "publisher": "p-1",
        "after": 0,
    }


def test_the_order_of_the_files_does_not_matter() -> None:
    assert replace(HANDED, subjects=(PHOTO, PAGE)).to_payload(0) == HANDED.to_payload(0)


def test_it_holds_with_a_key_of_the_publisher_and_no_other() -> None:
    assert HANDED.signed_with([MODERATOR.key, PUBLISHER.key], SIGNED)
    assert not HANDED.signed_with([MODERATOR.key, LEAD.key], SIGNED)
    assert not HANDED.signed_with([], SIGNED)


@pytest.mark.parametrize(
    "other",
    [
        replace(HANDED, site=OTHER),
        replace(HANDED, page=PHOTO.path),
        replace(HANDED, publisher="p-2"),
        replace(HANDED, subjects=(PAGE,)),
        replace(HANDED, subjects=(PAGE, replace(PHOTO, digest=OTHER))),
        replace(HANDED, subjects=(PAGE, replace(PHOTO, path="photos/other.jpg"))),
        replace(HANDED, subjects=(PAGE, AssetRef(PHOTO.path, PHOTO.digest, PHOTO.size + 1))),
    ],
)
def test_it_holds_for_nothing_else(other: Handed) -> None:
    assert not other.signed_with([PUBLISHER.key], SIGNED)


def test_it_holds_for_no_other_place_of_the_log() -> None:
    assert not HANDED.signed_with([PUBLISHER.key], replace(SIGNED, after=1))


GONE: dict[str, tuple[Fields, ...]] = {
    "taken down": ({}, {"decision": Decision.TAKEDOWN}),
    "a file of it taken down": (
        {},
        {"decision": Decision.TAKEDOWN, "page": PHOTO.path, "subjects": (PHOTO,)},
    ),
    "withdrawn": ({}, {"decision": Decision.WITHDRAW}),
    "rejected": ({"lacking": ("text",)}, {"decision": Decision.REJECT}),
    "replaced": ({}, {"subjects": (replace(PAGE, digest=OTHER),)}),
}


@pytest.mark.parametrize("steps", GONE.values(), ids=GONE)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_was_decided_since_takes_a_new_signature(
    steps: tuple[Fields, ...], after: int
) -> None:
    back = HANDED.signed(PUBLISHER, after=after)
    last: Fields = {"handed_in": back}
    entries = log_of(*((MODERATOR, each) for each in (*steps, last)))
    if after == 2:
        assert len(verify_log(entries, TRUST)) == 3
        return
    with pytest.raises(IntegrityError) as caught:
        verify_log(entries, TRUST)
    assert str(caught.value) == (
        "000003.json: p-1 handed this in before 000002.json was decided on the page or a file of"
        " it; restore the folder from git, or have it handed in and approved again"
    )


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"page": "news/other.md", "subjects": (replace(PAGE, path="news/other.md"), PHOTO)},
        {"decision": Decision.WITHDRAW, "page": "news/other.md"},
        {
            "decision": Decision.TAKEDOWN,
            "page": "news/other.md",
            "subjects": (replace(PAGE, path="news/other.md"),),
        },
    ],
)
def test_what_was_decided_on_other_pages_takes_none(step: Fields) -> None:
    assert (
        len(verify_log(log_of((MODERATOR, step), (MODERATOR, {"handed_in": SIGNED})), TRUST)) == 2
    )


@pytest.mark.parametrize("after", [-1, 1, 2])
def test_nobody_hands_in_after_the_approval(after: int) -> None:
    with pytest.raises(UsageError) as caught:
        statement(handed_in=HANDED.signed(PUBLISHER, after=after))
    assert str(caught.value) == (
        "statement: handedIn.after: must lie before seq; have the page handed in again"
    )


def test_a_signature_of_another_kind_is_none() -> None:
    made = PUBLISHER.sign(HANDED.to_payload(0), PAYLOAD_TYPE).signatures[0]
    assert not HANDED.signed_with([PUBLISHER.key], HandIn(made.keyid, made.value, 0))


@pytest.mark.parametrize(
    "wrong",
    [
        HANDED.signed(MODERATOR, after=0),
        HANDED.signed(SECOND, after=0),
        replace(HANDED, page=PHOTO.path).signed(PUBLISHER, after=0),
        HandIn(PUBLISHER.key.keyid, HANDED.signed(MODERATOR, after=0).signature),
    ],
)
def test_an_approval_without_its_publishers_signature_breaks_the_log(wrong: HandIn) -> None:
    trust = TRUST.with_key("m-1", SECOND.key)
    with pytest.raises(IntegrityError) as caught:
        verify_log(log_of((MODERATOR, {"handed_in": wrong})), trust)
    assert str(caught.value) == REFUSED


def test_a_retired_key_hands_in_up_to_its_number_of_the_log() -> None:
    entries = log_of((MODERATOR, {}), (MODERATOR, {}))
    trust = TRUST.rotated("p-1", signer("p-1", 1).key, after=2)
    assert len(verify_log(entries, trust)) == 2
    trust = TRUST.rotated("p-1", signer("p-1", 1).key, after=1)
    with pytest.raises(IntegrityError, match=r"000002\.json: carries no valid signature with"):
        verify_log(entries, trust)


@pytest.mark.parametrize("flaw", [HandIn("p-1", bytes(64)), HandIn(OTHER, bytes(63))])
def test_what_is_no_signature_is_not_written(flaw: HandIn) -> None:
    with pytest.raises(UsageError) as caught:
        statement(handed_in=flaw)
    assert str(caught.value) == (
        "statement: handedIn: is not a key's id with a signature; have the page handed in again"
    )


def test_a_page_that_a_machine_handed_in_does_not_count() -> None:
    trust = TRUST.with_person("p-1", frozenset({Role.DEPLOYER}))
    assert objection(statement(), trust, now=NOW) == (
        "p-1 is a program that deploys; a person must hand it in"
    )
    both = TRUST.with_person("p-1", frozenset({Role.DEPLOYER, Role.HEAD}))
    assert objection(statement(), both, now=NOW) == ""


def test_a_head_who_publishes_alone_signs_both() -> None:
    value = statement(publisher="head", editors=("head",), actor="m-1")
    assert verify_log([("000001.json", signed(value))], TRUST) == (value,)
    stranger = replace(value, handed_in=HANDED.signed(HEAD, after=0))
    with pytest.raises(IntegrityError, match="with which head handed in"):
        verify_log([("000001.json", signed(stranger))], TRUST)
