"""Reading a class list for ``schoolgate roll import``."""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from moderation.commands.progress import waiting
from moderation.commands.workspace import Workspace
from moderation.model import UsageError
from moderation.registers.files import write_atomically
from moderation.registers.importing import Column, guess_columns, missing_columns, read_roll
from moderation.registers.roll import Roll
from moderation.registers.shelf import open_consents, open_roll, schools
from moderation.registers.table import head_of

_COLUMNS = "roll-columns.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a roll is kept: the folder, its key, and the code of the school."""

    folder: Path
    key: bytes
    school: str


def read_list(
    text: str, columns: dict[Column, str], before: Roll | None, place: Place, source: str
) -> Roll:
    """Read a class list; no reference that stands elsewhere is given again.

    Raises:
        UsageError: it cannot be read, or shares references with the roll of another school

    """
    others: set[str] = set()
    taken: set[str] = set()
    if schools(place.folder):
        for school in set(schools(place.folder)) - {place.school}:
            roll = open_roll(place.folder, place.key, school=school, today=date.min)
            others |= {pupil.reference for pupil in roll.pupils} if roll else set()
        consents = open_consents(place.folder, place.key, today=date.min)
        taken = {answer.reference for answer in consents.answers} if consents else set()
    with waiting("reading the roll"):
        read = read_roll(
            text,
            columns=columns,
            before=before,
            taken=taken | others,
            prefix=place.school or "P",
            source=source,
        )
    if others.intersection(pupil.reference for pupil in read.pupils):
        raise UsageError(
            f"{source}: uses references of another school's roll; give this school a code of its "
            "own with --school"
        )
    return read


def columns_of(
    workspace: Workspace, text: str, source: str, named: tuple[str, ...]
) -> dict[Column, str]:
    """Return which column holds what: as told now, as told before, by its name, or by asking."""
    there = head_of(text, source=source)
    columns = guess_columns(text, source=source)
    columns |= {c: h for c, h in _remembered(workspace).items() if h in there}
    for each in named:
        name, _, heading = each.partition("=")
        if name not in list(Column) or heading.strip().lower() not in there:
            raise UsageError(f"--column {each}: write NAME=HEADING, a heading of row 1")
        columns[Column(name)] = heading.strip().lower()
    if not columns:
        raise UsageError(
            f"{source}: row 1 names no column that is known; it must hold headings such as "
            "Forename and Surname, or say which is which with --column forename=HEADING"
        )
    if not sys.stdin.isatty():
        return columns
    for column in missing_columns(columns):
        heading = click.prompt(
            f"Which column holds the {column}?", type=click.Choice(there), err=True
        )
        columns[column] = heading
    return columns


def _remembered(workspace: Workspace) -> dict[Column, str]:
    """Return what was answered at an earlier import; nothing where that cannot be read."""
    try:
        found = json.loads((workspace.home / _COLUMNS).read_text("utf-8"))
        return {Column(name): str(heading) for name, heading in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember(workspace: Workspace, columns: dict[Column, str]) -> None:
    """Keep what was answered for the next import."""
    write_atomically(workspace.home / _COLUMNS, json.dumps(columns, indent=2).encode())
