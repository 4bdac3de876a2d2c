"""Write the innocent words and names that look like listed ones, from word lists of Debian.

    apt-get install wbritish-large wamerican-large wbritish-insane wamerican-insane
    python -m bench.language_innocent --usual LARGE... --rare INSANE... [--names ...] [--places ...]

LARGE are the files ``british-english-large`` and ``american-english-large``, INSANE the two
``-insane`` ones, of version 2020.12.07-2; they are made from SCOWL (Kevin Atkinson and others; may
be used, copied, changed and passed on for any purpose with its notice, parts in the public domain).
Only what collides is kept: a word that holds a listed one, or that a disguise of a listed one is
spelt like; of the rare words, which hold many odd spellings, only the first kind. What is vulgar
itself is left out by hand, in ``vulgar.txt`` beside the list, and ``innocent_own.txt`` is added.

``--names`` takes files of names and ``--places`` one of places; without them those lists stay as
they are. Run it again, and then ``python -m moderation.analysis.lexicon.compile``, after the list
has changed.
"""

import argparse
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from moderation.analysis.lexicon import compile as compiler
from moderation.analysis.lexicon.entries import read_entries
from moderation.analysis.lexicon.inflect import forms

_FOLDER = Path("moderation/analysis/lexicon")
_TOKEN = re.compile(r"[a-z]+")
_SOURCES = """\
Words that hold a listed one, or are spelt like a disguise of one; see bench/language_innocent.py.
Sources: SCOWL 2020.12.07 as packed by Debian (wbritish-large, wamerican-large; of wbritish-insane
and wamerican-insane only words that hold a listed one), and innocent_own.txt.
SCOWL: Copyright 2000-2018 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell
these word lists, the associated scripts, the output created from the scripts, and its documentation
for any purpose is hereby granted without fee, provided that the above copyright notice appears in
all copies and that both that copyright notice and this permission notice appear in supporting
documentation. Kevin Atkinson makes no representations about the suitability of this array for any
purpose. It is provided "as is" without express or implied warranty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a word may be mistaken for: listed words, their disguises, and what they are part of."""

    listed: frozenset[str]
    alike: frozenset[str]
    inside: re.Pattern[str]
    vulgar: re.Pattern[str]

    @classmethod
    def of_list(cls) -> "Likeness":
        """Make it from the list as it stands."""
        entries = read_entries()
        listed = frozenset(form for entry in entries for form in forms(entry))
        alike = {each for e in entries for each in compiler.disguised_of(e)}
        alike |= {each for e in entries for each in compiler.glued_of(e)}
        stems = sorted({entry.stem for entry in entries if entry.match == "any"}, key=len)
        return cls(
            listed=listed,
            alike=frozenset(alike) - listed,
            inside=re.compile("|".join(map(re.escape, stems))),
            vulgar=re.compile("|".join(f"^(?:{line})$" for line in _lines("vulgar.txt"))),
        )

    def holds(self, word: str) -> bool:
        """Say whether an innocent word holds a listed one."""
        return self._is_free(word) and bool(self.inside.search(word))

    def collides(self, word: str) -> bool:
        """Say whether an innocent word holds a listed one or is spelt like a disguise of one."""
        return self.holds(word) or (self._is_free(word) and word in self.alike)

    def _is_free(self, word: str) -> bool:
        return word not in self.listed and not self.vulgar.match(word)


def innocent(likeness: Likeness, usual: Iterable[str], rare: Iterable[str]) -> set[str]:
    """Return the words that collide.

    Args:
        likeness: what words may be mistaken for
        usual: words of a dictionary
        rare: words of a dictionary so big that it holds odd spellings

    """
    found = {word for word in usual if likeness.collides(word)}
    return found | {word for word in rare if likeness.holds(word)}


def main() -> None:
    """Write ``innocent.txt``, and ``names.txt`` and ``places.txt`` where there are sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--usual", nargs="+", type=Path, required=True)
    parser.add_argument("--rare", nargs="*", type=Path, default=[])
    parser.add_argument("--names", nargs="*", type=Path, default=[])
    parser.add_argument("--places", type=Path)
    options = parser.parse_args()
    likeness = Likeness.of_list()
    own = {word for line in _lines("innocent_own.txt") for word in line.split()}
    words = own | innocent(likeness, _tokens(options.usual), _tokens(options.rare))
    _write("innocent.txt", _SOURCES, words)
    sources = [*options.names, *([options.places] if options.places else [])]
    if sources:
        named = {
            word
            for word in _tokens(sources) - words
            if not likeness.vulgar.match(word)
            and (word in likeness.listed or likeness.collides(word))
        }
        title = "Listed words, and disguises of them, that are people's names too."
        _write("names.txt", title, named)
    if options.places:
        _write(
            "places.txt",
            "Places whose names hold a listed word.",
            _places(options.places, likeness, words) | set(_lines("places_own.txt")),
        )


def _places(path: Path, likeness: Likeness, words: set[str]) -> set[str]:
    bad = (likeness.listed | likeness.alike) - words
    return {
        line
        for line in path.read_text("utf-8").lower().splitlines()
        if set(_TOKEN.findall(line)) & bad or likeness.inside.search(line)
    }


def _tokens(paths: Iterable[Path]) -> set[str]:
    return {t for p in paths for t in _TOKEN.findall(p.read_text("utf-8").lower()) if len(t) > 2}


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def _write(name: str, title: str, words: Iterable[str]) -> None:
    head = [f"# {line}" for line in title.splitlines()]
    (_FOLDER / name).write_text("\n".join([*head, *sorted(words)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
