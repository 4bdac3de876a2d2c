import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.attest import Decision, Statement
from moderation.attest.canonical import base64_of, canonical
from moderation.model import AssetRef, IntegrityError, UsageError, digest_of
from tests.attest.school import NOW, PAGE, PHOTO, TRUST, Fields, signer, statement

PAYLOAD = statement().to_payload()
TIMES = st.integers(946_684_800, 4_102_444_800).map(lambda at: datetime.fromtimestamp(at, UTC))
TOKENS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True)
DIGESTS = st.binary(max_size=4).map(digest_of)
REFS = st.builds(
    AssetRef,
    st.from_regex(r"([a-z0-9-]{1,8}/){0,3}[a-z0-9-]{1,8}\.[a-z0-9]{1,4}", fullmatch=True),
    DIGESTS,
    st.integers(0, 2**40),
)


NEEDED = {
    "rendered": "rendered: is empty; an entry of this kind needs it",
    "handedIn": (
        "handedIn: belongs to every approval and to nothing else; have the page handed in"
    ),
}
"""What an approval cannot lack, though the format can."""


def read(payload: bytes) -> Statement:
    return Statement.from_payload(payload, source="f.json")


def changed(change: dict[str, object], *, predicate: bool = True) -> bytes:
    """Return the payload with fields changed, in canonical form."""
    fields: dict[str, Any] = json.loads(PAYLOAD)
    (fields["predicate"] if predicate else fields).update(change)
    return canonical(fields)


def test_a_statement_is_written_as_in_toto_has_it() -> None:
    value = statement(subjects=(PHOTO, PAGE), editors=("p-2", "p-1"), waivers=("b" * 32, "a" * 32))
    assert json.loads(value.to_payload()) == {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "https://schoolgate.example/approval/v1",
        "subject": [
            {"name": ref.path, "digest": {"sha256": ref.digest}, "annotations": {"size": ref.size}}
            for ref in (PAGE, PHOTO)
        ],
        "predicate": {
            "decision": "approve",
            "page": "news/sports-day.md",
            "submission": "s-abcdefghij",
            "publisher": "p-1",
            "editors": ["p-1", "p-2"],
            "actor": "m-1",
            "policy": digest_of(b"policy"),
            "findings": digest_of(b"findings"),
            "waivers": ["a" * 32, "b" * 32],
            "seq": 1,
            "prev": "",
            "issuedAt": "2026-11-21T09:30:00Z",
            "expiresAt": None,
            "reasonDigest": "",
            "site": TRUST.origin,
            "rendered": digest_of(b"article"),
            "handedIn": {
                "after": 0,
                "keyid": signer("p-1").key.keyid,
                "sig": base64_of(value.handed_in.signature if value.handed_in else b""),
            },
        },
    }


@given(
    decision=st.sampled_from(Decision),
    subjects=st.lists(REFS, min_size=1, max_size=5, unique_by=lambda ref: ref.path),
    people=st.lists(TOKENS, min_size=3, max_size=6),
    digests=st.tuples(DIGESTS, DIGESTS, DIGESTS),
    waivers=st.lists(DIGESTS.map(lambda digest: digest[:32]), max_size=3),
    seq=st.integers(2, 10**9),
    time=TIMES,
    life=st.none() | st.integers(1, 10**8),
)
def test_every_statement_reads_back_as_itself(
    decision: Decision,
    subjects: list[AssetRef],
    people: list[str],
    digests: tuple[str, str, str],
    waivers: list[str],
    seq: int,
    time: datetime,
    life: int | None,
) -> None:
    value = statement(
        decision=decision,
        subjects=tuple(subjects),
        actor=people[0],
        publisher=people[1],
        submission=people[2],
        editors=tuple(people[1:]),
        policy=digests[0],
        findings=digests[1],
        prev=digests[2],
        waivers=tuple(waivers),
        seq=seq,
        issued_at=time,
        expires_at=time + timedelta(seconds=life) if life else None,
    )
    assert read(value.to_payload()) == value


