"""Run many mutants, each in a fresh process, a few at once."""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from queue import SimpleQueue

from tests.mutants.mutant import ROOT, Mutant


class Fate(StrEnum):
    """What became of a mutant; only the first is good news."""

    KILLED = "killed"
    SURVIVED = "survived"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the tests said of one mutant.

    Args:
        name: of the mutant
        fate: killed by a failing test, survived, or void: nothing can be said
        told: the test that killed it, or why it is void
        seconds: of the processor, for its tests

    """

    name: str
    fate: Fate
    told: str
    seconds: float


def run(mutants: Sequence[Mutant], *, jobs: int = 2) -> tuple[Outcome, ...]:
    """Run the tests of each mutant until one fails, and return the outcomes in the same order.

    Args:
        mutants: what to run
        jobs: how many processes at once

    """
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker() for _ in range(min(jobs, len(mutants)))]
    for worker in workers:
        idle.put(worker)

    def ask(mutant: Mutant) -> Outcome:
        worker = idle.get()
        try:
            return worker.ask(mutant)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(max_workers=max(1, len(workers))) as threads:
            return tuple(threads.map(ask, mutants))
    finally:
        for worker in workers:
            worker.close()


def unharmed(mutants: Sequence[Mutant]) -> Mutant:
    """Return a mutant without a bug that all tests of *mutants* are run on, each once."""
    tests = dict.fromkeys(test for mutant in mutants for test in mutant.tests)
    whole = [test for test in tests if test.partition("::")[0] == test]
    parts = [test for test in tests if test.partition("::")[0] not in whole]
    return replace(mutants[0].off(), tests=tuple(sorted([*whole, *parts])))


class _Worker:
    """One warm process; see :mod:`tests.mutants.worker`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def ask(self, mutant: Mutant) -> Outcome:
        """Hand one mutant over and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(mutant.to_json() + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        killer, void = told.get("killer", ""), told.get("void", "")
        fate = Fate.VOID if void else Fate.KILLED if killer else Fate.SURVIVED
        return Outcome(name=mutant.name, fate=fate, told=void or killer, seconds=told["seconds"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
