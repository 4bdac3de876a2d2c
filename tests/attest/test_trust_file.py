import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from moderation.attest import Signer, Trust, read_trust, write_trust
from moderation.attest.canonical import canonical
from moderation.attest.envelope import parse_envelope
from moderation.attest.trust import PAYLOAD_TYPE
from moderation.model import IntegrityError, NotAllowedError, Role, digest_of
from tests.attest.school import (
    EXPIRES,
    HEAD,
    LEAD,
    MODERATOR,
    PAGE,
    PHOTO,
    SECOND,
    STRANGER,
    TRUST,
    signer,
)

TODAY = date(2026, 11, 21)
TEXT = write_trust(TRUST, HEAD)
PAYLOAD = parse_envelope(TEXT, source="").payload


def refusal(text: str, today: date | None = TODAY) -> str:
    with pytest.raises(IntegrityError) as caught:
        read_trust(text, source="trust.json", today=today)
    return str(caught.value)


def changed(path: str, value: object, by: Signer = HEAD) -> str:
    """Return the file with one field changed, signed anew."""
    fields: dict[str, Any] = json.loads(PAYLOAD)
    *tables, key = path.split("/")
    table = fields
    for name in tables:
        table = table[name]
    table[key] = value
    return by.sign(canonical(fields), PAYLOAD_TYPE).text()


@pytest.mark.parametrize(
    "trust",
    [
        TRUST,
        TRUST.with_key("m-1", SECOND.key)
        .without_key("m-1", MODERATOR.key.keyid, after=7)
        .suspended("p-1")
        .with_person("m-2", frozenset({Role.MODERATOR, Role.AUDITOR}))
        .with_policy(digest_of(b"policy"))
        .with_lock([PHOTO, PAGE]),
        replace(
            TRUST.with_holder("dsl").suspended("m-1", since=17),
            previous=digest_of(b"before"),
            issued=TODAY,
            log=(16, digest_of(b"16")),
        ),
    ],
)
def test_people_survive_writing_and_reading(trust: Trust) -> None:
    assert read_trust(write_trust(trust, HEAD), source="trust.json", today=TODAY) == trust


@pytest.mark.parametrize("by", [MODERATOR, STRANGER, signer("head", 9)])
def test_only_a_head_with_a_key_of_theirs_may_sign(by: Signer) -> None:
    with pytest.raises(NotAllowedError) as caught:
        write_trust(TRUST, by)
    assert str(caught.value) == (
        f"{by.person}: cannot sign the people of the site with this key; a head signs, with a key "
        "that the file lists as theirs"
    )


def test_a_head_without_a_key_or_suspended_may_not_sign() -> None:
    trust = TRUST.with_person("dsl", frozenset({Role.HEAD}))
    for edited in (
        trust.without_key("head", HEAD.key.keyid, after=1),
        trust.suspended("head"),
    ):
        with pytest.raises(NotAllowedError, match="head: cannot sign"):
            write_trust(edited, HEAD)
        assert write_trust(edited, LEAD)


UNSIGNED = "trust.json: is not signed by a head that it names; have the head sign it"


@pytest.mark.parametrize(
    "text",
    [
        MODERATOR.sign(PAYLOAD, PAYLOAD_TYPE).text(),
        STRANGER.sign(PAYLOAD, PAYLOAD_TYPE).text(),
        TEXT.replace(json.loads(TEXT)["signatures"][0]["sig"][:40], "A" * 40),
        replace(
            parse_envelope(TEXT, source=""), signatures=HEAD.sign(b"{}", PAYLOAD_TYPE).signatures
        ).text(),
    ],
    ids=["the moderator", "a stranger", "a damaged signature", "a signature over other people"],
)
def test_a_file_that_no_head_signed_is_refused(text: str) -> None:
    assert refusal(text) == UNSIGNED


def test_a_suspended_head_does_not_sign_for_the_other() -> None:
    trust = TRUST.with_person("dsl", frozenset({Role.HEAD})).suspended("head")
    payload = parse_envelope(write_trust(trust, LEAD), source="").payload
    assert refusal(HEAD.sign(payload, PAYLOAD_TYPE).text()) == UNSIGNED


