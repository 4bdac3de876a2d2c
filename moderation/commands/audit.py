"""``schoolgate audit``: the log of who did what."""

from dataclasses import dataclass
from pathlib import Path

import click

from moderation.attest.chain import follow_chain
from moderation.attest.checkpoint import (
    Checkpoint,
    last_row,
    read_checkpoint,
    require_since,
    sign_checkpoint,
)
from moderation.commands.actor import as_person, authenticate
from moderation.commands.output import json_or_terminal, show_json, show_rows
from moderation.commands.photo_sheets import published, sheet_photos, write_sheet
from moderation.commands.progress import waiting
from moderation.commands.session import open_session
from moderation.commands.workspace import now
from moderation.model import ExitCode, IntegrityError, UsageError
from moderation.pipeline.reading import read_tree
from moderation.publish.deploy import read_text
from moderation.publish.grounds import decision_digests
from moderation.publish.ledger import open_ledger
from moderation.publish.site import Site
from moderation.registers.files import write_atomically


@click.group("audit")
def command() -> None:
    """Verify and read the log of who did what, and look at every published photo.

    The log holds opaque ids and digests only.
    """


@command.command("verify")
@click.option(
    "--checkpoint",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A checkpoint of an earlier day, also one typed in from paper.",
)
@json_or_terminal
def verify(file: Path | None, style: str | None) -> None:
    """Prove that no row of the log was changed, left out or moved.

    Opening the site verifies the signed approvals too. With --checkpoint also that nothing was cut
    off the end of either since that day, and that neither was written anew.

    Example: schoolgate audit verify
    """
    session = open_session()
    seen = read_checkpoint(read_text(file), source=file.name) if file else None
    logs = _Logs(follow_chain(session.queue.events()), decision_digests(session.site))
    if seen and file:
        logs.require_since(seen, session.site, file.name)
    rows, approvals = len(logs.events), len(logs.decisions)
    if style == "json":
        since = {"since": seen.at.isoformat()} if seen else {}
        show_json({"events": rows, "decisions": approvals, "unbroken": True, **since})
        return
    if not rows:
        click.echo("no events here: the log lies with the queue, where people hand in and approve")
    click.echo(f"{rows} events in one unbroken chain; {approvals} signed decisions verified")
    if seen:
        click.echo(f"nothing is missing or was written anew since {seen.at.date()}{_whose(seen)}")


@command.command("checkpoint")
@click.option("--sign", "signed", is_flag=True, help="Sign it with your own key.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@as_person
def checkpoint(signed: bool, out: Path | None, person: str | None) -> None:
    """Print how far the logs have come, to be kept on paper or mailed to somebody elsewhere.

    Whoever can write to the database and the repository could write both logs anew. Compared with
    this short text (schoolgate audit verify --checkpoint) that is found. It holds no names.

    Example: schoolgate audit checkpoint --sign
    """
    session = open_session()
    site = session.site
    made = Checkpoint(
        site=site.trust.site,
        at=now(),
        events=last_row(follow_chain(session.queue.events())),
        decisions=last_row(decision_digests(site)),
    )
    if signed:
        made = sign_checkpoint(made, authenticate(session.workspace, site.trust, person).signer)
    if out is None:
        click.echo(made.text(), nl=False)
        return
    write_atomically(out, made.text().encode(), mode=0o644)
    click.echo(f"{out.name} is written; keep it where neither database nor repository lies")


@dataclass(frozen=True, slots=True)
class _Logs:
    """The digests of both logs, each following from the one before."""

    events: tuple[str, ...]
    decisions: tuple[str, ...]

    def require_since(self, seen: Checkpoint, site: Site, source: str) -> None:
        """Refuse logs other than those of the checkpoint, grown since."""
        if seen.person and not seen.signers(site.trust):
            raise IntegrityError(
                f"{source}: signed: is not the signature of {seen.person}; compare it, or take "
                "the signature out and trust the paper"
            )
        require_since(
            seen,
            site=site.trust.site,
            events=self.events,
            decisions=self.decisions,
            source=source,
        )


def _whose(seen: Checkpoint) -> str:
    return f", as {seen.person} signed then" if seen.person else ""


@command.command("show")
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many, the latest last.",
)
@json_or_terminal
def show(last: int, style: str | None) -> None:
    """Show the latest events.

    Example: schoolgate audit show --last 5
    """
    events = [event for event, _ in open_session().queue.events()]
    rows = [
        {
            "at": event.at.isoformat(timespec="seconds"),
            "actor": event.actor,
            "act": event.act,
            "submission": event.submission,
            "digest": event.digest[:12],
            "detail": event.detail[:16],
        }
        for event in events[-last:]
    ]
    columns = ("at", "actor", "act", "submission", "digest", "detail")
    show_rows(rows, columns, style, "nothing was done yet")


@command.command("photos")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def photos(out: Path | None) -> None:
    """Lay out every published photo for the safeguarding lead, face-on ones first.

    Each has a box around every face that is seen, who is declared in it by reference, and whether
    they may be shown today. The page is one file outside git and the site; delete it afterwards.

    Example: schoolgate audit photos
    """
    session = open_session()
    workspace = session.workspace
    if out is not None and out.resolve().is_relative_to(workspace.root.resolve()):
        raise UsageError(f"{out.name}: lies in the site; choose a place outside it")
    tree = read_tree(workspace.content, session.site.policy.limits)
    units = open_ledger(session.site.statements).units
    found = published(workspace, units, tree.assets)
    with waiting("looking at every published photo"):
        shown = list(
            sheet_photos(
                found.assets, found.declared, workspace, today=now().date(), pages=found.pages
            )
        )
    file = write_sheet(out or workspace.home / "sheets" / "photos.html", "Published photos", shown)
    bad = sum(photo.is_bad for photo in shown)
    click.echo(f"{len(shown)} photos, {bad} with somebody who may not be shown: {file}")
    for path in found.missing:
        click.echo(f"{path}: its approved bytes are neither here nor in the store", err=True)
    if bad or found.missing:
        raise SystemExit(ExitCode.FINDINGS)
