"""Files with a name in one carrier each, written by the libraries that other programs use.

Each table is for one library and is empty where it is not installed: none of them is needed to run
Schoolgate, and only fpdf2, pikepdf and Pillow to test it.
"""

import io
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from moderation.model import Carrier
from tests.extract.planted.plant import Table, halves

Theirs = Any  # the objects of libraries that bring no types
Make = Callable[[str], bytes]
B, C, H, P = Carrier.BODY, Carrier.COMMENT, Carrier.HIDDEN, Carrier.PROPERTY


def _saved(document: Theirs) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx(edit: Callable[[Theirs, str], object]) -> Make:
    def make(name: str) -> bytes:
        docx = import_module("docx")

        document = docx.Document()
        document.add_paragraph("Dear parents,")
        edit(document, name)
        return _saved(document)

    return make


def _docx_split(document: Theirs, name: str) -> None:
    paragraph = document.add_paragraph()
    first, second = halves(name)
    paragraph.add_run(first)
    paragraph.add_run(second).bold = True


def _docx_row(document: Theirs, name: str) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, words in zip(table.rows[0].cells, name.split(), strict=True):
        cell.text = words


def _docx_comment(document: Theirs, name: str) -> None:
    document.add_comment(document.paragraphs[0].runs, text="ask", author=name, initials="x")


PYTHON_DOCX: Table = {
    "paragraph": (B, _docx(lambda d, n: d.add_paragraph(f"Well done {n}!"))),
    "heading": (Carrier.HEADING, _docx(lambda d, n: d.add_heading(n))),
    "word in two runs": (B, _docx(_docx_split)),
    "two cells of a row": (Carrier.TABLE, _docx(_docx_row)),
    "header": (Carrier.HEADER, _docx(lambda d, n: d.sections[0].header.add_paragraph(n))),
    "first page's footer": (
        Carrier.HEADER,
        _docx(lambda d, n: d.sections[0].first_page_footer.add_paragraph(n)),
    ),
    "comment": (
        C,
        _docx(lambda d, n: d.add_comment(d.paragraphs[0].runs, text=n, author="x", initials="x")),
    ),
    "comment's author": (C, _docx(_docx_comment)),
    "author": (P, _docx(lambda d, n: setattr(d.core_properties, "author", n))),
    "last saved by": (P, _docx(lambda d, n: setattr(d.core_properties, "last_modified_by", n))),
    "notes of the properties": (P, _docx(lambda d, n: setattr(d.core_properties, "comments", n))),
    "style": (H, _docx(lambda d, n: d.styles.add_style(n, 1))),
}


def _xlsx(edit: Callable[[Theirs, Theirs, str], object]) -> Make:
    def make(name: str) -> bytes:
        openpyxl = import_module("openpyxl")

        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"] = "Hello"
        edit(book, sheet, name)
        return _saved(book)

    return make


def _put(sheet: Theirs, place: str, words: str) -> None:
    sheet[place] = words


def _two_cells(book: Theirs, sheet: Theirs, name: str) -> None:
    sheet.append(name.split())


def _hidden_row(book: Theirs, sheet: Theirs, name: str) -> None:
    sheet["A3"] = name
    sheet.row_dimensions[3].hidden = True


def _hidden_column(book: Theirs, sheet: Theirs, name: str) -> None:
    sheet["C3"] = name
    sheet.column_dimensions["C"].hidden = True


def _hidden_sheet(state: str) -> Make:
    def edit(book: Theirs, sheet: Theirs, name: str) -> None:
        other = book.create_sheet("Data")
        other["A1"] = name
        other.sheet_state = state

    return _xlsx(edit)


def _xlsx_comment(author: str, words: str) -> Make:
    def edit(book: Theirs, sheet: Theirs, name: str) -> None:
        note = import_module("openpyxl.comments").Comment

        sheet["A1"].comment = note(words.replace("NAME", name), author.replace("NAME", name))

    return _xlsx(edit)


def _choices(book: Theirs, sheet: Theirs, name: str) -> None:
    validation = import_module("openpyxl.worksheet.datavalidation").DataValidation

    rule = validation(type="list", formula1=f'"{name},nobody"')
    sheet.add_data_validation(rule)
    rule.add("B1")


def _defined(book: Theirs, sheet: Theirs, name: str) -> None:
    defined_name = import_module("openpyxl.workbook.defined_name").DefinedName

    key = name.replace(" ", "_")
    book.defined_names[key] = defined_name(key, attr_text="Sheet!$A$1")


