"""Workbooks: shown values stay; formulas stay only where they work out the same."""

import io
import zipfile

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import Carrier
from moderation.policy import default_policy
from tests.extract.planted.opendocument import odf
from tests.spec_downloads import office

LIMITS = default_policy().limits
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HIDDEN = "[Meals]\nrows = [['Oak', '20']]\n\n[Data]\nstate = 'hidden'\nrows = [['Jo', 'nuts']]\n"


def cells(data: bytes, ending: str = ".xlsx") -> list[str]:
    document = extract(f"a{ending}", data, LIMITS)
    seen = document.carried(Carrier.CELL, Carrier.HIDDEN_CELL)
    return [document.text[piece.start : piece.end] for piece in seen]


def entry(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def with_formula(formula: str, more: str = "") -> bytes:
    """Write a workbook with a sheet that has a formula, and another."""
    plain = office("a.xlsx", "[Meals]\nrows = [['1', '2']]\n\n[Data]\nrows = [['3']]\n")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                row = f'<row r="9"><c r="A9"><f>{formula}</f><v>3</v></c></row>'
                data = data.replace("</sheetData>", f"{row}</sheetData>")
            if name.endswith("workbook.xml") and more:
                data = data.replace('name="Data"', f'name="Data" {more}')
            new.writestr(name, data)
    return out.getvalue()


def test_a_hidden_sheet_goes_with_its_name() -> None:
    clean = clean_document(office("a.xlsx", _HIDDEN), LIMITS).data
    assert cells(clean) == ["Oak", "20"]
    assert "Data" not in entry(clean, "xl/workbook.xml")


def test_hidden_rows_and_columns_are_emptied() -> None:
    recipe = (
        "[Meals]\nrows = [['Oak', 'x'], ['Jo', 'y']]\nhidden_rows = [2]\nhidden_columns = [2]\n"
    )
    assert cells(clean_document(office("a.xlsx", recipe), LIMITS).data) == ["Oak"]


def test_a_formula_of_cells_that_are_all_there_stays() -> None:
    clean = clean_document(with_formula("SUM(A1:B1)+Data!A1"), LIMITS).data
    assert "<f>SUM(A1:B1)+Data!A1</f>" in entry(clean, "xl/worksheet1.xml")


def test_where_a_sheet_goes_every_formula_becomes_the_value_it_had() -> None:
    clean = clean_document(with_formula("SUM(A1:B1)+Data!A1", 'state="veryHidden"'), LIMITS).data
    assert "<f>" not in entry(clean, "xl/worksheet1.xml")
    assert cells(clean) == ["1", "2", "3"]


def test_a_formula_with_words_in_it_becomes_its_value() -> None:
    clean = clean_document(with_formula("IF(A1=1,3,&quot;Jo Reed&quot;)"), LIMITS).data
    assert "<f>" not in entry(clean, "xl/worksheet1.xml")


def test_copies_of_other_tables_go() -> None:
    recipe = "[Meals]\nrows = [['Oak', '20']]\npivot = 3\noutside = 4\n"
    cleaned = clean_document(office("a.xlsx", recipe), LIMITS)
    assert cells(cleaned.data) == ["Oak", "20"]
    with zipfile.ZipFile(io.BytesIO(cleaned.data)) as archive:
        assert not any("pivot" in n or "external" in n for n in archive.namelist())


def _sheet(formula: str) -> str:
    cell = f'<table:table-cell table:formula="{formula}"><text:p>3</text:p></table:table-cell>'
    return f'<table:table table:name="t"><table:table-row>{cell}</table:table-row></table:table>'


def test_formulas_of_opendocument_stay_where_they_hold_no_words() -> None:
    kept = clean_document(odf("spreadsheet", _sheet("of:=SUM([.A2:.A3])*2")), LIMITS).data
    gone = clean_document(odf("spreadsheet", _sheet("of:=IF([.A2]=1;2;Jo)")), LIMITS).data
    assert "of:=SUM([.A2:.A3])*2" in entry(kept, "content.xml")
    assert "formula" not in entry(gone, "content.xml").partition("<office:body>")[2]
    assert cells(kept, ".ods") == cells(gone, ".ods") == ["3"]
