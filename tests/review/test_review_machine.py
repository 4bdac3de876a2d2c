"""Review as a machine: whatever people do in whatever order, what must never happen does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from moderation.attest.chain import verify_chain
from moderation.attest.envelope import Envelope
from moderation.attest.log import ApprovalLog, file_name
from moderation.attest.statement import Decision, Statement
from moderation.attest.verify import verify_log
from moderation.model import (
    DECIDERS,
    OPEN,
    ConflictError,
    Event,
    Finding,
    ReviewState,
    ReviewStatus,
    Role,
    SchoolgateError,
    Submission,
    Verdict,
    digest_of,
)
from moderation.review.memory import MemoryQueueStore
from tests.review.office import (
    ABUSE,
    KEY,
    NAMED,
    PAGE,
    PHOTO,
    PLACE,
    ROLES,
    TRUST,
    TWO_PERSONS,
    Office,
    finding,
    page,
    verdict,
)

T = TypeVar("T")

S = ReviewStatus
PENDING = (S.SUBMITTED, S.CLAIMED, S.RETURNED)
EDGES = {
    None: {S.SUBMITTED},
    S.SUBMITTED: {
        *(S.SUBMITTED, S.CLAIMED, S.RETURNED, S.REJECTED, S.WITHDRAWN, S.SUPERSEDED, S.APPROVED)
    },
    S.CLAIMED: {
        *(S.SUBMITTED, S.CLAIMED, S.RETURNED, S.REJECTED, S.WITHDRAWN, S.SUPERSEDED, S.APPROVED)
    },
    S.RETURNED: {S.SUBMITTED, S.WITHDRAWN, S.SUPERSEDED},
    S.REJECTED: set(),
    S.WITHDRAWN: {S.SUBMITTED},
    S.SUPERSEDED: {S.SUBMITTED},
    S.APPROVED: {S.SUBMITTED, S.WITHDRAWN, S.SUPERSEDED, S.TAKEN_DOWN},
    S.TAKEN_DOWN: {S.SUBMITTED},
}
"""Where a submission may go from where it stands, written down apart from the code."""

RUDE, NAME = finding(ABUSE, "rude"), finding(NAMED, "a name")
FOUND: tuple[tuple[Finding, ...], ...] = ((), (RUDE,), (NAME,), (RUDE, NAME), (finding(PLACE),))
VERSIONS = range(6)
PATHS = (PAGE, "index.md")

people = st.sampled_from(sorted(ROLES))
versions = st.sampled_from(VERSIONS)
picks = st.integers(0, 1000)


def result_of(version: int) -> Verdict:
    """Return the verdict on a version; the same version always has the same findings."""
    return verdict(*FOUND[version % len(FOUND)])


def written(path: str, version: int) -> Submission:
    """Return the version of the page at *path*."""
    return page(f"version {version}", *([PHOTO] if version % 2 else []), path=path)


@dataclass(frozen=True, slots=True)
class MemoryLog(ApprovalLog):
    """A log that spares the disk; what the one on the disk does has tests of its own."""

    entries: list[tuple[str, Envelope]] = field(default_factory=list)

    def read(self) -> tuple[tuple[str, Envelope], ...]:
        return tuple(self.entries)

    def next(self) -> tuple[int, str]:
        prev = digest_of(self.entries[-1][1].payload) if self.entries else ""
        return len(self.entries) + 1, prev

    def append(self, envelope: Envelope, seq: int) -> None:
        if seq != len(self.entries) + 1:
            raise ConflictError(f"{file_name(seq)}: is taken")
        self.entries.append((file_name(seq), envelope))


class ReviewMachine(RuleBasedStateMachine):
    """Several persons act on the submissions of two pages."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = MemoryQueueStore()
        self.office = Office(Path("nowhere"), self.queue, policy=TWO_PERSONS)
        self.office.log = MemoryLog(Path("nowhere"))
        self.results: dict[str, Verdict] = {}
        self.handed_in: dict[str, set[str]] = {}
        self.seen: dict[str, ReviewState] = {}
        self.events: list[tuple[Event, str]] = []
        self.statements: tuple[Statement, ...] = ()

    @initialize()
    def somebody_begins(self) -> None:
        self.submit("p-1", PAGE, 0, again=False)
        self.submit("p-2", PATHS[1], 1, again=False)

    @rule(pick=picks)
    def review_with_care(self, pick: int) -> None:
        """Do everything that an approval by two takes; chance alone seldom does."""
        state = self.choose(pick)
        for what in self.results[state.id].findings:
            self.acknowledge("head", pick, what)
        for who in ("m-2", "dsl", "m-1")[pick % 2 :]:
            self.approve_one(who, self.queue.load(state.id))

    @rule(who=people, path=st.sampled_from(PATHS), version=versions, again=st.booleans())
    def submit(self, who: str, path: str, version: int, again: bool) -> None:
        submission, result = written(path, version), result_of(version)
        versions = {s.digest: s for s in self.queue.states(page=path)}
        before = versions.get(submission.digest)
        state = self.attempt(
            "submit", who, lambda: self.office.submit(who, submission, result, again=again)
        )
        if state is None:
            return
        assert result is not result_of(4), "what must be mended never waits"
        self.results[state.id] = result
        if before is None:
            assert (state.approved_by, state.waivers) == ((), ()), "a changed byte voids"
        if before is not None and before.status not in OPEN and not again:
            assert state == before, "a retry undoes nothing"
        else:
            approved = [s.submitted_at for s in versions.values() if s.status is S.APPROVED]
            since = [
                s
                for s in versions.values()
                if s.status in (*PENDING, S.WITHDRAWN, S.REJECTED)
                and all(s.submitted_at >= at for at in approved)
            ]
            mine = self.handed_in.setdefault(state.id, set())
            mine.update({who}, *(self.handed_in[s.id] for s in since))
            assert state.editors == mine

    @rule(who=people, pick=picks, take_over=st.booleans())
    def claim(self, who: str, pick: int, take_over: bool) -> None:
        state = self.choose(pick)
        done = self.attempt(
            "claim", who, lambda: self.office.claim(who, state, take_over=take_over)
        )
        assert done is None or (done.claimed_by == who and who not in state.editors)

    @rule(who=people, pick=picks, what=st.sampled_from([RUDE, NAME]))
    def acknowledge(self, who: str, pick: int, what: Finding) -> None:
        state = self.choose(pick)
        done = self.attempt("acknowledge", who, lambda: self.office.acknowledge(who, state, what))
        if done:
            decides = Role.MODERATOR if what is RUDE else Role.SAFEGUARDING_LEAD
            assert ROLES[who] in (decides, Role.HEAD)
            assert who not in state.editors

    @rule(who=people, pick=picks)
    def approve(self, who: str, pick: int) -> None:
        self.approve_one(who, self.choose(pick))

    def approve_one(self, who: str, state: ReviewState) -> None:
        """Approve, and see that it was right to."""
        result = self.results[state.id]
        if self.attempt("approve", who, lambda: self.office.approve(who, state, result)) is None:
            return
        assert ROLES[who] in DECIDERS
        assert who not in self.handed_in[state.id], "nobody approves their own work"
        waived = {waiver.fingerprint for waiver in state.waivers}
        assert {f.fingerprint(KEY) for f in result.findings} <= waived, "every finding is waived"

    @rule(who=people, pick=picks, version=versions)
    def approve_what_was_shown_before_it_changed(self, who: str, pick: int, version: int) -> None:
        state = self.choose(pick)
        other = written(state.page, version)
        if other.digest == state.digest:
            return
        approve = lambda: self.office.approve(  # noqa: E731 - an act
            who, state, self.results[state.id], prefix=other.digest
        )
        assert self.attempt("approve", who, approve) is None

    @rule(who=people, pick=picks)
    def return_(self, who: str, pick: int) -> None:
        state = self.choose(pick)
        self.attempt("return", who, lambda: self.office.return_(who, state))

    @rule(who=st.sampled_from(["m-1", "m-2", "p-1"]), pick=picks)
    def reject(self, who: str, pick: int) -> None:
        state = self.choose(pick)
        self.attempt("reject", who, lambda: self.office.reject(who, state))

    @rule(who=people, pick=picks)
    def withdraw(self, who: str, pick: int) -> None:
        state = self.choose(pick)
        done = self.attempt("withdraw", who, lambda: self.office.withdraw(who, state))
        assert done is None or who in self.handed_in[state.id]

    @rule(who=people, path=st.sampled_from([*PATHS, PHOTO.path]))
    def takedown(self, who: str, path: str) -> None:
        if self.attempt("takedown", who, lambda: self.office.takedown(who, path)):
            approved = self.queue.states(S.APPROVED)
            assert all(path not in {ref.path for ref in s.assets} for s in approved)

    def choose(self, pick: int) -> ReviewState:
        """Choose a submission, mostly one that waits."""
        states = self.queue.states(S.SUBMITTED, S.CLAIMED) if pick % 4 else ()
        every = states or self.queue.states()
        return every[pick % len(every)]

    def attempt(self, act: str, who: str, do: Callable[[], T]) -> T | None:
        """Do *act*; a refusal leaves no trace, and whatever changed is on record."""
        before = (self.queue.states(), list(self.queue.events()), self.office.log.read())
        try:
            done = do()
        except SchoolgateError:
            after = (self.queue.states(), list(self.queue.events()), self.office.log.read())
            assert after == before, "a refused act left a trace"
            return None
        if self.queue.states() != before[0]:
            told = [event for event, _ in list(self.queue.events())[len(before[1]) :]]
            assert {event.actor for event in told} == {who}
            assert told[-1].act in {act, "reopen", "join"} or act == "takedown"
        return done

    @invariant()
    def the_event_log_only_grows_and_verifies(self) -> None:
        events = list(self.queue.events())
        assert events[: len(self.events)] == self.events
        assert verify_chain(events) == len(events)
        self.events = events

    @invariant()
    def statuses_move_along_the_edges_and_revisions_only_grow(self) -> None:
        now = {str(state.id): state for state in self.queue.states()}
        assert self.seen.keys() <= now.keys(), "nothing is forgotten"
        for key, state in now.items():
            before = self.seen.get(key)
            if state == before:
                continue
            assert state.revision > (before.revision if before else 0)
            assert state.status in EDGES[before.status if before else None]
            if before:
                assert (state.page, state.assets) == (before.page, before.assets)
                assert state.editors >= before.editors
        self.seen = now

    @invariant()
    def the_signed_log_holds_no_approval_of_ones_own_work(self) -> None:
        entries = self.office.log.read()
        if len(entries) > len(self.statements):
            self.statements = verify_log(entries, TRUST)
        assert len(self.statements) == len(entries)
        for statement in self.statements:
            if statement.decision is Decision.APPROVE:
                assert statement.actor not in {*statement.editors, statement.publisher}

    @invariant()
    def what_the_queue_calls_approved_two_persons_signed(self) -> None:
        signed = {
            (s.actor, s.page, s.subjects) for s in self.statements if s.decision is Decision.APPROVE
        }
        for state in self.queue.states(S.APPROVED):
            assert len(set(state.approved_by)) >= 2
            assert {(by, state.page, state.assets) for by in state.approved_by} <= signed

    @invariant()
    def of_one_page_one_version_is_pending_and_one_approved(self) -> None:
        for statuses in (PENDING, (S.APPROVED,)):
            pages = [state.page for state in self.queue.states(*statuses)]
            assert len(set(pages)) == len(pages)


ReviewMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestReviewMachine = ReviewMachine.TestCase
