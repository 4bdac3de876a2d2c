"""Faults: every act killed, refused by the disk and cut off from power, wherever it writes.

Prints how many faults were tried, how many really happened, and after how many of them something
was lost or the same command did not finish the work. It takes an hour; ``tests/faults`` tries a
part of the same.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.disk import losses
from tests.faults.ground import quick_disk, strace_works
from tests.faults.happening import Act, Fault, Trial
from tests.faults.judging import ACTS, complaints
from tests.faults.rig import Rig

_EVERY = 8
"""Of the places where a whole build can be disturbed, each of so many: a build takes seconds."""


def main() -> int:
    """Print the figures; return 1 where something was lost, or a fault never happened."""
    if not strace_works():
        print("strace is not here, or may not watch; nothing was tried")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory(prefix="faults-", dir=quick_disk()) as folder:
        rig = Rig(Path(folder))
        try:
            rig.prepare()
            for name in (*ACTS, "build"):
                failed |= _tried(rig, rig.acts[name], 1 if name in ACTS else _EVERY)
        finally:
            rig.close()
    return failed


def _tried(rig: Rig, act: Act, every: int) -> int:
    kills, errors = _ours(rig.kills(act), act)[::every], _ours(rig.errors(act), act)[::every]
    failed = _row(f"{act.name}, killed", len(kills), lambda: (rig.trial(act, f) for f in kills))
    failed |= _row(f"{act.name}, refused", len(errors), lambda: (rig.trial(act, f) for f in errors))
    if act.name in ACTS:
        recording = rig.record(act)
        cuts = list(losses(recording))
        failed |= _row(
            f"{act.name}, power lost",
            len(cuts),
            lambda: (rig.cut(act, recording, cut) for cut in cuts),
        )
    return failed


def _ours(faults: list[Fault], act: Act) -> list[Fault]:
    """Leave out what MkDocs writes to its scratch folder, another number of times in every run."""
    theirs = ("write", "mkdir", "sendfile", "unlinkat", "openat")
    return [each for each in faults if act.name in ACTS or each.call not in theirs]


def _row(what: str, number: int, tries: Callable[[], Iterable[Trial]]) -> int:
    began = time.monotonic()
    trials = list(tries())
    wrong = complaints(trials)
    fired, lost = sum(t.fired for t in trials), sum(bool(t.flaws) for t in trials)
    seconds = time.monotonic() - began
    print(f"{what:24} {number:6,} tried {fired:6,} happened {lost:4} violations {seconds:7.0f} s")
    print("".join(f"    {line}\n" for line in wrong[:10]), end="", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
