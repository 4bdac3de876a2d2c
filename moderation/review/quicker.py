"""Of two moderators who decide at once, one is quicker: the log says which, the other one loses.

Whoever approves signs first and tells the queue after it. Another moderator who looks in between
finds a page that still waits, and an approval of it that the queue was not told of. They tell the
queue in the place of the first, who may have been killed, and then find the page decided.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from moderation.attest.statement import Statement
from moderation.attest.trust import Trust
from moderation.attest.verify import objection
from moderation.model import OPEN, ConflictError, Person, ReviewState, ReviewStatus
from moderation.review.events import event_of, is_told
from moderation.review.store import Change, QueueStore, changed_meanwhile

APPROVED = "approve"
"""What the event of an approval is called."""


def require_first(
    state: ReviewState,
    standing: Sequence[Statement],
    *,
    actor: Person,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> None:
    """Refuse to decide on what somebody else has just approved, and tell the queue of it.

    *standing* are the approvals of its bytes that nothing in the log ended.

    Raises:
        ConflictError: somebody was quicker; whoever looks again finds it approved

    """
    deciding = [each for each in standing if _decides(each, trust, now)]
    if state.status not in OPEN or not deciding or actor.id in {each.actor for each in standing}:
        return
    last = deciding[-1]
    if is_told(queue, APPROVED, str(last.seq)):
        if queue.load(state.id).revision != state.revision:  # told since *state* was read
            raise changed_meanwhile(state.id)
        return
    persons = dict.fromkeys(each.actor for each in standing if not each.urgent_until)
    settled = replace(
        state, status=ReviewStatus.APPROVED, approved_by=tuple(persons), claimed_by=""
    )
    signer = trust.person(last.actor)
    event = event_of(state, APPROVED, actor=signer, now=now, detail=str(last.seq))
    older = replaced_by(state, actor=signer, queue=queue, now=now)
    queue.save_all([*older, (settled, state.revision, event)])
    raise ConflictError(
        f"{state.id}: {last.actor} approved it at the same moment; look at it again"
    )


def is_unsaid(
    state: ReviewState, standing: Sequence[Statement], actor: Person, queue: QueueStore
) -> bool:
    """Say whether *actor* signed the approval that decides, and the queue does not know of it."""
    deciding = [each for each in standing if not each.lacking]
    mine = state.status in OPEN and bool(deciding) and deciding[-1].actor == actor.id
    return mine and not is_told(queue, APPROVED, str(deciding[-1].seq))


def replaced_by(
    state: ReviewState, *, actor: Person, queue: QueueStore, now: datetime
) -> list[Change]:
    """Mark the version of the page that was on the site until *state* was approved."""
    approved = queue.states(ReviewStatus.APPROVED, page=state.page)
    return [
        (
            replace(old, status=ReviewStatus.SUPERSEDED),
            old.revision,
            event_of(old, "supersede", actor=actor, now=now, detail=state.id),
        )
        for old in approved
        if old.id != state.id
    ]


def _decides(approval: Statement, trust: Trust, now: datetime) -> bool:
    """Say whether an approval was the last that was asked for, and counts today."""
    ended = approval.expires_at is not None and now >= approval.expires_at
    return not (approval.lacking or ended or objection(approval, trust, now=now))
