"""``schoolgate rights``: whose the files are, where that is written, and what is missing."""

from dataclasses import replace
from pathlib import Path

import click

from moderation.commands import rights_reuse
from moderation.commands.declare import declare
from moderation.commands.keeping import put
from moderation.commands.output import in_ci, json_or_terminal, show_rows
from moderation.commands.rights_found import (
    EMBEDDED,
    KEYS,
    PAGE,
    Told,
    find_rights,
    pages_of,
    tell,
)
from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract.declarations import MAKERS, read_declarations, read_until
from moderation.extract.licensing import SIDECAR, is_licensing, read_sidecar, write_sidecar
from moderation.model import Declaration, ExtractionError, UsageError
from moderation.pipeline.confined import call, read_document
from moderation.pipeline.reading import read_file
from moderation.registers.files import write_atomically

_COLUMNS = (
    *("file", "page", "author", "holder", "licence", "source", "read_from", "until"),
    *("missing", "contradicted"),
)
_ALWAYS = frozenset({"file", "author", "licence", "missing"})


class _Rights(click.Group):
    """``schoolgate rights PATH`` means ``schoolgate rights show PATH``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        words = args if args[0] in self.commands else ["show", *args]
        return super().resolve_command(ctx, words)


@click.group("rights", cls=_Rights)
def command() -> None:
    """Show whose the files are, and declare it.

    What a page says under assets: counts, as only pages are approved. A .license file beside the
    file, REUSE.toml and the file's own fields are shown too, and can be taken over with
    schoolgate rights set FILE --found.
    """


command.add_command(rights_reuse.command)


@command.command("show")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@json_or_terminal
def show(path: Path, style: str | None) -> None:
    """Show author, holder, licence and source of a file, of a page's files, or of a folder's.

    Example: schoolgate rights show content/news
    """
    workspace = need_workspace()
    rows = [_row(told) for told in find_rights(workspace, _below(workspace, path))]
    columns = [c for c in _COLUMNS if c in _ALWAYS or any(row[c] for row in rows)]
    show_rows(rows, columns, style, "no files there")


def _below(workspace: Workspace, path: Path) -> list[str]:
    if not path.is_dir():
        return [workspace.content_path(path)]
    if path.resolve() == workspace.root.resolve():
        path = workspace.content
    files = (file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    found = sorted(workspace.content_path(file) for file in files)
    return [each for each in found if not is_licensing(each)]


def _row(told: Told) -> dict[str, object]:
    whole = told.whole
    if in_ci():  # what a file says of itself may name somebody, and everybody reads along
        said = {place: each for place, each in told.said.items() if place != EMBEDDED}
        whole = replace(told, said=said).whole
    return {
        "file": told.path,
        "page": told.page,
        **{key: str(getattr(whole, key) or "") for key in KEYS},
        "read_from": list(told.places),
        "missing": list(told.missing),
        "contradicted": list(told.contradictions),
    }


@command.command("set")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page that declares it, where several show it.",
)
@click.option("--author", help="Who made it.")
@click.option("--holder", help="Whose it is, if not the author's.")
@click.option("--licence", help="SPDX identifier, or own-work, pupil-work, stock, permission ...")
@click.option("--title", help="What the work is called.")
@click.option("--source", help="Where it came from.")
@click.option("--invoice", help="Number of the invoice, for stock.")
@click.option("--permission", help="Where the permission is kept; never a pupil's name.")
@click.option("--until", help="The last day of its use, such as 2027-08-31.")
@click.option("--made-by", type=click.Choice(MAKERS[1:]), help="ai: a program made it up.")
@click.option("--found", is_flag=True, help="Take over what sidecar, REUSE.toml and file say.")
@click.option("--sidecar", is_flag=True, help="Write a .license file beside it instead.")
@click.option("--write", is_flag=True, help="Write the credit into the picture's fields as well.")
def set_(
    file: Path,
    page: Path | None,
    *,
    found: bool,
    sidecar: bool,
    write: bool,
    **given: str | None,
) -> None:
    """Declare whose FILE is on the page that shows it; what else the page says stays as it was.

    Example: schoolgate rights set content/photos/fete.jpg --author "The office" --licence own-work
    """
    workspace = need_workspace()
    path = workspace.content_path(file)
    if path.endswith(".md") or is_licensing(path):
        raise UsageError(f"{path}: is no picture or download; name the file that the page shows")
    words = {key: value.strip() for key, value in given.items() if value is not None}
    if not (words or found or write):
        raise UsageError("say what to declare, such as --author and --licence; or --found")
    _accepted(words, workspace)
    if sidecar:
        if page is not None or found or write:
            raise UsageError("say --sidecar, or one of --page, --found and --write")
        _set_beside(workspace, path, words)
        return
    where = workspace.content_path(page) if page else _only_page(workspace, path)
    said = _set_on_page(workspace, path, where, words, found=found)
    if write:
        _write_into(workspace, path, said)


def _accepted(words: dict[str, str], workspace: Workspace) -> None:
    licences = workspace.policy().licences
    if words.get("licence") and words["licence"] not in licences:
        raise UsageError(f"--licence: is not one of {', '.join(sorted(licences))}")
    for key, word in words.items():
        if any(ord(sign) < ord(" ") for sign in word):
            raise UsageError(f"--{key.replace('_', '-')}: write one line")


def _only_page(workspace: Workspace, path: str) -> str:
    pages = pages_of(workspace, path)
    if len(pages) == 1:
        return pages[0]
    trouble = f"{len(pages)} pages show it" if pages else "no page shows it"
    raise UsageError(
        f"{path}: {trouble}; name the page with --page, or write a file with --sidecar"
    )


def _changed(before: Declaration, words: dict[str, str]) -> Declaration:
    try:
        until = {"until": read_until(words["until"], "--until")} if "until" in words else {}
    except ExtractionError as error:
        raise UsageError(str(error)) from None
    plain = {key: word for key, word in words.items() if key != "until"}
    return replace(before, **plain, **until)  # type: ignore[arg-type]  # the keys are of words


def _set_on_page(
    workspace: Workspace, path: str, where: str, words: dict[str, str], *, found: bool
) -> Declaration:
    limits = workspace.policy().limits
    data = read_file(workspace.content, where, limits)
    said = read_declarations(read_document(where, data, limits)).get(path)
    before = said or Declaration(path=path)
    if found:
        whole = tell(workspace, path, where, said).whole
        before = replace(before, **{key: getattr(whole, key) for key in KEYS})
        _accepted({"licence": before.licence}, workspace)
    after = _changed(before, words)
    if after == said:
        click.echo(f"{where}: says so already; nothing was changed")
        return after
    text = declare(where, data, after, replace=True)
    write_atomically(workspace.content / where, text, mode=0o644)
    missing = Told(path=path, page=where, said={PAGE: after}).missing
    lacks = f"; still missing: {', '.join(missing)}" if missing else ""
    click.echo(f"{where}: declares {path}{lacks}")
    return after


def _write_into(workspace: Workspace, path: str, said: Declaration) -> None:
    """Write the credit into the fields of a picture, and keep the original outside the site."""
    from moderation.analysis.repair.credited import declared_credit
    from moderation.pipeline.confined import tasks

    limits = workspace.policy().limits
    data = read_file(workspace.content, path, limits)
    changed = call(tasks.credited, data, declared_credit(said), True, limits)
    if changed == data:
        click.echo(f"{path}: its fields say so already")
        return
    click.echo(put(workspace, workspace.content / path, data, changed, word="credited"))


def _set_beside(workspace: Workspace, path: str, words: dict[str, str]) -> None:
    for key in words:
        if key not in ("author", "holder", "licence"):
            raise UsageError(f"--{key.replace('_', '-')}: a .license file has no place for it")
    limits, beside = workspace.policy().limits, f"{path}{SIDECAR}"
    before = Declaration(path=path)
    if (workspace.content / beside).is_file():
        before = read_sidecar(path, read_file(workspace.content, beside, limits))
    after = _changed(before, words)
    if not (after.author and after.licence):
        raise UsageError("--sidecar: needs --author and --licence")
    write_atomically(workspace.content / beside, write_sidecar(after), mode=0o644)
    click.echo(f"{beside}: written; take it over to the page with schoolgate rights set --found")
