"""``schoolgate new``: start a page from a scaffold."""

import re
import unicodedata

import click

from moderation.commands.naming import nameless
from moderation.commands.resources import templates
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import UsageError
from moderation.pipeline.paths import check_path, suggest
from moderation.registers.files import make_folder, write_atomically

FOLDERS = {
    "news": "news/",
    "gallery": "",
    "policy": "policies/",
    "letter": "news/",
    "closure": "news/",
}


@click.group("new")
def command() -> None:
    """Start a page from a scaffold."""


@command.command("page")
@click.argument("title")
@click.option(
    "--type",
    "kind",
    type=click.Choice(list(FOLDERS)),
    default="news",
    show_default=True,
    help="Which scaffold to start from.",
)
@click.option("--path", help="Where to put it, below content/; from the title if not given.")
def page(title: str, kind: str, path: str | None) -> None:
    """Write a new page with TITLE, ready to be filled in.

    Example: schoolgate new page "Sports day" --type news
    """
    workspace = need_workspace()
    words = " ".join(title.split())
    if not words or any(not c.isprintable() or c in '"\\{}[]<>' for c in words):
        raise UsageError("TITLE: write plain words, without quotation marks or brackets")
    where = place_for(workspace, words, kind, path)
    file = workspace.content / where
    if file.exists():
        raise UsageError(f"content/{where}: is there already; choose another title or --path")
    text = scaffold(kind, words)
    make_folder(file.parent, mode=0o755)
    write_atomically(file, text.encode(), mode=0o644, exclusive=True)
    click.echo(f"content/{where} is ready; write it, then: schoolgate check content/{where}")


def place_for(workspace: Workspace, title: str, kind: str, path: str | None) -> str:
    """Return where a new page goes: *path*, or a place after its title.

    Raises:
        UsageError: it cannot be the path of a page, or names a pupil

    """
    if path:
        return nameless(workspace, check_path(path, {".md"}))
    if re.search(r"[a-z0-9]", unicodedata.normalize("NFKD", title).lower()):
        bare = title.replace("/", " ").replace(".", " ")
        return nameless(workspace, suggest(f"{FOLDERS[kind]}{bare}.md"))
    raise UsageError("TITLE: has no letter that a file name can have; name it with --path")


def scaffold(kind: str, title: str) -> str:
    """Return the text of a new page of a kind."""
    text = (templates() / "pages" / f"{kind}.md").read_text("utf-8")
    return text.replace("{{ title }}", title).replace("{{ date }}", f"{now().date()}")
