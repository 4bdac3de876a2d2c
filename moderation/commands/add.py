"""``schoolgate add``: bring a photo or a download in, without its hidden data."""

import dataclasses
import os
from pathlib import Path

import click

from moderation.analysis.repair.credited import demanded_credit
from moderation.analysis.repair.modern import is_modern
from moderation.commands import add_file
from moderation.commands.declare import declare
from moderation.commands.keeping import keep
from moderation.commands.naming import nameless
from moderation.commands.workspace import Workspace, need_workspace
from moderation.extract.declarations import REFERENCE
from moderation.model import Carrier, Declaration, UsageError
from moderation.pipeline.confined import call, read_document, tasks
from moderation.pipeline.paths import check_path, suggest
from moderation.pipeline.reading import read_file
from moderation.policy import Policy
from moderation.registers.files import make_folder, write_atomically

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")


@click.group("add")
def command() -> None:
    """Bring a photo or a download in, without its hidden data."""


command.add_command(add_file.command)


@command.command("photo")
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", metavar="REFS", help="Everyone in it, by reference: P-0112,P-0113.")
@click.option("--nobody", is_flag=True, help="Nobody is in it.")
@click.option("--author", required=True, help="Who made it.")
@click.option("--holder", default="", help="Whose it is, if not the author's.")
@click.option("--licence", required=True, help="SPDX identifier, or own-work, pupil-work, ...")
@click.option("--title", default="", help="What the work is called.")
@click.option("--source", default="", help="Where it came from.")
@click.option("--device", default="", help="What took it.")
@click.option("--decorative", is_flag=True, help="It needs no alternative text.")
@click.option("--replace", is_flag=True, help="Replace what the page declares of it now.")
def photo(  # noqa: PLR0913 - one argument an option
    page: Path,
    file: Path,
    people: str | None,
    nobody: bool,
    author: str,
    holder: str,
    licence: str,
    title: str,
    source: str,
    device: str,
    decorative: bool,
    replace: bool,
) -> None:
    """Declare FILE on PAGE, and copy it into the site, without its metadata.

    Say who is in the picture with --people, or --nobody. Location, camera, names and whatever else
    the photo carries out of sight stay behind; author and licence are written into the copy where
    the licence asks for them. Your own file is not changed, nor is the page's text: the line to put
    into it is printed.

    Example: schoolgate add photo content/news/fete.md ~/fete.jpg --nobody --author "The office"
    --licence own-work
    """
    workspace = need_workspace()
    where, policy = workspace.content_path(page), workspace.policy()
    said = Declaration(
        path="",
        people=_references(people, nobody=nobody),
        device=device,
        author=author,
        holder=holder,
        licence=_licence(licence, policy),
        title=title,
        source=source,
        decorative=decorative,
    )
    _bring(workspace, where, file, said, policy, replace=replace)


def _bring(
    workspace: Workspace,
    where: str,
    file: Path,
    said: Declaration,
    policy: Policy,
    *,
    replace: bool,
) -> None:
    """Write the picture and the page that declares it."""
    target, data = _picture(workspace, file, said, policy, replace=replace)
    declaration = dataclasses.replace(said, path=target)
    now = read_file(workspace.content, where, policy.limits)
    text = declare(where, now, declaration, replace=replace)
    make_folder((workspace.content / target).parent, mode=0o755)
    write_atomically(workspace.content / target, data, mode=0o644)
    write_atomically(workspace.content / where, text, mode=0o644)
    _tell(where, target, decorative=said.decorative)


def _tell(where: str, target: str, *, decorative: bool) -> None:
    up = "../" * where.count("/")
    click.echo(f"{target} is declared on {where}; put this line where it belongs:\n")
    click.echo(f"![{'' if decorative else '[[Say what the picture shows]]'}]({up}{target})")


def _picture(
    workspace: Workspace, file: Path, said: Declaration, policy: Policy, *, replace: bool
) -> tuple[str, bytes]:
    """Return where the picture goes below the content folder, and its bytes without hidden data."""
    place, limits = Path(os.path.abspath(file)), policy.limits  # noqa: PTH100 - must not follow links
    inside = place.is_relative_to(workspace.content)
    if inside:
        target = check_path(workspace.content_path(file), policy.endings)
        data = read_file(workspace.content, target, limits)
    else:
        data = read_file(place.resolve().parent, place.resolve().name, limits)
        name = f"{file.stem}.jpg" if is_modern(data) else file.name
        target = nameless(workspace, suggest(f"photos/{name}"))
    if not is_modern(data) and read_document(target, data, limits).media_type not in PICTURES:
        raise UsageError(f"{file.name}: is no JPEG, PNG, WebP or GIF picture; add one of these")
    clean = call(tasks.clean, data, policy.longest_picture, limits)
    told = demanded_credit(said)
    made = call(tasks.credited, clean, told, False, limits) if told else clean
    there = workspace.content / target
    if inside and not replace and (clean == data or not _needs_mending(target, data, policy)):
        return target, data
    if there.exists() and there.read_bytes() not in (clean, made) and not replace:
        trouble = (
            "is too large or carries hidden data; --replace takes it out"
            if inside
            else f"another file has this name; rename {file.name}, or replace it with --replace"
        )
        raise UsageError(f"content/{target}: {trouble}")
    if inside and made != data:
        keep(workspace, file.name, data)
    return target, made


def _needs_mending(target: str, data: bytes, policy: Policy) -> bool:
    document = read_document(target, data, policy.limits)
    private = (Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.COMMENT)
    sides = (int(document.properties[side]) for side in ("width", "height"))
    large = max(sides) > policy.longest_picture
    return large or bool(document.parts) or any(document.carried(*private))


def _references(people: str | None, *, nobody: bool) -> tuple[str, ...]:
    if bool(people) == nobody:
        raise UsageError("say who is in the picture: either --people P-0112,... or --nobody")
    references = tuple(ref.strip() for ref in people.split(",")) if people else ()
    if not all(REFERENCE.fullmatch(each) for each in references):
        raise UsageError("--people: write references such as P-0112,P-0113, never names")
    return references


def _licence(licence: str, policy: Policy) -> str:
    if licence not in policy.licences:
        raise UsageError(f"--licence: is not one of {', '.join(sorted(policy.licences))}")
    return licence
