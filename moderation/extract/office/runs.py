"""The runs of one paragraph: what it says now, what it said before, and what it hides.

A surname that was taken out, or is hidden, makes a name with the forename that stands before it:
so what was removed or is hidden is told with the words around it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from moderation.model import Carrier

AROUND = 60
"""Characters on either side of what was removed that are told with it; a few words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one carrier carries; *added* where it was not there before."""

    carrier: Carrier
    text: str
    added: bool = False


def grouped(runs: Iterable[Run]) -> list[tuple[Carrier, str]]:
    """Return what a paragraph shows, then each other carrier's text with the words around it."""
    every = list(runs)
    carriers = dict.fromkeys(run.carrier for run in every)
    found: list[tuple[Carrier, str]] = []
    for carrier in sorted(carriers, key=lambda each: each is not Carrier.BODY):
        mine = [run.text for run in every if run.carrier is carrier]
        if carrier in (Carrier.TRACKED_CHANGE, Carrier.HIDDEN):
            found += [(carrier, text) for text in _with_words_around(every, carrier)]
        else:
            found.append((carrier, "".join(mine)))
    return found


def _with_words_around(runs: Sequence[Run], carrier: Carrier) -> Iterator[str]:
    """Yield each stretch of *carrier* as it reads among the words that a paragraph shows."""
    before = carrier is Carrier.TRACKED_CHANGE
    kept = [
        run
        for run in runs
        if run.carrier is carrier or (run.carrier is Carrier.BODY and not (before and run.added))
    ]
    stretches = [
        (is_mine, "".join(run.text for run in group))
        for is_mine, group in groupby(kept, key=lambda run: run.carrier is carrier)
    ]
    for index, (is_mine, text) in enumerate(stretches):
        if is_mine and text.strip():
            left = stretches[index - 1][1] if index else ""
            right = stretches[index + 1][1] if index + 1 < len(stretches) else ""
            yield _end(left) + text + _start(right)


def _end(text: str) -> str:
    """Return the last words of *text*, none of them cut."""
    if len(text) <= AROUND:
        return text
    return text[-AROUND:].partition(" ")[2]


def _start(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0]
