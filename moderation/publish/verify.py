"""Is the site that stands here the site that was built? By digest, file by file."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from moderation.model import AssetRef, IntegrityError
from moderation.publish.manifest import Manifest, OutputManifest, Refusal

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_OPEN |= getattr(os, "O_NONBLOCK", 0)
_LEAST = 4_096
_CHANGED = "was removed or changed since; build again"


def differences(out: Path, manifest: OutputManifest) -> tuple[Refusal, ...]:
    """Name every file of *out* that is missing, changed or in excess, ordered by path.

    Args:
        out: the output folder
        manifest: what was built

    """
    return changes(out, {file.path: file.digest for file in manifest.files})


def changes(out: Path, listed: Mapping[str, str]) -> tuple[Refusal, ...]:
    """Name every file of *out* that is not as *listed*, ordered by path.

    Args:
        out: the output folder
        listed: digest of each file by its path

    """
    wanted = dict(listed)
    found: list[Refusal] = []
    for path, ordinary in _walk(out, ""):
        digest = wanted.pop(path, None)
        if digest is None:
            found.append(Refusal(path, "was not built; remove it"))
        elif not ordinary:
            found.append(Refusal(path, "is not an ordinary file; build again"))
        elif trouble := _read(f"{out}/{path}", digest)[1]:
            found.append(Refusal(path, f"{trouble}; build again"))
    found += [Refusal(path, "is missing; build again") for path in wanted]
    return tuple(sorted(found))


def take(out: Path, files: Iterable[AssetRef]) -> Mapping[str, bytes]:
    """Read the listed files of *out*, and nothing else; what is returned is what was hashed.

    Args:
        out: the output folder
        files: what to take, by path and digest

    Raises:
        IntegrityError: one is missing, special or was changed; names the first

    """
    taken: dict[str, bytes] = {}
    for each in files:
        data, trouble = _read(f"{out}/{each.path}", each.digest)
        if trouble:
            raise IntegrityError(f"{each.path}: {trouble}; build again")
        taken[each.path] = data
    return taken


def outdated(built: OutputManifest, current: Manifest) -> tuple[Refusal, ...]:
    """Name every file that the site was built from and that may not be built any more.

    A site that is whole can still show what was taken down since.

    Args:
        built: the manifest of the output
        current: the answer of the gate today

    """
    admitted = frozenset(current.admitted)
    reasons = {refusal.path: refusal.reason for refusal in (*current.refused, *current.dated)}
    return tuple(
        Refusal(ref.path, f"is on the built site, but {reasons.get(ref.path, _CHANGED)}")
        for ref in built.content
        if ref not in admitted
    )


def _walk(folder: Path, below: str) -> Iterator[tuple[str, bool]]:
    """Yield every name below *folder*, and whether it is an ordinary file.

    A folder that cannot be looked into is yielded as well, for it may hold anything.
    """
    try:
        with os.scandir(f"{folder}/{below}") as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield below.rstrip("/") or ".", False
        return
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, f"{path}/")
        else:
            yield path, entry.is_file(follow_symlinks=False)


def _read(path: str, digest: str) -> tuple[bytes, str]:
    """Return the bytes of an ordinary file, and what is wrong with them; empty if nothing is."""
    try:
        data = read_ordinary(path)
    except OSError as error:
        return b"", f"cannot be read ({error.strerror})"
    if data is None:
        return b"", "is not an ordinary file"
    right = hashlib.sha256(data).hexdigest() == digest
    return data, "" if right else "has changed since it was built"


def read_ordinary(path: str) -> bytes | None:
    """Return the bytes of an ordinary file; None where it is something else, such as a pipe.

    Raises:
        OSError: it is not there, is a link, or cannot be read

    """
    handle = os.open(path, _OPEN)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        parts = []
        while part := os.read(handle, max(status.st_size, _LEAST) + 1):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(handle)
