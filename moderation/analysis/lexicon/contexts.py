"""Decide whether the words around a listed word excuse it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.analysis.text.sentences import Sentence, Word

TITLES = frozenset(
    """
    mr mrs miss ms mx dr sir dame lord lady prof professor rev reverend father fr sister
    brother coach captain sgt sergeant pc king queen prince princess saint st uncle aunt
    auntie councillor cllr major colonel general governor headteacher principal master mister
    madame canon bishop pastor rabbi imam moby
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_OPENERS = frozenset(
    """
    you your a an the such what total complete absolute utter little fat stupid ugly dirty
    lazy old is are this that these those my his her their our some no any being dear
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_PLACE_BEFORE = frozenset(
    """
    in at near to from of via through between visit visits visited village hamlet town by
    towards and around called outside leaving past river crosses reached toured
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
_PLACE_AFTER = frozenset(
    """
    hill lane street road close bottom end green farm common wood woods field fields bay beach
    creek island school primary church avenue drive court crescent way terrace village hall
    station valley brook park bridge pike fell beck tor heath moor row place gardens mill head
    mews hole ho island holiday centre in parish cottage house house rocks point down downs
    burn water lake parva magna halt knob top heights estate
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A listed word in its sentence: ``sentence.words[first:last]``."""

    sentence: Sentence
    first: int
    last: int
    names: frozenset[str]

    @property
    def word(self) -> Word:
        """The first word of what was found."""
        return self.sentence.words[self.first]

    @property
    def before(self) -> Word | None:
        """The word just before."""
        return self.sentence.words[self.first - 1] if self.first else None

    @property
    def after(self) -> Word | None:
        """The word just after."""
        words = self.sentence.words
        return words[self.last] if self.last < len(words) else None


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts of ``contexts.toml`` by name."""

    table: Mapping[str, Mapping[str, object]]
    _compiled: dict[str, "_Context"] = field(default_factory=dict, repr=False, compare=False)

    def excuse(self, names: Sequence[str], around: Surroundings) -> bool:
        """Say whether one of *names* holds, or one that the word needs does not."""
        wanted = [name[1:] for name in names if name[0] == "!"]
        if wanted and not any(self._get(name).holds(around) for name in wanted):
            return True
        return any(self._get(name).holds(around) for name in names if name[0] != "!")

    def _get(self, name: str) -> "_Context":
        if name not in self._compiled:
            self._compiled[name] = _Context.from_table(self.table[name])
        return self._compiled[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    name: bool
    place: bool
    alone: bool
    between: bool
    every: bool

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "_Context":
        near = _strings(table.get("near"))
        return cls(
            exact=frozenset(w for w in near if w[-1] != "*" and " " not in w),
            prefixes=tuple(w[:-1] for w in near if w[-1] == "*"),
            phrases=tuple(f" {w} " for w in near if w[-1] != "*" and " " in w),
            before=frozenset(_strings(table.get("before"))),
            after=frozenset(_strings(table.get("after"))),
            name=bool(table.get("name")),
            place=bool(table.get("place")),
            alone=bool(table.get("alone")),
            between=bool(table.get("between")),
            every=bool(table.get("all")),
        )

    def holds(self, around: Surroundings) -> bool:
        tests = []
        if self.exact or self.prefixes:
            tests.append(self._near(around))
        if self.before:
            tests.append(around.before is not None and around.before.plain in self.before)
        if self.after:
            tests.append(around.after is not None and around.after.plain in self.after)
        tests += [is_name(around)] if self.name else []
        tests += [is_place(around)] if self.place else []
        tests += [is_alone(around)] if self.alone else []
        tests += [is_between_names(around)] if self.between else []
        return all(tests) if self.every else any(tests)

    def _near(self, around: Surroundings) -> bool:
        sentence = around.sentence
        own = {word.plain for word in sentence.words[around.first : around.last]}
        others = [
            w.plain for i, w in enumerate(sentence.words) if not around.first <= i < around.last
        ]
        if not self.exact.isdisjoint(others) or any(p in sentence.line for p in self.phrases):
            return True
        return bool(self.prefixes) and any(
            w.startswith(self.prefixes) for w in others if w not in own
        )


def is_name(around: Surroundings) -> bool:
    """Say whether the word is written as part of a person's name."""
    written, before = around.word.written, around.before
    if before is not None and before.plain in TITLES and written[0].isupper():
        return True
    if not written.istitle() or (before is not None and before.plain in _OPENERS):
        return False
    return around.word.plain in around.names or beside_name(around)


def beside_name(around: Surroundings) -> bool:
    """Say whether another word written as a name stands beside the word."""
    if not around.word.written.istitle():
        return False
    before, after = around.before, around.after
    if before is not None and before.plain not in _OPENERS and before.written.istitle():
        return True
    return around.first > 0 and after is not None and after.written.istitle()


def is_place(around: Surroundings) -> bool:
    """Say whether the word is written as part of a place's name."""
    written = around.word.written
    if not written[0].isupper() or written.isupper():
        return False
    last = around.sentence.words[around.last - 1].written
    if not last[0].isupper():
        return False
    before, after = around.before, around.after
    if after is not None and after.plain in _PLACE_AFTER and after.written[0].isupper():
        return True
    if before is not None and before.plain in _PLACE_BEFORE:
        return True
    return before is None and after is not None and after.written[0].isupper()


def is_between_names(around: Surroundings) -> bool:
    """Say whether the words before and after are both written as names."""
    both = (around.before, around.after)
    return all(word is not None and word.written.istitle() for word in both)


def is_alone(around: Surroundings) -> bool:
    """Say whether nothing but the person spoken to stands beside the words."""
    words = around.sentence.words
    rest = [w for i, w in enumerate(words) if not around.first <= i < around.last]
    light = {
        "you",
        "just",
        "please",
        "all",
        "now",
        "and",
        "why",
        "dont",
        "then",
        "should",
        "already",
        "well",
        "oh",
    }
    return all(w.plain in light or w.written[0].isupper() for w in rest) or len(rest) < 3


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
