"""Documents made to cost time or memory: refused, or read within what one file may cost."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest

from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.pipeline.confined import read_document
from tests.extract.office_files import docx, paragraph, relations, zipped

SECONDS = 5.0
"""Half of what one file may take; the slowest takes a fifth of it on a quiet machine."""


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """Write a PDF of these objects, numbered from one."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\n" % (len(objects) + 1, root)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def page(contents: bytes, *more: bytes) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        contents,
        *more,
    )


def packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]" % (b"/FlateDecode " * times))


def zeros() -> bytes:
    return page(packed(b"\0" * 30_000_000, 1))


def zeros_in_zeros() -> bytes:
    return page(packed(b"\0" * 30_000_000, 3))


def drawings_without_end() -> bytes:
    return page(packed(b"0 0 m 9 9 l S q Q " * 2_000_000, 1))


def a_form_in_itself() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        stream(b"/F Do /F Do", form),
    )


def forms_that_double() -> bytes:
    """Draw a form that draws the next one twice, thirty deep."""
    forms = [
        stream(
            b"/F Do /F Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
            % (n + 6),
        )
        for n in range(30)
    ]
    last = stream(b"0 0 m", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        stream(b"/F Do"),
        *forms,
        last,
    )


def pages_in_a_circle() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 1000000>>",
    )


def pages_deep_down() -> bytes:
    depth = 20_000
    kids = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(depth)]
    last = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>>>" % (depth + 1)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *kids, last)


def outlines_in_a_circle() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        b"<</First 5 0 R/Last 5 0 R>>",
        b"<</Title(a)/Next 6 0 R/Parent 4 0 R>>",
        b"<</Title(b)/Next 5 0 R/First 4 0 R/Parent 4 0 R>>",
    )


def objects_in_themselves() -> bytes:
    inner = stream(b"4 0 <</A 4 0 R>>", b"/Type/ObjStm/N 1/First 4/Extends 4 0 R")
    return page(inner)


def arrays_without_end() -> bytes:
    return page(stream(b""), b"[" * 200_000 + b"]" * 200_000)


def a_zip_in_a_zip_in_a_zip() -> bytes:
    data = docx(paragraph("hello"))
    for _ in range(8):
        data = docx(paragraph("hello"), more={"word/embeddings/a.docx": data})
    return data


def a_thousand_files_inside() -> bytes:
    inner = docx(paragraph("hello"))
    return docx("", more={f"word/embeddings/{n}.docx": inner for n in range(2_010)})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a11;</a>'
    return docx("", more={"word/document.xml": xml})


def quadratic() -> bytes:
    xml = f'<!DOCTYPE a [<!ENTITY b "{"b" * 100_000}">]><a>{"&b;" * 50_000}</a>'
    return docx("", more={"word/document.xml": xml})


def attributes() -> bytes:
    return docx("<w:p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + "/>")


def sheet(rows: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": '<workbook xmlns:r="urn:r"><sheets><sheet name="A" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def cells(rows: int) -> bytes:
    row = "".join(f"<c><v>{n}</v></c>" for n in range(100))
    return sheet("".join(f'<row r="{n}">{row}</row>' for n in range(rows)))


def fifty_thousand_cells() -> bytes:
    return cells(500)


def a_repeated_row(rows: int = 1_048_576) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="A">'
        '<table:table-row table:number-rows-repeated="%d">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return odf_of("spreadsheet", content % rows)


def blanks_in_a_text(blanks: int = 2_000_000_000) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        '<text:p>a<text:s text:c="%d"/>b</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    return odf_of("text", content % blanks)


def odf_of(kind: str, content: str) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )


def overlapping_entries() -> bytes:
    """Let a thousand names of a zip file share the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/a.xml", b"\0" * 5_000_000)
        one = archive.getinfo("word/a.xml")
        for number in range(1_000):
            again = zipfile.ZipInfo(f"word/{number}.xml")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(one, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return out.getvalue()


BOMBS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    make.__name__: (ending, make)
    for ending, makes in (
        (
            ".pdf",
            (
                *(zeros, zeros_in_zeros, drawings_without_end, a_form_in_itself),
                *(forms_that_double, pages_in_a_circle, pages_deep_down, outlines_in_a_circle),
                *(objects_in_themselves, arrays_without_end),
            ),
        ),
        (
            ".docx",
            (
                *(a_zip_in_a_zip_in_a_zip, a_thousand_files_inside, laughs, quadratic),
                *(attributes, overlapping_entries),
            ),
        ),
        (".xlsx", (fifty_thousand_cells,)),
        (".ods", (a_repeated_row,)),
        (".odt", (blanks_in_a_text,)),
    )
    for make in makes
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_that_is_made_to_cost_does_not(name: str) -> None:
    ending, make = BOMBS[name]
    data = make()
    begin = time.process_time()
    try:
        told = f"{len(extract(f'a{ending}', data).text)} characters"
    except ExtractionError as error:
        told = str(error)
        assert told.startswith(f"a{ending}: ")
    took = time.process_time() - begin
    assert took < SECONDS, told
    print(f"{name}: {took:.2f} s, {told}")


def test_the_same_files_without_the_bomb_are_read() -> None:
    plain = {
        "a.pdf": page(stream(b"0 0 m")),
        "b.pdf": page(packed(b"0 0 m 9 9 l S q Q " * 20, 3)),
        "a.docx": docx(paragraph("hello")),
        "a.xlsx": cells(1),
        "a.ods": a_repeated_row(1),
        "a.odt": blanks_in_a_text(3),
    }
    kinds = {
        path: extract(path, data).media_type.rpartition(".")[2] for path, data in plain.items()
    }
    assert kinds == {
        "a.pdf": "application/pdf",
        "b.pdf": "application/pdf",
        "a.docx": "document",
        "a.xlsx": "sheet",
        "a.ods": "spreadsheet",
        "a.odt": "text",
    }


@pytest.mark.slow
def test_a_million_cells_are_read_in_time_or_not_at_all() -> None:
    begin = time.monotonic()
    try:
        assert len(read_document("a.xlsx", cells(10_000)).text) > 2_000_000
    except ExtractionError as error:
        assert "could not be checked: " in str(error)  # time, or memory in one way or another
    assert time.monotonic() - begin < 60
