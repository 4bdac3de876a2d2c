"""The consent register: whose picture may be shown, where, and until when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from moderation.policy.consenting import Basis, Consenting


class ConsentState(StrEnum):
    """An answer on the register, from the most permissive to the strictest."""

    GRANTED = "granted"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    MUST_NOT_APPEAR = "must-not-appear"


class Channel(StrEnum):
    """Where a picture may be shown."""

    WEBSITE = "website"
    SOCIAL = "social"
    PRESS = "press"
    PROSPECTUS = "prospectus"
    VIDEO = "video"
    DISPLAY = "display"


class Respondent(StrEnum):
    """Who answered; two parents may answer differently."""

    PARENT = "parent"
    OTHER_PARENT = "other-parent"
    PUPIL = "pupil"
    STAFF = "staff"
    GOVERNOR = "governor"


_STRICTNESS = {state: rank for rank, state in enumerate(ConsentState)}
_GROWN = frozenset({Respondent.STAFF, Respondent.GOVERNOR})
LASTING = frozenset({ConsentState.OBJECTED, ConsentState.WITHDRAWN, ConsentState.MUST_NOT_APPEAR})
"""What only a later answer with a date of its own undoes; the last of them, no answer at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One answer.

    Args:
        reference: of the person: pupil, member of staff or governor
        channel: where the picture would be shown
        state: what was answered
        with_name: the name may stand beside the picture
        until: the last day, as the answer says
        leaves: the day on which the person leaves the school
        given: when it was answered
        by: who answered
        basis: what the answer rests on
        form: where the signed form is kept; never a name

    """

    reference: str
    channel: str
    state: ConsentState
    with_name: bool = False
    until: date | None = None
    leaves: date | None = None
    given: date | None = None
    by: Respondent = Respondent.PARENT
    basis: Basis = Basis.CONSENT
    form: str = ""

    def end(self, years: int) -> date | None:
        """Return the last day on which it holds: its own, that of leaving, or *years* after."""
        ends = [self.until, self.leaves, self.given and _years_after(self.given, years)]
        return min((day for day in ends if day), default=None)

    def on(self, day: date, years: int) -> ConsentState:
        """Return the state on *day*; a granted consent ends after its last day."""
        end = self.end(years)
        if self.state is ConsentState.GRANTED and end and day > end:
            return ConsentState.EXPIRED
        return self.state

    def not_counted(self, accepted: Consenting) -> str:
        """Say why a school may not go by it; empty if it may. A no counts, whatever it rests on."""
        if self.state is not ConsentState.GRANTED:
            return ""
        if self.by is Respondent.PUPIL and not accepted.pupils_decide_from:
            return "the pupil said yes, and the policy asks the parents"
        if self.basis not in (accepted.staff if self.by in _GROWN else accepted.pupils):
            return f"it rests on {self.basis}, which the policy does not accept"
        return ""


@dataclass(frozen=True)
class Consents:
    """Every answer on the register.

    Args:
        answers: in the order in which they came
        accepted: which of them count, and how long

    """

    answers: tuple[Consent, ...] = ()
    accepted: Consenting = field(default_factory=Consenting)

    def under(self, accepted: Consenting) -> "Consents":
        """Return the register as a school reads it that accepts these answers."""
        return self if accepted == self.accepted else replace(self, accepted=accepted)

    def state(self, reference: str, channel: str, day: date) -> ConsentState:
        """Return where a person stands for a channel on *day*; of two answers the stricter wins.

        Who must not appear never appears, on no channel, until that is lifted: it protects somebody
        and is no answer, so that no later answer of a family replaces it.

        Args:
            reference: of the person
            channel: where the picture would be shown
            day: when

        """
        if self.must_not_appear(reference):
            return ConsentState.MUST_NOT_APPEAR
        years = self.accepted.years
        states = [a.on(day, years) for a in self._counting(reference, channel)]
        return max(states, key=_STRICTNESS.__getitem__, default=ConsentState.UNKNOWN)

    def must_not_appear(self, reference: str) -> bool:
        """Say whether somebody must not appear, whatever else was answered, and where."""
        answers = self._of_person.get(reference, ())
        return any(answer.state is ConsentState.MUST_NOT_APPEAR for answer in answers)

    def lifting(self, reference: str) -> "Consents":
        """Return the register without "must not appear" for one person; all else stays."""
        lifted = (
            answer
            for answer in self.answers
            if answer.reference != reference or answer.state is not ConsentState.MUST_NOT_APPEAR
        )
        return replace(self, answers=tuple(lifted))

    def may_name(self, reference: str, channel: str, day: date) -> bool:
        """Say whether the name may stand beside the picture: everybody who answered said so."""
        answers = self.standing(reference, channel)
        granted = self.state(reference, channel, day) is ConsentState.GRANTED
        return granted and all(answer.with_name for answer in answers)

    def end(self, reference: str, channel: str) -> date | None:
        """Return the last day on which every yes of a person holds; None if none of them ends."""
        yes = (a for a in self._counting(reference, channel) if a.state is ConsentState.GRANTED)
        ends = (answer.end(self.accepted.years) for answer in yes)
        return min((end for end in ends if end), default=None)

    def not_counted(self, reference: str, channel: str) -> tuple[str, ...]:
        """Say why answers that stand and say yes count as no permission, each reason once."""
        whys = (a.not_counted(self.accepted) for a in self.standing(reference, channel))
        return tuple(dict.fromkeys(why for why in whys if why))

    def _counting(self, reference: str, channel: str) -> Iterator[Consent]:
        for answer in self.standing(reference, channel):
            if not answer.not_counted(self.accepted):
                yield answer
            elif answer.by is not Respondent.PUPIL:  # a pupil's yes does end a no of their own
                yield from self._undone(answer)

    def _undone(self, answer: Consent) -> tuple[Consent, ...]:
        """Return the last no that a yes came after which does not count, and so undoes none."""
        before = [
            each
            for each in self._of_person[answer.reference]
            if (each.channel, each.by) == (answer.channel, answer.by) and each.state in LASTING
        ]
        return (max(before, key=_order),) if before else ()

    def standing(self, reference: str, channel: str) -> tuple[Consent, ...]:
        """Return the answers that stand: the last of each respondent."""
        last: dict[Respondent, Consent] = {}
        for answer in self._of_person.get(reference, ()):
            if answer.channel == channel:
                before = last.get(answer.by)
                if before is None or _order(answer) >= _order(before):
                    last[answer.by] = answer
        return tuple(last.values())

    def expiring(self, day: date, *, within: int) -> Iterator[Consent]:
        """Yield the granted answers that end within so many days after *day*, soonest first."""
        years, last = self.accepted.years, day + timedelta(days=within)
        ending = [
            (end, answer.reference, number, answer)
            for number, answer in enumerate(self._every())
            if answer.on(day, years) is ConsentState.GRANTED
            and (end := answer.end(years)) is not None
            and end <= last
        ]
        yield from (answer for *_, answer in sorted(ending, key=lambda each: each[:3]))

    def _every(self) -> Iterator[Consent]:
        """Yield every answer that stands and counts."""
        for reference, channel in sorted({(a.reference, a.channel) for a in self.answers}):
            yield from self._counting(reference, channel)

    def having(self, answers: Iterable[Consent]) -> "Consents":
        """Return the register with *answers* added after those that it has."""
        return replace(self, answers=(*self.answers, *answers))

    @cached_property
    def _of_person(self) -> Mapping[str, tuple[Consent, ...]]:
        found: dict[str, list[Consent]] = {}
        for answer in self.answers:
            found.setdefault(answer.reference, []).append(answer)
        return {reference: tuple(answers) for reference, answers in found.items()}

    @classmethod
    def from_csv(cls, text: str, *, source: str = "the consent register") -> "Consents":
        """Read columns reference, channel, state and more; see :mod:`~.consent_import`.

        Raises:
            UsageError: a column is missing or a value is not one that is known

        """
        from moderation.registers.consent_import import read_answers  # which itself makes answers

        return cls(tuple(read_answers(text, source=source)))


def strictness(state: ConsentState) -> int:
    """Return the rank of a state; the stricter, the higher."""
    return _STRICTNESS[state]


def _order(answer: Consent) -> tuple[date, int]:
    """Order answers of one respondent: the later counts, of one day the stricter."""
    return answer.given or date.min, _STRICTNESS[answer.state]


def _years_after(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:  # the last of February in a leap year
        return day.replace(year=year, day=28)
