"""The seam between what to run and how to run it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Anything that can map a picklable function over work."""

    @property
    def is_here(self) -> bool:
        """Whether the work is done in this process."""
        ...

    def map(
        self, function: Callable[[T], R], work: Iterable[T], /, *, lost: Callable[[T], R]
    ) -> Iterator[R]:
        """Apply *function* to each item, in order.

        Args:
            function: picklable
            work: picklable items
            lost: gives the result of an item whose process died, so that it is never silence

        """
        ...
