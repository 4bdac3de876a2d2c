"""A filter of a roll that holds no name: for machines that must not hold the roll.

It keeps HMAC-SHA256 digests, cut to eight bytes, of every way a name is likely written, of what
these become when one letter is left out, and of what they look like. Who has the filter without
its random key can neither read a name in it nor try one. It tells that a pupil is named, not whom,
and knows less than the roll: no two slips in one name, no forename alone, no initial in lower case.
"""

import hmac
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from moderation.analysis.folding import fold, unwrapped
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.keyed_words import Word, may_be, may_be_parted, words_of
from moderation.analysis.names.runs import Tier
from moderation.analysis.names.tokens import (
    BLANK,
    COMMENT,
    STOPPED,
    TITLES,
    blank,
    saints_joined,
)
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
_EXACT, _SLIP, _SHAPE, _INITIAL, _TITLED = b"e", b"s", b"o", b"i", b"t"
_BETWEEN, _WITHIN = frozenset(" n-,'.&q"), frozenset(" -'")
_FURTHEST, _MOST_PARTS = 5, 4
_SHORTEST, _SHORTEST_SLIP, _SHORTEST_ALONE, _LONGEST = 5, 7, 6, 60
_SHORTEST_ELSEWHERE = 2
_MOST_SHORT = 4
_BESIDE_INITIAL, _AFTER_NAME, _AFTER_TITLE = (
    frozenset(" ;.-n"),
    frozenset(" .,-n"),
    frozenset(" ;n"),
)
_Cut = Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
_MOST_ALIKE = 24
"""More pupils than these, and nobody can tell who is meant."""
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
        short = Counter(form for pupil in roll.pupils for form in _short_forms(pupil))
        forms.update(form for form, count in short.items() if count <= _MOST_ALIKE)
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
        found = set(self._read(saints_joined(folded.text)))
        if "<!--" in folded.text:  # a comment may part a name, and hold one
            found.update(self._read(COMMENT.sub(blank, folded.text)))
        joined = unwrapped(folded.text)
        if joined.units:
            again = self._read(saints_joined(joined.text))
            found.update((*joined.source(start, end), tier) for start, end, tier in again)
        last = 0
        for start, end, tier in sorted(found, key=lambda each: (each[0], -each[1])):
            if start >= last:
                last = end
                yield Trace(*folded.source(start, end), tier)

    def _read(self, text: str) -> Iterator[tuple[int, int, Tier]]:
        words = words_of(text)
        at = 0
        while at < len(words):
            last, tier = self._longest(words, at), Tier.FULL
            if not last:
                last, tier = self._short(words, at)
            if last:
                yield words[at].start, words[last - 1].end, tier
            at = last or at + 1

    def _short(self, words: list[Word], at: int) -> tuple[int, Tier]:
        """Return the word after the short form that begins with word *at*, or nought."""
        first = words[at]
        if not first.capital:
            return 0, Tier.FULL
        if first.key in TITLES:
            return self._beside(words, at, _TITLED, _AFTER_TITLE), Tier.TITLE
        if len(first.key) > 1:
            return self._initial_last(words, at), Tier.INITIAL
        before = words[at - 1] if at else None
        if before and (before.gap == "'" or (before.gap == BLANK and before.capital)):
            return 0, Tier.INITIAL  # the middle initial of somebody else
        return self._beside(words, at, _INITIAL + first.key.encode(), _BESIDE_INITIAL), Tier.INITIAL

    def _beside(self, words: list[Word], at: int, form: bytes, gaps: frozenset[str]) -> int:
        """Return the word after the surname that follows word *at*, or nought."""
        name = ""
        for last in range(at + 1, min(at + _MOST_SHORT, len(words))):
            word, gap = words[last], words[last - 1].gap
            if gap not in (gaps if last == at + 1 else _WITHIN):
                return 0
            name += word.key
            usual = words[at].key in "ai" and gap == BLANK and is_a_word(name)
            ends = not (word.gap == BLANK and last + 1 < len(words) and words[last + 1].capital)
            if word.capital and not usual and (ends or form != _TITLED) and self._has(form, name):
                return last + 1
        return 0

    def _initial_last(self, words: list[Word], at: int) -> int:
        """Return the word after the initial that ends a name begun by word *at*, or nought."""
        name = ""
        for last in range(at + 1, min(at + _MOST_SHORT, len(words))):
            before, word = words[last - 1], words[last]
            name += before.key
            if before.gap not in _AFTER_NAME:
                return 0
            if len(word.key) == 1 and word.capital and before.capital:
                usual = before.gap == BLANK and (is_everyday(name) or word.key in "aio")
                goes_on = last + 1 < len(words) and words[last + 1].capital
                ends = word.gap != "'" and not (goes_on and word.gap in " ;'")
                return (
                    last + 1
                    if ends and not usual and self._has(_INITIAL + word.key.encode(), name)
                    else 0
                )
            if before.gap not in _WITHIN:
                return 0
        return 0

    def _has(self, form: bytes, name: str) -> bool:
        return len(name) > 1 and _digest(self.key, form + b" " + name.encode()) in self.digests

    def _longest(self, words: list[Word], at: int) -> int:
        """Return the word after the name that begins with word *at*, or nought."""
        first = words[at]
        least = _SHORTEST_ALONE if first.key.isascii() else _SHORTEST_ELSEWHERE
        if first.alone and len(first.key) >= least and self._knows(first.key):
            return at + 1
        best = 0
        joined = first.key
        for last in range(at + 1, min(at + _FURTHEST, len(words))):
            before, word = words[last - 1], words[last]
            if before.gap not in _BETWEEN and not (before.gap == STOPPED and len(before.key) == 1):
                break
            joined += word.key
            near = last - at < _MOST_PARTS and may_be(first, word)
            if near and self._knows(joined, slips=first.capital and word.capital):
                best = last + 1
            elif not best and last - at > 1 and may_be_parted(words, at, last):
                best = last + 1 if self._knows(first.key + word.key) else 0
        return best

    def _knows(self, joined: str, *, slips: bool = False) -> bool:
        least = _SHORTEST if joined.isascii() else _SHORTEST_ELSEWHERE
        if not least <= len(joined) <= _LONGEST:
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


def _short_forms(pupil: Pupil) -> set[bytes]:
    """Return the surname with a title or an initial, and the forename with an initial."""
    surnames, halves = _keys(surname_keys, pupil.surname, pupil.preferred_surname)
    forenames, _ = _keys(forename_keys, pupil.forename, pupil.preferred)
    found: set[bytes] = set()
    for names, others in (((*surnames, *halves), forenames), (forenames, surnames)):
        found.update(
            _INITIAL + other[:1].encode() + b" " + name.encode()
            for name in names
            for other in others
            if other[:1].isascii()
        )
    found.update(_TITLED + b" " + name.encode() for name in (*surnames, *halves))
    return found


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
