"""The credit of a picture agency, stock library or newspaper, against what is declared.

## Why it matters

Agencies search the web for their pictures with programs, and the first letter that a school gets is
an invoice of several hundred pounds. The credit is mostly still there: in the fields of the file,
in its name, written across the picture, or in the caption that was copied along. Whoever declares
such a picture as work of the school, of a pupil or of a parent was mistaken, or was told so.

A picture that was bought is declared as `stock` with its `invoice`, one that may be used with
`permission`; then nothing is reported.

## What it cannot see

Pictures from which every credit was taken away, agencies that are not on the list, and whether the
invoice is real. Everyday words ("The Sun", "Getty", "PA") count only where a credit must stand.
Without the extra `ocr` nothing that is written in a picture is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from moderation.analysis.rights import OWN, SETTLED
from moderation.analysis.rights.beside import Said, beside, said_on
from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Declaration,
    Document,
    Finding,
    Location,
    ReadSubmission,
    Role,
    Rule,
    RuleId,
    Scope,
    Severity,
)

if TYPE_CHECKING:
    from moderation.analysis.rights.listed import Credited

RULE = Rule(
    id=RuleId("agency-notice"),
    family="rights",
    summary="credit of an agency, library or newspaper on a file declared as the school's own",
    remedy=(
        "Take the file out, or show that you may use it: licence: stock with the invoice, or "
        "licence: permission with where the permission is kept."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o", "n"),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)
_PROSE = (Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.COMMENT)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file that bears the credit of somebody who sells pictures or writes news."""
    said_there = said_on(submission.page) if submission.page.images else ()
    for file in shown(submission):
        licence = file.declaration.licence if file.declaration else ""
        if not file.referenced or licence in SETTLED:
            continue
        document = submission.files.get(file.path)
        seen = _in_file(file, document) or _on_page(submission, file, said_there)
        if seen is None:
            continue
        credited, where = seen
        what = "declared as the school's own" if licence in OWN else "shown under a free licence"
        said = f", and it is {what}" if licence else ""
        kind = "picture" if file.picture else "download"
        message = f"the {kind} bears the credit of {credited.name} in {where}{said}"
        carrier = Carrier.PICTURE if file.picture else file.location.carrier
        place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
        finding = found_at(RULE, place, message, related=_where(document, where))
        mild = not credited.sure or (licence and licence not in OWN)
        yield replace(finding, severity=Severity.REVIEW) if mild else finding


def _in_file(file: Shown, document: Document | None) -> "tuple[Credited, str] | None":
    """Return whose credit a file, its name or its declaration holds, and where."""
    from moderation.analysis.rights.agencies import drawn_in, named_in

    if found := _declared(file.declaration):
        return found, "its declaration"
    if document is not None and (seen := _embedded(document, picture=file.picture)):
        return seen
    if found := named_in(file.path):
        return found, "its file name"
    if document is not None and file.picture:
        drawn = "".join(
            document.text[each.start : each.end + 1] for each in document.carried(Carrier.OCR)
        )
        if found := drawn_in(drawn):
            return found, "what is written on it"
    return None


def _declared(said: Declaration | None) -> "Credited | None":
    from moderation.analysis.rights.agencies import credited_in, declared_by

    if said is None:
        return None
    values = (said.author, said.holder, said.source)
    return next(filter(None, map(declared_by, values)), None) or credited_in(said.title)


def _embedded(document: Document, *, picture: bool) -> "tuple[Credited, str] | None":
    from moderation.analysis.rights.agencies import SIGNED, credited_in, signed_by
    from moderation.extract.credits import read_credits

    weak: tuple[Credited, str] | None = None
    for credit in read_credits(document):
        if credit.term in SIGNED and (picture or credit.is_own):
            found = signed_by(credit.value, credit.term)
            if found is not None and found.sure:
                return found, credit.place
            if found is not None:
                weak = weak or (found, credit.place)
    for piece in document.carried(*_PROSE) if picture else ():
        if told := credited_in(document.text[piece.start : piece.end]):
            return told, piece.field or piece.carrier
    return weak


def _on_page(
    submission: ReadSubmission, file: Shown, said: Sequence[Said]
) -> "tuple[Credited, str] | None":
    if not file.picture:
        return None
    from moderation.analysis.rights.agencies import credited_in

    for where, text in beside(submission, file, said):
        if found := credited_in(text):
            return found, where
    return None


def _where(document: Document | None, field: str) -> tuple[Location, ...]:
    pieces = document.pieces if document else ()
    found = next((piece for piece in pieces if piece.field == field), None)
    if document is None or found is None:
        return ()
    return (document.locate(found.start, found.end).as_role("the credit"),)
