"""PDF with a name in one carrier each; most changed object by object with pikepdf."""

import io
from collections.abc import Callable

import pikepdf
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name, String

from moderation.model import Carrier
from tests.extract.planted.pictures import segment, xmp
from tests.extract.planted.plant import Table

Edit = Callable[[pikepdf.Pdf, str], None]
_FONT = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
)


def _made(**entries: object) -> Dictionary:
    return Dictionary({f"/{key}": value for key, value in entries.items()})


def plain(*words: str) -> bytes:
    draft = FPDF()
    draft.set_font("Helvetica", size=12)
    for each in words or ("Dear parents,",):
        draft.add_page()
        draft.multi_cell(0, 8, each)
    return bytes(draft.output())


def edited(edit: Edit) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(plain())) as pdf:
            edit(pdf, name)
            pdf.save(out)
        return out.getvalue()

    return make


def _escaped(name: str) -> bytes:
    return name.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")


def drawing(operators: Callable[[str], bytes], **resources: object) -> Callable[[str], bytes]:
    """Draw on the page as *operators* say; the font is F1."""

    def edit(pdf: pikepdf.Pdf, name: str) -> None:
        page = pdf.pages[0].obj
        page.Resources = _made(Font=Dictionary(F1=_FONT), **resources)
        page.Contents = pdf.make_stream(operators(name))

    return edited(edit)


def letters_apart(name: str) -> bytes:
    """Place each letter by itself, as layout programs do."""
    measure = FPDF(unit="pt")
    measure.set_font("Helvetica", size=12)
    parts = ["BT /F1 12 Tf"]
    at = 50.0
    for letter in name:
        parts.append(f"1 0 0 1 {at} 700 Tm ({letter}) Tj")
        at += measure.get_string_width(letter)
    return " ".join([*parts, "ET"]).encode()


def annotation(**more: object) -> Callable[[pikepdf.Pdf], None]:
    def put(pdf: pikepdf.Pdf) -> None:
        note = _made(Type=Name.Annot, Rect=Array([10, 10, 50, 50]), **more)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return put


def _note(key: str, subtype: str = "Text") -> Callable[[str], bytes]:
    return edited(
        lambda pdf, n: annotation(**{"Subtype": Name("/" + subtype), key: String(n)})(pdf)
    )


def _field(pdf: pikepdf.Pdf, **more: object) -> None:
    box = {"Type": Name.Annot, "Subtype": Name.Widget, "Rect": Array([10, 10, 90, 30])}
    named = {"FT": Name.Tx, "T": String("child"), **box, **more}
    field = pdf.make_indirect(_made(**named))
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _tree(pdf: pikepdf.Pdf, key: str, label: str) -> None:
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = _made(**{key: Dictionary(Names=Array([String(label), place]))})


def _outline(pdf: pikepdf.Pdf, name: str) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(name, 0))


def attach(pdf: pikepdf.Pdf, file_name: str, data: bytes, about: str = "") -> None:
    pdf.attachments[file_name] = _spec(pdf, file_name, data, about)


def _spec(
    pdf: pikepdf.Pdf, file_name: str, data: bytes, about: str = ""
) -> pikepdf.AttachedFileSpec:
    return pikepdf.AttachedFileSpec(
        pdf,
        data,
        filename=file_name,
        description=about,
        mime_type="",
        creation_date="",
        mod_date="",
    )


def _attached_note(pdf: pikepdf.Pdf, name: str) -> None:
    file = _spec(pdf, "note.txt", f"about {name}".encode())
    annotation(Subtype=Name.FileAttachment, FS=file.obj)(pdf)


def _layer(pdf: pikepdf.Pdf, label: str, words: str) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(label)))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
    )
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F1=_FONT), Properties=Dictionary(L=group))
    inside = b"BT /F1 12 Tf 50 700 Td (" + _escaped(words) + b") Tj ET"
    page.Contents = pdf.make_stream(b"/OC /L BDC " + inside + b" EMC")


