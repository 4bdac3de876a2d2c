"""A submission is known by its bytes."""

from datetime import UTC, datetime

import pytest

from moderation.model import (
    Asset,
    AssetRef,
    Person,
    ReviewState,
    ReviewStatus,
    Role,
    Submission,
    SubmissionId,
    digest_of,
)

PAGE, PHOTO = Asset("news/a.md", b"page"), Asset("photos/a.jpg", b"photo")


def test_an_asset_is_known_by_its_digest_and_does_not_print_its_bytes() -> None:
    assert PAGE.digest == digest_of(b"page")
    assert "page'" not in repr(PAGE).replace("news/a.md", "")


def test_the_digest_does_not_depend_on_the_order_of_files() -> None:
    one = Submission(page="news/a.md", assets=(PAGE, PHOTO))
    other = Submission(page="news/a.md", assets=(PHOTO, PAGE))
    assert one.digest == other.digest
    assert one.refs == (
        AssetRef("news/a.md", digest_of(b"page"), 4),
        AssetRef("photos/a.jpg", digest_of(b"photo"), 5),
    )


@pytest.mark.parametrize(
    "changed",
    [
        Submission(page="news/b.md", assets=(PAGE, PHOTO)),
        Submission(page="news/a.md", assets=(PAGE,)),
        Submission(page="news/a.md", assets=(Asset("news/a.md", b"pagE"), PHOTO)),
        Submission(page="news/a.md", assets=(PAGE, Asset("photos/b.jpg", b"photo"))),
    ],
)
def test_any_change_changes_the_digest(changed: Submission) -> None:
    assert changed.digest != Submission(page="news/a.md", assets=(PAGE, PHOTO)).digest


def test_a_review_quotes_the_digest_of_its_submission() -> None:
    submission = Submission(page="news/a.md", assets=(PAGE, PHOTO))
    state = ReviewState(
        id=SubmissionId("s-1"),
        page=submission.page,
        assets=submission.refs,
        publisher="S-01",
        editors=frozenset({"S-01"}),
        status=ReviewStatus.SUBMITTED,
        submitted_at=datetime(2026, 11, 21, tzinfo=UTC),
        outcome="pass",
    )
    assert state.digest == submission.digest


def test_a_person_plays_parts() -> None:
    head = Person("S-01", frozenset({Role.HEAD, Role.PUBLISHER}))
    assert head.has(Role.HEAD, Role.AUDITOR)
    assert not head.has(Role.AUDITOR)
