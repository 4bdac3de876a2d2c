"""Releases: one way to write them, strict to read, and never older than the last one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.attest import Signer
from moderation.attest.canonical import canonical
from moderation.model import (
    AssetRef,
    IntegrityError,
    NotAllowedError,
    Role,
    UsageError,
    digest_of,
)
from moderation.publish.release import Head, Release, Rests, list_digest
from moderation.publish.signed_release import (
    PAYLOAD_TYPE,
    read_deployed,
    read_release,
    sign_release,
)
from tests.publish.school import NOW, SIGNERS, TRUST

X = digest_of(b"x")
DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
TRUSTING = TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key)
RESTS = Rests(
    trust=Head(3, X),
    approvals=Head(7, digest_of(b"seven")),
    terms=Head(0),
    policy=X,
    kit=X,
    content=X,
    epoch=1_700_000_000,
)
RELEASE = Release(
    site="oak",
    number=1,
    prev="",
    signer="d-1",
    issued_at=NOW,
    rests=RESTS,
    files=(AssetRef("news/index.html", X, 1), AssetRef("index.html", X, 1)),
)


def test_a_release_is_read_as_it_was_signed() -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    assert read_release(text, TRUSTING, source="r.json") == RELEASE
    assert [each.path for each in RELEASE.files] == ["index.html", "news/index.html"]


def test_a_head_may_sign_too() -> None:
    release = replace(RELEASE, signer="head")
    text = sign_release(release, SIGNERS["head"], TRUST)
    assert read_release(text, TRUST, source="r.json") == release


@pytest.mark.parametrize(
    ("signer", "trouble"),
    [
        ("m-1", "m-1: may not sign releases; it takes one of deployer, head"),
        ("p-1", "p-1: may not sign releases; it takes one of deployer, head"),
    ],
)
def test_nobody_else_may_sign(signer: str, trouble: str) -> None:
    release = replace(RELEASE, signer=signer)
    with pytest.raises(NotAllowedError) as error:
        sign_release(release, SIGNERS[signer], TRUST)
    assert str(error.value) == trouble
    text = SIGNERS[signer].sign(release.to_payload(), PAYLOAD_TYPE).text()
    with pytest.raises(IntegrityError) as refused:
        read_release(text, TRUST, source="r.json")
    assert str(refused.value) == f"r.json: {trouble}; have somebody who may sign it"


def test_a_key_signs_only_for_its_owner() -> None:
    with pytest.raises(NotAllowedError) as error:
        sign_release(RELEASE, SIGNERS["m-1"], TRUSTING)
    assert str(error.value) == "m-1: signs with a key that is not theirs; use your own"
    text = SIGNERS["m-1"].sign(RELEASE.to_payload(), PAYLOAD_TYPE).text()
    with pytest.raises(IntegrityError) as refused:
        read_release(text, TRUSTING, source="r.json")
    assert str(refused.value).startswith("r.json: carries no valid signature of d-1; ")


def test_somebody_suspended_signs_no_more_and_what_they_deployed_is_not_forgotten() -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    after = TRUSTING.suspended("d-1")
    with pytest.raises(IntegrityError, match=r"^r\.json: d-1: is suspended; "):
        read_release(text, after, source="r.json")
    assert read_deployed(text, after, source="r.json") == RELEASE


def test_a_retired_key_signs_no_more_and_what_it_deployed_is_not_forgotten() -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    after = TRUSTING.without_key("d-1", DEPLOYER.key.keyid, after=7)
    with pytest.raises(IntegrityError, match="carries no valid signature of d-1"):
        read_release(text, after, source="r.json")
    assert read_deployed(text, after, source="r.json") == RELEASE


def test_a_release_of_somebody_unknown_says_that_the_people_are_older() -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    for read in (read_release, read_deployed):
        with pytest.raises(IntegrityError, match="is nobody on this site"):
            read(text, TRUST, source="r.json")


def test_a_release_of_another_site_is_refused() -> None:
    text = sign_release(replace(RELEASE, site="elm"), DEPLOYER, TRUSTING)
    for read in (read_release, read_deployed):
        with pytest.raises(IntegrityError) as error:
            read(text, TRUSTING, source="r.json")
        assert str(error.value) == "r.json: is a release of another site; sign one of this site"


def test_an_approval_is_no_release() -> None:
    text = DEPLOYER.sign(RELEASE.to_payload(), "application/vnd.in-toto+json").text()
    with pytest.raises(IntegrityError) as error:
        read_release(text, TRUSTING, source="r.json")
    assert str(error.value) == "r.json: is signed as something else than a release; sign a new one"


def test_no_byte_of_a_signed_release_can_be_changed() -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    for at in range(0, len(text) - 1, 7):
        changed = "A" if text[at] != "A" else "B"
        with pytest.raises(IntegrityError):
            read_release(text[:at] + changed + text[at + 1 :], TRUSTING, source="r.json")


@pytest.mark.parametrize("length", [0, 1, 100, -2])
def test_a_truncated_release_is_refused(length: int) -> None:
    text = sign_release(RELEASE, DEPLOYER, TRUSTING)
    with pytest.raises(IntegrityError, match=r"^r\.json: "):
        read_release(text[:length], TRUSTING, source="r.json")


Body = dict[str, object]
FLAWS: Mapping[str, tuple[Callable[[Body], object], str]] = {
    "unknown version": (
        lambda b: b.update(_type="https://schoolgate.example/release/v2"),
        "_type: is not https://schoolgate.example/release/v1; update Schoolgate",
    ),
    "unknown field": (
        lambda b: b.update(extra=1),
        "holds a field that this version does not know; update Schoolgate",
    ),
    "no files": (
        lambda b: b.update(files=[]),
        "release: files: lists none; build the site first; sign a new one",
    ),
    "no number": (lambda b: b.pop("number"), "number: is missing; restore the file from a copy"),
    "a number of nought": (
        lambda b: b.update(number=0),
        "release: number: must count from 1, and the first has nothing before it; sign a new one",
    ),
    "a second without a first": (
        lambda b: b.update(number=2),
        "release: number: must count from 1, and the first has nothing before it; sign a new one",
    ),
    "a time in words": (
        lambda b: b.update(issuedAt="today"),
        "issuedAt: is not written as it must be",
    ),
    "a day that is none": (
        lambda b: b.update(issuedAt="2026-02-30T00:00:00Z"),
        "issuedAt: is not a date and time",
    ),
    "a file of two parts": (
        lambda b: b.update(files=[["a", X]]),
        "files 1: must be a path, a digest and a size",
    ),
    "a head of one part": (
        lambda b: b.update(rests={**b["rests"], "trust": [1]}),  # type: ignore[dict-item]
        "rests.trust: must be a number and a digest",
    ),
    "files not in order": (
        lambda b: b.update(files=[["b", X, 1], ["a", X, 1]]),
        "is not in canonical form; restore the file from a copy",
    ),
    "a path with a backslash": (
        lambda b: b.update(files=[["a\\b", X, 1]]),
        "files 1 1: is not written as it must be",
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_release_of_another_form_is_refused(flaw: str) -> None:
    change, trouble = FLAWS[flaw]
    body = json.loads(RELEASE.to_payload())
    change(body)
    with pytest.raises(IntegrityError) as error:
        Release.from_payload(canonical(body), source="r.json")
    assert str(error.value) == f"r.json: {trouble}"


@pytest.mark.parametrize("path", ["../x", "a/../b", "a//b", "/a", "a/", ".", "a\nb", "C:/x", ""])
def test_a_path_outside_the_site_is_no_file_of_a_release(path: str) -> None:
    with pytest.raises(UsageError) as error:
        replace(RELEASE, files=(AssetRef(path, X, 1),))
    assert str(error.value) == "release: files: names a file outside the site"


@pytest.mark.parametrize("twin", ["index.html", "Index.HTML", "\uff49ndex.html"])
def test_a_path_stands_once_in_any_spelling(twin: str) -> None:
    with pytest.raises(UsageError) as error:
        replace(RELEASE, files=(AssetRef("index.html", X, 1), AssetRef(twin, X, 2)))
    assert str(error.value) == "release: files: names a file twice, perhaps in another spelling"


@pytest.mark.parametrize(
    "time",
    [NOW.replace(tzinfo=None), NOW.replace(microsecond=1), NOW.astimezone().replace(microsecond=5)],
)
def test_a_time_is_in_utc_and_whole_seconds(time: datetime) -> None:
    with pytest.raises(UsageError) as error:
        replace(RELEASE, issued_at=time)
    assert str(error.value) == "release: issuedAt: must be in UTC and whole seconds"


def test_the_digest_of_a_list_does_not_hang_on_its_order() -> None:
    one, two = AssetRef("a", X, 1), AssetRef("b", X, 2)
    assert list_digest((one, two)) == list_digest((two, one)) != list_digest((one,))
    swapped = (AssetRef("a", X, 2), AssetRef("b", X, 1))
    assert list_digest((one, two)) != list_digest(swapped)


def test_a_release_seals_the_one_before(tmp_path: Path) -> None:
    second = replace(
        RELEASE, number=2, prev=RELEASE.digest, issued_at=NOW.astimezone(UTC) + timedelta(hours=1)
    )
    text = sign_release(second, DEPLOYER, TRUSTING)
    assert read_release(text, TRUSTING, source="r.json").prev == RELEASE.digest
