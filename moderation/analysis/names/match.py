"""Read a text for the names of a roll."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from moderation.analysis.folding import DIGITS, fold, unwrapped
from moderation.analysis.names import tokens as sign
from moderation.analysis.names.grammar import Grammar
from moderation.analysis.names.index import RollIndex
from moderation.analysis.names.runs import Found, Run, Tier
from moderation.analysis.names.tokens import (
    COMMENT,
    SPLIT,
    Signs,
    Token,
    Tokens,
    blank,
    pieces,
    saints_joined,
)
from moderation.analysis.names.variants import is_a_word, related_forenames

_RUN = re.compile(r"[ABabpFITCPiJ](?:(?:[ n\-,'.&q]|(?<=[IiT]);)[ABabpFITCPiJ])+")
_TELLING = (
    r"[ABFJ].[ABFJ]|[ap].[abp]|b.[ap]|[ABabFJ][^ n][ABabFJ]|[Ii].[ABabJ]|[ABabJ].[Ii]|T.[ABFJp]"
    r"|p.[ABFJ]|[ABFJ].p|[ABFJ].[ABFIJ@].(?:[ABFIJ@].)?[ABFJ]|[ABFJap].C.[ABFJPa].[ABFJap]"
)
"""What makes a run of words worth reading; on a short roll (@) also capitals that are unknown."""
_TELLING_LONG = re.compile(_TELLING.replace("@", ""))
_TELLING_SHORT = re.compile(_TELLING.replace("@", "P") + r"|P.[ABF]|[ABF].P|b.b")
_SEVERAL = re.compile(sign.SEVERAL)
_SPACED = re.compile(r"[Ii](?:[ n\-.'q][Ii]){3,}")
# A forename that is no word of English, or stands quite alone, with no capital beside it.
_FORENAME = re.compile(
    r"(?<![ABFPJTI][ \-'])[AF](?![ \-'][ABFPJ])|(?<![ABFPJTIo] )(?<=[nx,\-])B(?=[nx,&\-])"
)
_AROUND = frozenset(" n-,'.&q")
_BEFORE_HANDLE, _AFTER_HANDLE = frozenset("@#/_-="), frozenset("._-@&")
_SEVERAL_PIECES, _LONGEST = 2, 80
_SHORTEST_JOINED, _SHORTEST_HANDLE, _SHORTEST_TITLED = 8, 6, 11
_SHORTEST_DISGUISED = 5


class Matcher:
    """Match texts against one roll."""

    def __init__(self, index: RollIndex) -> None:
        self._index = index
        self._tokens = Tokens(index)
        self._signs = Signs(self._tokens)
        self._grammar = Grammar(index)
        self._telling = _TELLING_LONG if index.is_long else _TELLING_SHORT

    def find(self, text: str, *, forenames: bool = False) -> list[Found]:
        """Return what may name pupils, in order, not overlapping; lone forenames if asked for."""
        folded = fold(text)
        found = list(self._read(folded.text, forenames=forenames))
        if "<!--" in folded.text:  # a comment may part a name, and hold one
            found.extend(self._read(COMMENT.sub(blank, folded.text), forenames=False))
        joined = unwrapped(folded.text)
        if joined.units:
            again = self._read(joined.text, forenames=False)
            found.extend(_moved(each, *joined.source(each.start, each.end)) for each in again)
        found.sort(key=lambda each: (each.tier is Tier.FORENAME, each.start, -each.end))
        return [
            Found(*folded.source(each.start, each.end), each.pupils, each.tier, each.exact)
            for each in _apart(found)
        ]

    def _read(self, text: str, *, forenames: bool) -> Iterator[Found]:
        parts = SPLIT.split(saints_joined(text))
        signs = "".join(map(self._signs.__getitem__, parts))
        yield from self._all(parts, signs)
        if forenames:
            yield from self._forenames(parts, signs)

    def _all(self, parts: list[str], signs: str) -> Iterator[Found]:
        ends: list[int] = []
        for pattern, read in (
            (_RUN, self._run),
            (_SEVERAL, self._several),
            (_SPACED, self._spaced),
        ):
            for match in pattern.finditer(signs):
                first, last = match.span()
                if pattern is _RUN and not self._telling.search(signs, first, last):
                    continue
                ends = ends or list(accumulate(map(len, parts)))
                yield from read(parts, ends, first, last)

    def _forenames(self, parts: list[str], signs: str) -> Iterator[Found]:
        """Yield each forename with no other name beside it."""
        ends = list(accumulate(map(len, parts)))
        for match in _FORENAME.finditer(signs):
            at = match.start()
            token = self._tokens[parts[at]]
            whose = self._called(token)
            if whose:
                start, end = ends[at - 1] + token.lead, ends[at] - token.trail
                yield Found(start, end, whose, Tier.FORENAME)

    def _called(self, token: Token) -> tuple[int, ...]:
        """Return the pupils of one forename, also if digits stand in it for letters."""
        index = self._index
        numbers = [token.forename]
        if len(token.key) >= _SHORTEST_DISGUISED and not DIGITS.isdisjoint(token.key):
            numbers += [index.forenames.ids[key] for key in index.forenames.misread(token.key)]
        return tuple(sorted({who for n in numbers for who in index.by_forename.get(n, ())}))

    def _run(self, parts: list[str], ends: list[int], first: int, last: int) -> Iterator[Found]:
        """Read the words from part *first* to part *last*."""
        run = Run(self._index, after=self._signs[parts[last]])
        for at in range(first, last, 2):
            if at > first:
                run.gaps.append(self._signs[parts[at - 1]])
            self._append(run, parts[at], ends[at - 1])
        return self._grammar.read(run)

    def _append(self, run: Run, part: str, begin: int) -> None:
        """Append a word to *run*, or the words it seems to hold."""
        token = self._tokens[part]
        cut = pieces(part) if token.sign == sign.SEVERAL and token.key in part.casefold() else []
        if len(cut) < _SEVERAL_PIECES:
            cut = [(part, 0)]
        for piece, start in cut:
            if start:
                run.gaps.append(sign.POINT)
            run.words.append(self._tokens[piece])
            run.places.append((begin + start, begin + start + len(piece)))

    def _several(self, parts: list[str], ends: list[int], at: int, _: int) -> Iterator[Found]:
        """Read one word that may hold several: ``JackSmith07``, ``smithjack``."""
        word, begin = parts[at], ends[at - 1]
        cut = pieces(word)
        places = [(begin + start, begin + start + len(piece)) for piece, start in cut]
        words = [self._tokens[piece] for piece, _ in cut]
        found = list(
            self._grammar.read(Run(self._index, words, [sign.POINT] * (len(words) - 1), places))
        )
        if not found:
            after = parts[at + 1]
            handle = parts[at - 1][-1:] in _BEFORE_HANDLE or after[:1] in _AFTER_HANDLE
            whole = [(word, begin)] if len(cut) > 1 else []
            for piece, start in [*whole, *((p, begin + s) for p, s in cut)]:
                if not found:
                    found.extend(self._joined(piece, start, handle))
        yield from found

    def _joined(self, word: str, start: int, handle: bool) -> Iterator[Found]:
        key = word.casefold()
        least = _SHORTEST_HANDLE if handle else _SHORTEST_JOINED
        if len(key) > _LONGEST or not key:
            return
        if key.isascii() and (len(key) < least or (not handle and self._a_word(word, key))):
            return
        for at in range(1, len(key)):
            pupils = self._halves(key[:at], key[at:]) or self._halves(key[at:], key[:at])
            if pupils:
                yield Found(start, start + len(word), pupils)
                return

    def _a_word(self, word: str, key: str) -> bool:
        """Say whether *word* seems to be one word: usual, or a name of its own."""
        return is_a_word(key) or (word.istitle() and len(key) < _SHORTEST_TITLED)

    def _halves(self, forename: str, surname: str) -> tuple[int, ...]:
        index = self._index
        last = index.surnames.ids.get(surname)
        if last is None:
            return ()
        first = index.forenames.ids.get(forename, -1)
        found = index.named(first, last) or index.named_in_part(first, last)
        for other in () if found else related_forenames(forename):
            found = found or index.named(index.forenames.ids.get(other, -1), last)
        return found

    def _spaced(self, parts: list[str], ends: list[int], first: int, last: int) -> Iterator[Found]:
        """Read letters that are set apart, with the words before and after them."""
        usual = Counter(parts[first + 1 : last - 1 : 2]).most_common(1)[0][0]
        groups: list[tuple[str, int, int]] = []
        for at in range(first, last, 2):
            if at > first and parts[at - 1] == usual:
                word, start, _ = groups[-1]
                groups[-1] = (word + parts[at], start, ends[at])
            else:
                groups.append((parts[at], ends[at - 1], ends[at]))
        letters = "".join(parts[first:last:2])
        begin, end = ends[first - 1], ends[last - 1]
        if last + 1 < len(parts) and self._signs[parts[last]] in _AROUND:
            groups.append((parts[last + 1], ends[last], ends[last + 1]))
        if first > 1 and self._signs[parts[first - 1]] in _AROUND:
            groups.insert(
                0, (parts[first - 2], ends[first - 3] if first > 2 else 0, ends[first - 2])
            )
        words = [self._tokens[word] for word, _, _ in groups]
        places = [(start, stop) for _, start, stop in groups]
        found = list(
            self._grammar.read(Run(self._index, words, [sign.BLANK] * (len(words) - 1), places))
        )
        yield from found or (
            Found(begin, end, each.pupils) for each in self._joined(letters, 0, True)
        )


def _moved(found: Found, start: int, end: int) -> Found:
    return replace(found, start=start, end=end)


def _apart(found: list[Found]) -> list[Found]:
    """Return those that do not overlap an earlier one of the list, in order of place."""
    told: list[Found] = []
    taken: list[tuple[int, int]] = []
    for each in found:
        at = bisect_right(taken, (each.start, each.start))
        before = taken[at - 1][1] if at else 0
        after = taken[at][0] if at < len(taken) else each.end
        if before <= each.start and each.end <= after:
            told.append(each)
            taken.insert(at, (each.start, each.end))
    return sorted(told, key=lambda each: each.start)
