"""The notes of a PDF: web links and jumps stay, fields become part of the page, the rest goes.

After ISO 32000-2:2020, 12.5 and 12.6.
"""

from typing import TYPE_CHECKING

from moderation.analysis.cleaning.pdf_keys import forget, only
from moderation.analysis.cleaning.pdf_places import named_places, settle_labels, settle_place
from moderation.extract.office.archive import is_ordinary
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_LINK = frozenset(
    {
        *("/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/Dest", "/A", "/P", "/F"),
        *("/QuadPoints", "/StructParent"),
    }
)
_OUTLINE = frozenset(
    {
        *("/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Dest", "/C"),
        *("/F", "/A", "/Type"),
    }
)
_MOST = 20_000
_DEEPEST = 20
Places = dict[str, "Object"]


def keep_links(pdf: "Pdf") -> frozenset[tuple[int, int]]:
    """Leave of all notes the links, draw fields on their pages, and return what is left."""
    from pikepdf import Array, Name

    has_form = False
    places = named_places(pdf)
    settle_labels(pdf)
    for page in pdf.pages:
        kept = Array()
        for note in page.obj.get("/Annots", Array()):
            is_field = note.get("/Subtype") == Name.Widget
            has_form = has_form or is_field
            if is_field or (note.get("/Subtype") == Name.Link and _settle(note, places)):
                kept.append(note)
        if "/Annots" in page.obj:
            page.obj.Annots = kept
    if has_form:
        _flatten(pdf)
    _outlines(pdf, places)
    return frozenset(note.objgen for page in pdf.pages for note in page.obj.get("/Annots", Array()))


def _flatten(pdf: "Pdf") -> None:
    """Draw what fields show, so that it is seen the same without them."""
    from pikepdf import Array, Name

    pdf.generate_appearance_streams()
    for page in pdf.pages:
        for note in page.obj.get("/Annots", Array()):
            if note.get("/Subtype") == Name.Widget and not _is_drawn(note):
                raise ExtractionError(
                    "the form has a field whose words are not drawn; print it to a new PDF"
                )
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        links = [n for n in page.obj.get("/Annots", Array()) if n.get("/Subtype") == Name.Link]
        page.obj.Annots = Array(links)


def _is_drawn(field: "Object") -> bool:
    """Say whether the words in a field, if there are any, have a drawing."""
    from pikepdf import Dictionary, Stream, String

    value, owner = field.get("/V"), field
    for _ in range(_DEEPEST):
        above = owner.get("/Parent")
        if value is not None or not isinstance(above, Dictionary):
            break
        value, owner = above.get("/V"), above
    if not isinstance(value, String | Stream) or not str(value).strip():
        return True
    drawing = field.get("/AP", Dictionary()).get("/N")
    return isinstance(drawing, Stream) and any(
        operator in drawing.read_bytes() for operator in (b"Tj", b"TJ", b"'", b'"')
    )


def _settle(link: "Object", places: Places) -> bool:
    """Leave of a link where it leads; False where that is no page and no web address."""
    only(link, _LINK)
    settle_place(link, "/Dest", places)
    return _settle_action(link, places) or "/Dest" in link


def _settle_action(owner: "Object", places: Places) -> bool:
    from pikepdf import Dictionary, Name

    action = owner.get("/A")
    if not isinstance(action, Dictionary):
        forget(owner, "/A")
        return False
    kind = action.get("/S")
    if kind == Name.URI and is_ordinary(str(action.get("/URI", ""))):
        owner.A = Dictionary(S=Name.URI, URI=action.URI)
        return True
    if kind == Name.GoTo:
        settle_place(action, "/D", places)
        if "/D" in action:
            owner.A = Dictionary(S=Name.GoTo, D=action.D)
            return True
    forget(owner, "/A")
    return False


def _outlines(pdf: "Pdf", places: Places) -> None:
    """Leave of an outline its titles and the pages they lead to."""
    from pikepdf import Dictionary

    root = pdf.Root.get("/Outlines")
    waiting = [root] if isinstance(root, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST:
        each = waiting.pop()
        if each.objgen in seen:
            continue
        seen.add(each.objgen)
        only(each, _OUTLINE)
        settle_place(each, "/Dest", places)
        _settle_action(each, places)
        below = (each.get(key) for key in ("/First", "/Next"))
        waiting += [one for one in below if isinstance(one, Dictionary)]
