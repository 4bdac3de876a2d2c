"""Sentences to train the person-name model on: labelled sets, and templates filled with names."""

import importlib.util
import itertools
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.persons_gazetteer import faker_names
from moderation.analysis.persons.gazetteer import fold, known, lists
from moderation.analysis.persons.tokens import Token, sentences

DATA = Path(__file__).parent / "persons_data"
_SLOT = re.compile(r"\{([\w-]+)\}")
_HANDLE = re.compile(r"^[@#]")
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|President|Senator|Sen|Gov|Rep"
    r"|Lt|Gen|Col|Sgt|Captain|Capt|General|Colonel|Queen|King|Prince|Princess|Pope|Saint|St|Sheikh"
    r")\.?\s+)+(?=\S)"
)
_NO_NAME = frozenset({"i", "me", "you", "he", "she", "god", "mum", "dad", "mom", "user"})

_PARTICLES = (
    *(
        "al-",
        "Al-",
        "El-",
        "bin ",
        "ibn ",
        "von ",
        "van ",
        "van der ",
        "de ",
        "de la ",
        "da ",
        "dos ",
    ),
    *("di ", "O'", "O’", "Mc", "Mac", "Ní ", "ap ", "St ", "D'", "Abu ", "Ben-"),
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and where it names somebody; *group* is the template or row it came from."""

    text: str
    spans: tuple[Span, ...]
    group: str = ""


def read(path: Path) -> list[Example]:
    """Read a labelled set, handles and titles left out of its spans."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        text = row["text"]
        spans = (trim(text, start, end) for start, end in row["spans"])
        kept = tuple(sorted({span for span in spans if span}))
        rows.append(Example(text, kept, str(row.get("tid", f"{path.stem}{number}"))))
    return rows


def trim(text: str, start: int, end: int) -> Span | None:
    """Cut titles and a genitive off a labelled span; None for a handle, a hashtag or a pronoun."""
    words = text[start:end]
    if _HANDLE.match(words) or text[max(0, start - 2) : start].strip() in ("@", "#"):
        return None
    if title := _TITLES.match(words):
        start += title.end()
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return None if fold(text[start:end]) in _NO_NAME else (start, end)


def labelled(example: Example) -> Iterator[tuple[list[Token], list[str]]]:
    """Yield the words of each sentence with their labels B, I and O."""
    for words in sentences(example.text):
        labels = ["O"] * len(words)
        for start, end in example.spans:
            inside = [i for i, w in enumerate(words) if w.start < end and w.end > start]
            for order, index in enumerate(inside):
                labels[index] = "I" if order else "B"
        yield words, labels


@dataclass(slots=True)
class Names:
    """Draws names of people as they occur at schools in the United Kingdom and in the world."""

    lists: Path
    draw: random.Random
    fore: list[str] = field(default_factory=list)
    fore_weights: list[float] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    sur: list[str] = field(default_factory=list)
    sur_weights: list[float] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    world_fore: list[str] = field(default_factory=list)
    world_sur: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        lists = json.loads(self.lists.read_text("utf-8"))
        self.fore, self.fore_weights = list(lists["fore"]), list(lists["fore"].values())
        self.rare = [n for n, count in lists["fore"].items() if count >= 3 and len(n) > 2]
        self.words = [n for n in self.rare if _is_word(n)]
        self.sur, self.sur_weights = list(lists["sur"]), list(lists["sur"].values())
        self.tail = lists["tail"] + lists["ws"]
        self.world_fore, self.world_sur = list(lists["wf"]), list(lists["ws"])
        if importlib.util.find_spec("faker"):
            self.world_fore += sorted(faker_names("first_name"))
            self.world_sur += sorted(faker_names("last_name"))

    def forename(self) -> str:
        """Draw a forename."""
        dice = self.draw.random()
        if dice > 0.93:
            return self._mix(self.rare)
        if dice < 0.45:
            return self.draw.choices(self.fore, self.fore_weights)[0]
        if dice < 0.53:
            return self.draw.choice(self.words)
        return self.draw.choice(self.rare if dice < 0.75 else self.world_fore)

    def surname(self) -> str:
        """Draw a surname, now and then a double one."""
        dice = self.draw.random()
        if dice < 0.05:
            return f"{self.surname()}-{self.surname()}"
        if dice < 0.08:
            return f"{self.draw.choice(_PARTICLES)}{self.draw.choice(self.world_sur)}"
        if dice > 0.88:
            return self._mix(self.tail)
        if dice < 0.42:
            return self.draw.choices(self.sur, self.sur_weights)[0]
        return self.draw.choice(self.tail if dice < 0.75 else self.world_sur)

    def _mix(self, names: Sequence[str]) -> str:
        """Make a name that is on no list: the first half of one and the second of another."""
        one, two = self.draw.choice(names), self.draw.choice(names)
        return one[: (len(one) + 1) // 2] + two[len(two) // 2 :].lower()

    def letter(self) -> str:
        """Draw an initial."""
        return self.draw.choice("ABCDEFGHIJKLMNOPRSTVWYZ")

    def public(self) -> str:
        """Draw the surname of somebody whom the world knows."""
        return self.draw.choice([w for w, kind in lists().items() if kind == "public"]).title()

    def make(self, slot: str) -> str:
        """Make the name that a slot asks for."""
        return self._makers()[slot]()

    def _makers(self) -> dict[str, Callable[[], str]]:
        return {
            "full": lambda: f"{self.forename()} {self.surname()}",
            "fore": self.forename,
            "sur": self.surname,
            "init": lambda: self.forename() + " " + self.letter(),
            "mid": lambda: f"{self.forename()} {self.letter()}. {self.surname()}",
            "ini": lambda: f"{self.letter()}. {self.surname()}",
            "last-first": lambda: self._last_first(self.surname()),
            "public": self.public,
        }

    def _last_first(self, surname: str) -> str:
        if self.draw.random() < 0.5:
            surname = surname.upper()
        return f"{surname}, {self.forename()}"


def _is_word(name: str) -> bool:
    """Say whether a usual forename is a usual word as well: Will, Hope, Summer."""
    facts = known(fold(name))
    return facts.forename >= 5 and facts.small >= 2 and facts.word >= 6


PEOPLE = ("full", "fore", "sur", "init", "mid", "ini", "last-first", "public")


def slots() -> dict[str, list[str]]:
    """Read what is no person."""
    table = tomllib.loads((DATA / "slots.toml").read_text("utf-8"))
    return {key: value.strip().splitlines() for key, value in table.items()}


def templates(name: str) -> list[str]:
    """Read the templates of a file."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# Nobody")][2:]


def fill(template: str, names: Names, words: dict[str, list[str]], group: str) -> Example:
    """Fill the slots of a template."""
    out, spans, at, length = [], [], 0, 0
    shout = template.upper() == _SLOT.sub(lambda m: m[0].upper(), template) and len(template) > 24
    for match in _SLOT.finditer(template):
        gap = template[at : match.start()]
        value = _value(match[1], names, words)
        capital = template[:1].isupper() and shout and not template.startswith("{")
        value = value.upper() if capital else value
        if template.islower() and names.draw.random() < 0.7:
            value = value.lower()
        out += [gap, value]
        length += len(gap)
        if match[1] in PEOPLE:
            spans.append((length, length + len(value)))
        length += len(value)
        at = match.end()
    out.append(template[at:])
    return Example("".join(out), tuple(spans), group)


def _value(slot: str, names: Names, words: dict[str, list[str]]) -> str:
    if slot in PEOPLE:
        return names.make(slot)
    if slot.endswith("-other"):
        return names.make(slot.removesuffix("-other"))
    if slot == "acr":
        return "".join(names.draw.choices("ABCDEFGHILMNOPRSTUV", k=names.draw.randint(2, 5)))
    if slot.isupper():
        return names.draw.choice(words[slot.lower()]).upper()
    return names.draw.choice(words[slot])


def swap(example: Example, names: Names) -> Example:
    """Put other names in the place of those of a sentence, in the same number of words."""
    out, spans, at, length = [], [], 0, 0
    for start, end in example.spans:
        old = example.text[start:end]
        new = _like(old, names)
        gap = example.text[at:start]
        out += [gap, new]
        length += len(gap)
        spans.append((length, length + len(new)))
        length += len(new)
        at = end
    out.append(example.text[at:])
    return Example("".join(out), tuple(spans), example.group)


def _like(old: str, names: Names) -> str:
    words = old.split()
    if len(words) == 1:
        plain = known(fold(old))
        new = names.forename() if plain.forename >= plain.surname else names.surname()
    elif len(words) == 2 and len(words[1]) == 1:
        new = names.make("init")
    else:
        middle = [w for w in words[1:-1] if len(w) < 3]
        new = " ".join([names.forename(), *middle, names.surname()])
    if len(old) > 2 and old.isupper():
        return new.upper()
    return new.lower() if old.islower() else new


def respell(example: Example, way: Callable[[str], str]) -> Example | None:
    """Write a sentence in small or in capital letters; None where its length would change."""
    text = way(example.text)
    same = len(text) == len(example.text)
    return Example(text, example.spans, example.group) if same else None


def prose(folder: Path) -> Iterator[Example]:
    """Yield sentences of clean prose that name nobody, as far as lists can tell."""
    for name in ("prose_education.txt", "prose_government.txt"):
        text = (folder / "language" / name).read_text("utf-8")
        for words in sentences(text):
            if not _may_name(words):
                start, end = words[0].start, words[-1].end
                yield Example(text[start:end], (), "prose")


def _may_name(words: Sequence[Token]) -> bool:
    for one, two in itertools.pairwise(words):
        if one.text[:1].isupper() and two.text[:1].isupper():
            first, second = known(fold(one.text)), known(fold(two.text))
            if first.forename >= 4 and second.surname >= 1 and second.small < 3:
                return True
    return False
