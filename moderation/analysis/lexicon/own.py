"""Find the terms that a school added to the list, plain or disguised.

A small list is made of them and read by the same engine as the one that ships, so letters written
as signs, kept apart, repeated, masked or taken from other scripts are seen through, in each word of
a phrase too. A phrase is also found written as one word, unless that is an English word of its own.
Misspellings are not: which of them are innocent words has been looked up for the words that ship
only.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from moderation.analysis.language import Mark
from moderation.analysis.lexicon.contexts import Contexts
from moderation.analysis.lexicon.entries import Entry
from moderation.analysis.lexicon.finder import Hit, Viewed, find
from moderation.analysis.lexicon.inflect import attach
from moderation.analysis.lexicon.lexicon import Lexicon
from moderation.analysis.lexicon.own_phrases import find_phrases, word_entries
from moderation.analysis.text import views
from moderation.analysis.text.characters import Folded, fold
from moderation.model import Severity
from moderation.policy.terms import Forms, Listed, as_term

_VERB = ("s", "ed", "er", "ers", "ing", "in", "ings")
_HISSES = ("s", "x", "z", "ch", "sh", "o")
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$")
_LATIN = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_SHORT = 6
_STRICTNESS = tuple(Severity)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """What is made of a school's list, by the index of an entry in *mine*."""

    mine: tuple[Listed, ...]
    single: Lexicon
    words: Lexicon
    phrases: Mapping[tuple[str, ...], int]


def forms_of(word: str, forms: Forms) -> tuple[str, ...]:
    """Return *word* with its inflections; of several words the last is inflected."""
    if forms is Forms.EXACT or not word[-1].isalpha():
        return (word,)
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        plural = attach(word, "y")
    else:
        plural = word + ("es" if word.endswith(_HISSES) else "s")
    if forms is Forms.NOUN:
        return (word, plural)
    last = word.rpartition(" ")[2]
    stem = word + word[-1] if len(last) < _SHORT and _DOUBLES.search(last) else word
    inflected = (attach(stem, suffix) for suffix in _VERB[1:])
    return tuple(dict.fromkeys((word, plural, *inflected)))


def scan_own(
    text: str, entries: Sequence[Listed], holds: Callable[[Listed, Span], bool] | None = None
) -> tuple[Mark, ...]:
    """Find the added terms of a school in *text*, in order, the strictest where they overlap.

    Of those that are equally strict the longest counts.

    Args:
        text: without markup and entities, as a reader sees it
        entries: of the school's list, each of which adds a term
        holds: says whether an entry counts at a place; every entry does everywhere if not given

    Returns:
        marks whose ``entry`` is the id of the entry

    """
    found = [
        mark
        for layer in _layers(entries)
        for listed, mark in (*_read(text, layer), *_written(text, layer))
        if holds is None or holds(listed, (mark.start, mark.end))
    ]
    marks: list[Mark] = []
    for mark in sorted(found, key=_order):
        at = bisect(marks, mark.start, key=_start)
        before, after = marks[:at][-1:], marks[at : at + 1]
        if all(m.end <= mark.start for m in before) and all(m.start >= mark.end for m in after):
            marks.insert(at, mark)
    return tuple(marks)


def _order(mark: Mark) -> tuple[int, int, int, bool]:
    return (-_STRICTNESS.index(mark.severity), mark.start, -mark.end, mark.disguised)


def _start(mark: Mark) -> int:
    return mark.start


def _layers(entries: Sequence[Listed]) -> list[tuple[Listed, ...]]:
    """Part *entries* so that no two of one layer add the same word, which is looked for once."""
    layers: list[tuple[list[Listed], set[str]]] = []
    for each in entries:
        # run together they would be the same as well
        forms = {form.replace(" ", "") for form in forms_of(each.term.word, each.term.forms)}
        mine = next((layer for layer in layers if layer[1].isdisjoint(forms)), None)
        if mine is None:
            mine = ([], set())
            layers.append(mine)
        mine[0].append(each)
        mine[1].update(forms)
    return [tuple(members) for members, _ in layers]


