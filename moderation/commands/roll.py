"""``schoolgate roll``: the pupil roll, encrypted outside git."""

import sys
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.progress import waiting
from moderation.commands.roll_reading import Place, columns_of, read_list, remember
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import UsageError
from moderation.registers.files import write_atomically
from moderation.registers.importing import (
    Changes,
    Column,
    compare,
)
from moderation.registers.lock import locked
from moderation.registers.roll import Roll
from moderation.registers.shelf import forget as forget_in
from moderation.registers.shelf import open_roll, schools, store_roll

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DAYS = 400
"""A roll opens this long unless --until says otherwise: one school year and some weeks."""

_MOST_DAYS = 800
_MANY = 4
"""More than one in so many pupils gone at once looks like a list of one class."""


@click.group("roll")
def command() -> None:
    """Keep the pupil roll, encrypted.

    The roll tells the checks whom not to name. It lies in the private folder of this site, never in
    git, and is opened in memory only.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the file, say what differs, change nothing.")
@click.option(
    "--column",
    "named",
    multiple=True,
    metavar="NAME=HEADING",
    help=f"Which column holds what, where the headings do not tell: {', '.join(Column)}.",
)
@click.option("--school", default="", help="Code of the school, where one site has several.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"The last day on which the roll opens; {_DAYS} days from now if not given.",
)
@click.option("--encoding", default="utf-8-sig", help="Of the file; UTF-8 if not given.")
@click.option("--yes", is_flag=True, help="Go on although many pupils are gone.")
def import_(
    file: Path,
    *,
    dry_run: bool,
    named: tuple[str, ...],
    school: str,
    until: date | None,
    encoding: str,
    yes: bool,
) -> None:
    """Replace the roll by FILE, the class list that SIMS, Arbor or Bromcom exports as CSV.

    Forename and surname must be there; the pupil's number in your system, preferred and middle
    names, the class and a safeguarding flag are read if they are there. Pupils who were on the roll
    before keep their references. Which column holds what is asked once where it is not clear.

    Example: schoolgate roll import class-list.csv
    """
    workspace, end = need_workspace(), _end(until)
    text = read_text(file, encoding)
    columns = columns_of(workspace, text, file.name, named)
    folder = workspace.home / "registers"
    there = schools(folder)
    key = workspace.vault_key(create=not dry_run) if there or not dry_run else b""
    with locked(folder) if not dry_run else nullcontext():
        before = open_roll(folder, key, school=school, today=date.min) if there else None
        roll = read_list(text, columns, before, Place(folder, key, school), file.name)
        changes = compare(before, roll)
        _say(changes)
        if dry_run:
            click.echo(f"{len(roll.pupils)} pupils would be kept; nothing was changed")
            return
        _require_sane(changes, before, file.name, yes=yes)
        store_roll(folder, key, roll, school=school, until=end)
    remember(workspace, columns)
    click.echo(f"{len(roll.pupils)} pupils are kept, encrypted, until {end}")
    click.echo(f"now delete {file.name}")


@command.command("show")
@click.option("--count", is_flag=True, help="Only the number of pupils.")
@json_or_terminal
def show(style: str | None, *, count: bool) -> None:
    """Say how many pupils each class has; no names.

    Example: schoolgate roll show --count
    """
    roll = _roll(need_workspace())
    if count and style != "json":
        click.echo(f"{len(roll.pupils)}")
        return
    classes: dict[str, int] = {}
    for pupil in roll.pupils:
        classes[pupil.class_name or "-"] = classes.get(pupil.class_name or "-", 0) + 1
    rows = [{"class": name, "pupils": number} for name, number in sorted(classes.items())]
    if count:
        rows = [{"class": "all", "pupils": len(roll.pupils)}]
    show_rows(rows, ("class", "pupils"), style, "the roll is empty")


@command.command("rotate")
def rotate() -> None:
    """Seal the registers under a new key, with a new passphrase.

    Do it when somebody who knew the passphrase leaves. Broken off, run it again. Where the key is
    in SCHOOLGATE_VAULT_KEY, put the new one in SCHOOLGATE_VAULT_KEY_NEXT first.

    Example: schoolgate roll rotate
    """
    from moderation.commands.vaulting import rotate as rotated

    workspace = need_workspace()
    count = rotated(workspace.home, workspace.site)
    click.echo(f"{count} registers are sealed under the new key; destroy copies of the old one")


@command.command("filter")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def filter_(file: Path) -> None:
    """Write a filter of the roll to FILE, for a machine that must not hold the roll.

    It tells that a pupil is named, not who, and holds no name: digests under a random key, which is
    printed once. Set SCHOOLGATE_ROLL_FILTER to the file and SCHOOLGATE_ROLL_FILTER_KEY to the key
    on the other machine, and send them by different ways.

    Example: schoolgate roll filter ../roll.filter
    """
    from moderation.analysis.names.keyed import RollFilter, new_filter_key

    roll, key = _roll(need_workspace()), new_filter_key()
    with waiting("making the filter"):
        data = RollFilter.of(roll, key).to_bytes()
    write_atomically(file, data)
    click.echo(f"{file.name} tells of {len(roll.pupils)} pupils; its key, shown only now:")
    click.echo(key.hex())


@command.command("forget")
@click.argument("references", nargs=-1, required=True)
def forget(references: tuple[str, ...]) -> None:
    """Take pupils off the roll, by reference; their consents too.

    Example: schoolgate roll forget P-0112
    """
    workspace = need_workspace()
    folder = workspace.home / "registers"
    key = workspace.vault_key()
    with locked(folder):
        forget_in(folder, key, frozenset(references), today=now().date())
    click.echo(
        f"{len(set(references))} taken out of the registers; delete the exports that name them"
    )


def read_text(file: Path, encoding: str = "utf-8-sig") -> str:
    """Read a CSV.

    Raises:
        UsageError: it is in another encoding, or cannot be read

    """
    try:
        data = file.read_bytes()
        if data.startswith(b"PK"):
            raise UsageError(f"{file.name}: is a workbook; save the sheet as CSV UTF-8")
        return data.decode("utf-16" if data[:2] in _UTF16 else encoding)
    except UnicodeDecodeError:
        raise UsageError(
            f"{file.name}: is not UTF-8; save it as CSV UTF-8, or say --encoding cp1252"
        ) from None
    except LookupError:
        raise UsageError(f"{encoding}: is no encoding; write utf-8 or cp1252") from None
    except OSError as error:
        raise UsageError(f"{file.name}: cannot be read ({error.strerror}); look at it") from None


def _end(until: date | None) -> date:
    """Return the last day of a roll."""
    today = now().date()
    end = date(until.year, until.month, until.day) if until else today + timedelta(days=_DAYS)
    if not today < end <= today + timedelta(days=_MOST_DAYS):
        raise UsageError(f"--until {end}: take a day within the next {_MOST_DAYS} days")
    return end


def _say(changes: Changes) -> None:
    click.echo(
        f"{len(changes.new)} new, {len(changes.left)} gone, {len(changes.changed)} changed, "
        f"{changes.same} as before"
    )


def _require_sane(changes: Changes, before: Roll | None, source: str, *, yes: bool) -> None:
    """Ask before most of a roll is lost to the list of one class."""
    size = len(before.pupils) if before else 0
    if yes or len(changes.left) * _MANY <= size:
        return
    question = f"{len(changes.left)} of {size} pupils are not in {source}. Replace the roll?"
    if sys.stdin.isatty() and click.confirm(question, err=True):
        return
    raise UsageError(
        f"{source}: lacks {len(changes.left)} of {size} pupils; nothing was changed. Export the "
        "whole school, or say --yes"
    )


def _roll(workspace: Workspace) -> Roll:
    roll = workspace.registers().roll
    if roll is None:
        raise UsageError("no roll here; bring one in with schoolgate roll import class-list.csv")
    return roll
