"""Office files: words where a reader sees them, and words where nobody looks."""

import io
import zipfile

import pytest
from PIL import ExifTags, Image

from moderation.model import Carrier, ExtractionError
from tests.extract.office_files import (
    OPEN_XML,
    W,
    docx,
    paragraph,
    parts,
    read,
    relations,
    texts,
    zipped,
)


def test_a_letter_is_read_paragraph_by_paragraph() -> None:
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Monday')}</w:tc></w:tr></w:tbl>"
    runs = "<w:p><w:r><w:t>a mo</w:t></w:r><w:r><w:t>ment</w:t><w:tab/><w:t>on</w:t></w:r></w:p>"
    document = read(docx(paragraph("Our trip", heading) + runs + table))
    assert document.media_type == f"{OPEN_XML}wordprocessingml.document"
    assert texts(document) == [
        (Carrier.HEADING, "paragraph 1", "Our trip"),
        (Carrier.BODY, "paragraph 2", "a moment\ton"),
        (Carrier.TABLE, "paragraph 3", "Monday"),
    ]
    start = document.text.index("Monday")
    assert str(document.locate(start, start + 6)) == "a.docx [paragraph 3]"


def test_removed_and_hidden_words_and_field_codes_are_told_apart() -> None:
    body = (
        "<w:p><w:r><w:t>Dear </w:t></w:r>"
        '<w:del w:author="R. Reed"><w:r><w:delText>awful </w:delText></w:r></w:del>'
        '<w:ins w:author="R. Reed"><w:r><w:t>parents</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>psst</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>!</w:t></w:r>'
        "<w:r><w:instrText>DATE</w:instrText></w:r></w:p>"
    )
    assert texts(read(docx(body))) == [
        (Carrier.BODY, "paragraph 1", "Dear parents!"),
        (Carrier.TRACKED_CHANGE, "paragraph 1", "Dear awful !"),
        (Carrier.HIDDEN, "paragraph 1", "Dear parentspsst!"),
        (Carrier.MARKUP, "paragraph 1", "DATE"),
        (Carrier.TRACKED_CHANGE, "author of a change", "R. Reed"),
    ]


def test_boxes_pictures_headers_notes_and_comments_are_read() -> None:
    box = f"<w:p><w:r><w:t>round</w:t><w:box>{paragraph('boxed')}</w:box></w:r></w:p>"
    picture = '<wp:docPr id="1" name="x" descr="a heron" title="The pond"/>'
    comment = f'<w:comment w:author="R. Reed">{paragraph("check")}</w:comment>'
    document = read(
        docx(
            box + picture,
            ("header", "header1.xml"),
            ("footnotes", "footnotes.xml"),
            ("comments", "comments.xml"),
            more={
                "word/header1.xml": f"<w:hdr {W}>{paragraph('Reed School')}</w:hdr>",
                "word/footnotes.xml": f"<w:footnotes {W}>{paragraph('see below')}</w:footnotes>",
                "word/comments.xml": f"<w:comments {W}>{comment}</w:comments>",
            },
        )
    )
    assert texts(document) == [
        (Carrier.BODY, "paragraph 1", "round"),
        (Carrier.BODY, "paragraph 2", "boxed"),
        (Carrier.ALT, "picture", "a heron"),
        (Carrier.ALT, "picture", "The pond"),
        (Carrier.HEADER, "header 1", "Reed School"),
        (Carrier.BODY, "footnote 1", "see below"),
        (Carrier.COMMENT, "comment 1", "check"),
        (Carrier.COMMENT, "comment author", "R. Reed"),
    ]


def test_links_are_read_and_what_is_fetched_from_outside_is_told() -> None:
    document = read(
        docx(
            "",
            ("hyperlink", "https://example.org/"),
            ("attachedTemplate", "https://example.org/evil.dotm"),
            ("hyperlink", "file:///secret"),
        )
    )
    assert [link.target for link in document.links] == [
        "https://example.org/",
        "https://example.org/evil.dotm",
        "file:///secret",
    ]
    assert parts(document) == [("external-link", "word/_rels/document.xml.rels")] * 2


