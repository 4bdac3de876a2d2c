"""What returning and rejecting a submission have in common."""

from dataclasses import dataclass, replace
from datetime import datetime

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Decision
from moderation.attest.trust import Trust
from moderation.model import DECIDERS, Person, ReviewState, ReviewStatus, SubmissionId
from moderation.review.events import event_of
from moderation.review.permission import (
    require_independent,
    require_not_held,
    require_open,
    require_reason,
    require_role,
)
from moderation.review.quicker import require_first
from moderation.review.races import retried
from moderation.review.signed_log import last_word, read_signed, revoke
from moderation.review.store import QueueStore


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way of saying no.

    Args:
        act: the word for it
        decision: what is signed where an approval must be revoked
        status: where the submission stands afterwards
        reason: why; kept with the queue only

    """

    act: str
    decision: Decision
    status: ReviewStatus
    reason: str


def refuse(
    submission: SubmissionId,
    refusal: Refusal,
    *,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    """Say no to a submission that waits for a moderator; see :mod:`moderation.review.actions`."""
    name = refusal.act
    text = require_reason(refusal.reason, where=submission, act=name)

    def act() -> ReviewState:
        signed = read_signed(log)
        state = queue.load(submission)
        require_role(actor, DECIDERS, where=state.id, act=name)
        require_independent(state, actor, act=name)
        # Signed in a try that lost a race: the log has the last word, and the queue says so now.
        entry = last_word(state, refusal.decision, actor=actor, log=log)
        if not entry:
            require_open(state, act=name)
            require_not_held(state, actor, act=name)
            standing = signed.standing(state)
            require_first(state, standing, actor=actor, trust=trust, queue=queue, now=now)
            entry = revoke(
                state, refusal.decision, signed, actor=actor, signer=signer, trust=trust, now=now
            )
        event = event_of(state, name, actor=actor, now=now, detail=entry)
        refused = replace(state, status=refusal.status, reason=text, claimed_by="", approved_by=())
        return queue.save(refused, expected=state.revision, event=event)

    return retried(act)
