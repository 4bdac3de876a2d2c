"""Take a file off the site at once: one person is enough, and the queue need not know of it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.statement import Decision, Statement
from moderation.attest.trust import Trust
from moderation.model import (
    DECIDERS,
    OPEN,
    AssetRef,
    IntegrityError,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    UsageError,
    digest_of,
    submission_digest,
)
from moderation.review.events import event_of, is_told
from moderation.review.identity import submission_id
from moderation.review.permission import in_words, require_reason
from moderation.review.races import retried
from moderation.review.signed_log import SignedLog, in_seconds, read_signed
from moderation.review.store import Change, QueueStore

_ACT = "takedown"


def takedown(
    path: str,
    *,
    reason: str,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    queue: QueueStore,
    now: datetime,
) -> Envelope:
    """Take down *path* with every page it was approved with; again, it changes nothing.

    Approved submissions with the file are taken down. Those that wait with the same bytes of it are
    returned, so that nobody approves them unaware. The reason stays in the queue.

    Args:
        path: of a page, picture or download, relative to the content folder
        reason: why
        actor: anybody who decides on submissions, or an editor of the version that was approved
        signer: their key
        log: the signed approvals
        trust: who may sign; it may have expired
        queue: where the states live
        now: aware time

    Raises:
        NotAllowedError: *actor* is neither
        UsageError: no reason, or the file was never approved

    """
    text = require_reason(reason, where="the file", act=_ACT)
    work = _Work(path, text, actor, now)
    return retried(lambda: work.do(read_signed(log), signer, trust, queue))


def log_after(
    path: str, *, actor: Person, log: ApprovalLog, trust: Trust, now: datetime
) -> tuple[Statement, ...]:
    """Return the log as it is to be once *path* is taken down, for a disk too full to sign on.

    Raises:
        NotAllowedError: see :func:`takedown`
        UsageError: likewise

    """
    signed = read_signed(log)
    history, approvals = _Work(path, "", actor, now).history(signed)
    if history[-1].decision is Decision.TAKEDOWN:
        return signed.statements
    taken = _Work(path, "", actor, now).statement(approvals[-1], signed, trust)
    return (*signed.statements, taken)


def readable_after(
    path: str, *, actor: Person, log: ApprovalLog, trust: Trust, now: datetime
) -> tuple[Statement, ...]:
    """Return what can be read of a damaged log, and behind it a takedown of *path*.

    Nothing can be signed behind a damaged entry. What this returns is for striking a built site
    with, and is never written.

    Raises:
        NotAllowedError: *actor* decides on nothing, and no approval that can be read is of theirs

    """
    statements = []
    for name, envelope in log.readable():
        with suppress(IntegrityError):
            statements.append(Statement.from_payload(envelope.payload, source=name))
    work = _Work(path, "", actor, now)
    approvals = [each for each in statements if work.approves(each)]
    if approvals:
        work.require_right(approvals[-1])
    elif not actor.has(*DECIDERS):
        raise NotAllowedError(
            f"{_ACT}: the approval of this path cannot be read, and {actor.id} may not do this; ask"
            f" {in_words(DECIDERS)}"
        )
    seq = 1 + max((each.seq for each in statements), default=0)
    prev = digest_of(b"damaged") if seq > 1 else ""
    place = SignedLog(log=log, seq=seq, prev=prev, statements=tuple(statements), envelopes={})
    return (*statements, work.statement(approvals[-1] if approvals else None, place, trust))


@dataclass(frozen=True, slots=True)
class _Work:
    """One takedown: of what, why, by whom."""

    path: str
    reason: str
    actor: Person
    now: datetime

    def do(self, signed: SignedLog, signer: Signer, trust: Trust, queue: QueueStore) -> Envelope:
        """Sign and tell the queue, or go on where a crash ended an earlier try."""
        history, approvals = self.history(signed)
        if history[-1].decision is Decision.TAKEDOWN:
            statement, envelope = history[-1], signed.envelopes[history[-1].seq]
        else:
            statement = self.statement(approvals[-1], signed, trust)
            envelope = signed.add(statement, signer, trust=trust, now=self.now)
        self._settle(approvals, str(statement.seq), queue)
        return envelope

    def history(self, signed: SignedLog) -> tuple[list[Statement], list[Statement]]:
        """Return what was decided on the file, and the approvals among it, if this person may act.

        Raises:
            NotAllowedError: they may not
            UsageError: it was never approved

        """
        history = [each for each in signed.statements if self._concerns(each)]
        approvals = [each for each in history if self.approves(each)]
        if not approvals:
            raise UsageError(
                "takedown: no approval covers this path, so it is not on the site; check its"
                " spelling against schoolgate verify"
            )
        self.require_right(approvals[-1])
        return history, approvals

    def approves(self, statement: Statement) -> bool:
        """Say whether a decision is an approval that covers the file."""
        return self._concerns(statement) and statement.decision is Decision.APPROVE

    def _concerns(self, statement: Statement) -> bool:
        named = {ref.path for ref in statement.subjects}
        return self.path in named and statement.decision in (Decision.APPROVE, Decision.TAKEDOWN)

    def require_right(self, approval: Statement) -> None:
        """Refuse somebody who neither decides nor handed in what was approved."""
        makers = {approval.publisher, *approval.editors}
        if not self.actor.has(*DECIDERS) and self.actor.id not in makers:
            raise NotAllowedError(
                f"{approval.submission}: {_ACT}: {self.actor.id} may not do this; ask"
                f" {in_words(DECIDERS)}, or {' or '.join(sorted(makers))} who handed it in"
            )

    def statement(self, approval: Statement | None, signed: SignedLog, trust: Trust) -> Statement:
        """Return what is to be signed; where no approval can be read, only the path counts."""
        covered = approval.subjects if approval else (AssetRef(self.path, digest_of(b""), 0),)
        return Statement(
            decision=Decision.TAKEDOWN,
            # The file stands for its page too: a newer version of the page may not have it.
            page=self.path,
            subjects=tuple(ref for ref in covered if ref.path == self.path),
            submission=approval.submission if approval else "",
            publisher=approval.publisher if approval else "",
            editors=approval.editors if approval else (),
            actor=self.actor.id,
            policy="",
            findings="",
            waivers=(),
            seq=signed.seq,
            prev=signed.prev,
            issued_at=in_seconds(self.now),
            expires_at=None,
            site=trust.origin,
        )

    def _settle(self, approvals: list[Statement], entry: str, queue: QueueStore) -> None:
        """Say in the queue what the log says; nothing where queue and events say so."""
        known = {state.id: state for state in queue.states()}
        last = _recalled(approvals[-1])
        subject = known.setdefault(last.id, last)
        refs = {ref for each in approvals for ref in each.subjects if ref.path == self.path}
        changes = [
            self._change(state, status, entry)
            for state in known.values()
            if (status := _becomes(state, refs))
        ]
        if changes:
            queue.save_all(changes)
        elif not is_told(queue, _ACT, entry):
            queue.record(event_of(subject, _ACT, actor=self.actor, now=self.now, detail=entry))

    def _change(self, state: ReviewState, status: ReviewStatus, entry: str) -> Change:
        event = event_of(state, _ACT, actor=self.actor, now=self.now, detail=entry)
        closed = replace(state, status=status, reason=self.reason, claimed_by="", approved_by=())
        return closed, state.revision, event


def _becomes(state: ReviewState, refs: set[AssetRef]) -> ReviewStatus | None:
    """Return where a takedown of the file puts *state*, or None where it leaves it."""
    if not refs & set(state.assets):
        return None
    if state.status is ReviewStatus.APPROVED:
        return ReviewStatus.TAKEN_DOWN
    return ReviewStatus.RETURNED if state.status in OPEN else None


def _recalled(approval: Statement) -> ReviewState:
    """Return what an approval tells of its submission, for a queue that does not know it."""
    return ReviewState(
        id=submission_id(submission_digest(approval.page, approval.subjects)),
        page=approval.page,
        assets=approval.subjects,
        publisher=approval.publisher,
        editors=frozenset(approval.editors),
        status=ReviewStatus.APPROVED,
        submitted_at=approval.issued_at,
        outcome="",
        handed_in=approval.handed_in,
    )
