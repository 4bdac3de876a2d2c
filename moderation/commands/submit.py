"""``schoolgate submit``: hand in a page with its files."""

import json
from pathlib import Path

import click

from moderation.checks.base import all_rules
from moderation.commands.actor import as_person, authenticate
from moderation.commands.downloads import offer
from moderation.commands.output import in_ci, report_format, show_json
from moderation.commands.reporting import Reporter
from moderation.commands.session import Session, open_session
from moderation.commands.workspace import now
from moderation.model import (
    OPEN,
    ExitCode,
    Outcome,
    ReviewState,
    ReviewStatus,
    Submission,
    UsageError,
    Verdict,
)
from moderation.pipeline.collect import check_collected, collect
from moderation.pipeline.paths import check_path
from moderation.pipeline.plan import make_plan
from moderation.review.actions.submit import submit
from moderation.review.weighing import needing_answer


@click.command("submit")
@click.argument("page", type=click.Path(path_type=Path))
@report_format
@click.option("--again", is_flag=True, help="Hand in once more what was handed in before.")
@as_person
def command(page: Path, style: str, again: bool, person: str | None) -> None:
    """Hand in PAGE with every file it references, for approval.

    The page is checked first. What nobody may accept (a location in a photo, say) must be mended
    before it can be handed in; everything else is shown to the moderator. The same bytes once more
    change nothing, so a command that was broken off can be run again without harm. To hand them in
    once more after they were returned, withdrawn, replaced or taken down, or when their approval
    has run out, add --again.

    Example: schoolgate submit content/news/sports-day.md
    """
    session = open_session()
    path = session.workspace.content_path(page)
    collected = collect(session.workspace.content, path, session.site.policy.limits)
    for asset in collected.submission.assets:
        check_path(asset.path, session.site.policy.endings)
    context = session.context()
    verdict = check_collected(collected, context, make_plan(context.policy))
    _show(session, verdict, style)
    if verdict.errors or _must_be_mended(verdict):
        if style == "json":
            report = json.loads(_reporter(session).render(verdict, style))
            show_json({"id": None, "status": "not handed in", "page": path, "verdict": report})
        click.echo(f"{path}: not handed in; mend it and submit it again", err=True)
        raise SystemExit(ExitCode.NOT_CHECKED if verdict.errors else ExitCode.FINDINGS)
    actor = authenticate(session.workspace, session.site.trust, person)
    state = submit(
        collected.submission,
        verdict,
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        rules=all_rules(),
        queue=session.queue,
        blobs=session.blobs,
        now=now(),
        again=_revision(session, collected.submission) if again else 0,
    )
    _tell(state, style)


def _revision(session: Session, submission: Submission) -> int:
    """Return the revision at which exactly these bytes stand in the queue; 0 if it is new."""
    known = session.queue.states(page=submission.page)
    return next((each.revision for each in known if each.digest == submission.digest), 0)


def _tell(state: ReviewState, style: str) -> None:
    """Say where the submission stands, and what to do where nothing waits and nothing is approved.

    Raises:
        UsageError: these bytes were handed in before and are decided, withdrawn or replaced

    """
    if style == "json":
        told = {"id": state.id, "status": state.status, "digest": state.digest, "page": state.page}
        show_json(told)
    else:
        click.echo(f"{state.id}: {state.page} is {state.status} with {len(state.assets)} file(s)")
    if state.status not in {*OPEN, ReviewStatus.APPROVED}:
        raise UsageError(
            f"{state.id}: submit: nothing new was handed in: exactly these bytes were before, and"
            f" are {state.status}; mend the page, or hand them in once more with --again"
        )
    if style != "json":
        click.echo(f"digest {state.digest[:16]}; see how it goes with schoolgate status {state.id}")
    if style != "json" and state.outcome is Outcome.BLOCK and state.status in OPEN:
        click.echo(
            "what blocks has to be mended (then submit it again), or accepted by whoever decides"
        )


def _show(session: Session, verdict: Verdict, style: str) -> None:
    """Show what was found, and name the command that takes out what is hidden in downloads."""
    if style != "json" and verdict.outcome is not Outcome.PASS:
        click.echo(_reporter(session).render(verdict, style))
    for each in offer(verdict):
        told = f"schoolgate check --fix content/{each} takes out what is hidden in it"
        click.echo(told, err=True)


def _must_be_mended(verdict: Verdict) -> bool:
    return any(not rule.waivable for _, rule in needing_answer(verdict, all_rules()))


def _reporter(session: Session) -> Reporter:
    return Reporter(
        policy=session.site.policy,
        root=session.workspace.content,
        key=session.workspace.fingerprint_key(),
        redact=in_ci(),
        roll=session.workspace.registers().roll,
    )
