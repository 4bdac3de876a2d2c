"""What a file says of its rights is read from every place, in every encoding and byte order."""

import io
import random
import shutil
from pathlib import Path

import pikepdf
import pytest
from docx import Document as Word
from pikepdf import Name

from bench.credits import ours
from bench.credits_oracle import exiftool
from moderation.extract import extract
from moderation.extract.cbor import cbor_texts
from moderation.extract.credits import picture_credits, read_credits, term_of
from moderation.extract.image import extract as extract_picture
from moderation.model import Credit, ExtractionError, Term
from moderation.policy import default_policy
from tests.extract.rights_files import (
    AI,
    EXIF,
    MADE,
    WHO,
    Case,
    box,
    cases,
    cbor,
    chunk,
    credentials,
    described,
    exif,
    heif,
    iim,
    jpeg,
    manifest,
    png,
    segment,
    tiff,
)

CASES = cases()
MUTANTS = 1_000


def told(data: bytes) -> list[tuple[str, str]]:
    return [(credit.place, credit.value) for credit in picture_credits(data)]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_the_rights_in_a_picture_are_read(case: Case) -> None:
    _, _, data, said = case
    assert told(data) == said


@pytest.mark.skipif(not shutil.which("exiftool"), reason="needs libimage-exiftool-perl")
def test_exiftool_reads_nothing_that_is_not_read_here(tmp_path: Path) -> None:
    files = []
    for number, (_, ending, data, _) in enumerate(CASES):
        files.append(tmp_path / f"{number}.{ending}")
        files[-1].write_bytes(data)
    truth = exiftool(files)
    missed = {
        CASES[at][0]: set(truth[file]) - set(ours(file))
        for at, file in enumerate(files)
        if set(truth[file]) - set(ours(file))
    }
    assert (missed, sum(map(len, truth.values())) > 60) == ({}, True)


@pytest.mark.parametrize(
    ("place", "term"),
    [
        ("EXIF Artist", Term.CREATOR),
        ("EXIF IFD1 Copyright", Term.COPYRIGHT_NOTICE),
        ("picture 3 IPTC Credit", Term.CREDIT_LINE),
        ("small copy in EXIF EXIF XPAuthor", Term.CREATOR),
        ("XMP plus:LicensorURL", Term.LICENSOR_URL),
        ("XMP xmpRights:WebStatement rdf:resource", Term.WEB_STATEMENT),
        ("XMP Iptc4xmpCore:CreatorContactInfo Iptc4xmpCore:CiUrlWork", Term.CONTACT),
        ("XMP Iptc4xmpExt:AOCreator", Term.ARTWORK_SHOWN),
        ("PNG iTXt Disclaimer", Term.USAGE_TERMS),
        ("EXIF ImageDescription", None),
        ("XMP dc:description", None),
        ("PNG tEXt Source", None),
        ("JPEG comment", None),
        ("EXIF " + "IFD1 " * 100 + "Artist", None),
    ],
)
def test_a_field_states_what_the_standard_says(place: str, term: Term | None) -> None:
    assert term_of(place) is term


@pytest.mark.parametrize(("name", "data"), list(credentials()))
def test_content_credentials_say_what_made_the_picture(name: str, data: bytes) -> None:
    assert told(data) == MADE
    if name not in ("HEIC", "TIFF"):
        document = extract_picture("a", data, "0", default_policy().limits)
        assert [part.kind for part in document.parts] == ["content-credentials"]
        assert [(c.term, c.value) for c in read_credits(document)] == [
            (Term.DIGITAL_SOURCE_TYPE, AI),
            (Term.CREATOR, WHO),
        ]
        assert "issued to R. Reed" in document.text


