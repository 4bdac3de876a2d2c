"""Accept a finding, with a reason: it stays on record, and no longer stands in the way."""

from dataclasses import replace
from datetime import datetime

from moderation.model import (
    Finding,
    NotAllowedError,
    Person,
    ReviewState,
    Rule,
    SubmissionId,
    UsageError,
    Waiver,
)
from moderation.review.events import event_of
from moderation.review.permission import (
    require_independent,
    require_open,
    require_reason,
    require_role,
)
from moderation.review.races import retried
from moderation.review.store import QueueStore
from moderation.review.weighing import may_accept

_ACT = "acknowledge"


def acknowledge(
    submission: SubmissionId,
    finding: Finding,
    fingerprint: str,
    rule: Rule,
    *,
    reason: str,
    actor: Person,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    """Accept *finding* on a submission; a second reason for the same one replaces the first.

    Args:
        submission: which
        finding: of the verdict on the bytes that were handed in
        fingerprint: of *finding*
        rule: of *finding*
        reason: why it may be published all the same; kept with the queue only
        actor: who accepts it
        queue: where the state lives
        now: aware time

    Raises:
        NotAllowedError: nobody may accept this finding, or not *actor*
        UsageError: no reason, another rule, or the submission does not wait for a moderator

    """
    if finding.rule != rule.id:
        raise UsageError(f"{submission}: {_ACT}: the finding is not one of {rule.id}; list them")
    text = require_reason(reason, where=submission, act=_ACT)
    if not rule.waivable:
        raise NotAllowedError(
            f"{submission}: {_ACT}: nobody may accept {rule.id}; its publisher mends it:"
            f" {rule.remedy}"
        )
    waiver = Waiver(fingerprint=fingerprint, rule=rule.id, by=actor.id, reason=text, at=now)

    return retried(lambda: _accept(submission, waiver, rule, actor, queue, now))


def _accept(
    submission: SubmissionId,
    waiver: Waiver,
    rule: Rule,
    actor: Person,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    state = queue.load(submission)
    require_role(actor, may_accept(rule), where=state.id, act=_ACT)
    require_independent(state, actor, act=_ACT)
    require_open(state, act=_ACT)
    kept = tuple(each for each in state.waivers if each.fingerprint != waiver.fingerprint)
    event = event_of(state, _ACT, actor=actor, now=now, detail=waiver.fingerprint)
    accepted = replace(state, waivers=(*kept, waiver))
    return queue.save(accepted, expected=state.revision, event=event)
