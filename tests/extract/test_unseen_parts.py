"""What a download holds and does not show, carrier by carrier, and what only looks like it."""

import pytest

from moderation.extract import extract
from tests.extract.office_files import docx, paragraph, relations
from tests.extract.planted.workbook import xlsx
from tests.spec_downloads import drawing, office

Told = list[tuple[str, str]]


def told(path: str, data: bytes) -> Told:
    return [(part.kind, part.location.field) for part in extract(path, data).parts]


def run(look: str, words: str = "Jo Reed") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


def para(run_: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr>{run_}</w:p>"


WHITE, BLACK = '<w:color w:val="FFFFFF"/>', '<w:color w:val="000000"/>'
STYLES = (
    '<w:styles xmlns:w="urn:w"><w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Band"><w:pPr><w:shd w:fill="003366"/></w:pPr></w:style></w:styles>'
)
ANCHOR = (
    '<w:p><w:drawing><wp:anchor behindDoc="{}"><wp:{}/><wp:extent cx="900000" cy="{}"/>'
    '<wps:spPr xmlns:wps="urn:s"><solidFill><srgbClr val="{}"/></solidFill></wps:spPr>'
    "</wp:anchor></w:drawing></w:p>"
)
WORD: dict[str, tuple[str, Told]] = {
    "style that hides": (
        para(run('<w:rStyle w:val="Gone"/>')),
        [("hidden-text", "paragraph 1")],
    ),
    "hiding switched off again": (
        para(run('<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>')),
        [],
    ),
    "white": (para(run(WHITE)), [("unseen-text", "paragraph 1")]),
    "white on a marker": (para(run(WHITE + '<w:highlight w:val="blue"/>')), []),
    "white in a band": (para(run(WHITE), '<w:pStyle w:val="Band"/>'), []),
    "white on shaded ground": (para(run(WHITE), '<w:shd w:fill="003366"/>'), []),
    "white in a shaded cell": (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="003366"/></w:tcPr>'
        f"{para(run(WHITE))}</w:tc></w:tr></w:tbl>",
        [],
    ),
    "white in a table with a style": (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>'
        f"{para(run(WHITE))}</w:tc></w:tr></w:tbl>",
        [],
    ),
    "white in a plain cell": (
        f"<w:tbl><w:tblPr/><w:tr><w:tc>{para(run(WHITE))}</w:tc></w:tr></w:tbl>",
        [("unseen-text", "paragraph 1")],
    ),
    "white in a box": (f"<w:p><w:txbxContent>{para(run(WHITE))}</w:txbxContent></w:p>", []),
    "white before a picture": (
        para(run(WHITE)) + ANCHOR.format(1, "wrapNone", 900000, "003366"),
        [],
    ),
    "tiny": (para(run('<w:sz w:val="2"/>')), [("unseen-text", "paragraph 1")]),
    "black on black": (
        para(run(BLACK + '<w:shd w:fill="000000"/>')),
        [("covered-text", "paragraph 1")],
    ),
    "automatic colour on black, which is white": (para(run('<w:shd w:fill="000000"/>')), []),
    "black shape": (
        ANCHOR.format(0, "wrapNone", 900000, "000000"),
        [("covering-shape", "document")],
    ),
    "black line": (ANCHOR.format(0, "wrapNone", 9000, "000000"), []),
    "black shape beside the words": (ANCHOR.format(0, "wrapSquare", 900000, "000000"), []),
    "coloured shape": (ANCHOR.format(0, "wrapNone", 900000, "FF0000"), []),
    "field that fetches": (
        '<w:p><w:fldSimple w:instr=" DDEAUTO excel x "/></w:p>',
        [("external-link", "document")],
    ),
    "field that counts": ('<w:p><w:fldSimple w:instr=" PAGE "/></w:p>', []),
}


@pytest.mark.parametrize("what", WORD)
def test_words_of_a_letter(what: str) -> None:
    body, parts = WORD[what]
    data = docx(body, ("styles", "styles.xml"), more={"word/styles.xml": STYLES})
    assert told("a.docx", data) == parts


def looks(font: str, fill: str = '<patternFill patternType="none"/>', number: str = "0") -> str:
    return (
        '<styleSheet><numFmts><numFmt numFmtId="165" formatCode=";;;"/></numFmts>'
        f"<fonts><font/><font>{font}</font></fonts><fills><fill/><fill>{fill}</fill></fills>"
        f'<cellXfs><xf/><xf fontId="1" fillId="1" numFmtId="{number}"/></cellXfs></styleSheet>'
    )


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/></patternFill>'


SHEETS: dict[str, tuple[str, str, Told]] = {
    "white by theme": (looks('<color theme="0"/>'), "", [("unseen-text", "Trip!A1")]),
    "white by number": (looks('<color indexed="9"/>'), "", [("unseen-text", "Trip!A1")]),
    "grey by theme": (looks('<color theme="0" tint="-0.5"/>'), "", []),
    "white on blue": (looks('<color rgb="FFFFFFFF"/>', solid('rgb="FF0000FF"')), "", []),
    "blue on the same blue": (
        looks('<color rgb="FF0000FF"/>', solid('rgb="FF0000FF"')),
        "",
        [("unseen-text", "Trip!A1")],
    ),
    "black on black": (looks("", solid('indexed="8"')), "", [("covered-text", "Trip!A1")]),
    "format of nothing": (looks("", number="165"), "", [("unseen-text", "Trip!A1")]),
    "ground in a pattern": (
        looks('<color rgb="FFFFFFFF"/>', '<patternFill patternType="gray125"/>'),
        "",
        [],
    ),
    "white where a condition gives no colour": (
        looks('<color rgb="FFFFFFFF"/>'),
        '<conditionalFormatting sqref="A1:B9"/>',
        [("unseen-text", "Trip!A1")],
    ),
    "white where another condition colours": (
        looks('<color rgb="FFFFFFFF"/>'),
        '<conditionalFormatting sqref="C1"/>',
        [("unseen-text", "Trip!A1")],
    ),
}


@pytest.mark.parametrize("what", SHEETS)
def test_cells_by_their_looks(what: str) -> None:
    styles, around, parts = SHEETS[what]
    cell = '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>Jo Reed</t></is></c></row>'
    listed = relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
        ("styles", "styles.xml"),
    )
    more = {"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": listed}
    assert told("a.xlsx", xlsx(cell, around, more=more)) == parts


