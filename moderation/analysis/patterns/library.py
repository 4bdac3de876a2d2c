"""All patterns, ready to be matched against a sentence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import ahocorasick_rs
import re2

from moderation.analysis.lexicon.contexts import Contexts, Surroundings
from moderation.analysis.patterns.grammar import Alphabet
from moderation.analysis.patterns.reader import Reader
from moderation.analysis.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: what it stands for, its expression, and what excuses a sentence."""

    rule: str
    source: str
    expression: bytes
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to before ``last`` of a sentence that a pattern matches."""

    rule: str
    first: int
    last: int
    excused: bool
    source: str
    person: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Library:
    """The patterns, compiled on first use."""

    patterns: tuple[Pattern, ...]
    anchors: frozenset[bytes]
    openings: ahocorasick_rs.BytesAhoCorasick
    reader: Reader
    excuses: Contexts
    _set: list["re2.Set"] = field(default_factory=list, repr=False)
    _single: dict[int, object] = field(default_factory=dict, repr=False)

    def starts(self, plain: bytes, tokens: Sequence[bytes]) -> list[int]:
        """Return the offsets of the words that make a sentence worth reading, in order."""
        found = [start for _, start, _ in self.openings.find_matches_as_indexes(plain)]
        for token in self.anchors.intersection(tokens):
            needle = b" " + token + b" "
            at = plain.find(needle)
            while at >= 0:
                found.append(at)
                at = plain.find(needle, at + 1)
        return sorted(found)

    def match(self, sentence: Sentence) -> Iterator[Match]:
        """Yield what the patterns find in one sentence, the longest match of each rule."""
        line = self.reader.line(sentence)
        best: dict[str, Match] = {}
        for index in self._matching(line):
            match = self._located(index, line, sentence)
            before = best.get(match.rule)
            if before is None or _weight(match) > _weight(before):
                best[match.rule] = match
        yield from best.values()

    def _located(self, index: int, line: bytes, sentence: Sentence) -> Match:
        """Return the words that pattern *index* matches, and whether the sentence excuses them."""
        pattern = self.patterns[index]
        found = self._one(index).search(line)
        begin, end = (found.start(), found.end()) if found else (0, len(line))
        size = len(sentence.words)
        first = min(max(line.count(b" ", 0, begin + 1) - 2, 0), size - 1)
        last = max(min(line.count(b" ", 0, end) - 2, size), first + 1)
        around = Surroundings(sentence, first, last, frozenset())
        excused = bool(pattern.unless) and self.excuses.excuse(pattern.unless, around)
        person = self.reader.person(sentence, line, first)
        return Match(pattern.rule, first, last, excused, pattern.source, person)

    def _matching(self, line: bytes) -> list[int]:
        """Return the patterns that match; one by one where RE2 ran out of room for all at once."""
        found = self._all().Match(line) or ()
        if len(self.patterns) in found:
            return sorted(found)[:-1]
        return [i for i in range(len(self.patterns)) if self._one(i).search(line)]

    def _all(self) -> "re2.Set":
        if not self._set:
            options = _options()
            compiled = re2.Set.SearchSet(options)
            for pattern in self.patterns:
                compiled.Add(pattern.expression)
            compiled.Add(rb"\$/ ")  # every line holds it: proof that the set did its work
            compiled.Compile()
            self._set.append(compiled)
        return self._set[0]

    def _one(self, index: int) -> "re2._Regexp":
        if index not in self._single:
            self._single[index] = re2.compile(self.patterns[index].expression, _options())
        return self._single[index]


def _weight(match: Match) -> tuple[bool, int]:
    return not match.excused, match.last - match.first


def _options() -> "re2.Options":
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


@cache
def load_library() -> Library:
    """Read the compiled patterns that ship with the package."""
    source = files("moderation.analysis.patterns").joinpath("compiled.json").read_text("utf-8")
    document = json.loads(source)
    letters = {}
    for key, tag in document["letters"].items():
        name, size = key.split()
        letters[name, int(size)] = tag.encode("latin-1")
    return Library(
        patterns=tuple(
            Pattern(rule, pattern, expression.encode("latin-1"), tuple(unless))
            for rule, pattern, expression, unless in document["patterns"]
        ),
        anchors=frozenset(document["anchors"].encode().split()),
        openings=ahocorasick_rs.BytesAhoCorasick(
            [b" %s " % phrase for phrase in document["openings"].encode().split(b"\n")]
        ),
        reader=_reader(document["classes"], Alphabet(letters), document["forenames"].split()),
        excuses=Contexts(document["excuses"]),
    )


def _reader(
    classes: Mapping[str, Sequence[str]], alphabet: Alphabet, forenames: Sequence[str]
) -> Reader:
    single: dict[str, bytes] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, bytes]]] = {}
    for name, words in classes.items():
        for member in words:
            head, *rest = member.split()
            tag = alphabet.tag(name, len(rest) + 1)
            if rest:
                phrases.setdefault(head, []).append((tuple(rest), name, tag))
            else:
                single[head] = single.get(head, b"") + tag
    return Reader(
        single=single,
        phrases={head: tuple(found) for head, found in phrases.items()},
        members={name: frozenset(words) for name, words in classes.items()},
        forenames=frozenset(forenames),
        alphabet=alphabet,
    )
