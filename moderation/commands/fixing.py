"""``schoolgate check --fix``: clean the pictures before they are checked."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from moderation.analysis.repair.clean import clean_picture
from moderation.commands.keeping import put
from moderation.commands.workspace import Workspace
from moderation.extract.sniff import sniff
from moderation.model import Asset, SchoolgateError
from moderation.pipeline.collect import collect
from moderation.pipeline.reading import read_file, read_tree
from moderation.policy import Policy

_PICTURES = ("jpeg", "png", "webp", "gif", "heic", "heif", "avif")


def fix_pictures(
    paths: Sequence[Path], root: Path, workspace: Workspace | None, policy: Policy
) -> None:
    """Clean every picture among *paths* and on the pages among them, and say what was done.

    What cannot be read is left to the check, which reports it.

    Args:
        paths: absolute paths of files and folders below *root*
        root: the folder that references begin at
        workspace: the site, if there is one here
        policy: the school's settings: the size that pictures may have, and the most that is read

    """
    seen: set[str] = set()
    for asset in _assets(paths, root, policy):
        if asset.path in seen or not _is_picture(asset):
            continue
        seen.add(asset.path)
        try:
            _fix(asset, root, workspace, policy)
        except SchoolgateError as error:
            click.echo(f"not fixed: {asset.path}: {error}", err=True)


def _fix(asset: Asset, root: Path, workspace: Workspace | None, policy: Policy) -> None:
    clean = clean_picture(asset.data, longest=policy.longest_picture, limits=policy.limits)
    if clean != asset.data:
        told = put(workspace, root / asset.path, asset.data, clean, word="clean")
        click.echo(f"fixed: {told}", err=True)


def _is_picture(asset: Asset) -> bool:
    kind, _, subtype = sniff(asset.path, asset.data[:4096]).partition("/")
    return kind == "image" and subtype in _PICTURES


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