def test_formulas_that_ask_elsewhere_and_other_programs_are_told() -> None:
    cell = '<row r="1"><c r="A1"><f>WEBSERVICE("https://a.example")</f><v>1</v></c></row>'
    outside = "<externalLink><ddeLink/></externalLink>"
    data = xlsx(cell, more={"xl/externalLinks/externalLink1.xml": outside})
    assert told("a.xlsx", data) == [
        ("external-link", "Trip!A1"),
        ("external-link", "xl/externalLinks/externalLink1.xml"),
    ]


def test_the_log_of_a_shared_workbook_counts_as_changes() -> None:
    log = '<headers><header userName="R. Reed"/><header userName="R. Reed"/></headers>'
    document = extract("a.xlsx", xlsx(more={"xl/revisions/revisionHeaders.xml": log}))
    assert [part.detail for part in document.parts] == ["2 tracked changes by 1 person"]


ODF: dict[str, tuple[str, str, str, Told]] = {
    "white": (
        ".odt",
        '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>',
        '<text:p><text:span text:style-name="T1">Jo</text:span></text:p>',
        [("unseen-text", "the text")],
    ),
    "white by the style below": (
        ".odt",
        '<style:style style:name="T0"><style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="T1" style:parent-style-name="T0"/>',
        '<text:p><text:span text:style-name="T1">Jo</text:span></text:p>',
        [("unseen-text", "the text")],
    ),
    "white where a shape may lie behind": (
        ".odt",
        '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="g"><style:graphic-properties draw:fill="solid" '
        'draw:fill-color="#003366"/></style:style>',
        '<text:p><text:span text:style-name="T1">Jo</text:span></text:p>',
        [],
    ),
    "hidden field": (
        ".odt",
        "",
        '<text:p>We<text:hidden-text text:string-value="Jo Reed"/></text:p>',
        [("hidden-text", "the text")],
    ),
    "picture from elsewhere": (
        ".odt",
        "",
        '<text:p><draw:frame><draw:image xlink:href="https://a.example/a.png"/></draw:frame></text:p>',
        [("external-link", "text")],
    ),
    "white cell": (
        ".ods",
        '<style:style style:name="c"><style:text-properties fo:color="#ffffff"/></style:style>',
        '<table:table table:name="Trip"><table:table-row><table:table-cell table:style-name="c">'
        "<text:p>Jo</text:p></table:table-cell></table:table-row></table:table>",
        [("unseen-text", "Trip!A1")],
    ),
    "hidden column": (
        ".ods",
        "",
        '<table:table table:name="Trip"><table:table-column table:visibility="collapse"/>'
        "<table:table-row><table:table-cell><text:p>Jo</text:p></table:table-cell>"
        "</table:table-row></table:table>",
        [("hidden-columns", "Trip!A:A")],
    ),
    "shape over words": (
        ".odp",
        '<style:style style:name="g"><style:graphic-properties draw:fill="solid" '
        'draw:fill-color="#000000"/></style:style>',
        '<draw:page draw:master-page-name="m"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="5cm" '
        'svg:height="1cm"><text:p>Jo</text:p></draw:frame><draw:rect draw:style-name="g" '
        'svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="1cm"/></draw:page>',
        [("covering-shape", "slide 1")],
    ),
    "see-through shape over words": (
        ".odp",
        '<style:style style:name="g"><style:graphic-properties draw:fill="solid" '
        'draw:opacity="40%" draw:fill-color="#000000"/></style:style>',
        '<draw:page draw:master-page-name="m"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="5cm" '
        'svg:height="1cm"><text:p>Jo</text:p></draw:frame><draw:rect draw:style-name="g" '
        'svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="1cm"/></draw:page>',
        [],
    ),
}