def _form(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pdf.make_stream(
        b"BT /F1 12 Tf 20 20 Td (" + _escaped(name) + b") Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 50]),
        Resources=Dictionary(Font=Dictionary(F1=_FONT)),
    )


def _stamp(pdf: pikepdf.Pdf, name: str) -> None:
    annotation(Subtype=Name.Stamp, AP=Dictionary(N=_form(pdf, name)))(pdf)


def _drawn_form(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=_form(pdf, name))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")


def _undrawn(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(Spare=_form(pdf, name))


def _pattern(pdf: pikepdf.Pdf, name: str) -> None:
    tile = pdf.make_stream(
        b"BT /F1 12 Tf 5 5 Td (" + _escaped(name) + b") Tj ET",
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 200, 20]), XStep=200, YStep=20,
        Resources=Dictionary(Font=Dictionary(F1=_FONT)),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P1=pdf.make_indirect(tile))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Pattern cs /P1 scn 0 0 500 500 re f")


def _lost_page(pdf: pikepdf.Pdf, name: str) -> None:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 300, 300]),
        Resources=Dictionary(Font=Dictionary(F1=_FONT)),
        Contents=pdf.make_stream(b"BT /F1 12 Tf 5 5 Td (" + _escaped(name) + b") Tj ET"),
    )
    pdf.Root.Spare = pdf.make_indirect(page)


def _metadata(pdf: pikepdf.Pdf, name: str, owner: pikepdf.Object) -> None:
    owner.Metadata = pdf.make_stream(
        xmp(f"<dc:creator>{name}</dc:creator>"), Type=Name.Metadata, Subtype=Name.XML
    )


