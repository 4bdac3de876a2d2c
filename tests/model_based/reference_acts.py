"""What may be done, and what it changes: the rules of the house once more, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tests.model_based.reference import DAY, DECIDE, Decision, Site, Unit

SUBMIT = DECIDE | {"publisher"}
SIGN_RELEASES = frozenset({"deployer", "head"})
WAITING = frozenset({"submitted", "claimed"})
PENDING = WAITING | {"returned"}
UNPUBLISHED = PENDING | {"withdrawn", "rejected"}


@dataclass
class Handed:
    """A submission in the queue; *order* is the place of its last handing in among all.

    It was signed by *publisher* with the *key*-th key of theirs, after so many decisions.
    """

    editors: frozenset[str]
    publisher: str
    key: int
    after: int
    status: str = "submitted"
    holder: str = ""
    approved_by: tuple[str, ...] = ()
    order: int = 0


@dataclass
class Office(Site):
    """A site with a queue, and people who act on it."""

    queue: dict[Unit, Handed] = field(default_factory=dict)
    handings: int = 0
    keys: dict[str, int] = field(default_factory=dict)

    def may_act(self, who: str) -> bool:
        """Say whether somebody is trusted to do anything today."""
        return who in self.people and not self.people[who].suspended

    def decides(self, who: str) -> bool:
        """Say whether somebody decides on pages."""
        return self.may_act(who) and bool(self.people[who].roles & DECIDE)

    def may_approve(self, who: str, unit: Unit) -> bool:
        """Say whether an approval by *who* must be accepted."""
        state = self.queue[unit]
        roles = frozenset[str]().union(*(self.rules.roles[k] for k in self.about[unit].kinds))
        mine = any(self.log[n - 1].by == who for n in self.standing().get(unit, ()))
        waits = state.status in WAITING and self.stands(unit)
        ready = waits or (mine and state.status == "approved")
        fits = who in self.people and bool(self.people[who].roles & roles)
        return self.usable() and self.decides(who) and fits and ready and self._free(who, state)

    def stands(self, unit: Unit) -> bool:
        """Say whether what was signed on handing in is good for an approval today."""
        state = self.queue[unit]
        current = state.key == self.keys.get(state.publisher, 0)
        return current and not self.turned_since(unit, state.after)

    def turned_since(self, unit: Unit, after: int) -> bool:
        """Say whether something was decided against *unit* behind place *after* of the log."""
        return any(self._turns(entry, unit) for entry in self.log[after:])

    @staticmethod
    def _turns(entry: Decision, unit: Unit) -> bool:
        if entry.what == "takedown":
            return bool(entry.paths & {unit[0], *(path for path, _ in unit[1])})
        return entry.unit[0] == unit[0] and (entry.what != "approve" or entry.unit != unit)

    def may_refuse(self, who: str, unit: Unit) -> bool:
        """Say whether *who* may return or reject."""
        state = self.queue[unit]
        waits = self.usable() and state.status in WAITING
        return waits and self.decides(who) and self._free(who, state)

    def _free(self, who: str, state: Handed) -> bool:
        held = state.holder not in ("", who) and state.holder not in state.approved_by
        return who not in state.editors and not held

    def may_withdraw(self, who: str, unit: Unit) -> bool:
        """Say whether *who* may take a submission back."""
        state = self.queue[unit]
        open_ = state.status in PENDING | {"approved", "withdrawn"}
        return self.usable() and who in state.editors and open_ and self.may_act(who)

    def signs_to_end(self, unit: Unit) -> bool:
        """Say whether ending a submission takes an entry in the log."""
        return bool(self.queue[unit].approved_by) or unit in self.standing()

    def may_take_down(self, who: str, path: str) -> bool:
        """Say whether *who* may take a path off the site: never more than one person."""
        approved = [e for e in self.log if e.what == "approve" and self._covers(e, path)]
        return bool(approved) and (
            self.decides(who) or (self.may_act(who) and who in approved[-1].makers)
        )

    def is_down(self, path: str) -> bool:
        """Say whether the last that was decided on a path took it down."""
        last = [
            e.what
            for e in self.log
            if e.what in ("approve", "takedown") and (path in e.paths or self._covers(e, path))
        ]
        return last[-1:] == ["takedown"]

    @staticmethod
    def _covers(entry: Decision, path: str) -> bool:
        return entry.what == "approve" and path in {name for name, _ in entry.unit[1]}

    def hand_in(self, who: str, unit: Unit, *, again: bool) -> bool:
        """Hand in; return whether it is accepted."""
        known = self.queue.get(unit)
        if not self.may_submit(who):
            return False
        if known and known.status in WAITING:
            return self._join(who, unit)
        if known and known.status == "rejected":
            return False
        if known and not again:
            return True
        self._enter(who, unit)
        return True

    def may_submit(self, who: str) -> bool:
        """Say whether somebody may hand in."""
        return self.usable() and self.may_act(who) and bool(self.people[who].roles & SUBMIT)

    def may_claim(self, who: str, unit: Unit, *, take_over: bool) -> bool:
        """Say whether *who* may take a submission on."""
        state = self.queue[unit]
        free = self._free(who, state) or (take_over and who not in state.editors)
        return self.usable() and self.decides(who) and state.status in WAITING and free

    def claim(self, who: str, unit: Unit) -> None:
        """Take a submission on."""
        self.queue[unit].status, self.queue[unit].holder = "claimed", who

    def may_release(self, who: str) -> bool:
        """Say whether *who* may sign what is to be deployed."""
        signs = self.may_act(who) and bool(self.people[who].roles & SIGN_RELEASES)
        return self.usable() and signs and bool(self.live())

    def _join(self, who: str, unit: Unit) -> bool:
        known = self.queue[unit]
        if who in known.approved_by and who not in known.editors:
            return False
        if not self.stands(unit):
            known.publisher, known.key, known.after = who, self.keys.get(who, 0), len(self.log)
        known.editors |= {who}
        if known.holder == who:
            known.holder, known.status = "", "submitted"
        return True

    def _enter(self, who: str, unit: Unit) -> None:
        makers = {who, *(self.queue[unit].editors if unit in self.queue else ())}
        for _, other in self._since_published(unit[0]):
            makers |= other.editors
        for other_unit, other in self._of_page(unit[0]):
            if other.status in PENDING and other_unit != unit:
                other.status, other.holder = "superseded", ""
        self.handings += 1
        key = self.keys.get(who, 0)
        after = len(self.log)
        self.queue[unit] = Handed(frozenset(makers), who, key, after, order=self.handings)

    def _since_published(self, page: str) -> Iterator[tuple[Unit, Handed]]:
        """Yield the versions handed in after every approved one, and not published."""
        last = max((s.order for _, s in self._of_page(page) if s.status == "approved"), default=0)
        for unit, state in self._of_page(page):
            if state.status in UNPUBLISHED and state.order > last:
                yield unit, state

    def _of_page(self, page: str) -> Iterator[tuple[Unit, Handed]]:
        return ((unit, state) for unit, state in list(self.queue.items()) if unit[0] == page)

    def approve(self, who: str, unit: Unit, *, signed: bool) -> None:
        """Approve; *signed* says whether a new entry was needed."""
        state = self.queue[unit]
        numbers = self.standing().get(unit, [])
        if signed:
            persons = {who, *self.counting(numbers, state.editors)}
            entry = self._decision("approve", who, unit, state.editors)
            consents, end = self._consents(unit)
            complete = not self.lacking(unit, persons)
            self.log.append(replace(entry, complete=complete, consents=consents, consents_end=end))
            numbers = [*numbers, len(self.log)]
        persons_now = self.counting(numbers, state.editors)
        in_order = dict.fromkeys(self.log[n - 1].by for n in numbers)
        state.approved_by = tuple(by for by in in_order if by in persons_now)
        if not self.lacking(unit, persons_now):
            for other_unit, other in self._of_page(unit[0]):
                if other.status == "approved" and other_unit != unit:
                    other.status = "superseded"
            state.status, state.holder = "approved", ""

    def _consents(self, unit: Unit) -> tuple[tuple[str, ...], date | None]:
        people = self.about[unit].people
        ends = [self.consents[who][1] for who in people if self.consent(who) == "granted"]
        return (
            tuple(self.consent(who) for who in people),
            min((end for end in ends if end), default=None),
        )

    def end(self, what: str, who: str, unit: Unit) -> None:
        """Withdraw, return or reject."""
        state = self.queue[unit]
        if self.signs_to_end(unit):
            signed = "reject" if what == "rejected" else "withdraw"
            self.log.append(self._decision(signed, who, unit, state.editors))
        state.status, state.holder, state.approved_by = what, "", ()

    def take_down(self, who: str, path: str) -> None:
        """Take a path off the site; again, it changes nothing in the log."""
        approved = [e for e in self.log if self._covers(e, path)]
        if not self.is_down(path):
            entry = self._decision("takedown", who, approved[-1].unit, approved[-1].makers)
            self.log.append(replace(entry, paths=frozenset({path})))
        files = {file for e in approved for file in e.unit[1] if file[0] == path}
        for (_, unit), state in list(self.queue.items()):
            named = path in {name for name, _ in unit}
            if state.status == "approved" and named:
                state.status, state.holder, state.approved_by = "taken-down", "", ()
            elif state.status in WAITING and files & unit:
                state.status, state.holder, state.approved_by = "returned", "", ()

    def _decision(self, what: str, who: str, unit: Unit, makers: frozenset[str]) -> Decision:
        at = self.now.replace(microsecond=0)
        ends = at + self.rules.days * DAY
        paths = frozenset({unit[0]})
        return Decision(what, who, unit, paths, makers, at, ends)
