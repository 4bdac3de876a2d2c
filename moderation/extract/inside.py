"""Files that lie inside other files: how deep, how many and how large they may be."""

from dataclasses import dataclass, field

from moderation.model import ExtractionError

MAX_DEPTH = 3
"""A file inside a file inside a file inside the file that was handed in."""
MAX_FILES = 2_000
MAX_BYTES = 100_000_000


@dataclass(slots=True)
class _Spent:
    """What all files inside one file come to."""

    files: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
    """Where a file lies: nought deep is the file that was handed in."""

    depth: int = 0
    _spent: _Spent = field(default_factory=_Spent)

    def enter(self, size: int) -> "Inside":
        """Return the place of a file of *size* bytes inside this one.

        Raises:
            ExtractionError: it lies too deep, or there is too much of it

        """
        self._spent.files += 1
        self._spent.size += size
        if self.depth >= MAX_DEPTH:
            raise ExtractionError(
                f"holds files inside files more than {MAX_DEPTH} deep; hand them in one by one"
            )
        if self._spent.files > MAX_FILES or self._spent.size > MAX_BYTES:
            raise ExtractionError(
                f"holds more than {MAX_FILES:,} other files or {MAX_BYTES:,} bytes of them; "
                "hand them in one by one"
            )
        return Inside(self.depth + 1, self._spent)
