"""Details of bank accounts and cards."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.checksums import is_card_number, is_iban
from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import around, before, label, words
from moderation.model import Confidence

_SORT = r"(?:[0-9]{6}|[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2} [0-9]{2} [0-9]{2})"
_ACCOUNT = r"(?:[0-9]{8}|[0-9]{4}[ -][0-9]{4})"
_PAIR = re.compile(
    rf"(?<![0-9A-Za-z-]){_SORT}(?![0-9-])(?P<gap>[ ]?[^0-9 ][^0-9]{{0,44}}|(?<=-[0-9]{{2}}) )"
    rf"{_ACCOUNT}(?![0-9A-Za-z-])"
    rf"|(?<![0-9A-Za-z-]){_ACCOUNT}(?![0-9-])(?P<back>[ ]?[^0-9 ][^0-9]{{0,44}}){_SORT}"
    r"(?![0-9A-Za-z-])"
)
_BANKING = words(listed("money", "banking"))
_LABELLED = re.compile(
    r"(?<![a-z0-9])(?:account|a/c|acc|acct)\.?\s*(?:no\.?|number|num\.?|nr\.?|#)\s*"
    rf"(?:is|was)?[\s:.=|(-]{{0,4}}(?P<value>{_ACCOUNT})(?![0-9A-Za-z-])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![0-9A-Za-z.-])[0-9](?:[ \n-]?[0-9]){12,18}(?![0-9A-Za-z])")
_ISSUED = (
    (re.compile(r"4[0-9]{12}(?:[0-9]{3}){0,2}"), (13, 16, 19)),
    (re.compile(r"(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)[0-9]+"), (16,)),
    (re.compile(r"3[47][0-9]+"), (15,)),
    (re.compile(r"(?:6011|64[4-9]|65)[0-9]+"), (16, 19)),
    (re.compile(r"35(?:2[89]|[3-8])[0-9]+"), (16,)),
    (re.compile(r"3(?:0[0-5]|[68])[0-9]+"), (14,)),
    (re.compile(r"(?:50|5[6-9]|6[0-9])[0-9]+"), (16, 18, 19)),
)
"""How the numbers of Visa, Mastercard, American Express, Discover, JCB, Diners and Maestro begin,
and their lengths: ISO/IEC 7812 issuer ranges."""
_CLEAR = re.compile(r"(?:4|5[1-5]|2[2-7])[0-9]{14,15}|3[47][0-9]{13}")
"""What is a card number even where nothing calls it one."""
_GROUPS = re.compile(
    r"[0-9]+|[0-9]{4}(?:([ \n-])[0-9]{4}){2}\1?[0-9]{1,4}(?:[ \n-]?[0-9]{1,4})?"
    r"|[0-9]{4}[ -][0-9]{6}[ -][0-9]{4,5}"
)
_CALLED_CARD = words("card cards visa mastercard amex debit credit maestro cvv expiry expires")
_OTHER = label(listed("money", "other"))


def find_bank_details(glance: Glance) -> Iterator[Identifier]:
    """Yield sort codes with their accounts, account numbers, IBANs and card numbers."""
    yield from _accounts(glance)
    yield from _ibans(glance)
    yield from _cards(glance)


def _accounts(glance: Glance) -> Iterator[Identifier]:
    text = glance.text
    for match in glance.find(_PAIR):
        gap = match["gap"] or match["back"]
        near = f"{around(text, match.start(), match.end())} | {gap.lower()}"
        if _BANKING.search(near):
            yield _identifier(match.start(), match.end(), match[0])
    for match in glance.find(_LABELLED):
        yield _identifier(*match.span("value"), match["value"], Confidence.MEDIUM)


def _ibans(glance: Glance) -> Iterator[Identifier]:
    text = glance.text
    for match in glance.find(_IBAN):
        end = _iban_end(match[0])
        if end:
            start = match.start()
            yield _identifier(start, start + end, text[start : start + end])


def _iban_end(text: str) -> int:
    """Return how much of *text* is an IBAN; words may follow that look like more groups."""
    ends = [at for at in range(len(text), 14, -1) if at == len(text) or not text[at].isalnum()]
    for end in ends:
        if is_iban(re.sub("[ -]", "", text[:end]).upper()):
            return end
    return 0


def _cards(glance: Glance) -> Iterator[Identifier]:
    text = glance.text
    for match in glance.find(_CARD):
        digits = re.sub("[^0-9]", "", match[0])
        called = _CALLED_CARD.search(around(text, *match.span(), 30))
        if _is_issued(digits) and is_card_number(digits) and len(set(digits)) > 1:
            other = _OTHER.search(before(text, match.start()))
            alone = _CLEAR.fullmatch(digits) and _GROUPS.fullmatch(match[0])
            if called or (alone and not other):
                yield _identifier(match.start(), match.end(), digits)


def _is_issued(digits: str) -> bool:
    return any(len(digits) in sizes and form.fullmatch(digits) for form, sizes in _ISSUED)


def _identifier(
    start: int, end: int, value: str, confidence: Confidence = Confidence.HIGH
) -> Identifier:
    return Identifier(
        kind=Kind.BANK_DETAILS, start=start, end=end, confidence=confidence, value=value
    )
