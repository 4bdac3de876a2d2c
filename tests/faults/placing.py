"""The last step of a build alone: a new output folder takes the place of the one before."""

import shutil
from pathlib import Path

from moderation.commands.workspace import now
from moderation.publish.folder import MANIFEST_ENDING, check_place, put_in_place, read_folder

NEXT = "next"
"""A built site with its manifest, beside the school, that is to be put in place."""


def keep_next(place: Path) -> None:
    """Keep the site that stands in the school of *place* as the next one of another place."""
    shutil.copytree(place / "school" / "site", place / NEXT)
    manifest = f"site{MANIFEST_ENDING}"
    shutil.copy(place / "school" / manifest, place / f"{NEXT}{MANIFEST_ENDING}")


def place(where: Path) -> None:
    """Put the next site in place, as ``schoolgate build`` does."""
    out = where / "school" / "site"
    check_place(out, now=now())
    files = read_folder(where / NEXT)
    text = (where / f"{NEXT}{MANIFEST_ENDING}").read_text("utf-8")
    put_in_place(files, text, out, now=now())
    print("is in place")
