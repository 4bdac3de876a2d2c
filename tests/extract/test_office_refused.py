"""Office files that are refused, and what their refusal says."""

from dataclasses import replace

import pytest

from moderation.extract.office import extract
from moderation.model import ExtractionError
from tests.extract.office_files import LIMITS, docx, odf, paragraph, parts, read, relations, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypted_zip() -> bytes:
    data = bytearray(docx(""))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def claiming(data: bytes, size: int) -> bytes:
    """Let the first entry claim to unpack to *size* bytes."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE + b"x" * 600, "is an office file of the old form"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the office file is encrypted"),
        (encrypted_zip(), "the office file is encrypted"),
        (
            odf("text", "", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "the office file is encrypted",
        ),
        (b"PK\x03\x04 and no more", "the office file is damaged"),
        (docx(paragraph("hello"))[:-30], "the office file is damaged"),
        (zipped({"a.txt": "hello"}), "the office file is damaged"),
        (zipped({"mimetype": "application/zip"}), "the office file is damaged"),
        (zipped({"../a": "b"}), "the office file is damaged"),
        (
            zipped({"_rels/.rels": relations(("officeDocument", "x.xml"))}),
            "the office file is damaged",
        ),
        (
            zipped({"_rels/.rels": relations(("officeDocument", "x.xml")), "x.xml": "<y/>"}),
            "the office file is damaged",
        ),
        (docx("<unclosed>"), "the office file is damaged"),
        (docx("<x>" * 400 + "</x>" * 400), "the office file is damaged"),
        (
            zipped({"_rels/.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "the office file is damaged",
        ),
        (
            docx("", more={"word/big.bin": b"\0" * 3_000_000}),
            "the office file unpacks to more than",
        ),
        (claiming(docx(""), 300_000_000), "the office file unpacks to more than"),
        (zipped({f"{n}.txt": "" for n in range(5_001)}), "the office file unpacks to more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(ExtractionError, match=rf"^a\.docx: {message}.*; "):
        read(data)


def test_a_part_of_too_much_markup_is_refused() -> None:
    noise = "".join(chr(33 + n * n % 80) for n in range(1000)).replace("<", "a").replace("&", "b")
    body = "".join(f"<a>{noise[n % 900 :]}</a>" for n in range(40_000))
    with pytest.raises(ExtractionError, match=r"20,000,000 bytes \(some 600,000 cells\); hand"):
        read(docx(body))


def test_a_spoilt_entry_is_refused() -> None:
    data = bytearray(docx(paragraph("hello " * 50)))
    at = data.index(b"word/document.xml") + len("word/document.xml") + 4
    data[at : at + 8] = b"\xff" * 8
    with pytest.raises(ExtractionError, match=r"^a\.docx: the office file is damaged"):
        read(bytes(data))


def test_something_before_the_start_is_told() -> None:
    assert parts(read(b"MZ" + docx(""))) == [("polyglot", "")]


def test_too_much_text_is_refused_with_the_name_said_once() -> None:
    limits = replace(LIMITS, text_characters=20)
    with pytest.raises(ExtractionError) as caught:
        extract("a.docx", docx(paragraph("word " * 10)), "0", limits)
    assert str(caught.value) == (
        "a.docx: holds more than 20 characters of text; hand in a shorter file"
    )
