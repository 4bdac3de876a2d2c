"""No reader of any type follows an address that a file names, in the cage or outside it."""

import io
import select
import socket
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from PIL import Image

from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.pipeline.confined import call, tasks
from moderation.policy import default_policy
from tests.extract.office_files import OPEN_XML, docx, odf, paragraph, relations, zipped

LIMITS = default_policy().limits
ODT, ODS, ODP = (
    f"application/vnd.oasis.opendocument.{k}" for k in ("text", "spreadsheet", "presentation")
)
XXE = '<!DOCTYPE x [<!ENTITY % p SYSTEM "{url}"> %p; <!ENTITY e SYSTEM "{url}">]>'
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="a"/><a:blip xmlns:a="urn:a" '
    'r:link="r1"/></wp:inline></w:drawing></w:r></w:p>'
)
FETCHING = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "{url}"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def _template(url: str) -> bytes:
    settings = {
        "word/settings.xml": "<w:settings/>",
        "word/_rels/settings.xml.rels": relations(("attachedTemplate", url)),
    }
    return docx(paragraph("Dear all"), ("settings", "settings.xml"), ("image", url), more=settings)


def _main(root: str, kind: str, body: str, *refers: tuple[str, str]) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types><Override PartName="/{root}/main.xml" '
                f'ContentType="{OPEN_XML}{kind}.main+xml"/></Types>'
            ),
            "_rels/.rels": relations(("officeDocument", f"{root}/main.xml")),
            f"{root}/main.xml": body,
            f"{root}/_rels/main.xml.rels": relations(*refers),
        }
    )


def _book(url: str) -> bytes:
    return _main(
        "xl",
        "spreadsheetml.sheet",
        '<workbook xmlns:r="urn:r"><sheets/></workbook>',
        ("externalLinkPath", url),
        ("image", url),
    )


def _slides(url: str) -> bytes:
    return _main(
        "ppt",
        "presentationml.presentation",
        "<presentation><sldIdLst/></presentation>",
        ("image", url),
        ("oleObject", url),
    )


def _open(kind: str, content: str) -> Callable[[str], bytes]:
    return lambda url: odf(kind, content.replace("{url}", url))


def _pdf(url: str) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    actions = [
        pikepdf.Dictionary(S=pikepdf.Name.URI, URI=url),
        pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=pikepdf.Dictionary(FS=pikepdf.Name.URL, F=url)),
        pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=url),
        pikepdf.Dictionary(S=pikepdf.Name.Launch, F=url),
    ]
    page.obj.Annots = pikepdf.Array(
        pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        for action in actions
    )
    pdf.Root.OpenAction = actions[0]
    elsewhere = pdf.make_stream(b"", FFilter=pikepdf.Name.FlateDecode)
    elsewhere.stream_dict.F = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=url)
    page.obj.Contents = elsewhere
    metadata = f"{XXE.format(url=url)}<x:xmpmeta xmlns:x='adobe:ns:meta/'>&e;</x:xmpmeta>"
    pdf.Root.Metadata = pdf.make_stream(metadata.encode(), Type=pikepdf.Name.Metadata)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _photo(url: str) -> bytes:
    out = io.BytesIO()
    metadata = f"{XXE.format(url=url)}<x:xmpmeta xmlns:x='adobe:ns:meta/'>&e;</x:xmpmeta>"
    Image.new("RGB", (9, 9)).save(out, "JPEG", xmp=metadata.encode())
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "template and picture of docx": ("a.docx", _template),
    "linked picture of docx": (
        "a.docx",
        lambda url: docx(PICTURE + paragraph("Hello"), ("image", url)),
    ),
    "field of docx": (
        "a.docx",
        lambda url: docx(FETCHING.replace("{url}", url) + paragraph("Hello")),
    ),
    "entity in docx": (
        "a.docx",
        lambda url: zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": relations(("officeDocument", "word/document.xml")),
                "word/document.xml": (
                    f"{XXE.format(url=url)}<document><body><p><r><t>&e;</t></r></p></body>"
                    "</document>"
                ),
            }
        ),
    ),
    "source of xlsx": ("a.xlsx", _book),
    "picture of pptx": ("a.pptx", _slides),
    "picture of odt": (
        "a.odt",
        _open(
            ODT,
            '<office:text><text:p>Hello<draw:frame><draw:image xlink:href="{url}"/></draw:frame>'
            "</text:p></office:text>",
        ),
    ),
    "section of odt": (
        "a.odt",
        _open(
            ODT,
            '<office:text><text:section><text:section-source xlink:href="{url}"/>'
            "<text:p>Hello</text:p></text:section></office:text>",
        ),
    ),
    "source of ods": (
        "a.ods",
        _open(
            ODS,
            '<table:table table:name="A"><table:table-source xlink:href="{url}"/>'
            "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "</table:table-row></table:table>",
        ),
    ),
    "plugin of odp": (
        "a.odp",
        _open(
            ODP,
            '<draw:page draw:master-page-name="m"><draw:frame>'
            '<draw:plugin xlink:href="{url}"/></draw:frame><text:p>Hello</text:p></draw:page>',
        ),
    ),
    "actions, streams and metadata of PDF": ("a.pdf", _pdf),
    "metadata of JPEG": ("a.jpg", _photo),
    "formula of csv": (
        "a.csv",
        lambda url: f'a,b\n=WEBSERVICE("{url}"),=IMPORTXML("{url}")\n'.encode(),
    ),
    "page": ("a.md", lambda url: f"# A\n\n![a]({url}) <iframe src='{url}'></iframe>\n".encode()),
    "entity in SVG": (
        "a.svg",
        lambda url: f"{XXE.format(url=url)}<svg><image href='{url}'/>&e;</svg>".encode(),
    ),
}


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.mark.parametrize("name", FILES)
def test_no_reader_reaches_what_a_file_points_to(name: str, server: socket.socket) -> None:
    path, make = FILES[name]
    url = f"http://127.0.0.1:{server.getsockname()[1]}/a.dotm"
    data = make(url)
    told = [
        _told(lambda: extract(path, data)),
        _told(lambda: call(tasks.read, path, data, LIMITS, False, ())),
    ]
    if path.endswith((".docx", ".odt")):
        told.append(_told(lambda: call(tasks.read_letter, data, "photos/a", 1200, LIMITS)))
    if path.endswith((".pdf", ".jpg")):
        told.append(_told(lambda: call(tasks.preview, data)))
    assert [each for each in told if "PermissionError" in each] == []
    assert select.select([server], [], [], 0) == ([], [], [])
    assert url in told[0] or "cannot be checked" in told[0] or "damaged" in told[0], told[0]


def test_whoever_follows_an_address_is_noticed(server: socket.socket) -> None:
    with socket.create_connection(server.getsockname()[:2]):
        assert select.select([server], [], [], 5) == ([server], [], [])
        server.accept()[0].close()


def _told(read: Callable[[], object]) -> str:
    """Return all that is told of a file, or why it was not read."""
    try:
        return repr(read())
    except ExtractionError as error:
        return str(error)
