"""Write the gazetteer of the person-name model from free lists.

    python -m bench.persons_gazetteer DICTIONARY

DICTIONARY is ``frequency_dictionary_en_82_765.txt`` of the package symspellpy (MIT; SCOWL words
with Google Books counts, CC BY 3.0). Forenames and surnames come from ``uk_names_lists.json``
(ukbabynames, CC0; public domain), ``surnames.txt`` (Unlicense) and the package Faker (MIT); the
column of small letters is counted in the sets that may be trained on. Faker is no dependency of
Schoolgate: install it beside it.
"""

import importlib
import json
import os
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from moderation.analysis.persons.gazetteer import fold

_TARGET = Path("moderation/analysis/persons/gazetteer.txt")
_FORENAMES = (1, 3, 10, 50, 250, 1_000, 5_000, 20_000)
_RANKS = (300, 1_000, 3_000, 8_000, 20_000, 40_000)
_SMALL = (1, 2, 5, 20, 80)
_LETTERS = re.compile(r"[a-z][a-z'-]*")
_SMALL_WORD = re.compile(r"(?<![\w#@/.-])[a-z]+(?:['’][a-z]+)?(?![\w@/-])")
_CASED = ("language/toxic_spans_train.jsonl", "names/wnut17_train.jsonl", "names/wikigold.jsonl")
_LATIN = 0x250
WNUT_TRAIN = 3_394
"""Rows of WNUT-17 that are its train part; those behind are its dev part, to measure on."""


def main() -> int:
    """Write the gazetteer."""
    folder = Path(os.environ["SCHOOLGATE_CORPORA"])
    columns = (
        forenames(folder),
        surnames(folder),
        words(Path(sys.argv[1])),
        small(folder),
    )
    keys = sorted({key for column in columns for key in column})
    lines = (f"{key} {''.join(str(column.get(key, 0)) for column in columns)}" for key in keys)
    _TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{_TARGET}: {len(keys):,} words, {_TARGET.stat().st_size:,} bytes")
    return 0


def forenames(folder: Path) -> dict[str, int]:
    """Grade forenames by how many children were given them in the United Kingdom."""
    lists = json.loads((folder / "names/uk_names_lists.json").read_text("utf-8"))
    counts: Counter[str] = Counter()
    for name, count in lists["allf"].items():
        counts[fold(name)] += count
    graded = {key: _grade(n, _FORENAMES) for key, n in counts.items() if n >= _FORENAMES[1]}
    for name in (*lists["wf"], *faker_names("first_name")):
        for part in fold(name).split():
            graded.setdefault(part, 1)
    return _clean(graded)


def surnames(folder: Path) -> dict[str, int]:
    """Grade surnames: 4 and 3 the most usual British ones, 2 named elsewhere, 1 in a long list."""
    lists = json.loads((folder / "names/uk_names_lists.json").read_text("utf-8"))
    graded = {fold(n): 4 if share >= 0.08 else 3 for n, share in lists["sur"].items()}
    for name in (*lists["tail"], *lists["ws"], *faker_names("last_name")):
        parts = fold(name).split()
        if parts:
            graded.setdefault(parts[-1], 2)
    for name in (folder / "language/surnames.txt").read_text("utf-8").split():
        graded.setdefault(fold(name), 1)
    return _clean(graded)


def words(dictionary: Path) -> dict[str, int]:
    """Grade words by their rank in books: 9 for the first 300."""
    graded: dict[str, int] = {}
    for rank, line in enumerate(dictionary.read_text("utf-8-sig").splitlines()):
        if rank >= _RANKS[-1]:
            break
        graded[line.split()[0]] = 9 - _grade(rank, _RANKS)
    return _clean(graded)


def small(folder: Path) -> dict[str, int]:
    """Grade words by how often they stand in small letters in running text."""
    counts: Counter[str] = Counter()
    for name in ("language/prose_education.txt", "language/prose_government.txt"):
        counts.update(_SMALL_WORD.findall((folder / name).read_text("utf-8")))
    for name in _CASED:
        rows = WNUT_TRAIN if "wnut" in name else None
        for line in (folder / name).read_text("utf-8").splitlines()[:rows]:
            row = json.loads(line)
            text = list(row["text"])
            for start, end in row["spans"] if name.startswith("names/") else ():
                text[start:end] = "#" * (end - start)  # a name in small letters is no word
            counts.update(_SMALL_WORD.findall("".join(text)))
    graded = {fold(word): _grade(n, _SMALL) for word, n in counts.items() if n > 1}
    return _clean(graded)


def faker_names(kind: str) -> set[str]:
    """Collect the names of every language of Faker that is written in Latin letters."""
    package = importlib.import_module("faker.providers.person")
    found: set[str] = set()
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith(kind) and isinstance(values, Iterable):
                found.update(str(value) for value in values)
    return {n for n in found if n and n[0].isupper() and all(ord(c) < _LATIN for c in n)}


def _grade(value: int, steps: tuple[int, ...]) -> int:
    return sum(value >= step for step in steps)


def _clean(graded: dict[str, int]) -> dict[str, int]:
    return {key: grade for key, grade in graded.items() if _LETTERS.fullmatch(key)}


if __name__ == "__main__":
    sys.exit(main())
