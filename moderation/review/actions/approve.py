"""Sign that exactly these bytes may be published, by somebody who did not make them.

An approval quotes at least eight characters of the digest that was shown. A submission is approved
once every kind of its content has the persons that the policy asks for; until then it stays in the
queue and remembers who approved it.

Order of the effects: the actor's name enters the queue (event ``sign``), the envelope enters the
log, the queue says what came of it (event ``approve``). After a crash at any point the next call
goes on from there. What takes away from the site in between wins: it finds the name in the queue
and takes the number in the log.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.quorum import outstanding, tally
from moderation.attest.statement import Decision, Statement
from moderation.attest.trust import Trust
from moderation.model import (
    DECIDERS,
    Asset,
    IntegrityError,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    Role,
    Rule,
    SubmissionId,
    UsageError,
    Verdict,
    Waiver,
)
from moderation.pipeline.rendering import rendered_digest
from moderation.policy import ContentKind, Policy
from moderation.policy.terms import Terms
from moderation.policy.tightening import tolerances
from moderation.registers.consent_snapshot import Snapshot
from moderation.review.events import event_of, is_told
from moderation.review.handing_in import require_handed_in
from moderation.review.holding import holding, says_the_same
from moderation.review.permission import (
    require_independent,
    require_not_held,
    require_open,
    require_role,
)
from moderation.review.quicker import is_unsaid, replaced_by, require_first
from moderation.review.races import retried
from moderation.review.signed_log import SignedLog, in_seconds, read_verified, require_own_key
from moderation.review.store import Change, QueueStore
from moderation.review.weighing import (
    accepted,
    findings_digest,
    may_accept,
    require_checked,
    require_page,
)

LEAST_PREFIX = 8
"""Characters of the digest that an approval must quote."""

_ACT = "approve"


def approve(  # noqa: PLR0913 - nothing is looked up, so everything is named
    submission: SubmissionId,
    verdict: Verdict,
    *,
    fingerprint_key: bytes,
    rules: Mapping[str, Rule],
    kinds: Collection[ContentKind],
    page: Asset,
    digest_prefix: str,
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
    """Approve a submission and return the signed statement; approving again changes nothing.

    The verdict is on the bytes that were handed in, by the rules, registers and terms of today; the
    kinds are of the same bytes, the page is the one among them, the consents are those of who is
    in them, and *off_found* are the rules that are off and would find something; None is all.

    Raises:
        NotAllowedError: not theirs to approve, or a finding has no answer that counts
        ExtractionError: something could not be checked
        UsageError: the digest is not the one shown, or it does not wait for a moderator
        ConflictError: another moderator holds it
        IntegrityError: the log of approvals is broken

    """
    person = trust.person(actor.id)  # as the head signed it, not as the caller says
    work = _Work(submission, person, signer, trust, policy, terms or Terms(), queue, now)
    rests_on = consents or Snapshot()
    told = (verdict, fingerprint_key, rules, frozenset(kinds), digest_prefix, rests_on)
    evidence = _Evidence(*told, page, off_found)
    return retried(lambda: work.do(evidence, read_verified(log, trust)))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the moderator saw."""

    verdict: Verdict
    key: bytes
    rules: Mapping[str, Rule]
    kinds: frozenset[ContentKind]
    prefix: str
    consents: Snapshot
    page: Asset
    off_found: Collection[str] | None

    def require_shown(self, state: ReviewState) -> None:
        """Refuse bytes other than those shown, or shown without all that is known of them."""
        if len(self.prefix) < LEAST_PREFIX:
            raise UsageError(
                f"{state.id}: {_ACT}: quote at least {LEAST_PREFIX} characters of the digest that"
                " schoolgate review shows"
            )
        if not state.digest.startswith(self.prefix.lower()):
            raise IntegrityError(
                f"{state.id}: {_ACT}: the digest is another one, so other bytes were shown;"
                " review the submission again"
            )
        if not self.kinds:
            raise UsageError(f"{state.id}: {_ACT}: what it contains is not known; check it again")
        require_page(state, self.page, act=_ACT)
        require_checked(self.verdict, where=state.id, act=_ACT)


