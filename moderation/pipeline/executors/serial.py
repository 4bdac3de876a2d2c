"""In this process, in order."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Serial:
    """The default for a few files, and what tests use."""

    is_here = True

    def map(
        self,
        function: Callable[[T], R],
        work: Iterable[T],
        /,
        *,
        lost: Callable[[T], R],
    ) -> Iterator[R]:
        """Apply *function* lazily."""
        return map(function, work)
