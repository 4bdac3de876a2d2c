"""What the checks of pupils' names share: where a name stands, and how it is put."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from moderation.analysis.identity import Same
from moderation.analysis.names import NameMatch, Tier, find_pupils
from moderation.analysis.names.keyed import RollFilter
from moderation.analysis.shown import is_picture
from moderation.checks.base import Context, found
from moderation.model import (
    Carrier,
    Confidence,
    Document,
    Finding,
    Fix,
    Location,
    Rule,
    Severity,
)
from moderation.registers import KeyedRoll, Pupil, Roll

_METADATA = frozenset({Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.PROPERTY})
_BESIDE = frozenset({Carrier.ALT, Carrier.CAPTION, Carrier.TITLE})
_MOST_ALIKE = 3
_RELATED = 3
_SHORT_LINE = 4
_FURTHEST = 300
_WORDS = re.compile(r"\w+")
_BOY = "Master "
_YEAR = re.compile(r"(?i)(?:year|yr|y|class)?\s*0*(1[0-3]|[1-9])(?![0-9])")
_RECEPTION = re.compile(r"(?i)r(?![a-z])|recep|foundation|nursery")
_PRAISE = re.compile(
    r"(?i)\b(?:year \d|class|reception|nursery|pupils?|child|team|captain|win|won|winn\w+|awards?"
    r"|certificates?|troph(?:y|ies)|medals?|prizes?|well done|congrat\w+|pictured|star of|assembly"
    r"|goals?|scor\w+|asked|took part|aged? \d|birthday|merits?|house points?|thank you)\b"
)
_STAFF = re.compile(
    r"(?i)\b(?:teach\w*|head\w*|governors?|chair\w*|staff|tutors?|principal|office|contact|coach"
    r"|assistants?|senco|led by|lessons?|dear|e-?mail|phone|ext|mrs?\.? \w+['’]s class)\b"
)
_WORK = re.compile(
    r"(?i)\b(?:paint\w*|draw\w*|drew|poems?|stor(?:y|ies)|art\w*|written|wrote|sculpt\w*|models?"
    r"|design\w*|collages?|posters?|prints?|sewing)\b"
)


class Where(StrEnum):
    """What a name stands in."""

    TEXT = "text"
    FILE_NAME = "file name"
    METADATA = "metadata"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a document that may name pupils."""

    match: NameMatch
    where: Where


def mentions(document: Document, context: Context) -> tuple[Mention, ...]:
    """Return every place of *document* that may name pupils; none without a roll."""
    roll = context.registers.roll or context.registers.keyed
    return () if roll is None else _mentions(Same(document), Same(roll))


@lru_cache(maxsize=8)
def _mentions(document: Same[Document], roll: Same[Roll | KeyedRoll]) -> tuple[Mention, ...]:
    told: list[Mention] = []
    for start, end, where in _zones(document.value):
        text = document.value.text[start:end]
        for match in _found(text, roll, forenames=where in (Where.TEXT, Where.PICTURE)):
            moved = replace(match, start=match.start + start, end=match.end + start)
            told.append(Mention(moved, where))
    return tuple(told)


def _found(text: str, roll: Same[Roll | KeyedRoll], *, forenames: bool) -> Iterable[NameMatch]:
    """Find pupils by the roll, or by its digests, which do not tell whom."""
    if isinstance(roll.value, Roll):
        return find_pupils(text, roll.value, forenames=forenames)
    traces = _filter(Same(roll.value)).find(text)
    return (NameMatch(trace.start, trace.end, (), tier=trace.tier) for trace in traces)


@lru_cache(maxsize=8)
def _filter(keyed: Same[KeyedRoll]) -> RollFilter:
    return RollFilter.from_bytes(keyed.value.data, keyed.value.key)


def _zones(document: Document) -> Iterator[tuple[int, int, Where]]:
    """Yield stretches of the text across which no name goes on."""
    begin, last = 0, None
    for piece in document.pieces:
        zone = _where(document, piece.start, piece.carrier)
        if last is not None and zone is not last:
            yield begin, piece.start, last
            begin = piece.start
        last = zone
    if last is not None:
        yield begin, len(document.text), last


def _where(document: Document, at: int, carrier: Carrier) -> Where:
    if carrier in _METADATA:
        return Where.METADATA
    if carrier is Carrier.OCR:
        return Where.PICTURE
    if carrier is Carrier.FILE_NAME:
        return Where.FILE_NAME
    if carrier is Carrier.LINK:
        target = document.text[at : document.text.find("\n", at) + 1 or None]
        return Where.TEXT if ":" in target.split("/")[0] or "@" in target else Where.FILE_NAME
    return Where.TEXT


