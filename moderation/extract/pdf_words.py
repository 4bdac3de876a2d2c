"""The words that a PDF draws, page by page, as PDFium maps its glyphs to characters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.extract.marked import Marked
from moderation.extract.pdf_seen import mark_page, shown
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MAX_UNMAPPED = 2
"""Most different glyphs without a character: bullets of a symbol font; three may be a name."""
_MARKED_HYPHEN = re.compile(r"[\x02\ufffe]\n?")


def read_words(
    data: bytes, *, most_pages: int, most_characters: int, marked: Marked | None = None
) -> list[str]:
    """Read the words of each page, in the order of the page's content.

    Args:
        data: the PDF
        most_pages: that are read
        most_characters: of all pages
        marked: gets what pages hold and do not show, where it is asked for

    Raises:
        ExtractionError: it is too long, or has letters that stand for no character
        PdfiumError: it is damaged or encrypted

    """
    import pypdfium2

    texts = []
    reader = _Reader(most_characters, marked)
    with pypdfium2.PdfDocument(data) as pdf:
        if len(pdf) > most_pages:
            raise ExtractionError(
                f"the PDF has more than {most_pages:,} pages; hand in a shorter file"
            )
        for number, page in enumerate(pdf, 1):
            texts.append(reader.read(page, f"page {number}"))
            page.close()
        if marked is not None and any(reader.outside.values()):
            _mark_outside(pdf, reader.outside, marked)
    return texts


@dataclass(slots=True)
class _Reader:
    """Reads one page after the other and keeps count.

    Args:
        most: characters of all pages
        marked: gets what pages hold and do not show, where it is asked for
        count: characters so far
        unmapped: the codes of glyphs that stand for no character
        outside: the words outside each page

    """

    most: int
    marked: Marked | None
    count: int = 0
    unmapped: set[int] = field(default_factory=set)
    outside: dict[str, frozenset[str]] = field(default_factory=dict)

    def read(self, page: "PdfPage", place: str) -> str:
        """Return the words of a page."""
        words = page.get_textpage()
        self.count += words.count_chars()
        if self.count > self.most:
            raise ExtractionError(
                f"the PDF holds more than {self.most:,} characters; hand in a shorter file"
            )
        self.unmapped |= _unmapped(words)
        if len(self.unmapped) > MAX_UNMAPPED:
            raise ExtractionError(
                "the PDF has text that cannot be read, because a font in it does not say "
                "which letters its glyphs are; export it again"
            )
        if self.marked is not None:
            self.outside[place] = mark_page(page, words, place, self.marked)
        return _joined(words.get_text_range())


def _mark_outside(
    pdf: "PdfDocument", outside: Mapping[str, frozenset[str]], marked: Marked
) -> None:
    """Note the words outside a page that no page shows: a large table is cut by the pages."""
    seen = frozenset(word for page in pdf for word in shown(page, page.get_textpage()))
    for place, words in outside.items():
        if words - seen:
            marked.add("outside-page", place)


def _unmapped(words: "PdfTextPage") -> set[int]:
    """Return the codes of the glyphs for which the font knows no character."""
    from pypdfium2 import raw

    return {
        raw.FPDFText_GetUnicode(words.raw, index)
        for index in range(words.count_chars())
        if raw.FPDFText_HasUnicodeMapError(words.raw, index) == 1
    }


def _joined(text: str) -> str:
    """Join words that were broken at the end of a line."""
    return _MARKED_HYPHEN.sub("", text.replace("\r\n", "\n")).replace("\r", "\n")