def _chart(book: Theirs, sheet: Theirs, name: str) -> None:
    bar_chart = import_module("openpyxl.chart").BarChart

    chart = bar_chart()
    chart.title = name
    sheet.add_chart(chart, "D4")


def _listed(book: Theirs, sheet: Theirs, name: str) -> None:
    listed = import_module("openpyxl.worksheet.table").Table

    for place, words in (("A1", "Class"), ("B1", name), ("A2", "Oak"), ("B2", "1")):
        sheet[place] = words
    sheet.add_table(listed(displayName="t", ref="A1:B2"))


OPENPYXL: Table = {
    "cell": (Carrier.CELL, _xlsx(lambda b, s, n: _put(s, "B2", n))),
    "two cells of a row": (Carrier.CELL, _xlsx(_two_cells)),
    "formula": (H, _xlsx(lambda b, s, n: _put(s, "B2", f'=IF(A1="{n}",1,0)'))),
    "hidden row": (Carrier.HIDDEN_CELL, _xlsx(_hidden_row)),
    "hidden column": (Carrier.HIDDEN_CELL, _xlsx(_hidden_column)),
    "hidden sheet": (Carrier.HIDDEN_CELL, _hidden_sheet("hidden")),
    "very hidden sheet": (Carrier.HIDDEN_CELL, _hidden_sheet("veryHidden")),
    "name of a sheet": (Carrier.SHEET_NAME, _xlsx(lambda b, s, n: setattr(s, "title", n))),
    "comment": (C, _xlsx_comment("x", "ask NAME")),
    "comment's author": (C, _xlsx_comment("NAME", "ask")),
    "page header": (
        Carrier.HEADER,
        _xlsx(lambda b, s, n: setattr(s.oddHeader.left, "text", n)),
    ),
    "choices for a cell": (H, _xlsx(_choices)),
    "named range": (H, _xlsx(_defined)),
    "title of a chart": (H, _xlsx(_chart)),
    "column of a table": (Carrier.CELL, _xlsx(_listed)),
    "number format": (H, _xlsx(lambda b, s, n: setattr(s["A1"], "number_format", f'0 "{n}"'))),
    "target of a link": (
        Carrier.LINK,
        _xlsx(lambda b, s, n: setattr(s["A1"], "hyperlink", f"https://example.org/{n}")),
    ),
    "creator": (P, _xlsx(lambda b, s, n: setattr(b.properties, "creator", n))),
    "keywords": (P, _xlsx(lambda b, s, n: setattr(b.properties, "keywords", n))),
}


def _pptx(edit: Callable[[Theirs, Theirs, str], object]) -> Make:
    def make(name: str) -> bytes:
        pptx = import_module("pptx")

        show = pptx.Presentation()
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = "Welcome"
        edit(show, slide, name)
        return _saved(show)

    return make


def _box(show: Theirs, slide: Theirs, name: str) -> None:
    frame = slide.shapes.add_textbox(0, 0, 999999, 999999).text_frame
    for part in halves(name):
        frame.paragraphs[0].add_run().text = part


def _away(show: Theirs, slide: Theirs, name: str) -> None:
    slide.shapes.add_textbox(-9999999, -9999999, 99, 99).text_frame.text = name


def _slide_table(show: Theirs, slide: Theirs, name: str) -> None:
    table = slide.shapes.add_table(1, 2, 0, 0, 999999, 999999).table
    for column, words in enumerate(name.split()):
        table.cell(0, column).text = words


def _hide(show: Theirs, slide: Theirs, name: str) -> None:
    slide._element.set("show", "0")
    slide.shapes.title.text = name


def _slide_chart(show: Theirs, slide: Theirs, name: str) -> None:
    chart_data = import_module("pptx.chart.data").CategoryChartData
    chart_type = import_module("pptx.enum.chart").XL_CHART_TYPE

    data = chart_data()
    data.categories = [name, "others"]
    data.add_series("scores", (1, 2))
    slide.shapes.add_chart(chart_type.PIE, 0, 0, 999999, 999999, data)


PYTHON_PPTX: Table = {
    "title": (Carrier.SLIDE, _pptx(lambda p, s, n: setattr(s.shapes.title, "text", n))),
    "word in two runs": (Carrier.SLIDE, _pptx(_box)),
    "shape off the slide": (Carrier.SLIDE, _pptx(_away)),
    "two cells of a row": (Carrier.SLIDE, _pptx(_slide_table)),
    "speaker's notes": (
        Carrier.SPEAKER_NOTE,
        _pptx(lambda p, s, n: setattr(s.notes_slide.notes_text_frame, "text", n)),
    ),
    "name of a shape": (H, _pptx(lambda p, s, n: setattr(s.shapes.title, "name", n))),
    "hidden slide": (
        H,
        _pptx(_hide),
    ),
    "chart with its workbook": (Carrier.CELL, _pptx(_slide_chart)),
    "layout": (
        H,
        _pptx(lambda p, s, n: setattr(p.slide_layouts[0].placeholders[0], "text", n)),
    ),
    "author": (P, _pptx(lambda p, s, n: setattr(p.core_properties, "author", n))),
}


