"""Whether a sentence with an address speaks of a child."""

import re

from moderation.analysis.text.sentences import sentence_at

_CHILD = re.compile(
    r"\b(?:he|she|his|her|hers|him|pupil|child|boy|girl|son|daughter|toddler|twins|classmate|schoolboy|schoolgirl"
    r"|niece|nephew|grandson|granddaughter|aged?\s[0-9]{1,2}|[0-9]{1,2}-year-old)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:Year\s(?:[1-9]|1[0-3])|Reception|Y(?:[1-9]|1[0-3]))\b")
_LIVING = re.compile(
    r"[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)?(?:,\s(?:of|from|who\slives\sat)|\s(?:lives?|lived|is\sliving|stays|moved|is\smoving|has\smoved)"
    r"|['’]s?\s(?:home|house|address|party|postcode|flat|family|mum|dad|birthday))(?![a-z])"
)
_NOBODY = re.compile(
    r"\b(?:School|Academy|Office|Council|Church|Club|We|They|You|I|Mr|Mrs|Ms|Miss|Dr|Trust|Museum|Centre|Library)\b"
)
_STAFF = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Sir|Councillor|Cllr)\.?\s[A-Z]")


def tells_of_child(text: str, start: int, end: int) -> bool:
    """Say whether the sentence around ``text[start:end]`` speaks of a child or of who lives there.

    Args:
        text: as a reader sees it
        start: where the address begins
        end: where it ends

    """
    sentence = sentence_at(text, start, end)
    around = f"{text[sentence.start : start]} | {text[end : max(end, sentence.end)]}"
    if _STAFF.search(around):
        return False
    if _CHILD.search(around) or _YEAR.search(around):
        return True
    living = _LIVING.search(around)
    return living is not None and _NOBODY.search(living[0]) is None
