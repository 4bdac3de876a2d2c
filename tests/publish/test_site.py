"""What a site's repository says: verified, or an error that says what to do."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.attest import Decision
from moderation.model import (
    AssetRef,
    ExtractionError,
    IntegrityError,
    PolicyError,
    SchoolgateError,
    UsageError,
    digest_of,
)
from moderation.policy import load_policy
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.site import examine, load_site
from tests.publish.school import (
    FAIR,
    HOME,
    NOW,
    OLD,
    PHOTO,
    TRUST,
    School,
    make_school,
)

LOOSER = '[approval.statutory]\nroles = ["head", "executive", "moderator"]\ncount = 1\n'
links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@pytest.fixture
def school(tmp_path: Path) -> School:
    return make_school(tmp_path / "oak")


def admitted(path: str, data: str | bytes) -> AssetRef:
    raw = data.encode() if isinstance(data, str) else data
    return AssetRef(path, digest_of(raw), len(raw))


BUILT = (
    admitted("index.md", HOME),
    admitted("news/fair.md", FAIR),
    admitted("photos/fair.jpg", PHOTO),
)
DOWN = Refusal("news/old.md", "was taken down on 2026-11-20")


def test_a_site_is_read_and_every_file_answered_for(school: School) -> None:
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    assert (site.content, site.trust, len(site.statements)) == (
        school.root / "content",
        TRUST,
        4,
    )
    assert manifest == Manifest(admitted=BUILT, refused=(DOWN,))
    assert [asset.path for asset in files.content] == [
        "index.md",
        "news/fair.md",
        "news/old.md",
        "photos/fair.jpg",
    ]
    assert files.theme[0].data == b'{% extends "base.html" %}\n'
    assert files.formerly == {"index.md", "news/fair.md", "photos/fair.jpg", "news/old.md"}
    assert OLD.encode() in {asset.data for asset in files.content}


def test_what_was_taken_down_stays_known_when_it_is_deleted(school: School) -> None:
    (school.root / "content/news/old.md").unlink()
    files, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    assert manifest == Manifest(admitted=BUILT)
    assert "news/old.md" in files.formerly


@links
def test_a_link_in_the_content_is_refused_with_the_reason(school: School) -> None:
    (school.root / "content/news/link.md").symlink_to(school.root / "content/index.md")
    _, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    (link,) = (each for each in manifest.refused if each != DOWN)
    assert link.path == "news/link.md"
    assert "link" in link.reason
    assert not link.reason.startswith("news/link.md")


def test_the_log_may_be_empty(tmp_path: Path) -> None:
    school = School(tmp_path)
    school.trust()
    school.write("index.md", HOME)
    assert load_site(tmp_path, now=NOW).statements == ()


def test_a_policy_that_the_head_signed_may_be_looser(school: School) -> None:
    policy = load_policy(LOOSER)
    school.put(".schoolgate/policy.toml", LOOSER)
    school.trust(TRUST.with_policy(policy.digest))
    assert load_site(school.root, now=NOW).policy == policy


def test_a_policy_other_than_the_signed_one_is_refused_also_where_it_is_stricter(
    school: School,
) -> None:
    school.trust(TRUST.with_policy(load_policy(LOOSER).digest))
    school.put(".schoolgate/policy.toml", "[limits]\napproval_days = 1\n")
    with pytest.raises(IntegrityError, match=r"^\.schoolgate/policy\.toml: is not the one that"):
        load_site(school.root, now=NOW)


def test_a_stricter_policy_needs_no_signature(school: School) -> None:
    school.put(".schoolgate/policy.toml", "[limits]\napproval_days = 1\n")
    _, manifest = examine(load_site(school.root, now=NOW + timedelta(days=1)), now=NOW)
    assert manifest.admitted == BUILT
    _, manifest = examine(load_site(school.root, now=NOW), now=NOW + timedelta(days=1))
    assert manifest.admitted == ()


STATE = {
    "a looser policy": (
        ".schoolgate/policy.toml",
        LOOSER.encode(),
        IntegrityError,
        ".schoolgate/policy.toml: is looser than the defaults in approval.statutory; make it "
        "stricter, or have the head sign it (schoolgate policy sign)",
    ),
    "a policy of other letters": (
        ".schoolgate/policy.toml",
        b"# \xff\n",
        IntegrityError,
        ".schoolgate/policy.toml: byte 3 is not UTF-8; restore it from a copy",
    ),
    "a damaged approval": (
        ".schoolgate/approvals/000002.json",
        b"{}",
        IntegrityError,
        ".schoolgate/approvals/000002.json: signatures: is missing; restore the file from a copy",
    ),
    "an approval that is not in the row": (
        ".schoolgate/approvals/000007.json",
        b"{}",
        IntegrityError,
        None,
    ),
    "an unsigned trust file": (
        ".schoolgate/trust.json",
        b"{}",
        IntegrityError,
        ".schoolgate/trust.json: signatures: is missing; restore the file from a copy",
    ),
    "a setting that runs programs": (
        "mkdocs.yml",
        b"hooks: [x.py]\n",
        PolicyError,
        "mkdocs.yml: hooks: runs programs during the build; remove it",
    ),
}


@pytest.mark.parametrize(("path", "data", "kind", "trouble"), STATE.values(), ids=STATE)
def test_a_state_that_is_refused(
    school: School, path: str, data: bytes, kind: type[SchoolgateError], trouble: str | None
) -> None:
    school.put(path, data)
    with pytest.raises(kind) as error:
        examine(load_site(school.root, now=NOW), now=NOW)
    assert trouble in (None, str(error.value))


MISSING = {
    ".schoolgate/trust.json": (
        IntegrityError,
        ".schoolgate/trust.json: is missing; restore it from git, or use schoolgate init",
    ),
    "mkdocs.yml": (
        ExtractionError,
        "mkdocs.yml: does not exist; add the file or correct the name",
    ),
    "theme/main.html": (UsageError, None),
    ".schoolgate/approvals/000001.json": (IntegrityError, None),
}


@pytest.mark.parametrize(("path", "expected"), MISSING.items(), ids=MISSING)
def test_a_missing_part(
    school: School, path: str, expected: tuple[type[SchoolgateError], str | None]
) -> None:
    (school.root / path).unlink()
    if path.startswith("theme"):
        (school.root / "theme").rmdir()
    with pytest.raises(expected[0]) as error:
        examine(load_site(school.root, now=NOW), now=NOW)
    assert expected[1] in (None, str(error.value))


@links
def test_a_content_folder_that_is_a_link_is_refused(school: School) -> None:
    (school.root / "content").rename(school.root / "elsewhere")
    (school.root / "content").symlink_to(school.root / "elsewhere")
    with pytest.raises(UsageError) as error:
        load_site(school.root, now=NOW)
    assert str(error.value) == ("content: is not a folder; put the pages there, not a link to them")


@links
def test_a_theme_with_a_link_in_it_is_refused(school: School) -> None:
    (school.root / "theme/x.html").symlink_to(school.root / "mkdocs.yml")
    with pytest.raises(UsageError) as error:
        examine(load_site(school.root, now=NOW), now=NOW)
    assert str(error.value).startswith("theme: x.html: ")


def test_a_trust_file_that_expired_is_refused(school: School) -> None:
    with pytest.raises(IntegrityError, match=r"^\.schoolgate/trust\.json: expired on 2027-11-01"):
        load_site(school.root, now=NOW + timedelta(days=400))


def test_an_approval_by_somebody_suspended_since_counts_no_more(school: School) -> None:
    school.trust(TRUST.suspended("m-1"))
    _, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    assert manifest.admitted == ()


def test_a_page_approved_again_is_back(school: School) -> None:
    site = load_site(school.root, now=NOW)
    school.sign(school.write("news/old.md", OLD))
    later = load_site(school.root, now=NOW)
    assert examine(site, now=NOW)[1].refused == (DOWN,)
    assert examine(later, now=NOW)[1].refused == ()
    assert later.statements[-1].decision is Decision.APPROVE
    assert replace(later, statements=site.statements) == site