def jpeg() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "R. Reed"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def test_nothing_in_the_file_stays_unread() -> None:
    base = docx(paragraph("hello"))
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "docProps/core.xml", "<c><creator>R. Reed</creator><revision>3</revision></c>"
        )
        archive.writestr("docProps/custom.xml", '<c><property name="class">Oak</property></c>')
        archive.writestr(
            "word/diagrams/data1.xml", "<d><p><t>one te</t><t>xt</t></p><q>two</q></d>"
        )
        archive.writestr("customXml/item1.xml", '<d title="named"><a>x</a>tail<s v="kept"/></d>')
        archive.writestr("word/media/image1.jpeg", jpeg())
        archive.writestr("word/media/image2.emf", b"\1\2\3made by R. Reed\0")
        archive.writestr("word/vbaProject.bin", b"\1\2\3Sub AutoOpen()\0")
        archive.writestr("word/embeddings/book.xlsx", b"Px")
        archive.writestr("word/activeX/activeX1.xml", "<x/>")
        archive.writestr("empty.xml", "")
        archive.comment = b"packed by R. Reed"
    document = read(out.getvalue())
    assert texts(document) == [
        (Carrier.COMMENT, "zip comment", "packed by R. Reed"),
        (Carrier.BODY, "paragraph 1", "hello"),
        (Carrier.PROPERTY, "creator", "R. Reed"),
        (Carrier.PROPERTY, "class", "Oak"),
        (Carrier.PROPERTY, "property name", "class"),
        (Carrier.HIDDEN, "word/diagrams/data1.xml", "one text\ntwo"),
        (Carrier.HIDDEN, "customXml/item1.xml", "tail\nx"),
        (Carrier.HIDDEN, "customXml/item1.xml d title", "named"),
        (Carrier.HIDDEN, "customXml/item1.xml s v", "kept"),
        (Carrier.ATTACHMENT, "name of a part", "image1.jpeg"),
        (Carrier.EXIF, "word/media/image1.jpeg EXIF Artist", "R. Reed"),
        (Carrier.ATTACHMENT, "name of a part", "image2.emf"),
        (Carrier.HIDDEN, "word/media/image2.emf", "made by R. Reed"),
        (Carrier.ATTACHMENT, "name of a part", "vbaProject.bin"),
        (Carrier.HIDDEN, "word/vbaProject.bin", "Sub AutoOpen()"),
        (Carrier.ATTACHMENT, "name of a part", "book.xlsx"),
    ]
    assert parts(document) == [
        ("macro", "word/vbaProject.bin"),
        ("embedded-object", "word/embeddings/book.xlsx"),
        ("activex", "word/activeX/activeX1.xml"),
    ]


def xlsx() -> bytes:
    sheet = (
        '<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>in</t><t>line</t></is></c></row>'
        '<row r="3"><c r="A3" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row></sheetData>'
        '<dataValidations><dataValidation prompt="type here"/></dataValidations>'
        "<headerFooter><oddHeader>Reed School</oddHeader></headerFooter></worksheet>"
    )
    away = (
        '<worksheet><sheetData><row><c r="A1"><v>7</v></c><c><v>8</v></c></row></sheetData>'
        "</worksheet>"
    )
    return zipped(
        {
            "_rels/.rels": relations(("officeDocument", "/xl/workbook.xml")),
            "xl/workbook.xml": (
                '<workbook xmlns:r="urn:r"><sheets><sheet name="Trip" r:id="r1"/>'
                '<sheet name="Keep" state="veryHidden" r:id="r2"/></sheets>'
                '<definedNames><definedName name="best">Trip!A1</definedName></definedNames>'
                "</workbook>"
            ),
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/one.xml"),
                ("worksheet", "worksheets/two.xml"),
                ("sharedStrings", "strings.xml"),
            ),
            "xl/strings.xml": "<sst><si><t>Mon</t><r><t>day</t></r></si><si><t>left</t></si></sst>",
            "xl/worksheets/one.xml": sheet,
            "xl/worksheets/_rels/one.xml.rels": relations(("comments", "../comments1.xml")),
            "xl/worksheets/two.xml": away,
            "xl/comments1.xml": (
                "<comments><authors><author>R. Reed</author></authors><commentList>"
                '<comment ref="A1"><text><r><t>ask </t></r><r><t>me</t></r></text></comment>'
                "</commentList></comments>"
            ),
        }
    )


