"""Take a submission on, so that no two moderators review it at once."""

from dataclasses import replace
from datetime import datetime

from moderation.model import DECIDERS, Person, ReviewState, ReviewStatus, SubmissionId
from moderation.review.events import event_of
from moderation.review.permission import (
    require_independent,
    require_not_held,
    require_open,
    require_role,
)
from moderation.review.races import retried
from moderation.review.store import QueueStore

_ACT = "claim"


def claim(
    submission: SubmissionId,
    *,
    actor: Person,
    queue: QueueStore,
    now: datetime,
    take_over: bool = False,
) -> ReviewState:
    """Claim a submission; claiming one's own again changes nothing.

    Args:
        submission: which
        actor: the moderator
        queue: where the state lives
        now: aware time
        take_over: take it from a moderator who holds it

    Raises:
        NotAllowedError: *actor* decides on nothing, or handed it in
        UsageError: it does not wait for a moderator
        ConflictError: another moderator holds it

    """

    def act() -> ReviewState:
        state = queue.load(submission)
        require_role(actor, DECIDERS, where=state.id, act=_ACT)
        require_independent(state, actor, act=_ACT)
        require_open(state, act=_ACT)
        if state.claimed_by == actor.id:
            return state
        if not take_over:
            require_not_held(state, actor, act=_ACT)
        event = event_of(state, _ACT, actor=actor, now=now, detail=state.claimed_by)
        claimed = replace(state, status=ReviewStatus.CLAIMED, claimed_by=actor.id)
        return queue.save(claimed, expected=state.revision, event=event)

    return retried(act)
