"""``schoolgate takedown``: take a published file off the site."""

from pathlib import Path

import click

from moderation.commands.actor import as_person, authenticate
from moderation.commands.output import need_reason
from moderation.commands.taking_down import take_down
from moderation.commands.trusting import read_site_trust
from moderation.commands.workspace import need_workspace
from moderation.model import ExitCode


@click.command("takedown")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help="Why; kept in the queue, never published.")
@as_person
def command(path: Path, reason: str, person: str | None) -> None:
    """Take PATH off the site, with every page it was approved with.

    One moderator is enough, and it works after the trust file has expired. The next build leaves
    the files out; nothing is deleted.

    Example: schoolgate takedown photos/fete.jpg --reason "Consent withdrawn"
    """
    workspace = need_workspace()
    words = need_reason(reason)
    target = workspace.published_path(path)
    actor = authenticate(workspace, read_site_trust(workspace, expired=True), person)
    trouble = take_down(workspace, target, words, actor)
    click.echo(f"{target} is taken down; commit .schoolgate/approvals and build the site")
    if trouble:
        click.echo(trouble, err=True)
        raise SystemExit(ExitCode.NOT_CHECKED)
