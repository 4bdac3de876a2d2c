"""``schoolgate verify``: prove that every file is approved and the built site is intact."""

from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_json, show_rows, told
from moderation.commands.workspace import need_workspace, now
from moderation.model import ExitCode, IntegrityError
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import OutputManifest
from moderation.publish.site import examine, load_site
from moderation.publish.verify import differences, outdated


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
    files, manifest = examine(site, now=moment)
    target = out or workspace.root / "site"
    refused = () if site_only else manifest.refused
    built = _read_built(target, needed=site_only or out is not None)
    stale = (*differences(target, built), *outdated(built, manifest)) if built else ()
    rows = [{"path": told(each.path, files.formerly), "reason": each.reason} for each in refused]
    made = [each.path for each in built.files] if built else []
    rows += [
        {"path": f"{target.name}/{told(each.path, made)}", "reason": each.reason} for each in stale
    ]
    if style == "json":
        count = len(built.files) if built else None
        show_json({"admitted": len(manifest.admitted), "refused": rows, "built": count})
    else:
        click.echo(f"{len(site.statements)} signed decisions verified, in unbroken order")
        if site.terms.signed:
            click.echo(
                f"{len(site.terms.signed)} signed steps of the school's list verified, "
                f"{len(site.terms.entries)} entries in force"
            )
        click.echo(f"{len(manifest.admitted)} files are approved, byte for byte")
        if built and not stale:
            click.echo(f"{target.name}/ holds exactly the {len(built.files)} files that were built")
        if rows:
            show_rows(rows, ("path", "reason"), style, "")
    if rows:
        raise SystemExit(ExitCode.INTEGRITY)


def _read_built(target: Path, *, needed: bool) -> OutputManifest | None:
    """Return what was built, or None where nothing was and nothing needs to be."""
    beside = manifest_path(target)
    if not target.is_dir() and not needed:
        return None
    if not beside.is_file():
        raise IntegrityError(f"{beside.name}: is missing; build the site again")
    return OutputManifest.from_json(beside.read_text("utf-8"), source=beside.name)
