"""A warm program that runs commands in forks of itself, watched or disturbed by strace.

It reads one order a line from its input and answers with one line, both in JSON. Starting Python
and importing everything takes a second; a fork takes a millisecond, and is a process of its own
that can be killed at any system call.
"""

import ctypes
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import NoReturn, TypedDict

import click
from django.db import connections

import moderation.commands.actor
import moderation.registers.vault_key
from moderation.commands import COMMANDS, cli
from tests.faults import looking, placing

_SET_PTRACER = 0x59616D61  # PR_SET_PTRACER of linux/prctl.h; -1 lets anybody
CHEAP = 2**10
"""Cost of a guess at a passphrase here; tests/attest proves the real one."""


class Order(TypedDict):
    """What to run: a command's words, or ``look`` or ``place`` alone."""

    words: list[str]
    place: str
    bug: str
    strace: list[str]
    log: str


def main() -> None:
    """Answer orders until the input ends."""
    for module in (moderation.commands.actor, moderation.registers.vault_key):
        vars(module)["COST"] = CHEAP
    for name in COMMANDS:
        cli.get_command(click.Context(cli), name)
    looking.warm()
    _read_something()
    gc.freeze()
    for line in sys.stdin:
        answer = _ordered(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _read_something() -> None:
    """Check a page once, so that every list and model that a check needs is in memory."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        page = Path(folder) / "page.md"
        page.write_text("# Fete\n\nMrs Brown and Ottoline bring cakes, 07700 900123.\n")
        with suppress(SystemExit):
            cli.main(["check", str(page)])


def _ordered(order: Order) -> dict[str, object]:
    waits, goes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(goes)
        os.setsid()
        _enter(order)
        os.read(waits, 1)  # until strace is there
        _leave(_run, order)
    os.close(waits)
    tracer = _attach(child, order) if order["strace"] else None
    os.write(goes, b"x")
    os.close(goes)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what it started itself dies with it
    if tracer is not None:
        tracer.communicate(timeout=60)
    return {"exit": os.waitstatus_to_exitcode(status)}


def _leave(run: Callable[[Order], None], order: Order) -> NoReturn:
    """Run, and end as a program does: the queue is closed, and the exit code told.

    Taking Python itself down would touch every page of memory that the fork shares.
    """
    code = 0
    try:
        run(order)
    except SystemExit as ends:
        code = ends.code if isinstance(ends.code, int) else int(ends.code is not None)
    except BaseException:  # noqa: BLE001 - a traceback is what the test should show
        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    connections.close_all()
    os._exit(code)


def _attach(child: int, order: Order) -> "subprocess.Popen[str]":
    words = ["strace", "-f", "-p", str(child), "-o", order["log"], *order["strace"]]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    told = tracer.stderr.readline()
    if "attached" not in told:
        raise RuntimeError(f"strace: {told}")
    return tracer


def _enter(order: Order) -> None:
    place = Path(order["place"])
    if order["strace"]:  # which is no ancestor of ours, so that some systems ask for our leave
        ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(-1))
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    os.chdir(place / "school")
    os.environ |= {
        "SCHOOLGATE_HOME": str(place / "home"),
        "SCHOOLGATE_PASSPHRASE_FILE": str(place / "passphrase"),
        "SCHOOLGATE_VAULT_PASSPHRASE_FILE": str(place / "passphrase"),
        "TMPDIR": str(place / "tmp"),
        "SOURCE_DATE_EPOCH": "1764000000",
    }
    if order["bug"]:
        from tests.faults.planted import BUGS  # needs a Django that is set up

        BUGS[order["bug"]]()


def _run(order: Order) -> None:
    """Do what was ordered, and leave as a program of its own does."""
    if order["words"] == ["look"]:
        print(json.dumps(looking.look(Path(order["place"]))))
        sys.exit(0)
    if order["words"] == ["place"]:
        placing.place(Path(order["place"]))
        sys.exit(0)
    sys.argv = ["schoolgate", *order["words"]]
    cli.main(order["words"])


if __name__ == "__main__":
    main()
