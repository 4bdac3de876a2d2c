"""Names that are no persons', and persons whom schools teach about."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pkgutil import get_data

from moderation.analysis.persons.features import Look
from moderation.analysis.persons.gazetteer import fold, lists
from moderation.analysis.persons.tokens import TOKEN

_LONGEST = 6
_PARTICLES = frozenset({"de", "la", "le", "du", "di", "da", "van", "von", "der", "den", "al"})
_INITIALS = frozenset({"X", "X."})

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


def is_familiar(seen: Sequence[Look], first: int, last: int, familiar: frozenset[str]) -> bool:
    """Say whether ``seen[first:last]`` is on a list of names that are public.

    It may be written in full, with a title and the surname, or with initials: Jane Hart is also
    Mrs Hart, J. Hart and Mrs J Hart.

    Args:
        seen: the words of the sentence
        first: the first word of the name
        last: the word after its last
        familiar: folded full names

    """
    if not familiar or " ".join(each.plain for each in seen[first:last]) in familiar:
        return bool(familiar)
    while first and seen[first - 1].plain in _PARTICLES:
        first -= 1
    begin = first
    while begin and seen[begin - 1].form in _INITIALS:
        begin -= 1
    titled = begin > 0 and seen[begin - 1].kind == "title"
    initials = begin
    while initials < last and seen[initials].form in _INITIALS:
        initials += 1
    letters = "".join(each.plain[0] for each in seen[begin:initials])
    surname = " ".join(each.plain for each in seen[initials:last])
    if not surname or not (titled or letters):
        return False
    return any(
        bare == surname or (bare.endswith(f" {surname}") and bare.startswith(letters[:1]))
        for bare in map(_untitled, familiar)
    )


@lru_cache(maxsize=4_000)
def _untitled(name: str) -> str:
    """Return a listed name without the title that was listed with it."""
    words = name.split()
    while len(words) > 1 and lists().get(words[0].rstrip(".")) == "title":
        del words[0]
    return " ".join(words)


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
