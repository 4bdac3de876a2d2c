"""What the event log says of an act: ids and digests, never a reason, a name or a path."""

from datetime import UTC, datetime

from moderation.model import Event, Person, ReviewState
from moderation.review.store import QueueStore


def event_of(
    state: ReviewState, act: str, *, actor: Person, now: datetime, detail: str = ""
) -> Event:
    """Describe *act* on *state*.

    Args:
        state: the submission
        act: one word
        actor: who did it
        now: aware time
        detail: an id or digest, where one belongs to the act

    """
    return Event(
        at=now.astimezone(UTC),
        actor=actor.id,
        act=act,
        submission=state.id,
        digest=state.digest,
        detail=detail,
    )


def is_told(queue: QueueStore, act: str, entry: str) -> bool:
    """Say whether the event log knows of *act* as number *entry* of the signed log."""
    return any((event.act, event.detail) == (act, entry) for event, _ in queue.events())
