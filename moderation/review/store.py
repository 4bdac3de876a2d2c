"""The seams to what keeps submissions: files by digest, states and events in a queue."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Protocol

from moderation.model import (
    OPEN,
    ConflictError,
    Event,
    ReviewState,
    ReviewStatus,
    SubmissionId,
    UsageError,
)

Change = tuple[ReviewState, int, Event]
"""A state to save, the revision it was read at (0: must not be there yet), and what was done."""

PENDING = OPEN | {ReviewStatus.RETURNED}
"""Not decided yet; of one page at most one submission is pending."""


class QueueStore(Protocol):
    """Where the states and the event log live.

    A state is saved only over the revision it was read at, in one transaction with the event that
    changed it; the event joins the hash chain of the log. Of one page at most one submission is
    pending.
    """

    def load(self, submission: SubmissionId, /) -> ReviewState:
        """Return the state of one submission.

        Raises:
            UsageError: there is none
            IntegrityError: its files are not those that were handed in

        """

    def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
        """Save one state and its event; return it with its new revision.

        Args:
            state: what to save
            expected: the revision that was read; 0 for a submission that must not be there yet
            event: what was done

        Raises:
            ConflictError: somebody else changed it first

        """

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        """Save several states, all or none, in order.

        Raises:
            ConflictError: somebody else changed one of them first

        """

    def states(self, *statuses: ReviewStatus, page: str | None = None) -> tuple[ReviewState, ...]:
        """Return the states with one of these statuses (any, if none given), oldest first.

        Args:
            statuses: which
            page: only submissions of the page at this path

        """

    def record(self, event: Event) -> None:
        """Log what was done without changing a state."""

    def events(self) -> Iterator[tuple[Event, str]]:
        """Yield every event, oldest first, with its link of the hash chain."""


class BlobStore(Protocol):
    """Where the bytes live, by digest."""

    def put(self, data: bytes) -> str:
        """Keep *data* and return its SHA-256 in hexadecimal; keeping it twice is no harm."""

    def get(self, digest: str) -> bytes:
        """Return the bytes of *digest*.

        Raises:
            IntegrityError: they are missing, or are not what was kept

        """


def in_utc(event: Event) -> Event:
    """Return *event* with its time in UTC, so that it has one link whatever zone it came from."""
    return replace(event, at=event.at.astimezone(UTC))


def not_in_queue(submission: str) -> UsageError:
    """Make the error for an unknown id."""
    return UsageError(f"{submission}: is not in the queue; schoolgate queue lists what is")


def changed_meanwhile(submission: str) -> ConflictError:
    """Make the error for a lost race."""
    return ConflictError(
        f"{submission}: somebody else changed it, or its page, at the same moment; nothing was"
        " saved; look at it again and retry"
    )
