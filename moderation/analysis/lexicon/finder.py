"""Find every place of a text that reads as a listed word, plain or disguised."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from moderation.analysis.lexicon.lexicon import Lexicon, squeeze
from moderation.analysis.lexicon.masks import unmask
from moderation.analysis.text import views
from moderation.analysis.text.evasion import Disguise, disguised
from moderation.model import Severity

_PART = re.compile(r"[A-Z]?[a-z]+")
_GAP = re.compile(r"[\W_]+")
_STOP = re.compile(r"[!?.,;:]\s|[='’]")
_TRIPLE = re.compile(r"([a-z])\1\1+")
_SPACE = 0x20
_MOST_DISGUISED = 4000
"""The most disguised words of one text that are looked up: more than are weighed."""
_EVERYDAY = frozenset(
    """
    a i it is in on at as to of or an am be by do go he if me my no so up us we hit his her
    the and for not you all are but can has had was one our out day get him how its may new
    now old see two way who did man men let put say she too use bit fat hat mass pass class
    wan own ring king ass con cum tar bar lot ten ton art arts ear ears hole tit rap per pen
    tin hers ink inks inked tart tarts age ages bast lock locks ock ole rat gay lad bad shed
    dog dig bag tab rag nag sag wag
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that reads as the entry of this index: ``text[start:end]``."""

    start: int
    end: int
    index: int
    disguised: bool = False


class Viewed(NamedTuple):
    """A text without look-alike characters, in UTF-8, and in its view by words."""

    text: str
    raw: bytes
    plain: bytes

    @classmethod
    def of(cls, text: str, raw: bytes) -> "Viewed":
        """Make the view that every search needs."""
        return cls(text, raw, views.words(raw))


def find(viewed: Viewed, lexicon: Lexicon, hidden: Iterable[Disguise] | None = None) -> list[Hit]:
    """Return every place that reads as a listed word, in no order, places overlapping.

    Args:
        viewed: the text
        lexicon: the list
        hidden: the places that may hold a disguised word, where they are known

    """
    text, raw, plain = viewed
    hits: list[Hit] = []
    tokens = plain.split()
    if not lexicon.vocabulary.keys().isdisjoint(tokens):
        hits += _whole(plain, tokens, lexicon)
    found = lexicon.automaton.find_matches_as_indexes(plain, overlapping=True)
    if found:
        hits += _inside(plain, found, lexicon)
    run_together = views.letters(raw)
    apart = lexicon.stem_automaton.find_matches_as_indexes(run_together, overlapping=True)
    if apart:
        hits += _apart(viewed, apart, lexicon)
    cases = views.cases(raw)
    if b"aA" in cases:
        hits += _camel(text, cases, lexicon)
    places = disguised(text, views.kinds(raw)) if hidden is None else hidden
    read = (hit for place in places for hit in _disguised(text, place, lexicon))
    hits += islice(read, _MOST_DISGUISED)
    return hits


def places(plain: bytes, token: bytes) -> Iterator[int]:
    """Yield the offset of every place of a word in the text of *plain*."""
    needle = b" " + token + b" "
    at = plain.find(needle)
    while at >= 0:
        yield at
        at = plain.find(needle, at + 1)


def _whole(plain: bytes, tokens: list[bytes], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the listed words that stand on their own, plain or misspelt."""
    for token in lexicon.vocabulary.keys() & tokens:
        hidden = token not in lexicon.forms
        for at in places(plain, token):
            yield Hit(at, at + len(token), lexicon.vocabulary[token], hidden)


