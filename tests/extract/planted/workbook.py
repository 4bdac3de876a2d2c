"""Excel workbooks with a name in one carrier each, written part by part."""

# ruff: noqa: E501 - the XML of a carrier stays on one line
from collections.abc import Callable

from moderation.model import Carrier
from tests.extract.planted.pictures import segment
from tests.extract.planted.plant import Table, halves
from tests.extract.planted.word import (
    APP,
    CHART,
    CHART_CACHE,
    CORE,
    NONE,
    REL,
    TYPES,
    Parts,
    relations,
    zipped,
)  # fmt: skip

_NS = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{REL}"'
_DRAWING = (
    '<xdr:wsDr xmlns:xdr="urn:xdr" xmlns:a="urn:a"><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" %s/>'
    "</xdr:nvSpPr><xdr:txBody><a:p>%s</a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
)


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def xlsx(
    rows: str = "",
    around: str = "",
    before: str = "",
    *refers: tuple[str, str],
    sheet: str = 'name="Trip"',
    book: str = "",
    shared: str = "",
    more: Parts = NONE,
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook {_NS}><sheets><sheet name="First" sheetId="1" r:id="r1"/>'
            f'<sheet {sheet} sheetId="2" r:id="r2"/></sheets>{book}</workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
                *([("sharedStrings", "sharedStrings.xml")] if shared else []),
            ),
            **({"xl/sharedStrings.xml": f"<sst {_NS}>{shared}</sst>"} if shared else {}),
            "xl/worksheets/sheet1.xml": f"<worksheet {_NS}><sheetData><row r='1'>"
            f"{cell('A1', 'Hello')}</row></sheetData></worksheet>",
            "xl/worksheets/sheet2.xml": f"<worksheet {_NS}>{before}<sheetData>{rows}</sheetData>"
            f"{around}</worksheet>",
            "xl/worksheets/_rels/sheet2.xml.rels": relations(*refers),
            **more,
        }
    )


def _row(words: str, settings: str = "") -> str:
    return f'<row r="1" {settings}>{words}</row>'


def _sheet(template: str) -> Callable[[str], bytes]:
    return lambda n: xlsx(template.replace("NAME", n))


def _around(template: str, *refers: tuple[str, str]) -> Callable[[str], bytes]:
    return lambda n: xlsx("", template.replace("NAME", n), "", *refers)


def _book(template: str) -> Callable[[str], bytes]:
    return lambda n: xlsx(book=template.replace("NAME", n))


def _part(entry: str, template: str) -> Callable[[str], bytes]:
    return lambda n: xlsx(more={entry: template.replace("NAME", n)})


def _near(kind: str, entry: str, template: str) -> Callable[[str], bytes]:
    """Write a part that the second sheet refers to."""
    return lambda n: xlsx(
        "", "", "", (kind, f"../{entry}"), more={f"xl/{entry}": template.replace("NAME", n)}
    )


_COMMENTS = (
    f"<comments {_NS}><authors><author>%s</author></authors><commentList><comment ref='B2' "
    "authorId='0'><text><r><t>ask </t></r><r><t>%s</t></r></text></comment></commentList></comments>"
)
_THREADED = (
    '<ThreadedComments xmlns="urn:tc"><threadedComment ref="B2" personId="{1}" id="{2}"><text>%s'
    "</text></threadedComment></ThreadedComments>"
)
_TABLE = f'<table {_NS} id="1" %s><tableColumns><tableColumn id="1" %s/></tableColumns></table>'
_PIVOT = (
    f'<pivotCacheDefinition {_NS} refreshedBy="%s"><cacheFields><cacheField name="%s"><sharedItems>'
    '<s v="%s"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
)
_OUTSIDE = (
    f'<externalLink {_NS}><externalBook><sheetNames><sheetName val="%s"/></sheetNames><sheetDataSet>'
    '<sheetData><row r="1"><cell r="A1" t="str"><v>%s</v></cell></row></sheetData></sheetDataSet>'
    "</externalBook></externalLink>"
)
C, X, H, P = Carrier.CELL, Carrier.HIDDEN_CELL, Carrier.HIDDEN, Carrier.PROPERTY
N, R = Carrier.COMMENT, Carrier.HEADER
_ONE = _row(cell("A1", "NAME"))


