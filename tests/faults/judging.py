"""Trying many faults, and what the rig says of them all together."""

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from tests.faults.disk import losses
from tests.faults.happening import Act, Fault, Trial
from tests.faults.rig import Rig

ACTS = ("submit", "approve", "takedown", "place")
"""Acts that are tried everywhere; a whole build, which takes seconds, at fewer places."""

T = TypeVar("T")


def some(faults: Sequence[T], number: int) -> Sequence[T]:
    """Return *number* of the faults, spread evenly; all of them with SCHOOLGATE_THOROUGH."""
    if os.environ.get("SCHOOLGATE_THOROUGH") or number >= len(faults):
        return faults
    return [faults[at * (len(faults) - 1) // max(1, number - 1)] for at in range(number)]


def disturbed(rig: Rig, act: Act, faults: Iterable[Fault], *, bug: str = "") -> list[Trial]:
    """Try each fault."""
    return [rig.trial(act, fault, bug=bug) for fault in faults]


def without_power(rig: Rig, name: str, number: int) -> list[Trial]:
    """Try some of the power cuts of an act."""
    act = rig.acts[name]
    recording = rig.record(act)
    return [rig.cut(act, recording, loss) for loss in some(list(losses(recording)), number)]


def complaints(trials: Sequence[Trial]) -> list[str]:
    """Return what does not hold, and what the rig itself failed to do."""
    found = [f"{each.act}: {each.fault}: {flaw}" for each in trials for flaw in each.flaws]
    found += [f"{each.act}: {each.fault}: never happened" for each in trials if not each.fired]
    return found if trials else ["nothing was tried"]


def first_flaw(rig: Rig, name: str, how: str, bug: str) -> str:
    """Return the first thing that the rig says of a planted bug; empty if it sees nothing.

    It begins at the end of the act, where most is told.

    Args:
        rig: whose acts
        name: of the act that has the bug
        how: a system call to be killed at, or the beginning of what a power cut leaves
        bug: planted in every run

    """
    act = rig.acts[name]
    if how.isalnum():
        kills = [fault for fault in rig.kills(act, bug=bug) if fault.call == how]
        trials = (rig.trial(act, fault, bug=bug) for fault in reversed(kills))
    else:
        recording = rig.record(act, bug=bug)
        cuts = [each for each in losses(recording) if each.how.startswith(how)]
        trials = (rig.cut(act, recording, cut, bug=bug) for cut in reversed(cuts))
    return next((trial.flaws[0] for trial in islice(trials, 200) if trial.flaws), "")
