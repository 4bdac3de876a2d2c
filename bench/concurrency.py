"""Many processes at one desk, beside the same queue with the settings that Django has by itself.

A hundred publishers hand in ten pages each at once; two moderators race on two hundred pages; one
publisher floods while five others hand in: 500 pages, and 10,000 with ``SCHOOLGATE_THOROUGH=1``.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.desk.crowd import (
    DJANGO,
    SERVER,
    Place,
    all_waits,
    decide,
    flood_or_hand_in,
    hand_in,
    run,
    stock,
)

PUBLISHERS, OWN, PAGES, OTHERS = 100, 9, 200, 5
FLOOD = 10_000 if os.environ.get("SCHOOLGATE_THOROUGH") else 500
MOST_WAIT = 5.0


def main() -> int:
    """Print the figures; return 1 if somebody of ours met an error or waited too long."""
    failed = 0
    for name, plant in (("ours", ""), ("Django's settings", DJANGO)):
        with tempfile.TemporaryDirectory(prefix="schoolgate-bench-") as folder:
            errors = _publishers(name, Place(Path(folder) / "publishers", plant))
            errors += _moderators(name, Place(Path(folder) / "moderators", plant))
            waited = _flood(name, Place(Path(folder) / "flood", plant))
        if not plant:
            failed = int(errors > 0 or waited > MOST_WAIT)
    return failed


def _publishers(name: str, place: Place) -> int:
    seconds, told = run(hand_in, place, [(f"p-{n}", OWN) for n in range(PUBLISHERS)])
    waits, done = all_waits(told), sum(len(each.done) for each in told)
    errors = sum(len(each.errors) + each.lost for each in told)
    print(
        f"{name}: {PUBLISHERS} publishers x {OWN + 1}: {done} handed in, {errors} errors, ", end=""
    )
    print(f"{done / seconds:.0f} a second, 95 of 100 within {_share(waits, 0.95):.2f} s")
    return errors


def _moderators(name: str, place: Place) -> int:
    stock(place, PAGES)
    seconds, told = run(decide, place, [("m-1", False), ("m-2", False)])
    done = {key for each in told for _, key in each.done}
    errors = sum("cannot be done" not in error for each in told for error in each.errors)
    print(f"{name}: 2 moderators, {PAGES} pages: {len(done)} decided, {errors} errors, ", end="")
    print(f"{len(done) / seconds:.0f} a second")
    return errors


def _flood(name: str, place: Place) -> float:
    over = SERVER.Event()
    crowd = [("p-flood", FLOOD, over), *((f"p-{n}", 20, over) for n in range(OTHERS))]
    _, told = run(flood_or_hand_in, place, crowd)
    waits = all_waits(told[1:])
    print(f"{name}: one floods with up to {FLOOD} ({len(told[0].done)} done): 95 of 100 ", end="")
    print(f"waits of {OTHERS} others within {_share(waits, 0.95):.2f} s")
    return _share(waits, 0.95)


def _share(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


if __name__ == "__main__":
    sys.exit(main())
