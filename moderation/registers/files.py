"""Writing a file so that a reader, a crash or a power cut never meets half of it."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

PART = ".part"
"""Ending of a file that is still being written aside; its name starts with a dot."""


def write_atomically(
    path: Path, data: bytes, *, mode: int = 0o600, exclusive: bool = False
) -> None:
    """Write *data* to *path* completely or not at all.

    The bytes go to a file aside in the same folder, are flushed to the disk and only then take the
    name; then the folder is flushed too, so that what this function returned from survives.

    Args:
        path: where; its folder must be there (see :func:`make_folder`)
        data: the whole content
        mode: permission bits of the file, whatever the umask; Windows knows the write bit only
        exclusive: True refuses to replace a file that has the name already

    Raises:
        FileExistsError: *exclusive*, and the name is taken
        OSError: the disk is full, or the folder cannot be written; nothing is left behind

    """
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(mode)
        _give_name(aside, path, exclusive=exclusive)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(path: Path, *, mode: int = 0o700) -> None:
    """Make the folder *path*, and those above it, where they are missing, and flush their names.

    Raises:
        OSError: a folder cannot be made, or *path* is a file

    """
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent, mode=mode)
    path.mkdir(mode=mode, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in *folder* to the disk; does nothing on Windows, which cannot and need not.

    Raises:
        OSError: the folder is not there, or the disk reports an error

    """
    if os.name == "nt":  # pragma: no cover - a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: Path, *, before: datetime) -> int:
    """Remove what killed writers left aside in *folder*.

    Args:
        folder: where to look, not below it
        before: an aware time; younger files may still be being written and stay

    Returns:
        how many were removed

    """
    removed = 0
    for path in folder.glob(f".*{PART}"):
        try:
            if datetime.fromtimestamp(path.lstat().st_mtime, UTC) < before:
                path.unlink()
                removed += 1
        except OSError:  # another process was quicker, or has the file open; it can stay
            continue
    return removed


def _give_name(aside: Path, path: Path, *, exclusive: bool) -> None:
    if not exclusive:
        aside.replace(path)
    elif os.name == "nt":  # pragma: no cover - there a rename never replaces
        aside.rename(path)
    else:  # a rename would replace silently, a second name for the same file never does
        path.hardlink_to(aside)
