"""Speed and accuracy of the language rules beside their peers, on the same text in one run."""

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from bench import language_measures as measures
from bench import language_peers as peers
from bench import language_speed as speed
from bench.language_measures import Measure
from bench.language_peers import Peer

_WIDE = 26


def main() -> int:
    """Print speed, and accuracy where the labelled data are at hand; return 1 beyond a limit."""
    with peers.of_npm() as (more, why):
        if why:
            print(f"{', '.join(peers.PACKAGES)}: {why}, so they are not measured\n")
        rivals = [peers.better_profanity(), *more]
        for row in speeds([peers.schoolgate(), peers.engine(), *rivals]):
            print(
                "".join(f"{cell:>13}" if at else f"{cell:{_WIDE}}" for at, cell in enumerate(row))
            )
        folder = os.environ.get("SCHOOLGATE_CORPORA")
        if not folder:
            print("\naccuracy: set SCHOOLGATE_CORPORA to the folder of labelled data to measure it")
            return 0
        return _accuracy(Path(folder) / "language", rivals)


def speeds(filters: Sequence[Peer]) -> list[list[str]]:
    """Measure the speed of filters on the same texts; return a table with its heads."""
    all_ = speed.texts()
    rows = [[peer.name, *speed.measure(peer, all_).cells()] for peer in filters]
    return [["", *speed.HEADS], *rows]


def accuracy(folder: Path, filters: Sequence[Peer]) -> list[list[Measure]]:
    """Measure the accuracy of filters; return for each measure what each of them reaches."""
    columns = [measures.every(folder, peer.flag, peer.thin) for peer in filters]
    return [list(row) for row in zip_longest(*columns)]


def _accuracy(folder: Path, rivals: Sequence[Peer]) -> int:
    print("\nlimit, figures and counts; a slow filter is measured on a tenth of the big sets\n")
    missed = 0
    filters = [peers.schoolgate(), *rivals]
    for row in accuracy(folder, filters):
        mine = row[0]
        print(f"{mine.name}{'' if mine.reached else '   NOT REACHED'}   {limited(mine)}")
        for peer, each in zip(filters, row, strict=True):
            print(f"    {peer.name:{_WIDE}}{each.value:10.4f}   {each.detail}")
        missed += not mine.reached
    return int(missed > 0)


def limited(measure: Measure) -> str:
    """Return the limit of a measure as it is written."""
    if measure.limit is None:
        return "no limit"
    return f"{'≥' if measure.least else '≤'} {measure.limit:.4f}"


if __name__ == "__main__":
    sys.exit(main())
