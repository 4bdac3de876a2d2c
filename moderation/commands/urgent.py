"""``schoolgate urgent``: publish a page of text alone, until somebody else has looked."""

from pathlib import Path

import click

from moderation.checks.base import all_rules
from moderation.commands.actor import Actor, as_person, authenticate
from moderation.commands.consent_witness import snapshot_of
from moderation.commands.output import json_or_terminal, need_reason, show_json
from moderation.commands.session import Session, open_session, page_of
from moderation.commands.states import row
from moderation.commands.workspace import now
from moderation.model import URGENT, IntegrityError, ReviewState, ReviewStatus
from moderation.pipeline.collect import check_collected, collect
from moderation.pipeline.paths import check_path
from moderation.pipeline.plan import make_plan
from moderation.publish.reverting import keep_before, page_before
from moderation.publish.urgent import UrgentPage, urgent_pages
from moderation.review.actions.submit import submit
from moderation.review.actions.urgent import publish_urgently
from moderation.review.permission import require_role


@click.command("urgent")
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help="Why it cannot wait; kept in the queue.")
@json_or_terminal
@as_person
def command(page: Path, reason: str, style: str | None, person: str | None) -> None:
    """Publish PAGE at once, alone: for a school that is closed by snow.

    A head or deputy may, with text only: every picture and download on it must be approved
    already, and nothing that blocks may be found. The page is handed in as well, and listed until
    somebody else has reviewed and approved it. Where nobody does within two working days, the next
    build puts the version back that was approved before, or leaves the page out. Publishing it as
    urgent once more gives no more time.

    Example: schoolgate urgent content/news/closed.md --reason "No heating"
    """
    session = open_session()
    words = need_reason(reason)
    actor = authenticate(session.workspace, session.site.trust, person)
    require_role(actor.person, URGENT, where="the page", act="urgent")
    state = _hand_in(session, page, actor)
    note = _keep_before(session, state.page)
    _publish(session, state, words, actor)
    found = _page(session, state.page)
    if style == "json":
        show_json({**row(session.queue.load(state.id)), "urgent_until": found.until.isoformat()})
        return
    click.echo(str(found))
    click.echo(f"{state.id}: commit content and .schoolgate, and build the site")
    if note:
        click.echo(note, err=True)


def _hand_in(session: Session, page: Path, actor: Actor) -> ReviewState:
    path = session.workspace.content_path(page)
    collected = collect(session.workspace.content, path, session.site.policy.limits)
    for asset in collected.submission.assets:
        check_path(asset.path, session.site.policy.endings)
    context = session.context()
    known = session.queue.states(page=path)
    before = next((each for each in known if each.digest == collected.submission.digest), None)
    return submit(
        collected.submission,
        check_collected(collected, context, make_plan(context.policy)),
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        rules=all_rules(),
        queue=session.queue,
        blobs=session.blobs,
        now=now(),
        again=before.revision if before and before.status is not ReviewStatus.APPROVED else 0,
    )


def _keep_before(session: Session, page: str) -> str:
    """Keep the version that is approved now, and say what happens where nobody has its bytes."""
    ref = page_before(session.site.statements, page)
    if ref is None:
        return ""
    try:
        keep_before(session.workspace.state, session.blobs.get(ref.digest))
    except IntegrityError:
        return (
            f"{page}: the version approved before is not in the store, so the page is left out of "
            "the site where nobody else looks in time"
        )
    return ""


def _publish(session: Session, state: ReviewState, reason: str, actor: Actor) -> None:
    assets = session.assets(state)
    verdict, kinds = session.judge(state, assets)
    publish_urgently(
        state.id,
        verdict,
        fingerprint_key=session.workspace.fingerprint_key(),
        rules=all_rules(),
        kinds=kinds,
        page=page_of(state, assets),
        reason=reason,
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        policy=session.site.policy,
        queue=session.queue,
        now=now(),
        terms=session.site.terms,
        consents=snapshot_of(session, state, assets),
        off_found=session.off_found(assets),
    )


def _page(session: Session, page: str) -> UrgentPage:
    """Return what the log says now."""
    site = open_session().site
    found = urgent_pages(site.statements, site.policy, now=now())
    return next(each for each in found if each.page == page)
