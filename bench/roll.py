"""Measure how pupils on a roll are found: ``python -m bench roll [SIZE ...]``.

Everybody is made up (see ``roll_people``); the ways of writing a name are those of
``roll_families``. The figures are of the matcher itself; the corpus tests measure through
``check_text``. A peer that only knows a list of names is measured beside it: the names as they are
registered, found by Aho-Corasick.
"""

import os
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from bench.roll_families import SENTENCES, Item, items
from bench.roll_people import Names, make_roll, strangers
from moderation.analysis.names import NameMatch, Tier, find_pupils
from moderation.analysis.names.keyed import RollFilter, new_filter_key
from moderation.analysis.names.variants import lines_of
from moderation.extract import extract
from moderation.policy import default_policy
from moderation.registers import Roll

SIZES = (2_000, 200_000)
ASIDE = ("misread", "title, surname", "forename")
"""Families with a goal of their own, or that are only noted."""

_EACH, _STRANGERS, _RUNS = 100, 4_000, 3
_SMALL = 20_000
_MEAN, _LEAST, _FLAGGED, _FLAGGED_LONG = 0.98, 0.9, 0.01, 0.01
PROSE = ("prose_education", "prose_government")


def main() -> int:
    """Print recall by family, strangers flagged, false hits, speed, build and memory."""
    corpora = os.environ.get("SCHOOLGATE_CORPORA")
    if not corpora:
        print("SCHOOLGATE_CORPORA is not set; nothing measured")
        return 0
    names = Names.load(Path(corpora))
    prose = "\n".join((Path(corpora) / f"language/{n}.txt").read_text("utf-8") for n in PROSE)
    return max(measure(names, prose, size) for size in SIZES)


def measure(names: Names, prose: str, size: int) -> int:
    """Measure a roll of *size* pupils; return 1 where a figure is beyond its limit."""
    roll = make_roll(names, size, middles=False)
    start = time.process_time()
    list(find_pupils("x", roll))
    print(f"roll of {size}: build {time.process_time() - start:.2f} s")
    recall = recalls(roll, partial(_told, roll))
    listed = AhoCorasick([f"{p.forename} {p.surname}" for p in roll.pupils])
    plain = recalls(roll, lambda item, text: bool(listed.find_matches_as_indexes(text)))
    for family, share in recall.items():
        print(f"  {family:20}{share:7.3f}   list {plain[family]:.3f}")
    core = [share for family, share in recall.items() if family not in ASIDE]
    flagged = strangers_flagged(names, roll)
    print(f"  mean {sum(core) / len(core):.4f}, least {min(core):.3f}")
    print(f"  strangers flagged {flagged:.2%}")
    _prose(prose, roll)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  memory of this process at most {peak} MB, the roll and the texts in it")
    if size > _SMALL:
        return int(flagged > _FLAGGED_LONG)
    _filter(roll, recall)
    return int(sum(core) / len(core) < _MEAN or min(core) < _LEAST or flagged > _FLAGGED)


def nicknames() -> Mapping[str, tuple[str, ...]]:
    """Return short forms by name, from the table that is shipped."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines_of("nicknames_uk.csv")[1:]:
        name, _, also = line.partition(",")
        found[name].append(also)
    return {name: tuple(also) for name, also in found.items()}


def recalls(roll: Roll, tells: Callable[[Item, str], bool]) -> dict[str, float]:
    """Return which part of the items of each family *tells* finds."""
    found: dict[str, list[bool]] = defaultdict(list)
    for item in items(roll, dict(nicknames()), _EACH):
        found[item.family].append(tells(item, page_text(item.text)))
    return {family: sum(told) / len(told) for family, told in found.items()}


def page_text(text: str) -> str:
    """Read a sentence as a page is read; one with a setting stands in front matter."""
    if text.startswith("title:"):
        title = text.removeprefix("title:").strip().replace('"', "")
        text = f'---\ntitle: "{title}"\n---\n'
    return extract("page.md", text.encode(), default_policy().limits).text


def strangers_flagged(names: Names, roll: Roll) -> float:
    """Return which part of people who are not on the roll is taken for a pupil."""
    chance = random.Random(5)
    told = 0
    for name in strangers(names, roll, _STRANGERS):
        text = page_text(chance.choice(SENTENCES).format(name))
        told += any(match.tier in (Tier.FULL, Tier.INITIAL) for match in find_pupils(text, roll))
    return told / _STRANGERS


def _told(roll: Roll, item: Item, text: str) -> bool:
    matches: list[NameMatch] = list(find_pupils(text, roll, forenames=True))
    return any(item.reference in match.references for match in matches)


def _prose(prose: str, roll: Roll) -> None:
    best = float("inf")
    hits: list[NameMatch] = []
    for _ in range(_RUNS):
        start = time.process_time()
        hits = list(find_pupils(prose, roll))
        best = min(best, time.process_time() - start)
    words = len(prose.split())
    speed = len(prose.encode()) / best / 1e6
    print(f"  {speed:.1f} MB/s, {len(hits) / words * 1e4:.2f} false hits in 10,000 words of prose")


def _filter(roll: Roll, recall: Mapping[str, float]) -> None:
    keyed = RollFilter.of(roll, new_filter_key())
    found = recalls(roll, lambda item, text: any(keyed.find(text)))
    covered = {f: share for f, share in found.items() if share > recall[f] / 2 and f not in ASIDE}
    lost = sum(recall[f] - share for f, share in covered.items()) / len(covered)
    print(f"  filter: {len(covered)} families, {lost * 100:.2f} points of recall lost")


if __name__ == "__main__":
    sys.exit(main())
