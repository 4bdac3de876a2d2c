"""What publishers, moderators and the office do, each act by itself and in whatever order."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from moderation.model import ReviewState, Role, SchoolgateError
from moderation.registers.consent import ConsentState
from tests.model_based.reference import Someone, Unit
from tests.model_based.scenery import (
    CONTENTS,
    NEWCOMER,
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
from tests.model_based.steps import Steps, unit_of

people = st.sampled_from([*ROLES, NEWCOMER])
deciders = st.sampled_from(["head", "deputy", "dsl", "m-1", "m-2", NEWCOMER])
pages = st.sampled_from(PAGES)
versions = st.integers(0, len(VERSIONS) - 1)
picks = st.integers(0, 10_000)
makers = st.sampled_from(["p-1", "p-2", "m-1", "p-1", "head"])
SPANS = (0.01, 0.5, 3, 15, 31, 200, 420, 3650, -0.01, -0.5, -3, -31, -3650)
CHANGES = (
    *("suspend", "suspend, leaving", "reinstate", "lost key"),
    *("publisher", "moderator", "newcomer"),
)


class Staff(Steps):
    """Everybody who works at the school."""

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
        self._approve_by_two(pick, *self._choose(pick))

    def _approve_by_two(self, pick: int, state: ReviewState, unit: Unit) -> None:
        for who in [who for who in self._in_turn(pick) if self.book.may_approve(who, unit)][:2]:
            self._approve(who, self.school.queue.load(state.id), unit)

    def _approve(self, who: str, state: ReviewState, unit: Unit) -> None:
        if self.book.queue[unit].status == "approved" and not self.book.stands(unit):
            return  # a retry is good, and anything that takes a new signature is not
        may, length = self.book.may_approve(who, unit), len(self.book.log)
        if self._do(may, lambda: self.school.approve(who, state)):
            self.book.approve(who, unit, signed=self.school.log.next()[0] - 1 > length)

    @rule(pick=picks)
    def approve_with_a_key_of_before(self, pick: int) -> None:
        state, unit = self._choose(pick)
        who = self._who(pick, lambda who: self.book.may_approve(who, unit))
        self._approve_with_an_old_key(who, state)

    def _approve_with_an_old_key(self, who: str, state: ReviewState) -> None:
        if number := self.school.keys.get(who, 0):
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
        if what == "newcomer" and NEWCOMER not in self.book.people:
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
            self.school.keys[who] = self.book.keys[who] = number

    def _suspend(self, who: str, known: Someone, since: int) -> None:
        if self._change(lambda trust: trust.suspended(who, since=since), ends=True):
            self.book.people[who] = Someone(known.roles, True, since)

    def _give_another_role(self, who: str, role: Role) -> None:
        known = self.book.people[who]
        if self._change(lambda trust: trust.with_person(who, frozenset({role}))):
            self.book.people[who] = Someone(frozenset({role.value}), known.suspended, known.since)

    def _name_a_newcomer(self) -> None:
        role, key = frozenset({Role.MODERATOR}), signer_of(NEWCOMER, 0).key
        self.school.keys[NEWCOMER] = self.book.keys[NEWCOMER] = 0
        if self._change(lambda trust: trust.with_person(NEWCOMER, role).with_key(NEWCOMER, key)):
            self.book.people[NEWCOMER] = Someone(frozenset({"moderator"}))

    @rule(who=deciders)
    def let_one_alone_name_a_head(self, who: str) -> None:
        if self.school.versions[-1].trust.threshold < 2:
            return
        try:
            self.school.change(lambda t: t.with_person(who, frozenset({Role.HEAD})), signers=1)
        except SchoolgateError:
            return
        raise AssertionError("one of three who lead changed the people alone")
