"""PDF: the words of each page, and everything that travels beside them."""

from moderation.extract.builder import Builder
from moderation.extract.image import add_metadata
from moderation.extract.inside import Inside
from moderation.extract.marked import Marked
from moderation.extract.nested import read_nested
from moderation.extract.pdf_file import Read, damaged, encrypted, read_file
from moderation.extract.pdf_revisions import around, between, earlier_versions, strays, unlisted
from moderation.extract.pdf_words import read_words
from moderation.extract.picture import strings
from moderation.extract.refusal import naming
from moderation.model import Carrier, Document, ExtractionError, LinkReference, Location
from moderation.policy import Limits

Texts = list[tuple[Carrier, str, str]]


def extract(
    path: str, data: bytes, digest: str, limits: Limits, inside: Inside | None = None
) -> Document:
    """Read a PDF.

    Args:
        path: path of the file, relative to the content folder
        data: its bytes
        digest: SHA-256 of the bytes, in lower-case hexadecimal
        limits: the most that is read
        inside: how deep inside another file it lies; not at all unless given

    Raises:
        ExtractionError: it is encrypted, damaged or too large

    """
    builder = Builder(path, digest, limits, inside or Inside())
    with naming(path):
        read = read_file(data)
        texts, pages = _texts(data, read, limits)
        for carrier, place, text in texts:
            builder.block(text, carrier, field=place)
        _add_others(builder, read)
        said = {text for _, _, text in texts}
        _add_earlier(builder, data, said, limits)
        _add_strays(builder, data, read, said)
        for place, text in between(data):
            builder.block(text, Carrier.HIDDEN, field=place)
        for kind, detail in around(data):
            builder.part(kind, detail)
        read.marked.tell(builder)
    facts = {**read.objects.facts, "pages": pages, "format": "PDF"}
    return builder.document("application/pdf", properties=facts)


def _texts(data: bytes, read: Read, limits: Limits) -> tuple[Texts, int]:
    """Return the texts of one version of the file, and how many pages it has."""
    pages = _words(data, limits, most_pages=limits.pdf_pages, marked=read.marked)
    bare = _words(read.bare, limits, most_pages=limits.pdf_pages) if read.bare else pages
    texts: Texts = []
    for number, (text, drawn) in enumerate(zip(pages, bare, strict=True), 1):
        texts.append((Carrier.BODY, f"page {number}", text))
        if drawn != text:
            texts.append((Carrier.BODY, f"page {number}, as drawn", drawn))
    notes = read.objects.notes
    drawings = _words(read.drawings, limits, most_pages=len(notes)) if notes else []
    for (carrier, place), text in zip(notes, drawings, strict=True):
        texts.append((carrier, place, text.strip()))
        if carrier is Carrier.HIDDEN and text.strip():
            read.marked.add("lost-text", place)
    return [*texts, *read.objects.texts], len(pages)


def _add_others(builder: Builder, read: Read) -> None:
    """Add links, parts, pictures and the files inside."""
    for place, target in read.objects.links:
        where = Location(path=builder.path, carrier=Carrier.LINK, field=place)
        builder.links.append(LinkReference(target=target, text="", location=where))
    for kind, detail, place in read.objects.parts:
        builder.part(kind, detail, field=place)
    for number, picture in enumerate(read.pictures, 1):
        add_metadata(picture, f"picture {number}", builder)
    for number, wavelet in enumerate(read.wavelets, 1):
        text = "\n".join(strings(wavelet))
        builder.block(text, Carrier.PROPERTY, field=f"JPEG 2000 picture {number}")
    for number, (file, ending) in enumerate(read.files, 1):
        read_nested(builder, file, f"attachment {number}", ending=ending)


def _add_earlier(builder: Builder, data: bytes, said: set[str], limits: Limits) -> None:
    """Add what earlier versions of the file say and the last one does not."""
    for number, version in enumerate(earlier_versions(data), 1):
        try:
            texts, _ = _texts(version, read_file(version), limits)
        except ExtractionError as error:
            raise ExtractionError(
                "the PDF keeps an earlier version of itself that cannot be read; "
                "print it to a new PDF"
            ) from error
        _add_unsaid(builder, texts, said, f"earlier version {number}")


def _add_strays(builder: Builder, data: bytes, read: Read, said: set[str]) -> None:
    """Add what objects say that stand in the file and on no list of any version of it."""
    if not strays(data) - read.listed:
        return
    try:
        others = read_file(unlisted(data), recover=True)
    except ExtractionError as error:
        raise damaged() from error
    before = len(said)
    _add_unsaid(builder, others.objects.texts, said, "object on no list")
    if len(said) > before:
        read.marked.add("lost-text", "object on no list")


def _add_unsaid(builder: Builder, texts: Texts, said: set[str], where: str) -> None:
    for _, place, text in texts:
        if text not in said:
            said.add(text)
            builder.block(text, Carrier.HIDDEN, field=f"{where} {place}")


def _words(
    data: bytes, limits: Limits, *, most_pages: int, marked: Marked | None = None
) -> list[str]:
    import pypdfium2

    most = limits.text_characters
    try:
        return read_words(data, most_pages=most_pages, most_characters=most, marked=marked)
    except pypdfium2.PdfiumError as error:
        raise (encrypted() if "assword" in str(error) else damaged()) from error
