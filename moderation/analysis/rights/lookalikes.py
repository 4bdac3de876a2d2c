"""Names as a person reads them: without accents, unseen signs, and letters of other scripts."""

import unicodedata

_KEPT = frozenset("…")
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıℓ\u2010\u2011\u2212",
    "ABESIJKMHOPCTYXaesijopcyxdhABEZHIKMNOPTYXoil---",
)
"""Letters of other scripts that look like Latin ones (Unicode Technical Standard 39); hyphens."""


def as_read(text: str) -> str:
    """Return a text for comparing with names of the Latin alphabet; places in it change.

    Args:
        text: of any length, in any script; one in another script becomes unreadable

    """
    if text.isascii():
        return text
    plain = (
        sign if sign in _KEPT else unicodedata.normalize("NFKD", sign.translate(_ALIKE))
        for sign in text
    )
    return "".join(sign for sign in "".join(plain) if unicodedata.category(sign) not in _UNSEEN)
