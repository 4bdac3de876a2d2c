"""Write the innocent words and names that look like listed ones, from word lists of this machine.

    python -m bench.language_innocent WORDS... --names NAMES... --places PLACES

WORDS are files of words or prose, NAMES files of names. Only what collides is kept: a word that
holds a listed one, or that a disguise of a listed one is spelt like. What is vulgar itself is
left out by hand, in ``vulgar.txt`` beside the list.
"""

import argparse
import re
from pathlib import Path

from moderation.analysis.lexicon import compile as compiler
from moderation.analysis.lexicon.entries import read_entries
from moderation.analysis.lexicon.inflect import forms

_FOLDER = Path("moderation/analysis/lexicon")
_TOKEN = re.compile(r"[a-z]+")


def main() -> None:
    """Write ``innocent.txt``, ``names.txt`` and ``places.txt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="+", type=Path)
    parser.add_argument("--names", nargs="*", type=Path, default=[])
    parser.add_argument("--places", type=Path)
    options = parser.parse_args()
    entries = read_entries()
    plain = {form for entry in entries for form in forms(entry)}
    hidden = {each for e in entries for each in compiler.disguised_of(e)} - plain
    glued = {each for e in entries for each in compiler.glued_of(e)} - plain
    inside = re.compile("|".join(sorted({e.stem for e in entries if e.match == "any"}, key=len)))
    vulgar = re.compile("|".join(f"^(?:{line})$" for line in _lines(_FOLDER / "vulgar.txt")))

    def collides(word: str) -> bool:
        return word not in plain and (word in hidden or word in glued or bool(inside.search(word)))

    words = {w for w in _tokens(options.words) if collides(w) and not vulgar.match(w)}
    words |= set(_tokens([_FOLDER / "innocent_own.txt"]))
    sources = [*options.names, *([options.places] if options.places else [])]
    named = {
        w
        for w in _tokens(sources)
        if w not in words and (w in plain or collides(w)) and not vulgar.match(w)
    }
    _write(
        "innocent.txt", "Words that hold a listed one, or are spelt like a disguise of one.", words
    )
    _write("names.txt", "Listed words, and disguises of them, that are people's names too.", named)
    if options.places:
        bad = plain | hidden | glued
        lines = options.places.read_text("utf-8").lower().splitlines()
        kept = {
            line
            for line in lines
            if set(_TOKEN.findall(line)) & (bad - words) or inside.search(line)
        }
        _write(
            "places.txt",
            "Places whose names hold a listed word.",
            kept | set(_lines(_FOLDER / "places_own.txt")),
        )


def _tokens(paths: list[Path]) -> set[str]:
    return {t for p in paths for t in _TOKEN.findall(p.read_text("utf-8").lower()) if len(t) > 2}


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def _write(name: str, title: str, words: set[str]) -> None:
    (_FOLDER / name).write_text("\n".join([f"# {title}", *sorted(words)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
