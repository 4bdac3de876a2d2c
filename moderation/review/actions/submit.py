"""Hand a page in with its files.

Changed bytes replace the pending version of the page and keep its editors. The same bytes once
more are a retry, and a retry changes nothing, wherever they stand by then: it must not undo what
somebody decided in between. Only another person becomes an editor of what still waits. Whoever
means to hand the same bytes in once more says so, and names the revision they saw.

Whoever hands in signs the files with their own key. That signature goes on with the page into the
approval, so publisher and signature stay together: who opens a submission once more is its
publisher from then on, and where the publisher's key was retired meanwhile, or something else was
decided on the page, the same bytes handed in again are signed anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.trust import Trust
from moderation.model import (
    OPEN,
    HandIn,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    Rule,
    Submission,
    UsageError,
    Verdict,
)
from moderation.review.events import event_of
from moderation.review.handing_in import sign_submission, stands
from moderation.review.identity import submission_id
from moderation.review.permission import SUBMITTERS, require_role
from moderation.review.races import MANY, retried
from moderation.review.signed_log import require_own_key
from moderation.review.store import PENDING, BlobStore, Change, QueueStore
from moderation.review.weighing import require_checked, require_mendable

_ACT = "submit"
_UNPUBLISHED = PENDING | {ReviewStatus.WITHDRAWN, ReviewStatus.REJECTED}


def submit(  # noqa: PLR0913 - nothing is looked up, so everything is named
    submission: Submission,
    verdict: Verdict,
    *,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    rules: Mapping[str, Rule],
    queue: QueueStore,
    blobs: BlobStore,
    now: datetime,
    again: int = 0,
) -> ReviewState:
    """Put a submission into the queue; the same bytes again are the same submission.

    What comes back may be returned, withdrawn, replaced, taken down or approved: then nothing was
    handed in, and its status says why. The verdict is on exactly these bytes, the key is the
    actor's own. *again* is the revision of the submission, as the actor saw it, that is to be
    opened once more; it is left alone if it has another one by now, so that this too is a retry.

    Raises:
        NotAllowedError: not theirs to submit, rejected before, or a finding must be mended first
        ExtractionError: something could not be checked
        UsageError: the page is not among the files, or a file is named twice

    """
    where = submission_id(submission.digest)
    require_role(actor, SUBMITTERS, where=where, act=_ACT)
    require_own_key(actor.id, signer, trust)
    _require_whole(submission, where)
    require_checked(verdict, where=where, act=_ACT)
    require_mendable(verdict, rules, where=where, act=_ACT)
    for asset in submission.assets:
        blobs.put(asset.data)
    signed = sign_submission(submission, signer, log=log, trust=trust)
    entry = _Entry(submission, str(verdict.outcome), actor, signed, log, trust, now)
    return retried(lambda: entry.into(queue, again=again), tries=MANY)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A submission on its way into the queue."""

    submission: Submission
    outcome: str
    actor: Person
    signed: HandIn
    log: ApprovalLog
    trust: Trust
    now: datetime

    def into(self, queue: QueueStore, *, again: int) -> ReviewState:
        """Enter the queue, as new or as what is known there already."""
        versions = queue.states(page=self.submission.page)
        digest = self.submission.digest
        known = next((state for state in versions if state.digest == digest), None)
        if known is None:
            return self._save(queue, versions, self._fresh())
        if known.status in OPEN:
            return self._join(queue, known)
        if known.status is ReviewStatus.REJECTED:
            raise NotAllowedError(
                f"{known.id}: submit: exactly these bytes were rejected; change the page, or ask"
                " the moderator who rejected it"
            )
        if known.revision != again:
            return known
        return self._save(queue, versions, known)

    def _fresh(self) -> ReviewState:
        return ReviewState(
            id=submission_id(self.submission.digest),
            page=self.submission.page,
            assets=self.submission.refs,
            publisher=self.actor.id,
            editors=frozenset(),
            status=ReviewStatus.SUBMITTED,
            submitted_at=self.now,
            outcome=self.outcome,
            handed_in=self.signed,
        )

    def _save(
        self, queue: QueueStore, versions: Sequence[ReviewState], before: ReviewState
    ) -> ReviewState:
        """Save *before* as waiting for a moderator, in the place of the pending version."""
        rivals = [s for s in versions if s.status in PENDING and s.id != before.id]
        makers = (version.editors for version in _unpublished(versions))
        editors = before.editors.union({self.actor.id}, *makers)
        state = replace(
            before,
            publisher=self.actor.id,
            handed_in=self.signed,
            editors=editors,
            status=ReviewStatus.SUBMITTED,
            submitted_at=_later(self.now, versions),
            outcome=self.outcome,
            claimed_by="",
            waivers=(),
            approved_by=(),
            reason="",
            supersedes="".join(rival.id for rival in rivals),
        )
        changes = [self._superseded(rival, state) for rival in rivals]
        event = event_of(
            state, "reopen" if before.revision else _ACT, actor=self.actor, now=self.now
        )
        return queue.save_all([*changes, (state, before.revision, event)])[-1]

    def _superseded(self, rival: ReviewState, state: ReviewState) -> Change:
        old = replace(rival, status=ReviewStatus.SUPERSEDED, claimed_by="")
        event = event_of(rival, "supersede", actor=self.actor, now=self.now, detail=state.id)
        return old, rival.revision, event

    def _join(self, queue: QueueStore, known: ReviewState) -> ReviewState:
        """Make somebody who hands in the same bytes an editor of them.

        They become their publisher as well where the signature of the one before counts no more.
        """
        actor = self.actor.id
        good = stands(known, log=self.log, trust=self.trust)
        if actor in known.editors and good:
            return known
        if actor in known.approved_by and actor not in known.editors:
            raise NotAllowedError(
                f"{known.id}: submit: {actor} approved exactly these bytes and cannot hand them in"
                " too; they wait in the queue already"
            )
        held = known.claimed_by == actor
        state = replace(
            known,
            publisher=known.publisher if good else actor,
            handed_in=known.handed_in if good else self.signed,
            editors=known.editors | {actor},
            waivers=tuple(waiver for waiver in known.waivers if waiver.by != actor),
            claimed_by="" if held else known.claimed_by,
            status=ReviewStatus.SUBMITTED if held else known.status,
        )
        event = event_of(state, "join", actor=self.actor, now=self.now)
        return queue.save(state, expected=known.revision, event=event)


def _later(now: datetime, versions: Sequence[ReviewState]) -> datetime:
    """Return *now*, or a moment after every version of the page where a clock was set back.

    Which version came after which decides who had a hand in it; no clock may turn that round.
    """
    return max([now, *(each.submitted_at + timedelta.resolution for each in versions)])


def _unpublished(versions: Sequence[ReviewState]) -> Iterator[ReviewState]:
    """Yield the versions of a page that were handed in since it was last approved.

    Whoever had a hand in one of them has one in the next, also after it was withdrawn or rejected.
    """
    approved = [s.submitted_at for s in versions if s.status is ReviewStatus.APPROVED]
    for version in versions:
        if version.status in _UNPUBLISHED and all(version.submitted_at >= at for at in approved):
            yield version


def _require_whole(submission: Submission, where: str) -> None:
    paths = [asset.path for asset in submission.assets]
    if submission.page not in paths:
        raise UsageError(f"{where}: submit: the page is not among the files; hand both in together")
    if len(set(paths)) < len(paths):
        raise UsageError(f"{where}: submit: a file is named twice; hand each in once")