def test_a_small_copy_in_content_credentials_is_read_as_a_picture() -> None:
    small = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
    boxes = described("c2pa.thumbnail.claim", box(b"bidb", small))
    document = extract_picture("a", png(chunk(b"caBX", boxes)), "0", default_policy().limits)
    assert {part.kind for part in document.parts} >= {"content-credentials", "thumbnail"}
    assert [(c.place, c.value) for c in read_credits(document)] == [
        (f"small copy in C2PA {place}", value) for place, value in EXIF
    ]


@pytest.mark.parametrize(
    "boxes",
    [
        manifest()[:-9],
        manifest(actions=cbor({"digitalSourceType": AI}) + b"\0"),
        manifest(actions=b"\x9f" * 60 + AI.encode()),
        b"\0\0\0\1jumb" + (2**63).to_bytes(8, "big") + b"c2pa" + AI.encode(),
    ],
)
def test_credentials_that_cannot_be_walked_are_read_for_words(boxes: bytes) -> None:
    assert ("C2PA digitalSourceType", AI) in told(png(chunk(b"caBX", boxes)))


def test_a_box_of_another_kind_is_read_for_its_words() -> None:
    boxes = described("other", box(b"bidb", b"made by R. Reed")) + b"R. Reed"
    document = extract_picture("a", png(chunk(b"caBX", boxes)), "0", default_policy().limits)
    words = [document.text[p.start : p.end] for p in document.pieces]
    assert words == ["other", "made by R. Reed", "R. Reed", "a"]
    assert document.parts == ()


def test_a_segment_that_begins_like_a_box_but_is_none_is_read_for_its_words() -> None:
    for marker in (0xE5, 0xFE):
        document = extract_picture(
            "a", jpeg(segment(marker, b"JP taken by R. Reed")), "0", default_policy().limits
        )
        assert "JP taken by R. Reed" in document.text


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"\x7f\x61a\x61b\xff", [((), "ab")]),
        (b"\xbf\x61k\x61v\xff", [(("k",), "v")]),
        (b"\x9f\x61a\x41b\xff", [((), "a"), ((), b"b")]),
        (b"\xc0\x61a", [((), "a")]),
        (b"\xa1\x01\x61a", [(("",), "a")]),
        (b"\xfb" + bytes(8), []),
        (b"\x38\x63", []),
    ],
)
def test_cbor_is_read_for_its_texts(data: bytes, texts: list[object]) -> None:
    assert list(cbor_texts(data)) == texts


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\x61", b"\x1c", b"\x1f", b"\x61\xff", b"\x7f\x41b\xff", b"\x60\x60", b"\xff"),
        *(b"\x81" * 40 + b"\x60", b"\x9a\xff\xff\xff\xff", b"\x98\xff" * 2 + b"\x60" * 60_000),
    ],
)
def test_damaged_cbor_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"CBOR|codec"):
        list(cbor_texts(data))


def test_words_of_a_record_that_is_cut_short_are_read() -> None:
    block = iim((80, WHO.encode()), (116, b"2026 R. Reed of Reedham"))[:-5]
    document = jpeg(segment(0xE1, b"Exif\0\0" + tiff((0x83BB, 7, block))))
    assert told(document) == [("IPTC By-line", WHO)]
    assert "2026 R. Reed of Re" in extract("a.jpg", document).text


def test_the_rights_of_a_word_file_are_read() -> None:
    out = io.BytesIO()
    word = Word()
    word.core_properties.author, word.core_properties.title = WHO, "Pond"
    word.core_properties.last_modified_by = "R. Reed"
    word.add_paragraph("The pond")
    word.save(out)
    assert read_credits(extract("a.docx", out.getvalue())) == (
        Credit(Term.TITLE, "Pond", "office title"),
        Credit(Term.CREATOR, WHO, "office creator"),
    )


