"""What runs the mutants is itself put to the test: with bugs that are none, and with nonsense."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.mutants.mutant import ROOT, GoneError, Mutant
from tests.mutants.runner import Fate, run, unharmed
from tests.mutants.seeds import MUTANTS
from tests.mutants.switch import CHOICE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a fork")

REAL = Mutant(
    name="expired approval counts",
    module="moderation.attest.quorum",
    old="return now < ends",
    new="return True",
    tests=("tests/attest/test_quorum.py",),
)
EXPIRED = "tests/attest/test_quorum.py::test_an_approval_that_does_not_count[expired]"


def test_only_a_bug_that_a_test_fails_over_is_killed() -> None:
    asked = {
        "a bug": REAL,
        "no bug": REAL.off(),
        "another spelling": replace(REAL, new="return not now >= ends"),
        "bug that its tests do not see": replace(
            REAL, tests=(f"{REAL.tests[0]}::test_what_is_lacking_is_listed_by_kind",)
        ),
        "fragment that is gone": replace(REAL, old="return now <= ends"),
        "fragment that is there often": replace(REAL, old="return"),
        "cannot be imported": replace(REAL, new="return now <"),
        "stumbles": replace(REAL, new="return nowhere < ends"),
        "tests that never load it": replace(REAL, tests=("tests/model/test_submission.py",)),
        "tests that are gone": replace(REAL, tests=("tests/attest/test_gone.py",)),
    }
    told = dict(zip(asked, ((o.fate, o.told) for o in run(tuple(asked.values()))), strict=True))
    assert told == {
        "a bug": (Fate.KILLED, EXPIRED),
        "no bug": (Fate.SURVIVED, ""),
        "another spelling": (Fate.SURVIVED, ""),
        "bug that its tests do not see": (Fate.SURVIVED, ""),
        "fragment that is gone": (
            Fate.VOID,
            "expired approval counts: its fragment occurs 0 times in moderation.attest.quorum",
        ),
        "fragment that is there often": (
            Fate.VOID,
            told["fragment that is there often"][1],
        ),
        "cannot be imported": (Fate.VOID, "cannot be imported (SyntaxError)"),
        "stumbles": (Fate.VOID, "stumbles (NameError)"),
        "tests that never load it": (Fate.VOID, "its tests never import moderation.attest.quorum"),
        "tests that are gone": (Fate.VOID, "pytest ended with 4, not with a failed test"),
    }
    assert "times in moderation.attest.quorum" in told["fragment that is there often"][1]


def test_the_source_on_the_disk_is_never_changed() -> None:
    before = REAL.file.read_bytes()
    run((REAL,), jobs=1)
    assert REAL.file.read_bytes() == before


def test_without_a_bug_every_test_is_run_once() -> None:
    other = replace(REAL, name="other", new="return False", tests=(EXPIRED, "a.py::b", *REAL.tests))
    tests = ("a.py::b", *REAL.tests)
    assert unharmed((REAL, other)) == replace(REAL.off(), tests=tests)
    assert REAL.off().applied() == REAL.file.read_text("utf-8")


def test_a_mutant_reads_back_as_it_was_written() -> None:
    assert all(Mutant.from_json(mutant.to_json()) == mutant for mutant in MUTANTS)
    with pytest.raises(GoneError, match=r"^x: its fragment occurs 0 times in moderation"):
        replace(REAL, name="x", old="no such line").applied()


@pytest.mark.parametrize(("name", "code"), [("expired approval counts", 1), ("", 0)])
def test_one_can_be_turned_on_by_hand(name: str, code: int) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
    options = ["-q", "-x", "-n0", "-p", "no:cacheprovider", "-p", "tests.mutants.switch"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *REAL.tests],
        env={**environment, CHOICE: name},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert ("1 failed" in done.stdout) is bool(code)
