"""Write into a picture what is declared of it: who made it, whose it is, how it may be used.

A picture is copied from page to page without its caption; what stands in its own fields goes with
it. The fields are those of the *IPTC Photo Metadata Standard 2023.1*, in EXIF, IIM and XMP for a
JPEG and in EXIF and XMP for PNG and WebP; GIF has no place for them. It happens when a picture is
brought in and never afterwards: what was approved is published byte for byte.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from moderation.analysis.repair.clean import KEPT, clean_picture, rewrite
from moderation.analysis.repair.kept import Kept, notice
from moderation.analysis.rights.agencies import signed_by
from moderation.extract.credits import picture_credits
from moderation.extract.probe import format_of
from moderation.model import Declaration, Term
from moderation.policy import Limits
from moderation.policy.licences import PERMISSION, STOCK, Licence, licence_of

_EXIF = {Term.CREATOR: 0x013B, Term.COPYRIGHT_NOTICE: 0x8298}
_IIM = {
    Term.CREATOR: (80, 32),
    Term.CREDIT_LINE: (110, 32),
    Term.SOURCE: (115, 32),
    Term.COPYRIGHT_NOTICE: (116, 128),
}
"""Number of the dataset, and the bytes that it may have (IIM 4.2, section 6)."""
_XMP = {
    Term.CREATOR: "dc:creator",
    Term.COPYRIGHT_NOTICE: "dc:rights",
    Term.CREDIT_LINE: "photoshop:Credit",
    Term.SOURCE: "photoshop:Source",
    Term.USAGE_TERMS: "xmpRights:UsageTerms",
    Term.WEB_STATEMENT: "xmpRights:WebStatement",
    Term.LICENCE: "cc:license",
}
_Key = TypeVar("_Key", int, str)
_FREE = ("CC0-1.0", "CC-PDM-1.0", "CC-PDDC", "PDDL-1.0")


def declared_credit(declaration: Declaration) -> tuple[tuple[Term, str], ...]:
    """Return what a picture's fields are to say, by what is declared of it.

    Nothing for the work of a pupil and the photo of a parent, whose names stay out of files.
    """
    licence = licence_of(declaration.licence)
    if licence.nameless or not declaration.licence:
        return ()
    told = ((term, notice(text)) for term, text in _told(declaration, licence))
    return tuple((term, text) for term, text in told if text)


def demanded_credit(declaration: Declaration) -> tuple[tuple[Term, str], ...]:
    """Return the same where the licence demands that the author is named, and else nothing."""
    return declared_credit(declaration) if licence_of(declaration.licence).attribution else ()


def credited(
    data: bytes,
    told: Sequence[tuple[Term, str]],
    *,
    replacing: bool = False,
    limits: Limits | None = None,
) -> bytes:
    """Return the picture, cleaned, with what is told of it in its fields; the pixels stay the same.

    What the file says of itself already is kept: a notice that somebody else wrote is never lost.

    Args:
        data: JPEG, PNG or WebP; any other picture is cleaned and otherwise left as it is
        told: what the fields are to say (see :func:`declared_credit`)
        replacing: write also where the file says something else, but for the notice of a picture
            agency, library or newspaper, which stays for the check to find
        limits: the most that is decoded; the defaults of the policy unless given

    Raises:
        ExtractionError: it is no picture, or is damaged

    """
    clean = clean_picture(data, limits=limits)
    format_ = format_of(clean)
    there = {
        credit.term
        for credit in picture_credits(clean)
        if not replacing or signed_by(credit.value, credit.term)
    }
    new = {term: text for term, text in told if term in _XMP and term not in there}
    if not new or format_ == "GIF":
        return clean
    return rewrite(clean, _with(KEPT[format_](clean), new))


def _told(declaration: Declaration, licence: Licence) -> Iterator[tuple[Term, str]]:
    author, holder = declaration.author, declaration.holder or declaration.author
    yield Term.CREATOR, author
    if holder and licence.id not in _FREE:
        yield Term.COPYRIGHT_NOTICE, f"© {holder}"
    yield Term.CREDIT_LINE, _credit(author, holder, licence)
    yield Term.SOURCE, declaration.source
    if licence.statement:
        yield Term.USAGE_TERMS, f"{licence.statement} {licence.name}."
    elif licence.attribution or licence.url:
        yield Term.USAGE_TERMS, licence.name
    yield Term.WEB_STATEMENT, licence.url
    yield Term.LICENCE, licence.url


def _credit(author: str, holder: str, licence: Licence) -> str:
    if licence.id == PERMISSION and holder:
        return f"{licence.name} of {holder}"
    if licence.id == STOCK:
        return " / ".join(dict.fromkeys(filter(None, (author, holder))))
    return holder


def _with(kept: Kept, new: dict[Term, str]) -> Kept:
    """Return what is kept with new values, each in every block that has a place for it."""
    exif = {**dict(kept.exif), **{_EXIF[term]: text for term, text in new.items() if term in _EXIF}}
    numbers = {_IIM[term][0] for term in new if term in _IIM}
    names = {_XMP[term] for term in new}
    return replace(
        kept,
        exif=tuple(sorted(exif.items())),
        iptc=(*_others(kept.iptc, numbers), *_datasets(new)),
        xmp=(*_others(kept.xmp, names), *((_XMP[term], text) for term, text in new.items())),
    )


def _others(fields: Iterable[tuple[_Key, str]], taken: set[_Key]) -> Iterator[tuple[_Key, str]]:
    return ((name, text) for name, text in fields if name not in taken)


def _datasets(new: dict[Term, str]) -> Iterator[tuple[int, str]]:
    """Yield what fits into IIM; what is too long for it stands in XMP alone."""
    for term, (number, most) in _IIM.items():
        if term in new and len(new[term].encode()) <= most:
            yield number, new[term]
