"""Where the names of agencies, libraries and newspapers stand in a text, however they are spelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from moderation.analysis.rights.sources import AGENCIES, PRESS, STOCK

STOCKS = frozenset(STOCK)
"""Libraries that sell or give away pictures, by their names."""


@dataclass(frozen=True, slots=True)
class Credited:
    """An agency, library or newspaper whose credit was found.

    Args:
        name: as it is listed
        sure: False for what only looks like the title of a newspaper

    """

    name: str
    sure: bool = True


def names_at(text: str) -> Iterator[tuple[int, int, Credited]]:
    """Yield each name that is listed and not everyday, with the offsets of its start and end.

    Args:
        text: as :func:`moderation.analysis.rights.lookalikes.as_read` returns it

    """
    for match in _listed().finditer(text):
        name = _known()[_key(match[0])]
        first = re.sub(r"(?i)^the\s+", "", match[0])[:1]
        if name in STOCKS or name[:1].islower() or first.isupper():
            yield match.start(), match.end(), Credited(name)


@cache
def _known() -> dict[str, str]:
    return {_key(name): name for name in reversed((*PRESS, *AGENCIES, *STOCK))}


@cache
def _listed() -> re.Pattern[str]:
    names = sorted(_known().values(), key=len, reverse=True)
    joined = "|".join(map(_spelt, names))
    return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W\d_])", re.IGNORECASE)


def _spelt(name: str) -> str:
    words = re.split(r"[\s/-]+", name)
    return r"[\s/_-]*".join("(?:&|and)" if w == "&" else re.escape(w) for w in words)


def _key(name: str) -> str:
    return re.sub(r"[\s/_&-]+|\band\b", "", name.casefold())
