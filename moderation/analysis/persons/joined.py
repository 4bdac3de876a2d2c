"""Names written as one word: in handles, hashtags, addresses and names of files."""

import re
from collections.abc import Iterator

from moderation.analysis.persons.gazetteer import fold, known

_PLACE = re.compile(
    r"[@#/][\w%+-]+|(?<![\w+-])[\w+-]++(?=\.(?:jpe?g|png|webp|gif|heic|pdf|docx?|pptx?|xlsx?|md|html?)\b)"
)
_PART = re.compile(r"[^\W\d_][^\W\d_A-Z]*|[A-Z]+(?![a-z])")
_GAP = re.compile(r"(?:[-_+]|%20)?")


def joined_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a forename and a surname are run together: @JackSmith, photos/jack-smith.jpg."""
    for place in _PLACE.finditer(text):
        parts = list(_PART.finditer(text, *place.span()))
        at = 0
        while at + 1 < len(parts):
            one, two = parts[at], parts[at + 1]
            if _GAP.fullmatch(text, one.end(), two.start()) and _is_name(one[0], two[0]):
                yield one.start(), two.end()
                at += 1
            at += 1


def _is_name(one: str, two: str) -> bool:
    first, second = known(fold(one)), known(fold(two))
    forwards = _forename(first.forename, first.small) and _surname(second.surname, second.small)
    backwards = _surname(first.surname, first.small) and _forename(second.forename, second.small)
    return forwards or backwards


def _forename(grade: int, small: int) -> bool:
    return (grade >= 5 and small == 0) or (grade >= 7 and small < 3)


def _surname(grade: int, small: int) -> bool:
    return grade >= 2 and small < 2
