"""``schoolgate withdraw``: take back a submission of one's own."""

import click

from moderation.commands.acting import tell_end
from moderation.commands.actor import as_person, authenticate
from moderation.commands.output import json_or_terminal
from moderation.commands.session import open_session
from moderation.commands.workspace import now
from moderation.review.actions.withdraw import withdraw


@click.command("withdraw")
@click.argument("submission", metavar="ID")
@json_or_terminal
@as_person
def command(submission: str, style: str | None, person: str | None) -> None:
    """Take back submission ID of your own, also from the site if it was approved.

    Example: schoolgate withdraw s-4kq7
    """
    session = open_session()
    found = session.find(submission)
    actor = authenticate(session.workspace, session.site.trust, person)
    state = withdraw(
        found.id,
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        queue=session.queue,
        now=now(),
    )
    tell_end(session, state, style)
