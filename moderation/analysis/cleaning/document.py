"""A download written so that its readers see the same and can have nothing else of it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from moderation.analysis.cleaning.judging import refuse_before, refuse_leftovers, said
from moderation.extract import extract
from moderation.extract.sniff import sniff
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import Limits

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_ENDINGS = {
    f"{_OOXML}wordprocessingml.document": ".docx",
    f"{_OOXML}spreadsheetml.sheet": ".xlsx",
    f"{_OOXML}presentationml.presentation": ".pptx",
    f"{_ODF}text": ".odt",
    f"{_ODF}spreadsheet": ".ods",
    f"{_ODF}presentation": ".odp",
    "application/pdf": ".pdf",
}

_ODD = "is put together in a way that cannot be cleaned; open it, save it again and try that"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy, and what was done, in words for the publisher."""

    data: bytes
    done: tuple[str, ...] = ()


def is_cleanable(media_type: str) -> bool:
    """Say whether downloads of this type can be cleaned."""
    return media_type in _ENDINGS


def clean_document(data: bytes, limits: Limits) -> Cleaned:
    """Return the download without metadata, comments, changes, hidden and embedded things.

    Tracked changes are accepted: what was added stays, what was removed goes. Title and language
    stay. The copy is read again: what it shows is the same, and nothing else is left in it.
    Cleaning what is clean changes no byte.

    Args:
        data: docx, xlsx, pptx, odt, ods, odp or PDF
        limits: the most that is read

    Raises:
        ExtractionError: it is no such file, is damaged, or holds what cannot be taken out safely;
            the error says what and what to do

    """
    media_type = sniff("", data)
    if media_type not in _ENDINGS:
        raise ExtractionError("is no document that can be cleaned; hand in PDF or an office file")
    ending = _ENDINGS[media_type]
    before = extract(f"file{ending}", data, limits)
    refuse_before(before)
    try:
        clean = _written(before, data, limits)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ExtractionError(_ODD) from error
    after = extract(f"file{ending}", clean, limits)
    refuse_leftovers(before, after)
    return Cleaned(clean, said(before, after))


def _written(before: Document, data: bytes, limits: Limits) -> bytes:
    title, language = _title(before), _language(before)
    if before.media_type == "application/pdf":
        from moderation.analysis.cleaning.pdf import clean_pdf

        return clean_pdf(data, title=title, limits=limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        entries = {name: archive.read(name) for name in names}
    if before.media_type.startswith(_ODF):
        from moderation.analysis.cleaning.opendocument import clean_opendocument

        return clean_opendocument(entries, limits, title, language)
    return _office(before.media_type, entries, limits, title, language)


def _office(
    media_type: str, entries: Mapping[str, bytes], limits: Limits, title: str, language: str
) -> bytes:
    from moderation.analysis.cleaning.package import Office
    from moderation.analysis.cleaning.presentation import clean_presentation
    from moderation.analysis.cleaning.word import clean_word
    from moderation.analysis.cleaning.workbook import clean_workbook

    family = media_type.removeprefix(_OOXML).partition(".")[0]
    office = Office(entries, family, limits)
    main = office.targets("", "officeDocument")[0]
    clean = {
        "wordprocessingml": clean_word,
        "spreadsheetml": clean_workbook,
        "presentationml": clean_presentation,
    }[family]
    clean(office, main)
    return office.write(main, f"{media_type}.main+xml", title, language)


def _title(document: Document) -> str:
    return _property(document, "title") or str(document.properties.get("title", ""))


def _language(document: Document) -> str:
    return _property(document, "language") or str(document.properties.get("language", ""))


def _property(document: Document, name: str) -> str:
    for piece in document.carried(Carrier.PROPERTY):
        if piece.field.lower().removeprefix("pdf ") == name:
            return document.text[piece.start : piece.end].strip()
    return ""
