"""Downloads that hide something, each beside the same download without it.

Written by the libraries and programs that schools' own files come from, where they are installed;
none of them is needed to run Schoolgate.
"""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.spec_downloads import drawing, office

Theirs = Any  # the objects of libraries that bring no types
Make = Callable[[bool], bytes]
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Concealed:
    """A download in two forms.

    Args:
        what: what it hides and who wrote it
        rule: that has to say so
        ending: of the file, with the full stop
        make: the file; with what it hides, or without

    """

    what: str
    rule: str
    ending: str
    make: Make


def concealed() -> Iterator[Concealed]:
    """Yield every download that can be made here."""
    yield from _drawn()
    if find_spec("docx"):
        yield from _python_docx()
    if find_spec("openpyxl"):
        yield from _openpyxl()
    if find_spec("xlsxwriter"):
        yield from _xlsxwriter()
    if find_spec("pptx"):
        yield from _python_pptx()
    yield from _pdf_libraries()
    if shutil.which("qpdf"):
        yield from _qpdf()
    if shutil.which("soffice"):
        yield from _libreoffice()


def _saved(document: Theirs) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_SHOWN = "BT /F1 12 Tf 50 700 Td (Sports day) Tj ET "
_PDF_OPERATORS = {
    "white text": ("hidden-data", _SHOWN + "1 g BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET"),
    "text outside the page": ("hidden-data", _SHOWN + "BT /F1 12 Tf 900 600 Td (Jo Reed) Tj ET"),
    "text that is not drawn": (
        "hidden-data",
        _SHOWN + "BT /F1 12 Tf 3 Tr 50 600 Td (Jo Reed) Tj ET",
    ),
    "tiny text": ("hidden-data", _SHOWN + "BT /F1 0.2 Tf 50 600 Td (Jo Reed) Tj ET"),
    "clipped text": (
        "hidden-data",
        _SHOWN + "q 0 0 1 1 re W n BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET Q",
    ),
    "white box": (
        "hidden-data",
        "BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET 1 g 40 590 200 30 re f 0 g " + _SHOWN,
    ),
    "black box": (
        "redaction-not-applied",
        _SHOWN + "BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET 0 g 40 590 200 30 re f",
    ),
    "black box on half a line": (
        "redaction-not-applied",
        _SHOWN + "BT /F1 12 Tf 50 600 Td (The child is Jo Reed) Tj ET 0 g 115 596 60 16 re f",
    ),
}


def _drawn() -> Iterator[Concealed]:
    for what, (rule, operators) in _PDF_OPERATORS.items():

        def make(hides: bool, operators: str = operators) -> bytes:
            return drawing(f'content = "{operators if hides else _SHOWN}"')

        yield Concealed(f"{what}, ours", rule, ".pdf", make)
    for what, rule, line in (
        ("layer that is off", "hidden-data", "off = true"),
        ("note", "tracked-changes", 'note = "ask"'),
        ("unapplied mark", "redaction-not-applied", "redact = true"),
        ("address that opens", "pdf-active-content", 'opens = "https://example.org/"'),
        ("attached file", "embedded-file", 'attached = "x"'),
        ("lock", "encrypted-file", "locked = true"),
        ("scan", "pdf-not-accessible", "scan = true"),
    ):

        def make_pdf(hides: bool, line: str = line) -> bytes:
            settled = 'tagged = true\ntitle = "Trip"\nlanguage = "en"'
            return drawing(f'content = "{_SHOWN}"\n{settled}\n{line if hides else ""}')

        yield Concealed(f"{what}, ours", rule, ".pdf", make_pdf)
    for what, rule, ending, line in (
        ("pivot records", "pivot-cache", ".xlsx", "pivot = 3\n"),
        ("cells of another workbook", "pivot-cache", ".xlsx", "outside = 3\n"),
        ("macro", "macro-in-document", ".docx", "program = true\n"),
        ("file inside", "embedded-file", ".docx", "inside = true\n"),
        ("tracked change", "tracked-changes", ".docx", _REMOVED),
    ):

        def make_office(hides: bool, ending: str = ending, line: str = line) -> bytes:
            sheet = '[Meals]\nrows = [["Oak", "20"]]\n' if ending == ".xlsx" else ""
            return office(f"a{ending}", (line if hides else "") + sheet)

        yield Concealed(f"{what}, ours", rule, ending, make_office)


