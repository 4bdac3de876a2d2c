"""Which question of a form asks whether somebody may be shown, and whether yes means yes."""

import re
from collections.abc import Mapping

from moderation.registers.consent import Channel
from moderation.registers.table import head_of

_QUESTIONS: Mapping[Channel, str] = {
    Channel.WEBSITE: r"web ?site|web ?page",
    Channel.SOCIAL: r"social|facebook|twitter|instagram",
    Channel.PRESS: r"press|newspaper|(?<!social )media",
    Channel.PROSPECTUS: r"prospectus|brochure|printed|publicity",
    Channel.VIDEO: r"video|film",
    Channel.DISPLAY: r"display|in school|notice ?board",
}
_TURNED = re.compile(
    r"\b(?:not|(?:do|would|should|must|can|is|are|does)n? t|cannot|never|nor|none|no|objec\w+"
    r"|opt(?:s|ed|ing)? ?out|refus\w+|declin\w+|den(?:y|ies|ied|ial)|withdr[ae]w\w*|withh[eo]ld\w*"
    r"|exclu\w+|except\w*|prevent\w*|forbid\w*|prohibit\w*|restrict\w*|against|without|unless"
    r"|remov\w+|avoid\w*|disagree\w*|unhappy|unwilling|concerns?|problems?|reservations?)\b"
)
"""Words of a question to which yes may mean no."""

_ELSE = re.compile(
    r"\b(?:names?|naming|work|art ?work|address(?:es)?|policy|policies|accounts?|cookies?|log ?ins?"
    r"|password|read|seen|visit\w*|follow\w*)\b"
)
_SHOWN = re.compile(r"photo|pictur|imag|film|video|likeness|appear")
"""A question that is about something else than being shown, unless it says photo or the like."""


def is_turned(heading: str) -> bool:
    """Say whether yes to a question may mean no."""
    return bool(_TURNED.search(_plain(heading)))


def guess_questions(text: str, *, source: str) -> dict[Channel, tuple[str, ...]]:
    """Say which columns may ask about which channel, by the words of their headings.

    A heading to which yes may mean no is left out, and one that asks about something else.

    Raises:
        UsageError: it is no table

    """
    found: dict[Channel, list[str]] = {}
    for name in head_of(text, source=source):
        plain = _plain(name)
        if _TURNED.search(plain) or (_ELSE.search(plain) and not _SHOWN.search(plain)):
            continue
        for channel, words in _QUESTIONS.items():
            if re.search(words, plain):
                found.setdefault(channel, []).append(name)
    return {channel: tuple(names) for channel, names in found.items()}


def _plain(heading: str) -> str:
    """Return the words of a heading, also what stands in brackets, but for the answers to tick."""
    words = " ".join(re.findall("[a-z]+", heading.lower()))
    return re.sub(r"\byes (?:or )?no\b|\bno (?:or )?yes\b", "", words)
