"""Faults: every act killed, refused by the disk and cut off from power, wherever it writes.

Prints how many faults were tried, how many really happened, and after how many of them something
was lost or the same command did not finish the work. Two processes share the work, each with a rig
of its own; together they take about twenty minutes on two cores. ``tests/faults`` tries a part of
the same. A whole build is disturbed at some places only, because it takes seconds; the last step of
it, ``place``, is all that touches the site, and is disturbed everywhere.

    python -m bench.faults [acts, such as: submit place]
"""

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TypeVar

from tests.faults.disk import losses
from tests.faults.ground import quick_disk, strace_works
from tests.faults.happening import Act, Fault, Trial
from tests.faults.judging import ACTS, complaints
from tests.faults.rig import Rig

PROCESSES = 2
_OF_A_BUILD = 60
"""So many of the faults of each kind are tried on a whole build, spread evenly."""

_ALL = ("takedown", "submit", "approve", "build", "place")
_SHOWN = 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What one process found of one act and one kind of fault."""

    what: str
    tried: int
    happened: int
    lost: int
    wrong: tuple[str, ...]
    seconds: float


def main() -> int:
    """Print the figures; return 1 where something was lost, or a fault never happened."""
    if not strace_works():
        print("strace is not here, or may not watch; nothing was tried")
        return 0
    acts = tuple(word for word in sys.argv[1:] if word in (*ACTS, "build")) or _ALL
    kinds = multiprocessing.get_context("spawn")
    found: Queue[_Row] = kinds.Queue()
    crowd = [
        kinds.Process(target=_share, args=(acts, number, found), daemon=True)
        for number in range(PROCESSES)
    ]
    for process in crowd:
        process.start()
    failed = sum(_told(rows) for rows in _gathered(found, crowd, 3 * len(acts)))
    for process in crowd:
        process.join()
    return int(failed > 0)


def _gathered(
    found: "Queue[_Row]", crowd: Sequence[multiprocessing.process.BaseProcess], number: int
) -> Iterator[list[_Row]]:
    """Yield what all processes found of each act and kind, once the last has told of it."""
    open_: dict[str, list[_Row]] = {}
    while number:
        while found.empty() and all(process.is_alive() for process in crowd):
            time.sleep(0.5)
        if found.empty() and any(process.exitcode for process in crowd):
            raise RuntimeError("a process ended before its work was done")
        row = found.get()
        rows = open_.setdefault(row.what, [])
        rows.append(row)
        if len(rows) == len(crowd):
            number -= 1
            yield rows


def _told(rows: Sequence[_Row]) -> bool:
    """Print one line for an act and a kind, and the first that does not hold."""
    tried, happened = sum(row.tried for row in rows), sum(row.happened for row in rows)
    lost, wrong = sum(row.lost for row in rows), [line for row in rows for line in row.wrong]
    print(
        f"{rows[0].what:24} {tried:6,} tried {happened:6,} happened {lost:4} violations "
        f"{max(row.seconds for row in rows):7.0f} s"
    )
    print("".join(f"    {line}\n" for line in wrong[:_SHOWN]), end="", flush=True)
    return bool(wrong) or not tried


def _share(acts: Sequence[str], number: int, found: "Queue[_Row]") -> None:
    """Try every so many-th fault of each act."""
    with tempfile.TemporaryDirectory(prefix="faults-", dir=quick_disk()) as folder:
        rig = Rig(Path(folder))
        try:
            rig.prepare()
            for name in acts:
                for row in _tried(rig, rig.acts[name], number):
                    found.put(row)
        finally:
            rig.close()


def _tried(rig: Rig, act: Act, number: int) -> Iterator[_Row]:
    kills = _mine(_ours(rig.kills(act), act), act, number)
    yield _row(f"{act.name}, killed", kills, lambda fault: rig.trial(act, fault))
    errors = _mine(_ours(rig.errors(act), act), act, number)
    yield _row(f"{act.name}, refused", errors, lambda fault: rig.trial(act, fault))
    recording = rig.record(act)
    cuts = _mine(list(losses(recording)), act, number)
    yield _row(f"{act.name}, power lost", cuts, lambda cut: rig.cut(act, recording, cut))


def _mine(faults: list[T], act: Act, number: int) -> list[T]:
    """Return the share of this process; of a whole build, of some spread evenly."""
    every = 1 if act.name in ACTS else max(1, len(faults) // _OF_A_BUILD)
    return faults[::every][number::PROCESSES]


def _ours(faults: list[Fault], act: Act) -> list[Fault]:
    """Leave out what MkDocs writes to its scratch folder, another number of times in every run."""
    theirs = ("write", "mkdir", "sendfile", "unlinkat", "openat")
    return [each for each in faults if act.name in ACTS or each.call not in theirs]


def _row(what: str, faults: Sequence[T], attempt: Callable[[T], Trial]) -> _Row:
    began = time.monotonic()
    trials = [attempt(each) for each in faults]
    return _Row(
        what=what,
        tried=len(trials),
        happened=sum(trial.fired for trial in trials),
        lost=sum(bool(trial.flaws) for trial in trials),
        wrong=tuple(complaints(trials)) if trials else (),
        seconds=time.monotonic() - began,
    )


if __name__ == "__main__":
    sys.exit(main())
