"""The human look: where a submission stands and who did what to it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from moderation.model.asset import AssetRef, submission_digest

SubmissionId = NewType("SubmissionId", str)


class ReviewStatus(StrEnum):
    """Where a submission stands."""

    SUBMITTED = "submitted"
    CLAIMED = "claimed"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    APPROVED = "approved"
    TAKEN_DOWN = "taken-down"


OPEN = frozenset({ReviewStatus.SUBMITTED, ReviewStatus.CLAIMED})
"""Waiting for a moderator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An accepted finding: who accepted it and why."""

    fingerprint: str
    rule: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandIn:
    """The publisher's signature over the files that they handed in.

    Args:
        keyid: id of their key, 64 characters of hexadecimal
        signature: its 64 bytes
        after: number of the last decision in the log when they handed in; signed with the files

    """

    keyid: str
    signature: bytes = field(repr=False)
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """Everything the queue knows of one submission.

    *editors* is everybody who handed in these bytes or any version they replace; none of them may
    approve. *handed_in* is the *publisher*'s signature over these files; None where the queue was
    filled before there was one. *revision* counts the changes of this row, for the optimistic lock.
    """

    id: SubmissionId
    page: str
    assets: tuple[AssetRef, ...]
    publisher: str
    editors: frozenset[str]
    status: ReviewStatus
    submitted_at: datetime
    outcome: str
    claimed_by: str = ""
    waivers: tuple[Waiver, ...] = ()
    approved_by: tuple[str, ...] = ()
    reason: str = ""
    supersedes: str = ""
    handed_in: HandIn | None = None
    revision: int = 0

    @property
    def digest(self) -> str:
        """The digest that an approval must quote."""
        return submission_digest(self.page, self.assets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the append-only log: opaque ids and digests only, no free text."""

    at: datetime
    actor: str
    act: str
    submission: str
    digest: str
    detail: str = ""