def test_the_rights_of_a_pdf_and_the_pictures_in_it_are_read() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        photo = pdf.make_stream(jpeg(segment(0xE1, b"Exif\0\0" + exif())))
        photo.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 8, "/Height": 8})
        photo.update({"/Filter": Name.DCTDecode, "/ColorSpace": Name.DeviceRGB})
        photo["/BitsPerComponent"] = 8
        page = pdf.add_blank_page(page_size=(99, 99))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
        page.Contents = pdf.make_stream(b"q 8 0 0 8 0 0 cm /P Do Q")
        pdf.docinfo["/Author"], pdf.docinfo["/Creator"] = WHO, "Some program"
        pdf.docinfo["/License"] = "CC-BY-4.0"
        pdf.save(out)
    found = read_credits(extract("a.pdf", out.getvalue()))
    assert [(credit.term, credit.value, credit.is_own) for credit in found] == [
        (Term.CREATOR, WHO, True),
        (Term.LICENCE, "CC-BY-4.0", True),
        *((term_of(place), value, False) for place, value in EXIF),
    ]


def test_a_notice_reads_the_same_through_the_document_as_from_the_bytes() -> None:
    for name, ending, data, said in CASES:
        if ending not in ("tif", "heic"):
            document = extract_picture("a", data, "0", default_policy().limits)
            assert (name, [(c.place, c.value) for c in read_credits(document)]) == (name, said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        heif((b"Exif", exif()))[:-20],
        heif((b"Exif", b"\0")),
        box(b"ftyp", b"heic") + box(b"meta", b""),
        box(b"ftyp", b"heic") + box(b"meta", bytes(4) + box(b"iinf", b"")),
        box(b"ftyp", b"heic") + box(b"meta", bytes(4) + box(b"iloc", b"\x03" + bytes(9))),
        box(b"ftyp", b"heic") + b"\0\0\0\1uuid" + bytes(8),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError):
        picture_credits(data)


def test_the_fields_of_a_jpeg_are_read_where_its_pixels_are_cut_short() -> None:
    whole = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
    assert told(whole[:-3]) == EXIF
    with pytest.raises(ExtractionError):
        extract("a.jpg", whole[:-3])


def test_xmp_in_a_box_of_its_own_is_read() -> None:
    packet = next(data for name, _, data, _ in CASES if name == "XMP in utf-8")
    inside = packet[packet.index(b"<x:") : packet.index(b"</x:xmpmeta>") + 12]
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    assert told(heif() + box(b"uuid", uuid + inside)) == [("XMP dc:creator", WHO)]


def test_xmp_in_windows_latin_is_read() -> None:
    packet = next(data for name, _, data, _ in CASES if name == "RDF: an element")
    old = packet.replace(WHO.encode(), WHO.encode("latin-1") + b"\x93\x94")
    at = old.index(b"http://ns.adobe.com/xap/1.0/\0") - 2
    size = int.from_bytes(old[at : at + 2], "big")
    assert told(old[:at] + size.to_bytes(2, "big") + old[at + 2 :]) == [
        ("XMP photoshop:Credit", f"{WHO}“”")
    ]


def test_mutants_are_read_or_refused() -> None:
    """Damage as transfers and attackers do it: cut, flipped, spliced."""
    rng = random.Random(6)  # noqa: S311 - seeded
    seeds = [data for _, _, data, _ in CASES] + [data for _, data in credentials()]
    read = 0
    for _ in range(MUTANTS):
        mutant = _mutated(bytearray(rng.choice(seeds)), rng, rng.choice(seeds))
        try:
            read += bool(picture_credits(mutant)) or True
        except ExtractionError:
            continue
    assert 0 < read < MUTANTS


def _mutated(data: bytearray, rng: random.Random, other: bytes) -> bytes:
    how = rng.randrange(4)
    if how == 0:
        return bytes(data[: rng.randrange(len(data))])
    if how == 1:
        for _ in range(rng.randrange(1, 20)):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif how == 2:
        at, start = rng.randrange(len(data)), rng.randrange(len(other))
        data[at : at + rng.randrange(40)] = other[start : start + rng.randrange(40)]
    else:
        at = rng.randrange(len(data))
        data[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
    return bytes(data)
