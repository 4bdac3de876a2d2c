"""Read a text for abusive language: what was found, where, and how harmful it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from moderation.analysis.lexicon.contexts import Surroundings, is_name
from moderation.analysis.lexicon.entries import Entry
from moderation.analysis.lexicon.lexicon import Lexicon, load_lexicon, squeeze
from moderation.analysis.lexicon.masks import unmask
from moderation.analysis.patterns.library import Library, load_library
from moderation.analysis.text import views
from moderation.analysis.text.characters import Folded, fold
from moderation.analysis.text.evasion import disguised
from moderation.analysis.text.sentences import Sentence, sentence_at
from moderation.model import Severity

_CAMEL = re.compile(rb"A?a+(?:A+a+)+")
_PART = re.compile(r"[A-Z]?[a-z]+")
_GAP = re.compile(r"[\W_]+")
_STOP = re.compile(r"[!?.,;:]\s|[='’]")
_TRIPLE = re.compile(r"([a-z])\1\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing found: ``text[start:end]``.

    Args:
        start: offset in the text
        end: offset after the last character
        category: as in the list
        severity: how harmful it is here
        entry: the listed word
        disguised: it is written so that a filter would not know it
        quoted: it is spoken about rather than said

    """

    start: int
    end: int
    category: str
    severity: Severity
    entry: str
    disguised: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    index: int
    disguised: bool = False


@lru_cache(maxsize=4)
def scan(text: str) -> tuple[Mark, ...]:
    """Find every listed word in *text*, in order, however it is written."""
    raw = text.encode("utf-8", "surrogatepass")
    folded = Folded(text) if raw.isascii() else fold(text, raw)
    if folded.text is not text:
        raw = folded.text.encode("utf-8", "surrogatepass")
    lexicon = load_lexicon()
    plain = views.words(raw)
    tokens = plain.split()
    hits = list(_hits(folded.text, raw, plain, tokens, lexicon))
    if not raw.isascii():
        hits += _signs(text, folded, lexicon)
    marks = list(_marks(folded, hits, lexicon)) if hits else []
    library = load_library()
    if not library.anchors.isdisjoint(tokens):
        marks += _matches(folded, plain, tokens, library)
        marks.sort(key=lambda mark: (mark.start, mark.end))
    return tuple(marks)


def _matches(
    folded: Folded, plain: bytes, tokens: list[bytes], library: Library
) -> Iterator[Mark]:
    """Yield what the patterns find in the sentences that hold one of their words."""
    places = sorted(
        at for token in library.anchors.intersection(tokens) for at in _places(plain, token)
    )
    end = -1
    for place in places:
        if place < end:
            continue
        sentence = sentence_at(folded.text, place, place + 1)
        end = sentence.end
        seen: set[str] = set()
        for match in library.match(sentence):
            if match.rule in seen:
                continue
            seen.add(match.rule)
            words = sentence.words[match.first : match.last]
            start, finish = folded.span(words[0].start, words[-1].end)
            severity = Severity.NOTE if match.excused else Severity.REVIEW
            yield Mark(start=start, end=finish, category=match.rule, severity=severity, entry=match.source, quoted=match.excused)


def _places(plain: bytes, token: bytes) -> Iterator[int]:
    needle = b" " + token + b" "
    at = plain.find(needle)
    while at >= 0:
        yield at
        at = plain.find(needle, at + 1)


def _hits(
    text: str, raw: bytes, plain: bytes, tokens: list[bytes], lexicon: Lexicon
) -> Iterator[_Hit]:
    if not lexicon.vocabulary.isdisjoint(tokens):
        yield from _whole(plain, tokens, lexicon)
    found = lexicon.automaton.find_matches_as_indexes(plain, overlapping=True)
    if found:
        yield from _inside(plain, found, lexicon)
    split = lexicon.stem_automaton.find_matches_as_indexes(views.letters(raw), overlapping=True)
    if split:
        yield from _split(text, raw, plain, split, lexicon)
    cases = views.cases(raw)
    if b"aA" in cases:
        yield from _camel(text, cases, lexicon)
    for place in disguised(text, views.kinds(raw)):
        yield from _disguised(text, place, lexicon)


