"""Which part of the country bears a name, so that a usual name is not taken for a pupil's."""

from functools import cache

from moderation.analysis.names.variants import lines_of
from moderation.analysis.persons.gazetteer import gazetteer

_MILLION = 1e6
_FORENAMES = (3e-8, 1e-7, 3e-7, 1e-6, 1e-5, 5e-5, 2e-4, 1e-3, 4e-3, 1e-2)
_SURNAMES = (1e-7, 2e-6, 2e-5, 1e-4, 3e-4, 5e-4, 1e-3, 1e-3, 1e-3, 1e-3)
"""The share of names that are not in the table of usual ones, by their grade in the gazetteer."""


@cache
def _table(sign: str) -> dict[str, float]:
    rows = (line.split() for line in lines_of("shares.txt"))
    return {key: int(share) / _MILLION for kind, key, share in rows if kind == sign}


def share_of_forename(key: str) -> float:
    """Return which part of the people bears a forename."""
    return _table("f").get(key) or _FORENAMES[gazetteer().look_up(key).forename]


def share_of_surname(key: str) -> float:
    """Return which part of the people bears a surname."""
    return _table("s").get(key) or _SURNAMES[gazetteer().look_up(key).surname]
