"""Ordered words: how much harm, how sure, and what may happen next."""

from enum import StrEnum
from functools import cached_property


class Level(StrEnum):
    """A word with a rank: members compare by the order they are declared in.

    A member equals its own word, so ``severity == "block"`` holds.
    """

    @cached_property
    def rank(self) -> int:
        """Count from nought in the order of declaration."""
        return list(type(self)).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


class Severity(Level):
    """How much harm publishing would do."""

    NOTE = "note"
    REVIEW = "review"
    BLOCK = "block"


class Confidence(Level):
    """How sure the check is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Outcome(Level):
    """What may happen to a submission next; the worst outcome wins."""

    PASS = "pass"  # noqa: S105 - the opposite of block, not a secret
    REVIEW = "review"
    BLOCK = "block"
