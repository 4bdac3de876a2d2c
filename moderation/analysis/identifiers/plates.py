"""Registration marks of vehicles, in the formats of the DVLA's INF104."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import after, alone, before, label, words
from moderation.model import Confidence

_EDGE = r"(?<![0-9A-Za-z/])"
_STOP = r"(?![0-9A-Za-z])"
_CURRENT = re.compile(
    rf"{_EDGE}(?P<area>[A-HJ-PR-Y][A-HJ-PR-Y])(?P<in>[ -]?)(?P<age>[0-9OIoi]{{2}})"
    rf"(?P<gap>[ .\n-]{{0,2}})(?P<end>[A-HJ-PR-Z]{{3}}){_STOP}",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    rf"{_EDGE}(?P<area>[A-HJ-PR-TV-Y])(?P<in>[ ]?)(?P<age>[0-9]{{1,3}})(?P<gap>[ .-]{{0,2}})"
    rf"(?P<end>[A-HJ-PR-Z]{{3}}){_STOP}",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    rf"{_EDGE}(?P<end>[A-HJ-PR-Z]{{3}})(?P<gap>[ .-]{{0,2}})(?P<age>[0-9]{{1,3}})(?P<in>)"
    rf"(?P<area>[A-Y]){_STOP}",
    re.IGNORECASE,
)
_DATELESS = re.compile(
    rf"{_EDGE}(?:[A-Z]{{1,3}}[0-9]{{1,4}}[ -]?[A-Z]{{1,3}}|[A-Z]{{1,3}}[ -]?[0-9]{{1,4}}"
    rf"|[0-9]{{1,4}}[ -]?[A-Z]{{1,3}}){_STOP}",
    re.IGNORECASE,
)
_VEHICLE = words(listed("plates", "vehicle"))
_PLATE = label(listed("plates", "plate"))
_REGISTERED = label("registration registration+mark reg reg. plate registered")
_ROLL_CALL = frozenset({"AM", "PM", "A", "P"})
_OTHER = label(listed("plates", "other"))
_WORDS = frozenset(listed("plates", "words").split())


def find_registrations(glance: Glance) -> Iterator[Identifier]:
    """Yield registration marks: the current format alone, older ones by what stands around them."""
    text = glance.text
    for match in glance.find(_CURRENT):
        if _is_aged(match["age"]) and _is_current(text, match):
            yield _identifier(match, Confidence.HIGH)
    for pattern in (_PREFIX, _SUFFIX):
        for match in glance.find(pattern):
            if _is_older(text, match):
                yield _identifier(match, Confidence.MEDIUM)
    for match in glance.find(_DATELESS):
        if _is_dateless(text, match):
            yield _identifier(match, Confidence.MEDIUM)


def _is_aged(age: str) -> bool:
    """Say whether two digits tell a half-year, 02 to 34 or 51 to 84; I and O are misread."""
    value = int(age.upper().replace("I", "1").replace("O", "0"))
    return 2 <= value <= 34 or 51 <= value <= 84


def _is_current(text: str, match: re.Match[str]) -> bool:
    """Say whether what has the form of today's marks is one, by its letters and surroundings."""
    mark, spaced = match["area"] + match["end"], match["in"] == " "
    word = match["end"].upper() in _WORDS
    if mark.isupper() and match["age"].isdigit() and not spaced and not word:
        return not _OTHER.search(before(text, match.start())) or _near_vehicle(text, match)
    if not mark.isupper() and (spaced or word or not mark.islower()):
        return False
    return _near_vehicle(text, match) or (mark.islower() and alone(text, *match.span()))


def _is_older(text: str, match: re.Match[str]) -> bool:
    """Say whether what has the form of marks of 1963 to 2001 is one."""
    close = before(text, match.start(), 30)
    mark = match["area"] + match["end"]
    near = _near_vehicle(text, match)
    if not (mark.isupper() or mark.islower()) or (_OTHER.search(close) and not near):
        return False
    if match["in"] and not (near and mark.isupper()):
        return False
    if match["end"].upper() in _WORDS:
        return mark.isupper() and _REGISTERED.search(close) is not None
    full = len(match["age"]) == 3 and match["gap"] == " " and mark.isupper()
    return full or near


def _is_dateless(text: str, match: re.Match[str]) -> bool:
    """Say whether a few letters and digits are called a number plate."""
    letters = re.sub(r"[^A-Za-z]", "", match[0])
    if not letters.isupper() or letters in _ROLL_CALL or len(match[0]) < 3:
        return False
    called = _PLATE if re.search("[A-Z][0-9]+.?[A-Z]", match[0]) is None else _REGISTERED
    return called.search(before(text, match.start(), 30)) is not None


def _near_vehicle(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return bool(_VEHICLE.search(before(text, start, 40)) or _VEHICLE.search(after(text, end, 40)))


def _identifier(match: re.Match[str], confidence: Confidence) -> Identifier:
    return Identifier(
        kind=Kind.REGISTRATION,
        start=match.start(),
        end=match.end(),
        confidence=confidence,
        value=re.sub(r"[^0-9A-Z]", "", match[0].upper()),
    )
