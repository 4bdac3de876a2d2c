"""The first page of a PDF as a picture, for a page that only one person sees."""

import io

from moderation.extract.pdf_file import damaged, encrypted
from moderation.model import ExtractionError

_LONG = 1_600
"""Pixels of the longer side: small print can be read, and the picture needs little memory."""
_MOST = 4.0
_SHORTEST = 1.0


def first_page(data: bytes) -> bytes:
    """Draw the first page of a PDF, with its notes, as a JPEG.

    Raises:
        ExtractionError: it is locked or damaged, or has no page

    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if not len(pdf):
                raise ExtractionError("the PDF has no page; print it to a new PDF")
            page = pdf[0]
            longest = max(*page.get_size(), _SHORTEST)
            bitmap = page.render(scale=min(_LONG / longest, _MOST), rev_byteorder=True)
            out = io.BytesIO()
            bitmap.to_pil().convert("RGB").save(out, "JPEG", quality=85)
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        raise (encrypted() if "assword" in str(error) else damaged()) from error
    return out.getvalue()
