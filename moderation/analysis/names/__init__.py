"""Find the names of pupils in text: in any form a school, a keyboard or a scanner gives them.

Text and names are folded and cut into words; what each word may be to a name on the roll is worked
out once and kept, so that time grows with the text and hardly with the roll. See :mod:`.index` for
how the roll is laid out, :mod:`.tokens` for the signs, :mod:`.grammar` for the forms a name takes
and :mod:`.pairs` for how much alike it must be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from moderation.analysis.identity import Same
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.listed import find_listed
from moderation.analysis.names.match import Matcher
from moderation.analysis.names.runs import Found, Tier
from moderation.registers import Roll


@dataclass(frozen=True, slots=True)
class NameMatch:
    """``text[start:end]`` names these pupils, or one of them.

    Args:
        start: offset in the text
        end: offset after the last character
        references: of every pupil whose name it can be
        tier: how much of a name is there
        exact: whether it is written as registered

    """

    start: int
    end: int
    references: tuple[str, ...]
    tier: Tier = Tier.FULL
    exact: bool = True


def find_names(text: str, roll: Roll) -> Iterator[NameMatch]:
    """Yield every full name on *roll* in *text*, from left to right, not overlapping."""
    return (match for match in find_pupils(text, roll) if match.tier is Tier.FULL)


def find_pupils(text: str, roll: Roll, *, forenames: bool = False) -> Iterator[NameMatch]:
    """Yield whatever may name pupils on *roll*: also initials with a name, and titles.

    Args:
        text: any text
        roll: the pupils
        forenames: also forenames that stand alone; far from each is a pupil's

    """
    if not roll.pupils or not text:
        return
    for found in _matcher(Same(roll)).find(text, forenames=forenames):
        yield _match(found, roll)


def find_words(text: str, names: Iterable[str]) -> Iterator[NameMatch]:
    """Yield where any of *names* stands in *text*, its words in the order given."""
    for start, end, found in find_listed(text, names):
        yield NameMatch(start, end, found)


def _match(found: Found, roll: Roll) -> NameMatch:
    references = tuple(roll.pupils[place].reference for place in found.pupils)
    return NameMatch(found.start, found.end, references, found.tier, found.exact)


@lru_cache(maxsize=8)
def _matcher(key: Same[Roll]) -> Matcher:
    return Matcher(RollIndex(key.value))


__all__ = ["NameMatch", "Tier", "find_names", "find_pupils", "find_words"]
