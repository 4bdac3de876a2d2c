"""How many pictures that show a name give one away, how often one is seen where none is, how fast.

On composites of ``reading_scenes``; photographs of a school are not at hand, so these figures are
no promise for them. ``--scenes`` says how many of each kind of size, ``--fonts`` names a folder
with more fonts, such as handwriting.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.reading_scenes import (
    FORENAMES,
    SURNAMES,
    Scene,
    bare,
    named,
    nameless,
    telephone,
)
from moderation.analysis import reading
from moderation.analysis.names import Tier, find_pupils
from moderation.analysis.reading.likeness import looks_like_text
from moderation.analysis.reading.lines import read_lines
from moderation.analysis.reading.text import joined
from moderation.registers import Pupil, Roll

LEAST_LARGE, LEAST_ALL, MOST_SECONDS = 0.97, 0.90, 1.5
_SEED = 2026


@dataclass(slots=True)
class Tally:
    """What came of some scenes."""

    good: int = 0
    every: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of all were good."""
        return self.good / max(self.every, 1)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the figures; return 1 where one is beyond its limit."""
    parser = argparse.ArgumentParser(prog="python -m bench reading", description=__doc__)
    parser.add_argument("--scenes", type=int, default=32, help="scenes of each kind of size")
    parser.add_argument("--seed", type=int, default=_SEED, help="what is drawn")
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="more fonts")
    given = parser.parse_args(list(arguments))
    if not reading.is_available():
        print("pictures cannot be read here: install schoolgate[ocr]")
        return 1
    fonts = sorted(font for folder in given.fonts for font in folder.rglob("*.ttf"))
    _likeness(given.scenes, given.seed, fonts)
    return _names(given.scenes, given.seed, fonts)


def _names(count: int, seed: int, fonts: Sequence[Path]) -> int:
    roll = school()
    large = tally(named(count, 18, 60, seed=seed, fonts=fonts), roll)
    small = tally(named(count, 10, 18, seed=seed + 1, fonts=fonts), roll)
    words = tally(nameless(count, seed=seed + 2, fonts=fonts), roll)
    huge = tally(named(count, 60, 200, seed=seed + 5, fonts=fonts), roll)
    print_tally("a name read, capitals of 60 to 200 pixels", huge)
    print_tally("a name read, capitals of 18 to 60 pixels", large)
    print_tally("a name read, capitals of 10 to 18 pixels", small)
    sizes = (huge, large, small)
    both = sum(each.good for each in sizes) / sum(each.every for each in sizes)
    print(f"a name read in all of these: {both:.1%}")
    print_tally("words without a name, none seen", words)
    seconds = [*huge.seconds, *large.seconds, *small.seconds, *words.seconds]
    middle, most = float(np.median(seconds)), float(np.quantile(seconds, 0.95))
    print(f"processor time of a picture: median {middle:.2f} s, 95th of 100 {most:.2f} s")
    phone = tally((telephone(seed=seed + n) for n in range(4)), roll)
    print_tally("a name read in 12 megapixels, capitals of 24 pixels", phone)
    print(f"processor time of 12 megapixels: at most {max(phone.seconds):.2f} s")
    good = (
        min(huge.share, large.share) >= LEAST_LARGE and both >= LEAST_ALL and most <= MOST_SECONDS
    )
    return 0 if good else 1


def _likeness(count: int, seed: int, fonts: Sequence[Path]) -> None:
    """Print how the measure does that says, without reading, whether text may be there."""
    text = [looks_like_text(s.jpeg) for s in named(count, 12, 60, seed=seed + 3, fonts=fonts)]
    none = [looks_like_text(scene.jpeg) for scene in bare(count, seed=seed + 4)]
    print(
        f"without reading: {sum(text)} of {len(text)} with text look like it "
        f"({np.mean(text):.1%}), and {sum(none)} of {len(none)} without ({np.mean(none):.1%})"
    )


def school() -> Roll:
    """Return a roll of every invented name, half of which no scene is likely to show."""
    pairs = ((forename, surname) for forename in FORENAMES for surname in SURNAMES)
    return Roll(
        tuple(
            Pupil(reference=f"P-{number:04}", forename=forename, surname=surname)
            for number, (forename, surname) in enumerate(pairs)
        )
    )


def tally(scenes: Iterable[Scene], roll: Roll) -> Tally:
    """Read scenes; good is one of which a name was seen, or none where none is."""
    result = Tally()
    for scene in scenes:
        begin = time.process_time()
        text = joined(read_lines(scene.jpeg))
        result.seconds.append(time.process_time() - begin)
        seen = {pupil for match in find_pupils(text, roll) for pupil in _who(match.tier, match)}
        wanted = {p.reference for p in roll.pupils if f"{p.forename} {p.surname}" in scene.names}
        good = bool(seen & wanted) if scene.names else not seen
        result.good += good
        result.every += 1
        result.missed[scene.kind] += not good
    return result


def _who(tier: Tier, match: object) -> tuple[str, ...]:
    references = getattr(match, "references", ())
    return tuple(references) if tier in (Tier.FULL, Tier.INITIAL) else ()


def print_tally(what: str, result: Tally) -> None:
    """Print one line of figures, and which kinds of scene went wrong."""
    wrong = ", ".join(f"{kind} {n}" for kind, n in sorted(result.missed.items()) if n)
    kinds = f"; not: {wrong}" if wrong else ""
    print(f"{what}: {result.good} of {result.every} ({result.share:.1%}){kinds}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
