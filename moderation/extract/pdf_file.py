"""A PDF opened with pikepdf: its objects and streams, and copies of it that show what is hidden."""

import io
import json
import zlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from moderation.extract.marked import Marked
from moderation.extract.pdf_appearances import appearances, hidden, on_pages, saved
from moderation.extract.pdf_content import Drawing, content_places
from moderation.extract.pdf_facts import mark_facts
from moderation.extract.pdf_filters import unwrapped
from moderation.extract.pdf_marks import bare, is_replaced, marks
from moderation.extract.pdf_objects import Objects, Table, read_objects
from moderation.extract.pdf_strings import without_tags
from moderation.extract.xmp import read_xmp
from moderation.model import Carrier, ExtractionError

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_MAX_OBJECTS = 300_000
_MAX_UNPACKED = 100_000_000
"""Most bytes that all streams but pictures may unpack to."""
_MAX_DIRECT = 20
_SHOWS = (b"Tj", b"TJ", b"'", b'"', b" Do")
"""Operators that draw words, or another drawing."""


@dataclass(slots=True)
class Read:
    """What one version of a file holds.

    Args:
        objects: what the objects say
        pictures: JPEG pictures
        wavelets: JPEG 2000 pictures
        files: the files inside, and the endings of their names
        drawings: a PDF with a page for each drawing that is on no page; see ``objects.notes``
        listed: references of all objects
        bare: the PDF without replacements of what it draws; empty where there are none
        marked: what a reader of the PDF does not see

    """

    objects: Objects = field(default_factory=Objects)
    pictures: list[bytes] = field(default_factory=list)
    wavelets: list[bytes] = field(default_factory=list)
    files: list[tuple[bytes, str]] = field(default_factory=list)
    drawings: bytes = b""
    bare: bytes = b""
    listed: frozenset[str] = frozenset()
    marked: Marked = field(default_factory=Marked)


def read_file(data: bytes, *, recover: bool = False) -> Read:
    """Read everything but the words that pages draw.

    Args:
        data: the file, or a version of it
        recover: look for the objects where no list of them can be read

    Raises:
        ExtractionError: it is encrypted, damaged or too large

    """
    import pikepdf

    # Above these, unpacking is an attack; the limits hold for the whole process.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MAX_UNPACKED,
        run_length_max_memory=_MAX_UNPACKED,
        parser_max_container_size=_MAX_OBJECTS,
    )
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=recover) as pdf:
            return _read(pdf, recover=recover)
    except pikepdf.PasswordError as error:
        raise encrypted() from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
        raise damaged() from error
    except (ValueError, RuntimeError, TypeError, LookupError, AttributeError, zlib.error) as error:
        raise damaged() from error


def _read(pdf: "Pdf", *, recover: bool) -> Read:
    if len(pdf.objects) > _MAX_OBJECTS:
        raise ExtractionError(
            f"the PDF has more than {_MAX_OBJECTS:,} objects; print it to a new PDF"
        )
    table = _table(pdf)
    read = Read(read_objects(table))
    mark_facts(table, read.objects, read.marked)
    if pdf.is_encrypted:
        read.objects.parts.append(("encrypted", "a lock that no reader has to open", ""))
    read.listed = frozenset(key.removeprefix("obj:") for key in table)
    if pdf.get_warnings() and not recover:
        raise damaged()
    replaces = _unpack(pdf, table, read.objects)
    drawing = Drawing(table, partial(_stream, pdf))
    drawing.check_pages()
    _follow(pdf, read)
    if replaces or read.objects.replaces:
        _strip(pdf, table, read.objects)
        read.bare = saved(pdf)
    _draw(pdf, table, drawing, read)
    return read


def _draw(pdf: "Pdf", table: Table, drawing: Drawing, read: Read) -> None:
    """Make a PDF of what notes and nothing on a page draw, a page each."""
    objects = read.objects
    notes = appearances(table, objects)
    drawn = {*drawing.drawn, *(reference for _, reference in notes)}
    others = hidden(objects, drawn, partial(_shows, pdf))
    if not notes and not others:
        return
    objects.notes = [(Carrier.ANNOTATION, f"{place}appearance") for place, _ in notes]
    objects.notes += [(Carrier.HIDDEN, place) for place, _ in others]
    on_pages(pdf, [reference for _, reference in (*notes, *others)])
    Drawing(_table(pdf), partial(_stream, pdf)).check_pages()
    read.drawings = saved(pdf)


def _shows(pdf: "Pdf", reference: str) -> bool:
    content = _stream(pdf, reference)
    return any(operator in content for operator in _SHOWS)


