"""Read files of a site once, safely: regular files only, no links, no surprises while reading."""

import errno
import os
import posixpath
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moderation.model import Asset, ExtractionError, SchoolgateError
from moderation.pipeline.paths import printable, same_name
from moderation.policy import Limits

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_PAGE_ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of the tree that was not read, and why; it is never published."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tree:
    """Every file below a folder, ordered by path: what was read and what could not be."""

    assets: tuple[Asset, ...]
    unreadable: tuple[Unreadable, ...] = ()


def read_file(root: Path, path: str, limits: Limits) -> bytes:
    """Read the file at *path* below *root*, once.

    Args:
        root: a folder
        path: relative to it, with forward slashes
        limits: pages and other files have different sizes

    Raises:
        ExtractionError: missing, a folder, a link or other special file, outside the folder, too
            large, not readable, or changed while it was read

    """
    shown = printable(path)
    if _leaves(path):
        raise ExtractionError(f"{shown}: lies outside the site; copy the file into it")
    refuse_links(root, path)
    most = limits.page_bytes if path.lower().endswith(_PAGE_ENDING) else limits.asset_bytes
    try:
        handle = os.open(root / path, _OPEN)
    except OSError as error:
        raise ExtractionError(f"{shown}: {_trouble(root, path, error)}") from None
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise ExtractionError(f"{shown}: is not a file; name a page or a file")
        if before.st_size > most:
            raise ExtractionError(
                f"{shown}: is too large ({before.st_size:,} bytes; the policy allows {most:,}); "
                "make it smaller"
            )
        data = _all_of(handle, most, shown)
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if (len(data), _state(after)) != (before.st_size, _state(before)):
        raise ExtractionError(f"{shown}: changed while it was read; save it and try again")
    return data


def _all_of(handle: int, most: int, shown: str) -> bytes:
    try:
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most + 1)
    except OSError as error:
        raise ExtractionError(f"{shown}: cannot be read ({error.strerror}); look at it") from None


def read_tree(root: Path, limits: Limits) -> Tree:
    """Read every file below *root*; names beginning with a dot are left out, as MkDocs does.

    A link, a special file, or one of two names that differ only in case or Unicode form is not
    read, and is listed with the reason.
    """
    assets: list[Asset] = []
    unreadable: list[Unreadable] = []
    names: dict[str, str] = {}
    for path in sorted(_walk(root, "")):
        try:
            twin = names.setdefault(same_name(path), path)
            if twin != path:
                raise ExtractionError(
                    f"{printable(path)}: has the name of {printable(twin)} in another spelling; "
                    "rename one"
                )
            assets.append(Asset(path, read_file(root, path, limits)))
        except SchoolgateError as error:
            unreadable.append(Unreadable(path, str(error)))
    return Tree(tuple(assets), tuple(unreadable))


def _walk(root: Path, below: str) -> list[str]:
    found: list[str] = []
    try:
        listing = os.scandir(root / below)
    except OSError as error:
        if not below:
            raise ExtractionError(f"the folder cannot be read ({error.strerror})") from None
        return [below.rstrip("/")]
    with listing as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                found += _walk(root, f"{path}/")
            else:
                found.append(path)
    return found


def _leaves(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return ".." in parts or "" in parts or "\0" in path or ":" in parts[0]


def refuse_links(root: Path, path: str) -> None:
    """Refuse a link anywhere on the way: what it points to could be swapped, or lie outside.

    Raises:
        ExtractionError: there is one

    """
    at = root
    for part in path.split("/"):
        at = at / part
        if at.is_symlink() or _is_junction(at):
            raise ExtractionError(
                f"{printable(path)}: is or lies behind a link; copy the file itself into the site"
            )


def _is_junction(path: Path) -> bool:
    """Say whether *path* is a junction, which Windows knows beside links."""
    return getattr(os.path, "isjunction", lambda _: False)(path)


def _trouble(root: Path, path: str, error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _missing(root, path)
    if (root / path).is_dir():  # where a folder cannot be opened, as on Windows
        return "is a folder; name a page or a file"
    return f"cannot be read ({error.strerror}); check its permissions"


def _missing(root: Path, path: str) -> str:
    parent, wanted = (root / path).parent, same_name((root / path).name)
    if parent.is_dir():
        for entry in sorted(parent.iterdir()):
            if same_name(entry.name) == wanted:
                return f"does not exist; there is {printable(entry.name)}: use one spelling"
    return "does not exist; add the file or correct the name"


def elsewhere(root: Path, page: str, path: str) -> str:
    """Return how *page* would have to write the one other file of the site that *path* may mean.

    Empty where *path* is there, or where none or several have its name.

    Args:
        root: the content folder
        page: who references it, relative to *root*
        path: what was meant, relative to *root*

    """
    if os.path.lexists(root / path):
        return ""
    wanted = same_name(PurePosixPath(path).name)
    near = [
        (Path(folder) / name).relative_to(root).as_posix()
        for folder, _, names in os.walk(root)
        for name in names
        if same_name(name) == wanted
    ]
    return posixpath.relpath(near[0], posixpath.dirname(page) or ".") if len(near) == 1 else ""


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    return (status.st_ino, status.st_dev, status.st_size, status.st_mtime_ns)