_ADDED = (
    '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" '
    'w:author="R. Reed" w:date="2026-01-01T00:00:00Z"><w:r><w:t>Jo Reed</w:t></w:r></w:ins>'
)
_REMOVED = 'paragraphs = [{ text = "Jo Reed", removed_by = "R. Reed" }]\n'


def _each(
    writer: str, ending: str, blank: Callable[[], Theirs], edits: dict[str, tuple[str, Theirs]]
) -> Iterator[Concealed]:
    for what, (rule, edit) in edits.items():

        def make(hides: bool, edit: Theirs = edit) -> bytes:
            document = blank()
            if hides:
                edit(document)
            return _saved(document)

        yield Concealed(f"{what}, {writer}", rule, ending, make)


def _python_docx() -> Iterator[Concealed]:
    docx = import_module("docx")
    colour = import_module("docx.shared").RGBColor
    marker = import_module("docx.enum.text").WD_COLOR_INDEX

    def blank() -> Theirs:
        document = docx.Document()
        document.core_properties.author = "Quillbrook School"
        document.add_heading("Our trip")
        document.add_paragraph("We leave at nine.")
        table = document.add_table(2, 2, style="Light Grid Accent 1")
        table.cell(0, 0).text = "Class"
        return document

    def run(document: Theirs) -> Theirs:
        return document.add_paragraph("This is about ").add_run("Jo Reed").font

    def comment(document: Theirs) -> None:
        document.add_comment(document.paragraphs[1].runs, text="ask", author="x", initials="x")

    def change(document: Theirs) -> None:
        parse = import_module("docx.oxml").parse_xml
        document.add_paragraph()._p.append(parse(_ADDED))

    def author(document: Theirs) -> None:
        document.core_properties.author = "Rowan Reed"

    yield from _each(
        "python-docx",
        ".docx",
        blank,
        {
            "hidden words": ("hidden-data", lambda d: setattr(run(d), "hidden", True)),
            "white words": (
                "hidden-data",
                lambda d: setattr(run(d).color, "rgb", colour(255, 255, 255)),
            ),
            "black marker": (
                "redaction-not-applied",
                lambda d: setattr(run(d), "highlight_color", marker.BLACK),
            ),
            "comment": ("tracked-changes", comment),
            "tracked change": ("tracked-changes", change),
            "author": ("author-in-properties", author),
        },
    )


def _sheet(state: str) -> Callable[[Theirs], None]:
    def edit(book: Theirs) -> None:
        data = book.create_sheet("Data")
        data.append(["Jo Reed"])
        data.sheet_state = state

    return edit


def _cell(**look: Theirs) -> Callable[[Theirs], None]:
    def edit(book: Theirs) -> None:
        book.active["A4"] = "Jo Reed"
        for name, value in look.items():
            setattr(book.active["A4"], name, value)

    return edit


def _row(book: Theirs) -> None:
    book.active.row_dimensions[3].hidden = True


def _column(book: Theirs) -> None:
    book.active.column_dimensions["B"].hidden = True


def _comment(book: Theirs) -> None:
    book.active["A2"].comment = import_module("openpyxl.comments").Comment("ask", "x")


