"""Names of accounts on social networks and games."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.surroundings import before, words
from moderation.model import Confidence

_AT = re.compile(
    r"(?<![0-9A-Za-z_.@/=+-])@(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{1,40}[A-Za-z0-9_]|[A-Za-z0-9_]{2,3})(?![A-Za-z0-9_@(])"
)
_CODE = frozenset(listed("handles", "code").split())
_NETWORK = (
    r"instagram|insta|ig|snap\s?chat|snap|tik\s?tok|twitter|discord|roblox|minecraft|fortnite|x\s?box"
    r"(?:\slive)?|psn|playstation(?:\snetwork)?|gamer\s?tag|steam|twitch|youtube|facebook|fb|telegram|whats\s?app"
    r"|vsco|threads|blue\s?sky|mastodon|bereal|kik|signal|pinterest|reddit|tumblr|linkedin|spotify"
    r"|nintendo|switch|epic(?:\sgames)?|yubo|omegle|wechat|viber|ign"
)
_LINKING = (
    r"(?:\s?(?:,|:|=|-|\()\s?|\s(?:is|as|under|called|named|at|ign|user\s?name|user|name|handle|account|acct"
    r"|id|tag|gamer\s?tag|profile|she\sis|he\sis|they\sare|i\sam|i'm|he's|she's|it's)(?![a-z])){0,4}"
)
_NAMED = re.compile(
    rf"(?<![0-9A-Za-z@./])(?P<network>{_NETWORK}){_LINKING}(?:\s{{1,2}}|(?<=[:=(,-]))"
    r"(?P<name>@?[A-Za-z0-9_][A-Za-z0-9_.#-]{1,40}[A-Za-z0-9_])(?![A-Za-z0-9_@])",
    re.IGNORECASE,
)
_HOSTS = (
    r"instagram\.com|tiktok\.com|twitter\.com|x\.com|facebook\.com|fb\.com|fb\.me|youtube\.com"
    r"|snapchat\.com|twitch\.tv|reddit\.com|t\.me|telegram\.me|threads\.net|threads\.com|bsky\.app"
    r"|linkedin\.com|pinterest\.com|pinterest\.co\.uk|vsco\.co|tumblr\.com|roblox\.com"
    r"|steamcommunity\.com|open\.spotify\.com|soundcloud\.com|mastodon\.social|github\.com"
    r"|discord\.com|discordapp\.com|kik\.me|ask\.fm|onlyfans\.com|linktr\.ee|bere\.al|m\.me"
)
_LINK = re.compile(
    rf"(?<![0-9A-Za-z@-])(?:https?://)?(?:www\.|m\.|en-gb\.|web\.|mobile\.)?(?P<host>{_HOSTS})/"
    r"(?P<name>(?:@|add/|user/|users/|u/|r/u/|c/|in/|channel/|profile/|id/|people/|share/)?"
    r"[A-Za-z0-9_@][A-Za-z0-9_.%-]{1,60})",
    re.IGNORECASE,
)
_REDDIT = re.compile(r"(?<![0-9A-Za-z/])/?u/(?P<name>[A-Za-z0-9_-]{3,20})(?![A-Za-z0-9_/-])")
_RESERVED = frozenset(listed("handles", "reserved").split())
_BODIES = re.compile(
    r"school|academy|primary|college|nursery|infant|junior|pta\b|ptfa|bbc|nspcc|dfe|ofsted|gov|trust|council|"
    r"museum|library|police|nhs|charity|official|theatre|sports|news|club|ceop|childline|internetmatters|"
    r"unicef|oxfam|rspca|church|cathedral|zoo|university|foundation|safer|fc$|uk$|hq$|ltd$|(?:ce)?ps$"
    r"|education|learning|teach|barnardos|amnesty|kidscape|anti-?bullying"
)
_ASKING = words(listed("handles", "asking"))
_DOMAIN_END = re.compile(
    r"\.(?:com|org|net|uk|edu|gov|co|sch|ac|io|info|png|jpg|svg|webp|css|js|eu|ie|example|test)$"
)


def find_handles(glance: Glance) -> Iterator[Identifier]:
    """Yield names of accounts: links to them, ``@name``, and a network's name with an account's."""
    text = glance.text
    for match in glance.find(_LINK):
        if _is_profile(match):
            yield _identifier(match, match["name"].rpartition("/")[2])
    for match in glance.find(_AT):
        name = match["name"]
        if name.lower() not in _CODE and not name.isdigit() and _is_free(name):
            yield _identifier(match, name)
    for match in glance.find(_NAMED):
        if _is_account(text, match):
            yield _identifier(match, match["name"].lstrip("@"))
    for match in glance.find(_REDDIT):
        yield _identifier(match, match["name"])


def _is_free(name: str) -> bool:
    """Say whether a name behind an at sign is no end of an address, price or time."""
    return not _DOMAIN_END.search(name.lower()) and not re.fullmatch(r"[0-9]+\w{0,2}", name)


def _is_profile(match: re.Match[str]) -> bool:
    name = match["name"].strip("./").lower()
    last = name.rpartition("/")[2].lstrip("@")
    return len(last) > 1 and name.split("/")[0] not in _RESERVED and last not in _RESERVED


def _is_account(text: str, match: re.Match[str]) -> bool:
    """Say whether the word after a network's name is an account and not the next word."""
    name = match["name"]
    network = re.sub(r"\s", "", match["network"].lower())
    if name.startswith("@"):
        return _is_free(name[1:])
    if re.fullmatch(_NETWORK, name, re.IGNORECASE) or not _is_free(name) or name.lower() in _CODE:
        return False
    if _is_made_up(name):
        return network not in ("signal", "switch", "threads", "epic", "steam") or ":" in match[0]
    return _is_plain_account(text, match)


def _is_made_up(name: str) -> bool:
    """Say whether a word is spelled as only names of accounts are."""
    if re.fullmatch(
        r"[0-9.,-]+(?:th|st|nd|rd|am|pm|s)?|[A-Z]{2,5}[0-9]{0,3}|[a-zA-Z]+-[a-zA-Z-]+", name
    ):
        return False
    inner = re.search(r"[a-z][A-Z]", name) is not None
    return inner or re.search(r"[0-9_#]|[a-z]\.[a-z]", name) is not None


def _is_plain_account(text: str, match: re.Match[str]) -> bool:
    """Say whether a plain word is an account: at the end, small, long, and asked for."""
    name, rest = match["name"], text[match.end() : match.end() + 2]
    if not name.islower() or len(name) < 7 or (rest.strip() and rest[0] not in ".,;)!?|\n"):
        return rest.lstrip()[:1] == "|" and name.islower() and len(name) > 7
    asked = _ASKING.search(before(text, match.start(), 30)) is not None
    coloned = ":" in match[0][len(match["network"]) :]
    return coloned or asked


def _identifier(match: re.Match[str], name: str) -> Identifier:
    value = name.lstrip("@").lower()
    sure = Confidence.LOW if _BODIES.search(value) else Confidence.HIGH
    return Identifier(
        kind=Kind.HANDLE, start=match.start(), end=match.end(), confidence=sure, value=value
    )
