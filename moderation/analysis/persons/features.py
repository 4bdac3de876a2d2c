"""What the model sees of each word: its form, its neighbours and what lists know of it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from moderation.analysis.persons.gazetteer import Known, fold, known, lists

_DIGITS = re.compile(r"\d")
_LINKS = frozenset({",", "and", "&", "/", ";"})
_EDGE = "_"
_FAR = 24


class Look(NamedTuple):
    """One word as the model sees it by itself."""

    plain: str
    form: str
    known: Known
    kind: str
    grade: str
    own: tuple[str, ...]

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.form in _CAPITALS


_CAPITALS = frozenset({"Xx", "X", "XX", "X.", "Xx-Xx", "X'Xx", "XxXx", "XX-XX"})


@lru_cache(maxsize=40_000)
def look(word: str) -> Look:
    """Say what can be seen of a word by itself."""
    plain, form = fold(word), _form(word)
    facts = known(plain) if plain[:1].isalpha() else Known(0, 0, 0, 0)
    kind = lists().get(plain.rstrip("."), "-")
    grade = f"{_few(facts.forename)}{_few(facts.surname)}{_few(facts.word)}{_few(facts.small)}"
    own = [
        f"w={_DIGITS.sub('0', plain)}",
        f"s={form}",
        f"k={kind}",
        f"f={facts.forename}",
        f"n={facts.surname}",
        f"c={facts.word}",
        f"l={facts.small}",
        f"g={grade}",
        f"sg={form}{grade}",
        f"fl={facts.forename}/{facts.small}",
        f"ns={facts.surname}/{facts.small}",
    ]
    if plain[:1].isalpha() and len(plain) > 2:
        own += [f"p2={plain[:2]}", f"e2={plain[-2:]}", f"e3={plain[-3:]}", f"p3={plain[:3]}"]
    return Look(plain, form, facts, kind, grade, tuple(own))


def features(words: Sequence[str]) -> list[list[str]]:
    """Describe each word of a sentence for the model."""
    looks = [look(word) for word in words]
    style = _style(looks)
    left, right = _anchors(looks)
    return [_describe(looks, at, style, left[at], right[at]) for at in range(len(looks))]


def _describe(looks: list[Look], at: int, style: str, left: str, right: str) -> list[str]:
    here = looks[at]
    long = min(len(looks), 4)
    found = [*here.own, f"y={style}{here.form}", f"la={left}", f"ra={right}"]
    found.append(f"z={long}{here.form}{here.grade}")
    before = looks[at - 1] if at else None
    after = looks[at + 1] if at + 1 < len(looks) else None
    found += _beside("-", before, here)
    found += _beside("+", after, here)
    if before and after:
        found.append(f"-+={before.plain}|{after.plain}")
        found.append(f"-s+={before.form}|{here.form}|{after.form}")
    if at > 1:
        two = looks[at - 2]
        found += [
            f"-2w={two.plain}",
            f"-2k={two.kind}",
            f"-2-1={two.plain}|{before and before.plain}",
        ]
        found.append(f"-2s={two.form}")
    if at + 2 < len(looks):
        two = looks[at + 2]
        found += [
            f"+2w={two.plain}",
            f"+2k={two.kind}",
            f"+1+2={after and after.plain}|{two.plain}",
        ]
        found.append(f"+2s={two.form}")
    if here.form in _CAPITALS or here.known.forename:
        found += [f"G+la={here.grade[0]}{left}", f"G+ra={here.grade[0]}{right}"]
    return found


def _beside(sign: str, other: Look | None, here: Look) -> list[str]:
    if other is None:
        return [f"{sign}w={_EDGE}", f"{sign}{_EDGE}sg={here.form}{here.grade}"]
    return [
        f"{sign}w={other.plain}",
        f"{sign}s={other.form}",
        f"{sign}k={other.kind}",
        f"{sign}g={other.form}{other.grade}",
        f"{sign}gg={here.grade}|{other.grade}",
        f"{sign}ss={here.form}|{other.form}",
        f"{sign}wg={other.plain}|{here.form}{here.grade[:2]}",
        f"{sign}kg={other.kind}|{here.form}{here.grade[:2]}",
    ]


def _anchors(looks: list[Look]) -> tuple[list[str], list[str]]:
    """Return for each word the first word left and right of the run of names it stands in.

    In "Well done to Ann, Bob and Cyd for singing" each name has *to* on its left and *for* on its
    right; in "Darwin, Brunel and Curie classes" each word has *classes*.
    """
    return _one_way(looks), _one_way(looks[::-1])[::-1]


def _one_way(looks: list[Look]) -> list[str]:
    anchors: list[str] = []
    anchor, far = _EDGE, 0
    for each in looks:
        anchors.append(anchor)
        far += 1
        if not ((each.capital and each.kind not in _FIXED) or each.plain in _LINKS) or far > _FAR:
            anchor, far = each.plain, 0
    return anchors


_FIXED = frozenset({"ending", "title"})


def _style(looks: list[Look]) -> str:
    """Say how a sentence is written: ``A`` all capitals, ``a`` none, ``T`` as a title, or usual."""
    letters = [each for each in looks if each.plain[:1].isalpha()]
    capital = sum(each.capital for each in letters)
    if not capital:
        return "a"
    if (
        len(letters) > 2
        and sum(each.form.startswith("XX") for each in letters) * 10 >= len(letters) * 7
    ):
        return "A"
    return "T" if len(letters) > 3 and capital * 10 >= len(letters) * 8 else "u"


def _form(word: str) -> str:
    first = word[0]
    if first in "@#" and len(word) > 1:
        return first
    if not first.isalpha():
        return "0" if first.isdigit() else word if len(word) == 1 else "..."
    if "@" in word or "://" in word or word.startswith("www."):
        return "url"
    if "-" in word:
        return "-".join(_letters(part) for part in word.split("-")[:2] if part)
    if "'" in word or "’" in word:
        return "XX" if word.isupper() else "X'Xx" if first.isupper() else "x'x"
    return _letters(word)


def _letters(word: str) -> str:
    if word.endswith("."):
        return ("X." if len(word) == 2 else "Xx") if word[0].isupper() else "x"
    if not word[0].isupper():
        return "xX" if not word.islower() and word.lower() != word else "x"
    if len(word) == 1:
        return "X"
    if word.isupper():
        return "XX"
    return "Xx" if word[1:].islower() else "XxXx"


def _few(grade: int) -> str:
    """Write a grade in four steps, for features that pair it with others."""
    return "0" if not grade else "1" if grade < 3 else "2" if grade < 6 else "3"