def _whole(plain: bytes, tokens: list[bytes], lexicon: Lexicon) -> Iterator[_Hit]:
    """Yield the listed words that stand on their own, plain or misspelt."""
    for token in lexicon.vocabulary.intersection(tokens):
        index = lexicon.forms.get(token)
        hidden = index is None
        if index is None:
            index = lexicon.disguises[token]
        for at in _places(plain, token):
            yield _Hit(at, at + len(token), index, hidden)


def _inside(plain: bytes, found: list[tuple[int, int, int]], lexicon: Lexicon) -> Iterator[_Hit]:
    """Yield phrases, words inside longer words, and words with letters repeated."""
    inside = len(lexicon.inside)
    for key, start, end in found:
        name = lexicon.keys[key]
        if name[0] == 32:
            yield _Hit(start, end - 2, lexicon.phrases[name[1:-1]])
            continue
        first, last = plain.rfind(b" ", 0, start) + 1, plain.find(b" ", end)
        token = plain[first:last]
        if token in lexicon.vocabulary or token in lexicon.innocent:
            continue
        if key < inside:
            yield _Hit(first - 1, last - 1, lexicon.inside[name])
        else:
            index = _squeezed(token.decode(), lexicon)
            if index is not None:
                yield _Hit(first - 1, last - 1, index, True)


def _camel(text: str, cases: bytes, lexicon: Lexicon) -> Iterator[_Hit]:
    """Yield listed words that only their capitals part from the words beside them."""
    for match in _CAMEL.finditer(cases):
        for part in _PART.finditer(text, match.start(), match.end()):
            index = lexicon.forms.get(part[0].lower().encode())
            if index is None or part.span() == match.span() or len(part[0]) < 4:
                continue
            if (
                lexicon.entries[index].severity == Severity.BLOCK
                or lexicon.entries[index].match == "any"
            ):
                yield _Hit(*part.span(), index, True)


def _squeezed(token: str, lexicon: Lexicon) -> int | None:
    """Return the entry of a word in which letters are repeated."""
    if not _TRIPLE.search(token):
        return None
    once = squeeze(token)
    if len(once) > 2 and once not in ("as", "niger"):
        index = lexicon.squeezed.get(once)
        if index is not None and _covers(token, once):
            return index
    for pattern in (r"\1", r"\1\1"):
        index = lexicon.look_up(_TRIPLE.sub(pattern, token))
        if index is not None:
            return index
    return lexicon.look_up(once) if len(once) > 3 else None


def _covers(token: str, once: str) -> bool:
    return once.encode() not in load_lexicon().innocent or len(token) > 2 * len(once)


def _split(
    text: str, raw: bytes, plain: bytes, found: list[tuple[int, int, int]], lexicon: Lexicon
) -> Iterator[_Hit]:
    """Yield words whose letters are kept apart by spaces or signs."""
    offsets: list[int] = []
    for key, start, end in found:
        if not offsets:
            offsets = views.letter_offsets(raw)
        first, last = offsets[start], offsets[end - 1] + 1
        if last - first == end - start or last - first > 4 * (end - start):
            continue
        if plain[first] != 32 or plain[last + 1] != 32 or not _is_split(text[first:last]):
            continue
        yield _Hit(first, last, lexicon.forms[lexicon.stems[key]], True)


_COMMON = frozenset("a i it is in on at as to of or an am be by do go he if me my no so up us we hit his her the and for not you all are but can has had was one our out day get him how its may new now old see two way who did man men let put say she too use bit fat hat mass pass class wan own ring king ass con cum tar bar lot ten ton art arts ear ears hole tit rap per pen tin ring her hers ink inks inked tart tarts age ages bast lock locks ock ole hat rat gay lad bad shed dog dig bag tab rag nag sag wag".split())  # fmt: skip


def _is_split(piece: str) -> bool:
    """Say whether the parts of *piece* are no words of their own."""
    parts = _GAP.split(piece.lower())
    gaps = set(_GAP.findall(piece))
    if (
        not all(part.isalpha() for part in parts)
        or "\n" in piece
        or any(_STOP.search(g) for g in gaps)
    ):
        return False
    odd = [part for part in parts if part not in _COMMON]
    if all(len(part) == 1 for part in parts):
        return False  # the runs of single letters are read elsewhere, whole
    if len(odd) == len(parts):
        return True
    if not any(" " in gap for gap in gaps):
        return len(gaps) == 1 and bool(odd) or gaps == {"(", ")"} or gaps == {"[", "]"}
    return len(parts) == 2 and len(odd) == 1 and len(odd[0]) > 1 and not set(odd[0]) & set("aeiouy")


