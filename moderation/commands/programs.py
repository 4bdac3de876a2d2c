"""The versions of the programs that build, for CI to install the ones that are locked."""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from moderation.model import AssetRef
from moderation.registers.files import write_atomically

REQUIREMENTS = "requirements.txt"

_HEAD = "# What builds this site; written by schoolgate init and schoolgate trust lock.\n"


def write_programs(root: Path, kit: Iterable[AssetRef]) -> None:
    """Write the versions into the site's own repository, unless the school keeps its own list.

    Args:
        root: the folder with ``mkdocs.yml``
        kit: what is locked

    """
    file = root / REQUIREMENTS
    if file.is_symlink() or (file.exists() and not file.read_bytes().startswith(_HEAD.encode())):
        return
    # a program stands in the kit as its name, a space and its version
    programs = sorted(ref.path.split(" ") for ref in kit if _is_program(ref.path))
    lines = [f"schoolgate=={version('schoolgate')}", *map("==".join, programs)]
    write_atomically(file, (_HEAD + "\n".join(lines) + "\n").encode(), mode=0o644)


def _is_program(path: str) -> bool:
    return "/" not in path and path.count(" ") == 1
