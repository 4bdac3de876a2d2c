"""Check digits, each by the sentence that defines it."""

_UPN = "ABCDEFGHJKLMNPQRTUVWXYZ"
_IBAN_LENGTHS = {
    **{"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22},
    **{"BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28},
    **{"EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23},
    **{"GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26},
    **{"IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20},
    **{"LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30},
    **{"NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22},
    **{"SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23},
    **{"TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20},
}
"""Length by country, SWIFT IBAN Registry."""


def is_pupil_number(value: str) -> bool:
    """Check a UPN: the sum of twelve characters times 2 to 13, modulo 23, gives the letter.

    Args:
        value: 13 upper-case characters; the last may be a letter, as in a temporary UPN

    The source is the Department for Education's guide to unique pupil numbers.
    """
    total = sum(
        (int(c) if c.isdigit() else _UPN.index(c)) * weight
        for weight, c in enumerate(value[1:], start=2)
    )
    return _UPN[total % 23] == value[0]


def is_nhs_number(digits: str) -> bool:
    """Check ten digits modulo 11 with weights 10 to 2, by the NHS Data Dictionary."""
    total = sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def is_card_number(digits: str) -> bool:
    """Check digits by Luhn's formula, ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        total += digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4)
    return total % 10 == 0


def is_iban(value: str) -> bool:
    """Check an IBAN of a known country: modulo 97 is 1, by ISO 13616.

    Args:
        value: upper-case letters and digits without blanks

    """
    if len(value) != _IBAN_LENGTHS.get(value[:2]):
        return False
    return int("".join(str(int(c, 36)) for c in value[4:] + value[:4])) % 97 == 1
