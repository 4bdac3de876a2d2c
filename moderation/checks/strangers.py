"""Who is named on a page and on none of the school's lists."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from moderation.analysis.names import find_names
from moderation.analysis.persons import PersonMatch, Who, find_persons
from moderation.analysis.shown import is_picture
from moderation.checks.base import Context
from moderation.extract.credits import term_of
from moderation.extract.declarations import read_declarations
from moderation.model import Carrier, Confidence, Document, ExtractionError, Location, Term
from moderation.policy.licences import licence_of

SURE = 0.5
"""The chance from which a name in text alone is reported."""

_QUITE_SURE = 0.8
_ADDRESSES = frozenset({Carrier.LINK, Carrier.FILE_NAME, Carrier.MARKUP, Carrier.ATTRIBUTE})
_METADATA = frozenset({Carrier.EXIF, Carrier.IPTC, Carrier.XMP})
_CREDITS = frozenset(
    {
        *(Term.CREATOR, Term.COPYRIGHT_NOTICE, Term.COPYRIGHT_OWNER),
        *(Term.CREDIT_LINE, Term.SOURCE, Term.LICENSOR),
    }
)
_MOST = 3


def strangers(document: Document, context: Context) -> Iterator[PersonMatch]:
    """Yield the persons a document names, besides pupils of the roll and the staff of the policy.

    In addresses and names of files only names run together count: the model reads sentences. In
    pictures only names of several words do, since leaves and bricks are read as single ones.
    """
    pupils = _pupils(document, context)
    for match in _whole(document, find_persons(document.text, known=context.policy.school.staff)):
        if match.who is Who.KNOWN or _overlaps(match, pupils):
            continue
        carrier = document.carrier_at(match.start)
        if carrier is Carrier.OCR and not _is_written_out(document.text[match.start : match.end]):
            continue
        if match.joined or carrier not in _ADDRESSES:
            yield match


def pictures(document: Document) -> tuple[Location, ...]:
    """Return where a page shows pictures or links to them, the first few."""
    shows = [image.location for image in document.images]
    links = [link.location for link in document.links if is_picture(link.target.split("?")[0])]
    return tuple(place.as_role("picture") for place in (*shows, *links))[:_MOST]


def confidence(match: PersonMatch) -> Confidence:
    """Put the chance of a name in words."""
    if match.who is Who.FIGURE or match.confidence < SURE:
        return Confidence.LOW
    return Confidence.HIGH if match.confidence >= _QUITE_SURE else Confidence.MEDIUM


def is_credit(document: Document, match: PersonMatch) -> bool:
    """Say whether somebody is named as the author or owner of a picture, where that is said."""
    place = document.locate(match.start, match.end)
    if place.carrier is Carrier.FRONT_MATTER:
        return place.field in _credited(document)
    return place.carrier in _METADATA and term_of(place.field) in _CREDITS


def _credited(document: Document) -> frozenset[str]:
    """Return the fields of the front matter whose words the licence has printed for everybody."""
    try:
        declared = read_declarations(document)
    except ExtractionError:
        return frozenset()  # the run reports it
    return frozenset(
        f"assets.{path}.{key}"
        for path, each in declared.items()
        if licence_of(each.licence).attribution
        for key in ("author", "holder")
    )


def _whole(document: Document, matches: Iterable[PersonMatch]) -> Iterator[PersonMatch]:
    """Put names of fields together, which have no sentence around them that would tell."""
    before: PersonMatch | None = None
    for match in matches:
        if before is not None and _goes_on(document, before, match):
            most = max(before.confidence, match.confidence)
            words = before.words + match.words
            before = replace(before, end=match.end, confidence=most, words=words)
            continue
        if before is not None:
            yield before
        before = match
    if before is not None:
        yield before


def _goes_on(document: Document, before: PersonMatch, match: PersonMatch) -> bool:
    between = document.text[before.end : match.start]
    fields = _METADATA | {Carrier.FRONT_MATTER}
    return between == " " and before.who is match.who and document.carrier_at(match.start) in fields


def _pupils(document: Document, context: Context) -> tuple[tuple[int, int], ...]:
    roll = context.registers.roll
    if roll is None:
        return ()
    return tuple((match.start, match.end) for match in find_names(document.text, roll))


def _is_written_out(name: str) -> bool:
    return sum(len(word) > 1 and word.isalpha() for word in name.split()) > 1


def _overlaps(match: PersonMatch, places: tuple[tuple[int, int], ...]) -> bool:
    return any(start < match.end and match.start < end for start, end in places)
