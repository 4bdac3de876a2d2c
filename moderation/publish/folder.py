"""The output folder: what is really in it, and how it takes the place of the one before."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from moderation.model import BuildError, UsageError
from moderation.registers.files import sync_folder, write_atomically

_KEPT, _NEW = "old", "new"
_ABANDONED = timedelta(hours=2)
MANIFEST_ENDING = ".manifest.json"


def manifest_path(out: Path) -> Path:
    """Return where the output manifest of the folder *out* is kept: beside it."""
    return out.with_name(f"{out.name}{MANIFEST_ENDING}")


def walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield every name below *folder*, hidden ones too, and whether it is an ordinary file.

    Folders are walked and not yielded; a link to anything is yielded as not ordinary.
    """
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        below = Path(place)
        for name in sorted((*names, *(f for f in folders if (below / f).is_symlink()))):
            path = below / name
            yield path.relative_to(folder).as_posix(), path.is_file() and not path.is_symlink()


def read_folder(folder: Path) -> Mapping[str, bytes]:
    """Read everything that MkDocs made.

    Raises:
        BuildError: it made something that is not an ordinary file, or nothing

    """
    files: dict[str, bytes] = {}
    for path, ordinary in walk(folder):
        if not ordinary:
            raise BuildError(f"{path}: is in the output and is not an ordinary file; build again")
        files[path] = (folder / path).read_bytes()
    if not files:
        raise BuildError("mkdocs: made no site; build again")
    return files


def put_in_place(files: Mapping[str, bytes], manifest: str, out: Path, *, now: datetime) -> None:
    """Put a new output folder in the place of the one before, whole or not at all.

    Args:
        files: the output, by path
        manifest: the text of its manifest, kept beside the folder
        out: where the site stands
        now: aware time; folders that killed builds left aside hours ago are removed

    Raises:
        UsageError: *out* is something that a build must not replace
        OSError: the disk is full or the folder cannot be written; *out* is as it was

    """
    check_place(out)
    clear_up(out, now=now)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    try:
        for path, data in files.items():
            target = aside / _NEW / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        _swap(aside, out)
        write_atomically(manifest_path(out), manifest.encode(), mode=0o644)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_place(out: Path) -> None:
    """Refuse a place that a build must not replace.

    Raises:
        UsageError: *out* is a link, a file, or a folder that no build made

    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out.name}: is not a folder; move it away or choose another place")
    made_by_us = manifest_path(out).exists() or (out / "404.html").exists()
    if out.is_dir() and any(out.iterdir()) and not made_by_us:
        raise UsageError(
            f"{out.name}: holds files that no build made; empty it or choose another place"
        )


def clear_up(out: Path, *, now: datetime) -> None:
    """Put back a site that a killed build had moved aside, and remove what others left."""
    for aside in sorted(out.parent.glob(f"{_prefix(out)}*")):
        if not out.exists() and (aside / _KEPT).is_dir():
            (aside / _KEPT).rename(out)
        if aside.is_dir() and aside.stat().st_mtime < (now - _ABANDONED).timestamp():
            shutil.rmtree(aside, ignore_errors=True)


def _swap(aside: Path, out: Path) -> None:
    if out.exists():
        out.rename(aside / _KEPT)
    try:
        (aside / _NEW).rename(out)
    except OSError:
        if (aside / _KEPT).exists():
            (aside / _KEPT).rename(out)
        raise
    sync_folder(out.parent)


def _prefix(out: Path) -> str:
    return f".{out.name}-build-"