@dataclass(frozen=True, slots=True)
class _Work:
    """One approval: who, of what, with which key."""

    submission: SubmissionId
    actor: Person
    signer: Signer
    trust: Trust
    policy: Policy
    terms: Terms
    queue: QueueStore
    now: datetime

    def do(self, evidence: _Evidence, signed: SignedLog) -> Envelope:
        """Approve, or go on where a crash ended an earlier try."""
        state = self.queue.load(self.submission)
        standing = signed.standing(state)
        self._require_right(state, signed)
        evidence.require_shown(state)
        fit = frozenset[Role]().union(*(self.policy.approval[k].roles for k in evidence.kinds))
        require_role(self.actor, fit, where=state.id, act=_ACT)
        article = rendered_digest(evidence.page)
        # who approved what read otherwise, or before something in it ended, is asked again
        shown = (evidence.page, article, evidence.consents)
        standing = holding(standing, *shown, policy=self.policy, now=self.now)
        require_first(
            state, standing, actor=self.actor, trust=self.trust, queue=self.queue, now=self.now
        )
        statement = self._statement(state, evidence, signed, standing, article)
        before = [
            each
            for each in standing
            if says_the_same(each, statement) and self._persons(state, (each,))
        ]
        if before:
            envelope = signed.envelopes[before[-1].seq]
        else:
            require_handed_in(state, signed.statements, self.trust, act=_ACT)
            state = self._announce(state)
            envelope = signed.add(statement, self.signer, trust=self.trust, now=self.now)
            standing = (*standing, statement)
        self._settle(state, standing, evidence.kinds, before[-1] if before else statement)
        return envelope

    def _require_right(self, state: ReviewState, signed: SignedLog) -> None:
        require_role(self.actor, DECIDERS, where=state.id, act=_ACT)
        require_own_key(self.actor.id, self.signer, self.trust)
        require_independent(state, self.actor, act=_ACT)
        standing = signed.standing(state)
        mine = self.actor.id in {statement.actor for statement in standing}
        if not (mine and state.status is ReviewStatus.APPROVED):
            require_open(state, act=_ACT)
            require_handed_in(state, signed.statements, self.trust, act=_ACT)
        if not is_unsaid(state, standing, self.actor, self.queue):  # who signed first has decided
            require_not_held(state, self.actor, act=_ACT)

    def _statement(
        self,
        state: ReviewState,
        evidence: _Evidence,
        signed: SignedLog,
        standing: tuple[Statement, ...],
        article: str,
    ) -> Statement:
        persons = {self.actor, *self._persons(state, standing)}
        issued = in_seconds(self.now)
        verdict, rules = evidence.verdict, evidence.rules
        waivers = accepted(state, verdict, rules, key=evidence.key, counts=self._counts(state))
        return Statement(
            decision=Decision.APPROVE,
            page=state.page,
            subjects=state.assets,
            submission=state.id,
            publisher=state.publisher,
            editors=tuple(state.editors),
            actor=self.actor.id,
            policy=self.policy.digest,
            findings=findings_digest(verdict, key=evidence.key),
            waivers=waivers,
            seq=signed.seq,
            prev=signed.prev,
            issued_at=issued,
            expires_at=issued + timedelta(days=self.policy.limits.approval_days),
            lacking=outstanding(persons, evidence.kinds, self.policy),
            terms=self.terms.digests(f.term for f in verdict.findings if f.term),
            terms_head=self.terms.head,
            consents=evidence.consents.digest,
            consents_end=evidence.consents.end,
            site=self.trust.origin,
            rendered=article,
            handed_in=state.handed_in,
            rules=tolerances(verdict.findings, rules, self.policy, evidence.off_found),
        )

    def _persons(self, state: ReviewState, standing: tuple[Statement, ...]) -> tuple[Person, ...]:
        """Return the different persons whose approvals of *state* count today."""
        makers = (*state.editors, state.publisher)
        return tally(
            standing, self.trust, self.policy, makers=makers, now=self.now, terms=self.terms
        ).persons

    def _counts(self, state: ReviewState) -> Callable[[Waiver, Rule], bool]:
        def counts(waiver: Waiver, rule: Rule) -> bool:
            try:
                person = self.trust.person(waiver.by)
            except NotAllowedError:
                return False
            return waiver.by not in state.editors and person.has(*may_accept(rule))

        return counts

    def _announce(self, state: ReviewState) -> ReviewState:
        if self.actor.id in state.approved_by:
            return state
        signing = replace(state, approved_by=(*state.approved_by, self.actor.id))
        event = event_of(state, "sign", actor=self.actor, now=self.now)
        return self.queue.save(signing, expected=state.revision, event=event)

    def _settle(
        self,
        state: ReviewState,
        standing: tuple[Statement, ...],
        kinds: frozenset[ContentKind],
        mine: Statement,
    ) -> None:
        """Say in the queue what the log says; nothing where both queue and events say so."""
        persons = self._persons(state, standing)
        done = not outstanding(persons, kinds, self.policy)
        settled = replace(
            state,
            approved_by=tuple(person.id for person in persons),
            status=ReviewStatus.APPROVED if done else state.status,
            claimed_by="" if done else state.claimed_by,
        )
        event = event_of(state, _ACT, actor=self.actor, now=self.now, detail=str(mine.seq))
        if settled != state or not is_told(self.queue, _ACT, event.detail):
            older = self._replaced(state) if done else []
            self.queue.save_all([*older, (settled, state.revision, event)])

    def _replaced(self, state: ReviewState) -> list[Change]:
        return replaced_by(state, actor=self.actor, queue=self.queue, now=self.now)
