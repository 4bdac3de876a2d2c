"""Every field of an approval is bound: whoever alters one of them breaks the log."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from moderation.attest import PAYLOAD_TYPE, Decision, Envelope, verify_log
from moderation.attest.canonical import base64_of, canonical
from moderation.attest.statement import Statement
from moderation.attest.term_statement import PAYLOAD_TYPE as TERM
from moderation.attest.term_statement import TermStatement
from moderation.attest.terms import verify_steps
from moderation.model import IntegrityError, Severity, digest_of
from moderation.policy.terms import Act, Term
from tests.attest.school import MODERATOR, NOW, PHOTO, TRUST, log_of, signed, statement

OTHER = digest_of(b"another")
WHOLE = statement(
    waivers=("a" * 32,),
    terms=(digest_of(b"term"),),
    terms_head=digest_of(b"term"),
    consents=digest_of(b"consents"),
    consents_end=date(2027, 1, 31),
    expires_at=NOW + timedelta(days=30),
    lacking=("people",),
)
ALTERED: dict[str, object] = {
    "decision": "takedown",
    "page": PHOTO.path,
    "submission": "s-other",
    "publisher": "dsl",
    "editors": ["dsl", "p-1"],
    "actor": "head",
    "policy": OTHER,
    "findings": OTHER,
    "waivers": [],
    "seq": 2,
    "prev": OTHER,
    "issuedAt": "2026-11-21T09:30:01Z",
    "expiresAt": None,
    "reasonDigest": OTHER,
    "lacking": ["text"],
    "terms": [OTHER],
    "termsHead": OTHER,
    "consents": OTHER,
    "consentsEnd": "2037-01-31",
    "site": OTHER,
    "rendered": OTHER,
    "handedIn": {"after": 0, "keyid": OTHER, "sig": base64_of(bytes(64))},
}


def _refusal(payload: bytes) -> str:
    """Put *payload* under the signature of the whole approval, and return what is said of it."""
    envelope = signed(WHOLE)
    forged = Envelope(payload=payload, payload_type=PAYLOAD_TYPE, signatures=envelope.signatures)
    with pytest.raises(IntegrityError) as caught:
        verify_log([("000001.json", forged)], TRUST)
    return str(caught.value)


def test_the_approval_itself_is_believed() -> None:
    assert verify_log([("000001.json", signed(WHOLE))], TRUST) == (WHOLE,)


def test_every_field_is_in_the_table() -> None:
    assert json.loads(WHOLE.to_payload())["predicate"].keys() == ALTERED.keys()


@pytest.mark.parametrize("field", ALTERED)
def test_no_field_can_be_altered(field: str) -> None:
    body: dict[str, Any] = json.loads(WHOLE.to_payload())
    body["predicate"][field] = ALTERED[field]
    assert _refusal(canonical(body)).startswith("000001.json: ")


@pytest.mark.parametrize("field", sorted(set(ALTERED) - {"site", "decision", "actor", "seq"}))
def test_what_still_reads_as_an_approval_lacks_a_valid_signature(field: str) -> None:
    body: dict[str, Any] = json.loads(WHOLE.to_payload())
    body["predicate"][field] = ALTERED[field]
    payload = canonical(body)
    try:
        Statement.from_payload(payload, source="it")
    except IntegrityError:
        return  # it does not even read as one
    assert "carries no valid signature of m-1" in _refusal(payload)


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, {"name": "news/other.md"}),
        (1, {"name": "photos/other.jpg"}),
        (0, {"digest": {"sha256": OTHER}}),
        (1, {"digest": {"sha256": OTHER}}),
        (0, {"annotations": {"size": 5}}),
    ],
)
def test_no_file_can_be_altered(number: int, change: dict[str, object]) -> None:
    body: dict[str, Any] = json.loads(WHOLE.to_payload())
    body["subject"][number].update(change)
    assert _refusal(canonical(body)).startswith("000001.json: ")


@pytest.mark.parametrize("number", [0, 1])
def test_no_file_can_be_left_out(number: int) -> None:
    body: dict[str, Any] = json.loads(WHOLE.to_payload())
    del body["subject"][number]
    assert _refusal(canonical(body)).startswith("000001.json: carries no valid signature")


def test_what_was_signed_for_another_school_does_not_count_here() -> None:
    """The same people with the same keys work at both."""
    entries = log_of((MODERATOR, {}))
    other = replace(TRUST, origin=digest_of(b"the first version of another school"))
    verify_log(entries, TRUST)
    with pytest.raises(IntegrityError) as caught:
        verify_log(entries, other)
    assert str(caught.value) == (
        "000001.json: was signed for another site; restore the folder from git, or have it decided"
        " here"
    )


def test_a_takedown_of_another_school_does_not_count_here_either() -> None:
    entries = log_of((MODERATOR, {"decision": Decision.TAKEDOWN}))
    with pytest.raises(IntegrityError, match="was signed for another site"):
        verify_log(entries, replace(TRUST, origin=OTHER))


def test_nothing_counts_where_nobody_walked_from_the_first_version() -> None:
    with pytest.raises(IntegrityError, match="was signed for another site"):
        verify_log(log_of((MODERATOR, {})), replace(TRUST, origin=""))


def test_a_term_of_another_school_does_not_count_here() -> None:
    word = Term(
        act=Act.ADD, word="swot", reason="unkind", category="insult", severity=Severity.BLOCK
    )
    step = TermStatement(seq=1, prev="", actor="m-1", issued_at=NOW, site=TRUST.origin, term=word)
    entries = [("000001.json", MODERATOR.sign(step.to_payload(), TERM))]
    assert len(verify_steps(entries, TRUST)) == 1
    with pytest.raises(IntegrityError) as caught:
        verify_steps(entries, replace(TRUST, origin=OTHER))
    assert str(caught.value) == (
        "terms/000001.json: was signed for another site; restore the folder from git"
    )
