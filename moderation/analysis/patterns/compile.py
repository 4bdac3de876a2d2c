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
from moderation.analysis.patterns.needs import Need, needs

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
    tables, document = _toml("classes.toml"), _toml("patterns.toml")
    names = dict.fromkeys(name.replace("'", "") for name in organisations())
    classes = {name: cast("list[str]", table["words"]) for name, table in tables.items()}
    classes["org"] = list(dict.fromkeys([*classes["org"], *names]))
    alphabet = Alphabet.of(_lengths(classes))
    macros = cast("Mapping[str, str]", document["macros"])
    groups = cast("list[dict[str, list[str]]]", document["pattern"])
    sources = [str(source) for group in groups for source in group["match"]]
    for source in sources:
        grammar.translate(source, macros, alphabet)  # to refuse what is no pattern
    wanted = _needs(sources, macros, tables)
    choices = list(dict.fromkeys(need for needs in wanted.values() for need in needs))
    numbers = {need: number for number, need in enumerate(choices)}
    words, phrases = _openings(sources, classes, set(names))
    result = {
        "letters": {
            f"{n} {size}": tag.decode("latin-1") for (n, size), tag in alphabet.letters.items()
        },
        "classes": classes,
        "macros": macros,
        "patterns": [
            [str(group["rule"]), source, group["unless"], _list(numbers, wanted[source])]
            for group in groups
            for source in group["match"]
        ],
        "needs": ["\n".join(sorted(need)) for need in choices],
        "anchors": " ".join(sorted(words)),
        "openings": "\n".join(sorted(phrases)),
        "excuses": document["excuses"],
        "forenames": " ".join(_lines("forenames.txt")),
    }
    return json.dumps(result, indent=0, sort_keys=True) + "\n"


def _openings(
    sources: list[str], classes: Mapping[str, list[str]], names: set[str]
) -> tuple[set[str], set[str]]:
    """Return the words and the phrases that start the reading of a sentence."""
    rare = rare_classes()
    # The name of an organisation starts a reading only whole: "action" alone is an everyday word.
    starts = {word for name in rare for word in classes[name] if not is_everyday(word)}
    starts -= {name for name in names if " " in name}
    for source in sources:
        starts |= _starts(source, rare)
    words, phrases = split_anchors(starts, everyday_words())
    return words, phrases | {_opening(name) for name in organisations() if " " in name}


def _list(numbers: Mapping[Need, int], wanted: tuple[Need, ...]) -> str:
    return " ".join(str(numbers[need]) for need in wanted)


def _needs(
    sources: list[str], macros: Mapping[str, str], tables: Mapping[str, Mapping[str, object]]
) -> dict[str, tuple[Need, ...]]:
    """Return what a sentence must hold for each pattern to match it, the rarest first."""
    classes = {f"{{{name}}}" for name, table in tables.items() if not table.get("rare")}
    usual = everyday_words() | classes
    return {source: needs(grammar.expand(source, macros), usual) for source in sources}


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
    """Return the words that start the reading of a sentence, and the phrases, as pages have them.

    Args:
        starts: words and phrases
        everyday: words that are too usual to start anything alone

    """
    words = {start for start in starts if " " not in start} - everyday
    phrases = {start for start in starts if " " in start}
    return words, phrases | {" ".join(map(_apart, phrase.split())) for phrase in phrases}


def _apart(word: str) -> str:
    """Return a shortened word as it is read where every sign is a space: "can t"."""
    for ending, heads in _SHORTENED.items():
        head = word.removesuffix(ending)
        if head in heads:
            return f"{head} {ending}"
    return word


_SHORTENED = {
    "t": frozenset(
        """
        can don didn doesn isn aren wasn weren wouldn shouldn couldn haven hasn hadn won mustn ain
        """.split()  # noqa: SIM905 - a list would be three lines long
    ),
    "re": frozenset({"you", "they"}),
    "ve": frozenset({"i", "you", "they", "we"}),
    "ll": frozenset({"you", "they"}),
}


def organisations() -> list[str]:
    """Return the names of the proscribed organisations, as pages write them."""
    rows = cast("list[dict[str, list[str]]]", _toml("proscribed.toml")["organisation"])
    return [name for row in rows for name in row["names"]]


def _opening(name: str) -> str:
    """Return the words by which a name is seen where every sign is read as a space."""
    return name.partition("' ")[0].replace("'", " ")


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
