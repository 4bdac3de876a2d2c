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
@click.option(
    "--out",
    "outs",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    help="Take it out of this copy of the built site too, such as the one on the web server.",
)
@as_person
def command(path: Path, reason: str, outs: tuple[Path, ...], person: str | None) -> None:
    """Take PATH off the site, with every page it was approved with.

    One moderator is enough. It works on a full disk, after the people of the site have expired,
    with a theme that is not the locked one, and where the queue is away. The files leave site/ at
    once, with what leads to them: links, the search index, the sitemap and the page of credits.
    The next build leaves them out. Nothing is deleted in content/.

    Example: schoolgate takedown photos/fete.jpg --reason "Consent withdrawn"
    """
    workspace = need_workspace()
    words = need_reason(reason)
    target = workspace.published_path(path)
    actor = authenticate(workspace, read_site_trust(workspace, expired=True), person)
    taken = take_down(workspace, target, words, actor, outs=outs)
    for name, struck in taken.struck.items():
        gone, cut = len(struck.removed), len(struck.changed)
        click.echo(
            f"{name}/: {'1 file is' if gone == 1 else f'{gone} files are'} gone, and what led there"
            f" is cut out of {cut} more"
        )
    click.echo(f"{target} is taken down; commit .schoolgate and build the site")
    for trouble in taken.troubles:
        click.echo(trouble, err=True)
    if taken.troubles:
        raise SystemExit(ExitCode.NOT_CHECKED)
