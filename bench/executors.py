"""What handing work to other processes costs: short items, and files that are read confined."""

import random
import sys
import time
from collections.abc import Callable, Iterable

from bench.repair_files import MAKERS
from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.pipeline.confined import tasks
from moderation.pipeline.confined.reader import Reader
from moderation.pipeline.executors import Executor, Serial
from moderation.pipeline.executors.pool import Pool
from moderation.policy import default_policy

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
    _confined()
    return 0


def _confined() -> None:
    """Read small pictures here and in a confined process, in turns."""
    rng, limits, reader = random.Random(1), default_policy().limits, Reader()
    made = (MAKERS["JPEG"](rng).data for _ in range(600))
    pictures = [data for data in made if _is_sound(data)]
    begin = time.perf_counter()
    reader.call(tasks.read, "a.jpg", pictures[0], limits, False, ())
    started = time.perf_counter() - begin
    extract("a.jpg", pictures[0], limits)
    here = there = 9e9
    for _ in range(3):
        begin = time.perf_counter()
        for data in pictures:
            extract("a.jpg", data, limits)
        between = time.perf_counter()
        for data in pictures:
            reader.call(tasks.read, "a.jpg", data, limits, False, ())
        here = min(here, between - begin)
        there = min(there, time.perf_counter() - between)
    reader.close()
    print(f"{'a small JPEG, here':28} {here / len(pictures) * 1e6:8.1f} us")
    print(f"{'a small JPEG, confined':28} {there / len(pictures) * 1e6:8.1f} us")
    print(
        f"{'the first one, confined':28} {started * 1e6:8.1f} us, the start of its process with it"
    )


def _is_sound(data: bytes) -> bool:
    """Leave out those in which a stray extension of XMP was planted, which are refused."""
    try:
        extract("a.jpg", data)
    except ExtractionError:
        return False
    return True


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
