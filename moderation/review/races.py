"""What to do when somebody else was quicker: look again, and try again."""

from collections.abc import Callable
from typing import TypeVar

from moderation.model import ConflictError

T = TypeVar("T")

TRIES = 5
"""More than the moderators of a school who press the same key at the same moment."""


MANY = 100
"""Tries of an act that only a race can stop: a class that hands in the same page at once."""


def retried(act: Callable[[], T], *, tries: int = TRIES) -> T:
    """Do *act*, again from its beginning when it lost a race.

    *act* must read afresh everything that it rests on, and decide afresh whether it is allowed.

    Raises:
        ConflictError: it lost every time, or waits for a person rather than for a moment

    """
    for _ in range(tries - 1):
        try:
            return act()
        except ConflictError:
            continue
    return act()
