"""Take one's own submission back, from the queue and from the site."""

from dataclasses import replace
from datetime import datetime

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Decision
from moderation.attest.trust import Trust
from moderation.model import (
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    SubmissionId,
    UsageError,
)
from moderation.review.events import event_of
from moderation.review.races import retried
from moderation.review.signed_log import read_signed, revoke
from moderation.review.store import PENDING, QueueStore

_ACT = "withdraw"
_FROM = PENDING | {ReviewStatus.APPROVED}


def withdraw(
    submission: SubmissionId,
    *,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    """Withdraw a submission; again, it changes nothing.

    Args:
        submission: which
        actor: its publisher or one of its editors
        signer: their key; it signs only where an approval must be revoked
        log: the signed approvals
        trust: who may sign
        queue: where the state lives
        now: aware time

    Raises:
        NotAllowedError: *actor* did not hand it in
        UsageError: there is nothing left to withdraw
    """
    return retried(lambda: _withdraw(submission, actor, signer, log, trust, queue, now))


def _withdraw(
    submission: SubmissionId,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    state = queue.load(submission)
    _require_own(state, actor)
    if state.status is ReviewStatus.WITHDRAWN:
        return state
    _require_withdrawable(state)
    signed = read_signed(log)
    entry = revoke(
        state, Decision.WITHDRAW, signed, actor=actor, signer=signer, trust=trust, now=now
    )
    gone = replace(state, status=ReviewStatus.WITHDRAWN, claimed_by="", approved_by=())
    event = event_of(state, _ACT, actor=actor, now=now, detail=entry)
    return queue.save(gone, expected=state.revision, event=event)


def _require_own(state: ReviewState, actor: Person) -> None:
    own = {state.publisher, *state.editors}
    if actor.id not in own:
        raise NotAllowedError(
            f"{state.id}: {_ACT}: {actor.id} did not hand it in; ask {' or '.join(sorted(own))},"
            " or a moderator to return, reject or take it down"
        )


def _require_withdrawable(state: ReviewState) -> None:
    if state.status not in _FROM:
        raise UsageError(
            f"{state.id}: {_ACT}: it is {state.status} already, so nothing of it is waiting or"
            " published; schoolgate queue lists what is"
        )