def test_a_file_signed_as_something_else_is_refused() -> None:
    text = HEAD.sign(PAYLOAD, "application/vnd.in-toto+json").text()
    assert refusal(text) == ("trust.json: is signed as something else; restore it from a copy")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "_type",
            "https://schoolgate.example/trust/v1",
            "_type: is not https://schoolgate.example/trust/v2; update Schoolgate",
        ),
        ("extra", 1, "holds a field that this version does not know; update Schoolgate"),
        ("site", "St Example's", "site: is not written as it must be"),
        (
            "version",
            0,
            "people of the site: site or version is not usable; write an id without spaces and "
            "count from 1",
        ),
        ("expires", "soon", "expires: is not a date such as 2027-07-31"),
        ("expires", "20271101", "is not in canonical form; restore the file from a copy"),
        ("issued", "yesterday", "issued: is not a date such as 2027-07-31"),
        ("previous", "abc", "previous: is not written as it must be"),
        (
            "lock",
            [{"path": "mkdocs.yml"}],
            "lock 1.digest: is missing; restore the file from a copy",
        ),
        ("root/persons", ["head", "m-9"], "is not in canonical form; restore the file from a copy"),
        ("root/persons", ["m-1"], "is not in canonical form; restore the file from a copy"),
        ("root/threshold", 0, "is not in canonical form; restore the file from a copy"),
        (
            "root/threshold",
            2,
            "people of the site: the number who must sign a change is 2; 1 can, and it takes 1 at "
            "least; choose a number between",
        ),
        ("log/seq", -1, "log.seq: must be a whole number of at least 0"),
        (
            "persons/m-1/name",
            "A",
            "persons.m-1: holds a field that this version does not know; update Schoolgate",
        ),
        (
            "persons/m-1/roles",
            ["king"],
            "persons.m-1.roles 1: is not one of publisher, moderator, safeguarding-lead, head, "
            "executive, auditor, deployer, deputy",
        ),
        ("persons/m-1/keys", ["00"], "persons.m-1.keys 1: is not written as it must be"),
        (
            "persons/m-1/keys",
            ["00" * 32],
            "public key: is not a usable Ed25519 key; make a new one",
        ),
        (
            "persons/m-1/keys",
            [HEAD.key.public.hex()],
            f"people of the site: head and m-1 have the same key {HEAD.key.keyid[:12]}; make a "
            "new one for each person and device",
        ),
        (
            "persons/m-1/retired",
            [{"key": HEAD.key.public.hex(), "after": 9}],
            f"people of the site: head and m-1 have the same key {HEAD.key.keyid[:12]}; make a "
            "new one for each person and device",
        ),
        ("persons/m-1/suspended", 0, "persons.m-1.suspended: must be true or false"),
        (
            "persons/Mrs Example",
            {"roles": [], "keys": [], "retired": [], "suspended": False, "since": 0},
            "people of the site: a person's id is not usable; write letters, digits and hyphens, "
            "no name",
        ),
        (
            "persons/head/suspended",
            True,
            "people of the site: no head with a key would be left; name another head and give "
            "them a key first",
        ),
        (
            "persons/m-1/roles",
            ["publisher", "moderator"],
            "is not in canonical form; restore the file from a copy",
        ),
    ],
)
def test_a_file_is_read_strictly_whoever_signed_it(path: str, value: object, message: str) -> None:
    assert refusal(changed(path, value)) == f"trust.json: {message}"


@pytest.mark.parametrize(
    ("today", "message"),
    [
        (
            EXPIRES + timedelta(days=1),
            "expired on 2027-11-01; have the head look at the people, set a new day and sign it "
            "again (schoolgate people renew)",
        ),
        (
            EXPIRES - timedelta(days=401),
            "expires on 2027-11-01, more than 400 days ahead; set this computer's clock, or have "
            "the head set a nearer day",
        ),
    ],
)
def test_a_file_out_of_date_is_refused(today: date, message: str) -> None:
    assert refusal(TEXT, today) == f"trust.json: {message}"


@pytest.mark.parametrize("today", [EXPIRES, EXPIRES - timedelta(days=400), None])
def test_a_file_is_good_to_its_last_day_and_for_taking_away_without_end(
    today: date | None,
) -> None:
    assert read_trust(TEXT, source="trust.json", today=today) == TRUST


def test_an_expired_file_cannot_be_renewed_without_the_head() -> None:
    payload = json.loads(PAYLOAD)
    payload["expires"] = "2027-12-01"
    text = MODERATOR.sign(canonical(payload), PAYLOAD_TYPE).text()
    assert refusal(text) == UNSIGNED
    renewed = write_trust(TRUST.renewed(date(2027, 12, 1)), HEAD)
    assert read_trust(renewed, source="trust.json", today=date(2027, 11, 2)) == replace(
        TRUST, version=2, expires=date(2027, 12, 1)
    )
