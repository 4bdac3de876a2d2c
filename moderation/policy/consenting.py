"""What counts as permission to show somebody, and how long it lasts: the table ``[consent]``."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from moderation.policy.node import Node


class Basis(StrEnum):
    """The lawful basis an answer rests on (UK GDPR, article 6)."""

    CONSENT = "consent"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTERESTS = "legitimate-interests"


_PERMISSION = frozenset({Basis.CONSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consenting:
    """Which answers count.

    Args:
        pupils: lawful bases on which pupils may be shown
        staff: likewise, for staff and governors
        pupils_decide_from: age in years from which a pupil may say yes alone; nought: never
        years: an answer ends so many years after it was given, whatever else it says

    """

    pupils: frozenset[Basis] = _PERMISSION
    staff: frozenset[Basis] = _PERMISSION
    pupils_decide_from: int = 0
    years: int = 5


def read_consenting(table: Node) -> Consenting:
    """Read the table ``[consent]``.

    Raises:
        PolicyError: a setting is not one, or its value is not of the form

    """
    for _ in table.items(("pupils", "staff", "pupils_decide_from", "years")):
        pass
    return Consenting(
        pupils=_bases(table.child("pupils")),
        staff=_bases(table.child("staff")),
        pupils_decide_from=table.child("pupils_decide_from").number(least=0),
        years=table.child("years").number(),
    )


def looser_consenting(mine: Consenting, base: Consenting) -> Iterator[str]:
    """Yield the settings by which *mine* takes more for permission than *base* does."""
    if not mine.pupils <= base.pupils:
        yield "consent.pupils"
    if not mine.staff <= base.staff:
        yield "consent.staff"
    ages = mine.pupils_decide_from, base.pupils_decide_from
    if ages[0] and (not ages[1] or ages[0] < ages[1]):
        yield "consent.pupils_decide_from"
    if mine.years > base.years:
        yield "consent.years"


def _bases(node: Node) -> frozenset[Basis]:
    found = frozenset(Node(node.source, node.path, word).choice(Basis) for word in node.words())
    if not found:
        raise node.error("names no lawful basis; write at least consent")
    return found
