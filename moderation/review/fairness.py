"""In which order what waits is looked at: everybody's first page before anybody's second."""

from collections import Counter
from collections.abc import Iterable

from moderation.model import ReviewState


def in_turns(states: Iterable[ReviewState]) -> tuple[ReviewState, ...]:
    """Order what waits so that nobody who hands in much keeps the others waiting.

    Each publisher's submissions stay in the order in which they came; the first of each comes
    before the second of any, and so on.

    Args:
        states: what waits, in any order

    """
    turns: Counter[str] = Counter()
    placed: list[tuple[int, ReviewState]] = []
    for state in sorted(states, key=_age):
        placed.append((turns[state.publisher], state))
        turns[state.publisher] += 1
    return tuple(state for _, state in sorted(placed, key=lambda each: each[0]))


def _age(state: ReviewState) -> tuple[float, str]:
    return state.submitted_at.timestamp(), state.id
