"""Files and folders that are written aside: whose writer lives, and whose was killed.

A writer holds a lock of the system on what it writes. The system lets go of it when the writer
ends, however it ends, so that what nobody holds was abandoned, however young it is.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

PART = ".schoolgate-part"
"""Ending of a file that is still being written aside; its name starts with a dot.

Nobody else makes files of such a name, so that they can be removed wherever they are found.
"""

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of linux/fcntl.h and linux/fs.h
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def file_aside(folder: Path) -> Iterator[tuple[FileIO, Path]]:
    """Make an empty file in *folder* and hold it; yield it, open, and its path.

    At the end the path is removed.

    Raises:
        OSError: the folder cannot be written

    """
    file, path = _held_file(folder)
    try:
        yield file, path
    finally:
        file.close()
        path.unlink(missing_ok=True)


@contextmanager
def folder_aside(folder: Path, prefix: str) -> Iterator[Path]:
    """Make an empty folder in *folder* and hold it; yield its path, remove it at the end.

    Raises:
        OSError: the folder cannot be written

    """
    handle, path = _held_folder(folder, prefix)
    try:
        yield path
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(path, ignore_errors=True)


def is_held(path: Path) -> bool:
    """Say whether the writer of a file or folder aside lives; one that cannot be asked may."""
    if os.name == "nt":  # pragma: no cover - there an open file cannot be removed anyway
        return False
    try:
        handle = os.open(path, _OPEN)
    except OSError:
        return True
    try:
        return not _hold(handle, wait=False)
    except OSError:  # this disk knows no locks
        return True
    finally:
        os.close(handle)


def remove_leftovers(folder: Path) -> int:
    """Remove the files that killed writers left aside in *folder*, not below it.

    Returns:
        how many were removed

    """
    removed = 0
    for path in folder.glob(f".*{PART}"):
        if path.is_symlink() or not path.is_file() or is_held(path):
            continue
        with suppress(OSError):  # another process was quicker, or nobody may; it can stay
            path.unlink()
            removed += 1
    return removed


def remove_abandoned(
    folder: Path, prefix: str, *, keep: Callable[[Path], bool] = lambda path: False
) -> int:
    """Remove the folders that killed writers left in *folder* under names that begin with *prefix*.

    Args:
        folder: where they are
        prefix: how their names begin
        keep: says of an abandoned folder whether it is still needed

    Returns:
        how many were removed

    """
    removed = 0
    for path in abandoned(folder, prefix):
        if not keep(path):
            shutil.rmtree(path, ignore_errors=True)
            removed += not path.exists()
    return removed


def abandoned(folder: Path, prefix: str) -> Iterator[Path]:
    """Yield the folders that killed writers left in *folder*, ordered by name."""
    for path in sorted(folder.glob(f"{prefix}*")):
        if os.name == "nt" or path.is_symlink() or not path.is_dir() or is_held(path):
            continue
        yield path


@contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """Hold a folder that its writer abandoned; yield whether we do. It is removed by nobody here.

    Raises:
        OSError: the folder cannot be opened

    """
    handle = os.open(path, _OPEN)
    try:
        yield _hold(handle, wait=False) and path.is_dir()
    finally:
        os.close(handle)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, which no reader and no crash can see half done.

    Returns:
        False where this system cannot do so; nothing was changed

    Raises:
        OSError: it can, and failed

    """
    import ctypes  # opens a library, which a command that only reads must not

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, TypeError, OSError):  # pragma: no cover - not a Linux of this century
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _held_file(folder: Path) -> tuple[FileIO, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=folder)
        file = FileIO(handle, "w")
        if _keeps(handle, Path(name)):
            return file, Path(name)
        file.close()  # pragma: no cover - somebody cleared up in the very moment


def _held_folder(folder: Path, prefix: str) -> tuple[int | None, Path]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        if os.name == "nt":  # pragma: no cover - there a folder cannot be opened
            return None, path
        with suppress(FileNotFoundError):
            handle = os.open(path, _OPEN)
            if _keeps(handle, path):
                return handle, path
            os.close(handle)  # pragma: no cover - somebody cleared up in the very moment


def _keeps(handle: int, path: Path) -> bool:
    """Hold what was just made; False if it was cleared up before it was held."""
    with suppress(OSError):  # a disk without locks: nobody else sees them either
        _hold(handle, wait=True)
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def _hold(handle: int, *, wait: bool) -> bool:
    """Take the lock of an open file or folder; False if somebody has it and we do not wait."""
    if os.name == "nt":  # pragma: no cover - there fcntl is missing
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
