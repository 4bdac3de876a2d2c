"""A filter of a roll that holds no name: for machines that must not hold the roll.

It keeps HMAC-SHA256 digests, cut to eight bytes, of every way a name is likely written, of what
these become when one letter is left out, and of what they look like. Who has the filter without
its random key can neither read a name in it nor try one. It tells that a pupil is named, not whom,
and knows less than the roll: no initials, no titles, no two slips in one name.
"""

import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from moderation.analysis.folding import fold
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.runs import Tier
from moderation.analysis.names.tokens import COMMENT, JOINED, STOPPED, blank, gap_sign, pieces
from moderation.analysis.names.variants import (
    deletions,
    forename_keys,
    is_a_word,
    is_everyday,
    related_forenames,
    shape,
    surname_keys,
)
from moderation.model import IntegrityError, UsageError
from moderation.registers import Pupil, Roll

_MAGIC, _VERSION = b"SGRF", 1
_KEY, _DIGEST = 32, 8
_CHECK = b"check"
_EXACT, _SLIP, _SHAPE = b"e", b"s", b"o"
_BETWEEN = frozenset(" n-,'.&q")
_FURTHEST, _MOST_PARTS = 5, 4
_SHORTEST, _SHORTEST_SLIP, _SHORTEST_ALONE, _LONGEST = 5, 7, 6, 60
_WORD = re.compile(
    r"(?<![^\W_])[^\W\d_](?:([ .-])[^\W\d_](?![^\W_]))(?:\1[^\W\d_](?![^\W_]))+"
    r"|[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+"
)
"""A word, or letters that are set apart by one and the same sign."""
_CAMEL_DIGIT = re.compile(r"[0-9][A-Z]")
_LETTERS = re.compile(r"[ .-]")
_Cut = Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
_LIKELY, _FEW, _FEW_TO_SLIP = 0.01, 0.02, 0.5


@dataclass(frozen=True, slots=True)
class Trace:
    """``text[start:end]`` is the name of some pupil."""

    start: int
    end: int
    tier: Tier = Tier.FULL


@dataclass(frozen=True, slots=True)
class RollFilter:
    """The digests of a roll, and the key they were made with."""

    digests: frozenset[bytes] = field(repr=False)
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, roll: Roll, key: bytes) -> "RollFilter":
        """Make the filter of *roll*.

        Args:
            roll: the pupils
            key: 32 random bytes, see :func:`new_filter_key`; keep it apart from the filter

        Raises:
            UsageError: the key is too short

        """
        if len(key) < _KEY:
            raise UsageError(f"the key of a roll filter must have {_KEY} bytes; make a new one")
        index = RollIndex(roll)
        forms = {form for pupil in roll.pupils for form in _forms(pupil, index)}
        return cls(frozenset(_digest(key, form) for form in forms), key)

    def to_bytes(self) -> bytes:
        """Write the filter, without its key, in an order that tells nothing."""
        head = _MAGIC + bytes([_VERSION]) + _digest(self.key, _CHECK)
        count = len(self.digests).to_bytes(4, "big")
        return head + count + b"".join(sorted(self.digests))

    @classmethod
    def from_bytes(cls, data: bytes, key: bytes) -> "RollFilter":
        """Read what :meth:`to_bytes` wrote.

        Raises:
            IntegrityError: not a filter, of a newer version, cut short, or of another key

        """
        start = len(_MAGIC) + 1 + _DIGEST + 4
        if data[: len(_MAGIC)] != _MAGIC:
            raise IntegrityError("the roll filter: is no roll filter; make it anew from the roll")
        if data[len(_MAGIC)] != _VERSION if len(data) > len(_MAGIC) else False:
            raise IntegrityError("the roll filter: was written by another version; make it anew")
        count = int.from_bytes(data[start - 4 : start], "big")
        if len(data) < start or len(data) != start + count * _DIGEST:
            raise IntegrityError("the roll filter: is cut short or damaged; copy it anew")
        check = data[len(_MAGIC) + 1 : start - 4]
        if not hmac.compare_digest(check, _digest(key, _CHECK)):
            raise IntegrityError(
                "the roll filter: belongs to another key; use the one made with it"
            )
        body = data[start:]
        parts = (body[at : at + _DIGEST] for at in range(0, len(body), _DIGEST))
        return cls(frozenset(parts), key)

    def find(self, text: str) -> Iterator[Trace]:
        """Yield where names of the roll stand in *text*, in order, not overlapping."""
        folded = fold(text)
        found = set(self._read(folded.text))
        if "<!--" in folded.text:  # a comment may part a name, and hold one
            found.update(self._read(COMMENT.sub(blank, folded.text)))
        last = 0
        for start, end in sorted(found):
            if start >= last:
                last = end
                yield Trace(*folded.source(start, end))

    def _read(self, text: str) -> Iterator[tuple[int, int]]:
        words = _words(text)
        at = 0
        while at < len(words):
            last = self._longest(words, at)
            if last:
                yield words[at].start, words[last - 1].end
            at = last or at + 1

    def _longest(self, words: list["_Word"], at: int) -> int:
        """Return the word after the name that begins with word *at*, or nought."""
        first = words[at]
        if first.alone and len(first.key) >= _SHORTEST_ALONE and self._knows(first.key):
            return at + 1
        best = 0
        joined = first.key
        for last in range(at + 1, min(at + _FURTHEST, len(words))):
            before, word = words[last - 1], words[last]
            if before.gap not in _BETWEEN and not (before.gap == STOPPED and len(before.key) == 1):
                break
            joined += word.key
            near = last - at < _MOST_PARTS and _may_be(first, word)
            if near and self._knows(joined, slips=first.capital and word.capital):
                best = last + 1
            elif not best and last - at > 1 and _may_be_parted(words, at, last):
                best = last + 1 if self._knows(first.key + word.key) else 0
        return best

    def _knows(self, joined: str, *, slips: bool = False) -> bool:
        if not _SHORTEST <= len(joined) <= _LONGEST:
            return False
        key, digests = self.key, self.digests
        if _digest(key, _EXACT + joined.encode()) in digests:
            return True
        if not slips or len(joined) < _SHORTEST_SLIP:
            return False
        if _digest(key, _SHAPE + shape(joined).encode()) in digests:
            return True
        return any(_digest(key, _SLIP + form.encode()) in digests for form in deletions(joined))


