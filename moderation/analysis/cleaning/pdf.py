"""PDF: the pages as they are drawn, with their structure, outline and web links.

After ISO 32000-2:2020. Every dictionary keeps only what :data:`_KEPT` names for its kind; qpdf
writes only what is still reached, so that earlier revisions and stray objects are gone.
"""

import io
import warnings
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.pdf_annotations import keep_links
from moderation.analysis.cleaning.pdf_content import settle_content
from moderation.analysis.cleaning.pdf_keys import forget, only
from moderation.analysis.cleaning.pdf_structure import settle_structure
from moderation.extract.pdf_file import damaged
from moderation.policy import Limits

if TYPE_CHECKING:
    from pikepdf import Pdf

_ROOT = frozenset(
    {
        *("/Type", "/Version", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines"),
        *("/PageLabels", "/PageLayout", "/PageMode", "/OutputIntents", "/Dests", "/Names"),
        *("/ViewerPreferences",),
    }
)
_PAGE = frozenset(
    {
        *("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/BleedBox"),
        *("/TrimBox", "/ArtBox", "/Rotate", "/Group", "/Annots", "/Tabs", "/StructParents"),
        *("/UserUnit",),
    }
)
_NEVER = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OPI", "/AF", "/Thumb", "/JS"),
    *("/Measure", "/PtData", "/SpiderInfo", "/Private"),
)
"""Keys that no object keeps, wherever it stands (ISO 32000-2, 7.7.3 and 14.5)."""


def clean_pdf(data: bytes, *, title: str, limits: Limits) -> bytes:
    """Return the PDF with what its pages draw and how they are read aloud, and nothing else.

    The fields of a form become part of the page.

    Args:
        data: a PDF that ``extract`` has read
        title: of the document; empty if it has none
        limits: the most that is decoded of a picture

    Raises:
        ExtractionError: it is damaged

    """
    import pikepdf

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
                _clean(pdf, title, limits)
                return _saved(pdf)
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
        raise damaged() from error
    except (ValueError, RuntimeError, TypeError, LookupError, AttributeError) as error:
        raise damaged() from error


def _clean(pdf: "Pdf", title: str, limits: Limits) -> None:
    from pikepdf import Name

    _root(pdf)
    links = keep_links(pdf)
    forget(pdf.Root, "/AcroForm")
    for page in pdf.pages:
        only(page.obj, _PAGE)
        if "/Tabs" in page.obj:
            page.obj.Tabs = Name.S
        settle_content(page)
    settle_structure(pdf, links)
    pdf.remove_unreferenced_resources()
    _everywhere(pdf, limits)
    for key in list(pdf.trailer.keys()):
        if key not in ("/Root", "/Size", "/ID"):
            del pdf.trailer[key]
    if title:
        pdf.docinfo["/Title"] = title


def _root(pdf: "Pdf") -> None:
    from pikepdf import Dictionary, Name

    root = pdf.Root
    preferences = root.get("/ViewerPreferences", Dictionary())
    shows_title = isinstance(preferences, Dictionary) and preferences.get("/DisplayDocTitle")
    acroform = root.get("/AcroForm")
    only(root, _ROOT)
    if acroform is not None:
        root.AcroForm = acroform
    forget(root, "/ViewerPreferences")
    if shows_title:
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        only(names, frozenset({"/Dests"}))
    if "/PageMode" in root and root.PageMode == Name.UseAttachments:
        del root.PageMode


def _everywhere(pdf: "Pdf", limits: Limits) -> None:
    """Take out of every object what none may have, and clean the photos."""
    from pikepdf import Dictionary, Name, Stream

    from moderation.analysis.cleaning.pdf_pictures import clean_photo

    for each in pdf.objects:
        if isinstance(each, Dictionary | Stream):
            for key in _NEVER:
                if key in each and not (key == "/Private" and "/FontFile" in each):
                    del each[key]
        if isinstance(each, Dictionary) and each.get("/Type") == Name.OCG:
            only(each, ("/Type",))  # no layer is off, so that without its name each is drawn
        if isinstance(each, Stream):
            clean_photo(each, limits)


def _saved(pdf: "Pdf") -> bytes:
    from pikepdf import ObjectStreamMode, StreamDecodeLevel

    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        out,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.generalized,
        recompress_flate=True,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()
