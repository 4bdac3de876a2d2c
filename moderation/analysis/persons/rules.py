"""What the model cannot have learnt from sentences: a few rules on top of its chances."""

from collections.abc import Sequence

from moderation.analysis.persons.features import Look
from moderation.analysis.persons.gazetteer import cues

_LONE = 0.6
_LIKELY = 0.7
_TITLED = 0.8
_NEVER = 0.0
_USUAL = 4
_SAINTS = frozenset({"st", "st.", "saint", "ss"})
_SHIPS = frozenset({"hms", "ss", "rms", "mv"})
# Classes are called after them; children are so but rarely.
_TREES = frozenset({"oak", "elm", "beech", "birch", "sycamore", "chestnut", "acorn", "alder"})
_PARTICLES = ("mc", "mac", "de", "di", "la", "le", "van", "fitz", "o'")
_MESSAGE = frozenset({"@", "#", "url"})
_BEFORE_NUMBER = frozenset({",", ":", "at", "to", "is", "of"})
_DOUBT = 0.04
_PERHAPS = 0.4
_LONE_WORDS = 2
_IN_DICTIONARY = 4
_VERY_USUAL = 7
_OFTEN_SMALL = 3
_RARE = 2
_HALF = 0.5
_MAY_BE = 0.3
_LISTED = frozenset({",", "and", "&", "/"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "mr.", "mrs.", "ms.", "dr", "dr.", "doctor"})

# Words that are forenames too, and begin sentences of their own.
_SHORTEST = 2
_IN_CLASS = (["in", "year"], ["in", "class"])
_COPULAS = frozenset({"is", "was", "has", "will", "can"})


def put_right(seen: Sequence[Look], chances: Sequence[float]) -> list[float]:
    """Correct the chance of each word, from 0 to 1, to be part of a name."""
    fixed = list(chances)
    words = [at for at, each in enumerate(seen) if each.plain[:1].isalpha()]
    shouted = _shouted(seen)
    for at in words:
        virtue = _virtue(seen, at)
        if virtue is not None:
            fixed[at] = max(fixed[at], _LONE) if virtue else _NEVER
        elif _no_person(seen, at, shouted) or _plain_word(seen, at, fixed[at]):
            fixed[at] = _NEVER
        else:
            fixed[at] = max(fixed[at], _floor(seen, at, fixed[at]))
    if words and len(words) <= _LONE_WORDS and words[-1] - words[0] < len(words):
        _lone(seen, words, fixed)
    for at in words[:-1]:
        if _forename(seen[at]) and at + 1 < len(seen) and _surname(seen, at + 1):
            fixed[at] = max(fixed[at], _LIKELY)
            fixed[at + 1] = max(fixed[at + 1], _LIKELY)
    _beside_others(seen, fixed)
    return fixed


def _virtue(seen: Sequence[Look], at: int) -> bool | None:
    """Say whether Grace, Hope or May at the start of a sentence is a person, if it tells.

    Grace said thank you; Grace was proud; but: Grace was said; Summer is nearly here.
    """
    begins = not any(each.plain[:1].isalpha() for each in seen[:at])
    if not (begins and seen[at].plain in cues("virtues") and seen[at].form == "Xx"):
        return None
    after = [each.plain for each in seen[at + 1 : at + 4]]
    if after and (after[0] in cues("acts") or seen[at + 1].kind == "speech"):
        return True
    if len(after) < _SHORTEST or after[0] not in _COPULAS:
        return None
    if after[1] in cues("states") or after[1:] in _IN_CLASS:
        return True
    return False if after[1] in cues("said_of_things") else None


def _beside_others(seen: Sequence[Look], fixed: list[float]) -> None:
    """Raise a likely name that is listed with a sure one: Jonah, Kitty and Abdulaziz."""
    for at, each in enumerate(seen):
        if _MAY_BE <= fixed[at] < _HALF and each.capital:
            for link, other in ((at - 1, at - 2), (at + 1, at + 2)):
                inside = other >= 0 and other < len(seen)
                if inside and seen[link].plain in _LISTED and fixed[other] >= _TITLED:
                    fixed[at] = _HALF


def _floor(seen: Sequence[Look], at: int, chance: float) -> float:
    """Return the least chance of a word, whatever the model thinks."""
    if _titled(seen, at):
        return _TITLED
    if chance > _DOUBT and _forename(seen[at]) and _alone(seen, at):
        return _PERHAPS
    if chance > _DOUBT and _public(seen, at) and _alone(seen, at):
        return _LONE
    return 0.0


