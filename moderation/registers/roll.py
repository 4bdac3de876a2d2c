"""The pupil roll: who must not be named."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil; *reference* is opaque and may leave the register, the rest may not.

    Args:
        reference: such as P-0112
        forename: as registered, second forenames that are always used included
        surname: as registered
        preferred: the forename that is used; empty where it is the registered one
        preferred_surname: likewise
        middle: further forenames, with spaces between them
        class_name: registration group or class
        number: the pupil's number in the school's own system, so that an import knows them again
        flagged: naming this pupil may put them in danger; why is not kept

    """

    reference: str
    forename: str
    surname: str
    preferred: str = ""
    preferred_surname: str = ""
    middle: str = ""
    class_name: str = ""
    number: str = ""
    flagged: bool = False

    def __repr__(self) -> str:
        """Show the reference only: a name must not reach a log or a traceback."""
        return f"Pupil({self.reference})"


@dataclass(frozen=True, slots=True)
class KeyedRoll:
    """A roll as digests, for a machine that must not hold the roll.

    Args:
        data: what :meth:`moderation.analysis.names.keyed.RollFilter.to_bytes` wrote
        key: 32 bytes, kept apart from it

    """

    data: bytes = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roll:
    """The pupils of the school, and the highest number that a reference ever had."""

    pupils: tuple[Pupil, ...] = ()
    highest: int = field(default=0, compare=False)

    @classmethod
    def from_names(cls, names: Iterable[str]) -> "Roll":
        """Build a roll from full names, the last word being the surname (for tests and trials)."""
        pupils = []
        for number, name in enumerate(names, start=1):
            forename, _, surname = name.rpartition(" ")
            pupils.append(Pupil(reference=f"P-{number:04}", forename=forename, surname=surname))
        return cls(tuple(pupils))

    @classmethod
    def from_csv(cls, text: str, *, source: str = "the roll") -> "Roll":
        """Read a class list whose first row names its columns; see :mod:`~.importing`.

        Raises:
            UsageError: a column or value is missing, or a pupil stands twice; names no pupil

        """
        from moderation.registers.importing import read_roll  # which itself makes rolls

        return read_roll(text, source=source)
