"""``schoolgate roll``: the pupil roll, encrypted outside git."""

from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.workspace import need_workspace
from moderation.model import UsageError
from moderation.registers.roll import Roll
from moderation.registers.shelf import store_roll


@click.group("roll")
def command() -> None:
    """Keep the pupil roll, encrypted.

    The roll tells the checks whom not to name. It lies in the private folder of this site, never in
    git, and is opened in memory only.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the file and change nothing.")
def import_(file: Path, dry_run: bool) -> None:
    """Replace the roll by FILE, a CSV with columns reference, forename, surname.

    Columns preferred and class are read if they are there.

    Example: schoolgate roll import class-list.csv
    """
    roll = Roll.from_csv(read_text(file), source=file.name)
    if not dry_run:
        workspace = need_workspace()
        store_roll(workspace.home / "registers", workspace.vault_key(create=True), roll)
    if dry_run:
        click.echo(f"{len(roll.pupils)} pupils would be kept; nothing was changed")
    else:
        click.echo(f"{len(roll.pupils)} pupils are kept, encrypted; now delete {file.name}")


@command.command("show")
@json_or_terminal
def show(style: str | None) -> None:
    """Say how many pupils each class has; no names.

    Example: schoolgate roll show
    """
    roll = need_workspace().registers().roll
    if roll is None:
        raise UsageError("no roll here; bring one in with schoolgate roll import class-list.csv")
    classes: dict[str, int] = {}
    for pupil in roll.pupils:
        classes[pupil.class_name or "-"] = classes.get(pupil.class_name or "-", 0) + 1
    rows = [{"class": name, "pupils": count} for name, count in sorted(classes.items())]
    show_rows(rows, ("class", "pupils"), style, "the roll is empty")


def read_text(file: Path) -> str:
    """Read a CSV as UTF-8.

    Raises:
        UsageError: it is in another encoding

    """
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{file.name}: is not UTF-8; save it as CSV UTF-8 and try again") from None
    except OSError as error:
        raise UsageError(f"{file.name}: cannot be read ({error.strerror}); look at it") from None
