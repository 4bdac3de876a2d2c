"""Taking turns at a SQLite file, so that of many writers nobody waits for ever.

SQLite lets whoever comes last ask most often, so that the one who has waited longest gets in last:
of a hundred who wrote at once, most waited for a tenth of a second, and some for half a minute,
which is when they give up. Here everybody asks equally often for the lock of the folder. The lock
that keeps the file whole is still SQLite's own; without a turn it is only slower.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

PAUSE = 0.01
"""Seconds between two questions."""

PATIENCE = 30.0
"""Seconds after which somebody goes on without a turn: whoever has it may have been stopped."""


@contextmanager
def in_turn(alias: str) -> Iterator[None]:
    """Write when nobody else does, where Django's *alias* is a SQLite file."""
    handle = _folder(alias)
    if handle is None:
        yield
        return
    try:
        _wait(handle)
        yield
    finally:
        os.close(handle)


def _folder(alias: str) -> int | None:
    connection = connections[alias]
    if connection.vendor != "sqlite" or os.name == "nt":
        return None
    try:
        return os.open(Path(str(connection.settings_dict["NAME"])).parent, os.O_RDONLY)
    except OSError:  # which the database will tell better
        return None


def _wait(handle: int) -> None:
    import fcntl  # which Windows has not

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        except OSError:  # a disk without locks
            return
        else:
            return