def _follow(pdf: "Pdf", read: Read) -> None:
    """Read the streams that hold words of their own."""
    objects = read.objects
    for reference in objects.metadata:
        xmp = read_xmp(_stream(pdf, reference))
        objects.texts += [(Carrier.PROPERTY, place, text) for place, text in xmp.texts]
        if xmp.position:
            objects.parts.append(("gps", "a position in the metadata", "XMP"))
    for reference in objects.scripts:
        objects.texts.append((Carrier.MARKUP, "script", _words(_stream(pdf, reference))))
    for reference in objects.forms:
        objects.texts += _form(_stream(pdf, reference))
    _carry(pdf, read)


def _carry(pdf: "Pdf", read: Read) -> None:
    """Take out the pictures and the files inside."""
    objects = read.objects
    for reference, filters in objects.pictures.items():
        read.pictures.append(unwrapped(_stream(pdf, reference, raw=True), filters))
    for reference, filters in objects.wavelets.items():
        read.wavelets.append(unwrapped(_stream(pdf, reference, raw=True), filters))
    for reference, ending in objects.attached.items():
        if reference:
            read.files.append((_stream(pdf, reference), ending))


def _form(data: bytes) -> list[tuple[Carrier, str, str]]:
    """Return the words of one layer of an XML form, and what its attributes say."""
    from moderation.extract.trees import parse

    texts = [(Carrier.FORM_FIELD, "form", without_tags(_words(data)))]
    try:
        root, notes = parse(data)
    except ValueError:  # a layer may be a part of the whole; then its tags are words too
        return [*texts, (Carrier.FORM_FIELD, "form mark-up", _words(data))]
    said = [value for element in root.iter() for value in element.attrib.values()]
    said = [value for value in said if " " in value]
    return [*texts, *((Carrier.FORM_FIELD, "form mark-up", text) for text in (*said, *notes))]


def _table(pdf: "Pdf") -> Table:
    from pikepdf import JSONStreamData, StreamDecodeLevel

    written = io.BytesIO()
    pdf.write_qpdf_json(
        written, decode_level=StreamDecodeLevel.none, json_stream_data=JSONStreamData.none
    )
    table: Table = json.loads(written.getvalue())["qpdf"][1]
    return table


def _unpack(pdf: "Pdf", table: Table, objects: Objects) -> bool:
    """Unpack every stream that readers unpack to show the words, to see that it is not a bomb.

    Returns:
        whether a stream has readers show other words than it draws

    """
    total = 0
    replaces = False
    places = content_places(table, objects)
    for reference in (*objects.streams, *filter(None, objects.attached)):
        content = _stream(pdf, reference)
        total += len(content)
        if total > _MAX_UNPACKED:
            raise ExtractionError(
                f"the PDF unpacks to more than {_MAX_UNPACKED:,} bytes; print it to a new PDF"
            )
        if reference in places:
            found = marks(pdf, content)
            objects.texts += [(c, places[reference] + what, text) for c, what, text in found]
            replaces = replaces or is_replaced(content)
    return replaces


def _strip(pdf: "Pdf", table: Table, objects: Objects) -> None:
    """Take the replacements out of everything that draws."""
    from pikepdf import Dictionary, Stream

    for reference in content_places(table, objects):
        number, generation, _ = reference.split()
        stream = pdf.get_object((int(number), int(generation)))
        if isinstance(stream, Stream) and is_replaced(content := stream.read_bytes()):
            stream.write(bare(content))
    for each in pdf.objects:
        if isinstance(each, Dictionary | Stream):
            _unreplace(each, 0)


def _unreplace(owner: "Object", depth: int) -> None:
    """Take replacements out of the properties that marks name; elements of structure draw not."""
    from pikepdf import Dictionary

    if "/S" not in owner and "/ActualText" in owner:
        del owner["/ActualText"]
    for key in owner.keys() if depth < _MAX_DIRECT else ():
        value = owner[key]
        if isinstance(value, Dictionary) and not value.is_indirect:
            _unreplace(value, depth + 1)


def _stream(pdf: "Pdf", reference: str, *, raw: bool = False) -> bytes:
    number, generation, _ = reference.split()
    stream = pdf.get_object((int(number), int(generation)))
    return stream.read_raw_bytes() if raw else stream.read_bytes()


def _words(data: bytes) -> str:
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def encrypted() -> ExtractionError:
    """Make the error for a file that a password locks."""
    return ExtractionError("the PDF is encrypted, so it cannot be checked; save it without a lock")


def damaged() -> ExtractionError:
    """Make the error for a file whose inside is not what it should be."""
    return ExtractionError(
        "the PDF is damaged, so it cannot be checked; print it to a new PDF and hand that in"
    )
