"""``schoolgate build``: the site, from approved files only."""

import os
from pathlib import Path

import click

from moderation.commands.output import json_or_terminal, show_json, show_rows, told
from moderation.commands.progress import waiting
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import BuildError, ExitCode
from moderation.publish.build import build, build_epoch
from moderation.publish.manifest import OutputManifest
from moderation.publish.site import examine, load_site


@click.command("build")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: site/.")
@json_or_terminal
def command(out: Path | None, style: str | None) -> None:
    """Build the site from approved files only, and verify the output.

    What is not approved is left out, and listed with the reason. Exits with 1 where an approved
    page had to be left out because it does not come out as it was approved; the rest is built. A
    build that fails leaves the site that was there as it was.

    Example: schoolgate build
    """
    workspace = need_workspace()
    moment = now()
    site = load_site(workspace.root, now=moment)
    files, manifest = examine(site, now=moment)
    left_out = [
        {"path": told(each.path, files.formerly), "reason": each.reason}
        for each in manifest.refused
    ]
    if style != "json" and left_out:
        click.echo("left out, because it is not approved:\n")
        show_rows(left_out, ("path", "reason"), style, "")
    if not manifest.admitted:
        raise BuildError("nothing is approved yet, so there is nothing to build")
    target = out or workspace.root / "site"
    with waiting("building"):
        made = build(
            files,
            manifest,
            target,
            limits=site.policy.limits,
            epoch=build_epoch(os.environ, site.statements),
            now=moment,
            root=workspace.root,
        )
    _tell(made, left_out, target.name, style)


def _tell(
    made: OutputManifest, left_out: list[dict[str, str]], name: str, style: str | None
) -> None:
    faulty = [{"path": each.path, "reason": each.reason} for each in made.left_out]
    if style == "json":
        counts = {"files": len(made.files), "admitted": len(made.content)}
        show_json({**counts, "refused": left_out, "faulty": faulty})
    else:
        click.echo(
            f"{name}/ has {len(made.files)} files, built from {len(made.content)} approved "
            f"ones and verified; {len(left_out)} left out"
        )
    if faulty:
        if style != "json":
            click.echo("\nleft out too, because it does not come out as it was approved:\n")
            show_rows(faulty, ("path", "reason"), style, "")
        raise SystemExit(ExitCode.FINDINGS)


def build_site(workspace: Workspace, out: Path) -> OutputManifest:
    """Build what is approved now into *out*.

    Raises:
        BuildError: nothing is approved, or it cannot be built

    """
    moment = now()
    site = load_site(workspace.root, now=moment)
    files, manifest = examine(site, now=moment)
    if not manifest.admitted:
        raise BuildError("nothing is approved, so nothing is built; take the old site off the web")
    epoch = build_epoch(os.environ, site.statements)
    limits = site.policy.limits
    root = workspace.root
    return build(files, manifest, out, limits=limits, epoch=epoch, now=moment, root=root)
