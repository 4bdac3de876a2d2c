"""Seeded bugs in gate, verify, review and store: does the suite notice each?"""

import time
from collections import Counter

from tests.mutants.runner import Fate, run, unharmed
from tests.mutants.seeds import MUTANTS, ROOMS


def main() -> int:
    """Print what became of each mutant; return 1 unless all were killed, and none where off."""
    started = time.monotonic()
    off = run([unharmed(room) for room in ROOMS.values()])
    outcomes = dict(zip(MUTANTS, run(MUTANTS), strict=True))
    for room, mutants in ROOMS.items():
        print(f"{room}\n")
        for mutant in mutants:
            outcome = outcomes[mutant]
            print(f"  {outcome.fate:9} {outcome.seconds:5.2f} s  {mutant.name}")
            if outcome.fate is not Fate.KILLED:
                print(f"            {mutant.module} {outcome.told}")
        print()
    for room, outcome in zip(ROOMS, off, strict=True):
        if outcome.fate is not Fate.SURVIVED:
            print(f"{room}: fails with its bugs off: {outcome.told}")
    fates = Counter(outcome.fate for outcome in outcomes.values())
    bad = len(outcomes) - fates[Fate.KILLED]
    passing = sum(outcome.fate is Fate.SURVIVED for outcome in off)
    print(f"{fates[Fate.KILLED]} of {len(outcomes)} mutants killed, {fates[Fate.VOID]} void")
    print(f"{passing} of {len(off)} rooms pass with their bugs off")
    print(f"{time.monotonic() - started:.0f} s")
    return int(bool(bad) or passing < len(off))
