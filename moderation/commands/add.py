"""``schoolgate add``: bring a photo or download in and declare it on a page."""

from pathlib import Path

import click

from moderation.analysis.pictures import without_private_data
from moderation.commands.declare import declare
from moderation.commands.naming import nameless
from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract import extract
from moderation.model import Declaration, UsageError
from moderation.pipeline.paths import suggest
from moderation.pipeline.reading import read_file
from moderation.policy import Limits
from moderation.registers.files import make_folder, write_atomically


@click.group("add")
def command() -> None:
    """Bring a photo or download in and declare it on a page."""


@command.command("photo")
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", metavar="REFS", help="Everyone in it, by reference: P-0112,P-0113.")
@click.option("--nobody", is_flag=True, help="Nobody is in it.")
@click.option("--author", required=True, help="Who made it.")
@click.option("--licence", required=True, help="SPDX identifier, or own-work, pupil-work, ...")
@click.option("--source", default="", help="Where it came from.")
@click.option("--device", default="", help="What took it.")
@click.option(
    "--decorative", is_flag=True, help="It says nothing, so it needs no alternative text."
)
@click.option("--replace", is_flag=True, help="Replace what the page declares of it now.")
def photo(  # noqa: PLR0913 - one argument an option
    page: Path,
    file: Path,
    people: str | None,
    nobody: bool,
    author: str,
    licence: str,
    source: str,
    device: str,
    decorative: bool,
    replace: bool,
) -> None:
    """Declare FILE on PAGE, and copy it into the site, without its metadata.

    Say who is in the picture with --people, or --nobody. A photo from elsewhere is copied without
    location, camera, names and everything else that it carries out of sight; your own file is not
    changed. Nor is the page's text: the line to put into it is printed.

    Example: schoolgate add photo content/news/fete.md ~/fete.jpg --nobody --author "The office"
    --licence own-work
    """
    if bool(people) == nobody:
        raise UsageError("say who is in the picture: either --people P-0112,... or --nobody")
    workspace = need_workspace()
    where, limits = workspace.content_path(page), workspace.policy().limits
    target = _bring_in(workspace, file, limits)
    declaration = Declaration(
        path=target,
        people=tuple(ref.strip() for ref in people.split(",")) if people else (),
        device=device,
        author=author,
        licence=licence,
        source=source,
        decorative=decorative,
    )
    text = declare(where, read_file(workspace.content, where, limits), declaration, replace=replace)
    write_atomically(workspace.content / where, text, mode=0o644)
    up = "../" * where.count("/")
    click.echo(f"{target} is declared on {where}; put this line where it belongs:\n")
    click.echo(f"![{'' if decorative else 'Say what the picture shows'}]({up}{target})")


def _bring_in(workspace: Workspace, file: Path, limits: Limits) -> str:
    """Return the path of *file* below the content folder, copying it to photos/ if need be."""
    try:
        return workspace.content_path(file)
    except UsageError:
        target = nameless(workspace, suggest(f"photos/{file.name}"))
    data = read_file(file.resolve().parent, file.resolve().name, limits)
    if extract(target, data, limits).media_type.startswith("image/"):
        data = without_private_data(data)
    place = workspace.content / target
    if place.exists() and place.read_bytes() != data:
        raise UsageError(f"content/{target}: another file has this name; rename {file.name}")
    make_folder(place.parent, mode=0o755)
    write_atomically(place, data, mode=0o644)
    return target
