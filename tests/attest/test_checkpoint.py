"""A checkpoint on paper: read as it is typed, and compared with logs that grew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from moderation.attest.checkpoint import (
    Checkpoint,
    Row,
    last_row,
    read_checkpoint,
    require_since,
    sign_checkpoint,
)
from moderation.attest.keys import Signer
from moderation.attest.people import Trust, TrustedPerson
from moderation.model import IntegrityError, Role, digest_of

LINKS = tuple(digest_of(bytes([n])) for n in range(5))
MADE = Checkpoint(
    site="oak",
    at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    events=Row(3, LINKS[2]),
    decisions=Row(1, LINKS[0]),
)
SIGNER = Signer.from_seed("head", b"1" * 32)
OTHER = Signer.from_seed("m-1", b"2" * 32)
TRUST = Trust(
    site="oak",
    version=1,
    expires=date(2027, 11, 1),
    persons={
        "head": TrustedPerson(id="head", roles=frozenset({Role.HEAD}), keys=(SIGNER.key,)),
        "m-1": TrustedPerson(id="m-1", roles=frozenset({Role.MODERATOR}), keys=(OTHER.key,)),
    },
)


def test_it_is_written_for_people_and_read_back() -> None:
    text = MADE.text()
    assert text.splitlines()[:6] == [
        "schoolgate checkpoint 1",
        "site: oak",
        "date: 2026-11-21T09:30:00Z",
        "events: 3",
        f"  {' '.join(LINKS[2][i : i + 8] for i in range(0, 32, 8))}",
        f"  {' '.join(LINKS[2][i : i + 8] for i in range(32, 64, 8))}",
    ]
    assert read_checkpoint(text, source="it") == MADE
    assert read_checkpoint(text.replace("\n", "\r\n\r\n"), source="it") == MADE
    empty = replace(MADE, events=Row(), decisions=last_row(()))
    assert read_checkpoint(empty.text(), source="it") == empty


def test_a_signature_is_of_one_person_and_of_these_lines() -> None:
    made = sign_checkpoint(MADE, SIGNER)
    assert read_checkpoint(made.text(), source="it") == made
    assert made.signers(TRUST) == {"head"}
    assert replace(made, person="m-1").signers(TRUST) == frozenset()
    assert replace(made, person="nobody").signers(TRUST) == frozenset()
    assert replace(made, events=Row(2, LINKS[1])).signers(TRUST) == frozenset()


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ("checkpoint 1", "checkpoint 2", "is no checkpoint of this version; the first line is"),
        ("site: oak", "site: elm", "check: does not fit the lines above it; compare them"),
        ("site: oak", "site: o/k", "check: does not fit the lines above it; compare them"),
        ("site: oak\n", "", "site: is missing; copy the whole checkpoint"),
        ("site: oak", "site: oak\nsite: oak", "site: stands there twice; take out one"),
        ("site: oak", "place: oak", "begins with a line that is not known; copy it again"),
        ("T09:30", " at 9", "date: is not written as in 2026-11-21T09:30:00Z; compare it"),
        ("events: 3", "events: three", "events: must begin with a number; compare it"),
        ("events: 3", "events: 0", "events: must have eight groups of eight characters"),
        (LINKS[2][:8], LINKS[2][:7], "events: must have eight groups of eight characters"),
        ("events: 3", "events: 4", "check: does not fit the lines above it; compare them"),
        ("check:", "signed: head\n  AAAA\ncheck:", "signed: is cut off or has a slip; compare"),
        ("check:", "signed: head\n  !\ncheck:", "signed: is cut off or has a slip; compare it"),
    ],
)
def test_a_slip_in_copying_is_told(old: str, new: str, trouble: str) -> None:
    assert MADE.text().count(old) == 1
    with pytest.raises(IntegrityError) as caught:
        read_checkpoint(MADE.text().replace(old, new), source="paper.txt")
    assert str(caught.value).startswith(f"paper.txt: {trouble}")


def test_what_is_far_too_long_is_not_read() -> None:
    with pytest.raises(IntegrityError, match="is no checkpoint of this version"):
        read_checkpoint(MADE.text() + "\n" * 20_000 + "x", source="paper.txt")


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"site": "elm"}, "paper.txt: is of another site; take a checkpoint of this one"),
        ({"events": LINKS[:2]}, "event log: row 3 is missing: it held 3 on 2026-11-21 and holds 2"),
        ({"events": LINKS[1:]}, "event log: row 3 is not the one that stood there on 2026-11-21"),
        (
            {"decisions": ()},
            "approvals: decision 1 is missing: it held 1 on 2026-11-21 and holds 0",
        ),
        ({"decisions": LINKS[1:]}, "approvals: decision 1 is not the one that stood there"),
    ],
)
def test_a_log_that_did_not_just_grow_is_refused(
    changes: dict[str, tuple[str, ...]], trouble: str
) -> None:
    logs = {"site": "oak", "events": LINKS, "decisions": LINKS}
    require_since(MADE, source="paper.txt", **logs)  # type: ignore[arg-type]  # of two kinds
    with pytest.raises(IntegrityError) as caught:
        require_since(MADE, source="paper.txt", **(logs | changes))  # type: ignore[arg-type]
    assert str(caught.value).startswith(trouble)
