"""Turn the patterns of ``patterns.toml`` into regular expressions over tagged words.

A sentence is read as one line: each word, a slash, a letter for each class it begins a member of,
a space. ``{class}`` becomes a class of those letters; so a pattern stays small however many words
its classes hold, and RE2 matches all patterns at once in linear time.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 5
_SPARE = b"!#%&'+,;<=>@_`{}~"  # none is special between the brackets of an expression
COMPUTED = ("name", "kin", "year", "hated", "number", "form")
_ELEMENT = re.compile(
    r"\{(?P<classes>[\w|]+)\}|\.\.(?P<gap>[\d.])|~(?P<free>[\d.])|(?P<sign>!?\(|[)|?^$_])|!?(?P<word>[a-z0-9]+\*?)|(?P<macro>[A-Z]+)"
)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letter for each class and length of its members in words."""

    letters: Mapping[tuple[str, int], bytes]

    @classmethod
    def of(cls, lengths: Mapping[str, Sequence[int]]) -> "Alphabet":
        """Give out letters: capitals, the upper half of Latin-1, then signs that mean nothing."""
        pool = iter([*range(ord("A"), ord("Z") + 1), *range(0x80, 0x100), *_SPARE])
        pairs = [(name, size) for name, sizes in lengths.items() for size in sizes]
        return cls({pair: bytes([next(pool)]) for pair in pairs})

    def tag(self, name: str, size: int) -> bytes:
        """Return the letter for a member of *size* words of the class."""
        return self.letters[name, size]

    def expression(self, names: Sequence[str]) -> bytes:
        """Return the expression for a member of one of the classes."""
        choices = []
        for size in range(1, LONGEST + 1):
            tags = b"".join(self.letters[n, size] for n in names if (n, size) in self.letters)
            if tags:
                choices.append(b"[^ ]*[" + tags + b"][^ ]* " + b"[^ ]+ " * (size - 1))
        if not choices:
            raise KeyError(f"no class called {' or '.join(names)}")
        return b"(?:" + b"|".join(choices) + b")"


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Return the pattern with what its macros stand for; one may hold those before it."""
    for name, value in macros.items():
        pattern = re.sub(rf"\b{name}\b", lambda _, v=value: v, pattern)  # type: ignore[misc]
    return pattern


def translate(pattern: str, macros: Mapping[str, str], alphabet: Alphabet) -> bytes:
    """Return the regular expression, in bytes of Latin-1, of one pattern.

    Raises:
        ValueError: the pattern holds something that is no element

    """
    pattern = expand(pattern, macros)
    out: list[bytes] = []
    at = 0
    for match in _ELEMENT.finditer(pattern):
        if pattern[at : match.start()].strip():
            raise ValueError(f"{pattern}: {pattern[at : match.start()]}")
        at = match.end()
        out.append(_element(match, alphabet))
    if pattern[at:].strip():
        raise ValueError(f"{pattern}: {pattern[at:]}")
    return b" " + b"".join(out)


def _element(match: re.Match[str], alphabet: Alphabet) -> bytes:
    if match["classes"]:
        return alphabet.expression(match["classes"].split("|"))
    if match["gap"]:
        return b"(?:[^ ]+ )" + _times(match["gap"])
    if match["free"]:
        return b"(?:[^ " + alphabet.tag("negation", 1) + b"]+ )" + _times(match["free"])
    if match["word"]:
        word = match["word"]
        stem = word.rstrip("*").encode()
        return b"(?:" + stem + (b"[^ /]*" if word[-1] == "*" else b"") + b"/[^ ]* )"
    return _SIGNS[match["sign"]]


def _times(size: str) -> bytes:
    return b"*" if size == "." else b"{0,%s}" % size.encode()


_SIGNS = {
    "(": b"(?:", "!(": b"(?:", ")": b")", "|": b"|", "?": b"?", "_": b"(?:[^ ]+ )", "^": b"\\^/ ",
    "$": b"\\$/ ",
}  # fmt: skip


def anchors(pattern: str) -> Iterator[str]:
    """Yield the words and phrases of a pattern that are marked with ``!``."""
    for match in re.finditer(r"!([a-z0-9]+\*?(?: [a-z0-9]+(?![a-z0-9*?]))*)", pattern):
        if not match[1].endswith("*"):
            yield match[1]
    for match in re.finditer(r"!\(([^()]*)\)", pattern):
        yield from (choice.strip("! ") for choice in match[1].split("|") if "{" not in choice)
