"""Facts that the law protects most, said of a person: health, needs, care, faith, origin.

A word alone is no finding: schools write about special needs, allergies and faiths every day. It
counts where the sentence says it of somebody: a name, ``he`` or ``she``, ``our Year 3 pupil``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import re2

from moderation.analysis.identifiers.lists import topics
from moderation.analysis.identifiers.reading import read
from moderation.analysis.text.sentences import sentence_at

_CASED = frozenset(
    [
        "asd",
        "pda",
        "lac",
        "cin",
        "cla",
        "iep",
        "ieps",
        "aids",
        "plac",
        "roma",
        "sen",
        "eal",
        "ocd",
        "ppg",
        "hiv",
        "cahms",
    ]
)
"""Terms that count in capitals only (Roma in its own); in small letters they are other words."""
_FAITH = "religion, origin or identity"
_BELONGING = re.compile(
    r"(?:['’]s)?(?:[\s,]{1,2}(?:who|is|was|comes?|from|an?|and|has|both|also|became|raised|practising"
    r"|devout|converted|to|of|his|her|[A-Z][a-z]+)){0,6}[\s,]{0,2}"
)
"""What stands between somebody and their faith or origin: Maryam is a, Yusuf is a Syrian."""
_CAUSE = re.compile(
    r"\s(?:research|awareness|charit|(?:week|day|policy)\b|training|appeal|fundrais)"
)
_FIGURE = re.compile(r"(?:in\scare|blind|deaf)\s(?:to|of)\s", re.IGNORECASE)
_REACH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """``text[start:end]`` tells a protected fact of a person.

    Args:
        start: where the person is named or the fact told, whichever comes first
        end: where the later of both ends
        topic: what the fact is about
        person: range of the text that stands for the person

    """

    start: int
    end: int
    topic: str
    person: tuple[int, int]


def find_protected(text: str, people: Sequence[tuple[int, int]] = ()) -> Iterator[Protected]:
    """Yield protected facts that are said of a person, in order, one a sentence.

    Args:
        text: as a reader sees it, without markup
        people: where pupils of the roll are named, offsets in *text*

    """
    reading = read(text)
    raw = reading.text.encode("ascii", "replace")
    sentence = _Sentence(0, 0, general=True)
    for hit in _gate().finditer(raw):
        fact = _terms().match(reading.text, hit.start())
        if fact is None or not _is_meant(reading.text, fact):
            continue
        if not sentence.start <= fact.start() < sentence.end:
            sentence = _sentence(reading.text, fact)
        elif sentence.told:
            continue
        topic = list(topics())[int(str(fact.lastgroup)[1:])]
        named = None if sentence.general else _said_of(reading.text, sentence, fact, topic)
        written = reading.span(*fact.span())
        person = reading.span(*named) if named else _on_roll(people, written)
        if person is not None:
            sentence = replace(sentence, told=True)
            start, end = min(person[0], written[0]), max(person[1], written[1])
            yield Protected(start=start, end=end, topic=topic, person=person)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: whether it speaks in general, and whether something was told of it already."""

    start: int
    end: int
    general: bool
    told: bool = False


def _sentence(text: str, fact: re.Match[str]) -> _Sentence:
    from moderation.analysis.identifiers.somebody import is_general  # takes long to compile

    around = sentence_at(text, *fact.span())
    end = max(around.end, fact.end())
    return _Sentence(around.start, end, is_general(text[around.start : end]))


def _said_of(
    text: str, sentence: _Sentence, fact: re.Match[str], topic: str
) -> tuple[int, int] | None:
    """Return whom the fact is said of; a faith or origin only right beside the person."""
    from moderation.analysis.identifiers.somebody import who

    person = who(text, sentence.start, sentence.end, fact)
    if person is None or topic != _FAITH:
        return person
    between = text[person[1] : fact.start()] if person[1] <= fact.start() else ""
    return person if _BELONGING.fullmatch(between) else None


def _on_roll(people: Sequence[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int] | None:
    """Return the pupil of the roll who is named nearest by."""
    near = [each for each in people if each[0] - place[1] < _REACH and place[0] - each[1] < _REACH]
    return min(near, key=lambda each: abs(each[0] - place[0]), default=None)


def _is_meant(text: str, fact: re.Match[str]) -> bool:
    """Say whether a term is no part of a cause or figure of speech, and a short one in capitals."""
    if _CAUSE.match(text, fact.end()) or _FIGURE.match(text, fact.start()):
        return False
    return fact[0].lower() not in _CASED or fact[0].isupper() or fact[0] == "Roma"


@cache
def _terms() -> re.Pattern[str]:
    choices = "|".join(f"(?P<t{n}>{terms})" for n, terms in enumerate(topics().values()))
    return re.compile(rf"(?<![A-Za-z-])(?:{choices})(?![A-Za-z-])", re.IGNORECASE)


@cache
def _gate() -> "re2._Regexp[bytes]":
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(rf"\b(?:{'|'.join(topics().values())})\b".encode("ascii"), options)
