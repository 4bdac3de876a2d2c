"""Stores that live as long as the process: for tests, and for callers of the Python interface."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from moderation.attest.chain import chain
from moderation.model import (
    Event,
    IntegrityError,
    ReviewState,
    ReviewStatus,
    SubmissionId,
    digest_of,
)
from moderation.review.identity import require_identity
from moderation.review.store import PENDING, Change, changed_meanwhile, in_utc, not_in_queue


class MemoryQueueStore:
    """A queue in a dictionary."""

    def __init__(self) -> None:
        self._states: dict[str, ReviewState] = {}
        self._events: list[tuple[Event, str]] = []

    def load(self, submission: SubmissionId, /) -> ReviewState:
        """Return the state of one submission."""
        if submission not in self._states:
            raise not_in_queue(submission)
        return self._states[submission]

    def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
        """Save one state and its event."""
        return self.save_all([(state, expected, event)])[0]

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        """Save several states, all or none."""
        states = dict(self._states)
        saved = tuple(_put(states, state, expected) for state, expected, _ in changes)
        self._states = states
        for _, _, event in changes:
            self.record(event)
        return saved

    def states(self, *statuses: ReviewStatus, page: str | None = None) -> tuple[ReviewState, ...]:
        """Return the states with one of these statuses, oldest first."""
        chosen = (
            state
            for state in self._states.values()
            if state.status in (statuses or ReviewStatus) and page in (None, state.page)
        )
        return tuple(sorted(chosen, key=lambda state: (state.submitted_at, state.id)))

    def record(self, event: Event) -> None:
        """Log what was done without changing a state."""
        event = in_utc(event)
        previous = self._events[-1][1] if self._events else ""
        self._events.append((event, chain(previous, event)))

    def events(self) -> Iterator[tuple[Event, str]]:
        """Yield every event with its link of the hash chain."""
        yield from tuple(self._events)


class MemoryBlobStore:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        """Keep *data* and return its digest."""
        digest = digest_of(data)
        self._blobs[digest] = data
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of *digest*."""
        if digest not in self._blobs:
            raise IntegrityError(
                f"stored file {digest[:12]}: is not there; hand in the page again with its files"
            )
        return self._blobs[digest]


def _put(states: dict[str, ReviewState], state: ReviewState, expected: int) -> ReviewState:
    require_identity(state)
    present = states.get(state.id)
    if (present.revision if present else 0) != expected:
        raise changed_meanwhile(state.id)
    others = (s for s in states.values() if s.page == state.page and s.id != state.id)
    if state.status in PENDING and any(other.status in PENDING for other in others):
        raise changed_meanwhile(state.id)
    saved = replace(state, revision=expected + 1)
    states[state.id] = saved
    return saved
