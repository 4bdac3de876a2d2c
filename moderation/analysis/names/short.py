"""Names of which one half is an initial or a title: ``J. Smith``, ``Jack S.``, ``Miss Khan``."""

from collections.abc import Iterator, Mapping

from moderation.analysis.names import tokens as sign
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.runs import CAPITALS, Run, Step, Tier
from moderation.analysis.names.tokens import Token
from moderation.analysis.names.variants import is_everyday, key_of

_GOES_ON = frozenset(" ;'")
_AFTER_INITIAL, _IN_HANDLE = frozenset(" ;.-n"), frozenset(".-")
_BEFORE_INITIAL = frozenset(" .,-n")
_MOST_ALIKE, _MOST_TITLED = 24, 60
"""More pupils than these, and nobody can tell who is meant."""


class ShortForms:
    """Find short forms of the names of a roll."""

    def __init__(self, index: RollIndex) -> None:
        self._index = index

    def titled(self, run: Run, at: int) -> Step:
        """Find a surname after a title; a forename after it begins a full name."""
        if run.gap(at) not in (sign.BLANK, sign.STOPPED, sign.LINE) or at + 1 >= len(run.words):
            return None, at
        for count, surname in reversed(run.joins(at + 1)):
            after = at + 1 + count
            goes_on = run.gap(after - 1) == sign.BLANK and after < len(run.words)
            if goes_on and run.words[after].sign in CAPITALS:
                continue
            whose = set(self._index.by_surname.get(surname.surname, ()))
            if surname.capital and 0 < len(whose) <= _MOST_TITLED:
                return run.found(at, after, tuple(sorted(whose)), tier=Tier.TITLE), after
        return None, at

    def initial_first(self, run: Run, at: int) -> Step:
        """Find a surname after the initial that is word *at*: ``J. Smith``, ``J.A. Smith``."""
        first = run.words[at]
        before = run.gap(at - 1)
        if before == sign.APOSTROPHE or (
            before == sign.BLANK and run.words[at - 1].sign in CAPITALS
        ):
            return None, at  # the middle initial of somebody else
        for last in self._after_initials(run, at):
            for count, surname in reversed(run.joins(last)):
                if surname.surname < 0 or surname.capital != first.capital:
                    continue
                if surname.is_word and first.key in "ai" and run.gap(last - 1) == sign.BLANK:
                    continue
                whose = self._initialled(self._index.by_surname, surname.surname, first.key)
                if whose:
                    return run.found(at, last + count, whose, tier=Tier.INITIAL), last + count
        return None, at

    def _after_initials(self, run: Run, at: int) -> Iterator[int]:
        """Yield where a surname may begin after the initial that is word *at*, and others."""
        first = run.words[at]
        for last in range(at + 1, min(at + 4, len(run.words))):
            gap = run.gap(last - 1)
            if gap in (_AFTER_INITIAL if first.capital else _IN_HANDLE) and (
                first.capital or run.tight(last - 1)
            ):
                yield last
            if run.words[last].sign != first.sign:
                return

    def initial_last(self, run: Run, at: int) -> Step:
        """Find a name that begins with word *at* and an initial: ``Jack S.``, ``Smith, J.``."""
        for count, name in run.joins(at):
            last = at + count
            if last >= len(run.words) or not self._ends(run, last, name):
                continue
            letter, index = run.words[last].key, self._index
            whose: tuple[int, ...] = ()
            if name.forename >= 0:
                whose = self._initialled(index.by_forename, name.forename, letter, surname=True)
            a_word = is_everyday(name.key) and run.gap(last - 1) == sign.BLANK
            if not whose and name.surname >= 0 and not a_word:
                whose = self._initialled(index.by_surname, name.surname, letter)
            if whose:
                return run.found(at, last + 1, whose, tier=Tier.INITIAL), last + 1
        return None, at

    def _ends(self, run: Run, at: int, name: Token) -> bool:
        """Say whether word *at* is an initial that ends a name."""
        word = run.words[at]
        gap = run.gap(at - 1)
        if word.sign != sign.INITIAL or not name.capital or gap not in _BEFORE_INITIAL:
            return False
        after = run.gap(at) if at + 1 < len(run.words) else run.after
        if gap == sign.BLANK and after == sign.BLANK and self._may_go_on(word, name):
            return False
        if at + 1 >= len(run.words) or run.gap(at) not in _GOES_ON:
            return after != sign.APOSTROPHE
        following = run.words[at + 1]
        if run.gap(at) == sign.STOPPED:
            return following.surname < 0 or not following.capital
        return following.sign not in CAPITALS

    def _may_go_on(self, word: Token, name: Token) -> bool:
        """Say whether an initial may be a word, or begin one: I went; O Neill; Grace, a friend."""
        return word.key in "io" or (word.key == "a" and name.is_word)

    def _initialled(
        self, groups: Mapping[int, list[int]], number: int, letter: str, *, surname: bool = False
    ) -> tuple[int, ...]:
        """Return the pupils of a group whose other half begins with *letter*, if they are few."""
        found: list[int] = []
        for pupil in groups.get(number, ()):
            who = self._index.pupils[pupil]
            names = (
                (who.surname, who.preferred_surname) if surname else (who.forename, who.preferred)
            )
            if pupil not in found and any(key_of(name)[:1] == letter for name in names):
                found.append(pupil)
                if len(found) > _MOST_ALIKE:
                    return ()
        return tuple(found)
