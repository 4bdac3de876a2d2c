"""``schoolgate review``: look at a submission and everything it would publish."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from moderation.commands.actor import as_person, authenticate
from moderation.commands.output import Row, in_ci, report_format, show_json
from moderation.commands.photo_sheets import print_photos, sheet_photos, write_sheet
from moderation.commands.reporting import Reporter
from moderation.commands.revealing import hidden_texts, show_hidden
from moderation.commands.session import Session, open_session
from moderation.commands.states import row
from moderation.commands.workspace import now
from moderation.extract.declarations import read_declarations
from moderation.extract.decode import decode
from moderation.model import (
    DECIDERS,
    OPEN,
    Asset,
    Event,
    NotAllowedError,
    Person,
    ReviewState,
    Role,
    SchoolgateError,
    Severity,
    Verdict,
)
from moderation.pipeline.confined import read_document
from moderation.registers.files import make_folder, write_atomically
from moderation.reports.display import safe
from moderation.reports.inline_picture import protocol
from moderation.review.actions.claim import claim


@click.command("review")
@click.argument("submission", metavar="ID")
@report_format
@click.option("--take-over", is_flag=True, help="Take it from the moderator who holds it.")
@as_person
def command(submission: str, style: str, take_over: bool, person: str | None) -> None:
    """Look at submission ID and claim it: its text, its files, its findings, and what is hidden.

    The bytes shown are those that were handed in, checked anew by the rules of today. The look is
    logged.

    Example: schoolgate review s-4kq7
    """
    if in_ci():
        raise NotAllowedError("review: shows drafts and names, and this output is public; stop")
    session = open_session()
    state = session.find(submission)
    actor = authenticate(session.workspace, session.site.trust, person).person
    if not actor.has(*DECIDERS, Role.AUDITOR) and actor.id not in state.editors:
        raise NotAllowedError(f"{state.id}: review: {actor.id} neither decides nor handed it in")
    if _is_free(state, actor, take_over=take_over):
        state = claim(state.id, actor=actor, queue=session.queue, now=now(), take_over=take_over)
    session.queue.record(
        Event(at=now(), actor=actor.id, act="view", submission=state.id, digest=state.digest)
    )
    assets = session.assets(state)
    verdict, kinds = session.judge(state, assets)
    if style == "json":
        show_json(
            {
                **row(state),
                "kinds": sorted(kinds),
                "findings": _findings(session, state, verdict),
                "errors": _errors(verdict),
                "hidden": hidden_texts(assets, session.site.policy.limits),
            }
        )
        return
    _show(session, state, assets, verdict, style)
    _offer_list(verdict)
    click.echo(f"\ndigest {state.digest[:16]}")
    if actor.has(*DECIDERS) and actor.id not in state.editors:
        _next_steps(state, _findings(session, state, verdict))


def _errors(verdict: Verdict) -> list[dict[str, str]]:
    return [{"path": e.path, "subject": e.subject, "message": e.message} for e in verdict.errors]


def _next_steps(state: ReviewState, findings: Sequence[Row]) -> None:
    """Name the commands, that which answers a finding first."""
    unanswered = [each for each in findings if each["needs_answer"] and not each["accepted_by"]]
    if unanswered:
        word = f"schoolgate ack {state.id} {unanswered[0]['id']}"
        click.echo(f"accept a finding with: {word} --reason ...")
        click.echo(f"or send it back with: schoolgate return {state.id} --reason ...")
    click.echo(f"approve it with: schoolgate approve {state.id} --digest {state.digest[:12]}")


def _is_free(state: ReviewState, actor: Person, *, take_over: bool) -> bool:
    """Say whether looking also claims; others may look at what a moderator holds."""
    may = state.status in OPEN and actor.has(*DECIDERS) and actor.id not in state.editors
    return may and (take_over or state.claimed_by in ("", actor.id))


def _show(
    session: Session, state: ReviewState, assets: tuple[Asset, ...], verdict: Verdict, style: str
) -> None:
    click.echo(f"{state.id}: {state.page}, {state.status}, handed in by {state.publisher}\n")
    for ref in state.assets:
        click.echo(f"  {ref.digest[:12]}  {ref.size:>9,} bytes  {ref.path}")
    folder = _lay_out(session, state, assets)
    click.echo(f"\nTo open them: {folder}")
    _lay_out_photos(session, state, assets, verdict, folder)
    page = next(asset for asset in assets if asset.path == state.page)
    click.echo("\nThe page as it was written:\n")
    lines = decode(page.path, page.data).text.splitlines()
    click.echo("\n".join(f"  | {safe(line)}" for line in lines))
    show_hidden(hidden_texts(assets, session.site.policy.limits))
    click.echo("\nWhat the checks say:\n")
    texts = {asset.path: asset.data for asset in assets}
    click.echo(_reporter(session).render_stored(verdict, style, texts))
    for each in _findings(session, state, verdict):
        accepted = f"accepted by {each['accepted_by']}" if each["accepted_by"] else "open"
        click.echo(
            f"  {each['id']}  {each['severity']:6}  {accepted:24} {each['rule']} {each['place']}"
        )


def _offer_list(verdict: Verdict) -> None:
    """Say how a word becomes one that the school may use."""
    if any(f.family == "language" and f.severity >= Severity.REVIEW for f in verdict.findings):
        click.echo("\na word that your school may use, and not on this page only?")
        click.echo("  schoolgate term allow --finding ID --path '**' --reason ...")


def _lay_out(session: Session, state: ReviewState, assets: tuple[Asset, ...]) -> Path:
    """Write the bytes that were handed in to the private folder, in place of those shown before."""
    folder = session.workspace.home / "review"
    shutil.rmtree(folder, ignore_errors=True)
    for asset in assets:
        file = folder / state.id / asset.path
        make_folder(file.parent)
        write_atomically(file, asset.data)
    return folder / state.id


def _lay_out_photos(
    session: Session,
    state: ReviewState,
    assets: tuple[Asset, ...],
    verdict: Verdict,
    folder: Path,
) -> None:
    """Write a page of photos and first pages, with boxes around people and what checks say."""
    page = next(asset for asset in assets if asset.path == state.page)
    try:
        declared = read_declarations(read_document(page.path, page.data))
    except SchoolgateError:
        declared = {}  # the verdict says so
    workspace, today = session.workspace, now().date()
    photos = list(
        sheet_photos(
            assets,
            declared,
            workspace,
            today=today,
            verdict=verdict,
            beside=".",
            documents=True,
        )
    )
    if photos:
        how = protocol(os.environ)
        if how is not None and sys.stdout.isatty():
            print_photos(photos, how)
        file = write_sheet(folder / "photos.html", f"Photos of {state.page}", photos)
        click.echo(f"Its photos, with boxes and findings: {file}")


def _findings(session: Session, state: ReviewState, verdict: Verdict) -> list[dict[str, object]]:
    key = session.workspace.fingerprint_key()
    waivers = {waiver.fingerprint: waiver.by for waiver in state.waivers}
    rows: list[dict[str, object]] = []
    for finding in verdict.findings:
        fingerprint = finding.fingerprint(key)
        rows.append(
            {
                "id": fingerprint[:8],
                "fingerprint": fingerprint,
                "rule": finding.rule,
                "severity": finding.severity,
                "needs_answer": finding.severity >= Severity.REVIEW,
                "place": str(finding.primary),
                "message": finding.message,
                "accepted_by": waivers.get(fingerprint, ""),
            }
        )
    return rows


def _reporter(session: Session) -> Reporter:
    return Reporter(
        policy=session.site.policy,
        root=session.workspace.content,
        key=session.workspace.fingerprint_key(),
        redact=False,
        roll=session.workspace.registers().roll,
    )