def pictures_of(page: Document) -> tuple[Location, ...]:
    """Return where *page* shows pictures or links to them."""
    shows = [image.location for image in page.images]
    links = [link.location for link in page.links if is_picture(link.target.split("?")[0])]
    return tuple(place.as_role("picture") for place in (*shows, *links))[:_RELATED]


def is_named(mention: Mention) -> bool:
    """Say whether enough of a name is there to tell a pupil: a full one, or an initial with one."""
    return mention.match.tier in (Tier.FULL, Tier.INITIAL)


def is_told(mention: Mention, document: Document, context: Context) -> bool:
    """Say whether a title with a surname, or a forename alone, is worth a note where it stands."""
    match = mention.match
    line = _line(document.text, match.start, match.end)
    short = len(_WORDS.findall(line)) <= _SHORT_LINE
    if match.tier is Tier.TITLE:
        if document.text.startswith(_BOY, match.start):
            return True
        return not _STAFF.search(line) and (short or bool(_PRAISE.search(line)))
    if context.policy.forenames:
        return False
    if context.policy.work_forenames and _WORK.search(line):
        return False
    beside = document.carrier_at(match.start) in _BESIDE
    return beside or short or bool(_PRAISE.search(line))


def _line(text: str, start: int, end: int) -> str:
    """Return the line of ``text[start:end]``, or what of a very long one is near."""
    first, last = max(0, start - _FURTHEST), min(len(text), end + _FURTHEST)
    begin, finish = text.rfind("\n", first, start), text.find("\n", end, last)
    return text[begin + 1 if begin >= 0 else first : finish if finish >= 0 else last]


def report(
    rule: Rule,
    document: Document,
    context: Context,
    mention: Mention,
    *,
    where: str = "",
    related: tuple[Location, ...] = (),
    fix: Fix | None = None,
    severity: Severity | None = None,
) -> Iterator[Finding]:
    """Report a mention: once for each pupil it may be, or once for all if they are many.

    Args:
        rule: identity of the check
        document: where the mention stands
        context: policy and registers
        mention: the mention
        where: the end of the message, with a blank before it
        related: other places that play a part
        fix: what to do; a word in the place of the name if None
        severity: of a full name; that of the rule if None

    """
    match, pupils = mention.match, _pupils(mention.match, context)
    how = _HOW[match.tier] if match.exact or match.tier is not Tier.FULL else "seems to be named"
    weight = _severity(severity or rule.severity, match, pupils)
    for who, subject, word in _who(pupils):
        finding = found(
            rule,
            document,
            match.start,
            match.end,
            f"{who} {how}{where}",
            confidence=_confidence(match),
            related=related,
            fix=fix or word,
            subject=subject,
        )
        yield replace(finding, severity=weight)


def _who(pupils: list[Pupil]) -> Iterator[tuple[str, str, Fix]]:
    """Yield whom a finding is about, their reference, and the word for them."""
    if not pupils:  # digests of a roll do not tell whom
        yield "a pupil on the roll", "", _word("a pupil")
    elif len(pupils) > _MOST_ALIKE:
        yield f"one of {len(pupils)} pupils", "", _word_for(pupils[0])
    else:
        for pupil in pupils:
            yield f"the pupil {pupil.reference}", pupil.reference, _word_for(pupil)


_HOW = {
    Tier.FULL: "is named",
    Tier.INITIAL: "seems to be named by an initial",
    Tier.TITLE: "may be meant by a title and a surname",
    Tier.FORENAME: "may be meant by a forename",
}


def _pupils(match: NameMatch, context: Context) -> list[Pupil]:
    roll = context.registers.roll or Roll()
    return [_by_reference(Same(roll))[reference] for reference in match.references]


@lru_cache(maxsize=8)
def _by_reference(roll: Same[Roll]) -> dict[str, Pupil]:
    return {pupil.reference: pupil for pupil in roll.value.pupils}


def _severity(full: Severity, match: NameMatch, pupils: list[Pupil]) -> Severity:
    if match.tier in (Tier.TITLE, Tier.FORENAME):
        return Severity.NOTE
    if any(pupil.flagged for pupil in pupils):
        return Severity.BLOCK
    return full if match.tier is Tier.FULL else min(full, Severity.REVIEW)


def _confidence(match: NameMatch) -> Confidence:
    if match.tier in (Tier.TITLE, Tier.FORENAME):
        return Confidence.LOW
    return Confidence.HIGH if match.exact and match.tier is Tier.FULL else Confidence.MEDIUM


def _word_for(pupil: Pupil) -> Fix:
    """Put the year group in the place of a name."""
    year = _YEAR.match(pupil.class_name)
    if year:
        return _word(f"a Year {year[1]} pupil")
    return _word("a Reception pupil" if _RECEPTION.match(pupil.class_name) else "a pupil")


def _word(word: str) -> Fix:
    return Fix(description=f"write “{word}”", replacement=word)
