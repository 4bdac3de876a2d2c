"""Sniffing, decoding, HTML, SVG, CSV and plain text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.extract import extract
from moderation.extract.sniff import sniff
from moderation.model import Document, ExtractionError, LinkReference, Location, Part, Span
from moderation.policy import default_policy


def _shown(document: Document) -> list[tuple[str, str, str]]:
    return [
        (document.text[p.start : p.end], str(p.carrier), str(document.locate(p.start, p.end)))
        for p in document.pieces
        if p.source_start >= 0
    ]


@pytest.mark.parametrize(
    ("path", "data", "media_type"),
    [
        ("a.md", b"# Text", "text/markdown"),
        ("a.md", b"<html>", "text/markdown"),
        ("a.md", b"BMX club on Monday", "text/markdown"),
        ("a.md", b"MZ and ID3", "text/markdown"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.md", b"<!-- x --><?xml version='1.0'?>\n<svg/>", "image/svg+xml"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.jpg", b"<!doctype HTML><p>", "text/html"),
        ("a.jpg", b"\xef\xbb\xbf  <html>", "text/html"),
        ("a.jpg", b"<!-- never closed <html>", "text/plain"),
        ("a.jpg", b"words", "text/plain"),
        ("a.jpg", b"MZ\x90\x00", "application/x-executable"),
        ("a.svg", b"words", "text/plain"),
        ("a.csv", b"a,b", "text/csv"),
        ("a.HTM", b"<p>", "text/html"),
        ("a.gif", b"GIF89a", "image/gif"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("a.avi", b"RIFF\x00\x00\x00\x00????", "application/octet-stream"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        ("a.bmp", b"BM\x06\x00\x00\x00", "image/bmp"),
        ("a.tif", b"II*\x00", "image/tiff"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        ("a.mp3", b"\xff\xfb\x90\x00", "audio/mpeg"),
        ("a.zip", b"PK\x03\x04rest", "application/zip"),
        (
            "a.odt",
            b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.text",
        ),
        (
            "a.docx",
            b"PK\x03\x04[Content_Types].xml PK\x01\x02" + b"\x00" * 42 + b"x/PK\x01\x02"
            b"" + b"\x00" * 42 + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.docx", b"PK\x03\x04[Content_Types].xml", "application/zip"),
        ("a.md", "# Text".encode("utf-16"), "text/markdown"),
        ("a.md", "# Text".encode("utf-16-be"), "text/markdown"),
        ("a.bin", b"ab\x00\x01\x02", "application/octet-stream"),
        ("a.sh", b"#!/bin/sh\n", "text/x-script"),
    ],
)
def test_the_content_tells_what_a_file_is(path: str, data: bytes, media_type: str) -> None:
    assert sniff(path, data) == media_type


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("# Café\n".encode(), None),
        ("\ufeff# Café\n".encode(), None),
        ("# Café\r\n".encode(), None),
        ("# Café\r".encode(), None),
        ("\ufeff# Café\n".encode("utf-16-le"), "utf-16-le"),
        ("\ufeff# Café\n".encode("utf-16-be"), "utf-16-be"),
        ("# Café\n\n".encode("utf-16-le"), "utf-16-le"),
        ("# Café\n\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_text_is_decoded_exactly(data: bytes, encoding: str | None) -> None:
    page = extract("a.md", data)
    assert page.source.rstrip("\n") == "# Café"
    assert page.locate(0, 4) == Location(
        path="a.md", carrier=page.carrier_at(0), span=Span(1, 3, 1, 7)
    )
    assert page.properties.get("encoding") == encoding


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("a.md", b"", "a.md: is empty; hand in the file that was meant"),
        ("a.md", b" \n ", "a.md: holds no text; hand in the file that was meant"),
        (
            "a.md",
            b"# Caf\xe9",
            "a.md: is not UTF-8 text (byte 5); save it as UTF-8 and hand it in again",
        ),
        (
            "a.md",
            b"\xef\xbb\xbfa\xff",
            "a.md: is not UTF-8 text (byte 4); save it as UTF-8 and hand it in again",
        ),
        (
            "a.md",
            b"\xff\xfe\x00\xd8",
            "a.md: is not UTF-16-LE text (byte 2); save it as UTF-8 and hand it in again",
        ),
        (
            "a.md",
            "\ufeffab".encode("utf-32"),
            "a.md: is not UTF-8 text (byte 0); save it as UTF-8 and hand it in again",
        ),
        (
            "a.md",
            b"a\nb\x02c",
            "a.md: line 2: column 2 holds the control character U+0002; delete it",
        ),
        (
            "a.md",
            "a\u2028b".encode(),
            "a.md: line 1: column 2 holds the control character U+2028; delete it",
        ),
        (
            "a.tif",
            b"II*\x00",
            "a.tif: is image/tiff, which cannot be checked; "
            "bring it in with schoolgate add photo, which makes a JPEG of it",
        ),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a.doc: is a file of an old form, which cannot be checked; "
            "save it in a newer format or as a PDF",
        ),
        (
            "a.bin",
            b"ab\x00\x01\x02",
            "a.bin: is of a kind that is not known; "
            "hand in a page, a JPEG or PNG picture, or a PDF",
        ),
        (
            "a.md",
            b"a" * 1_000_001,
            "a.md: is larger than 1,000,000 bytes; hand in a smaller file or several",
        ),
        (
            "a.jpg",
            b"\xff\xd8\xff" + bytes(25_000_000),
            "a.jpg: is larger than 25,000,000 bytes; hand in a smaller file or several",
        ),
        (
            "a.html",
            b"<p>a\n<p title=b title=c>",
            "a.html: line 2: the attribute title is written twice on one tag; write it once",
        ),
        ("a.csv", b'a,"b\nc', "a.csv: line 1: a quotation mark is never closed; close it"),
    ],
)
def test_what_cannot_be_read_says_what_and_what_to_do(path: str, data: bytes, message: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(path, data, default_policy().limits)
    assert str(caught.value) == message


@given(st.binary(max_size=60), st.sampled_from(["a.md", "a.html", "a.svg", "a.csv", "a.txt"]))
def test_no_bytes_raise_anything_but_an_extraction_error(data: bytes, path: str) -> None:
    try:
        document = extract(path, data)
    except ExtractionError:
        return
    assert document.text.endswith(path)


def test_html_is_read_in_its_carriers() -> None:
    page = extract(
        "a.html",
        b"<!DOCTYPE html>\n<html><head><title>T &amp; U</title>\n"
        b'<meta name="description" content="D"></head>\n'
        b"<body><h1>H</h1><p>a<b>b</b> <a href='x'>c</a><br>d<!-- e --></p>"
        b"<textarea>f <g> &lt;</textarea></body></html>\n",
    )
    assert [(text, carrier) for text, carrier, _ in _shown(page)] == [
        ("DOCTYPE html", "comment"),
        ("T ", "title"),
        ("&", "title"),
        (" U", "title"),
        ("description", "attribute"),
        ("D", "attribute"),
        ("H", "heading"),
        ("a", "body"),
        ("b", "body"),
        (" ", "body"),
        ("c", "link text"),
        ("x", "link"),
        ("d", "body"),
        (" e ", "comment"),
        ("f <g> ", "body"),
        ("<", "body"),
    ]
    assert page.links == (
        LinkReference(
            target="x",
            text="c",
            location=Location(
                path="a.html", carrier=page.links[0].location.carrier, span=Span(4, 30, 4, 42)
            ),
        ),
    )
    assert page.parts == tuple[Part, ...]()


def test_svg_is_read_as_text_with_elements() -> None:
    page = extract(
        "a.svg",
        b"<?xml version='1.0'?>\n<svg xmlns='u'><script><![CDATA[x()]]></script>"
        b"<text onclick='y()'>T</text></svg>",
    )
    assert page.media_type == "image/svg+xml"
    assert [each.name for each in page.elements] == ["svg", "script", "text"]
    assert {(text, carrier) for text, carrier, _ in _shown(page)} >= {
        ("x()", "markup"),
        ("y()", "attribute"),
        ("T", "body"),
    }


def test_csv_is_read_cell_by_cell() -> None:
    sheet = extract("a.csv", b'name;"a ""b"" c"x;\n;d\n')
    assert [(sheet.text[p.start : p.end], str(p.carrier), p.field) for p in sheet.pieces][:-1] == [
        ("name", "cell", "row 1 column 1"),
        ("a ", "cell", "row 1 column 2"),
        ('"', "cell", "row 1 column 2"),
        ("b", "cell", "row 1 column 2"),
        ('"', "cell", "row 1 column 2"),
        (" c", "cell", "row 1 column 2"),
        ("x", "cell", "row 1 column 2"),
        ("d", "cell", "row 2 column 2"),
    ]


def test_plain_text_is_read_paragraph_by_paragraph() -> None:
    assert _shown(extract("a.txt", b"a\nb\n\n\n\nc")) == [
        ("a\nb", "body", "a.txt:1:1-2:2"),
        ("c", "body", "a.txt:6:1-2"),
    ]


def test_cells_of_one_row_read_as_one_line_and_rows_apart() -> None:
    document = extract("a.csv", b"a,Jack\n,Reed,\n\nx,,y\n")
    assert document.text == "a\tJack\nReed\nx\ty\na.csv"


def test_many_rows_without_a_delimiter_are_read_in_linear_time() -> None:
    start = time.process_time()
    extract("a.csv", b"a,b\n" + b"x\n" * 300_000)
    assert time.process_time() - start < 20


def test_folded_lines_of_a_calendar_are_joined_and_parts_of_a_name_stand_in_a_row() -> None:
    document = extract(
        "a.ics", b"BEGIN:VCALENDAR\r\nSUMMARY:by Ja\r\n ck Reed\r\nEND:VCALENDAR\r\n"
    )
    assert "SUMMARY:by Jack Reed" in document.text
    start = document.text.index("Jack")
    assert str(document.locate(start, start + 9)) == "a.ics:2:12-3:9"
    card = extract("a.vcf", b"BEGIN:VCARD\nN:Reed;Jack;;\nEND:VCARD\n")
    assert "N:Reed\tJack" in card.text
