"""The words that a PDF draws, page by page, as PDFium maps its glyphs to characters."""

import re
from typing import TYPE_CHECKING

from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MAX_UNMAPPED = 2
"""Most different glyphs without a character: bullets of a symbol font; three may be a name."""
_MARKED_HYPHEN = re.compile(r"[\x02\ufffe]\n?")


def read_words(data: bytes, *, most_pages: int, most_characters: int) -> list[str]:
    """Read the words of each page, in the order of the page's content.

    Raises:
        ExtractionError: it is too long, or has letters that stand for no character
        PdfiumError: it is damaged or encrypted

    """
    import pypdfium2

    texts = []
    left = most_characters
    unmapped: set[int] = set()
    with pypdfium2.PdfDocument(data) as pdf:
        if len(pdf) > most_pages:
            raise ExtractionError(
                f"the PDF has more than {most_pages:,} pages; hand in a shorter file"
            )
        for page in pdf:
            words = page.get_textpage()
            left -= words.count_chars()
            if left < 0:
                raise ExtractionError(
                    f"the PDF holds more than {most_characters:,} characters; "
                    "hand in a shorter file"
                )
            unmapped |= _unmapped(words)
            if len(unmapped) > MAX_UNMAPPED:
                raise ExtractionError(
                    "the PDF has text that cannot be read, because a font in it does not say "
                    "which letters its glyphs are; export it again"
                )
            texts.append(_joined(words.get_text_range()))
            page.close()
    return texts


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
