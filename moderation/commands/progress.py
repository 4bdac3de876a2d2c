"""Progress for whoever waits at a terminal; nothing anywhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from moderation.pipeline.executors import Executor

T = TypeVar("T")
R = TypeVar("R")

_FEW = 20
"""Files that are checked before anybody would ask how long it takes."""


class Watched:
    """An executor that tells how far it is."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    @property
    def is_here(self) -> bool:
        """Whether the work is done in this process."""
        return self._inner.is_here

    def map(
        self, function: Callable[[T], R], work: Iterable[T], /, *, lost: Callable[[T], R]
    ) -> Iterator[R]:
        """Apply *function* to each item, in order, with a bar on a terminal."""
        items = list(work)
        results = self._inner.map(function, items, lost=lost)
        if len(items) < _FEW or not sys.stderr.isatty():
            yield from results
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        yield from track(results, "checking", total=len(items), console=console, transient=True)


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Show that something is under way, on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield
