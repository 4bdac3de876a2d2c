"""Acts that end or return a submission: the same arguments, the same way."""

from datetime import datetime
from typing import Protocol

import click

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.people import Trust
from moderation.commands.actor import authenticate
from moderation.commands.output import need_reason
from moderation.commands.session import Session, open_session
from moderation.commands.states import tell
from moderation.commands.workspace import now
from moderation.model import Person, ReviewState, SubmissionId
from moderation.publish.reverting import tidy_before
from moderation.review.signed_log import read_signed
from moderation.review.store import QueueStore


class Refusing(Protocol):
    """Return or reject: an act with a reason."""

    def __call__(
        self,
        submission: SubmissionId,
        /,
        *,
        reason: str,
        actor: Person,
        signer: Signer,
        log: ApprovalLog,
        trust: Trust,
        queue: QueueStore,
        now: datetime,
    ) -> ReviewState:
        """Do it."""
        ...


def refuse(
    act: Refusing, submission: str, reason: str, person: str | None, style: str | None
) -> None:
    """Have whoever is at the keyboard refuse a submission by *act*, and say so."""
    session = open_session()
    words = need_reason(reason)
    found = session.find(submission)
    actor = authenticate(session.workspace, session.site.trust, person)
    state = act(
        found.id,
        reason=words,
        actor=actor.person,
        signer=actor.signer,
        log=session.log,
        trust=session.site.trust,
        queue=session.queue,
        now=now(),
    )
    session.forget_review(state)
    tell_end(session, state, style)


def tell_end(session: Session, state: ReviewState, style: str | None) -> None:
    """Say where a submission stands that was ended, and what takes it off the site."""
    forget_before(session)
    tell(state, style)
    # Asked of the log, so that it is told again to whoever repeats a command that was killed.
    if any(each.submission == state.id for each in read_signed(session.log).statements):
        click.echo(
            "commit .schoolgate and build the site: this version is published no more",
            err=style == "json",
        )


def forget_before(session: Session) -> None:
    """Remove the versions before an urgent one that no build puts back any more."""
    statements = read_signed(session.log).statements
    for trouble in tidy_before(session.workspace.state, statements):
        click.echo(trouble, err=True)
