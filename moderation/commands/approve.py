"""``schoolgate approve``: sign that exactly these bytes may be published."""

import click

from moderation.attest.quorum import outstanding
from moderation.checks.base import all_rules
from moderation.commands.acting import forget_before
from moderation.commands.actor import as_person, authenticate
from moderation.commands.consent_witness import snapshot_of
from moderation.commands.known_photos import remember_published
from moderation.commands.output import json_or_terminal, show_json
from moderation.commands.session import Session, open_session, page_of
from moderation.commands.states import row
from moderation.commands.workspace import now
from moderation.model import Asset, ReviewState, ReviewStatus
from moderation.pipeline.reading import refuse_links
from moderation.policy import ContentKind
from moderation.registers.files import make_folder, write_atomically
from moderation.review.actions.approve import LEAST_PREFIX, approve


@click.command("approve")
@click.argument("submission", metavar="ID")
@click.option(
    "--digest",
    required=True,
    metavar="PREFIX",
    help=f"The first {LEAST_PREFIX} or more characters of the digest that you were shown.",
)
@json_or_terminal
@as_person
def command(submission: str, digest: str, style: str | None, person: str | None) -> None:
    """Approve the exact bytes of submission ID that schoolgate review showed you.

    Example: schoolgate approve s-4kq7 --digest 9f86d081
    """
    session = open_session()
    state = session.find(submission)
    assets = session.assets(state)
    verdict, kinds = session.judge(state, assets)
    actor = authenticate(session.workspace, session.site.trust, person)
    session.require_seen(state, actor.person)
    consents = snapshot_of(session, state, assets)
    approve(
        state.id,
        verdict,
        fingerprint_key=session.workspace.fingerprint_key(),
        rules=all_rules(),
        kinds=kinds,
        page=page_of(state, assets),
        digest_prefix=digest,
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        policy=session.site.policy,
        queue=session.queue,
        now=now(),
        terms=session.site.terms,
        consents=consents,
        off_found=session.off_found(assets),
    )
    state = session.queue.load(state.id)
    session.forget_review(state)
    forget_before(session)
    if state.status is ReviewStatus.APPROVED:
        remember_published(session.workspace, state.page, assets)
    if style == "json":
        show_json(row(state))
    else:
        _tell(session, state, assets, kinds)


def _tell(
    session: Session,
    state: ReviewState,
    assets: tuple[Asset, ...],
    kinds: frozenset[ContentKind],
) -> None:
    site = session.site
    if state.status is not ReviewStatus.APPROVED:
        persons = [site.trust.person(each) for each in state.approved_by]
        missing = [
            f"{kind} ({' or '.join(sorted(site.policy.approval[kind].roles))})"
            for kind in sorted(outstanding(persons, kinds, site.policy))
        ]
        click.echo(
            f"{state.id}: your approval is signed; it still needs another person for: "
            f"{', '.join(missing)}"
        )
        return
    click.echo(
        f"{state.id}: {state.page} is approved; commit content and .schoolgate, and the next build "
        "publishes it"
    )
    for path in _put_back(session, assets):
        click.echo(
            f"content/{path} was changed since it was handed in, and will not be published as it "
            "is now; hand it in again"
        )


def _put_back(session: Session, assets: tuple[Asset, ...]) -> list[str]:
    """Write approved files that are not there any more; name those that were changed."""
    changed = []
    for asset in assets:
        file = session.workspace.content / asset.path
        refuse_links(session.workspace.content, asset.path)
        if not file.exists():
            make_folder(file.parent, mode=0o755)
            write_atomically(file, asset.data, mode=0o644)
        elif file.read_bytes() != asset.data:
            changed.append(asset.path)
    return changed
