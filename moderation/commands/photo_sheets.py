"""Lay photos out on a page for the person who decides: outside git and outside the site."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from moderation.attest.standing import Unit
from moderation.commands.workspace import Workspace
from moderation.extract.declarations import read_declarations
from moderation.extract.sniff import sniff
from moderation.model import (
    Asset,
    Carrier,
    Declaration,
    IntegrityError,
    Region,
    SchoolgateError,
    Verdict,
)
from moderation.pipeline.confined import call, read_document
from moderation.registers import Consents, ConsentState
from moderation.registers.files import make_folder, write_atomically
from moderation.reports.display import safe
from moderation.reports.inline_picture import Protocol, inline
from moderation.reports.photo_sheet import Answer, SheetPhoto, render
from moderation.review.blobs import FileBlobStore

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Published:
    """What is approved: files, by path what is declared of each and who shows it, what is gone."""

    assets: tuple[Asset, ...]
    declared: Mapping[str, Declaration]
    pages: Mapping[str, Collection[str]]
    missing: tuple[str, ...]


def sheet_photos(
    assets: Iterable[Asset],
    declared: Mapping[str, Declaration],
    workspace: Workspace,
    *,
    today: date,
    verdict: Verdict | None = None,
    pages: Mapping[str, Collection[str]] | None = None,
    beside: str = "",
    documents: bool = False,
) -> Iterator[SheetPhoto]:
    """Yield the photos among *assets* as a sheet shows them.

    Args:
        assets: files of any kind
        declared: what their pages say of them, by path
        workspace: whose consent register is asked
        today: the day on which consents must hold
        verdict: the findings of which are written beside the photo
        pages: which show a file, by its path
        beside: the folder beside the sheet in which the files lie; empty where they do not
        documents: yield the first pages of PDF too

    """
    policy = workspace.policy()
    consents = (workspace.registers().consents or Consents()).under(policy.consenting)
    for asset, is_document in _shown(assets, documents=documents):
        people = declared[asset.path].people if asset.path in declared else None
        answers = (
            None
            if people is None
            else tuple(_answer(consents, each, policy.channel, today) for each in people)
        )
        yield replace(
            _photo(asset, answers, _notes(verdict, asset.path)),
            words=_words(verdict, asset.path),
            document=is_document,
            pages=tuple(sorted((pages or {}).get(asset.path, ()))),
            original=f"{beside}/{asset.path}" if beside else "",
        )


def _shown(assets: Iterable[Asset], *, documents: bool) -> Iterator[tuple[Asset, bool]]:
    """Yield the pictures, and documents where they are wanted, and whether each is one."""
    for asset in assets:
        kind = sniff(asset.path, asset.data)
        if kind.startswith("image/") or (documents and kind == _PDF):
            yield asset, kind == _PDF


def write_sheet(file: Path, title: str, photos: Iterable[SheetPhoto]) -> Path:
    """Write a sheet, readable by its owner only, and return where."""
    make_folder(file.parent)
    write_atomically(file, render(title, photos).encode())
    return file


def print_photos(photos: Iterable[SheetPhoto], how: Protocol) -> None:
    """Print photos with numbered boxes around the faces.

    Args:
        photos: as they are on a sheet
        how: what the terminal takes

    """
    from moderation.analysis.previews import Preview, boxed

    for photo in photos:
        if photo.trouble:
            continue
        made = Preview(jpeg=photo.jpeg, width=photo.width, height=photo.height, people=photo.faces)
        click.echo(f"\n{safe(photo.path)}")
        click.echo(inline(boxed(made), how))


def published(workspace: Workspace, units: Iterable[Unit], here: Iterable[Asset]) -> Published:
    """Return the files that are approved now, and what their pages say of them."""
    tree = {asset.digest: asset for asset in here}
    blobs = FileBlobStore(workspace.home / "blobs")
    assets: dict[str, Asset] = {}
    declared: dict[str, Declaration] = {}
    missing: list[str] = []
    pages: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        for ref in unit.subjects:
            try:
                data = tree[ref.digest].data if ref.digest in tree else blobs.get(ref.digest)
            except IntegrityError:
                missing.append(ref.path)
                continue
            assets[ref.path] = Asset(ref.path, data)
            pages[ref.path].add(unit.page)
        if unit.page in assets:
            page = assets[unit.page]
            declared |= read_declarations(read_document(page.path, page.data))
    return Published(tuple(assets.values()), declared, pages, tuple(missing))


def _answer(consents: Consents, reference: str, channel: str, today: date) -> Answer:
    state = consents.state(reference, channel, today)
    return Answer(reference=reference, words=state, allowed=state is ConsentState.GRANTED)


def _photo(asset: Asset, declared: tuple[Answer, ...] | None, notes: tuple[str, ...]) -> SheetPhoto:
    from moderation.pipeline.confined import tasks

    try:
        jpeg, width, height, faces = call(tasks.preview, asset.data)
    except SchoolgateError as error:
        return SheetPhoto(path=asset.path, declared=declared, notes=notes, trouble=str(error))
    return SheetPhoto(
        path=asset.path,
        jpeg=jpeg,
        width=width,
        height=height,
        faces=faces,
        declared=declared,
        notes=notes,
    )


def _words(verdict: Verdict | None, path: str) -> tuple[Region, ...]:
    """Return where words stand in one photo that findings are about."""
    places = (f.primary for f in (verdict.findings if verdict else ()) if f.primary.path == path)
    found = {p.region for p in places if p.carrier is Carrier.OCR and p.region}
    return tuple(sorted(found))


def _notes(verdict: Verdict | None, path: str) -> tuple[str, ...]:
    """Return the findings on one photo; those of its page name it in their field."""
    if verdict is None:
        return ()
    return tuple(
        f"{finding.severity}: {finding.rule}: {finding.message}"
        for finding in verdict.findings
        if finding.primary.path == path or finding.primary.field == f"assets.{path}"
    )
