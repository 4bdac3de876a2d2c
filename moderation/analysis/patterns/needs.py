"""What a sentence must hold before a pattern can match it: worked out once, from the pattern.

A need is a choice: phrases, beginnings of words (``idiot*``) and classes (``{group}``), one of
which every match holds. An element that may be left out, that any word may take, or that only the
reader can tell (a name, a year) needs nothing.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

Need = frozenset[str]
_PART = re.compile(r"\{[\w|]+\}|\.\.[\d.]|~[\d.]|!?\(|[)|?^$_]|!?[a-z0-9]+\*?")
_WORD = re.compile(r"!?[a-z0-9]+\*?")
_STANDS_FOR = {
    "hated": ("group", "group_adj"), "group": ("group", "group_adj"), "kin": ("member",),
}  # fmt: skip
_FREE = frozenset({"name", "year"})


def needs(pattern: str, usual: frozenset[str]) -> tuple[Need, ...]:
    """Return what every sentence holds that the pattern matches, the rarest first.

    Args:
        pattern: without macros
        usual: words and classes that most sentences hold, so that needing one tells little

    """
    found = _choices(_phrases(_PART.findall(pattern)), usual)
    return tuple(sorted(dict.fromkeys(found), key=lambda need: _commonness(need, usual)))


def _phrases(parts: list[str]) -> Iterator[str]:
    """Put words that follow one another together, unless the second may be left out."""
    phrase = ""
    for part, after in zip_longest(parts, parts[1:]):
        word = part.lstrip("!") if _WORD.fullmatch(part) else ""
        if phrase and not (word and after != "?" and phrase[-1] != "*"):
            yield phrase
            phrase = ""
        if word:
            phrase = f"{phrase} {word}" if phrase else word
        else:
            yield part
    if phrase:
        yield phrase


def _choices(parts: Iterator[str], usual: frozenset[str]) -> list[Need]:
    """Read choices up to the closing bracket: what all of them need, as one need."""
    choices: list[list[list[Need]]] = [[]]
    for part in parts:
        if part == "|":
            choices.append([])
        elif part == ")":
            break
        elif part == "?":
            choices[-1][-1] = []
        else:
            choices[-1].append(_element(part, parts, usual))
    each = [[need for element in elements for need in element] for elements in choices]
    if len(each) == 1 or not all(each):
        return each[0] if len(each) == 1 else []
    rarest = (min(found, key=lambda need: _commonness(need, usual)) for found in each)
    return [frozenset().union(*rarest)]


def _element(part: str, parts: Iterator[str], usual: frozenset[str]) -> list[Need]:
    if part[-1] == "(":
        return _choices(parts, usual)
    if part[0] == "{":
        names = part[1:-1].split("|")
        return (
            []
            if _FREE.intersection(names)
            else [frozenset(each for name in names for each in _classes(name))]
        )
    if part[0] in ".~^$_":
        return []
    return [frozenset({part})]


def _classes(name: str) -> Iterator[str]:
    return (f"{{{each}}}" for each in _STANDS_FOR.get(name, (name,)))


def _commonness(need: Need, usual: frozenset[str]) -> tuple[int, int]:
    """Tell how little a need says: by how many usual words it has, then by its size."""
    return len(usual & need), len(need)
