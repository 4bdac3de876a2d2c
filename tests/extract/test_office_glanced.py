"""An entry that is looked into for colours is read for its words all the same."""

from moderation.extract import extract
from tests.extract.office_files import REL, relations, zipped
from tests.extract.planted.word import docx

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164"
formatCode='0" Jo Reed"'/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>"""
_TABLE = f'<table xmlns="{_MAIN}" ref="A1:A2" name="T"><tableColumn name="Ann Lee"/></table>'


def test_the_names_of_styles_of_a_letter_are_read() -> None:
    styles = (
        '<w:styles xmlns:w="urn:w"><w:style w:styleId="S1"><w:name w:val="Jo Reed"/></w:style>'
        "</w:styles>"
    )
    data = docx("", ("styles", "styles.xml"), more={"word/styles.xml": styles})
    assert "Jo Reed" in extract("a.docx", data).text


def test_formats_and_tables_of_a_workbook_are_read() -> None:
    sheet = '<sheets><sheet name="Meals" sheetId="1" r:id="r1"/></sheets>'
    row = '<sheetData><row r="1"><c r="A1" s="0"><v>3</v></c></row></sheetData>'
    rule = '<conditionalFormatting sqref="A1"/>'
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{REL}">{sheet}</workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
            ),
            "xl/styles.xml": _STYLES.replace('"164"/>', '"164" fontId="0"/>'),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{row}{rule}</worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
            "xl/tables/table1.xml": _TABLE,
        }
    )
    text = extract("a.xlsx", data).text
    assert ("Jo Reed" in text, "Ann Lee" in text) == (True, True)
