"""A warm process: reads a mutant a line, runs its tests in a fork of its own, writes the answer.

What a run imports besides Schoolgate is imported once, here, before the first fork. Schoolgate
itself is imported in the fork only, or the bug would come too late.
"""

import importlib
import json
import os
import signal
import sys
import tempfile
from typing import TextIO

import pytest

from tests.mutants.mutant import GoneError, Mutant
from tests.mutants.switch import Switch

SECONDS = 60
"""Of the processor, that one run may take; a mutant that is slower decides nothing."""

_LONGEST = 600
"""Seconds by the clock, on a machine that has much else to do."""

_OPTIONS = (
    *("-x", "-q", "-n0", "-p", "no:cacheprovider", "--tb=no", "--assert=plain"),
    # what pytest says where a library with assertions of its own is imported before it starts
    "-Wignore:Module already imported:pytest.PytestAssertRewriteWarning",
)

_WARM = (
    *("hypothesis", "hypothesis.strategies", "hypothesis.stateful", "securesystemslib.dsse"),
    *("cryptography.hazmat.primitives.asymmetric.ed25519", "securesystemslib.signer"),
    *("cryptography.hazmat.primitives.ciphers.aead", "PIL.Image", "yaml", "markdown"),
    *("cryptography.hazmat.primitives.kdf.scrypt", "xdist.plugin", "pytest_cov.plugin"),
    *("django.db.models", "django.core.management", "defusedxml.ElementTree", "click"),
    *("_pytest.junitxml", "_pytest.debugging", "_pytest.tmpdir", "_pytest.skipping"),
)


def main() -> None:
    """Answer every line until there is none."""
    for name in _WARM:
        importlib.import_module(name)
    _forget_the_caller()
    for line in sys.stdin:
        mutant = Mutant.from_json(line)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
            child = os.fork()
            if not child:
                _run(mutant, answer)
            _, status, used = os.wait4(child, 0)
            answer.seek(0)
            line = answer.read() or json.dumps({"void": f"ended with status {status}"})
        told = {**json.loads(line), "seconds": round(used.ru_utime + used.ru_stime, 2)}
        print(json.dumps(told), flush=True)


def _run(mutant: Mutant, answer: TextIO) -> None:
    """Run the tests on the mutant, write what came of it, and end the process."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(_LONGEST)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    try:
        told = _tell(mutant)
    except BaseException as error:  # noqa: BLE001 - whatever it was, it was no failing test
        told = {"void": f"{type(error).__name__}: {error}"}
    answer.write(json.dumps(told))
    answer.flush()
    os._exit(0)


def _tell(mutant: Mutant) -> dict[str, str]:
    try:
        switch = Switch(mutant)
    except GoneError as error:
        return {"void": str(error)}
    switch.install()
    with tempfile.TemporaryDirectory(prefix="schoolgate-mutant-") as folder:
        options = [*_OPTIONS, f"--basetemp={folder}/base"]
        code = int(pytest.main([*options, *mutant.tests], plugins=[switch]))
    if switch.broken:
        return {"void": switch.broken}
    if code not in (0, 1):
        return {"void": f"pytest ended with {code}, not with a failed test"}
    if not switch.loaded:
        return {"void": f"its tests never import {mutant.module}"}
    return {"killer": switch.killer}


def _forget_the_caller() -> None:
    """Forget what the run of tests that asks told its own pytest: coverage above all."""
    for name in list(os.environ):
        if name.startswith(("PYTEST_", "COV_", "COVERAGE_", "SCHOOLGATE_MUTANT")):
            del os.environ[name]


if __name__ == "__main__":
    main()
