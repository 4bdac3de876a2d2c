"""Text cut into words, and words into sentences, every word knowing its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LONGEST = 90
_WRAPPED = 40

TOKEN = re.compile(
    r"""
    (?:https?://|www\.)\S+                                     # an address
    | (?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+                     # an e-mail address
    | [@#][ ]?\w+                                              # a handle, a hashtag
    | (?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Revd|Fr|Sgt|Lt|Gen|Col|Capt|Jr|Sr|Mx|Cllr|Messrs|Sen|Gov|Rep)\.
    | [^\W\d_]\.(?=[^\W\d_]|[ ]?[A-Z])                         # an initial: J. K.
    | ['’](?:s|S|d|ll|re|ve|m|t)\b                             # a genitive or a short verb
    | [^\W\d_]+(?:(?:['’](?!(?:s|S|d|ll|re|ve|m)\b)|[-‐‑])[^\W\d_]+)*
    | \d+[A-Za-z]{1,2}\b                                        # a class: 4B
    | \d+(?:[.,:/-]\d+)*
    | \.{2,}
    | [^\w\s]
    | \w+
    """,
    re.VERBOSE,
)
_END = frozenset({".", "!", "?", "…", "..", "..."})
_CLOSING = frozenset("\"'”’)]*")


class Token(NamedTuple):
    """A word, a number or a sign: what is written, and where."""

    text: str
    start: int
    end: int


def sentences(text: str) -> Iterator[list[Token]]:
    """Yield the words of each sentence, in order.

    A line ends a sentence, unless it was only wrapped. No sentence is longer than 90 words.
    """
    held: list[Token] = []
    for start, end in _stretches(text):
        for token in TOKEN.finditer(text, start, end):
            held.append(Token(token[0], token.start(), token.end()))
            if (len(held) > 1 and _ends(held, text, end)) or len(held) == _LONGEST:
                yield held
                held = []
        if held:
            yield held
            held = []


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of *text*, those that were only wrapped put together."""
    start = at = 0
    while at < len(text):
        line = text.find("\n", at)
        line = len(text) if line < 0 else line
        if line + 1 < len(text) and line > at and _reads_on(text, at, line):
            at = line + 1
            continue
        if line > start:
            yield start, line
        start = at = line + 1
    if start < len(text) and start < at:
        yield start, len(text)


def _reads_on(text: str, at: int, line: int) -> bool:
    """Say whether the line ``text[at:line]`` was only wrapped, and reads on in the next.

    Blocks of a page, cells and names of files are kept apart by the same sign: the line must be
    long and end in the middle of a sentence, and the next must be more than one word.
    """
    last = text[at:line].rstrip()[-1:]
    if line - at < _WRAPPED or not (last.islower() or last in ",;"):
        return False
    end = text.find("\n", line + 1)
    return " " in text[line + 1 : len(text) if end < 0 else end].strip()


def _ends(held: list[Token], text: str, end: int) -> bool:
    """Say whether a sentence ends after the last word of *held*."""
    last = held[-1]
    if last.text in _CLOSING:
        if held[-2].text not in _END:
            return False
    elif last.text not in _END:
        return False
    following = text[last.end : last.end + 2]
    return (len(following) > 1 and following[0].isspace() and not following[1].islower()) or (
        last.end >= end
    )
