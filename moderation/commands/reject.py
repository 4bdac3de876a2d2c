"""``schoolgate reject``: refuse a submission for good."""

import click

from moderation.commands.acting import refuse
from moderation.commands.actor import as_person
from moderation.commands.output import json_or_terminal
from moderation.review.actions.reject import reject


@click.command("reject")
@click.argument("submission", metavar="ID")
@click.option("--reason", required=True, help="Why.")
@json_or_terminal
@as_person
def command(submission: str, reason: str, style: str | None, person: str | None) -> None:
    """Refuse submission ID for good: exactly these bytes cannot be handed in again.

    Example: schoolgate reject s-4kq7 --reason "Abusive"
    """
    refuse(reject, submission, reason, person, style)
