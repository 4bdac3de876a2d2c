"""Publish a page of text alone, because it cannot wait, until somebody else has looked.

As "force publish" in Whitehall, the publishing application of GOV.UK: one person in charge, a
reason that is kept, and a second look that is asked for until somebody else takes it. The
submission goes on waiting for a moderator; their approval makes it an ordinary page. Without one it
ends by itself.

Order of the effects, as with an approval: the actor's name enters the queue (event ``sign``), the
envelope enters the log, the queue keeps the reason (event ``urgent``).
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.quorum import outstanding
from moderation.attest.standing import replay
from moderation.attest.statement import Decision, Statement
from moderation.attest.trust import Trust
from moderation.attest.urgency import urgent_end, urgent_since
from moderation.model import (
    URGENT,
    Asset,
    NotAllowedError,
    Person,
    ReviewState,
    Role,
    Rule,
    Severity,
    SubmissionId,
    UsageError,
    Verdict,
)
from moderation.pipeline.rendering import rendered_digest
from moderation.policy import ContentKind, Policy
from moderation.policy.terms import Terms
from moderation.policy.tightening import Tolerance, tightened, tolerances
from moderation.registers.consent_snapshot import Snapshot
from moderation.review.events import event_of, is_told
from moderation.review.handing_in import require_handed_in
from moderation.review.permission import require_open, require_reason, require_role
from moderation.review.races import retried
from moderation.review.signed_log import SignedLog, in_seconds, read_verified, require_own_key
from moderation.review.store import QueueStore
from moderation.review.weighing import (
    findings_digest,
    needing_answer,
    require_checked,
    require_page,
)

_ACT = "urgent"


def publish_urgently(  # noqa: PLR0913 - nothing is looked up, so everything is named
    submission: SubmissionId,
    verdict: Verdict,
    *,
    fingerprint_key: bytes,
    rules: Mapping[str, Rule],
    kinds: Collection[ContentKind],
    page: Asset,
    reason: str,
    actor: Person,
    signer: Signer,
    log: ApprovalLog,
    trust: Trust,
    policy: Policy,
    queue: QueueStore,
    now: datetime,
    terms: Terms | None = None,
    consents: Snapshot | None = None,
    off_found: Collection[str] | None = None,
) -> Envelope:
    """Sign that a page may be published before a second person has looked; again, it is the same.

    The verdict is on the bytes that were handed in, by the rules, registers and terms of today; the
    kinds are of the same bytes, the page is the one among them, the consents are those of who is
    in them, and *off_found* are the rules that are off and would find something; None is all.

    Raises:
        NotAllowedError: not theirs to publish, a finding blocks it, a new file, or its time is over
        ExtractionError: something could not be checked
        UsageError: no reason, or it does not wait for a moderator
        IntegrityError: the log of approvals is broken

    """
    person = trust.person(actor.id)  # as the head signed it, not as the caller says
    text = require_reason(reason, where=submission, act=_ACT)
    _require_no_block(verdict, rules, where=submission)
    known = (text, verdict, fingerprint_key, frozenset(kinds), consents or Snapshot(), page)
    seen = _Seen(*known, tolerances(verdict.findings, rules, policy, off_found))
    work = _Work(submission, person, signer, trust, policy, terms or Terms(), queue, now)
    return retried(lambda: work.do(seen, read_verified(log, trust)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of the bytes, and why they cannot wait."""

    reason: str
    verdict: Verdict
    key: bytes
    kinds: frozenset[ContentKind]
    consents: Snapshot
    page: Asset
    rules: tuple[Tolerance, ...]

    @property
    def reason_digest(self) -> str:
        """A digest that nobody can guess the reason by who has only the public log."""
        return hmac.new(self.key, f"urgent\0{self.reason}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class _Work:
    """One urgent publication: who, of what, with which key."""

    submission: SubmissionId
    actor: Person
    signer: Signer
    trust: Trust
    policy: Policy
    terms: Terms
    queue: QueueStore
    now: datetime

    def do(self, seen: _Seen, signed: SignedLog) -> Envelope:
        """Sign, or go on where a crash ended an earlier try."""
        state = self.queue.load(self.submission)
        self._require_right(state, signed)
        require_page(state, seen.page, act=_ACT)
        mine = [
            each
            for each in signed.standing(state)
            if each.urgent_until and not tightened(self.policy, each.rules)
        ]
        if mine:
            statement, envelope = mine[-1], signed.envelopes[mine[-1].seq]
        else:
            _require_text_only(state, seen.kinds, signed)
            statement = self._statement(state, seen, signed)
            self._require_time(statement, signed)
            state = self._announce(state)
            envelope = signed.add(statement, self.signer, trust=self.trust, now=self.now)
        self._settle(state, seen.reason, str(statement.seq))
        return envelope

    def _require_right(self, state: ReviewState, signed: SignedLog) -> None:
        require_role(self.actor, URGENT, where=state.id, act=_ACT)
        require_own_key(self.actor.id, self.signer, self.trust)
        require_open(state, act=_ACT)
        require_handed_in(state, signed.statements, self.trust, act=_ACT)
        if self.actor.id not in state.editors:
            raise NotAllowedError(
                f"{state.id}: {_ACT}: {self.actor.id} did not hand it in; approve it instead"
            )

    def _statement(self, state: ReviewState, seen: _Seen, signed: SignedLog) -> Statement:
        issued = in_seconds(self.now)
        return Statement(
            decision=Decision.APPROVE,
            page=state.page,
            subjects=state.assets,
            submission=state.id,
            publisher=state.publisher,
            editors=tuple(state.editors),
            actor=self.actor.id,
            policy=self.policy.digest,
            findings=findings_digest(seen.verdict, key=seen.key),
            waivers=(),
            seq=signed.seq,
            prev=signed.prev,
            issued_at=issued,
            expires_at=None,
            site=self.trust.origin,
            rendered=rendered_digest(seen.page),
            handed_in=state.handed_in,
            rules=seen.rules,
            reason_digest=seen.reason_digest,
            lacking=outstanding((), seen.kinds, self.policy),
            terms=self.terms.digests(f.term for f in seen.verdict.findings if f.term),
            terms_head=self.terms.head,
            consents=seen.consents.digest,
            consents_end=seen.consents.end,
            urgent_until=self.policy.reviewing.urgent_until(issued, self.policy.timezone),
        )

    def _require_time(self, statement: Statement, signed: SignedLog) -> None:
        """Refuse what would be over at once: nobody else looked at an earlier urgent version."""
        first = urgent_since((*signed.statements, statement))[statement.seq]
        if self.now >= urgent_end(statement, first, self.policy):
            raise NotAllowedError(
                f"{statement.submission}: {_ACT}: {first.actor} published this page as urgent on"
                f" {first.issued_at.date()} and nobody else has looked since; have somebody review"
                " and approve it"
            )

    def _announce(self, state: ReviewState) -> ReviewState:
        """Enter the actor, so that a rejection meanwhile takes the number from the signature."""
        if self.actor.id in state.approved_by:
            return state
        signing = replace(state, approved_by=(*state.approved_by, self.actor.id))
        event = event_of(state, "sign", actor=self.actor, now=self.now)
        return self.queue.save(signing, expected=state.revision, event=event)

    def _settle(self, state: ReviewState, reason: str, entry: str) -> None:
        others = tuple(each for each in state.approved_by if each != self.actor.id)
        settled = replace(state, approved_by=others, reason=reason)
        if settled != state or not is_told(self.queue, _ACT, entry):
            event = event_of(state, _ACT, actor=self.actor, now=self.now, detail=entry)
            self.queue.save(settled, expected=state.revision, event=event)


def _require_no_block(verdict: Verdict, rules: Mapping[str, Rule], *, where: str) -> None:
    """Refuse what blocks, and what is for the safeguarding lead to decide (a pupil's name)."""
    require_checked(verdict, where=where, act=_ACT)
    blocking = sorted(
        {
            str(rule.id)
            for finding, rule in needing_answer(verdict, rules)
            if finding.severity >= Severity.BLOCK or rule.decided_by is Role.SAFEGUARDING_LEAD
        }
    )
    if blocking:
        raise NotAllowedError(
            f"{where}: {_ACT}: nobody publishes this alone: {', '.join(blocking)}; mend the page,"
            " or have somebody else accept it and approve"
        )


def _require_text_only(
    state: ReviewState, kinds: Collection[ContentKind], signed: SignedLog
) -> None:
    if ContentKind.STATUTORY in kinds:
        raise NotAllowedError(
            f"{state.id}: {_ACT}: a page that the law asks for is not published alone; have it"
            " approved"
        )
    complete = [unit for unit in replay(signed.statements).units if unit.complete]
    if any((unit.page, unit.subjects) == (state.page, state.assets) for unit in complete):
        raise UsageError(f"{state.id}: {_ACT}: exactly these bytes are approved already")
    known = {ref for unit in complete for ref in unit.subjects}
    for ref in state.assets:
        if ref.path != state.page and ref not in known:
            raise NotAllowedError(
                f"{state.id}: {_ACT}: {ref.path} is new, and only text is published alone; take it"
                " off the page, or have it approved"
            )
