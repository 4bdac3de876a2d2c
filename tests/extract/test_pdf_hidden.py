"""PDF: what readers draw beside the pages, what was there before, and letters nobody can read."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name

from moderation.extract.pdf import extract
from moderation.extract.pdf_appearances import MAX_APPEARANCES
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy

LIMITS = default_policy().limits
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)

Edit = Callable[[pikepdf.Pdf], None]


def written(edit: Edit, *, linearize: bool = False) -> bytes:
    draft = FPDF()
    draft.set_font("Helvetica", size=12)
    draft.add_page()
    draft.multi_cell(0, 8, "Dear parents,")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bytes(draft.output()))) as pdf:
        edit(pdf)
        pdf.save(out, linearize=linearize)
    return out.getvalue()


def read(data: bytes) -> Document:
    return extract("a.pdf", data, "0", LIMITS)


def unchanged(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) == 1


def notes(document: Document) -> list[tuple[str, str]]:
    found = document.carried(Carrier.ANNOTATION)
    return [(piece.field, document.text[piece.start : piece.end]) for piece in found]


def drawing(pdf: pikepdf.Pdf, words: bytes) -> pikepdf.Object:
    return pdf.make_stream(
        b"BT /F1 12 Tf 5 5 Td (" + words + b") Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=Dictionary(F1=HELVETICA)),
    )


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(part.kind, part.detail) for part in read(data).parts]


EARLIER = ("earlier-revision", "an earlier version of the PDF, with what was taken out since")


def appended(data: bytes) -> bytes:
    """Hang a change on the end that takes nothing away, as editors that save quickly do."""
    start = data[data.rindex(b"startxref") + 9 : data.rindex(b"%%EOF")].strip()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        size = len(pdf.objects) + 1
        root = " ".join(map(str, pdf.Root.objgen))
    trailer = f"<< /Size {size} /Root {root} R /Prev {int(start)} >>"
    more = f"\nxref\n0 0\ntrailer\n{trailer}\nstartxref\n{len(data) + 1}\n%%EOF\n"
    return data + more.encode()


@pytest.mark.parametrize("linearize", [False, True])
def test_an_earlier_version_that_is_kept_in_the_file_is_told(linearize: bool) -> None:
    data = written(unchanged, linearize=linearize)
    assert kinds(data) == []
    assert kinds(appended(data)) == [EARLIER]
    assert kinds(appended(appended(data))) == [EARLIER]


def test_a_second_end_is_excused_only_in_a_linearised_file() -> None:
    data = written(unchanged)
    head, line, rest = data.partition(b"\n")
    assert kinds(written(unchanged, linearize=True)) == []
    comment = b"%startxref\n0\n%%EOF\n"
    body = rest[: rest.rindex(b"startxref")]
    start = int(rest[rest.rindex(b"startxref") + 9 : rest.rindex(b"%%EOF")])
    end = comment + b"startxref\n" + str(start).encode() + b"\n%%EOF\n"
    assert kinds(head + line + body + end) == [EARLIER]


def test_what_notes_stamps_and_fields_draw_is_read_in_every_state() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        states = Dictionary(On=drawing(pdf, b"on R. Reed"), Off=drawing(pdf, b"off R. Oak"))
        looks = pdf.make_indirect(Dictionary(N=drawing(pdf, b"see R. Ash"), D=states))
        stamp = Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), F=2, AP=looks)
        same = Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=looks)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp), pdf.make_indirect(same)])

    document = read(written(edit))
    assert sorted(notes(document)) == [
        ("page 1 appearance", "off R. Oak"),
        ("page 1 appearance", "on R. Reed"),
        ("page 1 appearance", "see R. Ash"),
    ]
    assert document.properties["pages"] == 1


@pytest.mark.parametrize("looks", [Dictionary(), Dictionary(N=Dictionary()), Dictionary(N="x")])
def test_a_note_that_draws_nothing_is_no_trouble(looks: Dictionary) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=looks)])

    assert [place for place, _ in notes(read(written(edit)))] == []


def test_notes_that_draw_too_much_or_too_often_are_refused() -> None:
    def deep(pdf: pikepdf.Pdf) -> None:
        form = drawing(pdf, b"x")
        for _ in range(8):
            resources = Dictionary(XObject=Dictionary(X=form))
            form = pdf.make_stream(b"/X Do " * 10, Subtype=Name.Form, Resources=resources)
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=Dictionary(N=form))])

    with pytest.raises(ExtractionError, match=r"^a\.pdf: a page of the PDF draws more than"):
        read(written(deep))

    def many(pdf: pikepdf.Pdf) -> None:
        states = {f"/S{n}": pdf.make_stream(b"") for n in range(MAX_APPEARANCES + 1)}
        looks = Dictionary(N=Dictionary(states))
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=looks)])

    with pytest.raises(ExtractionError, match=r"^a\.pdf: the PDF has more than 5,000 notes"):
        read(written(many))


def composite(pdf: pikepdf.Pdf, mapped: int) -> Dictionary:
    """Make a font of numbered glyphs, of which the first *mapped* say their letters."""
    system = Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0)
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Foo, CIDSystemInfo=system
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name.Foo,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )
    rows = "".join(f"<{n:04x}> <{0x60 + n:04x}> " for n in range(1, mapped + 1))
    if mapped:
        font.ToUnicode = pdf.make_stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
            b"1 begincodespacerange <0000> <ffff> endcodespacerange "
            + f"{mapped} beginbfchar {rows}endbfchar endcmap end end".encode()
        )
    return font


def glyphs(mapped: int) -> bytes:
    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=composite(pdf, mapped)))
        codes = b"".join(b"%04x" % n for n in range(1, 6))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td <" + codes + b"> Tj ET")

    return written(edit)


@pytest.mark.parametrize("mapped", [0, 2])
def test_glyphs_that_say_no_letters_are_refused(mapped: int) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(glyphs(mapped))
    assert str(caught.value) == (
        "a.pdf: the PDF has text that cannot be read, because a font in it does not say which "
        "letters its glyphs are; export it again"
    )


def test_a_bullet_or_two_without_letters_are_let_in() -> None:
    assert read(glyphs(3)).text.startswith("abc")
    assert read(glyphs(5)).text.startswith("abcde")


def test_a_drawing_in_glyphs_that_say_no_letters_is_refused() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        form = drawing(pdf, b"abcd")
        form.Resources = Dictionary(Font=Dictionary(F1=composite(pdf, 0)))
        form.write(b"BT /F1 12 Tf <000100020003> Tj ET")
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=Dictionary(N=form))])

    with pytest.raises(ExtractionError, match="has text that cannot be read"):
        read(written(edit))
