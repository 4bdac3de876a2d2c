"""Invented submissions and events for the tests of queues."""

from datetime import UTC, datetime

from moderation.model import (
    AssetRef,
    Event,
    ReviewState,
    ReviewStatus,
    Waiver,
    digest_of,
    submission_digest,
)
from moderation.review.identity import submission_id

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)


def state(page: str = "index.md", text: str = "one") -> ReviewState:
    """Return a submission that nobody saved yet."""
    assets = (
        AssetRef(page, digest_of(text.encode()), len(text)),
        AssetRef("photos/a.jpg", digest_of(b"picture"), 7),
    )
    return ReviewState(
        id=submission_id(submission_digest(page, assets)),
        page=page,
        assets=assets,
        publisher="p-1",
        editors=frozenset({"p-1", "p-2"}),
        status=ReviewStatus.SUBMITTED,
        submitted_at=NOW,
        outcome="review",
    )


def event(of: ReviewState, act: str = "submit", detail: str = "") -> Event:
    """Return what is logged of an act."""
    return Event(at=NOW, actor="p-1", act=act, submission=of.id, digest=of.digest, detail=detail)


def waiver(fingerprint: str, reason: str) -> Waiver:
    """Return a waiver."""
    return Waiver(fingerprint=fingerprint, rule="abusive-word", by="m-1", reason=reason, at=NOW)
