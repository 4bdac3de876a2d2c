"""How else a name may be written: short forms, spellings, parts, and slips of hand and eye."""

import re
from collections.abc import Iterator
from functools import cache
from pkgutil import get_data

from moderation.analysis.folding import words

SPELLING, SHORT, LONG, ALSO_SHORT = 0.15, 0.2, 0.015, 0.001
MISREAD, LEFT_OUT, MISSPELT = 0.0005, 0.0006, 0.00015
"""How likely a name is written in this very way rather than as it is registered: another spelling,
a short form, the long form of a short one, another short form of the same, a slip."""

_PARTICLES = (
    "a abd abdul abu al ap ab av ben bin bint da dal das de del della den der des di do dos du e el"
    " ferch ibn la las le lo los mac mc o of san st ste ten ter ul ur van ver von y zu"
)
PARTICLES = frozenset(_PARTICLES.split())
"""What may be left out before a surname, or stand apart from it."""

_PARTS = re.compile(r"[\s\-‐‑‒–—/]+")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"Å": "Aa", "Ø": "Oe"}
)
_SHAPES = str.maketrans("0156849i2j37", "olsgbaglzlet")
_JOINED_SHAPES = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("c", "e"), ("q", "g"))
_EVERYDAY = 800
_SHORTEST_PART = 2


def key_of(name: str) -> str:
    """Return the letters of *name*, folded, with nothing between them."""
    return "".join(words(name))


def forename_keys(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of a forename, and of its first part where it has several."""
    parts = [key for part in _PARTS.split(name) if (key := key_of(part))]
    whole = _whole(name)
    loose = parts[:1] if len(parts) > 1 and len(parts[0]) > 1 else []
    return whole, tuple(key for key in loose if key not in whole)


def surname_keys(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of a surname, and of each half or of it without its particles."""
    parts = [key for part in _PARTS.split(name) if (key := key_of(part))]
    whole = _whole(name)
    if len(parts) < 2:
        return whole, ()
    own = [key for key in parts if key not in PARTICLES and len(key) >= _SHORTEST_PART]
    loose = [*own, "".join(own), "".join(reversed(parts))]
    return whole, tuple(dict.fromkeys(key for key in loose if key and key not in whole))


def _whole(name: str) -> tuple[str, ...]:
    key = key_of(name)
    spelt = name.translate(_UMLAUTS)
    return (key,) if spelt == name else (key, key_of(spelt))


def several_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that has more than one."""
    found = words(name)
    return found if len(found) > 1 else ()


@cache
def _table(file: str) -> dict[str, dict[str, float]]:
    """Read a table of groups, one a line: each name with the others of its groups."""
    table: dict[str, dict[str, float]] = {}
    for line in lines_of(file):
        group = line.split()
        for name in group:
            table.setdefault(name, {}).update({n: SPELLING for n in group if n != name})
    return table


@cache
def _short() -> dict[str, dict[str, float]]:
    """Read the short forms: by what is written, what may be registered.

    Two short forms of one name stand for one another too.
    """
    table: dict[str, dict[str, float]] = {}
    of: dict[str, list[str]] = {}
    for line in lines_of("nicknames_uk.csv")[1:]:
        name, _, also = line.partition(",")
        table.setdefault(also, {})[name] = SHORT
        table.setdefault(name, {}).setdefault(also, LONG)
        of.setdefault(name, []).append(also)
    for group in of.values():
        for one in group:
            for other in group:
                if one != other:
                    table[one].setdefault(other, ALSO_SHORT)
    return table


def lines_of(file: str) -> list[str]:
    """Return the lines of a data file of this package, without its comments."""
    text = (get_data("moderation.analysis.names", file) or b"").decode()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def related_forenames(key: str) -> dict[str, float]:
    """Return who may be written as *key*: registered forenames, with how likely each is."""
    spellings = _table("spellings_forenames.txt")
    spelt = spellings.get(key, {})
    found: dict[str, float] = {}
    for name, factor in ((key, 1.0), *((other, SPELLING) for other in spelt)):
        for other, weight in _short().get(name, {}).items():
            found[other] = max(weight * factor, found.get(other, 0))
            for again in spellings.get(other, {}):
                found[again] = max(weight * factor * SPELLING, found.get(again, 0))
    found.update(spelt)
    found.pop(key, None)
    return found


@cache
def related_surnames(key: str) -> dict[str, float]:
    """Return other spellings of a surname."""
    found = dict(_table("spellings_surnames.txt").get(key, {}))
    if key.startswith("mac"):
        found.setdefault("mc" + key[3:], SPELLING)
    elif key.startswith("mc"):
        found.setdefault("mac" + key[2:], SPELLING)
    if key.startswith("saint"):
        found.setdefault("st" + key[5:], SPELLING)
    return found


@cache
def _words_of_english() -> dict[str, int]:
    return {word: rank for rank, word in enumerate(lines_of("words_of_english.txt"))}


def is_a_word(word: str) -> bool:
    """Say whether a folded word is one of ordinary English."""
    return word in _words_of_english()


def is_everyday(word: str) -> bool:
    """Say whether it is one of the commonest."""
    return _words_of_english().get(word, _EVERYDAY) < _EVERYDAY


def deletions(word: str) -> Iterator[str]:
    """Yield *word* and what it becomes when one letter is left out."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def slip(written: str, meant: str) -> float:
    """Return how likely *written* is a slip of the finger in *meant*: nought if it is none.

    One letter left out, doubled or changed with the next is likelier than any of 25 others.
    """
    longer = len(written) - len(meant)
    if abs(longer) > 1 or written == meant:
        return 0
    at = 0
    while at < min(len(written), len(meant)) and written[at] == meant[at]:
        at += 1
    left, right = written[at:], meant[at:]
    if left == right[1:]:
        return LEFT_OUT
    if left[1:] == right:
        return LEFT_OUT if at and left[0] == written[at - 1] else MISSPELT
    if left[:2] == right[1::-1] and left[2:] == right[2:] and len(right) > 1:
        return LEFT_OUT
    return MISSPELT if left[1:] == right[1:] else 0


def shape(word: str) -> str:
    """Return the same for words that an eye, or a machine, takes for one another."""
    word = word.translate(_SHAPES)
    for seen, read in _JOINED_SHAPES:
        word = word.replace(seen, read)
    return word


def may_be_short(written: str, forename: str) -> bool:
    """Say whether *written* is the beginning or the end of *forename*, as pet names are made.

    ``gabby`` of ``gabriela``, ``raff`` of ``rafferty``, ``xander`` of ``alexander``.
    """
    least = 3
    if written == forename:
        return False
    stem = re.sub(r"(?:y|ie|ey|i|o|s|z|a|er|ers)$", "", written)
    if len(stem) > least and stem[-1] == stem[-2]:
        stem = stem[:-1]
    if len(stem) >= least and forename.startswith(stem) and len(forename) > len(stem):
        return True
    return len(written) > least and forename.endswith(written)
