"""What the confined process can be asked to do; every argument and answer has its type here.

A task is a function with positional arguments whose types ``wire`` knows. Libraries are imported
inside, since this module is imported on both sides.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from moderation.analysis.importing.letter import Letter
from moderation.analysis.reading.text import Line
from moderation.model import Document, Face, Term
from moderation.policy import Limits
from moderation.registers.photos import KnownPhoto

WITH: Mapping[str, tuple[str, ...]] = {
    "moderation.extract.image": (
        *("moderation.analysis.vision.people", "PIL.JpegImagePlugin", "PIL.PngImagePlugin"),
        "moderation.extract.small_copies",
    ),
    "moderation.extract.pdf": ("pypdfium2", "pikepdf", "moderation.extract.image"),
    "moderation.extract.office": ("moderation.extract.image",),
}
"""What is needed beside each reader of files, imported before the first file comes."""
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")


def read(
    path: str, data: bytes, limits: Limits, looking: bool, photos: tuple[KnownPhoto, ...]
) -> Document:
    """Read a file, and look for the people in it and the known photos that it shows.

    Args:
        path: of the file, relative to the content folder
        data: its bytes
        limits: the most that is read
        looking: look for people, if it is a picture
        photos: look for these

    Raises:
        ExtractionError: the file is damaged, too large or of a kind that is not read

    """
    from moderation.extract import extract

    document = extract(path, data, limits)
    if looking and document.media_type in _PICTURES:
        document = replace(document, people=find_people(data))
    return replace(document, copies=copies(data, photos)) if photos else document


def find_people(data: bytes) -> tuple[Face, ...]:
    """Return the faces in a picture.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis.vision import people

    return people.find_people(data)


def copies(data: bytes, photos: tuple[KnownPhoto, ...]) -> tuple[str, ...]:
    """Return the digests of the photos that a file shows or carries, in order.

    Raises:
        ExtractionError: a picture in it cannot be looked at

    """
    from moderation.analysis.copies.known import shows

    return tuple(sorted({each.digest for each in shows(data, photos)}))


def shows(data: bytes, photos: tuple[KnownPhoto, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Return what a file shows of the photos: the digest, where in the file, and if it is the file.

    Raises:
        ExtractionError: a picture in it cannot be looked at

    """
    from moderation.analysis.copies import known

    return tuple((each.digest, each.place, each.exact) for each in known.shows(data, photos))


def prints(data: bytes) -> tuple[bytes, ...]:
    """Return what is kept of a picture by which copies of it are found.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis.copies.known import prints_of

    return prints_of(data)


def preview(data: bytes) -> tuple[bytes, int, int, tuple[Face, ...] | None]:
    """Return a small JPEG of a picture, its own width and height in pixels, and the people in it.

    Of a PDF it is the first page.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis import first_pages, previews
    from moderation.extract.sniff import sniff

    is_pdf = sniff("", data) == "application/pdf"
    made = previews.preview(first_pages.first_page(data) if is_pdf else data)
    return made.jpeg, made.width, made.height, made.people


def as_jpeg(data: bytes, limits: Limits) -> bytes:
    """Return an HEIC or AVIF picture as JPEG, and any other as it is, if it may be decoded.

    Raises:
        ExtractionError: it is damaged, or too large

    """
    from moderation.analysis.repair import modern
    from moderation.extract.probe import probe

    plain = modern.as_jpeg(data, limits) if modern.is_modern(data) else data
    probe(plain, limits)
    return plain


def hide(data: bytes, faces: tuple[Face, ...], limits: Limits) -> bytes:
    """Return the picture with a solid fill over each of *faces*, which are not found again.

    Raises:
        ExtractionError: it cannot be decoded, or a face is still seen

    """
    from moderation.analysis.repair.hide import hide_faces

    return hide_faces(data, faces, find_people, limits=limits)


def numbered(data: bytes, faces: tuple[Face, ...], limits: Limits) -> bytes:
    """Return a JPEG of the picture on which the faces bear numbers.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis.repair import numbers

    return numbers.numbered(data, faces, limits)


def read_lines(data: bytes) -> tuple[Line, ...]:
    """Return the text in a picture.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis.reading import lines

    return lines.read_lines(data)


def looks_like_text(data: bytes) -> bool:
    """Say whether a picture looks as if text were in it.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis.reading import likeness

    return likeness.looks_like_text(data)


def clean(data: bytes, longest: int, limits: Limits) -> bytes:
    """Return the picture, or the recording, without anything that it does not show.

    Args:
        data: JPEG, PNG, WebP, GIF, HEIC or AVIF, or sound or video
        longest: pixels that the longer side may have; nought leaves every size as it is
        limits: the most that is decoded

    Raises:
        ExtractionError: it is no such file, or cannot be cleaned

    """
    from moderation.analysis.repair.clean import clean_picture
    from moderation.analysis.repair.recordings import clean_recording
    from moderation.extract.media.kinds import is_media
    from moderation.extract.sniff import sniff

    if is_media(sniff("", data)):
        return clean_recording(data)

    return clean_picture(data, longest=longest, limits=limits)


def read_letter(data: bytes, place: str, longest: int, limits: Limits) -> Letter:
    """Make a page of a letter.

    Raises:
        ExtractionError: it is no letter, is damaged, locked or too large, or has no words

    """
    from moderation.analysis.importing import read

    return read.read_letter(data, place, longest, limits)


def credited(
    data: bytes, told: tuple[tuple[Term, str], ...], replacing: bool, limits: Limits
) -> bytes:
    """Return a picture, cleaned, with what is told of it in its fields.

    Args:
        data: JPEG, PNG or WebP; any other picture is only cleaned
        told: what the fields are to say
        replacing: write also where the file says something else
        limits: the most that is decoded

    Raises:
        ExtractionError: it is no picture, or is damaged

    """
    from moderation.analysis.repair.credited import credited

    return credited(data, told, replacing=replacing, limits=limits)


def clean_document(data: bytes, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """Return the download without anything that its readers do not see, and what was done.

    Args:
        data: docx, xlsx, pptx, odt, ods, odp or PDF
        limits: the most that is read

    Raises:
        ExtractionError: it is no such file, or holds what cannot be taken out safely

    """
    from moderation.analysis.cleaning import document

    cleaned = document.clean_document(data, limits)
    return cleaned.data, cleaned.done


TASKS: Mapping[str, Callable[..., object]] = {
    task.__name__: task
    for task in (
        *(read, find_people, copies, shows, prints, read_lines, looks_like_text),
        *(clean, clean_document, credited, preview, as_jpeg, hide, numbered, read_letter),
    )
}
