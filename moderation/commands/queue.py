"""``schoolgate queue``: what waits for a moderator."""

import click

from moderation.commands.consent_reminder import remind
from moderation.commands.consent_witness import consents_at_hand
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.session import open_session
from moderation.commands.states import COLUMNS, row
from moderation.commands.verified import tell_notes
from moderation.commands.workspace import now
from moderation.model import OPEN
from moderation.publish.urgent import urgent_pages
from moderation.review.fairness import in_turns


@click.command("queue")
@json_or_terminal
def command(style: str | None) -> None:
    """List what waits for a moderator, oldest first, and one of each publisher in turn.

    Example: schoolgate queue
    """
    session = open_session()
    states = in_turns(session.queue.states(*OPEN))
    urgent = urgent_pages(session.site.statements, session.site.policy, now=now())
    until = {each.submission: each.until.isoformat() for each in urgent}
    rows = [{**row(state), "urgent_until": until.get(state.id)} for state in states]
    show_rows(rows, COLUMNS, style, "nothing waits")
    tell_notes([*map(str, urgent)], style)
    remind(consents_at_hand(session.workspace), session.site.policy)
