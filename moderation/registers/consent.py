"""The consent register: whose picture may be shown, where, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moderation.model import UsageError
from moderation.registers.table import read_rows

_COLUMNS = ("reference", "channel", "state")
_ALL = (*_COLUMNS, "with_name", "until")


class ConsentState(StrEnum):
    """An answer on the register, from the most permissive to the strictest."""

    GRANTED = "granted"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    MUST_NOT_APPEAR = "must-not-appear"


_STRICTNESS = {state: rank for rank, state in enumerate(ConsentState)}
_TRUE, _FALSE = {"yes", "true", "1", "y"}, {"no", "false", "0", "n", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One answer: a person, a channel, and whether the name may stand beside the picture."""

    reference: str
    channel: str
    state: ConsentState
    with_name: bool = False
    until: date | None = None

    def on(self, day: date) -> ConsentState:
        """Return the state on *day*; a granted consent ends after its last day."""
        if self.state is ConsentState.GRANTED and self.until and day > self.until:
            return ConsentState.EXPIRED
        return self.state


@dataclass(frozen=True, slots=True)
class Consents:
    """Every answer on the register."""

    answers: tuple[Consent, ...] = ()

    def state(self, reference: str, channel: str, day: date) -> ConsentState:
        """Return where a person stands for a channel on *day*; of two answers the stricter wins."""
        mine = [a for a in self.answers if a.reference == reference]
        states = [a.on(day) for a in mine if a.channel == channel]
        never = [a.state for a in mine if a.state is ConsentState.MUST_NOT_APPEAR]
        return max([*states, *never], key=_STRICTNESS.__getitem__, default=ConsentState.UNKNOWN)

    @classmethod
    def from_csv(cls, text: str, *, source: str = "the consent register") -> "Consents":
        """Read columns reference, channel, state and, if there, with_name and until (a date).

        Raises:
            UsageError: a column is missing or a value is not one that is known

        """
        rows = read_rows(text, _COLUMNS, source=source)
        return cls(tuple(_answers(rows, source)))


def _answers(rows: Iterable[dict[str, str | None]], source: str) -> Iterable[Consent]:
    for number, row in enumerate(rows, start=2):
        value = {key: (row.get(key) or "").strip() for key in _ALL}
        where = f"{source}: row {number}"
        if not value["reference"] or not value["channel"]:
            raise UsageError(f"{where}: reference or channel is empty; fill it in")
        if value["state"] not in list(ConsentState):
            raise UsageError(f"{where}: state is not one of {', '.join(ConsentState)}")
        yield Consent(
            reference=value["reference"],
            channel=value["channel"],
            state=ConsentState(value["state"]),
            with_name=_flag(value["with_name"], where),
            until=_day(value["until"], where),
        )


def _flag(text: str, where: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise UsageError(f"{where}: with_name is not yes or no")
    return text.lower() in _TRUE


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{where}: until is not a date such as 2027-07-31") from error