def _openpyxl() -> Iterator[Concealed]:
    openpyxl = import_module("openpyxl")
    styles = import_module("openpyxl.styles")
    chart = import_module("openpyxl.chart")

    def blank() -> Theirs:
        book = openpyxl.Workbook()
        book.properties.creator = "Quillbrook School"
        sheet = book.active
        sheet.title = "Meals"
        for row in (["Class", "Meals"], ["Oak", 20], ["Elm", 18]):
            sheet.append(row)
        sheet["A1"].font = styles.Font(color="FFFFFFFF", bold=True)
        sheet["A1"].fill = styles.PatternFill("solid", fgColor="FF1F4E78")
        bars = chart.BarChart()
        bars.add_data(chart.Reference(sheet, min_col=2, min_row=1, max_row=3))
        sheet.add_chart(bars, "E5")
        return book

    black = styles.PatternFill("solid", fgColor="FF000000")
    yield from _each(
        "openpyxl",
        ".xlsx",
        blank,
        {
            "hidden sheet": ("hidden-data", _sheet("hidden")),
            "very hidden sheet": ("hidden-data", _sheet("veryHidden")),
            "hidden row": ("hidden-data", _row),
            "hidden column": ("hidden-data", _column),
            "white on white": ("hidden-data", _cell(font=styles.Font(color="FFFFFFFF"))),
            "format that shows nothing": ("hidden-data", _cell(number_format=";;;")),
            "black on black": (
                "redaction-not-applied",
                _cell(fill=black, font=styles.Font(color="FF000000")),
            ),
            "comment": ("tracked-changes", _comment),
        },
    )


def _xlsxwriter() -> Iterator[Concealed]:
    xlsxwriter = import_module("xlsxwriter")

    def made(edit: Callable[[Theirs, Theirs], object]) -> Make:
        def make(hides: bool) -> bytes:
            out = io.BytesIO()
            with xlsxwriter.Workbook(out) as book:
                sheet = book.add_worksheet("Meals")
                head = book.add_format({"font_color": "white", "bg_color": "#003366"})
                for number, words in enumerate(("Class", "Oak", "Elm")):
                    sheet.write(number, 0, words, head if not number else None)
                sheet.autofilter(0, 0, 2, 0)
                if hides:
                    edit(book, sheet)
            return out.getvalue()

        return make

    def filtered(_: Theirs, sheet: Theirs) -> None:
        sheet.filter_column(0, "x == Oak")
        sheet.set_row(2, options={"hidden": True})

    def hidden(book: Theirs, _: Theirs) -> None:
        data = book.add_worksheet("Data")
        data.write(0, 0, "Jo Reed")
        data.hide()

    yield Concealed("filtered rows, XlsxWriter", "hidden-data", ".xlsx", made(filtered))
    yield Concealed("hidden sheet, XlsxWriter", "hidden-data", ".xlsx", made(hidden))


def _python_pptx() -> Iterator[Concealed]:
    pptx = import_module("pptx")
    emu = import_module("pptx.util").Emu
    colour = import_module("pptx.dml.color").RGBColor

    def blank() -> Theirs:
        document = pptx.Presentation()
        document.core_properties.author = "Quillbrook School"
        document.core_properties.last_modified_by = ""
        slide = document.slides.add_slide(document.slide_layouts[1])
        slide.shapes.title.text = "Welcome"
        slide.placeholders[1].text = "Parents and carers"
        return document

    def hidden(document: Theirs) -> None:
        document.slides[0]._element.set("show", "0")

    def aside(document: Theirs) -> None:
        box = document.slides[0].shapes.add_textbox(emu(-9_000_000), emu(0), emu(999), emu(999))
        box.text_frame.text = "Jo Reed"

    def notes(document: Theirs) -> None:
        document.slides[0].notes_slide.notes_text_frame.text = "Do not name the family."

    def boxed(document: Theirs) -> None:
        shapes = document.slides[0].shapes
        place = [emu(n) for n in (3_000_000, 3_000_000, 2_000_000, 400_000)]
        shapes.add_textbox(*place).text_frame.text = "Jo Reed"
        box = shapes.add_shape(1, *place)
        box.fill.solid()
        box.fill.fore_color.rgb = colour(0, 0, 0)

    yield from _each(
        "python-pptx",
        ".pptx",
        blank,
        {
            "hidden slide": ("hidden-data", hidden),
            "shape beside the slide": ("hidden-data", aside),
            "speaker's notes": ("hidden-data", notes),
            "black shape over words": ("redaction-not-applied", boxed),
        },
    )