def _public(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word is the surname of somebody whom the world knows, and no other word."""
    word = seen[at]
    if word.kind != "public":
        return False
    if word.form == "x":
        return not word.known.small and not any(each.capital for each in seen)
    return at > 0 or not word.known.small


def _alone(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word stands alone: no capital beside it, nor behind its genitive."""
    after = [each for each in seen[at + 1 : at + 3] if each.plain not in ("'s", "’s")][:1]
    near = [*seen[max(0, at - 1) : at], *after]
    return not any(
        (each.capital and each.kind != "title") or each.kind == "ending" for each in near
    )


def is_address(seen: Sequence[Look], first: int, last: int) -> bool:
    """Say whether ``seen[first:last]`` is a street: 22 Rue de Lyon; ul. Grunwaldzka 41, Gdańsk."""
    before = [each.plain for each in seen[max(0, first - 2) : first]]
    after = [each.plain for each in seen[last : last + 2]]
    if seen[first].known.forename >= _USUAL:
        return False
    if before and before[-1].isdigit():
        return (len(before) == 1 or before[0] in _BEFORE_NUMBER) and after[:1] == [","]
    behind = bool(after) and after[0].isdigit() and after[1:] in ([], [","])
    return behind and before[-1:] == [","]


def is_message(seen: Sequence[Look]) -> bool:
    """Say whether a sentence is a short message, which writes names as it pleases."""
    return any(each.form in _MESSAGE for each in seen)


def _lone(seen: Sequence[Look], words: Sequence[int], fixed: list[float]) -> None:
    """A line that is one forename, or a forename and a surname: a greeting, a list, a signature."""
    first = seen[words[0]]
    rare = first.form == "Xx" and first.known.forename >= 2 and first.known.word < 6
    usual = _forename(first) or (rare and not first.known.small and first.kind == "-")
    if not usual or len(seen) - len(words) > 1:
        return
    if len(words) == 1 or _surname(seen, words[1]):
        for at in words:
            fixed[at] = max(fixed[at], _LONE)


def _forename(word: Look) -> bool:
    """Say whether a word is a usual forename and no usual word."""
    facts = word.known
    return (
        word.form in ("Xx", "Xx-Xx", "XX")
        and len(word.plain) > 2
        and facts.forename >= 4
        and not facts.small
        and (facts.word < 6 or facts.forename >= 5)
        and word.kind == "-"
    )


def _surname(seen: Sequence[Look], at: int) -> bool:
    """Say whether a word can be a surname behind a forename."""
    word = seen[at]
    following = seen[at + 1] if at + 1 < len(seen) else None
    if following is not None and following.capital and following.kind == "ending":
        return False
    facts = word.known
    fits = word.form in ("Xx", "Xx-Xx", "X'Xx", "XxXx", "XX") and word.kind in ("-", "place")
    return fits and ((facts.surname >= 2 and facts.small < 2) or not facts.small)


def _titled(seen: Sequence[Look], at: int) -> bool:
    """Say whether a title stands before a capitalised word: Mr Hart, Miss Okafor."""
    if not at or seen[at - 1].plain not in _TITLES:
        return False
    word, title = seen[at], seen[at - 1]
    if word.kind in ("ending", "calendar"):
        return False
    facts = word.known
    if not (word.capital and title.capital):
        return not title.capital and facts.forename + facts.surname > 1 and not facts.small
    return facts.small < 2 or facts.surname >= 2 or title.plain in ("mr", "mrs")


def _no_person(seen: Sequence[Look], at: int, shouted: bool) -> bool:
    """Say whether a word is certainly no part of a name."""
    word, facts = seen[at], seen[at].known
    if at and (seen[at - 1].plain in _SAINTS or seen[at - 1].plain in _SHIPS):
        return True
    if word.plain in _SHIPS:
        return True
    if word.plain in _TREES and not _titled(seen, at):
        return not _beside_name(seen, at)
    if word.kind == "land" or (word.kind == "title" and facts.forename < _USUAL):
        return not _beside_name(seen, at)
    if word.form == "XX" and not shouted:  # an acronym, unless a list shouts its names
        return facts.forename < 6 and not _beside_name(seen, at)
    if word.form == "XxXx" and not word.plain.startswith(_PARTICLES):
        return not facts.forename + facts.surname and not _beside_name(seen, at)
    return word.form in ("x", "x-x") and (facts.small > 1 or not facts.forename + facts.surname)


def _plain_word(seen: Sequence[Look], at: int, chance: float) -> bool:
    """Say whether a word of the dictionary only looks like a name: Praise is free; clay, willow."""
    word, facts = seen[at], seen[at].known
    if facts.word < _IN_DICTIONARY or _titled(seen, at) or is_message(seen):
        return False
    if word.form == "x":
        return (
            facts.forename < _VERY_USUAL
            and chance < _LIKELY + 0.1
            and any(each.capital for each in seen)
        )
    begins = not any(each.plain[:1].isalpha() for each in seen[:at])
    followed = at + 1 < len(seen) and not seen[at + 1].capital
    if not (begins and followed and word.form == "Xx"):
        return False
    if not facts.forename:
        return facts.surname <= _RARE and chance < _HALF
    return facts.small >= _OFTEN_SMALL and facts.forename < _USUAL + 2


def _beside_name(seen: Sequence[Look], at: int) -> bool:
    near = [*seen[max(0, at - 2) : at], *seen[at + 1 : at + 3]]
    return any(each.known.forename >= 3 and each.capital for each in near)


def _shouted(seen: Sequence[Look]) -> bool:
    letters = [each for each in seen if each.plain[:1].isalpha() and len(each.plain) > 1]
    return sum(each.form.startswith("XX") for each in letters) * 2 > len(letters)
