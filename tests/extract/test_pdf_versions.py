"""PDF: what earlier versions, lost objects and odd streams hold, and what is refused."""

import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from moderation.extract import extract
from moderation.extract.pdf_appearances import MAX_APPEARANCES
from moderation.extract.pdf_revisions import MAX_VERSIONS, between, earlier_versions, strays
from moderation.model import Carrier, Document, ExtractionError
from tests.extract.planted.pdf import PDF, earlier_version, edited, only
from tests.extract.planted.pictures import drawn, segment


def texts(document: Document, carrier: Carrier) -> list[tuple[str, str]]:
    return [(p.field, document.text[p.start : p.end]) for p in document.carried(carrier)]


def written(edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    return edited(lambda pdf, _: edit(pdf))("")


def test_an_earlier_version_adds_only_what_the_last_one_does_not_say() -> None:
    document = extract("a.pdf", earlier_version("R. Reed"))
    assert texts(document, Carrier.BODY) == [("page 1", "the children")]
    assert texts(document, Carrier.HIDDEN) == [("earlier version 1 page 1", "R. Reed")]


def test_a_file_with_too_many_versions_is_refused() -> None:
    end = b"startxref\n9\n%%EOF\n"
    assert len(list(earlier_versions(end * (MAX_VERSIONS + 1)))) == MAX_VERSIONS
    with pytest.raises(ExtractionError, match="keeps more than 20 earlier versions of itself"):
        list(earlier_versions(end * (MAX_VERSIONS + 2)))


def test_an_earlier_version_that_cannot_be_read_is_refused() -> None:
    data = only("x", b"%PDF-1.4\n%startxref\n7\n%%EOF\n")
    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF keeps an earlier version of it"):
        extract("a.pdf", data)


def test_an_object_on_no_list_is_told_apart_from_those_in_streams() -> None:
    assert strays(b"1 0 obj\n<<>>stream\n7 0 obj\nendstream 2 0 obj") == {"1 0 R", "2 0 R"}
    assert strays(b"1 0 obj stream\n never ends 3 0 obj") == {"1 0 R"}
    document = extract("a.pdf", PDF["object on no list"][1]("R. Reed"))
    assert texts(document, Carrier.HIDDEN) == [("object on no list PDF Author", "R. Reed")]


def test_an_object_on_no_list_in_a_file_that_cannot_be_searched_is_refused() -> None:
    data = PDF["object on no list"][1]("R. Reed")
    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF is damaged"):
        extract(
            "a.pdf", data.replace(b"9 0 obj\n<</Author(R. Reed)", b"9 0 obj\n<</Encrypt 9 0 R /F(")
        )


def test_bytes_around_the_objects_are_read_in_linear_time() -> None:
    assert dict(between(b"%PDF-1.4\n" + b"stream\n" * 200_000)) == {
        "before the start": "",
        "after the end": "",
    }


def test_pictures_that_are_packed_twice_or_in_wavelets_are_read() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        def picture(data: bytes, *filters: Name) -> pikepdf.Object:
            stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
            stream.write(data, filter=Array(filters))
            return stream

        packed = zlib.compress(segment(0xFE, b"by R. Reed"))
        pdf.pages[0].obj.Resources.XObject = Dictionary(
            A=picture(packed, Name.FlateDecode, Name.DCTDecode),
            B=picture(b"\0\0jP  \1xml made by R. Reed\0", Name.JPXDecode),
        )

    assert texts(extract("a.pdf", written(edit)), Carrier.PROPERTY)[-2:] == [
        ("picture 1 JPEG comment", "by R. Reed"),
        ("JPEG 2000 picture 1", "xml made by R. Reed"),
    ]


def test_a_part_of_an_xml_form_that_is_not_whole_is_read_as_it_is() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        layers = Array(
            ["a", pdf.make_stream(b"<xdp who='R. Reed'>"), "b", pdf.make_stream(b"</xdp>")]
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=layers)

    found = texts(extract("a.pdf", written(edit)), Carrier.FORM_FIELD)
    assert ("form mark-up", "<xdp who='R. Reed'>") in found


def test_a_replacement_that_a_resource_holds_does_not_hide_what_is_drawn() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        marks = Dictionary(M=Dictionary(ActualText="the children", Inner=Dictionary(X=1)))
        page.Resources = Dictionary(Font=Dictionary(F1=font), Properties=marks)
        page.Contents = pdf.make_stream(b"/Span /M BDC BT /F1 12 Tf 9 9 Td (R. Reed) Tj ET EMC")

    assert texts(extract("a.pdf", written(edit)), Carrier.BODY) == [
        ("page 1", "the children"),
        ("page 1, as drawn", "R. Reed"),
    ]


def test_too_many_drawings_on_no_page_are_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        forms = (pdf.make_stream(b"() Tj", Subtype=Name.Form) for _ in range(MAX_APPEARANCES + 1))
        pdf.Root.Spare = Array(list(forms))

    with pytest.raises(ExtractionError, match="the PDF has more than 5,000 drawings on no page"):
        extract("a.pdf", written(edit))


def test_properties_of_marks_that_are_no_words_are_left_out() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        content = b"/P <</Lang (en-GB) /MCID 0 /Other (R. Reed)>> BDC EMC /X BMC EMC % 12345\n"
        pdf.pages[0].obj.Contents = pdf.make_stream(content)

    assert texts(extract("a.pdf", written(edit)), Carrier.HIDDEN) == [
        ("page 1 mark Other", "R. Reed")
    ]


def test_a_small_copy_that_is_cut_short_is_read_for_words() -> None:
    small = segment(0xFE, b"by R. Reed")[:-40]
    document = extract("a.jpg", segment(0xE0, b"JFXX\0\x10" + small))
    found = dict(texts(document, Carrier.PROPERTY))
    assert "by R. Reed" in found["small copy in JFXX"].splitlines()


def test_pictures_that_follow_one_another_are_all_read() -> None:
    more = b"".join(segment(0xFE, b"by R. Reed %d" % number) for number in range(3))
    found = texts(extract("a.jpg", drawn("JPEG") + more), Carrier.PROPERTY)
    assert [text for _, text in found] == ["by R. Reed 0", "by R. Reed 1", "by R. Reed 2"]


def test_a_drawing_that_cannot_be_taken_apart_is_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        content = b"/P <</Other (R. Reed)>> BDC EMC << ] (x) Tj"
        pdf.pages[0].obj.Contents = pdf.make_stream(content)

    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF is damaged"):
        extract("a.pdf", written(edit))


def test_a_form_whose_fields_belong_nowhere_is_drawn_without_a_warning() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 0 5 5 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, V="R. Reed", AP=Dictionary(N=look))
        pdf.pages[0].obj.Annots = Array([field])

    with pytest.warns(pikepdf.exceptions.PageCopyWarning):
        data = written(edit)
    assert texts(extract("a.pdf", data), Carrier.FORM_FIELD) == [("page 1 form field", "R. Reed")]