def _pdf_libraries() -> Iterator[Concealed]:
    def fpdf2(hides: bool) -> bytes:
        draft = import_module("fpdf").FPDF()
        draft.add_page()
        draft.set_font("Helvetica", size=12)
        draft.set_fill_color(0, 0, 80)
        draft.set_text_color(255, 255, 255)
        draft.cell(60, 10, "Sports day", fill=True)
        draft.set_text_color(0, 0, 0)
        draft.text(20, 100, "The child is Jo Reed.")
        draft.set_fill_color(0, 0, 0)
        draft.rect(*((40, 94, 40, 8) if hides else (40, 120, 40, 8)), style="F")
        return bytes(draft.output())

    def reportlab(hides: bool) -> bytes:
        out = io.BytesIO()
        page = import_module("reportlab.pdfgen.canvas").Canvas(out)
        page.setFillColorRGB(0, 0, 0)
        page.rect(90, 690, 200, 30, fill=1)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(100, 700, "Sports day")
        if hides:
            page.drawString(100, 600, "Jo Reed was there")
        page.save()
        return out.getvalue()

    yield Concealed("black box, fpdf2", "redaction-not-applied", ".pdf", fpdf2)
    if find_spec("reportlab"):
        yield Concealed("white words, ReportLab", "hidden-data", ".pdf", reportlab)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def _qpdf() -> Iterator[Concealed]:
    def made(*options: str) -> Make:
        def make(hides: bool) -> bytes:
            with tempfile.TemporaryDirectory() as folder:
                source, target = Path(folder, "a.pdf"), Path(folder, "b.pdf")
                source.write_bytes(drawing(f'content = "{_SHOWN}"'))
                given = [each.replace("SOURCE", str(source)) for each in options] if hides else []
                _run("qpdf", *given, str(source), str(target))
                return target.read_bytes()

        return make

    locked = made("--encrypt", "", "owner", "256", "--extract=n", "--")
    yield Concealed("lock, qpdf", "encrypted-file", ".pdf", locked)
    attached = made("--add-attachment", "SOURCE", "--")
    yield Concealed("attached file, qpdf", "embedded-file", ".pdf", attached)


def _libreoffice() -> Iterator[Concealed]:
    """Yield what LibreOffice saves of some of the others, in its own formats."""
    wanted = {
        "hidden sheet, openpyxl": ".ods",
        "hidden row, openpyxl": ".ods",
        "hidden column, openpyxl": ".ods",
        "white on white, openpyxl": ".ods",
        "comment, openpyxl": ".ods",
        "hidden words, python-docx": ".odt",
        "white words, python-docx": ".odt",
        "comment, python-docx": ".odt",
        "author, python-docx": ".odt",
        "tracked change, python-docx": ".odt",
        "hidden slide, python-pptx": ".odp",
        "shape beside the slide, python-pptx": ".odp",
        "speaker's notes, python-pptx": ".odp",
        "black shape over words, python-pptx": ".odp",
    }
    before = [*_drawn(), *(_python_docx() if find_spec("docx") else ())]
    before += [*(_openpyxl() if find_spec("openpyxl") else ())]
    before += [*(_python_pptx() if find_spec("pptx") else ())]
    known = {each.what: each for each in before}
    chosen = [(known[what], ending) for what, ending in wanted.items() if what in known]
    saved: dict[tuple[str, bool], bytes] = {}
    for own, ending in chosen:

        def make(hides: bool, own: Concealed = own) -> bytes:
            if not saved:
                saved.update(_converted(chosen))
            return saved[own.what, hides]

        yield Concealed(f"{own.what}, saved by LibreOffice", own.rule, ending, make)


def _converted(chosen: list[tuple[Concealed, str]]) -> Iterator[tuple[tuple[str, bool], bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation=file://{folder}/home"
        for ending in sorted({ending for _, ending in chosen}):
            jobs = [(own, hides) for own, to in chosen for hides in (True, False) if to == ending]
            files = []
            for number, (own, hides) in enumerate(jobs):
                files.append(Path(folder, f"{number}{own.ending}"))
                files[-1].write_bytes(own.make(hides))
            to = ("--convert-to", ending[1:], "--outdir", f"{folder}/out")
            _run("soffice", home, "--headless", *to, *map(str, files))
            for number, (own, hides) in enumerate(jobs):
                yield (own.what, hides), Path(folder, "out", f"{number}{ending}").read_bytes()
