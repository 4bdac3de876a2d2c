"""Names that are no persons', and persons whom schools teach about."""

from collections.abc import Mapping, Sequence
from functools import cache
from pkgutil import get_data

from moderation.analysis.persons.features import Look
from moderation.analysis.persons.gazetteer import fold
from moderation.analysis.persons.tokens import TOKEN

_LONGEST = 6

Phrase = tuple[str, ...]


def is_thing(seen: Sequence[Look], first: int, last: int) -> bool:
    """Say whether ``seen[first:last]`` is part of the name of a thing: Ben Nevis, Mr Whippy."""
    return _covered(seen, first, last, _phrases("things.txt"))


def is_figure(seen: Sequence[Look], first: int, last: int) -> bool:
    """Say whether ``seen[first:last]`` names a public figure or one of a story."""
    begin = first
    while begin and seen[begin - 1].kind == "title":
        begin -= 1
    names = _phrases("figures.txt")
    return any(_covered(seen, at, last, names) for at in (begin, first))


def _covered(
    seen: Sequence[Look], first: int, last: int, phrases: Mapping[str, tuple[Phrase, ...]]
) -> bool:
    return any(
        last <= at + len(phrase) <= len(seen)
        and all(seen[at + i].plain == word for i, word in enumerate(phrase))
        for at in range(max(0, first - _LONGEST), first + 1)
        for phrase in phrases.get(seen[at].plain, ())
    )


@cache
def _phrases(name: str) -> Mapping[str, tuple[Phrase, ...]]:
    """Read a list of phrases, by their first word."""
    text = (get_data(__package__, name) or b"").decode()
    found: dict[str, tuple[Phrase, ...]] = {}
    for line in text.splitlines():
        if line and line[0] != "#":
            words = tuple(fold(match[0]) for match in TOKEN.finditer(line))
            found[words[0]] = (*found.get(words[0], ()), words)
    return found
