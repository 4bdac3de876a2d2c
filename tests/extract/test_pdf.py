"""PDF: words by page, everything beside them, and what is refused."""

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name
from PIL import ExifTags, Image

from moderation.extract.pdf import extract
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy

LIMITS = default_policy().limits


def draft(*pages: str, title: str = "") -> FPDF:
    pdf = FPDF()
    pdf.set_creation_date(datetime(2026, 11, 21, tzinfo=UTC))
    pdf.set_font("Helvetica", size=12)
    if title:
        pdf.set_title(title)
    for words in pages:
        pdf.add_page()
        pdf.multi_cell(0, 8, words)
    return pdf


def written(*pages: str, edit: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    data = bytes(draft(*pages).output())
    if edit is None:
        return data
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(out)
    return out.getvalue()


def read(data: bytes) -> Document:
    return extract("a.pdf", data, "0", LIMITS)


def texts(document: Document, *carriers: Carrier) -> list[tuple[Carrier, str, str]]:
    return [
        (p.carrier, p.field, document.text[p.start : p.end])
        for p in document.pieces
        if p.carrier is not Carrier.FILE_NAME and (not carriers or p.carrier in carriers)
    ]


def parts(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.location.field) for part in document.parts]


def test_the_words_of_each_page_are_found_on_their_page() -> None:
    pdf = draft("Dear parents,", "the trip is on Monday.")
    pdf.set_title("Trip letter")
    pdf.set_author("R. Reed")
    pdf.set_lang("en-GB")
    document = read(bytes(pdf.output()))
    assert document.media_type == "application/pdf"
    assert texts(document) == [
        (Carrier.BODY, "page 1", "Dear parents,"),
        (Carrier.BODY, "page 2", "the trip is on Monday."),
        (Carrier.PROPERTY, "PDF Author", "R. Reed"),
        (Carrier.PROPERTY, "PDF Title", "Trip letter"),
    ]
    assert document.properties == {
        "title": "Trip letter",
        "language": "en-GB",
        "tagged": False,
        "pages": 2,
        "format": "PDF",
    }
    assert document.parts == ()
    start = document.text.index("Monday")
    assert str(document.locate(start, start + 6)) == "a.pdf [page 2]"


def test_a_tagged_pdf_says_so_and_its_alternative_texts_are_read() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        figure = Dictionary(S=Name.Figure, Alt="a heron on the pond")
        pdf.Root.StructTreeRoot = Dictionary(K=Array([figure]))
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    document = read(written("x", edit=edit))
    assert document.properties["tagged"] is True
    assert texts(document, Carrier.ALT) == [
        (Carrier.ALT, "alternative text", "a heron on the pond")
    ]


def test_notes_and_links_are_found_on_their_page() -> None:
    pdf = draft("one", "two")
    pdf.cell(0, 8, "more", link="https://example.org/trip")
    pdf.text_annotation(10, 10, "ask R. Reed")
    document = read(bytes(pdf.output()))
    assert texts(document, Carrier.ANNOTATION, Carrier.LINK) == [
        (Carrier.LINK, "page 2 link", "https://example.org/trip"),
        (Carrier.ANNOTATION, "page 2 note", "ask R. Reed"),
    ]
    assert [(link.target, str(link.location)) for link in document.links] == [
        ("https://example.org/trip", "a.pdf [page 2 link]")
    ]


def test_notes_that_are_objects_of_their_own_are_found_on_their_page_too() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Subtype=Name.Text, Contents="hi", T="R. Reed", RC="<p>very <b>hi</b></p>")
        pdf.pages[1].obj.Annots = pdf.make_indirect(Array([pdf.make_indirect(note)]))

    assert texts(read(written("one", "two", edit=edit)), Carrier.ANNOTATION) == [
        (Carrier.ANNOTATION, "page 2 note", "hi"),
        (Carrier.ANNOTATION, "page 2 note", "very hi"),
        (Carrier.ANNOTATION, "page 2 note author", "R. Reed"),
    ]


def test_outlines_are_read() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Packing list", 0))

    assert texts(read(written("one", edit=edit)), Carrier.TITLE) == [
        (Carrier.TITLE, "outline", "Packing list")
    ]


