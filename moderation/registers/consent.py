"""The consent register: whose picture may be shown, where, and until when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

_YEARS = 5
"""An answer ends after this many years, whatever else it says."""


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


class Basis(StrEnum):
    """The lawful basis an answer rests on (UK GDPR, article 6)."""

    CONSENT = "consent"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTERESTS = "legitimate-interests"


class Respondent(StrEnum):
    """Who answered; two parents may answer differently."""

    PARENT = "parent"
    OTHER_PARENT = "other-parent"
    PUPIL = "pupil"
    STAFF = "staff"
    GOVERNOR = "governor"


_STRICTNESS = {state: rank for rank, state in enumerate(ConsentState)}
LASTING = frozenset({ConsentState.OBJECTED, ConsentState.WITHDRAWN, ConsentState.MUST_NOT_APPEAR})
"""What only a later answer with a date of its own undoes."""


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

    @property
    def end(self) -> date | None:
        """The last day on which it holds: its own, that of leaving, or five years after."""
        ends = [self.until, self.leaves, self.given and _years_after(self.given)]
        return min((day for day in ends if day), default=None)

    def on(self, day: date) -> ConsentState:
        """Return the state on *day*; a granted consent ends after its last day."""
        if self.state is ConsentState.GRANTED and self.end and day > self.end:
            return ConsentState.EXPIRED
        return self.state


@dataclass(frozen=True)
class Consents:
    """Every answer on the register."""

    answers: tuple[Consent, ...] = ()

    def state(
        self,
        reference: str,
        channel: str,
        day: date,
        *,
        bases: Collection[Basis] = (Basis.CONSENT,),
    ) -> ConsentState:
        """Return where a person stands for a channel on *day*; of two answers the stricter wins.

        Args:
            reference: of the person
            channel: where the picture would be shown
            day: when
            bases: the lawful bases that the school accepts; an answer on another does not count

        """
        states = [a.on(day) for a in self.standing(reference, channel) if a.basis in bases]
        never = [
            answer.state
            for each in {answer.channel for answer in self._of_person.get(reference, ())}
            for answer in self.standing(reference, each)
            if answer.state is ConsentState.MUST_NOT_APPEAR
        ]
        return max([*states, *never], key=_STRICTNESS.__getitem__, default=ConsentState.UNKNOWN)

    def may_name(self, reference: str, channel: str, day: date) -> bool:
        """Say whether the name may stand beside the picture: everybody who answered said so."""
        answers = self.standing(reference, channel)
        granted = self.state(reference, channel, day) is ConsentState.GRANTED
        return granted and all(answer.with_name for answer in answers)

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
        ending = [
            answer
            for reference, channel in sorted({(a.reference, a.channel) for a in self.answers})
            for answer in self.standing(reference, channel)
            if answer.on(day) is ConsentState.GRANTED
            and answer.end
            and answer.end <= day + timedelta(days=within)
        ]
        yield from sorted(ending, key=lambda answer: (answer.end or day, answer.reference))

    def having(self, answers: Iterable[Consent]) -> "Consents":
        """Return the register with *answers* added after those that it has."""
        return Consents((*self.answers, *answers))

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


def _years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + _YEARS)
    except ValueError:  # the last of February in a leap year
        return day.replace(year=day.year + _YEARS, day=28)
