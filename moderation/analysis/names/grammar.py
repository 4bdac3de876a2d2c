"""The ways in which the words of a full name follow one another."""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.names import tokens as sign
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.pairs import Pair, Pairs
from moderation.analysis.names.runs import CAPITALS, NAMES, Found, Run, Step
from moderation.analysis.names.short import ShortForms
from moderation.analysis.names.tokens import Token

_BETWEEN = frozenset(" n-,'.&q")
_LISTS = frozenset(",&")
_MIDDLE = frozenset("IABFPaJ")
_MOST_MIDDLE, _MOST_SIBLINGS = 2, 4
_FEW, _FEW_JOINED = 5.0, 1.0


class Grammar:
    """Find names in runs of words."""

    def __init__(self, index: RollIndex) -> None:
        self._index = index
        self._pairs = Pairs(index)
        self._short = ShortForms(index)
        self._long = index.is_long

    def read(self, run: Run) -> Iterator[Found]:
        """Yield the names in *run*, from left to right."""
        at = 0
        while at < len(run.words):
            found, after = self._at(run, at)
            if found:
                yield found
            at = max(after, at + 1)

    def _at(self, run: Run, at: int) -> Step:
        """Return the best name that begins with word *at*, and where to go on."""
        kind = run.words[at].sign
        if kind == sign.TITLE:
            return self._short.titled(run, at)
        best: Step = (None, at)
        for found, after in self._full(run, at):
            if best[0] is None or self._rank(run, found, after) > self._rank(run, *best):
                best = found, after
        if best[0] is None:
            best = self._with_middle(run, at)
        if best[0]:
            return self._to_its_end(run, best[0], best[1])
        if kind in (sign.INITIAL, sign.LOW_INITIAL):
            return self._short.initial_first(run, at)
        if kind not in NAMES:
            return best
        found_sibling = self._sibling(run, at)
        return (found_sibling, at + 1) if found_sibling else self._short.initial_last(run, at)

    def _to_its_end(self, run: Run, found: Found, after: int) -> Step:
        """Add the other half of a double surname, behind a hyphen."""
        if run.gap(after - 1) != sign.JOINED or not run.tight(after - 1):
            return found, after
        whose = self._index.by_surname.get(run.words[after].surname, ())
        if set(found.pupils).isdisjoint(whose):
            return found, after
        end = run.places[after][1] - run.words[after].trail
        return replace(found, end=end), after + 1

    def _rank(self, run: Run, found: Found | None, after: int) -> tuple[bool, int]:
        """Prefer what is written as registered, unless a hyphen says that the name goes on."""
        return found is not None and found.exact and run.gap(after - 1) != sign.JOINED, after

    def _full(self, run: Run, at: int) -> Iterator[tuple[Found, int]]:
        if self._long and run.gap(at - 1) == sign.JOINED and run.words[at - 1].capital:
            return  # the second half of somebody's forename
        for count, one in run.joins(at):
            after = at + count
            gap = run.gap(after - 1)
            if gap not in _BETWEEN:
                continue
            for more, other in run.joins(after):
                for pair in self._both_ways(run, at, after + more, (one, other), gap):
                    found = run.found(at, after + more, pair.pupils, exact=pair.exact)
                    yield found, after + more

    def _both_ways(
        self, run: Run, at: int, end: int, halves: tuple[Token, Token], gap: str
    ) -> Iterator[Pair]:
        """Yield whose name two halves are, the forename first, then the surname first."""
        one, other = halves
        goes_on = self._goes_on(run, end)
        if self._long and gap == sign.JOINED and goes_on:
            return
        listed = gap in _LISTS and self._listed(run, at, end)
        pair = None if listed else self._pairs.look_up(one, other, gap)
        if pair:
            yield pair
        if one.forename >= 0 and goes_on:
            return
        pair = self._pairs.look_up(other, one, gap, turned=True)
        if pair and not (listed and (gap == sign.AMPERSAND or not pair.exact)):
            yield pair

    def _goes_on(self, run: Run, last: int) -> bool:
        """Say whether a further half of the name seems to follow."""
        return run.gap(last - 1) == sign.BLANK and run.words[last].sign in CAPITALS

    def _listed(self, run: Run, first: int, last: int) -> bool:
        """Say whether a comma in words *first* to before *last* parts the names of a list."""
        if run.gap(first - 1) in _LISTS or run.gap(last - 1) in _LISTS:
            return True
        return last < len(run.words) and (
            run.words[last].sign == sign.AND
            or (run.gap(last - 1) == sign.BLANK and run.words[last].sign in CAPITALS)
        )

    def _with_middle(self, run: Run, at: int) -> Step:
        """Find a forename and a surname with further forenames between them."""
        for count, first in run.joins(at):
            after = at + count
            like = first.forename >= 0 or first.sign == sign.LIKE_A_NAME
            if not like and run.gap(after - 1) != sign.JOINED:
                continue
            for last in range(after + 1, min(after + _MOST_MIDDLE, len(run.words) - 1) + 1):
                if not self._middle(run, last - 1, first) or run.gap(last - 1) == sign.COMMA:
                    break
                for more, surname in reversed(run.joins(last)):
                    pair = self._parted(run, first, surname, after)
                    if pair:
                        return run.found(
                            at, last + more, pair.pupils, exact=pair.exact
                        ), last + more
        return None, at

    def _parted(self, run: Run, first: Token, surname: Token, after: int) -> Pair | None:
        if surname.capital != first.capital:
            return None
        joined = run.gap(after - 1) == sign.JOINED
        if (joined and self._long) if surname.surname >= 0 else not joined:
            return None
        if self._index.chance(first.key, surname.key) > (_FEW_JOINED if joined else _FEW):
            return None  # somebody else, who has that further forename
        return self._pairs.look_up(first, surname, sign.JOINED)

    def _middle(self, run: Run, at: int, first: Token) -> bool:
        """Say whether word *at* may be a further forename, an initial or a pet name in quotes."""
        word = run.words[at]
        if word.sign not in _MIDDLE or run.gap(at - 1) in (sign.COMMA, sign.AMPERSAND):
            return False
        if word.capital != first.capital:
            return False
        if word.sign == sign.INITIAL or sign.QUOTED in (run.gap(at), run.gap(at - 1)):
            return True
        if word.forename >= 0 or not word.is_word:
            return True
        return not self._long

    def _sibling(self, run: Run, at: int) -> Found | None:
        """Find the surname that word *at* shares with the last of the forenames after it."""
        for count, first in run.joins(at):
            for last in self._brothers(run, at + count - 1, first):
                for _, surname in reversed(run.joins(last + 1)):
                    if surname.surname < 0 or first.capital != surname.capital:
                        continue
                    pair = self._pairs.look_up(first, surname, sign.JOINED)
                    if pair:
                        return run.found(at, at + count, pair.pupils, exact=pair.exact)
        return None

    def _brothers(self, run: Run, at: int, first: Token) -> Iterator[int]:
        """Yield the words that share their surname with the forename that ends with word *at*."""
        for _ in range(_MOST_SIBLINGS if first.forename >= 0 else 0):
            at = self._and(run, at)
            if not at or run.words[at].sign not in NAMES:
                return
            if run.words[at].capital != first.capital:
                return
            if run.gap(at) in (sign.BLANK, sign.LINE):
                yield at

    def _and(self, run: Run, at: int) -> int:
        """Return the word that follows word *at* in a list of forenames, or nought."""
        if run.gap(at) in (sign.COMMA, sign.AMPERSAND) and at + 1 < len(run.words):
            following = at + 1
            return following + (run.words[following].sign == sign.AND)
        if at + 2 < len(run.words) and run.words[at + 1].sign == sign.AND:
            return at + 2
        return 0
