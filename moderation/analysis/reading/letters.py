"""What letters stand in a straightened line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from moderation.analysis.reading.networks import READER, Floats, Pixels, batched, network

_LAST_LATIN = 0x250
_ALSO = frozenset("‘’“”–—…·•©®™€£№")
_LOST_BLANK = 0.12
_FOREIGN, _SURE_FOREIGN = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Reading:
    """The letters of a line.

    Args:
        text: without blanks at its ends
        score: the mean chance of its letters, between 0 and 1
        places: where each letter stands, in shares of the line

    """

    text: str
    score: float
    places: tuple[float, ...] = ()


def read(line: Pixels) -> Reading:
    """Read a straightened line.

    The network knows several thousand signs of Chinese, which it sees in smudges and handwriting;
    Latin letters are taken unless the line surely is none of them.

    Args:
        line: RGB, as tall as the network was trained on

    """
    chances = network(READER).run(batched(line))[0]
    share = 1 / max(len(chances), 1)
    latin = _decoded(chances[:, _latin()], _latin(), share)
    if latin.score >= _FOREIGN:
        return latin
    whole = _decoded(chances, np.arange(chances.shape[1]), share)
    return whole if whole.score >= _SURE_FOREIGN else latin


def _decoded(chances: Floats, signs: npt.NDArray[np.intp], share: float) -> Reading:
    """Take the likeliest sign of each step; a sign that goes on counts once (CTC)."""
    letters = network(READER).letters
    best = chances.argmax(axis=1)
    fresh = np.ones(len(best), bool)
    fresh[1:] = best[1:] != best[:-1]
    steps = np.nonzero(fresh & (best > 0))[0]
    written = [letters[signs[best[step]]] for step in steps]
    blanks = _blanks(chances[:, -1], steps, written)
    scores = chances[steps, best[steps]]
    text = "".join(" " * (n in blanks) + letter for n, letter in enumerate(written))
    places = [
        p for n, step in enumerate(steps) for p in [(step + 0.5) * share] * (1 + (n in blanks))
    ]
    begin = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if end <= begin:
        return Reading("", 0.0)
    return Reading(text[begin:end], float(scores.mean()), tuple(places[begin:end]))


def _blanks(blank: Floats, steps: npt.NDArray[np.intp], written: Sequence[str]) -> frozenset[int]:
    """Return before which letters a blank was likely lost: the network spares them.

    It may stand between the steps of two letters, where the chance of one is far above nothing.
    """
    found = set()
    for n in range(1, len(steps)):
        between = blank[steps[n - 1] : steps[n] + 1]
        if " " not in (written[n - 1], written[n]) and float(between.max()) > _LOST_BLANK:
            found.add(n)
    return frozenset(found)


@cache
def _latin() -> npt.NDArray[np.intp]:
    """Return the numbers of nothing and of the signs that Latin script is written with."""
    letters = network(READER).letters
    return np.array(
        [
            n
            for n, letter in enumerate(letters)
            if not letter or ord(letter) < _LAST_LATIN or letter in _ALSO
        ]
    )
