"""``schoolgate queue``: what waits for a moderator."""

import click

from moderation.commands.consent_reminder import remind
from moderation.commands.consent_witness import consents_at_hand
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
    session = open_session()
    states = session.queue.states(*OPEN)
    show_rows([row(state) for state in states], COLUMNS, style, "nothing waits")
    remind(consents_at_hand(session.workspace), session.site.policy)