def _odt(edit: Callable[[Theirs, str], object]) -> Make:
    def make(name: str) -> bytes:
        text_document = import_module("odf.opendocument").OpenDocumentText
        new_paragraph = import_module("odf.text").P

        document = text_document()
        document.text.addElement(new_paragraph(text="Dear parents,"))
        edit(document, name)
        out = io.BytesIO()
        document.write(out)
        return out.getvalue()

    return make


def _odt_split(document: Theirs, name: str) -> None:
    new_paragraph = import_module("odf.text").P
    span = import_module("odf.text").Span

    first, second = halves(name)
    paragraph = new_paragraph(text=first)
    paragraph.addElement(span(text=second))
    document.text.addElement(paragraph)


def _odt_meta(document: Theirs, name: str) -> None:
    creator = import_module("odf.dc").Creator

    document.meta.addElement(creator(text=name))


def _odt_header(document: Theirs, name: str) -> None:
    new_header = import_module("odf.style").Header
    master_page = import_module("odf.style").MasterPage
    page_layout = import_module("odf.style").PageLayout
    new_paragraph = import_module("odf.text").P

    layout = page_layout(name="pl")
    document.automaticstyles.addElement(layout)
    master = master_page(name="Standard", pagelayoutname=layout)
    document.masterstyles.addElement(master)
    header = new_header()
    header.addElement(new_paragraph(text=name))
    master.addElement(header)


ODFPY: Table = {
    "word in two runs": (B, _odt(_odt_split)),
    "creator": (P, _odt(_odt_meta)),
    "header": (Carrier.HEADER, _odt(_odt_header)),
}


def _drawn(edit: Callable[[Theirs, str], object], *, compress: int = 1) -> Make:
    def make(name: str) -> bytes:
        canvas = import_module("reportlab.pdfgen.canvas").Canvas

        out = io.BytesIO()
        page = canvas(out, pageCompression=compress)
        page.drawString(50, 700, "Dear parents,")
        edit(page, name)
        page.save()
        return out.getvalue()

    return make


def _spread(page: Theirs, name: str) -> None:
    text = page.beginText(50, 600)
    text.setCharSpace(3)
    text.textLine(name)
    page.drawText(text)


def _unseen(page: Theirs, name: str) -> None:
    text = page.beginText(50, 600)
    text.setTextRenderMode(3)
    text.textLine(name)
    page.drawText(text)


REPORTLAB: Table = {
    "page": (B, _drawn(lambda p, n: p.drawString(50, 600, n))),
    "letters spread": (B, _drawn(_spread)),
    "invisible text": (B, _drawn(_unseen)),
    "author": (P, _drawn(lambda p, n: p.setAuthor(n))),
    "title": (P, _drawn(lambda p, n: p.setTitle(n))),
    "bookmark": (
        Carrier.TITLE,
        _drawn(lambda p, n: (p.bookmarkPage("a"), p.addOutlineEntry(n, "a"))),
    ),
    "note": (Carrier.ANNOTATION, _drawn(lambda p, n: p.textAnnotation(n, Rect=[9, 9, 99, 99]))),
    "form field": (Carrier.FORM_FIELD, _drawn(lambda p, n: p.acroForm.textfield(value=n))),
    "form that is not drawn": (
        H,
        _drawn(lambda p, n: (p.beginForm("f"), p.drawString(9, 9, n), p.endForm())),
    ),
    "web address": (
        Carrier.LINK,
        _drawn(lambda p, n: p.linkURL(f"https://example.org/{n}", (9, 9, 99, 99))),
    ),
}

LIBRARIES: dict[str, tuple[str, Table]] = {
    module: (ending, table if find_spec(module) else {})
    for module, ending, table in (
        ("docx", ".docx", PYTHON_DOCX),
        ("openpyxl", ".xlsx", OPENPYXL),
        ("pptx", ".pptx", PYTHON_PPTX),
        ("odf", ".odt", ODFPY),
        ("reportlab", ".pdf", REPORTLAB),
    )
}
