"""``schoolgate audit``: the log of who did what."""

import click

from moderation.attest.chain import verify_chain
from moderation.commands.output import json_or_terminal, show_json, show_rows
from moderation.commands.session import open_session


@click.group("audit")
def command() -> None:
    """Verify and read the log of who did what.

    The log holds opaque ids and digests only.
    """


@command.command("verify")
@json_or_terminal
def verify(style: str | None) -> None:
    """Prove that no row of the log was changed, left out or moved.

    Opening the site verifies the signed approvals too.

    Example: schoolgate audit verify
    """
    session = open_session()
    rows = verify_chain(session.queue.events())
    approvals = len(session.site.statements)
    if style == "json":
        show_json({"events": rows, "decisions": approvals, "unbroken": True})
        return
    if not rows:
        click.echo("no events here: the log lies with the queue, where people hand in and approve")
    click.echo(f"{rows} events in one unbroken chain; {approvals} signed decisions verified")


@command.command("show")
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many, the latest last.",
)
@json_or_terminal
def show(last: int, style: str | None) -> None:
    """Show the latest events.

    Example: schoolgate audit show --last 5
    """
    events = [event for event, _ in open_session().queue.events()]
    rows = [
        {
            "at": event.at.isoformat(timespec="seconds"),
            "actor": event.actor,
            "act": event.act,
            "submission": event.submission,
            "digest": event.digest[:12],
            "detail": event.detail[:16],
        }
        for event in events[-last:]
    ]
    columns = ("at", "actor", "act", "submission", "digest", "detail")
    show_rows(rows, columns, style, "nothing was done yet")
