"""All patterns, ready to be matched against a sentence."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import re2

from moderation.analysis.lexicon.contexts import Contexts, Surroundings
from moderation.analysis.patterns import grammar
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Library:
    """The patterns, compiled on first use."""

    patterns: tuple[Pattern, ...]
    anchors: frozenset[bytes]
    reader: Reader
    excuses: Contexts
    _set: list["re2.Set"] = field(default_factory=list, repr=False)
    _single: dict[int, object] = field(default_factory=dict, repr=False)

    def match(self, sentence: Sentence) -> Iterator[Match]:
        """Yield what the patterns find in one sentence, each rule once for each place."""
        line = self.reader.line(sentence)
        for index in sorted(self._all().Match(line) or ()):
            pattern = self.patterns[index]
            found = self._one(index).search(line)
            if found is None:
                continue
            last_word = len(sentence.words)
            first = min(max(line.count(b" ", 0, found.start() + 1) - 2, 0), last_word - 1)
            last = min(line.count(b" ", 0, found.end()) - 2, last_word)
            around = Surroundings(sentence, first, first, frozenset())
            excused = self.excuses.excuse(pattern.unless, around) if pattern.unless else False
            yield Match(pattern.rule, first, max(last, first + 1), excused, pattern.source)

    def _all(self) -> "re2.Set":
        if not self._set:
            options = _options()
            compiled = re2.Set.SearchSet(options)
            for pattern in self.patterns:
                compiled.Add(pattern.expression)
            compiled.Compile()
            self._set.append(compiled)
        return self._set[0]

    def _one(self, index: int) -> "re2._Regexp":
        if index not in self._single:
            self._single[index] = re2.compile(self.patterns[index].expression, _options())
        return self._single[index]


def _options() -> "re2.Options":
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


@cache
def load_library() -> Library:
    """Read the classes and patterns that ship with the package."""
    classes = {name: tuple(table["words"]) for name, table in _toml("classes.toml").items()}
    rare = {name for name, table in _toml("classes.toml").items() if table.get("rare")}
    document = _toml("patterns.toml")
    alphabet = Alphabet.of(_lengths(classes))
    patterns = tuple(
        Pattern(group["rule"], source, grammar.translate(source, document["macros"], alphabet), tuple(group["unless"]))
        for group in document["pattern"]
        for source in group["match"]
    )
    starts = {word.split()[0] for name in rare for word in classes[name]}
    for pattern in patterns:
        starts.update(grammar.anchors(pattern.source), grammar.marked_alternatives(pattern.source))
    common = frozenset(document["common"]["words"])
    return Library(
        patterns=patterns,
        anchors=frozenset(word.encode() for word in starts - common),
        reader=_reader(classes, alphabet),
        excuses=Contexts(document["excuses"]),
    )


def _lengths(classes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    lengths = {name: tuple(sorted({len(w.split()) for w in words})) for name, words in classes.items()}
    lengths |= {"name": (1, 2, 3, 4), "kin": (2, 3, 4), "year": (1, 2), "hated": (1, 2, 3, 4, 5)}
    return lengths


def _reader(classes: Mapping[str, tuple[str, ...]], alphabet: Alphabet) -> Reader:
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
        forenames=frozenset(_lines("forenames.txt")),
        alphabet=alphabet,
    )


def _toml(name: str) -> dict:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _lines(name: str) -> list[str]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]
