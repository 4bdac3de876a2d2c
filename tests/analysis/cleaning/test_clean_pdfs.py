"""PDFs: pages, outline and web links stay; what else travels with them goes or is refused."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy
from tests.spec_downloads import drawing

LIMITS = default_policy().limits
SHOWN = 'content = "BT /F1 12 Tf 50 700 Td (Sports day) Tj ET"\n'


def made(edit: Callable[[Pdf], None], recipe: str = SHOWN) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawing(recipe))) as pdf:
        edit(pdf)
        pdf.save(out)
    return out.getvalue()


def cleaned(data: bytes) -> tuple[Document, Pdf]:
    clean = clean_document(data, LIMITS).data
    return extract("a.pdf", clean, LIMITS), pikepdf.open(io.BytesIO(clean))


def link(pdf: Pdf, **what: pikepdf.Object) -> pikepdf.Object:
    box = Array([50, 690, 120, 710])
    return pdf.make_indirect(
        Dictionary(
            {
                "/Type": Name.Annot,
                "/Subtype": Name.Link,
                "/Rect": box,
                **{f"/{key}": value for key, value in what.items()},
            }
        )
    )


def test_title_and_language_stay_and_the_author_goes() -> None:
    recipe = SHOWN + 'tagged = true\ntitle = "Trip"\nlanguage = "en"\nauthor = "Jo Reed"'
    document, pdf = cleaned(drawing(recipe))
    assert (document.properties["title"], document.properties["language"]) == ("Trip", "en")
    assert list(pdf.docinfo.keys()) == ["/Title"]
    assert "/Metadata" not in pdf.Root


def test_web_links_stay_and_notes_and_programs_go() -> None:
    def edit(pdf: Pdf) -> None:
        web = Dictionary(S=Name.URI, URI=String("https://example.org/"))
        program = Dictionary(S=Name.Launch, F=String("a.exe"))
        note = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
        )
        pdf.pages[0].obj.Annots = Array([link(pdf, A=web), link(pdf, A=program), note])

    document, pdf = cleaned(made(edit))
    assert [each.target for each in document.links] == ["https://example.org/"]
    assert len(pdf.pages[0].obj.Annots) == 1


def test_a_link_to_a_named_place_leads_to_its_page_without_the_name() -> None:
    def edit(pdf: Pdf) -> None:
        place = Array([pdf.pages[0].obj, Name.Fit])
        names = Array([String("Jo Reed"), Dictionary(D=place), String("Other"), place])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=names))
        jump = Dictionary(S=Name.GoTo, D=String("Jo Reed"))
        lost = Dictionary(S=Name.GoTo, D=String("Nowhere"))
        pdf.pages[0].obj.Annots = Array(
            [link(pdf, A=jump), link(pdf, Dest=String("Other")), link(pdf, A=lost)]
        )

    document, pdf = cleaned(made(edit))
    assert "Reed" not in document.text
    first, second = pdf.pages[0].obj.Annots
    assert first.A.D[0].objgen == second.Dest[0].objgen == pdf.pages[0].obj.objgen


def test_an_outline_keeps_titles_and_pages_and_nothing_else() -> None:
    def edit(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Results", 0))
        pdf.Root.Outlines.First.A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    document, pdf = cleaned(made(edit))
    titles = [document.text[p.start : p.end] for p in document.carried(Carrier.TITLE)]
    assert titles == ["Results"]
    assert "/A" not in pdf.Root.Outlines.First


def test_labels_of_pages_keep_their_numbers() -> None:
    def edit(pdf: Pdf) -> None:
        label = Dictionary(S=Name.r, P=String("Jo Reed "), St=3)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, label]))

    _, pdf = cleaned(made(edit))
    assert dict(pdf.Root.PageLabels.Nums[1].items()) == {"/S": Name.r, "/St": 3}


def test_the_words_of_a_field_become_part_of_the_page() -> None:
    def edit(pdf: Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources = Dictionary(Font=Dictionary(Helv=font))
        drawn = pdf.make_stream(b"/Tx BMC BT /Helv 9 Tf 2 4 Td (Oak class) Tj ET EMC")
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox, drawn.Resources = Array([0, 0, 100, 20]), resources
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("class"),
                V=String("Oak class"),
                DA=String("/Helv 9 Tf"),
                Rect=Array([50, 600, 150, 620]),
                F=4,
                AP=Dictionary(N=drawn),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=resources)

    document, pdf = cleaned(made(edit))
    assert ("Sports day" in document.text, "Oak class" in document.text) == (True, True)
    assert "/AcroForm" not in pdf.Root
    assert len(pdf.pages[0].obj.Annots) == 0


def test_what_stands_for_a_note_in_the_structure_goes_with_the_note() -> None:
    def edit(pdf: Pdf) -> None:
        note = pdf.make_indirect(
            Dictionary(Subtype=Name.Popup, Rect=Array([0, 0, 9, 9]), Contents=String("Jo Reed"))
        )
        stands = Dictionary(Type=Name.OBJR, Obj=note)
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Annot, T=String("Jo Reed"), K=stands)
        )
        pdf.Root.StructTreeRoot = pdf.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=Array([element]))
        )

    document, pdf = cleaned(made(edit))
    assert "Reed" not in document.text
    assert len(pdf.Root.StructTreeRoot.K[0].K) == 0


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        (SHOWN + "redact = true", "page 1 is marked for blackening, and nothing was taken out"),
        (SHOWN + "off = true", "the PDF has a layer that is switched off"),
        (SHOWN + "locked = true", "the file is locked"),
        (
            'content = "BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET 0 g 40 590 200 30 re f"',
            "page 1 has text below black",
        ),
    ],
)
def test_what_only_the_author_can_take_out_is_refused(recipe: str, told: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        clean_document(drawing(recipe), LIMITS)
    assert str(caught.value).startswith(told)


def test_the_name_of_a_layer_that_is_on_goes_and_what_it_draws_stays() -> None:
    def edit(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Jo Reed")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L1=layer)
        drawn = b"/OC /L1 BDC " + page.Contents.read_bytes() + b" EMC"
        page.Contents = pdf.make_stream(drawn)

    document, _ = cleaned(made(edit))
    assert ("Sports day" in document.text, "Reed" in document.text) == (True, False)


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(ExtractionError):
        clean_document(drawing(SHOWN)[:-200], LIMITS)