def _read(text: str, own: tuple[Listed, ...]) -> Iterator[tuple[Listed, Mark]]:
    """Yield terms in Latin letters, through whatever disguise the engine sees through."""
    lists = _lists(own)
    if not lists.mine:
        return
    raw = text.encode("utf-8", "surrogatepass")
    folded = Folded(text, text) if raw.isascii() else fold(text, raw)
    if folded.text is not text:
        raw = folded.text.encode("utf-8", "surrogatepass")
    viewed = Viewed.of(folded.text, raw)
    for hit in _hits(viewed, lists):
        start, end = folded.span(hit.start, hit.end)
        term = lists.mine[hit.index].term
        plain = as_term(text[start:end]) in forms_of(term.word, term.forms)
        disguised = (hit.disguised or folded.written(hit.start, hit.end)) and not plain
        if not disguised or term.severity is not Severity.NOTE:
            listed = lists.mine[hit.index]
            yield listed, _mark(listed, (start, end), disguised=disguised)


def _hits(viewed: Viewed, lists: _Lists) -> Iterator[Hit]:
    for hit in find(viewed, lists.single):
        if " " not in lists.mine[hit.index].term.word or not _is_english(viewed, hit):
            yield hit
    yield from find_phrases(viewed, lists.words, lists.phrases)


def _is_english(viewed: Viewed, hit: Hit) -> bool:
    """Say whether what reads as a phrase run together is a word of its own: therapist, manhole."""
    from moderation.analysis.persons.gazetteer import gazetteer

    known = gazetteer().look_up(viewed.text[hit.start : hit.end].lower())
    return known.word > 0 or known.small > 0


def _written(text: str, own: tuple[Listed, ...]) -> Iterator[tuple[Listed, Mark]]:
    """Yield terms of other scripts, which are looked for as they are written."""
    for listed in own:
        for form in forms_of(listed.term.word, listed.term.forms):
            if not _is_read(form):
                pattern = re.compile(rf"(?<!\w){_spaced(form)}(?!\w)", re.IGNORECASE)
                for match in pattern.finditer(text):
                    yield listed, _mark(listed, match.span(), disguised=False)


def _mark(listed: Listed, span: Span, *, disguised: bool) -> Mark:
    return Mark(
        start=span[0],
        end=span[1],
        category=listed.term.category,
        severity=listed.term.severity or Severity.REVIEW,
        entry=listed.id,
        disguised=disguised,
    )


def _spaced(form: str) -> str:
    """Return a pattern of *form* in which any blanks may stand between its words."""
    return r"\s+".join(map(re.escape, form.split()))


@lru_cache(maxsize=8)
def _lists(own: tuple[Listed, ...]) -> _Lists:
    """Make the small lists, and say whose entry stands behind each index of them."""
    mine = tuple(each for each in own if _is_read(each.term.word))
    forms: dict[bytes, int] = {}
    phrases: dict[tuple[str, ...], int] = {}
    for index, listed in enumerate(mine):
        for form in forms_of(listed.term.word, listed.term.forms):
            parts = _parts(form)
            if len(parts) > 1:
                phrases.setdefault(parts, index)
            glued = "".join(parts).encode()
            if _LATIN.issuperset(glued):
                forms.setdefault(glued, index)
            elif len(parts) == 1:
                phrases.setdefault(parts, index)
    words = word_entries(iter(phrases))
    return _Lists(
        mine=mine,
        single=_lexicon(tuple(_entry(each) for each in mine), forms),
        words=_lexicon(words, {entry.stem.encode(): i for i, entry in enumerate(words)}),
        phrases=phrases,
    )


def _lexicon(entries: tuple[Entry, ...], forms: Mapping[bytes, int]) -> Lexicon:
    return Lexicon(
        entries=entries,
        forms=forms,
        glued=frozenset(),
        vocabulary=forms,
        inside={},
        phrases={},
        signs={},
        innocent=frozenset(),
        names=frozenset(),
        places=(),
        contexts=Contexts({}),
        reword={},
    )


def _entry(listed: Listed) -> Entry:
    """Return an entry that the engine takes disguises of, unless it is a note only."""
    term = listed.term
    severity = Severity.NOTE if term.severity is Severity.NOTE else Severity.BLOCK
    return Entry(stem=term.word, category=term.category, severity=severity, match="word")


def _is_read(word: str) -> bool:
    """Say whether *word* is one that the engine reads: Latin letters, whatever their dress."""
    return fold(word, word.encode()).text.isascii()


def _parts(form: str) -> tuple[str, ...]:
    return tuple(views.words(fold(form, form.encode()).text.encode()).decode().split())
