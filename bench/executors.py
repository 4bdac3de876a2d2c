"""What spreading work over processes costs for an item of 50 microseconds, in one run."""

import sys
import time
from collections.abc import Callable, Iterable

from moderation.pipeline.executors import Executor, Serial
from moderation.pipeline.executors.pool import Pool

ITEMS = 20_000
_WORK = 50e-6


def main() -> int:
    """Print microseconds an item, the work itself taken off."""
    rows: tuple[tuple[str, Executor], ...] = (
        ("serial", Serial()),
        ("pool of 2, batches of 500", Pool(2)),
        ("pool of 2, one by one", Pool(2, batch=1)),
    )
    for name, executor in rows:
        items = ITEMS if "one by one" not in name else ITEMS // 10
        seconds = _seconds(executor, range(items))
        print(f"{name:28} {seconds / items * 1e6:8.1f} us an item of 50 us of work")
    return 0


def _seconds(executor: Executor, items: Iterable[int]) -> float:
    begin = time.perf_counter()
    for _ in executor.map(work, items, lost=_same):
        pass
    return time.perf_counter() - begin


def work(item: int) -> int:
    """Be busy for 50 microseconds."""
    end = time.perf_counter() + _WORK
    while time.perf_counter() < end:
        pass
    return item


_same: Callable[[int], int] = abs

if __name__ == "__main__":
    sys.exit(main())
