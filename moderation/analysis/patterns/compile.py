"""Write ``compiled.json``: the classes as letters and the patterns as expressions.

    python -m moderation.analysis.patterns.compile

A test fails while the file is not what the data beside it says.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from moderation.analysis.patterns import grammar
from moderation.analysis.patterns.grammar import Alphabet

_FOLDER = files("moderation.analysis.patterns")
_COMPUTED = {"name": (1, 2, 3, 4), "kin": (2, 3, 4), "year": (1, 2), "hated": (1, 2, 3, 4, 5)}


def folder() -> Traversable:
    """Return the folder of the patterns."""
    return _FOLDER


def rare_classes() -> list[str]:
    """Return the classes whose words start the reading of a sentence."""
    return [name for name, table in _toml("classes.toml").items() if table.get("rare")]


@cache
def everyday_words() -> frozenset[str]:
    """Return the words that are too everyday to start the reading of a sentence."""
    return frozenset(cast("dict[str, list[str]]", _toml("patterns.toml")["everyday"])["words"])


def compiled() -> str:
    """Render the compiled patterns."""
    tables = _toml("classes.toml")
    classes = {name: cast("list[str]", table["words"]) for name, table in tables.items()}
    classes["org"] = [*classes["org"], *_organisations()]
    alphabet = Alphabet.of(_lengths(classes))
    document = _toml("patterns.toml")
    macros = cast("Mapping[str, str]", document["macros"])
    groups = cast("list[dict[str, list[str]]]", document["pattern"])
    patterns = [
        [
            str(group["rule"]),
            source,
            grammar.translate(source, macros, alphabet).decode("latin-1"),
            group["unless"],
        ]
        for group in groups
        for source in group["match"]
    ]
    rare = [name for name, table in tables.items() if table.get("rare")]
    starts = {word for name in rare for word in classes[name] if not is_everyday(word)}
    for _, source, _, _ in patterns:
        starts |= _starts(str(source), rare)
    words, phrases = split_anchors(starts, everyday_words())
    result = {
        "letters": {
            f"{n} {size}": tag.decode("latin-1") for (n, size), tag in alphabet.letters.items()
        },
        "classes": classes,
        "patterns": patterns,
        "anchors": " ".join(sorted(words)),
        "openings": "\n".join(sorted(phrases)),
        "excuses": document["excuses"],
        "forenames": " ".join(_lines("forenames.txt")),
    }
    return json.dumps(result, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def is_everyday(phrase: str) -> bool:
    """Say whether a phrase holds nothing but words too usual to start the reading of a sentence."""
    return everyday_words().issuperset(phrase.split())


def _starts(source: str, rare: list[str]) -> set[str]:
    """Return the marked words and phrases of a pattern; no usual ones where it has a rare class."""
    marked = set(grammar.anchors(source))
    if any(f"{{{name}}}" in source for name in rare):
        return {start for start in marked if not is_everyday(start)}
    return marked


def split_anchors(starts: set[str], everyday: frozenset[str]) -> tuple[set[str], set[str]]:
    """Return the words that start the reading of a sentence, and the phrases of everyday words."""
    words: set[str] = set()
    phrases: set[str] = set()
    for start in starts:
        rare = [word for word in start.split() if word not in everyday]
        if rare:
            words.add(max(rare, key=len))
        elif " " in start:
            phrases.add(start)
    return words, phrases


def _organisations() -> list[str]:
    """Return the names of the proscribed organisations."""
    rows = cast("list[dict[str, list[str]]]", _toml("proscribed.toml")["organisation"])
    return [name for row in rows for name in row["names"]]


def _lengths(classes: Mapping[str, list[str]]) -> dict[str, tuple[int, ...]]:
    lengths = {n: tuple(sorted({len(w.split()) for w in words})) for n, words in classes.items()}
    return {**lengths, **_COMPUTED}


def _toml(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads(_FOLDER.joinpath(name).read_text("utf-8"))


def _lines(name: str) -> list[str]:
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


if __name__ == "__main__":
    Path(str(_FOLDER.joinpath("compiled.json"))).write_text(compiled(), "utf-8")
