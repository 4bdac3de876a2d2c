"""The output folder: what is really in it, and how it takes the place of the one before."""

import glob
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from moderation.model import BuildError, IntegrityError, UsageError
from moderation.publish.manifest import OutputManifest
from moderation.publish.verify import differences
from moderation.registers.aside import exchange, folder_aside, is_held, remove_leftovers
from moderation.registers.files import make_folder, sync_folder, write_atomically, write_tree

_KEPT, _NEW, _TEXT = "old", "new", "manifest.json"
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
    check_place(out, now=now)
    make_folder(out.parent, mode=0o755)
    with folder_aside(out.parent, _prefix(out)) as aside:
        write_tree(aside / _NEW, files)
        write_atomically(aside / _TEXT, manifest.encode(), mode=0o644)
        sync_folder(out.parent)  # all of the new site is on the disk before it takes the name
        _swap(aside, out)
        write_atomically(manifest_path(out), manifest.encode(), mode=0o644)


def check_place(out: Path, *, now: datetime, kept: Iterable[Path] = ()) -> None:
    """Refuse a place that a build must not replace; what a killed build left there is mended first.

    Args:
        out: where the site is to stand
        now: aware time
        kept: folders of the school that a build never touches (see :func:`kept_folders`)

    Raises:
        UsageError: *out* is a link, a file, a folder of the school, or not just as a build made it

    """
    _check_name(out)
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out.name}: is not a folder; move it away or choose another place")
    place = _plain(out)
    for folder in map(_plain, kept):
        if place[: len(folder)] == folder or folder[: len(place)] == place:
            raise UsageError(
                f"{out.name}: holds or lies in files that the school works with; choose a folder "
                "for the site alone, such as site"
            )
    clear_up(out, now=now)
    if out.is_dir() and any(out.iterdir()):
        _check_ours(out)


def kept_folders(site: Path, theme: str) -> tuple[Path, ...]:
    """Return the folders of a school that a build only reads.

    Args:
        site: the folder with ``mkdocs.yml``
        theme: folder of the site's own theme below it; empty if there is none

    """
    return tuple(site / name for name in ("content", ".schoolgate", ".git", theme) if name)


def clear_up(out: Path, *, now: datetime) -> None:
    """Finish or undo what a killed build began, and remove what it left.

    Args:
        out: where the site stands
        now: aware time; where the system has no locks, what is young may still be being built

    """
    remove_leftovers(out.parent)
    for aside in sorted(out.parent.glob(f"{glob.escape(_prefix(out))}*")):
        if aside.is_symlink() or not aside.is_dir() or _is_being_built(aside, now):
            continue
        if not out.exists() and (aside / _KEPT).is_dir():
            (aside / _KEPT).rename(out)
            sync_folder(out.parent)
        _finish(aside, out)
        shutil.rmtree(aside, ignore_errors=True)


def _is_being_built(aside: Path, now: datetime) -> bool:
    if os.name == "nt":  # pragma: no cover - there a folder cannot be held
        return aside.stat().st_mtime >= (now - _ABANDONED).timestamp()
    return is_held(aside)


def _finish(aside: Path, out: Path) -> None:
    """Give the site its manifest, where a build was killed between the two."""
    try:
        text = (aside / _TEXT).read_bytes()
        made = OutputManifest.from_json(text.decode(), source=_TEXT)
    except (OSError, ValueError, IntegrityError):
        return  # it was killed before
    if out.is_dir() and not differences(out, made):
        write_atomically(manifest_path(out), text, mode=0o644)


def _check_name(out: Path) -> None:
    if out.name in ("", ".", "..") or any(c in "*?[]" or c < " " for c in out.name):
        raise UsageError(
            f"{out.name or out}: is no name for a new folder; write one with letters, such as site"
        )


def _check_ours(out: Path) -> None:
    """Refuse a folder that holds anything which the manifest beside it does not list."""
    try:
        text = manifest_path(out).read_text("utf-8")
        made = OutputManifest.from_json(text, source=manifest_path(out).name)
    except (OSError, ValueError, IntegrityError):
        raise UsageError(
            f"{out.name}: holds files that no build made; empty it or choose another place"
        ) from None
    listed = {file.path for file in made.files}
    for path, ordinary in walk(out):
        if not ordinary or path not in listed:
            raise UsageError(
                f"{out.name}: holds {path}, which no build made; move it away or choose another "
                "place"
            )


def _plain(folder: Path) -> tuple[str, ...]:
    """Return the parts of a path without links; disks may not tell capitals apart."""
    return tuple(part.casefold() for part in (folder.parent.resolve() / folder.name).parts)


def _swap(aside: Path, out: Path) -> None:
    if not out.exists():
        (aside / _NEW).rename(out)
    elif not exchange(aside / _NEW, out):
        _swap_in_two(aside, out)
    sync_folder(out.parent)


def _swap_in_two(aside: Path, out: Path) -> None:
    """Put the new folder in place by two renames; :func:`clear_up` mends what ends in between."""
    out.rename(aside / _KEPT)
    try:
        (aside / _NEW).rename(out)
    except OSError:
        (aside / _KEPT).rename(out)
        raise


def _prefix(out: Path) -> str:
    return f".{out.name}-build-"
