"""``schoolgate check --fix``: clean pictures and downloads before they are checked."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import click

from moderation.analysis.repair.credited import demanded_credit
from moderation.commands.downloads import is_download, say
from moderation.commands.keeping import put
from moderation.commands.workspace import Workspace
from moderation.extract.declarations import read_declarations
from moderation.extract.media.kinds import is_media
from moderation.extract.sniff import sniff
from moderation.model import Asset, SchoolgateError, Term
from moderation.pipeline.collect import collect
from moderation.pipeline.confined import call, read_document, tasks
from moderation.pipeline.reading import read_file, read_tree
from moderation.policy import Policy

_Told: TypeAlias = tuple[tuple[Term, str], ...]
_PICTURES = ("jpeg", "png", "webp", "gif", "heic", "heif", "avif")


def fix_files(
    paths: Sequence[Path], root: Path, workspace: Workspace | None, policy: Policy
) -> None:
    """Clean the files among *paths* and those that the pages there use, and say what was done.

    Author and licence are written into a picture whose licence asks for them.

    What cannot be read is left to the check, which reports it.

    Args:
        paths: absolute paths of files and folders below *root*
        root: the folder that references begin at
        workspace: the site, if there is one here
        policy: the school's settings: the size that pictures may have, and the most that is read

    """
    seen: set[str] = set()
    assets = list(_assets(paths, root, policy))
    told = _demanded(assets, policy)
    for asset in assets:
        if asset.path in seen or not _is_cleaned(asset):
            continue
        seen.add(asset.path)
        try:
            _fix(asset, told.get(asset.path, ()), root, workspace, policy)
        except SchoolgateError as error:
            click.echo(f"not fixed: {asset.path}: {error}", err=True)


def _fix(
    asset: Asset, told: _Told, root: Path, workspace: Workspace | None, policy: Policy
) -> None:
    gone: tuple[str, ...] = ()
    if is_download(asset):
        clean, gone = call(tasks.clean_document, asset.data, policy.limits)
    else:
        clean = call(tasks.clean, asset.data, policy.longest_picture, policy.limits)
    if told and sniff(asset.path, asset.data[:4096]).startswith("image/"):
        clean = call(tasks.credited, clean, told, False, policy.limits)
    if clean != asset.data:
        done = put(workspace, root / asset.path, asset.data, clean, word="clean")
        click.echo(f"fixed: {done}", err=True)
        say(gone)


def _demanded(assets: Sequence[Asset], policy: Policy) -> Mapping[str, _Told]:
    """Return what the fields of each picture are to say, where the pages agree on it."""
    told: dict[str, set[_Told]] = {}
    for asset in assets:
        if asset.path.lower().endswith(".md"):
            try:
                page = read_document(asset.path, asset.data, policy.limits)
                declared = read_declarations(page)
            except SchoolgateError:
                continue  # the check reports it
            for path, declaration in declared.items():
                told.setdefault(path, set()).add(demanded_credit(declaration))
    return {path: one for path, (one, *more) in told.items() if not more}


def _is_cleaned(asset: Asset) -> bool:
    media_type = sniff(asset.path, asset.data[:4096])
    kind, _, subtype = media_type.partition("/")
    is_picture = kind == "image" and subtype in _PICTURES
    return is_media(media_type) or is_picture or is_download(asset)


def _assets(paths: Sequence[Path], root: Path, policy: Policy) -> Iterator[Asset]:
    for path in paths:
        where = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        try:
            if path.is_dir():
                yield from (
                    Asset(f"{where}/{a.path}".removeprefix("./"), a.data)
                    for a in read_tree(path, policy.limits).assets
                )
            elif path.suffix.lower() == ".md":
                yield from collect(root, where, policy.limits).submission.assets
            elif where:
                yield Asset(where, read_file(root, where, policy.limits))
        except SchoolgateError:
            continue  # the check reports it
