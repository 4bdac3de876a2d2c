"""``schoolgate release``: what may be deployed, signed, numbered, and copied file by file."""

import os
from pathlib import Path

import click

from moderation.commands.actor import as_person, authenticate
from moderation.commands.meanwhile import strike_meanwhile
from moderation.commands.output import json_or_terminal, show_json, told
from moderation.commands.second_build import require_same
from moderation.commands.striking import command as strike
from moderation.commands.trusting import as_anchor
from moderation.commands.verified import examined, require_whole
from moderation.commands.workspace import need_workspace, now
from moderation.model import UsageError
from moderation.publish.deploy import (
    copy_release,
    left_behind,
    next_release,
    read_built,
    read_text,
    release_path,
    require_deployable,
)
from moderation.publish.folder import kept_folders
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed, read_release, sign_release
from moderation.publish.site import load_site
from moderation.registers.files import write_atomically

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_out = click.option("--out", type=_FOLDER, help="Default: site/.")
_deployed = click.option("--deployed", type=_FILE, help="The release that was deployed last.")


@click.group("release")
def command() -> None:
    """Sign what was built, and copy exactly that.

    A release lists every file of the site by digest. It is numbered, seals the release before it,
    and names the last decision that it rests on. So an older site, and a log from which a takedown
    was deleted, are seen.
    """


@command.command("sign")
@_out
@_deployed
@click.option("--first", is_flag=True, help="This site was never released before.")
@as_anchor
@as_person
def sign(
    out: Path | None, deployed: Path | None, first: bool, anchor: str, person: str | None
) -> None:
    """Build the site once more, compare every byte, and sign the list of its files.

    Takes the key of a head or of a deployer, which is a role for the machine that deploys. The
    release is written beside the site, as site.release.json. Without --deployed it follows the
    release that lies there.

    Example: schoolgate release sign --deployed /srv/www/school.release.json
    """
    workspace = need_workspace()
    target = out or workspace.root / "site"
    moment = now()
    site, _, manifest = examined(workspace, moment=moment, anchor=anchor)
    built = read_built(target)
    require_whole(target, built, manifest)
    before = deployed or _beside(target)
    if (before is None) != first:
        raise UsageError(
            "--first: there is a release already; leave the option out"
            if first
            else "--deployed: name the release that was deployed last, or say --first"
        )
    actor = authenticate(workspace, site.trust, person)
    last = read_deployed(read_text(before), site.trust, source=before.name) if before else None
    release = next_release(site, built, last, signer=actor.person.id, now=moment)
    text = sign_release(release, actor.signer, site.trust)
    require_same(site, built, target.name, None, moment=moment)  # nothing is written before
    write_atomically(release_path(target), text.encode(), mode=0o644)
    click.echo(
        f"release {release.number} is signed: {len(release.files)} files, the same in two builds, "
        f"after decision {release.rests.approvals.seq}; it lies in {release_path(target).name}"
    )


@command.command("show")
@click.argument("file", type=_FILE)
@as_anchor
@json_or_terminal
def show(file: Path, anchor: str, style: str | None) -> None:
    """Say what is in the release FILE, and whether this site's people signed it.

    Example: schoolgate release show site.release.json
    """
    site = load_site(need_workspace().root, now=now(), anchor=anchor)
    release = read_release(read_text(file), site.trust, source=file.name)
    if style == "json":
        show_json(_row(release))
    else:
        rows = _row(release).items()
        click.echo("\n".join(f"{_LABELS.get(name, name)}: {value}" for name, value in rows))


@command.command("copy")
@click.argument("target", metavar="DEST", type=_FOLDER)
@_out
@_deployed
@click.option("--fresh", is_flag=True, help="Nothing of this site was ever deployed.")
@click.option("--rebuild", "again", is_flag=True, help="Build once more, and compare every byte.")
@as_anchor
def copy(
    target: Path, out: Path | None, deployed: Path | None, fresh: bool, again: bool, anchor: str
) -> None:
    """Copy exactly the files of the signed release to DEST, whole or not at all.

    The release is kept beside DEST; an older one is refused from then on. On a machine that keeps
    nothing, say with --deployed which release was deployed last. Files of the site that the
    release does not list are named and stay behind. With --rebuild the key that signed the release
    is not believed alone.

    Example: schoolgate release copy /srv/www/school
    """
    workspace = need_workspace()
    source = out or workspace.root / "site"
    moment = now()
    site, files, manifest = examined(workspace, moment=moment, anchor=anchor)
    built, file = read_built(source), release_path(source)
    before = tuple(each for each in (deployed, _beside(target)) if each)
    if not before and not fresh:
        raise UsageError("--deployed: name the release that was deployed last, or say --fresh")
    release = require_deployable(site, file, built, before, now=moment)
    require_whole(source, built, manifest, extra=True)
    if again:
        require_same(site, built, source.name, None, moment=moment)
    kept = kept_folders(site.root, files.settings.theme_dir)
    copy_release(source, release, read_text(file), built, target, now=moment, kept=kept)
    strike_meanwhile(site, target)
    known = [each.path for each in built.files]
    for path in left_behind(source, release):
        click.echo(f"{source.name}/{told(path, known)} is not in the release and stayed behind")
    click.echo(f"{target.name}/ holds the {len(release.files)} files of release {release.number}")


command.add_command(strike)


_LABELS = {"decisions": "last decision", "people": "version of the people"}


def _beside(folder: Path) -> Path | None:
    """Return the release that lies beside a folder, if one does."""
    file = release_path(folder)
    return file if os.path.lexists(file) else None


def _row(release: Release) -> dict[str, object]:
    return {
        "number": release.number,
        "signer": release.signer,
        "signed": release.issued_at.isoformat(),
        "files": len(release.files),
        "decisions": release.rests.approvals.seq,
        "people": release.rests.trust.seq,
        "digest": release.digest,
    }