def test_a_takedown_needs_nothing_from_the_queue() -> None:
    value = statement(
        decision=Decision.TAKEDOWN,
        submission="",
        publisher="",
        editors=(),
        policy="",
        findings="",
        reason_digest=digest_of(b"reason"),
    )
    assert read(value.to_payload()) == value


def test_what_an_approval_lacks_is_written_only_where_there_is_any() -> None:
    value = statement(lacking=("text", "people", "text"))
    assert json.loads(value.to_payload())["predicate"]["lacking"] == ["people", "text"]
    assert read(value.to_payload()) == value
    assert b"lacking" not in statement().to_payload()


def test_the_school_list_is_written_only_where_it_was_asked() -> None:
    one, two = digest_of(b"T-1"), digest_of(b"T-2")
    value = statement(terms=(two, one, two), terms_head=two)
    predicate = json.loads(value.to_payload())["predicate"]
    assert (predicate["terms"], predicate["termsHead"]) == (sorted((one, two)), two)
    assert read(value.to_payload()) == value
    assert read(statement(terms_head=two).to_payload()).terms_head == two
    assert b"terms" not in statement().to_payload()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"subjects": ()}, "subject: names no file; name at least one"),
        ({"subjects": (PAGE, PAGE)}, "subject: names a file twice; name each once"),
        *(
            (
                {"subjects": (AssetRef(path, PAGE.digest, 1),)},
                "subject: names a file whose path no page of the site can have; rename the file",
            )
            for path in (
                *("", "/etc/passwd.md", "../a.md", "a/../b.md", "a//b.md", "a\\b.md", "A.md"),
                *("a", "a.md/", "a.md\n", "a\0.md", "\u0430.md", "x" * 300 + ".md", "a.b.md"),
            )
        ),
        (
            {"page": "../index.md"},
            "subject: names a file whose path no page of the site can have; rename the file",
        ),
        *(
            (
                {"subjects": (AssetRef(PAGE.path, digest, size),)},
                "subject: holds a digest or size that is not one; read the files again",
            )
            for digest, size in (("", 1), ("A" * 64, 1), (PAGE.digest, -1))
        ),
        *(
            ({key: ""}, f"{key}: is empty; an entry of this kind needs it")
            for key in ("actor", "publisher", "submission", "policy", "findings")
        ),
        ({"seq": 2}, "prev: is empty; an entry of this kind needs it"),
        ({"editors": ("",)}, "editors: is empty; an entry of this kind needs it"),
        *(
            ({key: value}, f"{key}: is not an opaque id or digest; take it from the queue")
            for key, value in (
                ("actor", "Mrs Example"),
                ("publisher", "a@b.example"),
                ("submission", "sports day"),
                ("policy", "latest"),
                ("findings", "none"),
                ("editors", ("Mr Example",)),
                ("waivers", ("because I say so",)),
            )
        ),
        (
            {"reason_digest": "it was late"},
            "reasonDigest: is not an opaque id or digest; take it from the queue",
        ),
        (
            {"terms": ("T-1",), "terms_head": PAGE.digest},
            "terms: is not an opaque id or digest; take it from the queue",
        ),
        (
            {"terms": (PAGE.digest,)},
            "termsHead: is empty; an entry of this kind needs it",
        ),
        (
            {"lacking": ("a second person",)},
            "lacking: is not an opaque id or digest; take it from the queue",
        ),
        *(
            (
                change,
                "seq: must count from 1, and the first has nothing before it; ask the log for both",
            )
            for change in ({"seq": 0}, {"seq": -1}, {"prev": PAGE.digest})
        ),
        *(
            ({"issued_at": time}, "issuedAt: must be in UTC and whole seconds; cut off the rest")
            for time in (
                NOW.replace(tzinfo=None),
                NOW.replace(microsecond=1),
                NOW.replace(tzinfo=timezone(timedelta(hours=1))),
            )
        ),
        (
            {"expires_at": NOW.replace(tzinfo=None)},
            "expiresAt: must be in UTC and whole seconds; cut off the rest",
        ),
        ({"expires_at": NOW}, "expiresAt: must lie after issuedAt; choose a later day"),
    ],
)
def test_a_statement_that_says_nothing_usable_cannot_be_made(changes: Fields, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        statement(**changes)
    assert str(caught.value) == f"statement: {message}"


SUBJECT = json.loads(PAYLOAD)["subject"]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (
            changed({"_type": "https://in-toto.io/Statement/v0.1"}, predicate=False),
            "_type: is not https://in-toto.io/Statement/v1; update Schoolgate",
        ),
        (
            changed({"predicateType": "https://schoolgate.example/approval/v2"}, predicate=False),
            "predicateType: is not https://schoolgate.example/approval/v1; update Schoolgate",
        ),
        (
            changed({"extra": 1}, predicate=False),
            "holds a field that this version does not know; update Schoolgate",
        ),
        (
            changed({"comment": "Well done"}),
            "predicate: holds a field that this version does not know; update Schoolgate",
        ),
        (
            changed({"decision": "publish"}),
            "predicate.decision: is not one of approve, reject, withdraw, takedown",
        ),
        (changed({"seq": "1"}), "predicate.seq: must be a whole number of at least 0"),
        (changed({"seq": True}), "predicate.seq: must be a whole number of at least 0"),
        (
            changed({"seq": 0}),
            "statement: seq: must count from 1, and the first has nothing "
            "before it; ask the log for both",
        ),
        (changed({"editors": "p-1"}), "predicate.editors: must be a list of at most 100000 values"),
        (changed({"editors": [1]}), "predicate.editors 1: must be text"),
        (changed({"issuedAt": "21/11/2026"}), "predicate.issuedAt: is not written as it must be"),
        (
            changed({"issuedAt": "2026-02-30T00:00:00Z"}),
            "predicate.issuedAt: is not a date and time",
        ),
        (changed({"expiresAt": ""}), "predicate.expiresAt: must be text"),
        (
            changed({"subject": [{**SUBJECT[0], "uri": "x"}]}, predicate=False),
            "subject 1: holds a field that this version does not know; update Schoolgate",
        ),
        (
            changed({"subject": [{**SUBJECT[0], "digest": {"md5": "0"}}]}, predicate=False),
            "subject 1.digest: holds a field that this version does not know; update Schoolgate",
        ),
        (
            changed({"subject": [{**SUBJECT[0], "annotations": {}}]}, predicate=False),
            "subject 1.annotations.size: is missing; restore the file from a copy",
        ),
        (
            changed({"subject": SUBJECT[::-1]}, predicate=False),
            "is not in canonical form; restore the file from a copy",
        ),
        (
            changed({"editors": ["p-1", "p-1"]}),
            "is not in canonical form; restore the file from a copy",
        ),
        (changed({"lacking": []}), "is not in canonical form; restore the file from a copy"),
        (PAYLOAD + b"\n", "is not in canonical form; restore the file from a copy"),
        (
            PAYLOAD.replace(b'"seq":1', b'"seq":1,"seq":1'),
            "holds the same key twice; restore the file from a copy",
        ),
        (b"\xff", "is not valid JSON; restore the file from a copy"),
    ],
)
def test_a_payload_is_read_strictly(payload: bytes, message: str) -> None:
    with pytest.raises(IntegrityError) as caught:
        read(payload)
    assert str(caught.value) == f"f.json: {message}"


def test_a_missing_field_is_named() -> None:
    for key in json.loads(PAYLOAD)["predicate"]:
        fields = json.loads(PAYLOAD)
        del fields["predicate"][key]
        with pytest.raises(IntegrityError) as caught:
            read(canonical(fields))
        assert str(caught.value) == (
            f"f.json: statement: {NEEDED[key]}"
            if key in NEEDED
            else f"f.json: predicate.{key}: is missing; restore the file from a copy"
        )
