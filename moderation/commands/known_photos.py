"""Keep the prints of photos that are published, by which a copy of one is known again."""

from collections.abc import Iterable

import click

from moderation.analysis.shown import is_picture
from moderation.commands.workspace import Workspace
from moderation.extract.declarations import read_declarations
from moderation.model import Asset, SchoolgateError
from moderation.pipeline.confined import call, read_document
from moderation.registers.lock import locked
from moderation.registers.photos import KnownPhoto, Photos, store_photos


def remember_published(workspace: Workspace, page: str, assets: Iterable[Asset]) -> None:
    """Keep the prints of the photos of a page that was approved.

    What cannot be kept is said, and stops nothing: the approval is signed already.
    """
    files = {asset.path: asset for asset in assets}
    declared = read_declarations(read_document(page, files[page].data))
    photos = [
        KnownPhoto(
            digest=file.digest,
            people=frozenset(each.people or ()),
            prints=prints,
            author=each.author,
            licence=each.licence,
        )
        for path, each in declared.items()
        if (each.people or each.author)
        and (file := files.get(path))
        and is_picture(path)
        and (prints := _prints(file))
    ]
    if not photos:
        return
    try:
        key = workspace.vault_key(create=True)
        with locked(workspace.home / "registers"):
            before = workspace.registers().photos or Photos()
            store_photos(workspace.home / "registers", key, before.having(photos))
    except (SchoolgateError, OSError) as error:
        click.echo(f"copies of its photos will not be known again: {error}", err=True)


def _prints(file: Asset) -> tuple[bytes, ...]:
    from moderation.pipeline.confined import tasks

    try:
        return call(tasks.prints, file.data)
    except SchoolgateError:
        return ()  # a download, which is no picture
