"""Slides and OpenDocument: what is shown stays, switched off, outside and named things go."""

import io
import zipfile

import pytest

from moderation.analysis.cleaning.document import clean_document
from moderation.extract import extract
from moderation.model import Carrier, ExtractionError
from moderation.policy import default_policy
from tests.extract.planted.opendocument import odf
from tests.extract.planted.pictures import drawn, segment
from tests.extract.planted.slides import paragraph, pptx, shape
from tests.spec_downloads import office

LIMITS = default_policy().limits


def slides(data: bytes, ending: str = ".pptx") -> list[str]:
    document = extract(f"a{ending}", clean_document(data, LIMITS).data, LIMITS)
    assert not list(document.parts)
    return [document.text[p.start : p.end] for p in document.carried(Carrier.SLIDE)]


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(clean_document(data, LIMITS).data)) as archive:
        return archive.namelist()


def test_a_hidden_slide_notes_and_a_shape_outside_go() -> None:
    recipe = """
    [[slides]]
    text = "Welcome"
    notes = "Jo is ill"
    [[slides]]
    text = "Jo Reed"
    hidden = true
    """
    assert slides(office("a.pptx", recipe)) == ["Welcome"]


def test_a_link_that_starts_a_program_goes_and_its_words_stay() -> None:
    act = '<a:rPr><a:hlinkClick r:id="r1" action="ppaction://program"/></a:rPr>'
    words = f"<a:p><a:r>{act}<a:t>Play</a:t></a:r></a:p>"
    data = pptx(shape(words), ("hyperlink", "file:///C:/a.exe"))
    assert slides(data) == ["Welcome", "Play"]
    assert b"ppaction" not in clean_document(data, LIMITS).data


def test_a_picture_gets_a_name_that_says_nothing() -> None:
    fill = '<a:blip r:embed="r1"/>'
    data = pptx(
        f"<p:pic><p:blipFill>{fill}</p:blipFill></p:pic>",
        ("image", "../media/Jo_Reed.png"),
        more={"ppt/media/Jo_Reed.png": drawn("PNG")},
    )
    assert [name for name in names(data) if "media" in name] == ["ppt/media/image1.png"]


def test_a_picture_that_cannot_be_cleaned_is_refused() -> None:
    data = pptx(
        '<p:pic><p:blipFill><a:blip r:embed="r1"/></p:blipFill></p:pic>',
        ("image", "../media/image1.emf"),
        more={"ppt/media/image1.emf": b"\x01\0\0\0\x6c\0\0\0" + bytes(80)},
    )
    with pytest.raises(ExtractionError, match="picture that cannot be cleaned"):
        clean_document(data, LIMITS)


def test_names_of_shapes_say_nothing() -> None:
    data = pptx(shape(paragraph("Hello"), 'name="Jo Reed" descr="A cake"'))
    document = extract("a.pptx", clean_document(data, LIMITS).data, LIMITS)
    assert ("Jo Reed" in document.text, "A cake" in document.text) == (False, True)


def test_opendocument_keeps_words_around_a_change_and_a_comment() -> None:
    change = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info>"
        "<dc:creator>Jo</dc:creator></office:change-info><text:p>ten</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    body = (
        f'{change}<text:p>We meet at <text:change text:change-id="c1"/>nine<office:annotation>'
        "<text:p>Jo too?</text:p></office:annotation> sharp.</text:p>"
    )
    cleaned = clean_document(odf("text", body), LIMITS)
    document = extract("a.odt", cleaned.data, LIMITS)
    body_text = [document.text[p.start : p.end] for p in document.carried(Carrier.BODY)]
    assert body_text == ["We meet at nine sharp."]
    assert cleaned.done == ("accepted 1 tracked change by 1 person", "took out 1 comment")


def test_an_opendocument_link_to_a_bookmark_follows_its_new_name() -> None:
    body = (
        '<text:p><text:bookmark text:name="Jo Reed"/>Here<text:a xlink:href="#Jo Reed">there'
        "</text:a></text:p>"
    )
    clean = clean_document(odf("text", body), LIMITS).data
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        content = archive.read("content.xml").decode()
    assert ('"b1"' in content, '"#b1"' in content, "Reed" in content) == (True, True, False)


_PICTURE = '<draw:frame draw:name="Jo Reed"><draw:image xlink:href="%s"/></draw:frame>'
_CHART = "application/vnd.oasis.opendocument.chart"


def test_pictures_of_opendocument_are_cleaned_and_named_anew() -> None:
    said = {"Pictures/Jo.jpg": segment(0xFE, b"Jo Reed")}
    data = odf("text", f"<text:p>{_PICTURE % 'Pictures/Jo.jpg'}</text:p>", more=said)
    assert names(data) == [
        "mimetype",
        "Pictures/image1.jpg",
        "content.xml",
        "META-INF/manifest.xml",
    ]
    assert b"Reed" not in clean_document(data, LIMITS).data


def test_a_picture_from_elsewhere_goes() -> None:
    body = f"<text:p>Hello{_PICTURE % 'https://example.org/a.png'}</text:p>"
    clean = clean_document(odf("text", body), LIMITS).data
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        assert "example.org" not in archive.read("content.xml").decode()


def test_a_chart_stays_and_any_other_object_goes() -> None:
    def frame(name: str) -> str:
        return f'<draw:frame><draw:object xlink:href="./{name}"/></draw:frame>'

    body = f"<text:p>Hello{frame('Object 7')}{frame('Object 8')}</text:p>"
    inside = f"<office:document-content {_NS}><office:body/></office:document-content>"
    more = {"Object 7/content.xml": inside, "Object 8/content.xml": inside}
    data = _listing(odf("text", body, more=more), "Object 7/")
    assert [name for name in names(data) if "Object" in name] == ["Object 1/content.xml"]


_NS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'


def _listing(data: bytes, folder: str) -> bytes:
    """List a folder of a file as a chart."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "META-INF/manifest.xml":
                entry = (
                    f'<manifest:file-entry manifest:full-path="{folder}" '
                    f'manifest:media-type="{_CHART}"/></manifest:manifest>'
                )
                part = part.replace(b"</manifest:manifest>", entry.encode())
            new.writestr(name, part)
    return out.getvalue()


def test_styles_with_names_of_somebodys_own_get_others_where_they_are_used() -> None:
    style = (
        '<office:automatic-styles><style:style style:name="Jo_20_Reed" style:family="paragraph" '
        'style:display-name="Jo Reed"/></office:automatic-styles>'
    )
    data = odf("text", '<text:p text:style-name="Jo_20_Reed">Hello</text:p>', style)
    with zipfile.ZipFile(io.BytesIO(clean_document(data, LIMITS).data)) as archive:
        content = archive.read("content.xml").decode()
    assert ("Reed" in content, content.count('"Style1"')) == (False, 2)


def test_hidden_rows_and_columns_of_opendocument_are_emptied() -> None:
    hidden = 'table:visibility="collapse"'
    cell = "<table:table-cell><text:p>%s</text:p></table:table-cell>"
    body = (
        f'<table:table table:name="t"><table:table-column/><table:table-column {hidden}/>'
        f"<table:table-row>{cell % 'Oak'}{cell % 'Jo'}</table:table-row>"
        f"<table:table-row {hidden}>{cell % 'Ann'}</table:table-row></table:table>"
    )
    clean = clean_document(odf("spreadsheet", body), LIMITS).data
    document = extract("a.ods", clean, LIMITS)
    seen = document.carried(Carrier.CELL, Carrier.HIDDEN_CELL)
    assert [document.text[p.start : p.end] for p in seen] == ["Oak"]
