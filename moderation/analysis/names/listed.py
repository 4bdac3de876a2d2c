"""Find given words in a text, in the order given, whatever stands between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from moderation.analysis.folding import WORD, fold, words
from moderation.analysis.names.tokens import APART, STOPPED, gap_sign


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: what may follow, and which name ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def add(self, path: tuple[str, ...], name: str) -> None:
        """Let a name of these words end below this node."""
        node = self
        for word in path:
            node = node.following.setdefault(word, _Node())
        if name not in node.names:
            node.names += (name,)


def find_listed(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the start and end of each of *names* in *text*, and which they are, the longest first.

    Args:
        text: any text
        names: each is looked for as its words, folded and in any case

    """
    root = _Node()
    for name in names:
        if path := words(name):
            root.add(path, name)
    folded = fold(text)
    places = list(WORD.finditer(folded.text)) if root.following else []
    at = 0
    while at < len(places):
        count, found = _longest(root, places, at, folded.text)
        if count:
            yield *folded.source(places[at].start(), places[at + count - 1].end()), found
        at += count or 1


def _longest(
    root: _Node, places: list[re.Match[str]], at: int, text: str
) -> tuple[int, tuple[str, ...]]:
    """Return how many words from *at* on are the longest name there, and which it is."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    node = root
    for index in range(at, len(places)):
        step = node.following.get(places[index][0].casefold())
        if step is None or (index > at and _apart(text, places[index - 1], places[index])):
            break
        node = step
        if node.names:
            best = (index - at + 1, node.names)
    return best


def _apart(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return gap_sign(text[one.end() : other.start()]) in (APART, STOPPED)
