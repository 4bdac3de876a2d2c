"""An invented school office: people with keys, rules, stores and a clock."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from moderation.attest.envelope import Envelope
from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.people import Trust, TrustedPerson
from moderation.model import (
    Asset,
    Finding,
    Location,
    Person,
    ReviewState,
    Role,
    Rule,
    RuleId,
    RunError,
    Severity,
    Span,
    Stage,
    Submission,
    SubmissionId,
    Verdict,
    decide,
    digest_of,
)
from moderation.policy import ApprovalRule, ContentKind, Policy, default_policy
from moderation.policy.terms import Terms
from moderation.registers.consent_snapshot import Snapshot
from moderation.review.actions.acknowledge import acknowledge
from moderation.review.actions.approve import approve
from moderation.review.actions.claim import claim
from moderation.review.actions.reject import reject
from moderation.review.actions.return_ import return_
from moderation.review.actions.submit import submit
from moderation.review.actions.takedown import takedown
from moderation.review.actions.withdraw import withdraw
from moderation.review.memory import MemoryBlobStore, MemoryQueueStore
from moderation.review.store import BlobStore, QueueStore

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
KEY = b"fingerprint key of an example...."
PAGE = "news/sports-day.md"
PHOTO = Asset("photos/sports-day.jpg", b"a drawn picture")
TEXT = frozenset({ContentKind.TEXT})

ROLES = {
    "p-1": Role.PUBLISHER,
    "p-2": Role.PUBLISHER,
    "m-1": Role.MODERATOR,
    "m-2": Role.MODERATOR,
    "dsl": Role.SAFEGUARDING_LEAD,
    "head": Role.HEAD,
    "aud": Role.AUDITOR,
}
PEOPLE = {name: Person(name, frozenset({role})) for name, role in ROLES.items()}
SIGNERS = {name: Signer.from_seed(name, bytes.fromhex(digest_of(name.encode()))) for name in ROLES}
TRUST = Trust(
    site="alderbrook",
    version=1,
    expires=date(2027, 11, 1),
    persons={
        name: TrustedPerson(id=name, roles=frozenset({role}), keys=(SIGNERS[name].key,))
        for name, role in ROLES.items()
    },
)
TRUST = replace(TRUST, origin=digest_of(b"the first version"))


def _rule(name: str, severity: Severity, decided_by: Role, *, waivable: bool = True) -> Rule:
    return Rule(
        id=RuleId(name),
        family="language",
        summary="a rule of an example",
        remedy=f"mend {name}",
        severity=severity,
        since="0.1.0",
        clauses=(),
        decided_by=decided_by,
        waivable=waivable,
    )


ABUSE = _rule("abusive-word", Severity.REVIEW, Role.MODERATOR)
NAMED = _rule("pupil-named", Severity.BLOCK, Role.SAFEGUARDING_LEAD)
PLACE = _rule("location-in-photo", Severity.BLOCK, Role.SAFEGUARDING_LEAD, waivable=False)
TRIAL = replace(_rule("trial", Severity.BLOCK, Role.MODERATOR), stage=Stage.EVALUATION)
RULES = {str(rule.id): rule for rule in (ABUSE, NAMED, PLACE, TRIAL)}


def finding(rule: Rule, evidence: str = "", *, severity: Severity | None = None) -> Finding:
    """Return a finding of *rule*; other evidence is another finding."""
    return Finding(
        rule=rule.id,
        family=rule.family,
        message="found",
        primary=Location(path=PAGE, span=Span(1, 1, 1, 2)),
        severity=severity or rule.severity,
        evidence=evidence,
    )


def verdict(*findings: Finding) -> Verdict:
    """Return the verdict on these findings."""
    return decide(findings, (), RULES, files=1)


def broken_verdict() -> Verdict:
    """Return the verdict of a run in which a check failed."""
    return decide((), (RunError(PAGE, "extract", "could not be read"),), RULES)


def page(text: str, *files: Asset, path: str = PAGE) -> Submission:
    """Return a submission of a page with this text."""
    return Submission(page=path, assets=(Asset(path, text.encode()), *files))


def policy_with(kind: ContentKind, count: int, *roles: Role) -> Policy:
    """Return the default policy, but for who must approve *kind*."""
    policy = default_policy()
    rule = ApprovalRule(frozenset(roles) or policy.approval[kind].roles, count)
    return replace(policy, approval={**policy.approval, kind: rule})


CLEAN = verdict()
TWO_PERSONS = policy_with(ContentKind.TEXT, 2)


@dataclass
class Office:
    """Every act, with what it needs at hand; the clock goes on a minute with each."""

    folder: Path
    queue: QueueStore = field(default_factory=MemoryQueueStore)
    blobs: BlobStore = field(default_factory=MemoryBlobStore)
    policy: Policy = field(default_factory=default_policy)
    trust: Trust = TRUST
    terms: Terms = field(default_factory=Terms)
    signers: dict[str, Signer] = field(default_factory=lambda: dict(SIGNERS))
    now: datetime = NOW
    log: ApprovalLog = field(init=False)

    def __post_init__(self) -> None:
        self.log = ApprovalLog(self.folder / "approvals")

    @property
    def acts(self) -> list[str]:
        """What the event log says, as ``act actor``."""
        return [f"{event.act} {event.actor}" for event, _ in self.queue.events()]

    def tick(self) -> datetime:
        """Let a minute pass."""
        self.now += timedelta(minutes=1)
        return self.now

    def submit(
        self, who: str, what: Submission, result: Verdict = CLEAN, *, again: bool = False
    ) -> ReviewState:
        """Hand in; *again* as somebody does who has looked where it stands."""
        known = {state.digest: state.revision for state in self.queue.states(page=what.page)}
        return submit(
            what,
            result,
            actor=PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            rules=RULES,
            queue=self.queue,
            blobs=self.blobs,
            now=self.tick(),
            again=known.get(what.digest, 0) if again else 0,
        )

    def claim(self, who: str, state: ReviewState, *, take_over: bool = False) -> ReviewState:
        """Claim."""
        return claim(
            state.id, actor=PEOPLE[who], queue=self.queue, now=self.tick(), take_over=take_over
        )

    def acknowledge(
        self, who: str, state: ReviewState, what: Finding, reason: str = "it is quoted"
    ) -> ReviewState:
        """Accept a finding."""
        return acknowledge(
            state.id,
            what,
            what.fingerprint(KEY),
            RULES[what.rule],
            reason=reason,
            actor=PEOPLE[who],
            queue=self.queue,
            now=self.tick(),
        )

    def approve(
        self,
        who: str,
        state: ReviewState,
        result: Verdict = CLEAN,
        *,
        kinds: frozenset[ContentKind] = TEXT,
        prefix: str | None = None,
        consents: Snapshot | None = None,
        claimed: Person | None = None,
        shown: Asset | None = None,
    ) -> Envelope:
        """Approve."""
        return approve(
            state.id,
            result,
            fingerprint_key=KEY,
            rules=RULES,
            kinds=kinds,
            page=shown or self.page_of(state),
            digest_prefix=state.digest[:8] if prefix is None else prefix,
            actor=claimed or PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            policy=self.policy,
            queue=self.queue,
            now=self.tick(),
            terms=self.terms,
            consents=consents,
        )

    def page_of(self, state: ReviewState) -> Asset:
        """Return the page that was handed in."""
        ref = next(each for each in state.assets if each.path == state.page)
        return Asset(ref.path, self.blobs.get(ref.digest))

    def return_(self, who: str, state: ReviewState, reason: str = "mend it") -> ReviewState:
        """Return."""
        return return_(
            state.id,
            reason=reason,
            actor=PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            queue=self.queue,
            now=self.tick(),
        )

    def reject(self, who: str, state: ReviewState, reason: str = "not for us") -> ReviewState:
        """Reject."""
        return reject(
            state.id,
            reason=reason,
            actor=PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            queue=self.queue,
            now=self.tick(),
        )

    def withdraw(self, who: str, state: ReviewState) -> ReviewState:
        """Withdraw."""
        return withdraw(
            state.id,
            actor=PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            queue=self.queue,
            now=self.tick(),
        )

    def takedown(self, who: str, path: str, reason: str = "a parent asked") -> Envelope:
        """Take down."""
        return takedown(
            path,
            reason=reason,
            actor=PEOPLE[who],
            signer=self.signers[who],
            log=self.log,
            trust=self.trust,
            queue=self.queue,
            now=self.tick(),
        )

    def load(self, state: ReviewState) -> ReviewState:
        """Read the state as it is now."""
        return self.queue.load(SubmissionId(state.id))
