"""What stands in the repository, verified; and a built site, held against it."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from moderation.commands.workspace import Workspace
from moderation.model import IntegrityError
from moderation.publish.manifest import Manifest, OutputManifest
from moderation.publish.site import Site, SiteFiles, examine, load_site
from moderation.publish.verify import differences, outdated


def examined(
    workspace: Workspace, *, moment: datetime, anchor: str
) -> tuple[Site, SiteFiles, Manifest]:
    """Read and verify the repository; return it with its files and the answer of the gate.

    The register of consents is opened only on a machine that holds it.

    Args:
        workspace: the site
        moment: aware time
        anchor: see :func:`moderation.publish.site.load_site`

    Raises:
        SchoolgateError: see :func:`moderation.publish.site.load_site`

    """
    if (workspace.home / "registers" / "consent.vault").is_file():
        from moderation.commands.consent_witness import load_witnessed

        site = load_witnessed(workspace, moment=moment, anchor=anchor)
    else:
        site = load_site(workspace.root, now=moment, anchor=anchor)
    return site, *examine(site, now=moment)


def tell_notes(notes: Iterable[str], style: str | None) -> None:
    """Say what the school should know of its own trust file, where it does not spoil the answer."""
    for note in notes:
        if style != "json":
            click.echo(f"note: {note}", err=True)


def require_whole(
    target: Path, built: OutputManifest, manifest: Manifest, *, extra: bool = False
) -> None:
    """Refuse a built site that is not what was built, or may not stand any more.

    Args:
        target: the output folder
        built: what was built
        manifest: the answer of the gate today
        extra: files that were not built are no fault, because they stay behind

    Raises:
        IntegrityError: names the first file, and how many there are

    """
    listed = {each.path for each in built.files}
    wrong = [each for each in differences(target, built) if not extra or each.path in listed]
    wrong += outdated(built, manifest)
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise IntegrityError(f"{target.name}/{wrong[0]}{more}")
