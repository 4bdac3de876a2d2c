"""Names that the words around them give to a school, a side in a match, a pet or a show."""

import re
from collections.abc import Iterable, Iterator, Sequence

from moderation.analysis.persons.features import Look
from moderation.analysis.persons.gazetteer import cues

_NAMED = 4
_LONG = 3
_OTHER_NAME = 2
_SIDE = 6
_WORDS_OF_SCHOOL = 3

_LINKED = frozenset(
    {("lost", "to"), ("drew", "with"), ("drew", "against"), ("win", "over"), ("win", "against")}
)
_VERSUS = frozenset({"v", "vs", "vs.", "versus"})
_SCORE = re.compile(r"(?<!\S)\d{1,3} ?[-–—] ?\d{1,3}(?!\S)")

_CALLED = frozenset({"called", "named", ","})
_BETWEEN = 2

_QUOTES = frozenset("\"'“‘*")
_STAGE_REACH = 4


def not_persons(sentences: Iterable[Sequence[Look]]) -> frozenset[str]:
    """Return the words that name a school or a pet anywhere in a text, in small letters."""
    found: set[str] = set()
    for seen in sentences:
        found |= {seen[at].plain for at in _school_words(seen)} - cues("schools")
        found |= {w.plain for at, w in enumerate(seen) if _may_be_no_one(w) and _is_pet(seen, at)}
    return frozenset(found)


def is_scene(seen: Sequence[Look], first: int, last: int, around: frozenset[str]) -> bool:
    """Say whether ``seen[first:last]`` is a school, a side, a pet, a show or a piece of craft.

    Args:
        seen: the words of the sentence
        first: the first word of the name
        last: the word after its last
        around: what ``not_persons`` found in the whole text

    """
    if _is_craft(seen, first, last):
        return True
    if last - first > 1 or (first and seen[first - 1].kind == "title"):
        return False
    return (
        seen[first].plain in around
        or _is_side(seen, first)
        or _is_pet(seen, first)
        or _is_show(seen, first)
    )


def _may_be_no_one(word: Look) -> bool:
    """Say whether a word with a capital is no usual forename."""
    return word.capital and len(word.plain) > _LONG and word.known.forename < _NAMED


def _school_words(seen: Sequence[Look]) -> Iterator[int]:
    """Yield the places of the words that stand before School, Academy and the like."""
    for at, word in enumerate(seen):
        if not (word.capital and word.plain in cues("schools")):
            continue
        following = seen[at + 1] if at + 1 < len(seen) else None
        if following is not None and following.capital and following.plain not in cues("schools"):
            continue  # Freya Hart, School Council
        for before in range(at - 1, max(-1, at - 1 - _WORDS_OF_SCHOOL), -1):
            if not seen[before].capital or seen[before].kind == "title":
                break
            if _may_be_no_one(seen[before]) and not (before and seen[before - 1].kind == "title"):
                yield before


def _is_side(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word is a school or a club that plays: Highfield won 2-1."""
    word = seen[at]
    placed = word.plain.endswith(tuple(cues("places")))
    least = _SIDE if placed else _OTHER_NAME
    if not word.capital or len(word.plain) <= _LONG or word.known.forename >= least:
        return False
    plain = [each.plain for each in seen]
    before, after = plain[max(0, at - 2) : at], plain[at + 1 : at + 2]
    met = not cues("sport_before").isdisjoint(before[-1:]) or tuple(before) in _LINKED
    if met or not _VERSUS.isdisjoint(after):
        return True
    score = _has_score(plain)
    beside = not cues("sport_after").isdisjoint(after) or (score and before[-1:] == ["with"])
    return (
        beside
        and not _meets_person(seen[at + 2 : at + 3])
        and (score or (placed and not cues("match").isdisjoint(plain)))
    )


def _meets_person(other: Sequence[Look]) -> bool:
    """Say whether the other side begins with a usual forename, so that people play."""
    return any(
        word.known.forename >= _NAMED and not word.plain.endswith(tuple(cues("places")))
        for word in other
        if word.capital
    )


def _has_score(plain: Sequence[str]) -> bool:
    """Say whether a sentence tells a score: 2-1, in one token or three."""
    return bool(_SCORE.search(" ".join(plain)))


def _is_pet(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word names an animal: our hamster Biscuit; Biscuit, the class hamster."""
    plain = [each.plain for each in seen]
    before = at - 1
    while before > 0 and plain[before] in _CALLED:
        before -= 1
    if before >= 0 and plain[before] in cues("pets") and not seen[before].capital:
        return any(each in cues("owns") for each in plain[max(0, before - _BETWEEN - 1) : before])
    return _is_pet_before(plain[at + 1 : at + _BETWEEN + 5])


def _is_pet_before(rest: Sequence[str]) -> bool:
    """Say whether the words behind a name tell that it is an animal: the hamster; , our dog."""
    rest = rest[1:] if rest[:1] == [","] else rest
    if not rest or rest[0] not in cues("owns"):
        return False
    for place, each in enumerate(rest[1 : _BETWEEN + 2], 1):
        if each in cues("pets"):
            return cues("no_pet").isdisjoint(rest[place + 1 : place + 2])
        if not each.isalpha():
            return False
    return False


def _is_show(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word is the title of a show: we performed Oliver! in July."""
    if seen[at].plain not in cues("shows"):
        return False
    for before in range(at - 1, max(-1, at - 1 - _STAGE_REACH), -1):
        if seen[before].plain in cues("staged"):
            return True
        if seen[before].plain not in cues("little") | _QUOTES:
            return False
    return False


def _is_craft(seen: Sequence[Look], first: int, last: int) -> bool:
    """Say whether a craft and a people of history stand together: Clay Tudor houses."""
    near = [each.plain for each in seen[first : last + 1]]
    held = [each.kind for each in seen[first : last + 1]]
    return len(near) > 1 and near[0] in cues("crafts") and held[1] == "land"
