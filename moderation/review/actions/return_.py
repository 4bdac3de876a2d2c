"""Give a submission back to its publisher, who mends the page and submits it again."""

from datetime import datetime

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Decision
from moderation.attest.trust import Trust
from moderation.model import Person, ReviewState, ReviewStatus, SubmissionId
from moderation.review.refusing import Refusal, refuse
from moderation.review.store import QueueStore


def return_(
    submission: SubmissionId,
    *,
    reason: str,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> ReviewState:
    """Return a submission.

    Args:
        submission: which
        reason: what to mend; kept with the queue only
        actor: the moderator
        signer: their key; it signs only where an approval must be revoked
        log: the signed approvals
        trust: who may sign
        queue: where the state lives
        now: aware time

    Raises:
        NotAllowedError: *actor* decides on nothing, or handed it in
        UsageError: no reason, or it does not wait for a moderator
        ConflictError: another moderator holds it

    """
    # There is no signed word for a return: what was approved before is withdrawn.
    refusal = Refusal("return", Decision.WITHDRAW, ReviewStatus.RETURNED, reason)
    return refuse(
        submission, refusal, actor=actor, signer=signer, log=log, trust=trust, queue=queue, now=now
    )
