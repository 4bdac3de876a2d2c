"""Are copies found? Each edit of each picture, false pairs, and what it costs.

``python -m bench copies`` takes 60 pictures (19 photographs of scikit-image, the rest drawn);
``--pictures 300 --known 1000`` more. Not measured on photographs of a school.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from bench.copies_scenes import EDITS, encoded, photographs, same_room, scene
from moderation.analysis.copies.album import Album
from moderation.analysis.copies.prints import Look, Print, look

_LEAST, _MOST_FALSE = 0.995, 1e-5
_MILLISECONDS, _FOR_A_THOUSAND = 30.0, 5.0


def main(arguments: Sequence[str] = ()) -> int:
    """Print the figures; return 1 where copies are missed, or others are taken for copies."""
    given = _parser().parse_args(list(arguments))
    known = [look(encoded(_picture(number)))[0].kept for number in range(given.known)]
    album = Album(known)
    missed: Counter[str] = Counter()
    wrong = 0
    count = min(given.pictures, given.known)
    for number in range(count):
        picture = _picture(number)
        for name, edit in EDITS.items():
            edited = encoded(edit(picture, np.random.default_rng(number)))
            found = {copy.number for copy in album.find_in(edited)}
            missed[name] += number not in found
            wrong += len(found - {number})
    for name in EDITS:
        print(f"{name:24} {1 - missed[name] / count:8.2%} of {count} found")
    pairs = count * len(EDITS) * (given.known - 1)
    print(f"false pairs              {wrong} of {pairs:,} ({wrong / pairs:.1e})")
    rooms = [tuple(look(encoded(one))[0] for one in same_room(seed)) for seed in range(60)]
    taken = sum(bool(Album([one.kept]).find([other])) for one, other in rooms)
    print(f"other people, same wall  {taken} of {len(rooms)} taken for copies")
    asked = [encoded(_picture(number)) for number in range(30)]
    looks = [each for data in asked for each in look(data)]
    cost = _cost(lambda: [look(data) for data in asked]) / len(asked)
    print(f"a look at 1200 pixels    {cost:.1f} ms; a print has {len(known[0].to_bytes()):,} bytes")
    few, many = (_searching(prints, looks) for prints in (known[:1], known))
    most = _MILLISECONDS + _FOR_A_THOUSAND * len(known) / 1000
    print(f"a search                 {few:.1f} ms in one, {many:.1f} ms in {len(known):,}")
    print(f"a picture in all         {cost + many:.1f} ms; to reach {most:.1f}")
    total = sum(missed[name] for name in EDITS)
    share = 1 - total / (count * len(EDITS))
    print(f"all                      {share:.3%}; to reach {_LEAST:.1%}, {_MOST_FALSE:.0e} false")
    slow = cost + many > most
    return int(share < _LEAST or wrong > max(1, pairs * _MOST_FALSE) or slow)


def _picture(number: int) -> Image.Image:
    shots = photographs()
    return shots[number] if number < len(shots) else scene(number)


def _searching(known: Sequence[Print], asked: Sequence[Look]) -> float:
    album = Album(known)
    album.find(asked[:1])  # sorts the prints, once for a run
    return _cost(lambda: [album.find([one]) for one in asked]) / len(asked)


def _cost(act: Callable[[], object]) -> float:
    """Return the milliseconds that *act* takes, the best of three."""
    rounds = []
    for _ in range(3):
        begin = time.process_time()
        act()
        rounds.append(1000 * (time.process_time() - begin))
    return min(rounds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench copies")
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--known", type=int, default=120)
    return parser


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
