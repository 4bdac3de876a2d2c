"""Find people named in text, whoever they are.

A conditional random field says how likely each word is part of a person's name; a few rules set
right what it cannot have learnt, and two lists tell people of books and history, and things that
only sound like people. ``docs/reference/person-names.md`` says what it was trained on and how well
it does.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pkgutil import get_data
from typing import TYPE_CHECKING

from moderation.analysis.persons.features import Look, features, look
from moderation.analysis.persons.gazetteer import fold
from moderation.analysis.persons.joined import joined_names
from moderation.analysis.persons.listed import is_familiar, is_figure, is_thing
from moderation.analysis.persons.rules import is_address, is_message, put_right
from moderation.analysis.persons.scene import is_scene, not_persons
from moderation.analysis.persons.tokens import Token, sentences

if TYPE_CHECKING:
    import pycrfsuite

LEAST = 0.3
"""The least chance at which a name is reported: chosen on sentences kept out of training."""

# In short messages with handles and links even a small chance is right more often than not.
_LEAST_IN_MESSAGES, _SURE = 0.2, 0.5

_JOINED = 0.6
_ARTICLES = frozenset({"the", "a", "an"})

# A word of a name that is written in full elsewhere in the text needs but a hint.
_FULL, _SHORT, _HINT, _REPEATED = 0.8, 2, 0.08, 0.6
_OUT, _BEGIN, _INSIDE = "O", "B", "I"


class Who(StrEnum):
    """What is known of a person who is named."""

    UNKNOWN = "unknown"
    FIGURE = "figure"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMatch:
    """``text[start:end]`` names a person.

    Args:
        start: first character
        end: character after the last
        confidence: how likely it is a person's name, from 0 to 1
        who: ``figure`` for a public or fictional figure that schools teach about, ``known`` for a
            name that was passed as known, else ``unknown``
        words: how many words the name has
        joined: whether they are run together, in a handle, an address or the name of a file

    """

    start: int
    end: int
    confidence: float
    who: Who = Who.UNKNOWN
    words: int = 1
    joined: bool = False


def find_persons(text: str, *, known: Collection[str] = ()) -> tuple[PersonMatch, ...]:
    """Find every person named in *text*, from left to right, not overlapping.

    Args:
        text: plain text, lines kept apart by newlines
        known: full names that are public, such as those of the staff; who has one of them is
            marked, not left out

    """
    return _remembered(text, frozenset(fold(name) for name in known))


def search(
    text: str, familiar: frozenset[str], model: "Callable[[], pycrfsuite.Tagger] | None" = None
) -> tuple[PersonMatch, ...]:
    """Find every person without remembering the text.

    Args:
        text: plain text, lines kept apart by newlines
        familiar: folded full names that are public
        model: opens the model, if it is needed; the one that is shipped if None

    """
    opened = model or _tagger
    read = [
        _read(words, opened())
        for words in sentences(text)
        if any(may_name(word.text) for word in words)
    ]
    found = [match for sentence in read for match in _names(sentence, familiar)]
    full = _parts(text, found)
    around = not_persons(sentence.seen for sentence in read) - full
    if full or around:
        found = [
            match
            for sentence in read
            for match in _names(_repeated(sentence, full), familiar, around)
        ]
    joined = [
        PersonMatch(start=start, end=end, confidence=_JOINED, words=2, joined=True)
        for start, end in joined_names(text)
    ]
    if not joined:
        return tuple(found)
    found = [f for f in found if not any(f.start < j.end and j.start < f.end for j in joined)]
    return tuple(sorted([*found, *joined], key=_start))


# Several checks ask about the same text one after the other.
_remembered = lru_cache(maxsize=4)(search)


def _start(match: PersonMatch) -> int:
    return match.start


@lru_cache(maxsize=40_000)
def may_name(word: str) -> bool:
    """Say whether a word could be part of a name, so that the model must see its sentence."""
    seen = look(word)
    facts = seen.known
    usual = facts.forename > 3 or facts.surname > 2
    if seen.form[0] == "x":
        return (usual or seen.kind == "public") and not facts.small
    if not seen.capital or seen.kind == "land":
        return False
    if seen.kind == "title":
        return True
    if seen.form == "XX" or facts.small > 3:
        return usual or seen.kind == "public"
    return facts.small < 2 or facts.forename + facts.surname > 1


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, the chance of each word to be part of a name, and to begin one."""

    words: list[Token]
    seen: list[Look]
    chances: list[float]
    begins: list[bool]


