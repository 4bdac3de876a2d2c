"""``schoolgate rights reuse``: tell other programs whose the files are, as REUSE asks."""

from collections.abc import Iterator
from pathlib import Path

import click

from moderation.commands.rights_found import PAGE, Told, find_rights
from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract.licensing import REUSE, spdx, write_reuse
from moderation.model import Declaration, UsageError
from moderation.policy.licences import licence_of
from moderation.registers.files import make_folder, write_atomically

_TEXTS = "LICENSES"
_OWN = "LicenseRef-"


@click.command("reuse")
@click.option("--holder", required=True, help="Whose the pages are: the school or its trust.")
@click.option("--replace", is_flag=True, help="Replace a REUSE.toml that is there.")
def command(holder: str, replace: bool) -> None:
    """Write REUSE.toml and the texts of the school's own licences from what the pages declare.

    A site that passes the checks of rights then passes reuse lint, once the texts of the public
    licences are there too: reuse download --all gets them.

    Example: schoolgate rights reuse --holder "Quillbrook Primary School"
    """
    workspace = need_workspace()
    if not holder.strip() or not holder.isprintable():
        raise UsageError("--holder: write the name of the school on one line")
    target = workspace.root / REUSE
    if target.exists() and not replace:
        raise UsageError(f"{REUSE}: is there already; replace it with --replace")
    said = list(_declared(workspace))
    licences = {spdx(each.licence) for each in said} | {f"{_OWN}own-work"}
    folder = workspace.root / _TEXTS
    make_folder(folder, mode=0o755)
    for licence in sorted(each for each in licences if each.startswith(_OWN)):
        _write_text(folder / f"{licence}.txt", licence.removeprefix(_OWN), holder.strip())
    data = write_reuse(said, holder.strip(), workspace.content.name)
    write_atomically(target, data, mode=0o644)
    public = sorted(each for each in licences if not each.startswith(_OWN))
    left = f"; put the texts of {', '.join(public)} into {_TEXTS}/" if public else ""
    click.echo(f"{REUSE}: names the rights of {len(said)} files{left}")


def _declared(workspace: Workspace) -> Iterator[Declaration]:
    """Yield what the pages declare.

    Raises:
        UsageError: a file lacks something

    """
    pages = sorted(workspace.content.rglob("*.md"))
    paths = [page.relative_to(workspace.content).as_posix() for page in pages]
    for told in find_rights(workspace, paths):
        _whole(told)
        yield told.said[PAGE]


def _whole(told: Told) -> None:
    if told.missing:
        raise UsageError(
            f"{told.path}: {told.page} does not say its {', '.join(told.missing)}; "
            "see schoolgate rights set"
        )


def _write_text(file: Path, licence: str, holder: str) -> None:
    if file.exists():
        return  # the school may have written more
    name = licence_of(licence).name
    words = f"{name}\n\nFor the website of {holder} only. No other use is allowed.\n"
    write_atomically(file, words.encode(), mode=0o644)
