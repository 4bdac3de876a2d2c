"""Whose an e-mail address is: a role's, a public body's, or anybody's."""

import re
from functools import cache

from moderation.analysis.identifiers.lists import listed

_YEARS = re.compile(r"(?:year|class|form|y|yr)[0-9]{1,2}[a-z]?|[0-9]+")
_PUBLIC = re.compile(
    r"(?:\.|^)(?:gov\.uk|gov\.scot|gov\.wales|nhs\.uk|nhs\.net|police\.uk|parliament\.uk|mod\.uk|ac\.uk"
    r"|sch\.uk|gov|edu)$|school|academy|primary|college|nursery|infant|junior|education|council"
)
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|btinternet|sky"
    r"|talktalk|virginmedia|ntlworld|blueyonder|tiscali|proton|protonmail|gmx|mail|zoho|fastmail)"
    r"\.(?:com|co\.uk|net|ie|me|fr|de|org)"
)
_OFFICIAL = re.compile(
    r"(?:\.|^)(?:gov\.uk|gov\.scot|gov\.wales|nhs\.uk|nhs\.net|police\.uk|parliament\.uk)$"
)


def is_role(value: str) -> bool:
    """Say whether an address belongs to a role, such as the office, and to no person."""
    local = value.partition("@")[0]
    roles, surnames = _roles()
    if local in roles:
        return True
    parts = re.split(r"[._+-]", local)
    if any(part in roles and part not in surnames for part in parts):
        return True
    return all(part in roles or _year(part) for part in parts)


def is_public_body(value: str) -> bool:
    """Say whether the domain of an address is one of a school or a public body."""
    domain = value.rpartition("@")[2]
    return not _PRIVATE.fullmatch(domain) and _PUBLIC.search(domain) is not None


def is_webmail(value: str) -> bool:
    """Say whether an address is one that anybody may open, so that its name proves no role."""
    return _PRIVATE.fullmatch(value.rpartition("@")[2]) is not None


def _year(part: str) -> bool:
    return _YEARS.fullmatch(part) is not None


def is_official(value: str) -> bool:
    """Say whether an address is one of government, health, police or parliament."""
    return _OFFICIAL.search(value.rpartition("@")[2]) is not None


@cache
def _roles() -> tuple[frozenset[str], frozenset[str]]:
    """Return words for roles, and those of them that are surnames or everyday words too."""
    lists = (listed("mailboxes", name) for name in ("roles", "surnames"))
    roles, surnames = (frozenset(words.split()) for words in lists)
    return roles, surnames
