"""Writing a file so that a reader, a crash or a power cut never meets half of it."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from moderation.registers.aside import file_aside


def write_atomically(
    path: Path,
    data: bytes,
    *,
    mode: int = 0o600,
    exclusive: bool = False,
    through: Path | None = None,
) -> None:
    """Write *data* to *path* completely or not at all.

    The bytes go to a file aside, are flushed to the disk and only then take the name; then the
    folder is flushed too, so that what this function returned from survives.

    Args:
        path: where; its folder must be there (see :func:`make_folder`)
        data: the whole content
        mode: permission bits of the file, whatever the umask; Windows knows the write bit only
        exclusive: True refuses to replace a file that has the name already
        through: folder on the same disk for the file aside; None: the folder of *path*

    Raises:
        FileExistsError: *exclusive*, and the name is taken
        OSError: the disk is full, or the folder cannot be written; nothing is left behind

    """
    with file_aside(through or path.parent) as (file, aside):
        aside.chmod(mode)
        _fill(file.fileno(), data)
        if os.name == "nt":  # pragma: no cover - there an open file keeps its name
            file.close()
        _give_name(aside, path, exclusive=exclusive)
    sync_folder(path.parent)


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* below the new folder *folder*; all of it survives once this returns.

    The name of *folder* itself is for the caller to flush.

    Args:
        folder: which must not be there yet
        files: content by path, with forward slashes

    Raises:
        OSError: the disk is full, or the folder is there

    """
    folder.mkdir()
    made = {folder}
    for path, data in files.items():
        target = folder / path
        for above in reversed(target.relative_to(folder).parents):
            if folder / above not in made:
                (folder / above).mkdir()
                made.add(folder / above)
        with target.open("xb") as file:  # never over another file, never through a link
            _fill(file.fileno(), data)
    for each in made:
        sync_folder(each)


def make_folder(path: Path, *, mode: int = 0o700) -> None:
    """Make the folder *path*, and those above it, where they are missing, and flush their names.

    The name of the lowest that is there is flushed too: its maker may have been killed before.

    Raises:
        OSError: a folder cannot be made, or *path* is a file

    """
    if path.is_dir():
        with suppress(PermissionError):  # one that cannot be opened is not ours
            sync_folder(path.parent)
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


def _fill(handle: int, data: bytes) -> None:
    """Write all of *data* and flush it to the disk."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _give_name(aside: Path, path: Path, *, exclusive: bool) -> None:
    if not exclusive:
        aside.replace(path)
    elif os.name == "nt":  # pragma: no cover - there a rename never replaces
        aside.rename(path)
    else:  # a rename would replace silently, a second name for the same file never does
        path.hardlink_to(aside)
