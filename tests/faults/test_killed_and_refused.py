"""A command that is killed, or refused by the system, at any call that writes."""

import pytest

from tests.faults.happening import ERRORS
from tests.faults.judging import ACTS, complaints, disturbed, some
from tests.faults.rig import Rig


@pytest.mark.parametrize("name", ACTS)
def test_a_command_killed_where_it_writes_is_finished_by_the_same_command(
    rig: Rig, name: str
) -> None:
    act = rig.acts[name]
    assert complaints(disturbed(rig, act, some(rig.kills(act), 3))) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_command_refused_by_the_disk_is_finished_by_the_same_command(rig: Rig, name: str) -> None:
    act = rig.acts[name]
    assert complaints(disturbed(rig, act, some(rig.errors(act), 2))) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTS)
def test_a_command_killed_at_many_writes_loses_nothing(rig: Rig, name: str) -> None:
    act = rig.acts[name]
    assert complaints(disturbed(rig, act, some(rig.kills(act), 8))) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("error", ERRORS)
def test_a_command_refused_at_many_writes_loses_nothing(rig: Rig, name: str, error: str) -> None:
    act = rig.acts[name]
    faults = [fault for fault in rig.errors(act) if fault.error == error]
    assert complaints(disturbed(rig, act, some(faults, 2))) == []


@pytest.mark.slow
def test_a_whole_build_that_is_killed_or_refused_leaves_a_whole_site(rig: Rig) -> None:
    act = rig.acts["build"]
    # MkDocs does not write the same number of times in every run; it flushes nothing, and we do.
    faults = [each for each in (*rig.kills(act), *rig.errors(act)) if each.call == "fsync"]
    faults = list(some(faults, 3))
    assert complaints(disturbed(rig, act, faults)) == []
