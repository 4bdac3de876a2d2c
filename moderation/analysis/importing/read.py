"""Read a letter and make a page of it: what ``schoolgate import`` asks the confined process for."""

from collections import Counter

from moderation.analysis.importing.letter import Draft, Letter
from moderation.analysis.importing.open_text import read_open_letter
from moderation.analysis.importing.pictures import Album
from moderation.analysis.importing.word import read_word_letter
from moderation.analysis.importing.writing import write
from moderation.extract.builder import Builder
from moderation.extract.office.archive import encrypted, open_package
from moderation.extract.sniff import sniff
from moderation.model import ExtractionError, digest_of
from moderation.policy import Limits

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_TEXT = "application/vnd.oasis.opendocument.text"
_COUNTLESS = frozenset(
    {"colours", "capitals", "fonts and sizes", "underlining", "headers", "footers", "columns"}
)


def read_letter(data: bytes, place: str, longest: int, limits: Limits) -> Letter:
    """Make a page of a letter.

    Args:
        data: a docx or odt file
        place: the address of its pictures as seen from the page, without number and ending
        longest: pixels that the longer side of a picture may have
        limits: the most that is read

    Raises:
        ExtractionError: it is neither, is damaged, locked or too large, or has no words

    """
    if len(data) > limits.asset_bytes:
        raise ExtractionError(f"is larger than {limits.asset_bytes:,} bytes; take pictures out")
    draft = _draft(data, limits)
    album = Album(place=place, longest=longest, limits=limits, lost=draft.lost)
    title, text = write(draft.blocks, album.take)
    if not title and not text.strip():
        raise ExtractionError("holds no words and no pictures that a page can have; look at it")
    pictures = tuple(album.pictures.values())
    return Letter(title=title, text=text, pictures=pictures, lost=_told(draft.lost))


def _draft(data: bytes, limits: Limits) -> Draft:
    kind = sniff("", data)
    package = None
    if kind in (_WORD, _OPEN_TEXT):
        package = open_package(data, Builder("letter", digest_of(data), limits))
    if package and kind == _WORD:
        return read_word_letter(package)
    if package and kind == _OPEN_TEXT:
        if b"encryption-data" in package.bytes("META-INF/manifest.xml"):
            raise encrypted()
        return read_open_letter(package)
    raise ExtractionError(
        "is no letter that can be read (docx or odt); open it in the program that wrote it and "
        "save it as docx"
    )


def _told(lost: Counter[str]) -> tuple[str, ...]:
    return tuple(
        what if what in _COUNTLESS or count == 1 else f"{what} ({count})"
        for what, count in sorted(lost.items())
        if count
    )
