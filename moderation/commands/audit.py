"""``schoolgate audit``: the log of who did what."""

from pathlib import Path

import click

from moderation.attest.chain import verify_chain
from moderation.commands.output import json_or_terminal, show_json, show_rows
from moderation.commands.photo_sheets import published, sheet_photos, write_sheet
from moderation.commands.progress import waiting
from moderation.commands.session import open_session
from moderation.commands.workspace import now
from moderation.model import ExitCode, UsageError
from moderation.pipeline.reading import read_tree
from moderation.publish.ledger import open_ledger


@click.group("audit")
def command() -> None:
    """Verify and read the log of who did what, and look at every published photo.

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


@command.command("photos")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def photos(out: Path | None) -> None:
    """Lay out every published photo for the safeguarding lead, face-on ones first.

    Each has a box around every face that is seen, who is declared in it by reference, and whether
    they may be shown today. The page is one file outside git and the site; delete it afterwards.

    Example: schoolgate audit photos
    """
    session = open_session()
    workspace = session.workspace
    if out is not None and out.resolve().is_relative_to(workspace.root.resolve()):
        raise UsageError(f"{out.name}: lies in the site; choose a place outside it")
    tree = read_tree(workspace.content, session.site.policy.limits)
    units = open_ledger(session.site.statements).units
    found = published(workspace, units, tree.assets)
    with waiting("looking at every published photo"):
        shown = list(
            sheet_photos(
                found.assets, found.declared, workspace, today=now().date(), pages=found.pages
            )
        )
    file = write_sheet(out or workspace.home / "sheets" / "photos.html", "Published photos", shown)
    bad = sum(photo.is_bad for photo in shown)
    click.echo(f"{len(shown)} photos, {bad} with somebody who may not be shown: {file}")
    for path in found.missing:
        click.echo(f"{path}: its approved bytes are neither here nor in the store", err=True)
    if bad or found.missing:
        raise SystemExit(ExitCode.FINDINGS)
