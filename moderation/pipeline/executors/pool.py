"""A pool of processes on this machine that outlives the death of a worker."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Pool:
    """Batches over processes; what a dying worker took with it is run again, one by one.

    Batches make a pool pay: handing items over one by one costs more than short work itself
    (``python -m bench executors`` prints both).
    """

    is_here = False

    def __init__(self, processes: int, *, batch: int = 500) -> None:
        self._processes = processes
        self._batch = batch

    def map(
        self, function: Callable[[T], R], work: Iterable[T], /, *, lost: Callable[[T], R]
    ) -> Iterator[R]:
        """Apply *function* to each item, in order; *lost* stands for one that killed its worker."""
        items = list(work)
        size = max(1, min(self._batch, len(items) // (self._processes * 4)))
        batches = [items[at : at + size] for at in range(0, len(items), size)]
        for batch, results in zip(batches, self._first(function, batches), strict=True):
            yield from self._again(function, batch, lost) if results is None else results

    def _first(
        self, function: Callable[[T], R], batches: Sequence[list[T]]
    ) -> list[list[R] | None]:
        """Run every batch; None stands for one that was lost when the pool broke."""
        results: list[list[R] | None] = [None] * len(batches)
        with _pool(self._processes) as pool:
            try:
                futures = [pool.submit(_apply, function, batch) for batch in batches]
            except BrokenProcessPool:
                return results
            for number, future in enumerate(futures):
                try:
                    results[number] = future.result()
                except BrokenProcessPool:
                    continue
        return results

    @staticmethod
    def _again(
        function: Callable[[T], R], items: Sequence[T], lost: Callable[[T], R]
    ) -> Iterator[R]:
        """Run items with a worker to themselves, so that the guilty one is known."""
        waiting = list(items)
        while waiting:
            with _pool(1) as pool:
                while waiting:
                    item = waiting.pop(0)
                    try:
                        yield pool.submit(function, item).result()
                    except BrokenProcessPool:
                        yield lost(item)
                        break


def _pool(processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: forking a process that has threads can hang.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _apply(function: Callable[[T], R], items: list[T]) -> list[R]:
    return [function(item) for item in items]
