"""``schoolgate return``: send a submission back to be mended."""

import click

from moderation.commands.acting import refuse
from moderation.commands.actor import as_person
from moderation.commands.output import json_or_terminal
from moderation.review.actions.return_ import return_


@click.command("return")
@click.argument("submission", metavar="ID")
@click.option("--reason", required=True, help="What should be mended.")
@json_or_terminal
@as_person
def command(submission: str, reason: str, style: str | None, person: str | None) -> None:
    """Send submission ID back to its publisher to be mended.

    Example: schoolgate return s-4kq7 --reason "Please leave the child's name out"
    """
    refuse(return_, submission, reason, person, style)
