"""Places to within a house: coordinates, plus codes, what3words, links to maps."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import around, before, words

_NUMBER = r"[-+]?[0-9]{1,3}[.][0-9]{1,12}"
_LINK = re.compile(
    rf"(?<![0-9a-z./-])(?:https?://)?[a-z0-9./-]{{0,60}}?(?:map|earth|osm)[^\s<>\"')]{{0,80}}?"
    rf"(?:[@=/]|%40)(?P<lat>{_NUMBER})(?:,|%2C|/|&[a-z]{{0,6}}=)(?:%20|\+)?(?P<lon>{_NUMBER})"
    rf"[^\s<>\"')]{{0,80}}",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"!3d(?P<lat>[-+]?[0-9]{1,3}[.][0-9]{3,12})!4d(?P<lon>[-+]?[0-9]{1,3}[.][0-9]{3,12})"
)
_GEO = re.compile(rf"geo:(?P<lat>{_NUMBER}),\s?(?P<lon>{_NUMBER})", re.IGNORECASE)
_ISO = re.compile(
    r"(?<![0-9A-Za-z.])(?P<lat>[-+][0-9]{2}[.][0-9]{3,8})(?P<lon>[-+][0-9]{3}[.][0-9]{3,8})/?"
)
_NAMED = re.compile(
    rf"(?<![a-z])lat(?:itude)?[\W_]{{0,4}}?(?P<lat>{_NUMBER})[^0-9A-Za-z]{{0,6}}(?:and\s)?"
    rf"(?:lon|lng|long|longitude)[\W_]{{0,4}}?(?P<lon>{_NUMBER})(?![0-9])",
    re.IGNORECASE,
)
_NAMED_BACK = re.compile(
    rf"(?<![a-z])(?:lon|lng|long|longitude)[\W_]{{0,4}}?(?P<lon>{_NUMBER})[^0-9A-Za-z]{{0,6}}(?:and\s)?"
    rf"lat(?:itude)?[\W_]{{0,4}}?(?P<lat>{_NUMBER})(?![0-9])",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![0-9A-Za-z.,])(?P<lat>[-+]?[0-9]{1,2}[.][0-9]{1,12})(?:\s?[,;/|]\s{0,3}|\s{1,3})"
    r"(?P<lon>[-+]?[0-9]{1,3}[.][0-9]{1,12})(?![0-9A-Za-z%])(?![.,][0-9])"
)
_COMMAS = re.compile(
    r"(?<![0-9A-Za-z.,])(?P<lat>[-+]?[0-9]{1,2},[0-9]{3,12})\s?[;/|]\s{0,3}"
    r"(?P<lon>[-+]?[0-9]{1,3},[0-9]{3,12})(?![0-9A-Za-z%])"
)
_ANGLE = (
    r"[0-9]{1,3}(?:[.][0-9]{2,12}\s?(?:°|deg(?:rees)?)?"
    r"|\s?(?:°|d|deg(?:rees)?|\s)\s?[0-9]{1,2}(?:[.][0-9]{1,8})?\s?(?:['′m]|min(?:utes)?|\s)?"
    r"(?:\s?[0-9]{1,2}(?:[.][0-9]{1,8})?\s?(?:[\"″s]|''|sec(?:onds)?)?)?)"
)
_AFTER = re.compile(
    rf"(?<![0-9A-Za-z.])[-+]?{_ANGLE}\s?(?:N|S|north|south)(?![a-z])[\s,;/]{{0,3}}(?:and\s)?"
    rf"[-+]?{_ANGLE}\s?(?:E|W|east|west)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![0-9A-Za-z])[NS]\s?{_ANGLE}[\s,;/]{{0,3}}[EW]\s?{_ANGLE}(?![0-9A-Za-z])", re.IGNORECASE
)
_FULL_CODE = re.compile(
    r"(?<![0-9A-Za-z+])[23456789CFGHJMPQRVWX]{8}(?:\+|%2B)[23456789CFGHJMPQRVWX]{2,3}(?![0-9A-Za-z+])",
    re.IGNORECASE,
)
_SHORT_CODE = re.compile(
    r"(?<![0-9A-Za-z+])[23456789CFGHJMPQRVWX]{4,6}\+[23456789CFGHJMPQRVWX]{2,3}"
    r"(?:,?\s[A-Z][a-z]+|(?![0-9A-Za-z+]))"
)
_THREE = r"[a-z]{3,20}[.][a-z]{3,20}[.][a-z]{3,20}(?![a-z.-])"
_THREE_WORDS = re.compile(
    rf"///\s?{_THREE}"
    rf"|(?:https?://)?(?:www\.)?(?:w3w\.co|what3words\.com|what3words)/{_THREE}"
    rf"|(?<=what3words)(?:[\s:=-]|is|address|location|are){{1,12}}{_THREE}"
    rf"|(?<=w3w)[\s:=-]{{1,3}}{_THREE}",
    re.IGNORECASE,
)
_PLACE = words(listed("places", "place"))
_NO_PLACE = words(listed("places", "no_place"))
_WEB = frozenset({"www", "com", "org", "net", "html", "http", "https"})
_UNITED_KINGDOM = ((49.0, 61.5), (-9.0, 2.5))
_CLOSE, _VERY_CLOSE = 4, 5


def find_coordinates(glance: Glance) -> Iterator[Identifier]:
    """Yield places in digits: decimal degrees, degrees and minutes, plus codes, geo links."""
    for pattern in (_DATA, _GEO, _ISO, _NAMED, _NAMED_BACK):
        yield from (_identifier(*m.span(), m[0]) for m in glance.find(pattern) if _on_earth(m))
    for pattern in (_PAIR, _COMMAS):
        for match in glance.find(pattern):
            if _on_earth(match) and _is_pair(glance.text, match):
                yield _identifier(*match.span(), match[0])
    for pattern in (_AFTER, _BEFORE, _FULL_CODE):
        yield from (_identifier(*m.span(), m[0]) for m in glance.find(pattern))
    for match in glance.find(_SHORT_CODE):
        if _is_short_code(glance.text, match):
            yield _identifier(*match.span(), match[0])


def find_map_links(glance: Glance) -> Iterator[Identifier]:
    """Yield links to a place on a map."""
    for match in glance.find(_LINK):
        if _on_earth(match):
            yield _identifier(match.start(), match.end(), match[0])


def find_three_words(glance: Glance) -> Iterator[Identifier]:
    """Yield addresses of what3words, by their three strokes, their name or a link to them."""
    for match in glance.find(_THREE_WORDS):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t\n:=-"))
        if _WEB.isdisjoint(re.split(r"[./]", match[0][match[0].rfind("/") + 1 :].lower())):
            yield _identifier(start, match.end(), match[0])


def _on_earth(match: re.Match[str]) -> bool:
    lat, lon = _degrees(match)
    return abs(lat) <= 90 and abs(lon) <= 180


def _degrees(match: re.Match[str]) -> tuple[float, float]:
    return float(match["lat"].replace(",", ".")), float(match["lon"].replace(",", "."))


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """Say whether two decimal numbers are a place by their precision and what stands around."""
    lat, lon = _degrees(match)
    (south, north), (west, east) = _UNITED_KINGDOM
    at_home = south <= lat <= north and west <= lon <= east
    places = min(len(re.split("[.,]", match[part])[1]) for part in ("lat", "lon"))
    if _NO_PLACE.search(before(text, match.start(), 25)):
        return False
    if _PLACE.search(around(text, *match.span(), 30)):
        return at_home or places >= _CLOSE - 1
    if places >= _CLOSE:
        return at_home or places >= _VERY_CLOSE
    return at_home and places == _CLOSE - 1 and match["lon"][0] in "-+"


def _is_short_code(text: str, match: re.Match[str]) -> bool:
    code = match[0].partition("+")
    if not re.search("[A-Z]", code[0]) or not re.search("[0-9]", match[0]):
        return False
    town = " " in match[0]
    return town or _PLACE.search(around(text, *match.span(), 30)) is not None


def _identifier(start: int, end: int, value: str) -> Identifier:
    return Identifier(kind=Kind.COORDINATES, start=start, end=end, value=value)
