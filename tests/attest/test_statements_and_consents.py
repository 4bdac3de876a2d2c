"""A statement may carry a digest of consents and their end; one from before that has neither."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from moderation.attest import Statement
from moderation.attest.canonical import canonical
from moderation.attest.quorum import tally
from moderation.model import IntegrityError, UsageError, digest_of
from moderation.policy import default_policy
from tests.attest.school import NOW, TRUST, statement

DIGEST = digest_of(b"where they stand")
END = date(2026, 12, 1)
RESTS = statement(consents=DIGEST, consents_end=END)


def read(payload: bytes) -> Statement:
    return Statement.from_payload(payload, source="f.json")


def changed(**fields: object) -> bytes:
    whole = json.loads(RESTS.to_payload())
    whole["predicate"].update(fields)
    return canonical(whole)


def test_both_are_written_and_read_back() -> None:
    predicate = json.loads(RESTS.to_payload())["predicate"]
    assert (predicate["consents"], predicate["consentsEnd"]) == (DIGEST, "2026-12-01")
    assert read(RESTS.to_payload()) == RESTS


@pytest.mark.parametrize("value", [statement(), statement(consents=DIGEST)])
def test_a_statement_without_an_end_or_without_both_reads_back(value: Statement) -> None:
    assert read(value.to_payload()) == value
    assert "consentsEnd" not in json.loads(value.to_payload())["predicate"]


@pytest.mark.parametrize(
    "fields",
    [
        {"consents": "granted"},
        {"consents": ""},
        {"consents": None},
        {"consentsEnd": "2026-02-30"},
        {"consentsEnd": "soon"},
        {"consentsEnd": ""},
        {"consentsEnd": 20261201},
    ],
)
def test_what_is_no_digest_or_day_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        read(changed(**fields))


def test_an_end_needs_a_digest() -> None:
    with pytest.raises(UsageError, match="consents: is empty"):
        statement(consents_end=END)


@pytest.mark.parametrize(
    ("now", "persons", "why"),
    [
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), ("m-1",), []),
        (
            datetime(2026, 12, 2, tzinfo=UTC),
            (),
            ["a consent that it rests on ended on 2026-12-01"],
        ),
    ],
)
def test_an_approval_counts_up_to_the_last_day_of_its_consents(
    now: datetime, persons: tuple[str, ...], why: list[str]
) -> None:
    found = tally((RESTS,), TRUST, default_policy(), now=now)
    assert tuple(person.id for person in found.persons) == persons
    assert list(found.void.values()) == why


def test_the_approval_itself_may_end_first() -> None:
    short = statement(consents=DIGEST, consents_end=END, expires_at=NOW + timedelta(days=1))
    found = tally((short,), TRUST, default_policy(), now=NOW + timedelta(days=2))
    assert list(found.void.values()) == ["has expired"]
