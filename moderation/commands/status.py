"""``schoolgate status``: where submissions stand."""

import click

from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.session import open_session
from moderation.commands.states import COLUMNS, row

_RECENT = 20


@click.command("status")
@click.argument("submission", metavar="ID", required=False)
@json_or_terminal
def command(submission: str | None, style: str | None) -> None:
    """Show where submission ID stands, or the latest ones.

    Example: schoolgate status s-4kq7
    """
    session = open_session()
    states = [session.find(submission)] if submission else session.queue.states()[-_RECENT:]
    show_rows([row(state) for state in states], COLUMNS, style, "nothing was handed in yet")
