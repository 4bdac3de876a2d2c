"""What killed commands left aside: every command that changes something clears it away first."""

import os
from collections.abc import Iterator
from pathlib import Path

from moderation.commands.workspace import Workspace
from moderation.registers.aside import remove_leftovers


def clear_leftovers(workspace: Workspace) -> int:
    """Remove the files that killed commands left half written, wherever a command writes.

    Returns:
        how many were removed

    """
    return sum(remove_leftovers(folder) for folder in _written(workspace))


def _written(workspace: Workspace) -> Iterator[Path]:
    home = workspace.home
    yield from (workspace.root, home, home / "keys", home / "registers", home / "blobs/incoming")
    for root in (workspace.state, workspace.content):
        yield from (Path(place) for place, _, _ in os.walk(root))