def test_form_fields_are_read_and_the_form_is_told() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        box = pdf.make_indirect(
            Dictionary(
                Subtype=Name.Widget, FT=Name.Tx, T="child", TU="name of the child", V="R. Reed"
            )
        )
        pdf.pages[0].obj.Annots = Array([box])
        pdf.Root.AcroForm = Dictionary(Fields=Array([box]), DA="/Helv 0 Tf 0 g")

    document = read(written("one", edit=edit))
    assert ("form", "form") in parts(document)
    assert set(texts(document, Carrier.FORM_FIELD)) >= {
        (Carrier.FORM_FIELD, "page 1 form field name", "child"),
        (Carrier.FORM_FIELD, "page 1 form field help", "name of the child"),
        (Carrier.FORM_FIELD, "page 1 form field", "R. Reed"),
    }


def test_an_xml_form_is_told_and_read() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_stream(b"<xdp><field>R. Reed</field></xdp>")
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(["template", layer]))

    document = read(written("one", edit=edit))
    assert parts(document) == [("xfa", "form")]
    assert [(f, t.strip()) for _, f, t in texts(document, Carrier.FORM_FIELD)] == [
        ("form", "R. Reed")
    ]


ACTIONS = [
    (Dictionary(S=Name.JavaScript, JS="app.alert(1)"), ("javascript", "action")),
    (Dictionary(S=Name.Launch, F="calc.exe"), ("launch-action", "action")),
    (Dictionary(S=Name.SubmitForm), ("submit-action", "action")),
    (Dictionary(S=Name.GoToR, F="other.pdf"), ("remote-action", "action")),
    (Dictionary(S=Name.Rendition, JS="app.alert(1)"), ("media", "action")),
    (Dictionary(S=Name.Named, JS="app.alert(1)"), ("javascript", "action")),
]


@pytest.mark.parametrize(("action", "part"), ACTIONS, ids=[part[0] for _, part in ACTIONS])
def test_what_acts_by_itself_is_told(action: Dictionary, part: tuple[str, str]) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = action

    assert parts(read(written("one", edit=edit))) == [part]


def test_a_place_to_open_at_is_no_action() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))

    assert parts(read(written("one", edit=edit))) == []


@pytest.mark.parametrize("code", [b"say('R. Reed')", "say('R. Reed')".encode("utf-16")])
def test_a_script_in_a_stream_is_told_and_read(code: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(code))

    document = read(written("one", edit=edit))
    assert parts(document) == [("javascript", "action")]
    assert texts(document, Carrier.MARKUP) == [(Carrier.MARKUP, "script", "say('R. Reed')")]


def test_attached_files_are_told_with_their_names() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["reed.txt"] = b"hidden"

    document = read(written("one", edit=edit))
    assert sorted(kind for kind, _ in parts(document)) == ["attachment", "embedded-file"]
    assert (Carrier.ATTACHMENT, "file name", "reed.txt") in texts(document)


def test_media_are_told() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.RichMedia)])

    assert parts(read(written("one", edit=edit))) == [("media", "page 1 media")]


def test_xmp_is_read_and_a_position_in_it_told() -> None:
    xmp = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'exif:GPSLatitude="51,23N" dc:source="R. Reed"/>'
        "</rdf:RDF>"
    )

    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
        pdf.pages[0].obj.Metadata = stream

    document = read(written("one", edit=edit))
    assert parts(document) == [("gps", "XMP")]
    assert (Carrier.PROPERTY, "XMP dc:source", "R. Reed") in texts(document)


