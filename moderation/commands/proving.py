"""Is anything of somebody left on the built site? Every file of it is looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from moderation.commands.workspace import Workspace, now
from moderation.model import ExitCode, SchoolgateError, UsageError
from moderation.pipeline.confined import call
from moderation.pipeline.copies import without_people
from moderation.publish.folder import walk
from moderation.registers.lock import locked
from moderation.registers.photos import KnownPhoto, Photos, Withdrawal, store_photos


def remember(workspace: Workspace, reference: str, photos: tuple[KnownPhoto, ...]) -> None:
    """Keep the prints of photos that somebody said no to, and when they did."""
    with locked(workspace.home / "registers"):
        before = workspace.registers().photos or Photos()
        earlier = before.withdrawal(reference)
        at = earlier.at if earlier is not None and earlier.gone is None else now()
        changed = before.having(photos).withdrawing(Withdrawal(reference=reference, at=at))
        store_photos(workspace.home / "registers", workspace.vault_key(create=True), changed)


def prove(workspace: Workspace, reference: str, out: Path) -> None:
    """Say that nothing of somebody is left below *out*, or where it is, and then exit with 4.

    Raises:
        UsageError: nothing is known of a withdrawal, or nothing was built

    """
    photos = workspace.registers().photos or Photos()
    withdrawal = photos.withdrawal(reference)
    if withdrawal is None:
        raise UsageError(
            f"{reference}: no withdrawal is on the register; record it with schoolgate consent"
            f" withdraw {reference}"
        )
    if not out.is_dir():
        raise UsageError(f"{out.name}: is not there; build the site, or name its folder with --out")
    files, wanted = list(walk(out)), photos.of(reference)
    if not files:
        raise UsageError(f"{out.name}: is empty; build the site, or name its folder with --out")
    if not wanted:
        click.echo(
            f"{reference}: no photo is known in which they are declared, so nothing was looked for "
            f"in the {len(files)} files of {out.name}/"
        )
        return
    left = list(_left(out, files, wanted))
    if left:
        for line in left:
            click.echo(f"{out.name}/{line}")
        click.echo(f"{reference}: not gone; {len(left)} of {len(files)} files above")
        raise SystemExit(ExitCode.INTEGRITY)
    gone = withdrawal.gone or now()
    click.echo(
        f"{reference}: gone; none of {len(wanted)} photos, nor a copy of one, is in "
        f"the {len(files)} files of {out.name}/; {_lasted(withdrawal.at, gone)} after they said no"
    )
    if withdrawal.gone is None:
        _note(workspace, reference, gone)


def _note(workspace: Workspace, reference: str, gone: datetime) -> None:
    """Keep when somebody was gone, in the register as it is by now."""
    with locked(workspace.home / "registers"):
        photos = workspace.registers().photos or Photos()
        withdrawal = photos.withdrawal(reference)
        if withdrawal is None or withdrawal.gone is not None:
            return  # another program was quicker
        changed = photos.withdrawing(replace(withdrawal, gone=gone))
        store_photos(workspace.home / "registers", workspace.vault_key(), changed)


def _left(
    out: Path, files: list[tuple[str, bool]], photos: tuple[KnownPhoto, ...]
) -> Iterator[str]:
    from moderation.pipeline.confined import tasks

    wanted = without_people(photos)
    for path, ordinary in files:
        if not ordinary:
            yield f"{path}: is not an ordinary file, so it proves nothing; build again"
            continue
        try:
            for _, place, exact in call(tasks.shows, (out / path).read_bytes(), wanted):
                what = "is the photo" if exact else "shows a copy of the photo"
                yield f"{path}: {what}{f' ({place})' if place else ''}"
        except SchoolgateError as error:
            yield f"{path}: {error}"


def _lasted(since: datetime, until: datetime) -> str:
    seconds = max(0, round((until - since).total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
