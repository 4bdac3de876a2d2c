"""The words of a folded text, as the digests of a roll read them."""

import re
from dataclasses import dataclass, replace

from moderation.analysis.names.tokens import JOINED, gap_sign, pieces
from moderation.analysis.names.variants import is_a_word, is_everyday

_WORD = re.compile(
    r"(?<![^\W_])[^\W\d_](?:([ .-])[^\W\d_](?![^\W_]))(?:\1[^\W\d_](?![^\W_]))+"
    r"|[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+"
)
"""A word, or letters that are set apart by one and the same sign."""
_CAMEL_DIGIT = re.compile(r"[0-9][A-Z]")
_LETTERS = re.compile(r"[ .-]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, with the sign of what stands after it."""

    key: str
    start: int
    end: int
    capital: bool
    gap: str
    alone: bool


def may_be(first: Word, last: Word) -> bool:
    """Say whether two words can be a name by the way they are written."""
    if first.capital and last.capital:
        return True
    if first.capital or last.capital:
        return not (is_a_word(first.key) or is_a_word(last.key))
    if not (is_a_word(first.key) and is_a_word(last.key)):
        return True
    return not (is_everyday(first.key) or is_everyday(last.key))


def may_be_parted(words: list[Word], first: int, last: int) -> bool:
    """Say whether further forenames, or brothers and sisters, stand between two words."""
    between = all(word.capital or word.key == "and" for word in words[first + 1 : last])
    return between and words[first].capital and words[last].capital


def words_of(text: str) -> list[Word]:
    """Cut a text into words: those in camel case into their parts, spaced letters joined."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if found:
            found[-1] = replace(found[-1], gap=gap_sign(text[found[-1].end : match.start()]))
        part = match[0]
        cut = [(_LETTERS.sub("", part), 0)] if match[1] else _cut(part)
        for piece, start in cut:
            begin = match.start() + start
            end = match.end() if match[1] else begin + len(piece)
            capital = piece[0].isupper() or not piece.isascii()
            found.append(Word(piece.casefold(), begin, end, capital, JOINED, len(cut) == 1))
    return found


def _cut(part: str) -> list[tuple[str, int]]:
    """Cut a word in camel case; digits at its ends go, those within are letters misread."""
    bare = part.strip("0123456789")
    if not bare.isascii():
        return [(bare, part.index(bare))]
    if not bare.isalpha() and not _CAMEL_DIGIT.search(bare):
        return [(part, 0)]
    return [(piece, at) for piece, at in pieces(part) if not piece.isdigit()]