def _disguised(text: str, place, lexicon: Lexicon) -> Iterator[_Hit]:
    written = text[place.start : place.end]
    for reading in place.readings:
        index = unmask(reading, lexicon) if place.masked else lexicon.look_up(reading)
        if index is None or (not place.masked and _is_code(written, reading)):
            continue
        entry = lexicon.entries[index]
        if entry.severity == Severity.NOTE or entry.contexts and entry.contexts[0][0] == "!":
            continue
        yield _Hit(place.start, place.end, index, True)
        return


def _is_code(written: str, reading: str) -> bool:
    """Say whether *written* is a road, room, size or product rather than a word."""
    digits = sum(c.isdigit() for c in written)
    shown = sum(c.isalpha() for c in written)
    if not digits:
        return False
    return (written.upper() == written and digits >= shown) or (
        len(reading) < 4 and digits >= shown
    )


def _signs(text: str, folded: Folded, lexicon: Lexicon) -> Iterator[_Hit]:
    for sign, index in lexicon.signs.items():
        at = text.find(sign)
        if at >= 0 and folded.text == text:
            yield _Hit(at, at + len(sign), index)


def _marks(folded: Folded, hits: list[_Hit], lexicon: Lexicon) -> Iterator[Mark]:
    hits.sort(key=lambda h: (h.start, -h.end, h.disguised))
    last = -1
    for hit in hits:
        if hit.end <= last:
            continue
        mark = _judge(folded, hit, lexicon)
        if mark is not None:
            last = hit.end
            yield mark


def _judge(folded: Folded, hit: _Hit, lexicon: Lexicon) -> Mark | None:
    """Weigh one hit in its sentence; None where the context excuses it."""
    entry = lexicon.entries[hit.index]
    sentence = sentence_at(folded.text, hit.start, hit.end)
    if sentence.words and _excused(sentence, hit, lexicon):
        return None
    start, end = folded.span(hit.start, hit.end)
    return Mark(
        start=start,
        end=end,
        category=entry.category,
        severity=entry.severity,
        entry=entry.stem,
        disguised=hit.disguised,
    )


def _excused(sentence: Sentence, hit: _Hit, lexicon: Lexicon) -> bool:
    entry = lexicon.entries[hit.index]
    first = sentence.index_at(hit.start)
    last = sentence.index_at(hit.end - 1) + 1
    around = Surroundings(sentence, first, last, lexicon.names)
    if _is_known_place(sentence, hit, lexicon):
        return True
    if hit.disguised:
        return _excuses_disguise(around, entry, lexicon)
    if entry.contexts and lexicon.contexts.excuse(entry.contexts, around):
        return True
    return around.word.written.istitle() and is_name(around)


def _excuses_disguise(around: Surroundings, entry: Entry, lexicon: Lexicon) -> bool:
    """Say whether what looks like a disguised word is a name, a code or the word said innocently."""
    written = around.word.written
    if not written.isalpha():
        return False
    if around.last - around.first > 1:
        return bool(entry.contexts) and lexicon.contexts.excuse(entry.contexts, around)
    if written.isupper() and (len(written) == 3 or around.sentence.plain & _CODES):
        return True
    return is_name(around)


_CODES = frozenset("code codes postcode postcodes item items order ref reference serial model models registration stock part parts".split())  # fmt: skip


def _is_known_place(sentence: Sentence, hit: _Hit, lexicon: Lexicon) -> bool:
    """Say whether the hit stands in the name of a place, written as one."""
    if not sentence.text[hit.start].isupper():
        return False
    low = sentence.text[max(0, hit.start - 30) : hit.end + 30].lower()
    begin = hit.start - max(0, hit.start - 30)
    for place in lexicon.places:
        at = low.find(place)
        if at >= 0 and at <= begin < at + len(place) and " " in place:
            return True
    return False