def _inside(plain: bytes, found: list[tuple[int, int, int]], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield phrases, words inside longer words, and words with letters repeated."""
    last = 0
    for key, start, end in found:
        name = lexicon.keys[key]
        if name[0] == _SPACE:
            yield Hit(start, end - 2, lexicon.phrases[name[1:-1]])
            continue
        if start < last:
            continue  # a word is looked at once, however often it holds something
        first, last = plain.rfind(b" ", 0, start) + 1, plain.find(b" ", end)
        token = plain[first:last]
        if token in lexicon.vocabulary or token in lexicon.innocent:
            continue
        if key < len(lexicon.inside):
            if lexicon.shelters(token, name):
                last = end
            else:
                yield Hit(first - 1, last - 1, lexicon.inside[name])
            continue
        index = _repeated(token.decode(), lexicon)
        if index is not None:
            yield Hit(first - 1, last - 1, index, True)


def _repeated(token: str, lexicon: Lexicon) -> int | None:
    """Return the entry of a word in which a letter stands three times or more in a row."""
    if not _TRIPLE.search(token):
        return None
    once = squeeze(token)
    index = lexicon.squeezed.get(once)
    if index is not None and (once.encode() not in lexicon.innocent or len(token) > 2 * len(once)):
        return index
    for pattern in (r"\1", r"\1\1"):
        index = lexicon.look_up(_TRIPLE.sub(pattern, token))
        if index is not None:
            return index
    return lexicon.look_up(once) if len(once) > 3 else None


def _apart(viewed: Viewed, found: list[tuple[int, int, int]], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield words whose letters are kept apart by spaces or signs."""
    text, raw, plain = viewed
    titled = views.titled_letters(raw)
    found = [hit for hit in found if _stands(titled, hit[1], hit[2])]
    if not found:
        return
    offsets = views.letter_offsets(raw)
    for key, start, end in found:
        first, last = offsets[start], offsets[end - 1] + 1
        if last - first == end - start or last - first > 4 * (end - start):
            continue
        if plain[first] != _SPACE or plain[last + 1] != _SPACE:
            continue
        if _is_split(text[first:last]):
            yield Hit(first, last, lexicon.forms[lexicon.stems[key]], True)


def _stands(titled: bytes, start: int, end: int) -> bool:
    """Say whether *start* and *end* are both edges of words, with another between them."""
    part = titled[start:end]
    return part[:1].isupper() and not part[1:].islower() and not titled[end : end + 1].islower()


@lru_cache(maxsize=1024)
def _is_split(piece: str) -> bool:
    """Say whether the parts of *piece* are no words of their own."""
    parts = _GAP.split(piece.lower())
    if all(len(part) == 1 for part in parts):
        return False  # runs of single letters are read elsewhere, whole
    gaps = set(_GAP.findall(piece))
    if not all(part.isalpha() for part in parts) or any(_STOP.search(g) or "\n" in g for g in gaps):
        return False
    odd = [part for part in parts if part not in _EVERYDAY]
    if len(odd) == len(parts):
        return True
    if not any(" " in gap for gap in gaps):
        return (len(gaps) == 1 and bool(odd)) or gaps in ({"(", ")"}, {"[", "]"})
    return len(parts) == 2 and len(odd) == 1 and len(odd[0]) > 1 and not set(odd[0]) & set("aeiouy")


def _camel(text: str, cases: bytes, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield listed words that only their capitals part from the words beside them."""
    end = 0
    at = cases.find(b"aA")
    while at >= 0:
        start, end = cases.rfind(b" ", 0, at) + 1, cases.find(b" ", at)
        end = len(cases) if end < 0 else end
        for part in _PART.finditer(text, start, end):
            index = lexicon.forms.get(part[0].lower().encode()) if len(part[0]) > 3 else None
            if index is not None and part.span() != (start, end) and lexicon.is_sure(index):
                yield Hit(*part.span(), index, True)
        at = cases.find(b"aA", end)


def _disguised(text: str, place: Disguise, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the first listed word that a disguised place reads as."""
    written = text[place.start : place.end]
    for reading in place.readings:
        index = unmask(reading, lexicon) if place.masked else lexicon.look_up(reading)
        if index is None or (not place.masked and _is_code(written, reading)):
            continue
        entry = lexicon.entries[index]
        needs = any(context[0] == "!" for context in entry.contexts)
        if entry.severity != Severity.NOTE and not needs:
            yield Hit(*_extent(place, reading, lexicon), index, True)
            return


def _extent(place: Disguise, reading: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return where the listed word stands in a run of single letters that holds more."""
    key = reading.encode()
    single = len(place.letters) == len(reading)
    if single and key not in lexicon.forms and key[1:] in lexicon.forms:
        return place.letters[1][0], place.end  # the article before a word: a w-o-r-d
    if not single or key in lexicon.forms or key in lexicon.vocabulary:
        return place.start, place.end
    _, first, last = lexicon.inner.find_matches_as_indexes(key)[0]
    last = next((end for end in range(len(key), last, -1) if key[first:end] in lexicon.forms), last)
    return place.letters[first][0], place.letters[last - 1][1]


def _is_code(written: str, reading: str) -> bool:
    """Say whether *written* is a road, room, size or product rather than a word."""
    digits = sum(map(str.isdigit, written))
    if not digits:
        return False
    shown = sum(map(str.isalpha, written))
    capitals = written.upper() == written and (digits >= shown or len(written) == 3)
    return capitals or (len(reading) < 4 and digits >= shown)
