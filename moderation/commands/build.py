"""``schoolgate build``: the site, from approved files only."""

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import click

from moderation.attest.trust_chain import ANCHOR
from moderation.commands.consent_witness import load_witnessed
from moderation.commands.last_build import Answer, LastBuild
from moderation.commands.leftovers import clear_leftovers
from moderation.commands.meanwhile import strike_meanwhile
from moderation.commands.output import json_or_terminal, show_json, show_rows
from moderation.commands.progress import waiting
from moderation.commands.refusals import refusal_rows
from moderation.commands.reserve import keep_reserve
from moderation.commands.second_build import require_same
from moderation.commands.trusting import as_anchor
from moderation.commands.verified import tell_notes
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import BuildError, ExitCode
from moderation.publish.build import build, build_epoch
from moderation.publish.manifest import Manifest, OutputManifest
from moderation.publish.site import Site, SiteFiles, examine


@click.command("build")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: site/.")
@click.option("--again", is_flag=True, help="Build although nothing has changed.")
@click.option("--twice", is_flag=True, help="Build a second time, and compare every byte.")
@as_anchor
@json_or_terminal
def command(out: Path | None, again: bool, twice: bool, anchor: str, style: str | None) -> None:
    """Build the site from approved files only, and verify the output.

    What is not approved is left out, and listed with the reason; so is a page before the day of
    publish: and after that of expires: in its front matter. Exits with 1 where an approved
    page had to be left out because it does not come out as it was approved; the rest is built. A
    build that fails leaves the site that was there as it was. Where nothing has changed since the
    last build on this machine, the site stays as it is.

    Example: schoolgate build
    """
    workspace = need_workspace()
    clear_leftovers(workspace)
    moment = now()
    target = out or workspace.root / "site"
    last = LastBuild(workspace, target, moment, anchor)
    answer = None if again or twice else last.answer()
    if answer is not None:
        _show(answer, target.name, style, built=False)
        return
    last.begin()
    site = load_witnessed(workspace, moment=moment, anchor=anchor)
    files, manifest = examine(site, now=moment)
    tell_notes(site.notes, style)
    refused = refusal_rows(manifest.refused, files.formerly)
    _list_left_out(refused, refusal_rows(manifest.dated, files.formerly), style)
    if not manifest.admitted:
        raise BuildError("nothing is approved yet, so there is nothing to build")
    made = _build(site, files, manifest, target, moment=moment)
    answer = _answer(made, manifest, files.formerly, site.notes)
    if twice:
        require_same(site, made, target.name, style, moment=moment)
        if style != "json":
            click.echo("a second build came out the same, byte for byte")
    last.keep(site, made, answer)
    keep_reserve(workspace)
    _show(answer, target.name, style, built=True)


def _build(
    site: Site, files: SiteFiles, manifest: Manifest, out: Path, *, moment: datetime
) -> OutputManifest:
    epoch = build_epoch(os.environ, site.statements)
    limits = site.policy.limits
    with waiting("building"):
        made = build(files, manifest, out, limits=limits, epoch=epoch, now=moment, root=site.root)
    strike_meanwhile(site, out)
    return made


def _list_left_out(
    refused: list[dict[str, str]], dated: list[dict[str, str]], style: str | None
) -> None:
    for rows, why in ((refused, "it is not approved"), (dated, "it is published on other days")):
        if style != "json" and rows:
            click.echo(f"left out, because {why}:\n")
            show_rows(rows, ("path", "reason"), style, "")


def _answer(
    made: OutputManifest, manifest: Manifest, known: Collection[str], notes: Sequence[str]
) -> Answer:
    day = manifest.next_day.isoformat() if manifest.next_day else None
    return Answer(
        files=len(made.files),
        admitted=len(made.content),
        refused=refusal_rows(manifest.refused, known),
        dated=refusal_rows(manifest.dated, known),
        next_day=day,
        faulty=[{"path": each.path, "reason": each.reason} for each in made.left_out],
        notes=list(notes),
    )


def _show(answer: Answer, name: str, style: str | None, *, built: bool) -> None:
    refused, dated, faulty = answer["refused"], answer["dated"], answer["faulty"]
    if style == "json":
        show_json({key: value for key, value in answer.items() if key != "notes"})
    elif built:
        click.echo(
            f"{name}/ has {answer['files']} files, built from {answer['admitted']} approved "
            f"ones and verified; {len(refused) + len(dated)} left out"
        )
    else:
        tell_notes(answer["notes"], style)
        _list_left_out(refused, dated, style)
        click.echo(
            f"nothing changed since the last build; {name}/ has the same {answer['files']} files, "
            f"built from {answer['admitted']} approved ones; {len(refused) + len(dated)} left out"
        )
    if style != "json" and answer["next_day"]:
        click.echo(f"build again on {answer['next_day']}: a page begins or ends on that day")
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
    site = load_witnessed(workspace, moment=moment, anchor=os.environ.get(ANCHOR, ""))
    files, manifest = examine(site, now=moment)
    if not manifest.admitted:
        raise BuildError("nothing is approved, so nothing is built; take the old site off the web")
    return _build(site, files, manifest, out, moment=moment)
