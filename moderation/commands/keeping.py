"""Put a file in the place of another, and keep the other outside the site."""

import os
from pathlib import Path

from moderation.analysis.repair.clean import ending_of
from moderation.commands.workspace import Workspace
from moderation.extract.sniff import sniff
from moderation.model import UsageError, digest_of
from moderation.registers.files import make_folder, write_atomically

_NAMED = 12


def put(workspace: Workspace | None, file: Path, data: bytes, changed: bytes, *, word: str) -> str:
    """Write a changed file, and say in a sentence what became of it and of the original.

    A file of the site is replaced, once a copy of it is in the private folder; any other stays as
    it is and the changed one is written beside it.

    Args:
        workspace: the site, if there is one here
        file: the publisher's own file
        data: its bytes as they were read
        changed: the bytes of the changed file
        word: what happened to it, such as ``clean``; part of the name of a file beside it

    Raises:
        UsageError: the file has changed meanwhile, or the name beside it is taken
        OSError: a folder cannot be written

    """
    place = Path(os.path.abspath(file))  # noqa: PTH100 - must not follow links
    is_picture = sniff(place.name, changed).startswith("image/")
    ending = ending_of(changed) if is_picture else place.suffix.lower()
    same = place.suffix.lower() in (ending, ".jpeg" if ending == ".jpg" else ending)
    if workspace is None or not place.is_relative_to(workspace.content):
        return _beside(place.with_name(f"{place.stem}-{word}{ending}"), place.name, changed)
    if not same:
        told = _beside(place.with_suffix(ending), place.name, changed)
        return f"{told}; use it on the page and take {place.name} out of the site"
    if place.read_bytes() != data:
        raise UsageError(f"{place.name}: changed while it was read; save it and try again")
    kept = keep(workspace, place.name, data)
    write_atomically(place, changed, mode=0o644)
    return f"{place.name}: replaced ({word}); the original is kept in {kept}"


def keep(workspace: Workspace, name: str, data: bytes) -> Path:
    """Keep a copy of an original in the private folder of the site, and return where.

    Raises:
        OSError: the folder cannot be written

    """
    folder = workspace.home / "originals"
    make_folder(folder)
    kept = folder / f"{digest_of(data)[:_NAMED]}-{name}"
    if not kept.exists() or kept.read_bytes() != data:
        write_atomically(kept, data)
    return kept


def _beside(target: Path, name: str, changed: bytes) -> str:
    try:
        write_atomically(target, changed, mode=0o644, exclusive=True)
    except FileExistsError:
        if target.read_bytes() != changed:
            raise UsageError(
                f"{target.name}: is there already; rename or remove it and try again"
            ) from None
    what = "picture" if sniff(target.name, changed).startswith("image/") else "file"
    return f"{name}: left as it is; the other {what} is {target}"
