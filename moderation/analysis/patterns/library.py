"""All patterns, ready to be matched against a sentence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pkgutil import get_data
from typing import TYPE_CHECKING

import ahocorasick_rs

from moderation.analysis.lexicon.contexts import Contexts, Surroundings
from moderation.analysis.patterns import grammar
from moderation.analysis.patterns.agreement import without_agreement
from moderation.analysis.patterns.grammar import Alphabet
from moderation.analysis.patterns.reader import Reader
from moderation.analysis.patterns.sieve import Sieve, make_sieve
from moderation.analysis.text.sentences import Sentence

if TYPE_CHECKING:
    import re2


_ROOM = 1 << 17
"""Bytes that one expression may use: enough for the longest, little for all of them together."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: what it stands for, what excuses a sentence, and what it needs, by number."""

    rule: str
    source: str
    unless: tuple[str, ...]
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to before ``last`` of a sentence that a pattern matches."""

    rule: str
    first: int
    last: int
    excused: bool
    source: str
    person: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Library:
    """The patterns. It has no slots: what few texts need is made when one does, and kept.

    Args:
        patterns: in the order of ``patterns.toml``
        openings: finds the words and phrases that make a sentence worth a look
        needs: what the patterns need, as text
        macros: what stands for parts of patterns
        classes: the words of each class
        letters: the letter of each class
        forenames: names that count at the beginning of a sentence
        excuses: what excuses a sentence

    """

    patterns: tuple[Pattern, ...]
    openings: ahocorasick_rs.BytesAhoCorasick
    needs: Sequence[str]
    macros: Mapping[str, str]
    classes: Mapping[str, Sequence[str]]
    letters: Mapping[str, str]
    forenames: frozenset[str]
    excuses: Contexts
    _single: dict[int, "re2._Regexp"] = field(default_factory=dict, repr=False)

    def starts(self, plain: bytes) -> list[int]:
        """Return the offsets of the words that make a sentence worth a look, in order.

        Args:
            plain: the text in lower case letters and digits, a space for all else

        """
        found = self.openings.find_matches_as_indexes(plain, overlapping=True)
        return sorted({start for _, start, _ in found}) if found else []

    def match(self, sentence: Sentence) -> Iterator[Match]:
        """Yield what the patterns find in one sentence, the longest match of each rule."""
        possible = self.sieve.possible(sentence.line)
        if not possible or not sentence.words:
            return
        line = self.reader.line(sentence)
        best: dict[str, Match] = {}
        for index in possible:
            found = self.expression(index).search(line)
            if found is None:
                continue
            match = self._located(self.patterns[index], found.span(), line, sentence)
            before = best.get(match.rule)
            if before is None or _weight(match) > _weight(before):
                best[match.rule] = match
        yield from best.values()

    def _located(
        self, pattern: Pattern, place: tuple[int, int], line: bytes, sentence: Sentence
    ) -> Match:
        """Return the words that a pattern matches, and whether the sentence excuses them."""
        begin, end = place
        size = len(sentence.words)
        first = min(max(line.count(b" ", 0, begin + 1) - 2, 0), size - 1)
        last = max(min(line.count(b" ", 0, end) - 2, size), first + 1)
        excused = self._excused(pattern.unless, sentence, first, last)
        person = self.reader.person(sentence, line, first)
        return Match(pattern.rule, first, last, excused, pattern.source, person)

    def _excused(self, unless: Sequence[str], sentence: Sentence, first: int, last: int) -> bool:
        """Say whether the words around excuse words ``first`` to ``last``, agreement left out."""
        around = Surroundings(sentence, first, last, frozenset())
        if not unless or not self.excuses.excuse(unless, around):
            return False
        bare = without_agreement(sentence)
        if bare is sentence:
            return True
        return self.excuses.excuse(unless, Surroundings(bare, first, last, frozenset()))

    def expression(self, index: int) -> "re2._Regexp":
        """Return the expression of one pattern over lines of tagged words."""
        if index not in self._single:
            self._single[index] = _compiled(
                grammar.translate(self.patterns[index].source, self.macros, self.reader.alphabet)
            )
        return self._single[index]

    @cached_property
    def sieve(self) -> Sieve:
        """What tells the patterns that a sentence may match."""
        return make_sieve(self.needs, [pattern.needs for pattern in self.patterns], self.classes)

    @cached_property
    def reader(self) -> Reader:
        """What tags the words of a sentence."""
        letters: dict[tuple[str, int], bytes] = {}
        for key, tag in self.letters.items():
            name, size = key.split()
            letters[name, int(size)] = tag.encode("latin-1")
        return _reader(self.classes, Alphabet(letters), self.forenames)


def _weight(match: Match) -> tuple[bool, int]:
    return not match.excused, match.last - match.first


def _compiled(expression: bytes) -> "re2._Regexp":
    # Imported here: most texts hold no sentence that a pattern could match.
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _ROOM
    options.log_errors = False
    return re2.compile(expression, options)


@cache
def load_library() -> Library:
    """Read the compiled patterns that ship with the package."""
    document = json.loads(get_data(__package__, "compiled.json") or b"")
    anchors = document["anchors"].encode().split()
    phrases = document["openings"].encode().split(b"\n")
    return Library(
        patterns=tuple(
            Pattern(rule, source, tuple(unless), tuple(map(int, needs.split())))
            for rule, source, unless, needs in document["patterns"]
        ),
        openings=ahocorasick_rs.BytesAhoCorasick([b" %s " % key for key in (*anchors, *phrases)]),
        needs=document["needs"],
        macros=document["macros"],
        classes=document["classes"],
        letters=document["letters"],
        forenames=frozenset(document["forenames"].split()),
        excuses=Contexts(document["excuses"]),
    )


def _reader(
    classes: Mapping[str, Sequence[str]], alphabet: Alphabet, forenames: frozenset[str]
) -> Reader:
    single: dict[str, str] = {}
    phrases: dict[str, str] = {}
    sizes: dict[str, set[int]] = {}
    for name, words in classes.items():
        for member in words:
            head, *rest = member.split()
            tag = alphabet.tag(name, len(rest) + 1).decode("latin-1")
            if rest:
                phrases[member] = phrases.get(member, "") + tag
                sizes.setdefault(head, set()).add(len(rest) + 1)
            else:
                single[head] = single.get(head, "") + tag
    return Reader(
        single=single,
        phrases=phrases,
        sizes={head: sorted(found) for head, found in sizes.items()},
        members={name: frozenset(words) for name, words in classes.items()},
        forenames=forenames,
        alphabet=alphabet,
    )
