"""Write ``compiled.json``: every form of every entry, so that a check starts at once.

    python -m moderation.analysis.lexicon.compile

A test fails while the file is not what the data beside it says.
"""

import json
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from moderation.analysis.lexicon.entries import SLURS, Entry, read_entries
from moderation.analysis.lexicon.inflect import forms
from moderation.analysis.lexicon.spell import disguises
from moderation.model import Severity

_FOLDER = files("moderation.analysis.lexicon")
_HIDDEN = (*SLURS, "profanity", "sexual", "insult")


def folder() -> Traversable:
    """Return the folder of the list."""
    return _FOLDER


def compiled() -> str:
    """Render the compiled list: one line of forms for each entry, in the order of the list."""
    entries = read_entries()
    innocent = frozenset(_words("innocent.txt"))
    plain = [forms(entry) for entry in entries]
    taken = {form for each in plain for form in each}
    glued = [glued_of(entry) - taken - innocent for entry in entries]
    taken |= innocent
    disguised = []
    for entry in entries:
        new = disguised_of(entry) - taken
        taken |= new
        disguised.append(new)
    document = {
        "entries": [_row(entry) for entry in entries],
        "plain": ["\n".join(each) for each in plain],
        "glued": [" ".join(sorted(each)) for each in glued],
        "disguised": [" ".join(sorted(each)) for each in disguised],
        "contexts": _toml("contexts.toml"),
        "reword": _toml("reword.toml"),
        "innocent": " ".join(sorted(innocent)),
        "names": " ".join(sorted(_words("names.txt"))),
        "places": "\n".join(sorted(_lines("places.txt"))),
    }
    return json.dumps(document, indent=0, sort_keys=True) + "\n"


def _row(entry: Entry) -> list[str]:
    contexts = " ".join(entry.contexts)
    return [entry.stem, entry.category, entry.severity, entry.match, contexts, entry.language]


def glued_of(entry: Entry) -> set[str]:
    """Return the entry glued to the affixes that make one abusive word of it."""
    affixes = _toml("affixes.toml")
    if _is_hard(entry):
        return {front + form for front in affixes["slurs"] for form in forms(entry)[:2]}
    if entry.match != "comp":
        return set()
    before, after = affixes["before"], affixes["after"]
    return {
        *(front + form for front in before for form in forms(entry)[:2]),
        *(entry.stem + back for back in after),
    } - {entry.stem}


def _is_hard(entry: Entry) -> bool:
    """Say whether an entry is one hard English word that counts on its own only."""
    english = entry.is_english and entry.stem.isalpha() and len(entry.stem) > 3
    return english and entry.match == "word" and entry.severity == Severity.BLOCK


def disguised_of(entry: Entry) -> set[str]:
    """Return the disguised spellings of an entry that is worth hiding."""
    if entry.category not in _HIDDEN or not entry.is_english or entry.severity == "note":
        return set()
    if entry.match == "word" and entry.severity != Severity.BLOCK:
        return set()
    rules = [(rule[0], rule[1]) for rule in _toml("spellings.toml")["rules"]]
    words = [form for form in forms(entry) if form.isalpha() and form.isascii() and len(form) > 3]
    deep = entry.severity == Severity.BLOCK and len(entry.stem) < 8
    return {
        each
        for form in words
        for each in disguises(form, rules, depth=_depth(form, entry, deep=deep))
        if _looks(each, form)
    }


def _depth(form: str, entry: Entry, *, deep: bool) -> int:
    """Return how many spelling rules are tried on one form: most on the word itself."""
    if form == entry.stem:
        return 2 if deep else 1
    return 1 if len(form) < len(entry.stem) + 3 and entry.match == "any" else 0


def _looks(disguise: str, form: str) -> bool:
    """Say whether a disguise is long enough to be read as the word."""
    return len(disguise) > 3 or (len(form) < 6 and not set(disguise) & set("aeiouy"))


def _toml(name: str) -> dict[str, list[str]]:
    return tomllib.loads(_FOLDER.joinpath(name).read_text("utf-8"))


def _lines(name: str) -> list[str]:
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


if __name__ == "__main__":
    Path(str(_FOLDER.joinpath("compiled.json"))).write_text(compiled(), "utf-8")