def _read(words: list[Token], tagger: "pycrfsuite.Tagger") -> _Sentence:
    written = [word.text for word in words]
    seen = [look(word) for word in written]
    tagger.set(features(written))
    places = range(len(words))
    chances = put_right(seen, [1 - tagger.marginal(_OUT, at) for at in places])
    begins = [tagger.marginal(_BEGIN, at) >= tagger.marginal(_INSIDE, at) for at in places]
    return _Sentence(words, seen, chances, begins)


def _parts(text: str, found: Sequence[PersonMatch]) -> frozenset[str]:
    """Return the forenames and surnames of everybody whom the text surely names in full."""
    return frozenset(
        part
        for match in found
        if match.words > 1 and match.confidence >= _FULL
        for part in fold(text[match.start : match.end]).split()
        if len(part) > _SHORT
    )


def _repeated(sentence: _Sentence, full: frozenset[str]) -> _Sentence:
    """Raise the chance of a word that is part of a full name elsewhere in the text."""
    chances = [
        max(chance, _REPEATED)
        if chance >= _HINT and each.capital and each.plain in full
        else chance
        for each, chance in zip(sentence.seen, sentence.chances, strict=True)
    ]
    return _Sentence(sentence.words, sentence.seen, chances, sentence.begins)


def _names(
    sentence: _Sentence, familiar: frozenset[str], around: frozenset[str] = frozenset()
) -> Iterator[PersonMatch]:
    """Yield the names in a sentence; *around* are words that name no person in this text."""
    words, seen, chances = sentence.words, sentence.seen, sentence.chances
    least, sure = (_LEAST_IN_MESSAGES, _SURE) if is_message(seen) else (LEAST, 0.0)
    for run in _runs(chances, sentence.begins, least):
        first, last = _trimmed(seen, *run)
        if last - first == 1 and run[0] < first and seen[first - 1].plain in _ARTICLES:
            continue  # The Quill is a newspaper
        if first < last and not _is_no_person(seen, first, last, around):
            yield PersonMatch(
                start=words[first].start,
                end=words[last - 1].end,
                confidence=round(max(sure, *chances[first:last]), 3),
                who=_who(seen, first, last, familiar),
                words=last - first,
            )


def _is_no_person(seen: Sequence[Look], first: int, last: int, around: frozenset[str]) -> bool:
    return (
        is_thing(seen, first, last)
        or is_address(seen, first, last)
        or is_scene(seen, first, last, around)
    )


def _trimmed(seen: Sequence[Look], first: int, last: int) -> tuple[int, int]:
    """Leave out signs at both ends of a name, and titles before it."""
    while first < last and not seen[last - 1].plain[:1].isalpha():
        last -= 1
    while first < last and (
        not seen[first].plain[:1].isalpha()
        or seen[first].plain in _ARTICLES
        or _is_title(seen, first, last)
    ):
        first += 1
    return first, last


def _is_title(seen: Sequence[Look], first: int, last: int) -> bool:
    return first + 1 < last and seen[first].kind == "title" and seen[first].known.forename < 5


def _who(seen: Sequence[Look], first: int, last: int, familiar: frozenset[str]) -> Who:
    if is_familiar(seen, first, last, familiar):
        return Who.KNOWN
    figure = is_figure(seen, first, last) or (last - first == 1 and _is_public(seen[first]))
    return Who.FIGURE if figure else Who.UNKNOWN


def _is_public(word: Look) -> bool:
    """Say whether a word is the surname of somebody known to all, and of few others."""
    usual = word.known.surname >= 3 or word.known.forename >= 4
    return word.kind == "public" and not usual


def _runs(
    chances: Sequence[float], begins: Sequence[bool], least: float
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that are likely enough, cut where a name begins."""
    first = None
    for at, chance in enumerate(chances):
        if first is not None and (chance < least or begins[at]):
            yield first, at
            first = None
        if first is None and chance >= least:
            first = at
    if first is not None:
        yield first, len(chances)


@cache
def _tagger() -> "pycrfsuite.Tagger":
    """Open the model that is shipped, the first time a sentence needs it."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(_model())
    return tagger


@cache
def _model() -> bytes:
    """Return the bytes of the model, and keep them: the tagger reads them where they lie."""
    return get_data(__package__, "model.crfsuite") or b""
