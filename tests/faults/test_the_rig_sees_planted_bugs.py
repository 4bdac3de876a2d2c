"""The rig is graded: bugs of the kind that it exists for are planted, and each must be seen."""

import pytest

from tests.faults.happening import Fault
from tests.faults.judging import complaints, first_flaw
from tests.faults.rig import Rig

NOTHING, ALL = "nothing that", "names without"
PLANTED = {
    "no flush of files": ("approve", NOTHING, "I5"),
    "no flush of folders": ("approve", NOTHING, "I5"),
    "rename before flush": ("approve", ALL, "I7"),
    "written in place": ("approve", "write", "I7"),
    "row before blob": ("submit", "fsync", "I4"),
    "database not flushed": ("submit", NOTHING, "I5"),
    "told before it is signed": ("approve", "link", "I5"),
    "a retry adds a second row": ("submit", "write", "I6"),
    "leftovers stay": ("approve", "link", "I10"),
    "the old site goes first": ("place", "rename", "I3"),
}


@pytest.mark.slow
@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_seen(rig: Rig, bug: str) -> None:
    act, how, invariant = PLANTED[bug]
    assert first_flaw(rig, act, how, bug).partition(":")[0] == invariant


@pytest.mark.parametrize("bug", ["written in place", "told before it is signed"])
def test_a_bug_that_a_kill_shows_is_seen(rig: Rig, bug: str) -> None:
    act, how, invariant = PLANTED[bug]
    assert first_flaw(rig, act, how, bug).partition(":")[0] == invariant


@pytest.mark.parametrize("error", ["", "ENOSPC"])
def test_a_rig_that_disturbs_nothing_says_so(rig: Rig, error: str) -> None:
    act = rig.acts["takedown"]
    trial = rig.trial(act, Fault("fsync", 2, error), on=False)
    what = error or "killed"
    assert complaints([trial]) == [f"takedown: {what} at fsync 2: never happened"]


def test_a_fault_beyond_the_last_call_never_happens_and_is_told(rig: Rig) -> None:
    act = rig.acts["takedown"]
    assert complaints([rig.trial(act, Fault("fsync", 9_999))]) == [
        "takedown: killed at fsync 9999: never happened"
    ]


def test_a_rig_that_tried_nothing_says_so() -> None:
    assert complaints([]) == ["nothing was tried"]
