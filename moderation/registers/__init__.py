"""What only the school knows: the roll and the consents, opened in memory by checks alone."""

from dataclasses import dataclass, field

from moderation.registers.consent import Basis, Channel, Consent, Consents, ConsentState, Respondent
from moderation.registers.roll import Pupil, Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The registers a run may consult; None says that the register is not there."""

    roll: Roll | None = field(default=None, repr=False)
    consents: Consents | None = field(default=None, repr=False)


__all__ = [
    "Basis",
    "Channel",
    "Consent",
    "ConsentState",
    "Consents",
    "Pupil",
    "Registers",
    "Respondent",
    "Roll",
]
