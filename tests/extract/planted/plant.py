"""Files with one invented name each, planted where one carrier carries it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from moderation.model import Carrier

_FORENAMES = (
    *("Tamsin", "Orlaith", "Jocasta", "Perran", "Merryn", "Keziah", "Lowenna", "Caspian"),
    *("Isolde", "Branwen", "Ottilie", "Demelza", "Zennor", "Rafferty", "Eluned", "Torquil"),
    *("Saoirse", "Anwen", "Fenella", "Morwenna"),
)
_SURNAMES = (
    *("Quillfeather", "Ashgrovely", "Thistlewick", "Pembrooke", "Wintergold", "Larkspurr"),
    *("Hollowbeck", "Marchbankes", "Featherley", "Ravensdene", "Copplestone", "Trevanyon"),
    *("Bickerdyke", "Oswaldthorp", "Nightinghall", "Underhillock", "Gillespinney", "Stainsborough"),
    *("Yarborowe", "Crumplehorn"),
)

NAMES = tuple(
    f"{forename} {_SURNAMES[(row + step) % len(_SURNAMES)]}"
    for step in range(len(_SURNAMES))
    for row, forename in enumerate(_FORENAMES)
)
"""Names of nobody; forename and surname each stand in several of them."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A file with a name in it.

    Args:
        what: the carrier in words
        carrier: how the reader must call it
        ending: of the file, with the full stop
        make: the file, given the name

    """

    what: str
    carrier: Carrier
    ending: str
    make: Callable[[str], bytes]


Table = Mapping[str, tuple[Carrier, Callable[[str], bytes]]]


def plants(ending: str, table: Table) -> Iterator[Plant]:
    """Make the plants of one type of file."""
    for what, (carrier, make) in table.items():
        yield Plant(f"{ending[1:]} {what}", carrier, ending, make)


def halves(name: str) -> tuple[str, str]:
    """Cut a name in two in the middle of the forename, as programs that mark spelling do."""
    return name[:3], name[3:]
