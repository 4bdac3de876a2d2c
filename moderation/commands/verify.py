"""``schoolgate verify``: prove that every file is approved and the built site is intact."""

from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_json, show_rows
from moderation.commands.workspace import need_workspace, now
from moderation.model import ExitCode, IntegrityError
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Manifest, OutputManifest
from moderation.publish.site import examine, load_site
from moderation.publish.verify import outdated, verify_output


@click.command("verify")
@click.option(
    "--site", "site_only", is_flag=True, help="Prove the built site only, not the content folder."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: site/.")
@json_or_terminal
def command(site_only: bool, out: Path | None, style: str | None) -> None:
    """Prove that every file is approved, and that the built site is what was built.

    Reads only: no network, no accounts, no pupil data. Exits with 4 where a file is not approved,
    was changed, or the built site is not intact.

    Example: schoolgate verify
    """
    workspace = need_workspace()
    moment = now()
    site = load_site(workspace.root, now=moment)
    _, manifest = examine(site, now=moment)
    refused = () if site_only else manifest.refused
    target = out or workspace.root / "site"
    built = _verify_built(target, manifest, needed=site_only or out is not None)
    rows = [{"path": each.path, "reason": each.reason} for each in refused]
    if style == "json":
        show_json({"admitted": len(manifest.admitted), "refused": rows, "built": built})
    else:
        click.echo(f"{len(site.statements)} signed decisions verified, in unbroken order")
        click.echo(f"{len(manifest.admitted)} files are approved, byte for byte")
        if built is not None:
            click.echo(f"{target.name}/ holds exactly the {built} files that were built")
        if rows:
            show_rows(rows, ("path", "reason"), style, "")
    if rows:
        raise SystemExit(ExitCode.INTEGRITY)


def _verify_built(target: Path, current: Manifest, *, needed: bool) -> int | None:
    """Return how many files the built site has, or None where nothing was built."""
    beside = manifest_path(target)
    if not target.is_dir() and not needed:
        return None
    if not beside.is_file():
        raise IntegrityError(f"{beside.name}: is missing; build the site again")
    manifest = OutputManifest.from_json(beside.read_text("utf-8"), source=beside.name)
    verify_output(target, manifest)
    stale = outdated(manifest, current)
    if stale:
        raise IntegrityError("\n".join(f"{target.name}/: {each}" for each in stale))
    return len(manifest.files)