@pytest.mark.parametrize("what", ODF)
def test_opendocument(what: str) -> None:
    ending, styles, content, parts = ODF[what]
    data = office(f"a{ending}", f"styles = '''{styles}'''\ncontent = '''{content}'''")
    assert told(f"a{ending}", data) == parts


TEXT = "BT /F1 12 Tf 50 700 Td (Jo Reed) Tj ET"
PAGES = {
    "thin line through": (f"{TEXT} 0 g 40 703 200 1 re f", []),
    "frame around": (f"{TEXT} 0 G 40 690 200 30 re S", []),
    "box before": (f"0.8 g 40 690 200 30 re f 0 g {TEXT}", []),
    "grey box over": (f"{TEXT} 0.9 g 40 690 200 30 re f", ["unseen-text"]),
    "black on black": (f"0 g 40 690 200 30 re f {TEXT}", ["covered-text"]),
    "white on black": (f"0 g 40 690 200 30 re f 1 g {TEXT}", []),
    "one letter below": (f"{TEXT} 0 g 49 699 10 14 re f", []),
}


@pytest.mark.parametrize("what", PAGES)
def test_words_of_a_pdf_page(what: str) -> None:
    content, kinds = PAGES[what]
    found = [kind for kind, _ in told("a.pdf", drawing(f'content = "{content}"'))]
    assert found == kinds


def test_a_plain_letter_has_no_parts() -> None:
    assert told("a.docx", docx(paragraph("We leave at nine."))) == []