def test_a_workbook_is_read_cell_by_cell_and_what_is_hidden_is_told_apart() -> None:
    document = read(xlsx())
    assert document.media_type == f"{OPEN_XML}spreadsheetml.sheet"
    assert texts(document) == [
        (Carrier.SHEET_NAME, "sheet Trip", "Trip"),
        (Carrier.CELL, "Trip!A1", "Monday"),
        (Carrier.HIDDEN_CELL, "Trip!B1", "12"),
        (Carrier.HIDDEN_CELL, "Trip!A2", "inline"),
        (Carrier.CELL, "Trip!A3", "ab"),
        (Carrier.HIDDEN, "Trip!A3 formula", '"a"&"b"'),
        (Carrier.COMMENT, "Trip comment author", "R. Reed"),
        (Carrier.COMMENT, "Trip!A1 comment", "ask me"),
        (Carrier.HEADER, "Trip oddHeader", "Reed School"),
        (Carrier.HIDDEN, "Trip dataValidation prompt", "type here"),
        (Carrier.SHEET_NAME, "sheet Keep", "Keep"),
        (Carrier.HIDDEN_CELL, "Keep!A1", "7"),
        (Carrier.HIDDEN_CELL, "Keep", "8"),
        (Carrier.HIDDEN, "text of no cell", "left"),
        (Carrier.HIDDEN, "defined name", "best Trip!A1"),
    ]


def test_a_workbook_whose_parts_do_not_fit_is_refused() -> None:
    good = dict(_entries(xlsx()))
    for name, old, new in (
        ("xl/worksheets/one.xml", b"<v>0</v>", b"<v>9</v>"),
        ("xl/worksheets/one.xml", b"<v>0</v>", b"<v>x</v>"),
        ("xl/workbook.xml", b'r:id="r2"', b'r:id="r9"'),
    ):
        assert old in good[name]
        with pytest.raises(ExtractionError, match="the office file is damaged"):
            read(zipped({**good, name: good[name].replace(old, new)}))


def _entries(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def pptx() -> bytes:
    def slide(words: str, more: str = "") -> str:
        run = f"<a:p><a:r><a:t>{words}</a:t></a:r><a:br/><a:r><a:t>!</a:t></a:r></a:p>"
        return (
            f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a" {more}>{run}<p:cNvPr descr="a heron"/></p:sld>'
        )

    return zipped(
        {
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": (
                '<p:presentation xmlns:p="urn:p" xmlns:r="urn:r"><p:sldIdLst>'
                '<p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst>'
                "</p:presentation>"
            ),
            "ppt/_rels/presentation.xml.rels": relations(
                ("slide", "slides/b.xml"), ("slide", "slides/a.xml")
            ),
            "ppt/slides/a.xml": slide("Welcome"),
            "ppt/slides/b.xml": slide("Secret", 'show="0"'),
            "ppt/slides/_rels/a.xml.rels": relations(
                ("notesSlide", "../notes/a.xml"), ("comments", "../comments/a.xml")
            ),
            "ppt/notes/a.xml": '<n xmlns:a="urn:a"><a:p><a:r><a:t>say hello</a:t></a:r></a:p></n>',
            "ppt/comments/a.xml": "<c><cm><text>too long</text></cm></c>",
        }
    )


def test_a_presentation_is_read_slide_by_slide_in_the_order_it_is_shown() -> None:
    document = read(pptx())
    assert document.media_type == f"{OPEN_XML}presentationml.presentation"
    assert texts(document) == [
        (Carrier.SLIDE, "slide 1", "Welcome\n!"),
        (Carrier.ALT, "slide 1 picture", "a heron"),
        (Carrier.SPEAKER_NOTE, "slide 1 notes", "say hello"),
        (Carrier.COMMENT, "slide 1 comment", "too long"),
        (Carrier.HIDDEN, "slide 2, hidden", "Secret\n!"),
        (Carrier.ALT, "slide 2, hidden picture", "a heron"),
    ]


def test_a_presentation_that_names_a_slide_it_does_not_have_is_refused() -> None:
    good = dict(_entries(pptx()))
    name = "ppt/presentation.xml"
    with pytest.raises(ExtractionError, match="the office file is damaged"):
        read(zipped({**good, name: good[name].replace(b'r:id="r2"', b"")}))
