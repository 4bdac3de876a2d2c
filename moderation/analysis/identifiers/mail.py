"""E-mail addresses, plain and disguised."""

import re
from collections.abc import Iterator

from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.kinds import Identifier, Kind
from moderation.analysis.identifiers.lists import listed
from moderation.analysis.identifiers.mailboxes import is_official, is_role, is_webmail
from moderation.analysis.identifiers.surroundings import before, words
from moderation.model import Confidence

_SIGN = re.compile(
    r"(?P<plain>@|%40)|\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2}|\s[@]\s|\s?[-_.]at[-_.]\s?"
    r"|(?P<spoken>\s{1,2}at\s{1,2})",
    re.IGNORECASE,
)
_LONGEST = 90
_BACKWARDS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}")
_SPELLED = re.compile(
    r"(?:(?<=^)|(?<=[^A-Za-z0-9._%+'-]))[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}"
    r"(?:\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2}[A-Za-z0-9_+-]{1,30}"
    r"|\s{1,2}dot\s{1,2}[A-Za-z0-9_+-]{1,30}){0,3}\Z",
    re.IGNORECASE,
)
_DOT = re.compile(
    r"\.|\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2}|\s{1,2}dot\s{1,2}|\s?[-_]dot[-_]\s?|%2E",
    re.IGNORECASE,
)
_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_PART_WITHOUT_HYPHEN = re.compile(r"[A-Za-z0-9]{1,63}")
_MOST_PARTS = 8
_ENDINGS = frozenset(listed("mail", "endings").split())
_FILES = frozenset(listed("mail", "files").split())
_NO_LOCAL = frozenset(listed("mail", "no_local").split())
_MAILING = words("email e-mail mail emails contact write reply mailto address send message")


def find_emails(glance: Glance) -> Iterator[Identifier]:
    """Yield e-mail addresses, however the at sign and the dots are written."""
    text = glance.text
    taken = -1
    for sign in glance.find(_SIGN):
        local = _local(text, sign.start())
        if not local or sign.start() < taken:
            continue
        start, end = sign.start() - len(local), _domain_end(text, sign)
        if end and _is_address(text, sign, local, end):
            taken = end
            yield _identifier(start, end, local, text[sign.end() : end])


def _local(text: str, end: int) -> str:
    """Return what stands before an at sign and may be the name of a mailbox."""
    near = text[max(0, end - _LONGEST) : end]
    if "dot" in near.lower() or near[-1:] in "])}>":
        match = _SPELLED.search(near)
        return match[0] if match else ""
    back = _BACKWARDS.match(near[::-1])
    return back[0][::-1].lstrip(".%+'-") if back else ""


def _domain_end(text: str, sign: re.Match[str]) -> int:
    """Return where the domain ends at a known ending, or nought where it has none."""
    form = _PART_WITHOUT_HYPHEN if "-" in sign[0] else _PART
    best, at, last, plain = 0, sign.end(), "", sign["plain"] is not None
    for count in range(_MOST_PARTS):
        part = form.match(text, at)
        if part is None:
            break
        last = part[0].lower()
        if count and last in _ENDINGS:
            best = part.end()
        dot = _DOT.match(text, part.end())
        if dot is None:
            return best or (part.end() if plain and count and _is_ending(last) else 0)
        plain = plain and dot[0] == "."
        at = dot.end()
    return best


def _is_ending(part: str) -> bool:
    """Say whether the last part of a domain may be one, though it is not among the usual."""
    return part.isalpha() and len(part) > 1 and part not in _FILES


def _is_address(text: str, sign: re.Match[str], local: str, end: int) -> bool:
    """Say whether a word, an at sign in some dress and a domain are an address."""
    if sign["plain"] is not None:
        return True
    if local.lower() in _NO_LOCAL or local.isdigit() or not text[sign.end()].isalpha():
        return False
    spelled = "dot" in re.findall("[a-z]+", text[sign.end() : end].lower())
    if sign["spoken"] is None or spelled or re.search(r"[._0-9]| dot ", local, re.IGNORECASE):
        return True
    start = sign.start() - len(local)
    if _MAILING.search(before(text, start, 30)):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip() and not text[end:].partition("\n")[0].strip(" .")


def _identifier(start: int, end: int, local: str, domain: str) -> Identifier:
    value = f"{_undotted(local)}@{_undotted(domain)}".lower()
    of_body = is_official(value) or (is_role(value) and not is_webmail(value))
    sure = Confidence.LOW if of_body else Confidence.HIGH
    return Identifier(kind=Kind.EMAIL, start=start, end=end, confidence=sure, value=value)


def _undotted(part: str) -> str:
    return "".join(_DOT.sub(".", part).split())
