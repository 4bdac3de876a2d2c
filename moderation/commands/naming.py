"""File names that we make must not name a pupil: they stay in git and in approvals for good."""

import re

from moderation.analysis.names import find_names
from moderation.commands.workspace import Workspace
from moderation.model import UsageError


def nameless(workspace: Workspace, path: str) -> str:
    """Return *path* if it names no pupil of the roll; without a roll nobody can tell.

    Raises:
        UsageError: it does; the message tells the reference, not the name

    """
    roll = workspace.registers().roll
    words = re.sub(r"[^a-z0-9]+", " ", path)
    for mention in find_names(words, roll) if roll else ():
        whose = " or ".join(mention.references)
        raise UsageError(
            f"the name of the file would name the pupil {whose}; choose one that says what it "
            "shows, not whom"
        )
    return path
