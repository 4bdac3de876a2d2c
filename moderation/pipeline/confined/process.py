"""One confined process, from its start to its end, as the side that asks sees it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from typing import BinaryIO, cast

from moderation.model import ExtractionError
from moderation.pipeline.confined.cage import TOO_LARGE, Cage
from moderation.pipeline.confined.wire import Message, WireError, receive, send

_KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
"""Settings of the surroundings that libraries need; passphrases are among the others."""
_REMEDY = "open it in the program it was made with and save it again, or leave it out"
_MODULE = "moderation.pipeline.confined.child"


class DiedError(ExtractionError):
    """The process ended, and not because a file took too much."""


class Process:
    """A process that reads files.

    Args:
        cage: what one file may cost
        tasks: the module whose tasks can be asked for
        warm: modules that it imports before it is asked

    """

    def __init__(self, cage: Cage, tasks: str, warm: Collection[str]) -> None:
        self._cage = cage
        self._late = False
        self._greeted = False
        self._child = _start(cage, tasks, warm)

    def is_alive(self) -> bool:
        """Say whether it can be asked."""
        return self._child.poll() is None

    def ask(self, message: Message) -> Message:
        """Send a message and wait for what is answered.

        Raises:
            ExtractionError: nothing was, in time or at all

        """
        clock = threading.Timer(self._cage.patience, self._too_late)
        clock.daemon = True
        clock.start()
        answers = cast("BinaryIO", self._child.stdout)
        try:
            if not self._greeted:
                receive(answers, self._cage.answer)
                self._greeted = True
            send(cast("BinaryIO", self._child.stdin), message)
            return receive(answers, self._cage.answer)
        except WireError:
            most = f"{self._cage.answer // 1_000_000} MB"
            trouble = f"could not be checked: it holds more than {most} to look through; {_REMEDY}"
            raise ExtractionError(trouble) from None
        except (OSError, EOFError):
            raise self._why() from None
        finally:
            clock.cancel()

    def end(self) -> None:
        """Kill it, with everything that it may have started, and wait for its end."""
        self._kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            with suppress(OSError):  # what was on its way to it cannot be sent any more
                cast("BinaryIO", stream).close()

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        self._child.kill()

    def _why(self) -> ExtractionError:
        """Say how it ended; the last thing that is asked of it."""
        if not self._late:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(1)
        code = self._child.poll()
        if not self._greeted and not self._late:
            told = "could not be checked: the process that reads files did not start; try again"
            return ExtractionError(told)
        if self._late or code == -getattr(signal, "SIGXCPU", 0):
            most = f"more than {self._cage.seconds} s"
            return ExtractionError(f"could not be checked: reading it took {most}; {_REMEDY}")
        if code == TOO_LARGE:
            return ExtractionError(too_large(self._cage))
        return DiedError(f"could not be checked: the process that read it died; {_REMEDY}")


def too_large(cage: Cage) -> str:
    """Say that a file takes more memory than it may."""
    size = cage.memory // 1_000_000
    return f"could not be checked: reading it took more than {size} MB of memory; {_REMEDY}"


def failed(kind: str) -> str:
    """Say that reading a file failed as nobody expected."""
    return f"could not be checked ({kind}); {_REMEDY}"


def _start(cage: Cage, tasks: str, warm: Collection[str]) -> "subprocess.Popen[bytes]":
    settings = {"cage": asdict(cage), "tasks": tasks, "warm": list(warm), "parent": os.getpid()}
    surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
    surroundings |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    surroundings["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    # -P: a file of the site that is named like a library is not imported in its place.
    command = [sys.executable, "-P", "-m", _MODULE, json.dumps(settings)]
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        process_group=0 if os.name == "posix" else None,  # Ctrl-C is for the parent
    )
