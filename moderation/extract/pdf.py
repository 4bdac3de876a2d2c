"""PDF: the words of each page, and everything that travels beside them."""

import io
import json
import re
from functools import partial
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.image import add_metadata
from moderation.extract.pdf_appearances import appearances, on_pages, saved
from moderation.extract.pdf_content import Drawing
from moderation.extract.pdf_objects import Objects, Table, read_objects
from moderation.extract.pdf_revisions import around
from moderation.extract.pdf_words import read_words
from moderation.extract.refusal import naming
from moderation.extract.xmp import read_xmp
from moderation.model import Carrier, Document, ExtractionError, LinkReference, Location
from moderation.policy import Limits

if TYPE_CHECKING:
    from pikepdf import Pdf

_MAX_OBJECTS = 300_000
_MAX_UNPACKED = 100_000_000
"""Most bytes that all streams but pictures may unpack to."""
_TAG = re.compile(r"<[^>]*>")


def extract(path: str, data: bytes, digest: str, limits: Limits) -> Document:
    """Read a PDF.

    Args:
        path: path of the file, relative to the content folder
        data: its bytes
        digest: SHA-256 of the bytes, in lower-case hexadecimal
        limits: the most that is read

    Raises:
        ExtractionError: it is encrypted, damaged or too large

    """
    builder = Builder(path, digest, limits)
    with naming(path):
        objects, pictures, notes = _structure(data)
        pages = _texts(data, limits, most_pages=limits.pdf_pages)
        drawn = _texts(notes, limits, most_pages=len(objects.notes)) if notes else []
    for number, text in enumerate(pages, 1):
        builder.block(text, Carrier.BODY, field=f"page {number}")
    for place, text in zip(objects.notes, drawn, strict=True):
        builder.block(text.strip(), Carrier.ANNOTATION, field=f"{place}appearance")
    for carrier, place, text in objects.texts:
        builder.block(text, carrier, field=place)
    for place, target in objects.links:
        where = Location(path=path, carrier=Carrier.LINK, field=place)
        builder.links.append(LinkReference(target=target, text="", location=where))
    for kind, detail, place in objects.parts:
        builder.part(kind, detail, field=place)
    for kind, detail in around(data):
        builder.part(kind, detail)
    for number, picture in enumerate(pictures, 1):
        with naming(path):
            add_metadata(picture, f"picture {number}", builder)
    return builder.document(
        "application/pdf", properties={**objects.facts, "pages": len(pages), "format": "PDF"}
    )


def _structure(data: bytes) -> tuple[Objects, list[bytes], bytes]:
    """Return what the objects say, the pictures, and a PDF that shows what notes draw."""
    import pikepdf

    # Above these, unpacking is an attack; the limits hold for the whole process.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MAX_UNPACKED,
        run_length_max_memory=_MAX_UNPACKED,
        parser_max_container_size=_MAX_OBJECTS,
    )
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            objects = _read(pdf)
            pictures = [_stream(pdf, each, raw=True) for each in objects.pictures]
            return objects, pictures, _notes(pdf, objects)
    except pikepdf.PasswordError as error:
        raise _encrypted() from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
        raise _damaged() from error
    except (ValueError, RuntimeError, TypeError, LookupError, AttributeError) as error:
        raise _damaged() from error


def _read(pdf: "Pdf") -> Objects:
    if pdf.is_encrypted:
        raise _encrypted()
    if len(pdf.objects) > _MAX_OBJECTS:
        raise ExtractionError(
            f"the PDF has more than {_MAX_OBJECTS:,} objects; print it to a new PDF"
        )
    table = _table(pdf)
    objects = read_objects(table)
    if pdf.get_warnings():
        raise _damaged()
    _unpack(pdf, objects)
    Drawing(table, partial(_stream, pdf)).check_pages()
    _follow(pdf, objects)
    return objects


def _notes(pdf: "Pdf", objects: Objects) -> bytes:
    """Make a PDF of the drawings of notes, a page each; empty if there are none."""
    found = appearances(_table(pdf), objects) if objects.drawings else []
    if not found:
        return b""
    objects.notes = [place for place, _ in found]
    on_pages(pdf, [reference for _, reference in found])
    Drawing(_table(pdf), partial(_stream, pdf)).check_pages()
    return saved(pdf)


def _follow(pdf: "Pdf", objects: Objects) -> None:
    """Read the streams that hold words of their own."""
    for reference in objects.metadata:
        xmp = read_xmp(_stream(pdf, reference))
        objects.texts += [(Carrier.PROPERTY, place, text) for place, text in xmp.texts]
        if xmp.position:
            objects.parts.append(("gps", "a position in the metadata", "XMP"))
    for reference in objects.scripts:
        objects.texts.append((Carrier.MARKUP, "script", _words(_stream(pdf, reference))))
    for reference in objects.forms:
        text = _TAG.sub(" ", _words(_stream(pdf, reference)))
        objects.texts.append((Carrier.FORM_FIELD, "form", text))


def _table(pdf: "Pdf") -> Table:
    from pikepdf import JSONStreamData, StreamDecodeLevel

    written = io.BytesIO()
    pdf.write_qpdf_json(
        written, decode_level=StreamDecodeLevel.none, json_stream_data=JSONStreamData.none
    )
    table: Table = json.loads(written.getvalue())["qpdf"][1]
    return table


def _unpack(pdf: "Pdf", objects: Objects) -> None:
    """Unpack every stream that readers unpack to show the words, to see that it is not a bomb."""
    total = 0
    for reference in objects.streams:
        total += len(_stream(pdf, reference))
        if total > _MAX_UNPACKED:
            raise ExtractionError(
                f"the PDF unpacks to more than {_MAX_UNPACKED:,} bytes; print it to a new PDF"
            )


def _stream(pdf: "Pdf", reference: str, *, raw: bool = False) -> bytes:
    number, generation, _ = reference.split()
    stream = pdf.get_object((int(number), int(generation)))
    return stream.read_raw_bytes() if raw else stream.read_bytes()


def _words(data: bytes) -> str:
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _texts(data: bytes, limits: Limits, *, most_pages: int) -> list[str]:
    import pypdfium2

    try:
        return read_words(data, most_pages=most_pages, most_characters=limits.text_characters)
    except pypdfium2.PdfiumError as error:
        raise (_encrypted() if "assword" in str(error) else _damaged()) from error


def _encrypted() -> ExtractionError:
    return ExtractionError("the PDF is encrypted, so it cannot be checked; save it without a lock")


def _damaged() -> ExtractionError:
    return ExtractionError(
        "the PDF is damaged, so it cannot be checked; print it to a new PDF and hand that in"
    )