def test_the_metadata_of_pictures_inside_are_read() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "R. Reed"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif.tobytes())

    def edit(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(
            out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode
        )
        pdf.pages[0].obj.Resources.XObject = Dictionary(P=picture)

    document = read(written("one", edit=edit))
    assert (Carrier.PROPERTY, "picture 1 EXIF Artist", "R. Reed") not in texts(document)
    assert (Carrier.EXIF, "picture 1 EXIF Artist", "R. Reed") in texts(document)


def test_strings_of_unknown_use_are_read_as_hidden_text() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Odd = Dictionary(Thing="R. Reed", Bytes=b"\x00\x01made by R. Reed\xff")

    assert texts(read(written("one", edit=edit)), Carrier.HIDDEN) == [
        (Carrier.HIDDEN, "PDF Bytes", "made by R. Reed"),
        (Carrier.HIDDEN, "PDF Thing", "R. Reed"),
    ]


def test_words_broken_at_the_end_of_a_line_are_joined() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        words = b"BT /F1 12 Tf 14 TL 50 700 Td (an uncom\xad) Tj T* (mon word) Tj ET"
        pdf.pages[0].obj.Contents = pdf.make_stream(words)

    assert "uncommon" in read(written("one", edit=edit)).text


def locked(password: str, *, legacy: bool = False) -> bytes:
    out = io.BytesIO()
    strength = pikepdf.Encryption(
        owner="owner",
        user=password,
        R=3 if legacy else 6,
        aes=not legacy,
        metadata=not legacy,
    )
    with pikepdf.open(io.BytesIO(written("one"))) as pdf:
        pdf.docinfo["/Author"] = "R. Reed"
        pdf.save(out, encryption=strength)
    return out.getvalue()


@pytest.mark.parametrize("legacy", [False, True])
def test_a_pdf_that_all_can_open_is_read_though_it_is_locked(legacy: bool) -> None:
    document = read(locked("", legacy=legacy))
    assert texts(document, Carrier.BODY) == [(Carrier.BODY, "page 1", "one")]
    assert (Carrier.PROPERTY, "PDF Author", "R. Reed") in texts(document)
    assert ("encrypted", "") in parts(document)


def test_a_pdf_that_only_a_password_opens_is_refused() -> None:
    with pytest.raises(ExtractionError) as caught:
        read(locked("secret"))
    assert str(caught.value) == (
        "a.pdf: the PDF is encrypted, so it cannot be checked; save it without a lock"
    )


def test_a_damaged_pdf_is_refused() -> None:
    data = written("one", "two")
    for broken in (
        data[: len(data) // 2],
        data[:-40],
        b"%PDF-1.4",
        data.replace(b"startxref", b"startxxxx"),
        data.replace(b" 0 obj", b" 7 obj"),
    ):
        with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF is damaged"):
            read(broken)


def test_too_many_pages_are_refused() -> None:
    limits = replace(LIMITS, pdf_pages=2)
    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF has more than 2 pages"):
        extract("a.pdf", written("1", "2", "3"), "0", limits)


def test_too_much_text_is_refused() -> None:
    limits = replace(LIMITS, text_characters=50)
    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF holds more than 50 characters"):
        extract("a.pdf", written("word " * 40), "0", limits)


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    block = bytes(1_000_000)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def test_a_stream_that_unpacks_to_too_much_is_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"x")
        stream.write(bomb(120), filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = stream

    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF (is damaged|unpacks to)"):
        read(written("one", edit=edit))


def test_bytes_before_and_after_are_told() -> None:
    data = written("one")
    assert parts(read(data + b"\r\n\0")) == []
    assert parts(read(data + b"PK\x03\x04 and so on")) == [("trailing-bytes", "")]


def test_something_before_the_start_is_told() -> None:
    assert ("polyglot", "") in parts(read(b"GIF89a;\n" + written("one")))


def nested_forms(depth: int) -> bytes:
    def edit(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"0 0 m 9 9 l S", Type=Name.XObject, Subtype=Name.Form)
        for _ in range(depth):
            resources = Dictionary(XObject=Dictionary(X=form))
            form = pdf.make_stream(
                b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form, Resources=resources
            )
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
        pdf.pages[0].obj.Contents = Array([pdf.make_stream(b"/X Do"), pdf.make_stream(b"/Y Do")])

    return written("one", edit=edit)


def test_forms_that_draw_one_another_are_added_up_before_they_are_drawn() -> None:
    assert read(nested_forms(2)).properties["pages"] == 1
    for depth in (7, 12, 40):
        with pytest.raises(ExtractionError, match=r"^a\.pdf: a page of the PDF draws more than"):
            read(nested_forms(depth))


def test_a_form_that_draws_itself_by_the_names_around_it_is_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")

    with pytest.raises(ExtractionError, match="a page of the PDF draws more than"):
        read(written("one", edit=edit))


def test_many_streams_that_unpack_to_too_much_together_are_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        packed = bomb(60)
        streams = Array()
        for _ in range(2):
            stream = pdf.make_stream(b"x")
            stream.write(packed, filter=Name.FlateDecode)
            streams.append(stream)
        pdf.Root.Kept = streams

    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF unpacks to more than"):
        read(written("one", edit=edit))
