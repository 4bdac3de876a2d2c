"""Dates of birth: dates that something nearby calls one."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import before, words
from moderation.model import Confidence

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s{1,2})?"
_ORDINAL = (
    r"(?:twenty[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|thirtieth|thirty[\s-]first"
)
_DAY = rf"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:\s?(?:st|nd|rd|th))?|{_ORDINAL})"
_YEAR = r"(?:(?:18|19|20)[0-9]{2}|['’]?[0-9]{2})(?![0-9])"
_DATE = (
    rf"(?:{_WEEKDAY}(?:the\s)?(?:"
    rf"{_DAY}(?:\s?[-./]?\s?|\sof\s){_MONTH}(?:(?:,?\s?|[-./]\s?)(?P<year1>{_YEAR}))?"
    rf"|{_MONTH}\s?{_DAY}(?:,?\s{{1,2}}(?P<year2>{_YEAR}))?)(?![0-9A-Za-z])"
    r"|(?P<year3>(?:19|20)[0-9]{2})\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./]\s?(?:3[01]|[12][0-9]|0?[1-9])"
    r"(?![0-9])"
    r"|(?:3[01]|[12][0-9]|0?[1-9])\s?(?P<dash>[-./\s])\s?(?:1[0-2]|0?[1-9])\s?(?P=dash)\s?"
    r"(?P<year4>(?:(?:18|19|20)[0-9]{2}|[0-9]{2}))(?![0-9]))"
)
_DIGITS_ONLY = (
    r"|(?:(?:3[01]|[12][0-9]|0[1-9])(?:1[0-2]|0[1-9])(?P<year5>(?:19|20)?[0-9]{2})"
    r"|(?P<year6>(?:19|20)[0-9]{2})(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9]))(?![0-9A-Za-z])"
)
_LABEL = (
    r"(?<![a-z0-9])(?:d\s?[./]?\s?o\s?[./]?\s?b|date[\s_-]{1,2}of[\s_-]{1,2}birth|birth[\s-]?date"
    r"|date\sborn|birth\sday|d/birth|dateofbirth)(?![a-z])\.?"
)
_FILLING = r"(?:\s?[(\[]?(?:dd|mm|yy|yyyy)(?:[-./\s]?(?:dd|mm|yy|yyyy)){1,2}[)\]]?)?"
_LABELLED = re.compile(
    rf"{_LABEL}{_FILLING}[\s:.=|*\"'(,-]{{0,8}}(?:is|was|of)?[\s:]{{0,3}}"
    rf"(?P<date>{_DATE}{_DIGITS_ONLY})",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf"^[\s|]*{_LABEL}[\s|]*$|\|\s*{_LABEL}\s*\|", re.IGNORECASE | re.MULTILINE)
_ROW = re.compile(rf"^(?:.*\|)?\s*(?P<date>{_DATE}{_DIGITS_ONLY})\s*(?:\|.*)?$", re.I | re.M)
_REACH = 3000
_BORN = re.compile(
    rf"(?<![a-z])(?:born|b\.)(?P<gap>[^.;!?\n0-9]{{0,45}}?[\s(:,|]{{1,3}})(?P<date>{_DATE})",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    rf"birthday(?P<gap>(?:\s?(?:is|was|falls|,|:|-|=|\(|on|this|year|party|celebrations?)){{0,5}}\s{{0,2}})"
    rf"(?P<date>{_DATE})",
    re.IGNORECASE,
)
_AGES = (
    r"(?:[0-9]|1[0-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen)"
)
_WISHED = re.compile(
    rf"happy\s(?:\w+\s)?birthday,?\s(?:to\s)?(?:[a-z'’-]+\s){{1,3}}(?:on|for)\s(?P<date>{_DATE})",
    re.IGNORECASE,
)
_CALLED_AFTER = re.compile(rf"(?<![0-9])(?P<date>{_DATE})[\s(\[,:-]{{1,3}}{_LABEL}", re.IGNORECASE)
_TURNS = re.compile(
    rf"(?<![a-z])(?:turns?|turned|turning|(?:is|was|will\sbe|be|becomes)(?:\s(?:going\sto\sbe))?)\s"
    rf"{_AGES}(?:\syears\sold)?\s(?:today,?\s|tomorrow,?\s)?(?:on|in\sMay,)\s(?P<date>{_DATE})",
    re.IGNORECASE,
)
_RANGE = words(listed("dates", "range"))
_OTHERS = words(listed("dates", "others"))
_OWNED = re.compile(
    r"(?:\b(?:his|her|my|their|your)\b(?:\s\w+){0,2}|[a-z]'s?|birthday,?)\s*(?:\d\w*\s)?\Z"
)
_ADDRESSED = re.compile(r"happy\s+\w*\s*\Z")
_OLDEST_PUPIL, _OLDEST = 1990, 1905


def find_births(glance: Glance) -> Iterator[Identifier]:
    """Yield dates of birth; a date is one only by what stands around it."""
    yield from _labelled(glance)
    yield from _columns(glance)
    yield from _told(glance)


def _labelled(glance: Glance) -> Iterator[Identifier]:
    for match in glance.find(_LABELLED):
        if (_year(match) or _OLDEST) >= _OLDEST:
            yield _identifier(match, Confidence.HIGH)
    for match in glance.find(_CALLED_AFTER):
        if (_year(match) or 0) >= _OLDEST_PUPIL:
            yield _identifier(match, Confidence.MEDIUM)


def _told(glance: Glance) -> Iterator[Identifier]:
    """Yield the dates of sentences: born on, her birthday is, turns eight on."""
    text = glance.text
    for match in glance.find(_BORN):
        if _is_birth(text, match):
            yield _identifier(match, Confidence.HIGH)
    for match in glance.find(_BIRTHDAY):
        if _is_birthday(text, match):
            yield _identifier(match, Confidence.MEDIUM)
    for match in (*glance.find(_TURNS), *glance.find(_WISHED)):
        if not _OTHERS.search(before(text, match.start(), 40)):
            yield _identifier(match, Confidence.MEDIUM)


def _columns(glance: Glance) -> Iterator[Identifier]:
    """Yield the dates below a heading of a table that calls them dates of birth."""
    text = glance.text
    end = -1
    for column in glance.find(_COLUMN):
        start = max(end, column.end())
        end = column.end() + _REACH
        for match in _ROW.finditer(text, start, end):
            if (_year(match) or 0) >= _OLDEST_PUPIL:
                yield _identifier(match, Confidence.HIGH)


def _is_birth(text: str, match: re.Match[str]) -> bool:
    """Say whether somebody alive was born on a date, rather than a king or a charity."""
    year, near = _year(match), before(text, match.start(), 45)
    if year is None or year < _OLDEST_PUPIL:
        return False
    return not _RANGE.search(match["gap"].lower()) and not _OTHERS.search(near)


def _is_birthday(text: str, match: re.Match[str]) -> bool:
    near = before(text, match.start(), 40)
    clause = re.split(r"[.!?\n]\s", near)[-1]
    if _OTHERS.search(clause) or re.search(r"[0-9](?:st|nd|rd|th)\s*\Z", clause):
        return False
    year = _year(match)
    if year is not None and year < _OLDEST_PUPIL:
        return False
    if not clause.strip() or year is not None:
        return True
    return bool(_OWNED.search(clause) or _ADDRESSED.search(clause))


def _year(match: re.Match[str]) -> int | None:
    """Return the year of a date in four digits, or None where it tells none."""
    groups = match.groupdict()
    written = next((groups[key] for key in groups if key.startswith("year") and groups[key]), None)
    if written is None:
        return None
    year = int(written.strip("'’"))
    if year < 100:
        return year + (2000 if year < 40 else 1900)
    return year


def _identifier(match: re.Match[str], confidence: Confidence) -> Identifier:
    start, end = match.span("date")
    return Identifier(
        kind=Kind.DATE_OF_BIRTH, start=start, end=end, confidence=confidence, value=match["date"]
    )
