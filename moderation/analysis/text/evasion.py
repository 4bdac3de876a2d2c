"""Find words that are written so that a filter will not know them, and say what they read.

Works on the views of ``views.py``; a place that cannot hold a disguised word costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import ahocorasick_rs

_LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b",
    "9": "g", "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "(": "c", "<": "ck", "#": "h",
    "^": "a", "%": "x",
}  # fmt: skip
_GROUPS = (
    ("|<", "k"), ("|{", "k"), ("|)", "d"), ("|]", "d"), ("|3", "b"), ("|-|", "h"), ("|_|", "u"),
    ("()", "o"), ("[]", "o"), ("\\/\\/", "w"), ("\\/", "v"), ("/\\", "a"), ("][", "i"),
    ("|=", "f"), ("|\\|", "n"), ("|v|", "m"),
)  # fmt: skip
_MIXED = (b"a0", b"0a", b"a1a")
_APART = (
    b"a-a-a",
    b"a;a;a",
    b" a a a",
    b" a  a",
    b"a*a*a",
    b" - a - ",
    b" a- a",
    b"a0a-",
    b"0-a-",
    b"a-0-",
    b" a 0 ",
    b" 0 a ",
    b" ;a; ;a; ",
)
_HIDING = (b"a*", b"*a", b"a--a", b" a---")
_NEEDLES = (
    *((n, "mixed") for n in _MIXED),
    *((n, "apart") for n in _APART),
    *((n, "hiding") for n in _HIDING),
)
_MANNERS = tuple(manner for _, manner in _NEEDLES)
_AUTOMATON = ahocorasick_rs.BytesAhoCorasick([needle for needle, _ in _NEEDLES])
_RUN = re.compile(rb"(?<![a01])[a01](?:[^a01\n]{1,3}[a01](?![a01]))+")
_PIECE = re.compile(r"[^\s.,;:\"'?/=&\-_*“”‘’…—–]+")
_MARK = re.compile(r"[^\W_]|[@$|+(<]|(?<=\W)!(?=\W)")
_SET_APART = re.compile(r"[a-z]([|+])[a-z](?:\1[a-z])+")
_LEADING = re.compile(r"^[#@^%&~?]+")
_READABLE = 8
_LEADERS = 3


@dataclass(frozen=True, slots=True)
class Disguise:
    """A place that may hold a disguised word, and what it may read.

    Args:
        start: offset in the text
        end: offset after the last character
        readings: in lower case letters; with a ``.`` for each hidden letter if *masked*
        masked: letters are hidden rather than written otherwise
        letters: where each letter of a run of single letters stands

    """

    start: int
    end: int
    readings: tuple[str, ...]
    masked: bool = False
    letters: tuple[tuple[int, int], ...] = ()


def disguised(text: str, kinds: bytes) -> Iterator[Disguise]:
    """Yield the places of *text* that may hold a disguised word.

    Args:
        text: already read without look-alike characters
        kinds: its view by kind of character, with a space on both ends

    """
    found = _AUTOMATON.find_matches_as_indexes(kinds, overlapping=True)
    if not found:
        return
    done = {"mixed": 0, "apart": 0, "hiding": 0}
    for key, at, _ in found:
        manner = _MANNERS[key]
        if at < done[manner]:
            continue
        if manner == "apart":
            start, done[manner] = max(0, at - 30), at + 80
            yield from _runs(text, kinds, start, done[manner])
            continue
        start, end = kinds.rfind(b" ", 0, at + 1) + 1, kinds.find(b" ", at + 1)
        done[manner] = end
        if end - start < 60:
            read = _pieces if manner == "mixed" else _masked
            yield from read(text, start - 1, end - 1)


def _pieces(text: str, start: int, end: int) -> Iterator[Disguise]:
    """Yield the parts of one run of characters without space that hold letters and signs."""
    for match in _PIECE.finditer(text, start, end):
        piece = match[0].rstrip("!)>]}").lstrip("[{>)#") if not match[0].isalnum() else match[0]
        if len(piece) > 2 and not piece.isalpha() and not piece.isdigit():
            found = readings(piece)
            if found:
                begin = match.start() + match[0].find(piece)
                yield Disguise(begin, begin + len(piece), found)


@lru_cache(maxsize=4096)
def readings(piece: str) -> tuple[str, ...]:
    """Return what a piece of letters, digits and signs may read."""
    low = piece.lower()
    for signs, letter in _GROUPS:
        if signs in low:
            low = low.replace(signs, letter)
    found: dict[str, None] = {}
    apart = _SET_APART.fullmatch(low)
    if apart:
        found[low.replace(apart[1], "")] = None
    bare = low.strip("0123456789!|+(<#^@$%")
    for each in dict.fromkeys((low, bare, bare.strip("x"))):
        letters = sum(c.isalpha() for c in each)
        if len(each) > 2 and (letters > 1 or (letters and len(each) < 6) or len(set(each)) > 2):
            found.update(dict.fromkeys(_spell(each)))
    return tuple(found)[:_READABLE]


def _spell(word: str) -> Iterator[str]:
    options = [_LEET.get(character, character) for character in word]
    if sum(len(option) > 1 for option in options) > 3:
        return
    for combination in product(*options):
        reading = "".join(combination)
        if reading.isascii() and reading.isalpha():
            yield reading


def _runs(text: str, kinds: bytes, begin: int, finish: int) -> Iterator[Disguise]:
    """Yield runs of single letters with spaces or signs between them."""
    for match in _RUN.finditer(kinds, begin, finish):
        start, end = match.start() - 1, match.end() - 1
        marks = [m.span() for m in _MARK.finditer(text, max(start, 0), end)]
        if len(marks) > 2:
            for part in _parts(marks):
                yield from _read_run(text, part)


def _parts(marks: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Split a run of single letters where the gap between them grows."""
    gaps = [right[0] - left[0] for left, right in pairwise(marks)]
    least = sorted(gaps)[len(gaps) // 2]
    part = [marks[0]]
    for gap, mark in zip(gaps, marks[1:], strict=True):
        if gap > least:
            yield part
            part = []
        part.append(mark)
    yield part


def _read_run(text: str, marks: list[tuple[int, int]]) -> Iterator[Disguise]:
    """Read a run whole, and without a first ``a`` or ``I`` that is a word of its own."""
    for _ in range(_LEADERS):
        if len(marks) < 3:
            return
        found = readings("".join(text[start:end] for start, end in marks))
        if found:
            yield Disguise(marks[0][0], marks[-1][1], found, letters=tuple(marks))
        if text[marks[0][0]] not in "aAiIxX" or not text[marks[0][1] : marks[1][0]].isspace():
            return
        marks = marks[1:]


def _masked(text: str, start: int, end: int) -> Iterator[Disguise]:
    """Yield a word in which signs hide letters."""
    token = text[start:end]
    lead = _LEADING.match(token)
    skipped = lead.end() if lead else 0
    bare = token[skipped:].lstrip("\"'“‘(").rstrip("\"'”’).,;:!?…")
    skipped += token[skipped:].find(bare)
    hidden = "".join(c if c.isalpha() and c.isascii() else "." for c in bare.lower())
    if "." in hidden and len(hidden) > 2 and hidden.count(".") < len(hidden) and len(hidden) < 16:
        yield Disguise(start + skipped, start + skipped + len(bare), (hidden,), masked=True)