def _columns(name: str) -> bytes:
    return xlsx(_row("".join(cell(f"{c}1", w) for c, w in zip("AB", name.split(), strict=True))))


def _turned(name: str) -> bytes:
    return xlsx(
        _row("".join(cell(f"{c}1", w) for c, w in zip("AB", name.split()[::-1], strict=True)))
    )


def _rich(name: str) -> bytes:
    first, second = halves(name)
    runs = f"<si><r><t>{first}</t></r><r><rPr><b/></rPr><t>{second}</t></r></si>"
    return xlsx(_row('<c r="A1" t="s"><v>0</v></c>'), shared=runs)


def _reading(name: str) -> bytes:
    words = f'<si><t>hello</t><rPh sb="0" eb="1"><t>{name}</t></rPh></si>'
    return xlsx(_row('<c r="A1" t="s"><v>0</v></c>'), shared=words)


XLSX: Table = {
    "cell": (C, _sheet(_ONE)),
    "shared string": (
        C,
        lambda n: xlsx(_row('<c r="A1" t="s"><v>0</v></c>'), shared=f"<si><t>{n}</t></si>"),
    ),
    "word in two runs": (C, _rich),
    "reading of a cell": (C, _reading),
    "two cells of a row": (C, _columns),
    "two cells of a row, surname first": (C, lambda n: _turned(" ".join(n.split()[::-1]))),
    "result of a formula": (C, _sheet(_row('<c r="A1" t="str"><f>B1</f><v>NAME</v></c>'))),
    "formula": (H, _sheet(_row('<c r="A1"><f>IF(B1="NAME",1,0)</f><v>0</v></c>'))),
    "hidden row": (X, _sheet(_row(cell("A1", "NAME"), 'hidden="1"'))),
    "row of no height": (X, _sheet(_row(cell("A1", "NAME"), 'ht="0" customHeight="1"'))),
    "hidden column": (
        X,
        lambda n: xlsx(_row(cell("C1", n)), "", '<cols><col min="2" max="4" hidden="1"/></cols>'),
    ),
    "column of no width": (
        X,
        lambda n: xlsx(_row(cell("C1", n)), "", '<cols><col min="2" max="4" width="0"/></cols>'),
    ),
    "hidden sheet": (X, lambda n: xlsx(_row(cell("A1", n)), sheet='name="Data" state="hidden"')),
    "very hidden sheet": (
        X,
        lambda n: xlsx(_row(cell("A1", n)), sheet='name="Data" state="veryHidden"'),
    ),
    "string of no cell": (H, lambda n: xlsx(shared=f"<si><t>{n}</t></si>")),
    "name of a sheet": (Carrier.SHEET_NAME, lambda n: xlsx(sheet=f'name="{n}"')),
    "named range": (
        H,
        lambda n: xlsx(
            book=f'<definedNames><definedName name="{n.replace(" ", "_")}">Trip!A1</definedName></definedNames>'
        ),
    ),
    "named constant": (
        H,
        _book('<definedNames><definedName name="x">"NAME"</definedName></definedNames>'),
    ),
    "comment of a named range": (
        H,
        _book(
            '<definedNames><definedName name="x" comment="NAME">Trip!A1</definedName></definedNames>'
        ),
    ),
    "page header": (
        R,
        _around(
            '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12NAME&amp;RPage &amp;P</oddHeader></headerFooter>'
        ),
    ),
    "footer of the first page": (
        R,
        _around("<headerFooter><firstFooter>&amp;K0000FFNAME</firstFooter></headerFooter>"),
    ),
    "comment": (N, _near("comments", "comments1.xml", _COMMENTS % ("a", "NAME"))),
    "comment's author": (N, _near("comments", "comments1.xml", _COMMENTS % ("NAME", "x"))),
    "threaded comment": (
        N,
        _near("threadedComment", "threadedComments/threadedComment1.xml", _THREADED % "NAME"),
    ),
    "list of commenters": (
        N,
        _part(
            "xl/persons/person.xml",
            '<personList xmlns="urn:tc"><person displayName="NAME" id="{1}"/></personList>',
        ),
    ),
    "account of a commenter": (
        N,
        _part(
            "xl/persons/person.xml",
            '<personList xmlns="urn:tc"><person displayName="a" userId="NAME"/></personList>',
        ),
    ),
    "choices for a cell": (
        H,
        _around(
            '<dataValidations><dataValidation sqref="A1" type="list"><formula1>"NAME,nobody"</formula1></dataValidation></dataValidations>'
        ),
    ),
    "prompt for a cell": (
        H,
        _around('<dataValidations><dataValidation sqref="A1" prompt="NAME"/></dataValidations>'),
    ),
    "filter": (
        H,
        _around(
            '<autoFilter ref="A1:B9"><filterColumn colId="0"><filters><filter val="NAME"/></filters></filterColumn></autoFilter>'
        ),
    ),
    "condition of a look": (
        H,
        _around(
            '<conditionalFormatting sqref="A1"><cfRule type="containsText" text="NAME"><formula>1</formula></cfRule></conditionalFormatting>'
        ),
    ),
    "formula of a look": (
        H,
        _around(
            '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>$A1="NAME"</formula></cfRule></conditionalFormatting>'
        ),
    ),
    "scenario": (
        H,
        _around(
            '<scenarios><scenario name="NAME" user="x"><inputCells r="A1" val="1"/></scenario></scenarios>'
        ),
    ),
    "user of a scenario": (H, _around('<scenarios><scenario name="x" user="NAME"/></scenarios>')),
    "protected range": (
        H,
        _around('<protectedRanges><protectedRange name="NAME" sqref="A1"/></protectedRanges>'),
    ),
    "code name of a sheet": (
        H,
        lambda n: xlsx("", "", f'<sheetPr codeName="{n.replace(" ", "_")}"/>'),
    ),
    "tip of a link": (
        Carrier.TITLE,
        _around('<hyperlinks><hyperlink ref="A1" location="Trip!A1" tooltip="NAME"/></hyperlinks>'),
    ),
    "place a link leads to": (
        Carrier.LINK,
        _around('<hyperlinks><hyperlink ref="A1" location="\'NAME\'!A1"/></hyperlinks>'),
    ),
    "target of a link": (
        Carrier.LINK,
        lambda n: xlsx("", "", "", ("hyperlink", f"https://example.org/{n.replace(' ', '-')}")),
    ),
    "name of a table": (
        H,
        _near("table", "tables/table1.xml", _TABLE % ('displayName="NAME"', 'name="x"')),
    ),
    "column of a table": (
        H,
        _near("table", "tables/table1.xml", _TABLE % ('displayName="t"', 'name="NAME"')),
    ),
    "pivot cache": (
        H,
        _part("xl/pivotCache/pivotCacheDefinition1.xml", _PIVOT % ("a", "x", "NAME")),
    ),
    "field of a pivot cache": (
        H,
        _part("xl/pivotCache/pivotCacheDefinition1.xml", _PIVOT % ("a", "NAME", "x")),
    ),
    "who refreshed a pivot": (
        H,
        _part("xl/pivotCache/pivotCacheDefinition1.xml", _PIVOT % ("NAME", "x", "x")),
    ),
    "pivot records": (
        H,
        _part(
            "xl/pivotCache/pivotCacheRecords1.xml",
            f'<pivotCacheRecords {_NS}><r><s v="NAME"/></r></pivotCacheRecords>',
        ),
    ),
    "pivot records of two fields": (
        H,
        lambda n: xlsx(
            more={
                "xl/pivotCache/pivotCacheRecords1.xml": "<p><r><s v='{}'/><s v='{}'/></r></p>".format(
                    *n.split()
                )
            }
        ),
    ),
    "cache of another workbook": (
        H,
        _part("xl/externalLinks/externalLink1.xml", _OUTSIDE % ("x", "NAME")),
    ),
    "sheet of another workbook": (
        H,
        _part("xl/externalLinks/externalLink1.xml", _OUTSIDE % ("NAME", "x")),
    ),
    "path of another workbook": (
        Carrier.LINK,
        lambda n: xlsx(
            more={
                "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
                    ("externalLinkPath", f"file:///C:/{n}/a.xlsx")
                )
            }
        ),
    ),
    "connection": (
        H,
        _part("xl/connections.xml", f'<connections {_NS}><connection name="NAME"/></connections>'),
    ),
    "source of a connection": (
        H,
        _part(
            "xl/connections.xml",
            f'<connections {_NS}><connection><dbPr connection="Data Source=C:\\NAME\\a.mdb"/></connection></connections>',
        ),
    ),
    "shape": (
        H,
        _part("xl/drawings/drawing1.xml", _DRAWING % ("name='x'", "<a:r><a:t>NAME</a:t></a:r>")),
    ),
    "name of a shape": (H, _part("xl/drawings/drawing1.xml", _DRAWING % ("name='NAME'", ""))),
    "alternative text": (
        Carrier.ALT,
        _part("xl/drawings/drawing1.xml", _DRAWING % ("name='x' descr='NAME'", "")),
    ),
    "old drawing": (
        H,
        _part(
            "xl/drawings/vmlDrawing1.vml",
            '<xml xmlns:v="urn:v"><v:shape><v:textbox><div><font>NAME</font></div></v:textbox></v:shape></xml>',
        ),
    ),
    "numbers behind a chart": (H, _part("xl/charts/chart1.xml", CHART % CHART_CACHE % "NAME")),
    "style": (
        H,
        _part(
            "xl/styles.xml",
            f'<styleSheet {_NS}><cellStyles><cellStyle name="NAME"/></cellStyles></styleSheet>',
        ),
    ),
    "number format": (
        H,
        _part(
            "xl/styles.xml",
            f'<styleSheet {_NS}><numFmts><numFmt numFmtId="165" formatCode="0 &quot;NAME&quot;"/></numFmts></styleSheet>',
        ),
    ),
    "who has it open": (H, _book('<fileSharing userName="NAME"/>')),
    "view of a user": (
        H,
        _book('<customWorkbookViews><customWorkbookView name="NAME"/></customWorkbookViews>'),
    ),
    "log of changes": (
        H,
        _part("xl/revisions/userNames.xml", f'<users {_NS}><userInfo name="NAME"/></users>'),
    ),
    "slicer": (
        H,
        _part(
            "xl/slicers/slicer1.xml",
            '<slicers xmlns="urn:s"><slicer name="x" caption="NAME"/></slicers>',
        ),
    ),
    "creator": (P, _part("docProps/core.xml", CORE % "<dc:creator>NAME</dc:creator>")),
    "title of a part": (
        P,
        _part("docProps/app.xml", APP % "<TitlesOfParts><lpstr>NAME</lpstr></TitlesOfParts>"),
    ),
    "custom XML": (H, _part("customXml/item1.xml", "<d><child>NAME</child></d>")),
    "printer's settings": (
        H,
        lambda n: xlsx(more={"xl/printerSettings/printerSettings1.bin": n.encode("utf-16-le")}),
    ),
    "picture": (P, lambda n: xlsx(more={"xl/media/image1.jpeg": segment(0xFE, n.encode())})),
}
