"""The words that a PDF can draw and no page's own content does.

A note has a drawing for each of its states (``/AP``, ISO 32000-2:2020, 12.5.5); a pattern, a form
that nothing draws and a page that was taken out of the tree have one too. Each is put on a page of
its own, so that its words are read as those of pages are.
"""

import io
import warnings
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from moderation.extract.pdf_objects import Objects, Table, dictionary, is_stream
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pikepdf import Pdf

MAX_APPEARANCES = 5_000

Shows = Callable[[str], bool]


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


def hidden(objects: Objects, drawn: Collection[str], shows: Shows) -> list[tuple[str, str]]:
    """Return place and reference of each drawing that no page and no note shows.

    Args:
        objects: of the PDF
        drawn: references of all that pages and notes draw
        shows: says whether the stream of a reference draws words or other drawings

    Raises:
        ExtractionError: there are too many

    """
    found = [("drawing on no page", each) for each in objects.drawable if each not in drawn]
    found = [(place, each) for place, each in found if shows(each)]
    found += [("page on no list", each) for each in objects.lost]
    if len(found) > MAX_APPEARANCES:
        raise ExtractionError(
            f"the PDF has more than {MAX_APPEARANCES:,} drawings on no page; print it to a new PDF"
        )
    return found


def on_pages(pdf: "Pdf", references: list[str]) -> None:
    """Replace the pages of *pdf* by one for each drawing."""
    from pikepdf import Dictionary, Name, Stream

    before = len(pdf.pages)
    for reference in references:
        number, generation, _ = reference.split()
        drawing = pdf.get_object((int(number), int(generation)))
        page = pdf.add_blank_page()
        if isinstance(drawing, Stream):
            drawing.Type, drawing.Subtype = Name.XObject, Name.Form
            page.Resources = Dictionary(XObject=Dictionary(Drawing=drawing))
            page.Contents = pdf.make_stream(b"/Drawing Do")
        else:
            page.Resources = drawing.get("/Resources", Dictionary())
            page.Contents = drawing.get("/Contents", pdf.make_stream(b""))
    del pdf.pages[:before]


def saved(pdf: "Pdf") -> bytes:
    """Return the bytes of *pdf* as it is now."""
    from pikepdf.exceptions import PageCopyWarning

    out = io.BytesIO()
    with warnings.catch_warnings():
        # Fields without the form they belong to are drawn all the same.
        warnings.simplefilter("ignore", PageCopyWarning)
        pdf.save(out)
    return out.getvalue()
