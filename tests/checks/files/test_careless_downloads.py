"""What a teacher hides by a style, a theme, a narrow column or a box; and what only looks like it.

Each case stands beside one that differs in what matters, and raises nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from moderation.analysis.cleaning.document import clean_document
from moderation.checks.base import Context, checks_of
from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.policy import default_policy
from tests.extract.office_files import REL, W, docx, paragraph, relations, zipped
from tests.spec_downloads import drawing, office
from tests.spec_files import TODAY

CONTEXT = Context(policy=default_policy(), today=TODAY)
NAME = "Robin Fernhollow"
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1440" w:top="1440"/></w:sectPr>'
WHITE_STYLES = (
    '<w:style w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:styleId="Paler"><w:basedOn w:val="Pale"/></w:style>'
    '<w:style w:styleId="Banner"><w:basedOn w:val="Pale"/><w:pPr><w:shd w:fill="003366"/></w:pPr>'
    '</w:style><w:style w:styleId="Small"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
    '<w:style w:styleId="Away"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Away2"><w:basedOn w:val="Away"/></w:style>'
    '<w:style w:styleId="TableGrid"><w:tblPr/></w:style>'
    '<w:style w:styleId="Stripes"><w:tcPr><w:shd w:fill="4F81BD"/></w:tcPr></w:style>'
)


def told(data: bytes, ending: str, rule: str = "hidden-data") -> bool:
    return bool(list(checks_of("files")[rule].check(extract(f"a{ending}", data), CONTEXT)))


def styled(style: str) -> str:
    return paragraph(NAME, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def run(settings: str, words: str = NAME) -> str:
    return f"<w:p><w:r><w:rPr>{settings}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def table(style: str, cell: str, row: str = "") -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr><w:tr>{row}<w:tc>{cell}</w:tc>'
        "</w:tr></w:tbl>"
    )


def box(across: int, hidden: str = "0") -> str:
    return (
        '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="wp"><wp:positionH relativeFrom="page">'
        f"<wp:posOffset>{across}</wp:posOffset></wp:positionH>"
        f'<wp:extent cx="2000000" cy="600000"/><wp:docPr hidden="{hidden}"/><w:txbxContent>'
        f"{paragraph(NAME)}</w:txbxContent></wp:anchor></w:drawing></w:r></w:p>"
    )


def letter(body: str, header: str = "") -> bytes:
    refers = [("styles", "styles.xml"), *([("header", "header1.xml")] if header else [])]
    more = {"word/styles.xml": f"<w:styles {W}>{WHITE_STYLES}</w:styles>"}
    if header:
        more["word/header1.xml"] = f"<w:hdr {W}>{header}</w:hdr>"
    return docx(paragraph("We leave at nine.") + body + PAGE, *refers, more=more)


WHITE = '<w:color w:val="FFFFFF"/>'
FLAT = '<w:trPr><w:trHeight w:val="20" w:hRule="{}"/></w:trPr>'
LETTERS = {
    "the colour of a style": (styled("Pale"), styled("Banner")),
    "the colour of the style below a style": (styled("Paler"), styled("TableGrid")),
    "a style of a run": (run('<w:rStyle w:val="Pale"/>'), run('<w:rStyle w:val="TableGrid"/>')),
    "the size of a style": (styled("Small"), styled("TableGrid")),
    "a hidden style below a style": (styled("Away2"), styled("TableGrid")),
    "the colour of the theme's paper": (
        run('<w:color w:val="000000" w:themeColor="background1"/>'),
        run('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>'),
    ),
    "a colour that is nearly white": (run('<w:color w:val="FEFEFE"/>'), run(WHITE, " ")),
    "letters without width": (run('<w:w w:val="1"/>'), run('<w:w w:val="80"/>')),
    "white in a table that has lines only": (
        table("TableGrid", run(WHITE)),
        table("Stripes", run(WHITE)),
    ),
    "a hidden row": (
        table("TableGrid", paragraph(NAME), "<w:trPr><w:hidden/></w:trPr>"),
        table("TableGrid", paragraph(NAME), '<w:trPr><w:hidden w:val="0"/></w:trPr>'),
    ),
    "a row without height": (
        table("TableGrid", paragraph(NAME), FLAT.format("exact")),
        table("TableGrid", paragraph(NAME), FLAT.format("atLeast")),
    ),
    "lines without height": (
        paragraph(NAME, '<w:pPr><w:spacing w:line="14" w:lineRule="exact"/></w:pPr>'),
        paragraph(NAME, '<w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>'),
    ),
    "a box beside the page": (box(-9_000_000), box(900_000)),
    "a box that is switched off": (box(900_000, "1"), box(900_000)),
}


@pytest.mark.parametrize("what", LETTERS)
def test_a_letter_that_hides_is_told_and_never_cleaned_by_halves(what: str) -> None:
    hides, shows = (letter(body) for body in LETTERS[what])
    assert told(hides, ".docx")
    assert not told(shows, ".docx")
    with pytest.raises(ExtractionError, match=r"nobody can see|take out by hand|it out by hand"):
        clean_document(hides, default_policy().limits)


def test_white_words_on_a_wide_picture_of_the_header_are_seen() -> None:
    banner = (
        '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="wp"><wp:extent cx="{}" cy="900000"/>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )
    assert not told(letter(run(WHITE), banner.format(7_000_000)), ".docx")
    assert told(letter(run(WHITE), banner.format(900_000)), ".docx")


def test_the_table_of_a_form_letter_is_told() -> None:
    merge = f'<w:settings {W}><w:mailMerge><w:query w:val="all"/></w:mailMerge></w:settings>'
    data = docx(paragraph("Dear"), ("settings", "settings.xml"), more={"word/settings.xml": merge})
    assert told(data, ".docx", "external-link")
    assert not told(letter(""), ".docx", "external-link")


SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f"<styleSheet {SHEET}><numFmts><numFmt numFmtId='170' formatCode='&quot;&quot;;&quot;&quot;;"
    "&quot;&quot;;&quot;&quot;'/><numFmt numFmtId='171' formatCode='[White];;;'/>"
    "<numFmt numFmtId='172' formatCode='0;-0;;@'/></numFmts><fonts><font/>"
    "<font><color rgb='FFFEFEFE'/></font><font><sz val='1'/></font></fonts><fills><fill>"
    "<patternFill patternType='none'/></fill></fills>"
    "<cellXfs><xf/><xf fontId='1'/><xf fontId='2'/><xf numFmtId='170'/><xf numFmtId='171'/>"
    "<xf numFmtId='172'/></cellXfs><dxfs><dxf><font><b/></font></dxf><dxf><fill/></dxf></dxfs>"
    "</styleSheet>"
)


def workbook(style: int, cols: str = "", row: str = "", after: str = "") -> bytes:
    data = (
        f"<worksheet {SHEET}>{cols}<sheetData><row r='1' {row}><c r='B1' s='{style}' "
        f"t='inlineStr'><is><t>{NAME}</t></is></c></row></sheetData>{after}</worksheet>"
    )
    book = (
        f"<workbook {SHEET} xmlns:r='{REL}'><sheets><sheet name='Clubs' r:id='r1'/></sheets>"
        "</workbook>"
    )
    refers = relations(("worksheet", "sheet1.xml"), ("styles", "styles.xml"))
    parts: Mapping[str, str] = MappingProxyType(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": refers,
            "xl/styles.xml": STYLES,
            "xl/sheet1.xml": data,
        }
    )
    return zipped(parts)


def condition(look: int) -> str:
    return (
        f"<conditionalFormatting sqref='B1:B9'><cfRule dxfId='{look}' type='expression'>"
        "<formula>1</formula></cfRule></conditionalFormatting>"
    )


COLUMN = "<cols><col min='2' max='2' width='{}'/></cols>"
SHEETS = {
    "a colour that is nearly white": (workbook(1), workbook(0)),
    "letters of one point": (workbook(2), workbook(0)),
    "a format of empty words": (workbook(3), workbook(5)),
    "a format of colours only": (workbook(4), workbook(5)),
    "a column as thin as a hair": (
        workbook(0, COLUMN.format("0.05")),
        workbook(0, COLUMN.format("2.7109375")),
    ),
    "a row as low as a line": (workbook(0, row="ht='0.75'"), workbook(0, row="ht='12.75'")),
    "white below a condition that gives no colour": (
        workbook(1, after=condition(0)),
        workbook(1, after=condition(1)),
    ),
}


@pytest.mark.parametrize("what", SHEETS)
def test_a_workbook_that_hides_is_told(what: str) -> None:
    hides, shows = SHEETS[what]
    assert told(hides, ".xlsx")
    assert not told(shows, ".xlsx")


def test_thin_columns_and_low_rows_are_emptied_in_a_clean_copy() -> None:
    for what in ("a column as thin as a hair", "a row as low as a line"):
        clean = clean_document(SHEETS[what][0], default_policy().limits)
        assert NAME not in extract("a.xlsx", clean.data).text


THEME = (
    '<a:theme xmlns:a="urn:a"><a:clrScheme><a:lt1><a:sysClr val="window" lastClr="{}"/></a:lt1>'
    "</a:clrScheme></a:theme>"
)
GROUND = '<p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg></p:cSld>'


def fill(colour: str) -> str:
    kind = "schemeClr" if colour.islower() else "srgbClr"
    return f'<a:solidFill><a:{kind} val="{colour}"/></a:solidFill>'


def shape(words: str, *, left: int = 100, ink: str = "", inside: str = "", size: int = 1800) -> str:
    coloured = fill(ink) if ink else ""
    text = (
        f'<p:txBody><a:p><a:r><a:rPr sz="{size}">{coloured}</a:rPr><a:t>{words}</a:t></a:r></a:p>'
        "</p:txBody>"
    )
    return (
        f'<p:sp><p:spPr><a:xfrm><a:off x="{left}" y="100"/><a:ext cx="800" cy="200"/></a:xfrm>'
        f'<a:prstGeom prst="rect"/>{fill(inside) if inside else ""}</p:spPr>'
        f"{text if words else ''}</p:sp>"
    )


def group(inner: str) -> str:
    return (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000" cy="4000"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="2000" cy="2000"/></a:xfrm></p:grpSpPr>'
        f"{inner}</p:grpSp>"
    )


def talk(shapes: str, *, paper: str = "FFFFFF", after: str = "") -> bytes:
    named = 'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="' + REL + '"'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation {named}><p:sldIdLst><p:sldId id="1" '
            'r:id="r1"/></p:sldIdLst><p:sldSz cx="4000" cy="3000"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(("slide", "slide1.xml")),
            "ppt/slide1.xml": f"<p:sld {named}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
            f"{after}</p:sld>",
            "ppt/_rels/slide1.xml.rels": relations(("slideLayout", "layout1.xml")),
            "ppt/layout1.xml": f"<p:sldLayout {named}/>",
            "ppt/_rels/layout1.xml.rels": relations(("slideMaster", "master1.xml")),
            "ppt/master1.xml": f"<p:sldMaster {named}>{GROUND}</p:sldMaster>",
            "ppt/_rels/master1.xml.rels": relations(("theme", "theme1.xml")),
            "ppt/theme1.xml": THEME.format(paper),
        }
    )


LID = shape("", inside="FFFFFF")
SLIDES = {
    "white on a white slide": (talk(shape(NAME, ink="FFFFFF")), talk(shape(NAME, ink="111111"))),
    "the theme's paper on paper": (
        talk(shape(NAME, ink="bg1")),
        talk(shape(NAME, ink="bg1"), paper="102030"),
    ),
    "white where nothing lies below": (
        talk(shape("", left=2000, inside="003366") + shape(NAME, ink="FFFFFF")),
        talk(shape("", inside="003366") + shape(NAME, ink="FFFFFF")),
    ),
    "the filling's own colour": (
        talk(shape(NAME, ink="accent1", inside="accent1")),
        talk(shape(NAME, ink="FFFFFF", inside="accent1")),
    ),
    "letters of one point": (talk(shape(NAME, size=100)), talk(shape(NAME, size=900))),
    "a white lid": (talk(shape(NAME) + LID), talk(LID + shape(NAME))),
    "a lid that does not move away": (
        talk(shape(NAME) + LID),
        talk(shape(NAME) + LID, after="<p:timing/>"),
    ),
    "a box of a group beside the slide": (
        talk(group(shape(NAME, left=2100) + shape("Welcome"))),
        talk(group(shape(NAME, left=900) + shape("Welcome"))),
    ),
}


@pytest.mark.parametrize("what", SLIDES)
def test_a_slide_that_hides_is_told_and_never_cleaned_by_halves(what: str) -> None:
    hides, shows = SLIDES[what]
    assert told(hides, ".pptx")
    assert not told(shows, ".pptx")
    with pytest.raises(ExtractionError, match=r"nobody can see|it out by hand"):
        clean_document(hides, default_policy().limits)


def test_a_black_box_in_a_colour_of_the_theme_covers_words() -> None:
    rule = "redaction-not-applied"
    assert told(talk(shape(NAME) + shape("", inside="tx1")), ".pptx", rule)
    assert not told(talk(shape("", inside="tx1") + shape(NAME)), ".pptx", rule)


SHOWN = "BT /F1 12 Tf 50 700 Td (Sports day) Tj ET "
SECRET = "BT /F1 {} Tf 50 600 Td (Robin Fernhollow) Tj ET "
PAGES = {
    "a thick line": (
        "redaction-not-applied",
        "18 w 40 604 m 200 604 l S",
        "1 w 40 598 m 200 598 l S",
    ),
    "small letters": ("hidden-data", SECRET.format("0.6"), SECRET.format("4")),
}


@pytest.mark.parametrize("what", PAGES)
def test_a_page_that_hides_is_told(what: str) -> None:
    rule, hides, shows = PAGES[what]
    words = SECRET.format(12) if what == "a thick line" else ""
    for operators, hidden in ((hides, True), (shows, False)):
        data = drawing(f'content = "{SHOWN}{words}{operators}"')
        assert told(data, ".pdf", rule) is hidden


OPEN = {
    "the colour of a paragraph": ('fo:color="#ffffff"', 'fo:color="#333333"'),
    "a colour that is nearly white": ('fo:color="#fefefe"', 'fo:color="#d0d0d0"'),
    "letters of one point": ('fo:font-size="1pt"', 'fo:font-size="9pt"'),
    "white on nothing": (
        'fo:color="#ffffff"',
        'fo:color="#ffffff" fo:background-color="#003366"',
    ),
}


@pytest.mark.parametrize("what", OPEN)
def test_an_opendocument_letter_that_hides_is_told(what: str) -> None:
    for settings, hides in zip(OPEN[what], (True, False), strict=True):
        looks = f'<style:style style:name="P1"><style:text-properties {settings}/></style:style>'
        body = f'<text:p text:style-name="P1">{NAME}</text:p>'
        data = office("a.odt", f"content = '''{body}'''\nstyles = '''{looks}'''")
        assert told(data, ".odt") is hides


def test_the_rest_of_a_cropped_picture_is_told_and_asks_for_a_look() -> None:
    for crop, tells in (('l="25000" b="1%"', True), ('l="900" r="0"', False), ("", False)):
        picture = f'<w:p><w:r><w:drawing><a:srcRect xmlns:a="a" {crop}/></w:drawing></w:r></w:p>'
        assert told(letter(picture), ".docx") is tells
    for clip, tells in (("rect(1.2cm, 0cm, 0cm, 0cm)", True), ("rect(0cm, 0cm, 0cm, 0cm)", False)):
        style = f'<style:style><style:graphic-properties fo:clip="{clip}"/></style:style>'
        data = office("a.odt", f"content = '''<text:p>Hello</text:p>'''\nstyles = '''{style}'''")
        assert told(data, ".odt") is tells
