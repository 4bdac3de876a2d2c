"""The list as it is looked up: forms, disguises, words inside words."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, repeat
from pkgutil import get_data

import ahocorasick_rs

from moderation.analysis.lexicon.contexts import Contexts
from moderation.analysis.lexicon.entries import Entry
from moderation.model import Severity

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LATIN = frozenset(_LETTERS + " ")


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """The compiled list. It has no slots: what few texts need is made when one does, and kept.

    Args:
        entries: as in the list
        forms: every form and compound on its own -> index of its entry
        glued: those of *forms* that are compounds
        vocabulary: every form and every disguised spelling -> index of its entry
        inside: words that count inside a longer word -> index
        phrases: several words, or one with signs -> index
        signs: characters that make no words -> index
        innocent: words that hold a listed one and mean no harm
        names: listed words that are surnames or forenames too
        places: places that hold a listed word, in lower case
        contexts: where a listed word means something else
        reword: what may be put in the place of a word

    """

    entries: tuple[Entry, ...]
    forms: Mapping[bytes, int]
    glued: frozenset[bytes]
    vocabulary: Mapping[bytes, int]
    inside: Mapping[bytes, int]
    phrases: Mapping[bytes, int]
    signs: Mapping[str, int]
    innocent: frozenset[bytes]
    names: frozenset[str]
    places: tuple[str, ...]
    contexts: Contexts
    reword: Mapping[str, str]

    @cached_property
    def keys(self) -> tuple[bytes, ...]:
        """What is looked for wherever it stands: words inside words, phrases, tripled letters."""
        runs = (letter.encode() * 3 for letter in _LETTERS)
        return (*self.inside, *(b" " + p + b" " for p in self.phrases), *runs)

    @cached_property
    def automaton(self) -> ahocorasick_rs.BytesAhoCorasick:
        """Finds the keys."""
        return _build(self.keys)

    @cached_property
    def stems(self) -> tuple[bytes, ...]:
        """The forms that are looked for across spaces and signs between their letters."""
        return tuple(self._splittable())

    @cached_property
    def stem_automaton(self) -> ahocorasick_rs.BytesAhoCorasick:
        """Finds the stems."""
        return _build(self.stems)

    @cached_property
    def inner(self) -> ahocorasick_rs.BytesAhoCorasick:
        """Finds words inside words."""
        return _build(tuple(self.inside))

    @cached_property
    def innocents(self) -> ahocorasick_rs.BytesAhoCorasick:
        """Finds the innocent words that hold one which counts inside others."""
        holding = (word for word in self.innocent if self.inner.find_matches_as_indexes(word))
        return _build(tuple(sorted(holding)))

    @cached_property
    def maskable(self) -> str:
        """The forms that are worth hiding, one a line."""
        return "\n".join(self._hideable())

    @cached_property
    def squeezed(self) -> Mapping[str, int]:
        """The forms with each run of a letter written once -> index."""
        return {squeeze(f.decode()): i for f, i in self.forms.items() if len(f) > 3}

    def is_sure(self, index: int) -> bool:
        """Say whether an entry counts even where it is run together with other words."""
        entry = self.entries[index]
        return entry.severity == Severity.BLOCK or entry.match in ("any", "comp")

    def shelters(self, token: bytes, stem: bytes) -> bool:
        """Say whether an innocent word that is part of *token* holds the only *stem* in it."""
        if token.count(stem) != 1:
            return False
        at = token.find(stem)
        found = self.innocents.find_matches_as_indexes(token, overlapping=True)
        return any(start <= at and at + len(stem) <= end for _, start, end in found)

    def look_up(self, word: str) -> int | None:
        """Return the index of the entry that *word*, in lower case ASCII letters, is a form of."""
        key = word.encode()
        if key in self.innocent:
            return None
        if key in self.vocabulary:
            return self.vocabulary[key]
        found = self.inner.find_matches_as_indexes(key)
        return self.inside[self.keys[found[0][0]]] if found else None

    def _splittable(self) -> Iterator[bytes]:
        """Yield the forms that are looked for across spaces and signs between their letters."""
        for form, index in self.forms.items():
            entry = self.entries[index]
            if form in self.glued or entry.severity == Severity.NOTE or not _sure(entry):
                continue
            usual = entry.match in ("any", "comp") or len(form) < 8
            if entry.is_english and len(form) > 3 and usual:
                yield form

    def _hideable(self) -> Iterator[str]:
        """Yield the forms that are worth hiding."""
        for form, index in self.forms.items():
            entry = self.entries[index]
            severe = entry.severity == Severity.BLOCK or entry.match in ("any", "comp")
            if severe and entry.is_english and len(form) > 3 and entry.severity != Severity.NOTE:
                yield form.decode()


def _sure(entry: Entry) -> bool:
    """Say whether an entry counts without words around it."""
    severe = entry.severity == Severity.BLOCK or entry.match in ("any", "comp")
    return severe and not any(context[0] == "!" for context in entry.contexts)


def squeeze(word: str) -> str:
    """Write each run of one letter once."""
    return re.sub(r"(.)\1+", r"\1", word)


def _build(keys: tuple[bytes, ...]) -> ahocorasick_rs.BytesAhoCorasick:
    small = len(keys) < 1500
    kind = ahocorasick_rs.Implementation
    return ahocorasick_rs.BytesAhoCorasick(
        keys, implementation=kind.DFA if small else kind.ContiguousNFA
    )


@cache
def load_lexicon() -> Lexicon:
    """Read the compiled list that ships with the package."""
    document = json.loads(get_data(__package__, "compiled.json") or b"")
    entries = tuple(_entry(*row) for row in document["entries"])
    forms, phrases, signs = _sorted(document["plain"], entries)
    glued = _indexed(document["glued"])
    forms.update(glued)
    vocabulary = _indexed(document["disguised"])
    vocabulary.update(forms)
    return Lexicon(
        entries=entries,
        forms=forms,
        glued=frozenset(glued),
        vocabulary=vocabulary,
        inside={e.stem.encode(): i for i, e in enumerate(entries) if e.match == "any"},
        phrases=phrases,
        signs=signs,
        innocent=frozenset(document["innocent"].encode().split()),
        names=frozenset(document["names"].split()),
        places=tuple(document["places"].split("\n")),
        contexts=Contexts(document["contexts"]),
        reword=document["reword"],
    )


def _entry(
    stem: str, category: str, severity: str, match: str, contexts: str, language: str
) -> Entry:
    return Entry(
        stem=stem,
        category=category,
        severity=_SEVERITY[severity],
        match=match,
        contexts=tuple(contexts.split()),
        language=language,
    )


def _indexed(lines: Sequence[str]) -> dict[bytes, int]:
    """Return the words of each line with the number of the line.

    All lines are split at once: there are tens of thousands of words, and every check waits for it.
    """
    counts = (line.count(" ") + 1 if line else 0 for line in lines)
    numbers = chain.from_iterable(map(repeat, range(len(lines)), counts))
    return dict(zip(" ".join(filter(None, lines)).encode().split(), numbers, strict=True))


def _sorted(
    lines: Sequence[str], entries: Sequence[Entry]
) -> tuple[dict[bytes, int], dict[bytes, int], dict[str, int]]:
    """Return the plain forms with their indices: words, phrases, and signs."""
    words: dict[bytes, int] = {}
    phrases: dict[bytes, int] = {}
    signs: dict[str, int] = {}
    for index, line in enumerate(lines):
        for form in line.split("\n"):
            if entries[index].match == "sign":
                signs[form] = index
            elif _LATIN.issuperset(form) and " " not in form:
                words.setdefault(form.encode(), index)
            else:
                phrases.setdefault(form.encode(), index)
    return words, phrases, signs


_SEVERITY = {each.value: each for each in Severity}
