"""Find the terms that a school added to the list, plain or disguised.

A small list is made of them and read by the same engine as the one that ships, so letters written
as signs, kept apart, repeated, masked or taken from other scripts are seen through. Misspellings
are not: which of them are innocent words has been looked up for the words that ship only.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from moderation.analysis.language import Mark
from moderation.analysis.lexicon.contexts import Contexts
from moderation.analysis.lexicon.entries import Entry
from moderation.analysis.lexicon.finder import Viewed, find
from moderation.analysis.lexicon.inflect import attach
from moderation.analysis.lexicon.lexicon import Lexicon
from moderation.analysis.text import views
from moderation.analysis.text.characters import Folded, fold
from moderation.model import Severity
from moderation.policy.terms import Forms, Listed, as_term

_VERB = ("s", "ed", "er", "ers", "ing", "in", "ings")
_HISSES = ("s", "x", "z", "ch", "sh", "o")
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiouwxy]$")
_LATIN = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_SHORT = 6

Span = tuple[int, int]


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


def scan_own(text: str, entries: Sequence[Listed]) -> tuple[Mark, ...]:
    """Find the added terms of a school in *text*, in order, the longest where they overlap.

    Args:
        text: without markup and entities, as a reader sees it
        entries: of the school's list, each of which adds a term

    Returns:
        marks whose ``entry`` is the id of the entry

    """
    if not entries:
        return ()
    own = tuple(entries)
    found = sorted((*_read(text, own), *_written(text, own)), key=_order)
    marks: list[Mark] = []
    for mark in found:
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    return tuple(marks)


def _order(mark: Mark) -> tuple[int, int, bool]:
    return (mark.start, -mark.end, mark.disguised)


def _read(text: str, own: tuple[Listed, ...]) -> Iterator[Mark]:
    """Yield terms in Latin letters, through whatever disguise the engine sees through."""
    lexicon, mine = _lexicon(own)
    if not mine:
        return
    raw = text.encode("utf-8", "surrogatepass")
    folded = Folded(text, text) if raw.isascii() else fold(text, raw)
    if folded.text is not text:
        raw = folded.text.encode("utf-8", "surrogatepass")
    for hit in find(Viewed.of(folded.text, raw), lexicon):
        start, end = folded.span(hit.start, hit.end)
        term = mine[hit.index].term
        plain = as_term(text[start:end]) in forms_of(term.word, term.forms)
        disguised = hit.disguised or folded.written(hit.start, hit.end)
        yield _mark(mine[hit.index], (start, end), disguised=disguised and not plain)


def _written(text: str, own: tuple[Listed, ...]) -> Iterator[Mark]:
    """Yield terms of other scripts, which are looked for as they are written."""
    for listed in own:
        for form in forms_of(listed.term.word, listed.term.forms):
            if not _is_read(form):
                pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
                for match in pattern.finditer(text):
                    yield _mark(listed, match.span(), disguised=False)


def _mark(listed: Listed, span: Span, *, disguised: bool) -> Mark:
    return Mark(
        start=span[0],
        end=span[1],
        category=listed.term.category,
        severity=listed.term.severity or Severity.REVIEW,
        entry=listed.id,
        disguised=disguised,
    )


@lru_cache(maxsize=8)
def _lexicon(own: tuple[Listed, ...]) -> tuple[Lexicon, tuple[Listed, ...]]:
    """Make the small list, and say whose entry stands behind each index of it."""
    mine = tuple(each for each in own if _is_read(each.term.word))
    forms: dict[bytes, int] = {}
    phrases: dict[bytes, int] = {}
    for index, listed in enumerate(mine):
        for form in forms_of(listed.term.word, listed.term.forms):
            key = _key(form)
            (forms if _LATIN.issuperset(key) else phrases).setdefault(key, index)
    return Lexicon(
        entries=tuple(_entry(each) for each in mine),
        forms=forms,
        glued=frozenset(),
        vocabulary=forms,
        inside={},
        phrases=phrases,
        signs={},
        innocent=frozenset(),
        names=frozenset(),
        places=(),
        contexts=Contexts({}),
        reword={},
    ), mine


def _entry(listed: Listed) -> Entry:
    """Return an entry that the engine takes disguises of, unless it is a note only."""
    term = listed.term
    severity = Severity.NOTE if term.severity is Severity.NOTE else Severity.BLOCK
    return Entry(stem=term.word, category=term.category, severity=severity, match="word")


def _is_read(word: str) -> bool:
    """Say whether *word* is one that the engine reads: Latin letters, whatever their dress."""
    return fold(word, word.encode()).text.isascii()


def _key(form: str) -> bytes:
    return b" ".join(views.words(fold(form, form.encode()).text.encode()).split())
