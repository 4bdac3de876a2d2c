"""OpenDocument files: words where a reader sees them, and words where nobody looks."""

from moderation.model import Carrier
from tests.extract.office_files import ODF, odf, read, texts


def test_an_open_document_text_is_read_with_what_is_set_into_it() -> None:
    document = read(
        odf(
            "text",
            "<text:tracked-changes><text:p>awful</text:p></text:tracked-changes>"
            '<text:h>Trip</text:h><text:p>Dear<text:s text:c="2"/><text:span>par</text:span>ents'
            "<office:annotation><dc:creator>R. Reed</dc:creator><text:p>check</text:p>"
            "</office:annotation> all<text:tab/>of<text:line-break/>you "
            '<text:a xlink:href="https://example.org/">here</text:a></text:p>'
            "<text:p><draw:frame><svg:title>The pond</svg:title><svg:desc>a heron</svg:desc>"
            "</draw:frame></text:p>"
            '<text:hidden-paragraph text:string-value="psst"/>'
            "<office:stray>odd<text:p/>ity</office:stray>",
            {
                "styles.xml": ODF % "<style:footer><text:p>page 1</text:p></style:footer>",
                "meta.xml": "<m><creator>R. Reed</creator>"
                "<user-defined name='class'>Oak</user-defined></m>",
                "Basic/Standard/Module1.xml": "<module>Sub Main</module>",
            },
        )
    )
    assert texts(document) == [
        (Carrier.TRACKED_CHANGE, "tracked change", "awful"),
        (Carrier.HEADING, "text", "Trip"),
        (Carrier.BODY, "text", "Dear  parents all\tof\nyou here"),
        (Carrier.COMMENT, "comment", "R. Reed"),
        (Carrier.COMMENT, "comment", "check"),
        (Carrier.ALT, "picture", "The pond"),
        (Carrier.ALT, "picture", "a heron"),
        (Carrier.HIDDEN, "text", "odd ity"),
        (Carrier.LINK, "text", "https://example.org/"),
        (Carrier.HIDDEN, "hidden text hidden-paragraph string-value", "psst"),
        (Carrier.HEADER, "footer", "page 1"),
        (Carrier.PROPERTY, "creator", "R. Reed"),
        (Carrier.PROPERTY, "class", "Oak"),
        (Carrier.PROPERTY, "user-defined name", "class"),
        (Carrier.HIDDEN, "Basic/Standard/Module1.xml", "Sub Main"),
    ]
    assert [(part.kind, part.detail) for part in document.parts] == [
        ("macro", "a program inside the document"),
        ("hidden-text", "holds hidden text"),
        ("tracked-change", "1 tracked change"),
        ("comment", "1 comment"),
    ]


def test_an_open_document_sheet_is_read_cell_by_cell() -> None:
    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"

    formula = cell("a11", "table:formula='=SUM(A1)'")
    content = (
        '<style:style style:name="gone"><style:table-properties table:display="false"/>'
        "</style:style>"
        '<table:table table:name="Trip"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-header-rows><table:table-row>{cell('a1')}{cell('b1')}{cell('c1')}"
        "</table:table-row></table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="8"><table:table-cell/></table:table-row>'
        f'<table:table-row><table:table-cell table:number-columns-repeated="26"/>{cell("aa10")}'
        "</table:table-row>"
        f'<table:table-row table:visibility="collapse">{formula}'
        "</table:table-row></table:table>"
        f'<table:table table:name="Keep" table:style-name="gone"><table:table-row>{cell("away")}'
        "</table:table-row></table:table>"
    )
    assert texts(read(odf("spreadsheet", content))) == [
        (Carrier.SHEET_NAME, "sheet Trip", "Trip"),
        (Carrier.CELL, "Trip!A1", "a1"),
        (Carrier.HIDDEN_CELL, "Trip!B1", "b1"),
        (Carrier.CELL, "Trip!C1", "c1"),
        (Carrier.CELL, "Trip!AA10", "aa10"),
        (Carrier.HIDDEN_CELL, "Trip!A11", "a11"),
        (Carrier.SHEET_NAME, "sheet Keep", "Keep"),
        (Carrier.HIDDEN_CELL, "Keep!A1", "away"),
        (Carrier.HIDDEN, "Trip!A11 formula", "=SUM(A1)"),
    ]


def test_an_open_document_presentation_is_read_slide_by_slide() -> None:
    content = (
        '<style:style style:name="gone"><p:x xmlns:p="p" presentation:visibility="hidden"/>'
        "</style:style>"
        '<draw:page draw:master-page-name="m"><text:p>Welcome</text:p>'
        "<presentation:notes><text:p>say hello</text:p></presentation:notes></draw:page>"
        '<draw:page draw:master-page-name="m" draw:style-name="gone"><text:p>Secret</text:p>'
        "</draw:page>"
    )
    assert texts(read(odf("presentation", content))) == [
        (Carrier.SLIDE, "slide 1", "Welcome"),
        (Carrier.SPEAKER_NOTE, "slide 1 notes", "say hello"),
        (Carrier.HIDDEN, "slide 2", "Secret"),
    ]
