"""Whose credit a text is: that of a picture agency, a stock library or a newspaper.

A name in a field that holds nothing but rights is a credit. In sentences it must stand as one does:
after "photo:" or ©, behind a stroke, alone on its line. Names that are everyday words or surnames
too ("The Sun", "Getty") count only where nothing else can be meant.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from moderation.analysis.rights.listed import STOCKS, Credited, names_at
from moderation.analysis.rights.lookalikes import as_read
from moderation.analysis.rights.sources import (
    AMBIGUOUS,
    FILE_NAMES,
    MARKS,
    PRESS,
    SITES,
)
from moderation.model import Term

_LONG = 2_000
"""Characters of a text that are looked at; a credit stands in the first or the last of them."""
_OWNERS = frozenset(
    {
        *(Term.COPYRIGHT_NOTICE, Term.COPYRIGHT_OWNER, Term.CREDIT_LINE),
        *(Term.SOURCE, Term.LICENSOR),
    }
)
SIGNED = _OWNERS | {
    *(Term.CREATOR, Term.LICENSOR_URL, Term.WEB_STATEMENT, Term.USAGE_TERMS, Term.LICENCE),
    *(Term.INSTRUCTIONS, Term.CONTACT, Term.JOB_TITLE, Term.ARTWORK_SHOWN),
}
"""The fields that hold rights and nothing else."""
_LEAD = re.compile(
    r"""(?:\s|A?©|\(c\)|\(C\)|&copy;|[:?*_~"'“”‘’.\[\]()]|\d{4}(?:\s?[-–]\s?\d{2,4})?
    |(?i:copyright|photograph(?:s|er|y)?|photos?|pictures?|pics?|images?|illustrations?|credits?
    |fotos?|bild(?:er|nachweis|quelle)?|quelle|courtesy|source|licensed|supplied|provided|rights
    |all\ rights\ reserved|by|from|to|of|via|for
    |at|ltd|limited|plc|inc|stock)(?![^\W_]))+""",
    re.VERBOSE,
)
_CUT = re.compile(r"\s*[/|;,\\•·]\s*|\s+[-–—]\s+|\s+(?:via|for|at)\s+|[()\[\]\n]")
_CUE = re.compile(
    r"""(?:\b(?:photo(?:graph)?s?|pictures?|pics?|images?|illustrations?|footage|artwork|designed
        |photographie|fotos?|bild(?:er)?)\b
      \s*(?:credits?|copyright|courtesy(?:\s+of)?|source|licensed|supplied|provided|taken|from|by
            |via|is|to|[:©–—-]|\(c\)|\d{4}|\s)*(?<=[:©–—\-\s])
    |©|\(c\)|&copy;|\b(?:copyright|credits?|bild(?:nachweis|quelle)|quelle
      |courtesy\s+of|sourced?\ from|licensed\s+(?:from|by)
      |by\s+kind\s+permission\s+of|via|source)\b)
    [\s:©.–—-]*(?:\d{4}(?:[-–]\d{2,4})?\s*,?\s*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_RUNS_ON = re.compile(
    r"\s+(?!(?:via|for|and|und|et|stock|photos?|photographers?|pictures?|images?|pool|archives?|news"
    r"|newspapers|zeitung|media|press|online|group|agency|collection|library|ltd|limited|plc|inc|reporter|used|with|by|under|on|in|at|all"
    r"|licen[cs]ed|taken|from|stringer|contributor|copyright|gmbh|sa)\b)[^\W\d_]",
    re.IGNORECASE,
)
"""The name is the beginning of something else: "National World Book Day"."""
_CALM = re.compile(r"\b(?:photo(?:graph)?s?|pictures?|pics?|images?)\b\s*$", re.IGNORECASE)
_WHO = r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3}?"
_PERSON = re.compile(rf"{_WHO}\s*(?:[/|,]|\s[-–—]|\bfor\b)\s*")
_OF_A_LIBRARY = re.compile(rf"{_WHO}\s+(?:on|from)\s*")
_NEWSPAPER = re.compile(
    r"(?:The )?(?:[A-Z][\w'’-]+ (?:and |& )?){1,3}(?:Gazette|Chronicle|Echo|Advertiser|Observer"
    r"|Argus|Examiner|Evening (?:News|Post|Telegraph|Mail|Times|Express)|Weekly News|Daily Press"
    r"|Mercury|Free Press|Daily Mail|Daily News)"
)
_SITE = re.compile(
    r"(?:^|[\s/@.:(<])("
    + "|".join(map(re.escape, sorted(SITES, key=len, reverse=True)))
    + r")\.(?:com|co\.uk|org|net|de|eu|fr|news|tv|ie|org\.uk)(?![\w-])",
    re.IGNORECASE,
)
_SMUDGED = str.maketrans({"0": "o", "1": "l", "|": "l", "5": "s", "!": "l"})
_GOES_ON = re.compile(r"(?:(?:stock photos?|ltd|limited|uk)\b)?\W*[^\W\d_]", re.IGNORECASE)
_WATERMARK_LEAST = 9
_NUMBERED = re.compile(
    rf"(?:^|[-_. ])({'|'.join(sorted(FILE_NAMES, key=len, reverse=True))})(?:[-_. ]|\d|$)"
)


def signed_by(value: str, term: Term) -> Credited | None:
    """Say whose credit a field of rights holds.

    Args:
        value: what stands in the field
        term: what the field states; one of :data:`SIGNED`

    """
    text = _ends(value)
    if found := next(_names(text), None):
        return found
    if site := _SITE.search(text):
        return Credited(site[1].lower())
    parts = [part for part in map(_bare, _CUT.split(text)) if part]
    if len(parts) == 1 and term not in _OWNERS and parts[0].upper() not in _LONE:
        return None
    if found := next(filter(None, map(_ambiguous, parts)), None):
        return found
    if term in _OWNERS:
        title = next((part for part in parts if _NEWSPAPER.fullmatch(part)), "")
        return Credited(title, sure=False) if title else None
    return None


def declared_by(value: str) -> Credited | None:
    """Say whose name or site a publisher's own words on rights hold."""
    text = _ends(value)
    site = _SITE.search(text)
    return next(_names(text), None) or (Credited(site[1].lower()) if site else None)


def credited_in(text: str, *, drawn: bool = False) -> Credited | None:
    """Say whose credit stands among sentences: in a caption or beside a photo.

    Args:
        text: the sentences
        drawn: they were read in a picture, where a newspaper may lie about with its title

    """
    for line in _ends(text).splitlines():
        found = _in_line(line)
        if found and not (drawn and found.name in _PRESS and not _CUE.search(line)):
            return found
    return None


def drawn_in(text: str) -> Credited | None:
    """Say whose mark is written over a picture, as far as it was read."""
    plain = _ends(text).casefold().translate(_SMUDGED)
    words = set(re.findall(r"[^\W_]+", plain))
    tight = "".join(plain.split())
    for mark in MARKS:
        folded = mark.translate(_SMUDGED)
        if folded in words or (len(folded) >= _WATERMARK_LEAST and folded in tight):
            return Credited(mark)
    return credited_in(text, drawn=True)


def named_in(path: str) -> Credited | None:
    """Say which library a file was downloaded from, by its name."""
    found = _NUMBERED.search(path.rpartition("/")[2].casefold())
    return Credited(found[1]) if found else None


_LONE = frozenset(
    {"GETTY", "ALAMY", "CORBIS", "BBC", "ITV", "WIREIMAGE", "THE GUARDIAN", "THE SUN"}
)
"""Ambiguous names of which one alone is a creator that no person is called."""
_SHORT = frozenset({"PA", "AP", "EPA", "EFE", "REX", "SPLASH", "MAGNUM", "OFFSET"}) | {
    *("ANP", "AAP", "APA", "TNS", "NTB", "KEYSTONE", "LAIF"),
}
"""Ambiguous names that count behind a colon or a sign of copyright."""


def _in_line(line: str) -> Credited | None:
    for start, end, listed in names_at(line):
        if _is_name(listed.name, line[end:]) and _is_credit(
            line[:start], line[end:], stock=listed.name in STOCKS
        ):
            return listed
    for cue in _CUE.finditer(line):
        rest = line[cue.end() :]
        person = _PERSON.match(rest)
        for text in (rest, rest[person.end() :] if person else ""):
            found = _ambiguous(_head(text))
            signed = text is not rest and person is not None and "/" in person[0]
            if found is not None and (signed or _may_mean(cue[0], found.name)):
                return found
    if stroke := re.search(r"[^\W\d_]{3,}/(PA|AP|AFP|EPA|EFE|REX|Getty|BBC|dpa)(?:\b|$)", line):
        return Credited(stroke[1])
    return None


def _is_name(name: str, after: str) -> bool:
    """Say whether a name ends where it was found, by what comes after it."""
    goes_on = _RUNS_ON.match(after)
    if goes_on is None or name in STOCKS:
        return True
    return name not in _PRESS and goes_on[0][-1:].isupper()


def _is_credit(before: str, after: str, *, stock: bool) -> bool:
    """Say whether a name stands where a credit does, by what is before and after it."""
    left, right = before.rstrip(), after.strip()
    alone = not left.strip("*_~([\"'“ ") or left.endswith(("/", "|", "©", "•", "("))
    if alone and (right.startswith("/") or not _GOES_ON.match(right)):
        return True
    cues = list(_CUE.finditer(before))
    if not cues:
        return False
    between = before[cues[-1].end() :]
    if _CALM.search(cues[-1][0]) and not between:
        return False
    bare = re.sub(r"(?i)^the\b", "", between.strip(" *_\"'“")).strip()
    if not bare or any(map(_PERSON.fullmatch, (between, f"{bare} "))):
        return True
    return stock and _OF_A_LIBRARY.fullmatch(between) is not None


def _may_mean(cue: str, name: str) -> bool:
    """Say whether a cue makes an everyday word a newspaper: "Picture: The Sun" may be the sun."""
    strong = re.search(r"©|\(c\)|copyright|credit|courtesy|\bby\b|licensed", cue, re.IGNORECASE)
    if name.upper() in _SHORT:
        return ":" in cue or "©" in cue
    return bool(strong) or name.upper() in _LONE - {"THE SUN"}


def _head(text: str) -> str:
    """Return the words before the first sign."""
    return re.split(r"[.,;:()\[\]*_|/\n]", text, maxsplit=1)[0].strip(" \"'“”‘’")


def _bare(part: str) -> str:
    """Return a part of a field without what only leads to the name."""
    part = part.strip()
    while (lead := _LEAD.match(part)) and lead.end():
        part = part[lead.end() :]
    return re.sub(
        r"(?i)[\s,.]*(?:\d{4}|ltd|limited|plc|inc|all rights reserved|[.\"'”’])*\s*$", "", part
    )


def _ambiguous(part: str) -> Credited | None:
    name = _everyday().get(" ".join(part.lower().split()))
    if name is None:
        return None
    capital = part.split()[-1][:1].isupper() if name != "dpa" else True
    return Credited(name) if capital else None


@cache
def _everyday() -> dict[str, str]:
    return {name.lower(): name for name in AMBIGUOUS}


def _names(text: str) -> Iterator[Credited]:
    return (found for _, _, found in names_at(text))


def _ends(text: str) -> str:
    """Return a text, or the beginning and the end of a long one, as it is read and not spelt."""
    text = text if len(text) <= 2 * _LONG else f"{text[:_LONG]}\n{text[-_LONG:]}"
    return text if text.isascii() else as_read(text)


def names_press(text: str) -> bool:
    """Say whether a text names a newspaper or broadcaster, also by an everyday word in capitals."""
    listed: Iterable[Credited] = _names(_ends(text))
    return any(found.name in _PRESS for found in listed) or bool(
        re.search(
            r"\bThe (?:Sun|Times|Mirror|Guardian|Telegraph|Independent|Observer|Gazette|Chronicle"
            r"|Herald|Argus|Echo|Advertiser|Scotsman|Economist|Standard)\b",
            text,
        )
    )


_PRESS = frozenset(PRESS)
