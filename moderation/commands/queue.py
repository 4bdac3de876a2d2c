"""``schoolgate queue``: what waits for a moderator."""

import click

from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.session import open_session
from moderation.commands.states import COLUMNS, row
from moderation.model import OPEN


@click.command("queue")
@json_or_terminal
def command(style: str | None) -> None:
    """List what waits for a moderator, oldest first.

    Example: schoolgate queue
    """
    states = open_session().queue.states(*OPEN)
    show_rows([row(state) for state in states], COLUMNS, style, "nothing waits")
