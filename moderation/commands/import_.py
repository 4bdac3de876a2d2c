"""``schoolgate import``: make a page of a letter that a word processor wrote."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

import click

from moderation.analysis.importing.letter import Letter
from moderation.commands.declare import declare
from moderation.commands.new import FOLDERS, place_for, scaffold
from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract.refusal import naming
from moderation.model import Declaration, UsageError
from moderation.pipeline.confined import call, tasks
from moderation.pipeline.paths import check_path, printable
from moderation.pipeline.reading import read_file
from moderation.policy import Policy
from moderation.registers.files import make_folder, write_atomically
from moderation.reports.display import safe
from moderation.reports.words import counted

_HEAD = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_IN_TITLES = str.maketrans({'"': "'", "\\": "/", "{": "(", "}": ")", "[": "(", "]": ")"})
_NOT_IN_TITLES = str.maketrans("", "", "<>")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--page", "path", help="Where to put it, below content/; from the title if not given."
)
@click.option(
    "--type",
    "kind",
    type=click.Choice([kind for kind in FOLDERS if kind not in ("gallery", "closure")]),
    default="news",
    show_default=True,
    help="Which scaffold the page begins with.",
)
@click.option("--title", help="What the page is called; what the letter says if not given.")
def command(file: Path, path: str | None, kind: str, title: str | None) -> None:
    """Make a page of FILE, a letter that Word or LibreOffice wrote (docx or odt).

    Words, headings, lists, tables, links and pictures are taken over, and your file is not changed.
    What a reader of the letter does not see stays behind: comments, earlier wordings, hidden text,
    the cut-off parts of pictures and whatever pictures carry out of sight. What a page cannot have
    is listed. Then say under assets: who is in each picture and who made it.

    Example: schoolgate import ~/letter.docx --page news/summer-fete.md
    """
    workspace = need_workspace()
    policy, place = workspace.policy(), f"{token_hex(16)}/picture"
    with naming(printable(file.name)):
        source = Path(os.path.realpath(file))
        data = read_file(source.parent, source.name, policy.limits)
        letter = call(tasks.read_letter, data, place, policy.longest_picture, policy.limits)
    words = _title(title, letter)
    where = place_for(workspace, words, kind, path)
    stem = f"photos/{where.rpartition('/')[2].removesuffix('.md')}"
    body = letter.text.replace(place, f"{'../' * where.count('/')}{stem}")
    pictures = {each.name: f"{stem}{each.name.removeprefix('picture')}" for each in letter.pictures}
    text = _page(where, f"{_head(kind, words)}\n{body}".encode(), letter, pictures)
    _write(workspace, policy, where, text, letter, pictures)
    _tell(where, letter)


def _title(given: str | None, letter: Letter) -> str:
    """Return the title in words that front matter can hold as they are."""
    chosen = given if given is not None else letter.title
    plain = "".join(c for c in chosen if c.isprintable()).translate(_NOT_IN_TITLES)
    words = " ".join(plain.translate(_IN_TITLES).split())
    if not words:
        raise UsageError("the letter has no title and no heading; name the page with --title")
    return words


def _head(kind: str, title: str) -> str:
    found = _HEAD.match(scaffold(kind, title))
    if found is None:  # pragma: no cover - our own scaffolds have front matter
        raise UsageError(f"--type: the scaffold {kind} has no front matter; install anew")
    return found[0]


def _page(where: str, text: bytes, letter: Letter, pictures: Mapping[str, str]) -> bytes:
    """Declare the pictures, of which nobody has said anything yet."""
    for each in letter.pictures:
        declaration = Declaration(path=pictures[each.name], decorative=each.decorative)
        text = declare(where, text, declaration, replace=False)
    return text


def _write(
    workspace: Workspace,
    policy: Policy,
    where: str,
    text: bytes,
    letter: Letter,
    pictures: Mapping[str, str],
) -> None:
    """Write the pictures and then the page, or nothing."""
    files = {check_path(pictures[p.name], policy.endings): p.data for p in letter.pictures}
    files[where] = text
    if len(text) > policy.limits.page_bytes:
        raise UsageError(
            f"the page would have more than {policy.limits.page_bytes:,} bytes; divide the letter"
        )
    for target in files:
        if os.path.lexists(workspace.content / target):
            raise UsageError(f"content/{target}: is there already; choose another --page")
    written: list[Path] = []
    try:
        for target, data in files.items():
            file = workspace.content / target
            make_folder(file.parent, mode=0o755)
            write_atomically(file, data, mode=0o644, exclusive=True)
            written.append(file)
    except OSError:
        for file in written:
            file.unlink(missing_ok=True)
        raise


def _tell(where: str, letter: Letter) -> None:
    click.echo(f"content/{where} is ready, with {counted(len(letter.pictures), 'picture')}.")
    if letter.lost:
        click.echo("Not taken over, or only as plain words:")
        for each in letter.lost:
            click.echo(f"  {safe(each)}")
    if letter.pictures:
        click.echo("Say under assets: at its top who is in each picture, and who made it.")
    click.echo(
        "Compare it with the letter and write what stands in double brackets, then: "
        f"schoolgate check content/{where}"
    )
