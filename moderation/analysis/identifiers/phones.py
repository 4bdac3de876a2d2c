"""Telephone numbers, written in digits or in words.

The shapes of British numbers are those of Ofcom's national numbering plan, with the ranges that it
keeps for drama. Numbers that no person has at home are left alone: 0800 and 0808, 03, 084, 087,
09, 116 and 118, which are helplines, organisations and services.
"""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import before, label, words
from moderation.model import Confidence

_GAP = r"[ .\n/()-]{0,4}"
_BRITISH = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][.,:-])(?<![£$€])"
    rf"(?P<trunk>\(?\+{_GAP}44\)?{_GAP}(?:\(0\)|0)?|\(?00{_GAP}44\)?{_GAP}(?:\(0\)|0)?|\(?[0O])"
    rf"(?P<rest>(?:{_GAP}[0-9Oo]){{9,10}})(?![0-9A-Za-z])(?!{_GAP}[1-9])(?![ .-]0(?![0-9]{{3}}))"
)
_NATIONAL = re.compile(
    r"0(?:1(?:1[3-8]|[2-69]1)[0-9]{7}|1[2-9][0-9]{8}|2[03489][0-9]{8}|7[0-9]{9}|5[56][0-9]{8})"
)
_NINE = frozenset(listed("phones", "nine").split())
"""Areas in which some numbers have nine digits after the nought; elsewhere they have ten."""
_DATE = re.compile(
    r"(?:0[1-9]|[12][0-9]|3[01])([./-])(?:0[1-9]|1[0-2])\1(?:19|20)?[0-9]{2}(?![0-9])"
)
_FRACTION = re.compile(r"[0O]\.[0-9Oo]+")
_COUNTED = "01234567890"

_FOREIGN = re.compile(
    r"(?<![0-9A-Za-z])(?:\(?\+\s?|\(?00[ -]?)[1-9][0-9]{0,2}\)?(?:[ .\n/()-]{0,3}[0-9]){6,13}"
    r"(?![0-9A-Za-z])"
)
_LINKED = re.compile(
    r"(?:wa\.me/|phone=|tel:|sms:|callto:)(?:\+|%2B|00)?(?P<digits>[1-9][0-9]{7,14})(?![0-9])",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"(?<![0-9A-Za-z+.-])(?:1[ .-])?\(?[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}"
    r"(?![0-9A-Za-z])(?![.-][0-9])"
)
_SHORT = re.compile(
    r"(?<![0-9A-Za-z£$€+.,:/-])(?:44[ ]?(?:0[ ]?)?7[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}"
    r"|7[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}|[2-9][0-9]{2}[ -]?[0-9]{3,4})"
    r"(?![0-9A-Za-z])(?![ .,:/-]?[0-9])"
)
_SHORT_LABEL = label(listed("phones", "short_label"))
_CALLING = words(listed("phones", "calling"))
_MEMBERS_OF_OTHERS = label(listed("phones", "members_of_others"))

_OFFICE = words(listed("phones", "office"))
_SOMEBODY = words(listed("phones", "somebody"))

