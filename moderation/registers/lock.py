"""One writer at a time: who changes a register reads it, changes it and stores it undisturbed."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moderation.model import ConflictError
from moderation.registers.files import make_folder

_NAME = ".lock"
_PAUSE = 0.02


@contextmanager
def locked(folder: Path, *, timeout: float = 30.0) -> Iterator[None]:
    """Hold the registers in *folder*; the system lets go of them when the program ends.

    Args:
        folder: of the registers
        timeout: seconds to wait for another program

    Raises:
        ConflictError: another program holds them for longer

    """
    make_folder(folder)
    handle = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = time.monotonic() + timeout
        while not _taken(handle):
            if time.monotonic() > end:
                raise ConflictError("the registers are being changed by another program; try again")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Take the lock if it is free."""
    try:
        if os.name == "nt":  # pragma: no cover - there fcntl is missing
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
