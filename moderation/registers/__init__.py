"""What only the school knows: the roll and the consents, opened in memory by checks alone."""

from dataclasses import dataclass, field

from moderation.policy.consenting import Basis
from moderation.registers.consent import Channel, Consent, Consents, ConsentState, Respondent
from moderation.registers.photos import Photos
from moderation.registers.roll import KeyedRoll, Pupil, Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The registers a run may consult; None says that the register is not there.

    Where *keyed* is there in place of the roll, it is seen that a pupil is named, not who.
    """

    roll: Roll | None = field(default=None, repr=False)
    keyed: KeyedRoll | None = field(default=None, repr=False)
    consents: Consents | None = field(default=None, repr=False)
    photos: Photos | None = field(default=None, repr=False)


__all__ = [
    "Basis",
    "Channel",
    "Consent",
    "ConsentState",
    "Consents",
    "KeyedRoll",
    "Photos",
    "Pupil",
    "Registers",
    "Respondent",
    "Roll",
]