def _picture(pdf: pikepdf.Pdf, name: str) -> None:
    picture = pdf.make_stream(
        segment(0xFE, name.encode()),
        Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode,
        Width=16, Height=16, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(P=picture)


def _xfa(pdf: pikepdf.Pdf, inside: str) -> None:
    layer = pdf.make_stream(f"<xdp><field>{inside}</field></xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array([String("datasets"), layer]))


def earlier_version(name: str) -> bytes:
    """Write a PDF whose page was changed since by hanging a new content on the end."""
    first = only(name)
    return _hung(first, b"BT /F1 12 Tf 50 700 Td (the children) Tj ET")


def only(words: str, head: bytes = b"%PDF-1.4\n") -> bytes:
    """Write a PDF by hand: 4 is the content of its page."""
    content = b"BT /F1 12 Tf 50 700 Td (" + _escaped(words) + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = head
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _hung(first: bytes, content: bytes) -> bytes:
    at = len(first)
    before = int(first[first.rindex(b"startxref") + 9 :].split()[0])
    more = b"4 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(content), content)
    table = b"xref\n4 1\n%010d 00000 n \n" % at
    trailer = b"trailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return first + more + table + trailer % (before, at + len(more))


def _stray(name: str) -> bytes:
    """Write an object that the list of objects does not know, as a careless program leaves it."""
    data = only("x")
    at = data.index(b"xref\n")
    stray = b"9 0 obj\n<</Author(" + name.encode() + b")>>\nendobj\n"
    moved = b"startxref\n%d\n" % (at + len(stray))
    return data[:at] + stray + data[at:].replace(b"startxref\n%d\n" % at, moved)


def _titled(name: str, **more: str) -> bytes:
    draft = FPDF()
    draft.set_font("Helvetica", size=12)
    draft.add_page()
    for key, words in more.items():
        getattr(draft, f"set_{key}")(words.format(name))
    return bytes(draft.output())


def _structure(pdf: pikepdf.Pdf, key: str, name: str) -> None:
    figure = pdf.make_indirect(_made(Type=Name.StructElem, S=Name.Figure, **{key: String(name)}))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([figure]))


B, A, F, P = Carrier.BODY, Carrier.ANNOTATION, Carrier.FORM_FIELD, Carrier.PROPERTY
H, T, L, Z = Carrier.HIDDEN, Carrier.ATTACHMENT, Carrier.LINK, Carrier.ALT


def _shown(before: bytes, after: bytes = b" Tj ET") -> Callable[[str], bytes]:
    return drawing(lambda n: before + b"(" + _escaped(n) + b")" + after)


def _halved(name: str) -> tuple[bytes, bytes]:
    return name[:3].encode(), name[3:].encode()


def _deep(name: str, depth: int) -> bytes:
    data = f"about {name}".encode()
    inner = "note.txt"
    for _ in range(depth):
        data = edited(lambda pdf, _, d=data, i=inner: attach(pdf, i, d))("")  # type: ignore[misc]
        inner = "inner.pdf"
    return data


PDF: Table = {
    "page": (B, plain),
    "second page": (B, lambda n: plain("one", n)),
    "word in two runs": (
        B,
        drawing(lambda n: b"BT /F1 12 Tf 50 700 Td (%s) Tj (%s) Tj ET" % _halved(n)),
    ),
    "word in two runs, kerned": (
        B,
        drawing(lambda n: b"BT /F1 12 Tf 50 700 Td [(%s) 40 (%s)] TJ ET" % _halved(n)),
    ),
    "letters placed one by one": (B, drawing(letters_apart)),
    "hexadecimal string": (
        B,
        drawing(lambda n: b"BT /F1 12 Tf 50 700 Td <" + n.encode().hex().encode() + b"> Tj ET"),
    ),
    "turned page text": (B, _shown(b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm ")),
    "text outside the page": (B, _shown(b"BT /F1 12 Tf 5000 7000 Td ")),
    "text left of the page": (B, _shown(b"BT /F1 12 Tf -400 -300 Td ")),
    "invisible text": (B, _shown(b"BT /F1 12 Tf 3 Tr 50 700 Td ")),
    "text that clips": (B, _shown(b"BT /F1 12 Tf 7 Tr 50 700 Td ")),
    "white text": (B, _shown(b"1 g BT /F1 12 Tf 50 700 Td ")),
    "tiny text": (B, _shown(b"BT /F1 0.1 Tf 50 700 Td ")),
    "text below a black box": (
        B,
        _shown(b"BT /F1 12 Tf 50 700 Td ", b" Tj ET 0 g 40 690 300 30 re f"),
    ),
    "text that is clipped away": (B, _shown(b"0 0 1 1 re W n BT /F1 12 Tf 50 700 Td ")),
    "drawn form": (
        B,
        edited(_drawn_form),
    ),
    "form that is not drawn": (H, edited(_undrawn)),
    "pattern": (H, edited(_pattern)),
    "page outside the tree": (H, edited(_lost_page)),
    "layer that is off": (B, edited(lambda pdf, n: _layer(pdf, "Key", n))),
    "name of a layer": (H, edited(lambda pdf, n: _layer(pdf, n, "x"))),
    "replacement text in the content": (
        Z,
        drawing(
            lambda n: (
                b"/Span <</ActualText ("
                + _escaped(n)
                + b")>> BDC BT /F1 12 Tf 50 700 Td (x) Tj ET EMC"
            )
        ),
    ),
    "words below a replacement": (
        B,
        drawing(
            lambda n: (
                b"/Span <</ActualText (the children)>> BDC BT /F1 12 Tf 50 700 Td ("
                + _escaped(n)
                + b") Tj ET EMC"
            )
        ),
    ),
    "alternative text in the content": (
        Z,
        drawing(lambda n: b"/Figure <</Alt (" + _escaped(n) + b")>> BDC 0 0 5 5 re f EMC"),
    ),
    "comment in the content": (H, drawing(lambda n: b"% by " + n.encode() + b"\n0 0 5 5 re f")),
    "title": (P, lambda n: _titled(n, title="Letter to {}")),
    "author": (P, lambda n: _titled(n, author="{}")),
    "subject": (P, lambda n: _titled(n, subject="{}")),
    "keywords": (P, lambda n: _titled(n, keywords="oak, {}")),
    "property of its own": (P, edited(lambda pdf, n: pdf.docinfo.__setitem__("/Pupil", n))),
    "key of a property": (
        P,
        edited(lambda pdf, n: pdf.docinfo.__setitem__("/" + n, "yes")),
    ),
    "XMP": (P, edited(lambda pdf, n: _metadata(pdf, n, pdf.Root))),
    "XMP of a page": (P, edited(lambda pdf, n: _metadata(pdf, n, pdf.pages[0].obj))),
    "note": (A, _note("Contents")),
    "note's author": (A, _note("T")),
    "note's subject": (A, _note("Subj")),
    "free text": (A, _note("Contents", "FreeText")),
    "highlight": (A, _note("Contents", "Highlight")),
    "name of a note": (H, _note("NM")),
    "note in rich text": (
        A,
        edited(
            lambda pdf, n: annotation(
                Subtype=Name.Text, RC=String(f"<body><p>{n[:3]}<b>{n[3:]}</b></p></body>")
            )(pdf)
        ),
    ),
    "popup": (
        A,
        edited(lambda pdf, n: annotation(Subtype=Name.Popup, Contents=String(n))(pdf)),
    ),
    "stamp": (A, edited(_stamp)),
    "web address": (
        L,
        edited(
            lambda pdf, n: annotation(
                Subtype=Name.Link,
                A=Dictionary(
                    S=Name.URI, URI=String("https://example.org/" + n.replace(" ", "%20"))
                ),
            )(pdf)
        ),
    ),
    "outline": (Carrier.TITLE, edited(_outline)),
    "form field": (F, edited(lambda pdf, n: _field(pdf, V=String(n)))),
    "form field's default": (F, edited(lambda pdf, n: _field(pdf, DV=String(n)))),
    "form field's help": (F, edited(lambda pdf, n: _field(pdf, TU=String(n)))),
    "form field's name": (F, edited(lambda pdf, n: _field(pdf, T=String(n)))),
    "form field's export name": (F, edited(lambda pdf, n: _field(pdf, TM=String(n)))),
    "choice": (
        F,
        edited(lambda pdf, n: _field(pdf, FT=Name.Ch, Opt=Array([String("none"), String(n)]))),
    ),
    "name of a tick": (
        F,
        edited(lambda pdf, n: _field(pdf, FT=Name.Btn, V=Name("/" + n), AS=Name("/" + n))),
    ),
    "caption of a button": (
        H,
        edited(lambda pdf, n: _field(pdf, FT=Name.Btn, MK=Dictionary(CA=String(n)))),
    ),
    "XML form": (F, edited(lambda pdf, n: _xfa(pdf, n))),
    "attribute in an XML form": (F, edited(lambda pdf, n: _xfa(pdf, f'<v name="{n}"/>'))),
    "named place": (H, edited(lambda pdf, n: _tree(pdf, "Dests", n))),
    "named place of the old kind": (
        H,
        edited(
            lambda pdf, n: pdf.Root.__setitem__(
                "/Dests", Dictionary({"/" + n: Array([pdf.pages[0].obj, Name.Fit])})
            )
        ),
    ),
    "page label": (
        H,
        edited(
            lambda pdf, n: pdf.Root.__setitem__(
                "/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String(n))]))
            )
        ),
    ),
    "alternative text": (Z, edited(lambda pdf, n: _structure(pdf, "Alt", n))),
    "replacement text": (Z, edited(lambda pdf, n: _structure(pdf, "ActualText", n))),
    "expansion": (Z, edited(lambda pdf, n: _structure(pdf, "E", n))),
    "title of a part": (Carrier.TITLE, edited(lambda pdf, n: _structure(pdf, "T", n))),
    "script": (
        Carrier.MARKUP,
        edited(
            lambda pdf, n: pdf.Root.__setitem__(
                "/OpenAction", Dictionary(S=Name.JavaScript, JS=String(f"alert('{n}')"))
            )
        ),
    ),
    "attached file's name": (T, edited(lambda pdf, n: attach(pdf, f"{n}.txt", b"x"))),
    "attached file's description": (T, edited(lambda pdf, n: attach(pdf, "a.txt", b"x", n))),
    "attached text": (B, edited(lambda pdf, n: attach(pdf, "a.txt", f"about {n}".encode()))),
    "attached table": (
        Carrier.CELL,
        edited(lambda pdf, n: attach(pdf, "a.csv", f"1,{n}\n".encode())),
    ),
    "attached PDF": (B, edited(lambda pdf, n: attach(pdf, "a.pdf", plain(n)))),
    "attached picture": (P, edited(lambda pdf, n: attach(pdf, "a.jpg", segment(0xFE, n.encode())))),
    "text attached to an attached PDF": (B, lambda n: _deep(n, 2)),
    "file in a note": (B, edited(_attached_note)),
    "picture's comment": (P, edited(_picture)),
    "private data": (
        H,
        edited(
            lambda pdf, n: pdf.Root.__setitem__(
                "/PieceInfo", Dictionary(Acorn=Dictionary(Private=String(n)))
            )
        ),
    ),
    "earlier version": (H, earlier_version),
    "object on no list": (H, _stray),
    "bytes after the end": (H, lambda n: plain() + b"\nby " + n.encode()),
    "comment between objects": (
        H,
        lambda n: only("x").replace(b"%%EOF", b"% by " + n.encode() + b"\n%%EOF"),
    ),
}
"""Carriers; a page's own text is body text however it is hidden."""
