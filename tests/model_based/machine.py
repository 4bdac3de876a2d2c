"""People, clocks, policies and an attacker in whatever order: what is live never leaves the rules.

Which files the gate admits, what is in the queue and in the log, and what is deployed must be the
same in the school and in the reference after every step.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from moderation.attest.chain import verify_chain
from moderation.attest.statement import Statement
from moderation.attest.verify import verify_log
from moderation.model import (
    OPEN,
    Asset,
    ReviewStatus,
    SchoolgateError,
    Submission,
    digest_of,
)
from moderation.publish.release import Release
from moderation.publish.signed_release import read_deployed
from tests.model_based.scenery import VERSIONS, signer_of
from tests.model_based.staff import CHANGES, Staff, deciders, makers, pages, people, picks, versions
from tests.model_based.steps import file_of, unit_of


class Machine(Staff):
    """Everybody, in whatever order, and what must hold after every step."""

    # --- what chance alone seldom does, one after the other

    @rule(who=makers, path=pages, version=versions, pick=picks)
    def publish(self, who: str, path: str, version: int, pick: int) -> None:
        self.write_and_hand_in(who, path, version)
        for state in self.school.queue.states(*OPEN, page=path):
            self._approve_by_two(pick, state, unit_of(state))

    @rule(who=st.sampled_from(["m-1", "m-2", "head"]), path=pages, version=versions)
    def approve_ones_own_work(self, who: str, path: str, version: int) -> None:
        self.write_and_hand_in(who, path, version)
        for state in self.school.queue.states(*OPEN, page=path):
            self._approve(who, state, unit_of(state))

    @rule(path=pages, version=st.sampled_from([0, 1, 5]), pick=picks, down=st.booleans())
    def publish_and_take_back(self, path: str, version: int, pick: int, down: bool) -> None:
        self.publish("p-1", path, version, pick)
        for state in self.school.queue.states(ReviewStatus.APPROVED, page=path):
            if down:
                self.take_down(3 * pick + 1, path)  # by somebody who may
            else:
                self._end("withdrawn", 3 * pick + 1, state)
            self.approve_what_was_handed_in_once("m-1", -1)
            self.approve_what_was_handed_in_once("m-2", -1)

    @rule(who=st.sampled_from(["m-1", "m-2", "head"]), pick=picks)
    def approve_what_was_handed_in_once(self, who: str, pick: int) -> None:
        """Let somebody who can write to the repository use a hand-in of before once more."""
        places = [n for n, entry in enumerate(self.book.log, start=1) if entry.what == "approve"]
        if not places:
            return
        number = places[pick % len(places)]
        entry = self.book.log[number - 1]
        old = Statement.from_payload(self.school.log.read()[number - 1][1].payload, source="old")
        assert old.handed_in is not None
        number_of_key = self.book.keys.get(old.publisher, 0)
        current = signer_of(old.publisher, number_of_key).key.keyid == old.handed_in.keyid
        turned = self.book.turned_since(entry.unit, old.handed_in.after)
        may = current and not turned and who not in entry.makers
        self._do(may, lambda: self.school.approve_again(number, who))

    @rule(who=deciders, path=pages, version=st.sampled_from([0, 5]))
    def sign_with_a_lost_key(self, who: str, path: str, version: int) -> None:
        self.write_and_hand_in("p-1", path, version)
        self.change_the_people("lost key", who)
        for state in self.school.queue.states(ReviewStatus.SUBMITTED, page=path):
            self._approve_with_an_old_key(who, state)

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

    @rule(path=pages, pick=picks, version=versions)
    def publish_while_the_clock_is_ahead(self, path: str, pick: int, version: int) -> None:
        self.set_the_clock(31, 0)
        self.publish("p-1", path, version, pick)
        self.set_the_clock(-31, 0)

    @rule(path=pages, pick=picks)
    def approve_again_under_a_stricter_policy(self, path: str, pick: int) -> None:
        self.change_the_policy("usual")
        self.write_and_hand_in("p-1", path, 0)
        for state in self.school.queue.states(*OPEN, page=path):
            unit = unit_of(state)
            for who in [who for who in self._in_turn(pick) if self.book.may_approve(who, unit)][:1]:
                self._approve(who, state, unit)
                self.change_the_policy("two")
                self._approve(who, self.school.queue.load(state.id), unit)

    @rule(path=pages, pick=picks)
    def approve_half_of_the_next_version(self, path: str, pick: int) -> None:
        self.publish("p-1", path, 0, pick)
        self.write_and_hand_in("p-2", path, 2)  # which takes a head or the safeguarding lead too
        for state in self.school.queue.states(*OPEN, page=path):
            self._approve("m-1" if pick % 2 else "m-2", state, unit_of(state))
        self.write_a_page(path, 0)

    @rule(path=pages, pick=picks, who=deciders, what=st.sampled_from(["suspend", *CHANGES]))
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

    @rule(path=pages, first=versions, second=versions, pick=picks)
    def deploy_twice_and_be_put_back(self, path: str, first: int, second: int, pick: int) -> None:
        self.publish("p-1", path, first, pick)
        self.deploy("bot")
        self.publish("p-1", path, second, pick)
        self.deploy("bot")
        if self.deployed:
            self.put_the_repository_back(-1, -1, pick)  # all but the release
            self.put_the_repository_back(pick, -1, -1)  # the decisions alone

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


def told(statement: Statement) -> tuple[str, str, str, bool]:
    """Return what the reference knows of an entry of the log."""
    what = statement.decision.value
    return what, statement.actor, statement.page, what == "approve" and not statement.lacking
