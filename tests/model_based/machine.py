"""People, clocks, policies and an attacker in whatever order: what is live never leaves the rules.

Every act is tried on the school and on the reference. Whether it is let through, what it leaves in
the queue and in the log, and which files the gate then admits must be the same in both. Every act
that was let through is done a second time at once, and must change nothing then.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from moderation.attest.chain import verify_chain
from moderation.attest.statement import Statement
from moderation.attest.trust import Trust
from moderation.attest.verify import verify_log
from moderation.model import (
    Asset,
    AssetRef,
    ReviewState,
    ReviewStatus,
    Role,
    SchoolgateError,
    Submission,
    UsageError,
    digest_of,
)
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed
from moderation.registers.consent import ConsentState
from moderation.review.memory import MemoryBlobStore, MemoryQueueStore
from moderation.review.store import BlobStore, QueueStore
from tests.model_based.reference import Someone, Unit
from tests.model_based.reference_acts import Office
from tests.model_based.scenery import (
    CONTENTS,
    EXPIRES,
    NEWCOMER,
    NOW,
    PAGES,
    PHOTO,
    PHOTOS,
    POLICIES,
    PUPIL,
    ROLES,
    RULES_OF,
    VERSIONS,
    signer_of,
)
from tests.model_based.school import School

people = st.sampled_from([*ROLES, NEWCOMER])
deciders = st.sampled_from(["head", "deputy", "dsl", "m-1", "m-2", NEWCOMER])
pages = st.sampled_from(PAGES)
versions = st.integers(0, len(VERSIONS) - 1)
picks = st.integers(0, 10_000)
makers = st.sampled_from(["p-1", "p-2", "m-1", "p-1", "head"])
SPANS = (0.01, 0.5, 3, 15, 31, 200, 420, 3650, -0.01, -0.5, -3, -31, -3650)
CHANGES = (
    *("suspend", "suspend, leaving", "reinstate", "lost key"),
    *("publisher", "moderator", "newcomer", "alone"),
)


class Machine(RuleBasedStateMachine):
    """One school from its first day on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="schoolgate-machine-")
        queue, blobs = self.stores(Path(self.folder.name))
        self.school = School(Path(self.folder.name), queue, blobs)
        self.book = Office(
            rules=RULES_OF["usual"],
            people={who: Someone(frozenset({role.value})) for who, role in ROLES.items()},
            now=NOW,
            consents={PUPIL: ("granted", None)},
            expires=EXPIRES,
        )
        self.school.say(ConsentState.GRANTED, None)
        self.before_units: dict[str, Unit] = {}
        self.deployed: list[tuple[frozenset[tuple[str, str]], int, int]] = []
        self.events = 0

    def stores(self, folder: Path) -> tuple[QueueStore, BlobStore]:
        """Return where the queue and the files are kept."""
        return MemoryQueueStore(), MemoryBlobStore()

    def reopened(self) -> QueueStore:
        """Return the queue as somebody finds it who comes later."""
        return self.school.queue

    def teardown(self) -> None:
        self.folder.cleanup()

    # --- publishers

    @initialize()
    def a_first_day(self) -> None:
        self._put(PHOTO, PHOTOS[0])
        for path, version in zip(PAGES, (0, 1), strict=True):
            self._put(path, VERSIONS[version][0].encode())
            self.hand_in("p-1", path, again=False)

    @rule(path=pages, version=versions)
    def write_a_page(self, path: str, version: int) -> None:
        self._put(path, VERSIONS[version][0].encode())

    @rule(number=st.integers(0, 1))
    def swap_the_photo(self, number: int) -> None:
        self._put(PHOTO, PHOTOS[number])

    @rule(who=people, path=pages, again=st.booleans())
    def hand_in(self, who: str, path: str, again: bool) -> None:
        submission = self.school.unit(path)
        unit = path, frozenset((each.path, each.digest) for each in submission.assets)
        text = self.school.content[path].decode()
        self.book.about[unit] = CONTENTS[[each for each, _ in VERSIONS].index(text)]
        may = self.book.hand_in(who, unit, again=again)
        self._do(may, lambda: self.school.submit(who, submission, again=again))

    @rule(who=makers, path=pages, version=versions)
    def write_and_hand_in(self, who: str, path: str, version: int) -> None:
        self.write_a_page(path, version)
        self.hand_in(who, path, again=True)

    # --- moderators

    @rule(pick=picks, take_over=st.booleans())
    def claim(self, pick: int, take_over: bool) -> None:
        state, unit = self._choose(pick)
        who = self._who(pick, lambda who: self.book.may_claim(who, unit, take_over=take_over))
        may = self.book.may_claim(who, unit, take_over=take_over)
        if self._do(may, lambda: self.school.claim(who, state, take_over=take_over)):
            self.book.claim(who, unit)

    @rule(pick=picks)
    def approve(self, pick: int) -> None:
        state, unit = self._choose(pick)
        self._approve(self._who(pick, lambda who: self.book.may_approve(who, unit)), state, unit)

    @rule(pick=picks)
    def approve_as_the_policy_asks(self, pick: int) -> None:
        """Have two approve who may, one of them for pictures of people."""
        state, unit = self._choose(pick)
        for who in [who for who in self._in_turn(pick) if self.book.may_approve(who, unit)][:2]:
            self._approve(who, self.school.queue.load(state.id), unit)

    def _approve(self, who: str, state: ReviewState, unit: Unit) -> None:
        may, length = self.book.may_approve(who, unit), len(self.book.log)
        if self._do(may, lambda: self.school.approve(who, state)):
            self.book.approve(who, unit, signed=self.school.log.next()[0] - 1 > length)

    @rule(pick=picks)
    def approve_with_a_key_of_before(self, pick: int) -> None:
        state, unit = self._choose(pick)
        who = self._who(pick, lambda who: self.book.may_approve(who, unit))
        number = self.school.keys.get(who, 0)
        if number:
            old = signer_of(who, number - 1)
            self._do(False, lambda: self.school.approve(who, state, old))

    @rule(what=st.sampled_from(["returned", "rejected", "withdrawn"]), pick=picks)
    def end(self, what: str, pick: int) -> None:
        self._end(what, pick, self._choose(pick)[0])

    def _end(self, what: str, pick: int, state: ReviewState) -> None:
        unit = unit_of(state)
        ask = self.book.may_withdraw if what == "withdrawn" else self.book.may_refuse
        who, was = self._who(pick, lambda who: ask(who, unit)), self.book.queue[unit].status
        done = self._do(ask(who, unit), lambda: self.school.end(what, who, state))
        if done and was != "withdrawn":
            self.book.end(what, who, unit)

    @rule(pick=picks, path=st.sampled_from([*PAGES, PHOTO]))
    def take_down(self, pick: int, path: str) -> None:
        who = self._who(pick, lambda who: self.book.may_take_down(who, path))
        may = self.book.may_take_down(who, path)
        if self._do(may, lambda: self.school.takedown(who, path)):
            self.book.take_down(who, path)
            assert path not in {name for name, _ in self.book.live()}

    # --- the office

    @rule(days=st.sampled_from(SPANS), renewed=st.integers(0, 3))
    def set_the_clock(self, days: float, renewed: int) -> None:
        self.school.now += timedelta(days=days)
        self.book.now = self.school.now
        if renewed:
            self.renew(365)

    @rule(days=st.sampled_from([30, 365]))
    def renew(self, days: int) -> None:
        day = self.book.now.date() + timedelta(days=days)
        if self._change(lambda trust: trust.renewed(day), expired=True):
            self.book.expires = day

    @rule(name=st.sampled_from([*POLICIES, "usual"]))
    def change_the_policy(self, name: str) -> None:
        self.school.policy, self.book.rules = POLICIES[name], RULES_OF[name]

    @rule(state=st.sampled_from(["granted", "withdrawn", "refused"]), days=st.sampled_from([0, 20]))
    def answer_about_consent(self, state: str, days: int) -> None:
        until = self.book.now.date() + timedelta(days=days) if days else None
        self.school.say(ConsentState(state), until)
        self.book.consents[PUPIL] = (state, until)

    @rule(what=st.sampled_from(CHANGES), who=deciders)
    def change_the_people(self, what: str, who: str) -> None:
        known = self.book.people.get(who)
        if what == "alone" and self.school.versions[-1].trust.threshold > 1:
            self._let_one_alone_name_a_head(who)
        elif what == "newcomer" and NEWCOMER not in self.book.people:
            self._name_a_newcomer()
        elif known and what == "lost key":
            self._give_a_new_key(who)
        elif known and what.startswith("suspend"):
            self._suspend(who, known, len(self.book.log) + 1 if what == "suspend, leaving" else 0)
        elif known and what == "reinstate" and known.suspended:
            if self._change(lambda trust: trust.reinstated(who)):
                self.book.people[who] = Someone(known.roles)
        elif who in ("m-1", "m-2") and what in ("publisher", "moderator"):
            self._give_another_role(who, Role(what))

    def _give_a_new_key(self, who: str) -> None:
        number, after = self.school.keys[who] + 1, len(self.book.log)
        new = signer_of(who, number).key
        if self._change(lambda trust: trust.rotated(who, new, after=after), ends=True):
            self.school.keys[who] = number

    def _suspend(self, who: str, known: Someone, since: int) -> None:
        if self._change(lambda trust: trust.suspended(who, since=since), ends=True):
            self.book.people[who] = Someone(known.roles, True, since)

    def _give_another_role(self, who: str, role: Role) -> None:
        known = self.book.people[who]
        if self._change(lambda trust: trust.with_person(who, frozenset({role}))):
            self.book.people[who] = Someone(frozenset({role.value}), known.suspended, known.since)

    def _name_a_newcomer(self) -> None:
        role, key = frozenset({Role.MODERATOR}), signer_of(NEWCOMER, 0).key
        self.school.keys[NEWCOMER] = 0
        if self._change(lambda trust: trust.with_person(NEWCOMER, role).with_key(NEWCOMER, key)):
            self.book.people[NEWCOMER] = Someone(frozenset({"moderator"}))

    def _let_one_alone_name_a_head(self, who: str) -> None:
        try:
            self.school.change(lambda t: t.with_person(who, frozenset({Role.HEAD})), signers=1)
        except SchoolgateError:
            return
        raise AssertionError("one of three who lead changed the people alone")

    # --- what chance alone seldom does, one after the other

    @rule(who=makers, path=pages, version=versions, pick=picks)
    def publish(self, who: str, path: str, version: int, pick: int) -> None:
        self.write_and_hand_in(who, path, version)
        self.approve_as_the_policy_asks(pick)

    @rule(path=pages, version=st.sampled_from([0, 1, 5]), pick=picks, down=st.booleans())
    def publish_and_take_back(self, path: str, version: int, pick: int, down: bool) -> None:
        self.publish("p-1", path, version, pick)
        for state in self.school.queue.states(ReviewStatus.APPROVED, page=path):
            if down:
                self.take_down(3 * pick + 1, path)  # by somebody who may
            else:
                self._end("withdrawn", 3 * pick + 1, state)

    @rule(who=people, pick=picks)
    def retry_a_handing_in_of_before(self, who: str, pick: int) -> None:
        states = self.school.queue.states()
        state = states[pick % len(states)]
        assets = [Asset(r.path, self.school.blobs.get(r.digest)) for r in state.assets]
        submission = Submission(page=state.page, assets=tuple(assets))
        may = self.book.hand_in(who, unit_of(state), again=False)
        self._do(may, lambda: self.school.submit(who, submission, again=False))

    @rule(who=makers, path=pages, first=versions, second=versions, pick=picks)
    def edit_while_the_clock_is_behind(
        self, who: str, path: str, first: int, second: int, pick: int
    ) -> None:
        self.publish("p-1", path, first, pick)
        self.set_the_clock(-3, 0)
        self.write_and_hand_in(who, path, second)
        self.publish("p-2", path, (second + 1) % len(VERSIONS), pick)
        self.set_the_clock(3, 0)

    @rule(path=pages, pick=picks, after=st.sampled_from(["withdrawn", "refused", "expired"]))
    def ask_again_about_consent(self, path: str, pick: int, after: str) -> None:
        self.answer_about_consent("granted", 20 if after == "expired" else 0)
        self.publish("p-1", path, 2, pick - pick % 7)  # the safeguarding lead approves first
        if after == "expired":
            self.set_the_clock(31, 1)
        else:
            self.answer_about_consent(after, 0)

    @rule(path=pages, pick=picks, who=deciders, what=st.sampled_from(CHANGES))
    def change_who_approved(self, path: str, pick: int, who: str, what: str) -> None:
        self.publish("p-1", path, 0, pick)
        last = self.book.log[-1].by if self.book.log else who
        self.change_the_people(what, last if last in self.book.people else who)

    @rule(path=pages, pick=picks, policy=st.sampled_from(["usual", "a month"]))
    def let_an_approval_run_out(self, path: str, pick: int, policy: str) -> None:
        self.publish("p-1", path, 0, pick)
        self.change_the_policy(policy)
        self.set_the_clock(31 if policy == "a month" else 820, 1)

    # --- what is deployed

    @rule(who=st.sampled_from(["bot", "head", "bot", "m-1"]))
    def deploy(self, who: str) -> None:
        before = self.school.last_release()
        behind = before is not None and self.book.now + timedelta(days=1) < before.issued_at
        may = self.book.may_release(who) and not behind
        if self._do(may, lambda: self.school.release(who), twice=False):
            now = self.book.live(), len(self.book.log), len(self.school.versions)
            self.deployed.append(now)

    @precondition(lambda self: self.deployed)
    @rule(decisions=picks, versions=picks, which=picks)
    def put_the_repository_back(self, decisions: int, versions: int, which: int) -> None:
        _, seen, line = self.deployed[-1]
        kept, people_ = decisions % (len(self.book.log) + 1), versions % len(self.school.versions)
        number = which % len(self.school.releases)
        text = self.school.releases[number]
        release = read_deployed(text, self.school.trust(expired=True), source="old.json")
        try:
            self.school.follow(release, self.school.grounds(kept, people_ + 1))
        except SchoolgateError:
            return
        assert (kept >= seen, people_ + 1 >= line, number + 1) == (True, True, len(self.deployed))

    # --- both together

    def _put(self, path: str, data: bytes) -> None:
        self.school.content[path] = data
        self.book.content[path] = digest_of(data)

    def _choose(self, pick: int) -> tuple[ReviewState, Unit]:
        """Choose a submission, mostly one that waits."""
        states = self.school.queue.states()
        waiting = [s for s in states if s.status in ("submitted", "claimed")] if pick % 4 else []
        state = (waiting or states)[pick % len(waiting or states)]
        return state, unit_of(state)

    def _in_turn(self, pick: int) -> list[str]:
        """Return everybody, beginning with another person each time."""
        everybody = ["dsl", "m-1", "head", "m-2", "deputy", NEWCOMER, "p-1", "p-2", "bot"]
        first = pick // 7 % len(everybody)
        return [*everybody[first:], *everybody[:first]]

    def _who(self, pick: int, may: Callable[[str], bool]) -> str:
        """Choose somebody, mostly one who may."""
        everybody = self._in_turn(pick)
        fit = [who for who in everybody if may(who)] if pick % 3 else []
        return (fit or everybody)[0]

    def _do(self, may: bool, act: Callable[[], object], *, twice: bool = True) -> bool:
        """Do *act*; it must be let through exactly if it may be, and a second time do nothing."""
        before = self._traces()
        try:
            act()
        except SchoolgateError as error:
            assert not may, f"was refused: {error}"
            assert self._traces() == before, "a refused act left a trace"
            return False
        assert may, "was let through"
        if twice:
            after = self._traces()
            with suppress(SchoolgateError):
                act()
            assert self._traces() == after, "a retry left a trace"
        return True

    def _traces(self) -> tuple[object, ...]:
        queue = self.school.queue
        return queue.states(), len(list(queue.events())), self.school.log.next()

    def _change(
        self, edit: Callable[[Trust], Trust], *, ends: bool = False, expired: bool = False
    ) -> bool:
        """Change the people of the site; say whether that could be done."""
        if not (expired or self.book.usable()):
            return False
        try:
            self.school.change(edit, ends=ends)
        except UsageError:  # nobody would be left who leads
            return False
        return True

    @invariant()
    def the_gate_admits_what_may_be_live_and_nothing_else(self) -> None:
        try:
            admitted = frozenset(map(file_of, self.school.permitted().admitted))
        except SchoolgateError:
            assert not self.book.usable(), "the gate refused to answer"
            return
        assert self.book.usable(), "the gate answered from a list of people that has run out"
        assert admitted == self.book.live()

    @invariant()
    def the_queue_holds_what_was_acknowledged(self) -> None:
        found = {
            unit_of(s): (s.editors, s.status.value, s.claimed_by, frozenset(s.approved_by))
            for s in self.reopened().states()
        }
        assert found == {
            unit: (s.editors, s.status, s.holder, frozenset(s.approved_by))
            for unit, s in self.book.queue.items()
        }

    @invariant()
    def the_log_holds_what_was_acknowledged_and_verifies(self) -> None:
        trust = self.school.trust(expired=True)
        found = [told(each) for each in verify_log(self.school.log.read(), trust)]
        assert found == [
            (e.what, e.by, e.unit[0] if e.what != "takedown" else min(e.paths), e.complete)
            for e in self.book.log
        ]
        rows = list(self.school.queue.events())
        assert verify_chain(rows) == len(rows) >= self.events
        self.events = len(rows)

    @invariant()
    def every_file_of_a_submission_is_kept(self) -> None:
        for state in self.school.queue.states():
            for ref in state.assets:
                assert digest_of(self.school.blobs.get(ref.digest)) == ref.digest

    @invariant()
    def what_is_deployed_is_whole_and_was_live_then(self) -> None:
        release: Release | None = self.school.last_release()
        files = frozenset(map(file_of, release.files)) if release else None
        assert files == (self.deployed[-1][0] if self.deployed else None)
        assert (release.number if release else 0) == len(self.deployed)


def unit_of(state: ReviewState) -> Unit:
    """Return what the reference calls a submission."""
    return state.page, frozenset(map(file_of, state.assets))


def file_of(ref: AssetRef) -> tuple[str, str]:
    """Return what the reference calls a file."""
    return ref.path, ref.digest


def told(statement: Statement) -> tuple[str, str, str, bool]:
    """Return what the reference knows of an entry of the log."""
    what = statement.decision.value
    return what, statement.actor, statement.page, what == "approve" and not statement.lacking
