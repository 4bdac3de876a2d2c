"""Postal addresses: a postcode, a house and its street, or both together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed, table
from moderation.analysis.identifiers.surroundings import alone, around, before, label, words
from moderation.model import Confidence

_AREAS = "|".join(listed("homes", "areas").split())
"""Postcode areas of Royal Mail, with those of Jersey, Guernsey, Man and the forces."""
_POSTCODE = re.compile(
    rf"(?<![0-9A-Za-z£])(?P<out>(?:{_AREAS})[0-9][0-9A-HJKMNP-Y]?)(?P<gap>[ \n.-]{{0,2}})"
    rf"(?P<in>[0-9][ABD-HJLNP-UW-Z]{{2}})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"1st|2nd|3rd|[04-9]th", re.IGNORECASE)
_UNITS = re.compile(r"[0-9](?:am|pm|th|st|nd|rd|hr|yr|ft|gb|tb|pt|pp)", re.IGNORECASE)
_OTHER_CODES = label("room code form group version sheet paper vitamin model product column cell")

_KINDS = "|".join(listed("streets", "kinds").split())
_NAME = r"(?:St\.?\s)?[A-Z][A-Za-z'.-]{1,20}"
_FLAT = (
    r"(?:(?:Flat|Apartment|Apt\.?|Unit|Plot|Maisonette)\s?[0-9A-Za-z]{1,4}(?:,\s?|\s)"
    r"(?:[A-Z][a-z]+\s(?:House|Court|Lodge|Mansions|Heights|Point|Tower|Wharf)(?:,\s?|\s))?)?"
)
_NUMBER = (
    r"(?:(?:No\.?|Number|Nr)\s?)?"
    r"(?P<number>[0-9]{1,4}[A-Za-z]?(?:\s?[-/]\s?[0-9]{1,4}[A-Za-z]?)?),?"
)
_ENDS = r"(?:\s(?:North|South|East|West))?(?![A-Za-z0-9'-])"
_HOUSE = re.compile(
    rf"(?<![0-9A-Za-z£$€./:-]){_FLAT}(?<![0-9A-Za-z]){_NUMBER}\s{{1,2}}"
    rf"(?P<street>(?P<name>(?:{_NAME}\s){{1,3}})(?P<kind>{_KINDS})\.?"
    rf"|The\s(?:{_KINDS}|[A-Z][a-z]+s?))"
    rf"{_ENDS}"
)
_SMALL_HOUSE = re.compile(
    rf"(?<![0-9a-z£$€./:-]){_FLAT.lower()}{_NUMBER}\s{{1,2}}"
    rf"(?P<street>(?P<name>(?:[a-z'.-]{{2,20}}\s){{1,3}}?)(?P<kind>{_KINDS.lower()})\.?){_ENDS}"
)
_NAMED = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_NAME}\s){{1,3}}(?P<house>Cottage|Farm|Farmhouse|Barn|Bungalow|Villa|Lodge"
    r"|House|Rectory|Vicarage|Manor|Grange|Croft|Court|Mill|Caravan\sPark),\s"
    rf"(?:[0-9]{{1,4}}\s)?(?P<street>(?P<name>(?:{_NAME}\s){{1,3}})(?P<kind>{_KINDS})\.?){_ENDS}"
)
_LIVING = re.compile(
    r"(?<![a-z])(?:liv(?:es?|ed|ing)|resid(?:es?|ing)|stay(?:s|ing)|home\sis|mov(?:es?|ed|ing))\s"
    rf"(?:in|on|at|near|to|down|up)\s(?P<street>(?P<name>(?:{_NAME}\s){{1,3}})(?P<kind>{_KINDS})\.?){_ENDS}"
    r"(?:,\s(?:at\s)?(?:number|no\.?)\s[0-9]{1,4}[A-Za-z]?)?",
)
_NO_HOUSE = re.compile(
    r"(?:(?<![a-z])(?:year|yr|class|page|pages|pp|p|room|group|lane|chapter|grade|level|stage|ks|key\sstage"
    r"|section|route|bus|buses|table|figure|fig|team|unit|ch|track|day|week|term|vol|volume|act|scene|part|line|verse"
    r"|question|step|platform|junction|exit|reception|nursery|session|lesson|module|age|aged|form|score|won|beat"
    r"|ward|gate|hole|bay|zone|area|world\swar|article|psalm|hymn|the)|£|[0-9][-–:])\s*\Z",
    re.IGNORECASE,
)  # fmt: skip
_NO_STREET = re.compile(
    "|".join(
        rf"\b(?:{'|'.join(map(re.escape, before_it.split()))})\s{kind}s?$"
        for kind, before_it in table("not_a_street").items()
    ).replace(r"\+", r"\s")
    + rf"|^(?:{'|'.join(listed('homes', 'counted').split())})\b",
    re.IGNORECASE,
)
_IN_STORIES = frozenset(listed("homes", "in_stories").replace("+", " ").splitlines())
_HOME = words(listed("homes", "home"))
_BODIES = words(listed("homes", "bodies"))
_POSTCODE_LABEL = label("postcode post+code pc p/c zip address home lives+at live+at live+near")
_EVERYDAY = frozenset(listed("homes", "everyday").split())
_FOLLOWS = re.compile(
    r"\s*(?:\Z|[,.;:!?)\]|\n-]|(?:and|in|is|at|on|by|with|for|near|please|where|since|until|from)\b|[A-Z])"
)
_ALSO_OFFICES = frozenset({"House", "Court", "Mill", "Manor", "Grange", "Lodge"})
_LINKED = re.compile(r"[,.]?[ \n]{1,2}(?:[A-Z][A-Za-z'.-]{1,20}[, \n]{1,3}){0,5}\Z|[, \n]{0,2}\Z")
_MOST_BETWEEN = 70


class _Place(NamedTuple):
    start: int
    end: int
    sure: Confidence


def find_addresses(glance: Glance) -> Iterator[Identifier]:
    """Yield postcodes and streets with a house; together where they stand together."""
    text = glance.text
    numbered = glance.numbered()
    streets = sorted({*_houses(numbered), *_streets(glance)})
    codes = list(_postcodes(numbered))
    used: set[_Place] = set()
    last = -1
    for street in streets:
        if street.start < last:
            continue
        code = next((c for c in codes if _joined(text, street, c)), None)
        last = code.end if code else street.end
        if code:
            used.add(code)
        yield _identifier(text, _Place(street.start, last, street.sure))
    for code in codes:
        if code not in used:
            yield _identifier(text, code)


def _postcodes(glance: Glance) -> Iterator[_Place]:
    text = glance.text
    for match in glance.find(_POSTCODE):
        out, inward = match["out"], match["in"]
        called = _POSTCODE_LABEL.search(before(text, match.start(), 25)) is not None
        letters = re.sub("[0-9]", "", out + inward)
        if not called and not _is_postcode(text, match, letters):
            continue
        if called and not (letters.isupper() or letters.islower() or match["gap"]):
            continue
        yield _Place(*match.span(), _confidence(text, *match.span()))


def _is_postcode(text: str, match: re.Match[str], letters: str) -> bool:
    """Say whether what has the form of a postcode, and is not called one, is one."""
    if not (letters.isupper() or letters.islower()):
        return False
    if _OTHER_CODES.search(before(text, match.start(), 20)):
        return False
    counted = _COUNTED.fullmatch(match["in"]) or _UNITS.fullmatch(match["in"])
    if counted and (letters.islower() or len(match["out"]) < 3):
        return len(letters) > 3 and alone(text, *match.span())
    if "\n" in match["gap"] or (letters.islower() and not match["gap"]):
        near = around(text, *match.span(), 40)
        return len(match[0]) > 5 and (_HOME.search(near) is not None or not match["gap"])
    return True


def _houses(glance: Glance) -> Iterator[_Place]:
    text = glance.text
    for match in glance.find(_HOUSE):
        if _is_house(text, match):
            yield _Place(*match.span(), _confidence(text, *match.span()))
    for match in glance.find(_SMALL_HOUSE):
        living = _POSTCODE_LABEL.search(before(text, match.start(), 25))
        if living and _is_house(text, match):
            yield _Place(*match.span(), Confidence.MEDIUM)


def _is_house(text: str, match: re.Match[str]) -> bool:
    if _NO_HOUSE.search(text, max(0, match.start() - 16), match.start()):
        return False
    number = re.sub(r"\D.*", "", match["number"])
    street = match["street"].lower().rstrip(".")
    if f"{match['number']} {street}".lower() in _IN_STORIES or 1900 <= int(number) <= 2100:
        return False
    if match["name"] is None:
        return _is_the_street(text, match)
    return not _NO_STREET.search(street) and _ends_well(text, match)


def _ends_well(text: str, match: re.Match[str]) -> bool:
    """Say whether a street with an everyday last word ends there, or somebody lives there."""
    if match["kind"].lower().rstrip("s") not in _EVERYDAY or _FOLLOWS.match(text, match.end()):
        return True
    return _HOME.search(before(text, match.start(), 30)) is not None


def _is_the_street(text: str, match: re.Match[str]) -> bool:
    """Say whether ``5 The Green`` is a house: where a line ends so, or somebody lives there."""
    living = _HOME.search(before(text, match.start(), 30)) is not None
    rest = text[match.end() : match.end() + 2]
    ended = not rest.strip() or rest[0] in ",.;\n"
    kind = re.fullmatch(rf"The\s(?:{_KINDS})", match["street"]) is not None
    return ended and (kind or living)


def _streets(glance: Glance) -> Iterator[_Place]:
    text = glance.text
    for match in glance.find(_NAMED):
        if not _NO_STREET.search(match["street"].lower().rstrip(".")):
            yield _Place(*match.span(), _of_house(text, match))
    for match in glance.find(_LIVING):
        if not _NO_STREET.search(match["street"].lower().rstrip(".")):
            yield _Place(match.start("street"), match.end(), Confidence.MEDIUM)


def _of_house(text: str, match: re.Match[str]) -> Confidence:
    """Hold a named house for a home if its kind always is one, or somebody lives there."""
    lived_in = _HOME.search(before(text, match.start(), 40)) is not None
    if lived_in or match["house"] not in _ALSO_OFFICES:
        return _confidence(text, *match.span())
    return Confidence.LOW


def _joined(text: str, street: _Place, code: _Place) -> bool:
    """Say whether only the names of towns stand between a street and a postcode."""
    between = code.start - street.end
    return 0 <= between <= _MOST_BETWEEN and bool(_LINKED.match(text[street.end : code.start]))


def _confidence(text: str, start: int, end: int) -> Confidence:
    """Hold an address for one of an organisation where one is named before it and no home is."""
    near = before(text, start, 90)
    line = re.split(r"[.!?]\s|\n\n", near)[-1]
    if _HOME.search(line) and not re.search(r"our (?:school|office|address)", line):
        return Confidence.HIGH
    return Confidence.LOW if _BODIES.search(line) else Confidence.HIGH


def _identifier(text: str, place: _Place) -> Identifier:
    return Identifier(
        kind=Kind.ADDRESS,
        start=place.start,
        end=place.end,
        confidence=place.sure,
        value=text[place.start : place.end],
    )
