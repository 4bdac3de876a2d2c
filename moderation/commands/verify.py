"""``schoolgate verify``: prove that every file is approved and the built site is intact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from moderation.commands.output import Row, json_or_terminal, show_json, show_rows, told
from moderation.commands.refusals import refusal_rows
from moderation.commands.trusting import as_anchor
from moderation.commands.verified import examined, tell_notes
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import ExitCode, UsageError
from moderation.publish.deploy import read_built, require_deployable, require_unforgotten
from moderation.publish.manifest import Manifest, OutputManifest
from moderation.publish.release import Release
from moderation.publish.site import Site, SiteFiles
from moderation.publish.verify import differences, outdated

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.option(
    "--site", "site_only", is_flag=True, help="Prove the built site only, not the content folder."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: site/.")
@click.option("--release", type=_FILE, help="Prove that this signed release may be deployed.")
@click.option("--deployed", type=_FILE, help="The release deployed last; nothing may be older.")
@click.option(
    "--struck",
    "before",
    type=click.Path(file_okay=False, path_type=Path),
    help="The site deployed before; prove that --release only takes away from it.",
)
@click.option("--rebuild", "again", is_flag=True, help="Build once more, and compare every byte.")
@as_anchor
@json_or_terminal
def command(
    site_only: bool,
    out: Path | None,
    release: Path | None,
    deployed: Path | None,
    before: Path | None,
    again: bool,
    anchor: str,
    style: str | None,
) -> None:
    """Prove that every file is approved, and that the built site is what was built.

    Reads only: no network, no accounts, no secrets, and no pupil data is needed; on a machine that
    holds the consent register, approvals are compared with it. Exits with 4 where a file is not
    approved, was changed, or the built site is not intact. With --deployed also where an approval
    or a takedown is missing that was there when the site was deployed last. With --struck only a
    release is proved that was signed while nothing could be built (schoolgate release strike).

    Example: schoolgate verify
    """
    workspace = need_workspace()
    if before is not None:
        _prove_struck(workspace, before, release, out, anchor, style)
        return
    moment = now()
    site, files, manifest = examined(workspace, moment=moment, anchor=anchor)
    tell_notes(site.notes, style)
    target = out or workspace.root / "site"
    needed = site_only or out is not None or release is not None or again
    built = read_built(target) if target.is_dir() or needed else None
    last = (deployed,) if deployed else ()
    require_unforgotten(site, last, now=moment)
    signed = None
    if built and release:
        signed = require_deployable(site, release, built, last, now=moment)
    stale = _stale_rows(target, built, manifest)
    refused = [] if site_only else refusal_rows(manifest.refused, files.formerly)
    _Answer(site, files, manifest, target, built, signed).show([*refused, *stale], stale, style)
    if built and again:
        _rebuild(site, built, target.name, style, moment)


_REFUSED = (
    "these files are refused and not built: hand them in, or delete them; schoolgate verify --site"
    " asks about the built site alone"
)
_STALE = "do not deploy this site; build it again"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was proved."""

    site: Site
    files: SiteFiles
    manifest: Manifest
    target: Path
    built: OutputManifest | None
    signed: Release | None

    def show(self, rows: Sequence[Row], stale: Sequence[Row], style: str | None) -> None:
        """Print it, and end the program where something is refused."""
        if style == "json":
            count = len(self.built.files) if self.built else None
            dated = refusal_rows(self.manifest.dated, self.files.formerly)
            admitted = len(self.manifest.admitted)
            answer = {"admitted": admitted, "refused": rows, "dated": dated, "built": count}
            show_json(answer | ({"release": self.signed.number} if self.signed else {}))
        else:
            _tell(self.site, self.manifest)
            _tell_site(self.target, self.built if not stale else None, self.signed)
            if rows:
                show_rows(rows, ("path", "reason"), style, "")
                click.echo(_REFUSED if len(rows) > len(stale) else _STALE)
        if rows:
            raise SystemExit(ExitCode.INTEGRITY)


def _tell(site: Site, manifest: Manifest) -> None:
    click.echo(f"{len(site.statements)} signed decisions verified, in unbroken order")
    if site.terms.signed:
        click.echo(
            f"{len(site.terms.signed)} signed steps of the school's list verified, "
            f"{len(site.terms.entries)} entries in force"
        )
    click.echo(f"{len(manifest.admitted)} files are approved, byte for byte")
    if manifest.dated:
        click.echo(f"{len(manifest.dated)} more are approved, and published on other days")


def _tell_site(target: Path, whole: OutputManifest | None, signed: Release | None) -> None:
    if whole:
        click.echo(f"{target.name}/ holds exactly the {len(whole.files)} files that were built")
    if whole and signed:
        click.echo(f"they are release {signed.number}, signed by {signed.signer}")


def _stale_rows(
    target: Path, built: OutputManifest | None, manifest: Manifest
) -> Sequence[dict[str, str]]:
    """Return what of the built site is not what was built, or may not stand there any more."""
    if built is None:
        return []
    stale = (*differences(target, built), *outdated(built, manifest))
    made = [each.path for each in built.files]
    return [
        {"path": f"{target.name}/{told(each.path, made)}", "reason": each.reason} for each in stale
    ]


def _rebuild(
    site: Site, built: OutputManifest, name: str, style: str | None, moment: datetime
) -> None:
    from moderation.commands.second_build import require_same  # MkDocs, and only here

    require_same(site, built, name, style, moment=moment)
    if style != "json":
        click.echo("a second build came out the same, byte for byte")


def _prove_struck(
    workspace: Workspace,
    before: Path,
    release: Path | None,
    out: Path | None,
    anchor: str,
    style: str | None,
) -> None:
    from moderation.commands.striking import prove_struck  # on few days only

    if release is None:
        raise UsageError("--struck: name the release that was signed since with --release")
    asked, wrong = prove_struck(workspace, before, release, out, anchor)
    known = [each.path for each in asked.files]
    rows = [{"path": told(each.path, known), "reason": each.reason} for each in wrong]
    if style == "json":
        show_json({"release": asked.number, "files": len(asked.files), "wrong": rows})
    else:
        click.echo(
            f"release {asked.number}, signed by {asked.signer}, is what {before.name}/ comes to "
            "once everything that was taken down has left it, byte for byte"
        )
        if rows:
            show_rows(rows, ("path", "reason"), style, "")
    if rows:
        raise SystemExit(ExitCode.INTEGRITY)
