"""Find the names of pupils in text: exactly, whatever the case, accents and separators.

Names and text are folded and cut into words; a name is found where its words follow one another in
either order. One pass over the text, one step in a tree of names for each word, so time grows with
the text and not with the roll.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from moderation.analysis.folding import WORD, Folded, fold, words
from moderation.analysis.identity import Same
from moderation.registers import Pupil, Roll

# What may stand between the words of one name; a full stop only where no sentence ends.
_GAP = re.compile(r" *+(?:(?:-|\.++(?! )|(?<=[ -])\.++) *+){0,12}+")
_APOSTROPHES = re.compile(r"['’ʼʻ`´′＇]")
_SHORTEST_JOINED = 8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """``text[start:end]`` is the name of these pupils."""

    start: int
    end: int
    references: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: what may follow, and whose name ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    references: Words = ()

    def add(self, path: Words, reference: str) -> None:
        """Let a name of these words end below this node."""
        node = self
        for word in path:
            node = node.following.setdefault(word, _Node())
        if reference not in node.references:
            node.references += (reference,)


def find_names(text: str, roll: Roll) -> Iterator[NameMatch]:
    """Yield every full name on *roll* in *text*, from left to right, not overlapping."""
    return _find(text, _tree(Same(roll)))


def find_words(text: str, names: Iterable[str]) -> Iterator[NameMatch]:
    """Yield where any of *names* stands in *text*, its words in the order given."""
    root = _Node()
    for name in names:
        if path := words(name):
            root.add(path, name)
    return _find(text, root)


def _find(text: str, root: _Node) -> Iterator[NameMatch]:
    folded = fold(text)
    found = list(_matches(folded, root))
    spans = folded.sources((start, end) for start, end, _ in found)
    for (start, end), (_, _, references) in zip(spans, found, strict=True):
        yield NameMatch(start, end, references)


def _matches(folded: Folded, root: _Node) -> Iterator[tuple[int, int, Words]]:
    if not root.following:
        return
    places = [match.span() for match in WORD.finditer(folded.text)]
    at = 0
    while at < len(places):
        count, references = _longest(root, places, at, folded.text)
        if count:
            yield places[at][0], places[at + count - 1][1], references
        at += count or 1


def _longest(root: _Node, places: list[tuple[int, int]], at: int, text: str) -> tuple[int, Words]:
    """Return how many words from *at* on are the longest name there, and whose it is."""
    best: tuple[int, Words] = (0, ())
    node = root
    for index in range(at, len(places)):
        start, end = places[index]
        step = node.following.get(text[start:end])
        if step is None or (index > at and not _joined(text, places[index - 1][1], start)):
            break
        node = step
        if node.references:
            best = (index - at + 1, node.references)
    return best


def _joined(text: str, start: int, end: int) -> bool:
    """Say whether what stands between two words keeps them together."""
    match = _GAP.match(text, start)
    return match is not None and match.end() == end


@lru_cache(maxsize=8)
def _tree(key: Same[Roll]) -> _Node:
    root = _Node()
    for pupil in key.value.pupils:
        for path in _spellings(pupil):
            root.add(path, pupil.reference)
    return root


def _spellings(pupil: Pupil) -> Iterator[Words]:
    """Yield every way of writing the full name that is looked for."""
    surnames = set(_variants(pupil.surname))
    forenames = set(_variants(pupil.forename)) | set(_variants(pupil.preferred))
    forenames |= {path[:1] for path in _variants(pupil.forename)}
    for forename in forenames - {()}:
        for surname in surnames - {()}:
            for first, second in ((forename, surname), (surname, forename)):
                yield (*first, *second)
                if len(first[-1]) + len(second[0]) >= _SHORTEST_JOINED:
                    yield (*first[:-1], first[-1] + second[0], *second[1:])
            joined = "".join((*forename, *surname))
            if len(joined) >= _SHORTEST_JOINED:
                yield (joined,)


def _variants(name: str) -> Iterator[Words]:
    """Cut a name into words; ``O'Neil`` also as one."""
    yield words(name)
    yield words(_APOSTROPHES.sub("", name))