def new_filter_key() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(_KEY)


def _digest(key: bytes, form: bytes) -> bytes:
    return hmac.digest(key, form, "sha256")[:_DIGEST]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text, with the sign of what stands after it."""

    key: str
    start: int
    end: int
    capital: bool
    gap: str
    alone: bool


def _may_be(first: _Word, last: _Word) -> bool:
    """Say whether two words can be a name by the way they are written."""
    if first.capital and last.capital:
        return True
    if first.capital or last.capital:
        return not (is_a_word(first.key) or is_a_word(last.key))
    if not (is_a_word(first.key) and is_a_word(last.key)):
        return True
    return not (is_everyday(first.key) or is_everyday(last.key))


def _may_be_parted(words: list[_Word], first: int, last: int) -> bool:
    """Say whether further forenames, or brothers and sisters, stand between two words."""
    between = all(word.capital or word.key == "and" for word in words[first + 1 : last])
    return between and words[first].capital and words[last].capital


def _words(text: str) -> list[_Word]:
    """Cut a text into words: those in camel case into their parts, spaced letters joined."""
    found: list[_Word] = []
    for match in _WORD.finditer(text):
        if found:
            found[-1] = replace(found[-1], gap=gap_sign(text[found[-1].end : match.start()]))
        part = match[0]
        cut = [(_LETTERS.sub("", part), 0)] if match[1] else _cut(part)
        for piece, start in cut:
            begin = match.start() + start
            end = match.end() if match[1] else begin + len(piece)
            capital = piece[0].isupper() or not piece.isascii()
            found.append(_Word(piece.casefold(), begin, end, capital, JOINED, len(cut) == 1))
    return found


def _cut(part: str) -> list[tuple[str, int]]:
    """Cut a word in camel case; digits at its ends go, those within are letters misread."""
    bare = part.strip("0123456789")
    if not bare.isalpha() and not _CAMEL_DIGIT.search(bare):
        return [(part, 0)]
    return [(piece, at) for piece, at in pieces(part) if not piece.isdigit()]


def _forms(pupil: Pupil, index: RollIndex) -> Iterator[bytes]:
    """Yield what is digested of one pupil."""
    surnames, halves = _keys(surname_keys, pupil.surname, pupil.preferred_surname)
    forenames, firsts = _keys(forename_keys, pupil.forename, pupil.preferred)
    for surname in (*surnames, *halves):
        named = [*forenames, *firsts]
        for forename in forenames:
            related = related_forenames(forename).items()
            named += [n for n, w in related if w >= _LIKELY and index.chance(n, surname) < _FEW]
        for forename in dict.fromkeys(named):
            slips = forename in forenames and index.chance(forename, surname) < _FEW_TO_SLIP
            for name in (forename + surname, surname + forename):
                yield from _written(name, slips=slips)


def _keys(cut: _Cut, registered: str, preferred: str) -> tuple[list[str], list[str]]:
    whole: list[str] = []
    loose: list[str] = []
    for name in (registered, preferred):
        if name:
            more, parts = cut(name)
            whole += more
            loose += parts
    return whole, loose


def _written(name: str, *, slips: bool) -> Iterable[bytes]:
    yield _EXACT + name.encode()
    if slips and len(name) >= _SHORTEST_SLIP:
        yield _SHAPE + shape(name).encode()
        for form in deletions(name):
            yield _SLIP + form.encode()