_WORD_DIGITS = {
    **{"zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1"},
    **{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"},
    **{"eight": "8", "nine": "9"},
}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_SPOKEN_WORD = rf"(?:{'|'.join((*_TIMES, *_WORD_DIGITS))}|[0-9]{{1,5}})"
_SPOKEN = re.compile(
    rf"(?<![0-9A-Za-z]){_SPOKEN_WORD}(?:[\s,.–-]{{1,3}}{_SPOKEN_WORD}){{4,15}}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_SPOKEN_PART = re.compile(r"[0-9]+|[a-z]+")
_FEWEST_WORDS = 4


def find_phones(glance: Glance) -> Iterator[Identifier]:
    """Yield telephone numbers written in digits."""
    text = glance.text
    for match in glance.find(_BRITISH):
        digits = _national(match)
        if digits and not _is_other(text, match):
            yield _identifier(match, digits, _whose(text, match, digits))
    yield from _foreign(glance)
    yield from _labelled(glance)
    for match in glance.find(_LINKED):
        digits = match["digits"]
        yield _identifier(match, "0" + digits[2:] if digits.startswith("44") else digits)


def find_spoken_phones(glance: Glance) -> Iterator[Identifier]:
    """Yield telephone numbers whose digits are written as words."""
    for match in glance.find(_SPOKEN):
        digits, written = _digits_of(match[0].lower())
        if written >= _FEWEST_WORDS and _NATIONAL.fullmatch(digits) and digits not in _COUNTED:
            yield _identifier(match, digits)


def _national(match: re.Match[str]) -> str:
    """Return the digits with the nought of the trunk, or nothing where they are no number."""
    rest = re.sub(r"[^0-9O]", "", match["rest"].upper())
    digits = "0" + rest.replace("O", "0")
    short = len(rest) == 9 and rest[:4] in _NINE
    if rest.count("O") > len(rest) // 2 or not (short or _NATIONAL.fullmatch(digits)):
        return ""
    if _FRACTION.fullmatch(match[0]) or _DATE.match(match[0]) or digits in _COUNTED:
        return ""
    return digits


def _whose(text: str, match: re.Match[str], digits: str) -> Confidence:
    """Hold a number for an organisation's where one is named before it; a mobile is a person's."""
    close = re.split(r"[.!?]\s|\n\n", before(text, match.start(), 90))[-1]
    if digits.startswith("07") or _SOMEBODY.search(close) or not _OFFICE.search(close):
        return Confidence.HIGH
    return Confidence.LOW


def _is_other(text: str, match: re.Match[str]) -> bool:
    return _MEMBERS_OF_OTHERS.search(before(text, match.start(), 30)) is not None


def _foreign(glance: Glance) -> Iterator[Identifier]:
    text = glance.text
    if "+" not in text and "00" not in text:
        return
    for match in glance.find(_FOREIGN):
        digits = re.sub(r"[^0-9]", "", match[0])
        number = "+" + (digits if "+" in match[0] else digits[2:])
        if number.startswith("+44"):
            continue
        called = _CALLING.search(before(text, match.start(), 30)) is not None
        if _is_foreign(number, called=called, plus="+" in match[0]):
            yield _identifier(match, number)


def _is_foreign(number: str, *, called: bool, plus: bool) -> bool:
    """Say whether a number of another country is one by its numbering plan."""
    import phonenumbers  # large; most pages have no such number

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return False
    if called and plus:
        return bool(phonenumbers.is_possible_number(parsed))
    return bool(phonenumbers.is_valid_number(parsed)) and (called or plus)


def _labelled(glance: Glance) -> Iterator[Identifier]:
    """Yield what is a number only because it is called one."""
    text = glance.text
    for match in glance.find(_SHORT):
        if _SHORT_LABEL.search(before(text, match.start(), 30)):
            yield _identifier(match, re.sub(r"[^0-9]", "", match[0]), Confidence.MEDIUM)
    for match in glance.find(_AMERICAN):
        if _SHORT_LABEL.search(before(text, match.start(), 30)):
            yield _identifier(match, re.sub(r"[^0-9]", "", match[0]), Confidence.MEDIUM)


def _digits_of(spoken: str) -> tuple[str, int]:
    """Return the digits of a run of words, and how many of them were words."""
    digits, times, written = "", 1, 0
    for part in _SPOKEN_PART.findall(spoken):
        if part in _TIMES:
            times = _TIMES[part]
            continue
        written += not part.isdigit()
        digits += _WORD_DIGITS.get(part, part) * times
        times = 1
    return digits, written


def _identifier(
    match: re.Match[str], value: str, confidence: Confidence = Confidence.HIGH
) -> Identifier:
    return Identifier(
        kind=Kind.PHONE,
        start=match.start(),
        end=match.end(),
        confidence=confidence,
        value=value,
    )
