"""``schoolgate add file``: bring a download in, without what its readers do not see."""

import os
from pathlib import Path

import click

from moderation.commands.downloads import is_download, say
from moderation.commands.keeping import keep
from moderation.commands.naming import nameless
from moderation.commands.workspace import Workspace, need_workspace
from moderation.model import Asset, UsageError
from moderation.pipeline.confined import call, tasks
from moderation.pipeline.paths import check_path, suggest
from moderation.pipeline.reading import read_file
from moderation.policy import Policy
from moderation.registers.files import make_folder, write_atomically


@click.command("file")
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace the download of this name.")
def command(page: Path, file: Path, replace: bool) -> None:
    """Copy FILE into the site as a download of PAGE, cleaned.

    Author, comments, tracked changes, hidden sheets, rows and slides, notes, attachments and
    whatever else readers do not see stay behind; tracked changes are accepted. Your own file is
    not changed, nor is the page: the line to put into it is printed.

    Example: schoolgate add file content/news/trip.md ~/letter.docx
    """
    workspace = need_workspace()
    where, policy = workspace.content_path(page), workspace.policy()
    target, data, clean, done = _cleaned(workspace, file, policy)
    there = workspace.content / target
    if there.exists() and there.read_bytes() != clean:
        if not replace:
            raise UsageError(
                f"content/{target}: is there already; rename {file.name}, or replace it with "
                "--replace"
            )
        keep(workspace, there.name, there.read_bytes())
    make_folder(there.parent, mode=0o755)
    write_atomically(there, clean, mode=0o644)
    say(done if clean != data else ())
    up = "../" * where.count("/")
    click.echo(f"{target} is in the site; put this line where it belongs:\n")
    click.echo(f"[[[Say what it is]]]({up}{target})")


def _cleaned(
    workspace: Workspace, file: Path, policy: Policy
) -> tuple[str, bytes, bytes, tuple[str, ...]]:
    """Return where the download goes, its bytes, those of the clean copy, and what was done."""
    place = Path(os.path.abspath(file))  # noqa: PTH100 - must not follow links
    if place.is_relative_to(workspace.content):
        target = check_path(workspace.content_path(file), policy.endings)
        data = read_file(workspace.content, target, policy.limits)
    else:
        data = read_file(place.resolve().parent, place.resolve().name, policy.limits)
        name = nameless(workspace, suggest(f"downloads/{file.name}"))
        target = check_path(name, policy.endings)
    if not is_download(Asset(target, data)):
        raise UsageError(f"{file.name}: is no PDF and no office file; add one of these")
    clean, done = call(tasks.clean_document, data, policy.limits)
    return target, data, clean, done
