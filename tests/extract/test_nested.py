"""Files inside files: read to a depth, within bounds, and refused where they cannot be read."""

import io
import zipfile

import pikepdf
import pytest

from moderation.extract import extract
from moderation.extract.builder import Builder
from moderation.extract.inside import MAX_BYTES, MAX_DEPTH, MAX_FILES, Inside
from moderation.extract.nested import read_nested
from moderation.model import Carrier, Document, ExtractionError
from tests.extract.planted.pdf import attach, edited, plain
from tests.extract.planted.word import docx, paragraph, zipped


def attached(file_name: str, data: bytes) -> bytes:
    return edited(lambda pdf, _: attach(pdf, file_name, data))("")


def texts(document: Document) -> list[tuple[Carrier, str, str]]:
    return [
        (p.carrier, p.field, document.text[p.start : p.end])
        for p in document.pieces
        if p.carrier is not Carrier.FILE_NAME
    ]


def nested(depth: int) -> bytes:
    data = plain("deep down")
    for _ in range(depth):
        data = attached("a.pdf", data)
    return data


def test_a_file_inside_is_read_with_its_own_places_and_carriers() -> None:
    document = extract("a.pdf", attached("b.docx", docx(paragraph("R. Reed"))))
    assert (Carrier.BODY, "attachment 1 paragraph 2", "R. Reed") in texts(document)
    document = extract("a.pdf", attached("b.csv", b"a,b\nJack,Reed\n"))
    assert "Jack\tReed" in document.text
    start = document.text.index("Jack")
    assert str(document.locate(start, start + 9)) == "a.pdf [attachment 1 row 2 column 1]"
    document = extract("a.pdf", attached("b.txt", b"one\n\ntwo"))
    assert (Carrier.BODY, "attachment 1 line 3", "two") in texts(document)


def test_links_and_parts_of_a_file_inside_are_told() -> None:
    page = b"<html><body><a href='https://example.org/'>x</a></body></html>"
    document = extract("a.pdf", attached("b.html", page))
    assert [(each.target, each.location.field) for each in document.links] == [
        ("https://example.org/", "attachment 1 link")
    ]
    inner = attached("c.txt", b"x")
    document = extract("a.pdf", attached("b.pdf", inner))
    assert ("embedded-file", "attachment 1 attachment") in [
        (part.kind, part.location.field) for part in document.parts
    ]


def test_an_empty_file_inside_is_no_trouble() -> None:
    assert "attachment 1" not in {
        field for _, field, _ in texts(extract("a.pdf", attached("b.txt", b" ")))
    }


def test_files_are_read_to_a_depth_and_refused_below_it() -> None:
    assert "deep down" in extract("a.pdf", nested(MAX_DEPTH)).text
    with pytest.raises(ExtractionError, match="holds files inside files more than 3 deep"):
        extract("a.pdf", nested(MAX_DEPTH + 1))


@pytest.mark.parametrize(
    ("file_name", "data", "trouble"),
    [
        ("Jo Reed.zip", zipped({"a": "b"}), "attachment 1.zip: is a ZIP archive"),
        ("Jo Reed.bin", b"\0\1\2\3", "attachment 1.bin: is of a kind that is not known"),
        ("Jo Reed.txt", b"\xff\xe9\xe8", "attachment 1.txt: is not UTF-8 text"),
        ("Jo Reed.pdf", b"%PDF-1.4 broken", "attachment 1.pdf: the PDF is damaged"),
        ("Jo Reed.docx", b"PK\x03\x04broken", "attachment 1.docx: is a ZIP archive"),
    ],
)
def test_a_file_inside_that_cannot_be_read_is_refused_without_its_name(
    file_name: str, data: bytes, trouble: str
) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract("a.pdf", attached(file_name, data))
    assert str(caught.value).startswith(f"a.pdf: {trouble}")
    assert "Reed" not in str(caught.value)


def test_an_encrypted_file_inside_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ExtractionError, match="the PDF is encrypted"):
        extract("a.docx", docx(more={"word/embeddings/a.pdf": out.getvalue()}))


def test_a_bomb_inside_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 30_000_000)
    with pytest.raises(ExtractionError, match="unpacks to more than"):
        extract("a.pdf", attached("a.docx", out.getvalue()))


def test_all_files_inside_together_are_counted() -> None:
    inside = Inside()
    deeper = inside.enter(MAX_BYTES)
    with pytest.raises(ExtractionError, match=r"holds more than 2,000 other files or 100,000,000"):
        deeper.enter(1)
    inside = Inside()
    for _ in range(MAX_FILES):
        inside.enter(1)
    with pytest.raises(ExtractionError, match="holds more than 2,000 other files"):
        inside.enter(1)


def test_an_ending_that_somebody_chose_is_not_shown() -> None:
    with pytest.raises(ExtractionError) as caught:
        read_nested(Builder("a.pdf", "0"), b"\0\1\2", "attachment 1", ending=".Jo Reed")
    assert str(caught.value).startswith("attachment 1: is of a kind that is not known")
