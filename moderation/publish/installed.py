"""Are the programs that build still what was installed? By the digests that installers record.

The lock holds what an installer recorded of each program, so that another version is refused. A
file that was changed after it was installed, in a cache of CI for example, is found here. Whoever
can change programs can change Schoolgate too: against that stands the second build elsewhere.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

_LISTED = re.compile(r"(?P<path>.+),sha256=(?P<digest>[A-Za-z0-9_-]{43}),\d*")
"""A line of RECORD with a digest (Binary Distribution Format, "The .dist-info directory")."""
_LEFT_OUT = ("material/templates/.icons/", "../")
"""Fourteen thousand drawings, of which a site shows a few, would cost a second each time; and what
lies outside of the packages, such as the command, is not run by a build."""


def changed_programs(names: Iterable[str]) -> Iterator[str]:
    """Yield each file of the programs that is missing or not as it was installed.

    Args:
        names: as installers know them

    """
    for name in names:
        for path in _changed(distribution(name)):
            yield f"{name}: {path} is not as it was installed; install Schoolgate again"


def _changed(program: Distribution) -> Iterator[str]:
    base = Path(str(program.locate_file("")))
    for line in (program.read_text("RECORD") or "").splitlines():
        listed = _LISTED.fullmatch(line)
        if listed is None or listed["path"].startswith(_LEFT_OUT):
            continue
        if _digest(base / listed["path"]) != listed["digest"]:
            yield listed["path"]


def _digest(file: Path) -> str:
    """Return the digest of a file as RECORD writes it; empty if it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
