"""A little room on the disk that is kept for a takedown: given back when nothing else is left.

It lies where git does not look, on the disk that the signed decisions are written to, and in the
private folder, which may be another disk. It is filled with noise, since some disks store nothing
for a file of noughts.
"""

import os
from contextlib import suppress

from moderation.commands.workspace import Workspace
from moderation.registers.files import write_atomically

SIZE = 64 * 1024
"""Bytes; a signed takedown needs less than ten thousand."""

_NAME = "schoolgate-reserve"


def keep_reserve(workspace: Workspace) -> None:
    """Put the room aside where it is missing and the disk has it; a full disk is no error."""
    for folder in (workspace.root / ".git", workspace.home):
        file = folder / _NAME
        with suppress(OSError):
            if folder.is_dir() and (not file.is_file() or file.stat().st_size < SIZE):
                write_atomically(file, os.urandom(SIZE))


def release_reserve(workspace: Workspace) -> bool:
    """Give the room back, and say whether there was any."""
    found = False
    for folder in (workspace.root / ".git", workspace.home):
        with suppress(OSError):
            (folder / _NAME).unlink()
            found = True
    return found
