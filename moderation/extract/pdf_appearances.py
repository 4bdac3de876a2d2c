"""The words that notes, stamps and form fields of a PDF draw, which are on no page's own content.

A note has a drawing for each of its states (``/AP``, ISO 32000-2:2020, 12.5.5). Each is put on a
page of its own, so that its words are read as those of pages are.
"""

import io
from typing import TYPE_CHECKING

from moderation.extract.pdf_objects import Objects, Table, dictionary, is_stream
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pikepdf import Pdf

MAX_APPEARANCES = 5_000


def appearances(table: Table, objects: Objects) -> list[tuple[str, str]]:
    """Return place and reference of each drawing, each once.

    Raises:
        ExtractionError: there are too many

    """
    found: dict[str, str] = {}
    for place, drawings in objects.drawings:
        for drawing in dictionary(table, drawings).values():
            states = [drawing] if is_stream(table, drawing) else dictionary(table, drawing).values()
            for each in states:
                if is_stream(table, each):
                    found.setdefault(str(each), place)
        if len(found) > MAX_APPEARANCES:
            raise ExtractionError(
                f"the PDF has more than {MAX_APPEARANCES:,} notes; print it to a new PDF"
            )
    return [(place, reference) for reference, place in found.items()]


def on_pages(pdf: "Pdf", references: list[str]) -> None:
    """Replace the pages of *pdf* by one for each drawing."""
    from pikepdf import Dictionary, Name

    before = len(pdf.pages)
    for reference in references:
        number, generation, _ = reference.split()
        drawing = pdf.get_object((int(number), int(generation)))
        drawing.Subtype = Name.Form
        page = pdf.add_blank_page()
        page.Resources = Dictionary(XObject=Dictionary(Drawing=drawing))
        page.Contents = pdf.make_stream(b"/Drawing Do")
    del pdf.pages[:before]


def saved(pdf: "Pdf") -> bytes:
    """Return the bytes of *pdf* as it is now."""
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
