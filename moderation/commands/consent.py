"""``schoolgate consent``: the consent register, encrypted outside git."""

from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.roll import read_text
from moderation.commands.workspace import need_workspace, now
from moderation.model import UsageError
from moderation.registers.consent import Consents
from moderation.registers.shelf import store_consents


@click.group("consent")
def command() -> None:
    """Keep the consent register, encrypted.

    It says whose picture may be shown on the website, and until when. Where two answers stand, the
    stricter one wins.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the file and change nothing.")
def import_(file: Path, dry_run: bool) -> None:
    """Replace the register by FILE, a CSV with columns reference, channel, state.

    Columns with_name (yes or no) and until (a date) are read if they are there.

    Example: schoolgate consent import consent.csv
    """
    consents = Consents.from_csv(read_text(file), source=file.name)
    if not dry_run:
        workspace = need_workspace()
        store_consents(workspace.home / "registers", workspace.vault_key(create=True), consents)
    if dry_run:
        click.echo(f"{len(consents.answers)} answers would be kept; nothing was changed")
    else:
        click.echo(f"{len(consents.answers)} answers are kept, encrypted; now delete {file.name}")


@command.command("show")
@click.argument("references", nargs=-1, required=True)
@json_or_terminal
def show(references: tuple[str, ...], style: str | None) -> None:
    """Say where people stand today, by reference.

    Example: schoolgate consent show P-0112
    """
    workspace = need_workspace()
    consents = workspace.registers().consents
    if consents is None:
        raise UsageError("no consent register here; bring one in with schoolgate consent import")
    channel = workspace.policy().channel
    rows = [
        {
            "reference": reference,
            "channel": channel,
            "state": consents.state(reference, channel, now().date()),
        }
        for reference in references
    ]
    show_rows(rows, ("reference", "channel", "state"), style, "nobody asked for")
