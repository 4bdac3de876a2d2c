"""What a licence demands and forbids, told from its name, its address or a sentence of terms.

After the legal codes of Creative Commons (BY, SA, NC and ND; versions 2.0 to 4.0), the Open
Government Licence 3.0, and the wording of usage terms in the *IPTC Photo Metadata User Guide*.
"""

import re
from dataclasses import dataclass

from moderation.analysis.rights import SETTLED
from moderation.analysis.rights.lookalikes import as_read
from moderation.model import Declaration
from moderation.policy.licences import licence_of

_CC = re.compile(
    r"creativecommons\.org/licen[cs]es/(by[a-z-]*)"
    r"|\b(?:cc|creative\s+commons)[\s_:–/-]*(by(?:[\s_–/-]*(?:nc|nd|sa))*)(?![a-z])"
    r"|(?<![\w-])(by(?:-(?:nc|nd|sa))+)(?![\w-])",
    re.IGNORECASE,
)
_PARTS = re.compile("nc|nd|sa")
_NC = re.compile(r"\bnon[\s-]?commercial|\bcc[\s-]?nc\b", re.IGNORECASE)
_NC_TERMS = re.compile(
    r"\b(?:not?|never)\s+(?:be\s+used\s+)?(?:for\s+)?(?:any\s+)?commercial\b", re.IGNORECASE
)
_ND = re.compile(
    r"\bno[\s-]?deriv(?:ative|s\b)|\b(?:must|may) not be (?:altered|cropped|changed|edited)"
    r"|\bno (?:cropping|alterations?|modifications?)\b",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(
    r"\beditorial(?:\s+use|\s+purposes)?\s+only\b|\bonly\s+(?:be\s+used\s+)?for\s+editorial\b"
    r"|\bfor\s+editorial\s+(?:use|purposes)\b|\beditorial\s+licen[cs]e\b",
    re.IGNORECASE,
)
_UNPUBLISHED = re.compile(
    r"\b(?:no|not\s+for)\s+(?:use\s+on\s+)?(?:the\s+)?(?:internet|web(?:site)?s?|online"
    r"|publication|publishing)\b(?!\s+without\s+credit)"
    r"|\b(?:personal|private|internal|print)\s+use\s+only\b|\bfor\s+(?:personal|private|internal)"
    r"\s+use\s+only\b|\bcomp(?:ing)?\s+(?:image|use)\s+only\b|\bpreview\s+only\b"
    r"|\bdo\s+not\s+(?:copy|publish|reproduce|distribute)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may not be done with a work.

    Args:
        commercial: no commercial use
        changes: it may not be changed
        editorial: only news and the like may show it
        publishing: it may not be published on a website

    """

    commercial: bool = False
    changes: bool = False
    editorial: bool = False
    publishing: bool = False


def limits_in(text: str) -> Limits:
    """Read what a licence, or a sentence on the use of a work, forbids.

    Args:
        text: an identifier, an address or words in English

    """
    text = as_read(text)
    found = _CC.search(text)
    parts = set(_PARTS.findall((found[1] or found[2] or found[3]).lower())) if found else set()
    return Limits(
        commercial="nc" in parts or bool(_NC.search(text) or _NC_TERMS.search(text)),
        changes="nd" in parts or bool(_ND.search(text)),
        editorial=bool(_EDITORIAL.search(text)),
        publishing=bool(_UNPUBLISHED.search(text)),
    )


def wants_credit(licence: str) -> tuple[str, ...]:
    """Name what a licence demands to stand beside the work, as keys of a declaration.

    Args:
        licence: SPDX identifier, or a word of the policy's list

    """
    terms = licence_of(licence)
    if not licence or licence in SETTLED or not terms.attribution:
        return ()
    return ("author", "source") if terms.statement else ("author", "title", "source")


_EVIDENCE = {"stock": "invoice", "permission": "permission", "pupil-work": "permission"}
"""What a licence that is agreed elsewhere has to name, by licence."""


def lacking(said: Declaration) -> tuple[str, ...]:
    """Name what a declaration does not say and must, as its keys."""
    evidence = _EVIDENCE.get(said.licence)
    wanted = ["author", "licence", *wants_credit(said.licence), *([evidence] if evidence else [])]
    return tuple(key for key in dict.fromkeys(wanted) if not getattr(said, key))
