"""A machine that loses power while a command writes: every disk that may be left of it."""

import pytest

from tests.faults.judging import ACTS, complaints, without_power
from tests.faults.rig import Rig


@pytest.mark.parametrize("name", ACTS)
def test_after_a_power_cut_what_was_told_is_there_and_the_rest_can_be_done_again(
    rig: Rig, name: str
) -> None:
    assert complaints(without_power(rig, name, 3)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTS)
def test_after_many_power_cuts_nothing_is_lost(rig: Rig, name: str) -> None:
    assert complaints(without_power(rig, name, 10)) == []
