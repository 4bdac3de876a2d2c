"""An invented school with people who sign, for the tests of signed approvals."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict, Unpack

from moderation.attest import (
    PAYLOAD_TYPE,
    Decision,
    Envelope,
    Signer,
    Statement,
    Trust,
    TrustedPerson,
)
from moderation.attest.hand_in import Handed
from moderation.model import AssetRef, HandIn, Role, digest_of
from moderation.policy.tightening import Tolerance

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
EXPIRES = date(2027, 11, 1)


def signer(person: str, number: int = 0) -> Signer:
    """Return the same key for the same person each time; *number* tells their keys apart."""
    return Signer.from_seed(person, bytes.fromhex(digest_of(f"{person} {number}".encode())))


HEAD, MODERATOR = signer("head"), signer("m-1")
LEAD, PUBLISHER = signer("dsl"), signer("p-1")
SECOND = signer("m-1", 1)
STRANGER = signer("m-9")

ROLES = {
    "head": Role.HEAD,
    "m-1": Role.MODERATOR,
    "dsl": Role.SAFEGUARDING_LEAD,
    "p-1": Role.PUBLISHER,
}

TRUST = Trust(
    site="alderbrook",
    version=1,
    expires=EXPIRES,
    persons={
        each.person: TrustedPerson(
            id=each.person, roles=frozenset({ROLES[each.person]}), keys=(each.key,)
        )
        for each in (HEAD, MODERATOR, LEAD, PUBLISHER)
    },
)

TRUST = replace(TRUST, origin=digest_of(b"the first version"))
"""As read from its place in a chain."""

PAGE = AssetRef("news/sports-day.md", digest_of(b"page"), 4)
PHOTO = AssetRef("photos/sports-day.jpg", digest_of(b"photo"), 5)


class Fields(TypedDict, total=False):
    """The fields of a statement that a test may change."""

    decision: Decision
    page: str
    subjects: tuple[AssetRef, ...]
    submission: str
    publisher: str
    editors: tuple[str, ...]
    actor: str
    policy: str
    findings: str
    waivers: tuple[str, ...]
    seq: int
    prev: str
    issued_at: datetime
    expires_at: datetime | None
    reason_digest: str
    lacking: tuple[str, ...]
    terms: tuple[str, ...]
    terms_head: str
    consents: str
    consents_end: date | None
    site: str
    rendered: str
    handed_in: HandIn | None
    rules: tuple[Tolerance, ...]


def handed_in(fields: Fields, by: Signer | None = None) -> HandIn:
    """Return the signature with which the publisher of an approval handed its files in."""
    handed = Handed(
        site=fields["site"],
        page=fields["page"],
        subjects=fields["subjects"],
        publisher=fields["publisher"],
    )
    return handed.signed(by or signer(fields["publisher"]), after=max(fields["seq"] - 1, 0))


def statement(**changes: Unpack[Fields]) -> Statement:
    """Return an approval by the moderator, with some fields changed."""
    fields: Fields = {
        "decision": Decision.APPROVE,
        "page": PAGE.path,
        "subjects": (PAGE, PHOTO),
        "submission": "s-abcdefghij",
        "publisher": "p-1",
        "editors": ("p-1",),
        "actor": "m-1",
        "policy": digest_of(b"policy"),
        "findings": digest_of(b"findings"),
        "waivers": (),
        "seq": 1,
        "prev": "",
        "issued_at": NOW,
        "expires_at": None,
        "site": TRUST.origin,
    }
    if changes.get("decision", Decision.APPROVE) is Decision.APPROVE:
        fields["rendered"] = digest_of(b"article")
        fields["handed_in"] = handed_in({**fields, **changes})
    fields.update(changes)
    return Statement(**fields)


def signed(value: Statement, by: Signer = MODERATOR) -> Envelope:
    """Return *value* signed."""
    return by.sign(value.to_payload(), PAYLOAD_TYPE)


def log_of(*steps: tuple[Signer, Fields]) -> list[tuple[str, Envelope]]:
    """Return a log in which each step is signed by its signer, numbered and chained.

    What a step says of its own actor, number or digest is put in as it stands.
    """
    entries: list[tuple[str, Envelope]] = []
    prev = ""
    for seq, (by, changes) in enumerate(steps, start=1):
        fields: Fields = {"actor": by.person, "seq": seq, "prev": prev}
        fields.update(changes)
        envelope = signed(statement(**fields), by)
        entries.append((f"{seq:06}.json", envelope))
        prev = digest_of(envelope.payload)
    return entries
