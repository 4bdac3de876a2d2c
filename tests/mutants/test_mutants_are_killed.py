"""Every seeded bug is noticed by the tests of the room it is in."""

import os
from collections import Counter

import pytest

from tests.mutants.mutant import GoneError, Mutant
from tests.mutants.runner import Fate, Outcome, run, unharmed
from tests.mutants.seeds import MUTANTS, ROOMS

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a fork")

LEAST = 150
"""How many there are at least; the gate asks for forty."""

SAMPLE = (
    *("count keys, not persons", "skip payload type", "digest without path", "ignore editors"),
    *("accept older release", "claim by somebody else", "blob not verified on read"),
    "optimistic lock ignored",
)


def _but(outcomes: tuple[Outcome, ...], fate: Fate) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.fate is not fate]


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(MUTANTS) >= LEAST
    assert [name for name, count in Counter(m.name for m in MUTANTS).items() if count > 1] == []
    assert all(len(room) >= 10 for room in ROOMS.values())


def test_the_fragment_of_each_is_in_the_source_once_and_the_bug_is_another() -> None:
    gone = []
    for mutant in MUTANTS:
        try:
            compile(mutant.applied(), str(mutant.file), "exec", dont_inherit=True)
        except (GoneError, SyntaxError) as error:
            gone.append(f"{mutant.name}: {error}")
    assert gone == []
    assert [mutant.name for mutant in MUTANTS if mutant.old == mutant.new] == []


def test_the_tests_of_each_are_there() -> None:
    files = {test.partition("::")[0] for mutant in MUTANTS for test in mutant.tests}
    assert [
        file for file in sorted(files) if not (MUTANTS[0].file.parents[2] / file).exists()
    ] == []


@forks
def test_a_sample_is_killed() -> None:
    chosen = tuple(_named(name) for name in SAMPLE)
    assert _but(run(chosen), Fate.KILLED) == []


@forks
@pytest.mark.slow
def test_all_are_killed_and_their_tests_pass_without_them() -> None:
    off = (unharmed(room) for room in ROOMS.values())
    outcomes = run((*off, *MUTANTS))
    assert _but(outcomes[: len(ROOMS)], Fate.SURVIVED) == []
    assert _but(outcomes[len(ROOMS) :], Fate.KILLED) == []


def _named(name: str) -> Mutant:
    (mutant,) = (each for each in MUTANTS if each.name == name)
    return mutant
