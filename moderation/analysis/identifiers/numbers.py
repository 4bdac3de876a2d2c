"""Numbers that the state gives to one person: UPN, NHS number, National Insurance number."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.checksums import is_nhs_number, is_pupil_number
from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import after, before, label, words
from moderation.model import Confidence

_UPN = re.compile(
    r"(?<![0-9A-Za-z])[A-HJ-NP-RT-Za-hj-np-rt-z](?:[ ./_\n-]?[0-9Oo]){11}[ ./_\n-]?"
    r"[0-9A-HJ-RT-Za-hj-rt-z](?![0-9A-Za-z])"
)
_AUTHORITIES = frozenset(
    f"{code:03}"
    for first, last in (
        *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384)),
        *((390, 394), (420, 420), (660, 681), (701, 708), (800, 803), (805, 808), (810, 813)),
        *((815, 816), (820, 823), (825, 826), (830, 831), (835, 841), (845, 846), (850, 852)),
        *((855, 857), (860, 861), (865, 896), (901, 943)),
    )
    for code in range(first, last + 1)
)
"""Codes of local authorities, current and former, of England and Wales, with those of service
schools and islands; the register of the Department for Education."""

_NHS = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,/-])[0-9](?:[ .\n-]{0,2}[0-9]){9}(?![0-9A-Za-z])(?![.,/-][0-9])"
)
_GROUPED = re.compile(r"[0-9]{3} [0-9]{3} [0-9]{4}")
_HEALTH = words(listed("numbers", "health"))
_OTHER_THAN_HEALTH = label(listed("numbers", "other_than_health"))
_BOOKS = words("isbn isbn-10 paperback hardback reading+list barcode")
_NHS_LABEL = label("nhs n.h.s national+health+service patient hospital medical chi h&c health")

_NINO = re.compile(
    r"(?<![0-9A-Za-z])(?P<prefix>[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z])"
    r"(?P<digits>(?:[ .\n/-]{0,2}[0-9Oo]){6})(?:[ .\n/-]{0,2}(?P<suffix>[A-Da-d]))?"
    r"(?![0-9A-Za-z])"
)
_NOT_GIVEN = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
"""Prefixes that HMRC does not use, National Insurance Manual NIM39110."""
_SMALL_WORDS = frozenset(listed("numbers", "small_words").split())
_INSURANCE = words(
    "ni nino n.i national+insurance n.i. payroll hmrc salary p45 p60 p11d insurance+number nin"
)
_OTHER_THAN_INSURANCE = label("flight invoice order product part model serial sku catalogue")


def find_pupil_numbers(glance: Glance) -> Iterator[Identifier]:
    """Yield every UPN whose letter and local authority are right."""
    for match in glance.find(_UPN):
        value = re.sub(r"[^0-9A-Z]", "", match[0].upper())
        value = value[0] + value[1:].replace("O", "0")
        if value[1:4] in _AUTHORITIES and is_pupil_number(value):
            yield Identifier(
                kind=Kind.PUPIL_NUMBER, start=match.start(), end=match.end(), value=value
            )


def find_nhs_numbers(glance: Glance) -> Iterator[Identifier]:
    """Yield ten digits that are an NHS number by check digit and by what stands around them.

    Every ISBN of ten digits passes the same check, and one in eleven numbers does, so the digits
    alone say nothing.
    """
    text = glance.text
    for match in glance.find(_NHS):
        digits = re.sub(r"[^0-9]", "", match[0])
        if not is_nhs_number(digits) or len(set(digits)) == 1:
            continue
        confidence = _of_health(text, match)
        if confidence is not None:
            yield Identifier(
                kind=Kind.NHS_NUMBER,
                start=match.start(),
                end=match.end(),
                confidence=confidence,
                value=digits,
            )


def _of_health(text: str, match: re.Match[str]) -> Confidence | None:
    """Say how surely a valid number is one of the NHS, or None where it is not."""
    close = before(text, match.start(), 45)
    if _NHS_LABEL.search(close):
        return Confidence.HIGH
    if _OTHER_THAN_HEALTH.search(close) or _BOOKS.search(close):
        return None
    if _HEALTH.search(before(text, match.start(), 70)) or _HEALTH.search(after(text, match.end())):
        return Confidence.HIGH if match[0][0] in "34679" else Confidence.MEDIUM
    if match[0][0] in "4679" and _GROUPED.fullmatch(match[0]):
        return Confidence.MEDIUM
    return None


def find_insurance_numbers(glance: Glance) -> Iterator[Identifier]:
    """Yield National Insurance numbers; without the last letter only where they are called so."""
    text = glance.text
    for match in glance.find(_NINO):
        prefix, digits = match["prefix"], match["digits"]
        if prefix.upper() in _NOT_GIVEN or not _mostly_digits(digits):
            continue
        close = before(text, match.start())
        called = _INSURANCE.search(close) or _INSURANCE.search(after(text, match.end(), 25))
        if not called and (match["suffix"] is None or _by_chance(match, close)):
            continue
        value = re.sub(r"[^0-9A-Z]", "", prefix.upper() + digits.upper().replace("O", "0"))
        yield Identifier(
            kind=Kind.NATIONAL_INSURANCE,
            start=match.start(),
            end=match.end(),
            value=value + (match["suffix"] or "").upper(),
        )


def _by_chance(match: re.Match[str], close: str) -> bool:
    """Say whether letters and digits that nothing calls a number only look like one."""
    prefix = match["prefix"]
    spaced = not match["digits"][0].isdigit()
    if not prefix.isupper() and (not prefix.islower() or (spaced and prefix in _SMALL_WORDS)):
        return True
    return _OTHER_THAN_INSURANCE.search(close) is not None


def _mostly_digits(digits: str) -> bool:
    return sum(c.isdigit() for c in digits) >= 4
