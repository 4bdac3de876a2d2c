"""PowerPoint presentations with a name in one carrier each, written part by part."""

# ruff: noqa: E501 - the XML of a carrier stays on one line
from collections.abc import Callable

from moderation.model import Carrier
from tests.extract.planted.pictures import segment
from tests.extract.planted.plant import Table, halves
from tests.extract.planted.word import (
    CHART,
    CHART_TITLE,
    CORE,
    DIAGRAM,
    NONE,
    REL,
    TYPES,
    Parts,
    relations,
    workbook,
    zipped,
)  # fmt: skip

_NS = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{REL}"'
)


def paragraph(*runs: str) -> str:
    return f"<a:p>{''.join(f'<a:r><a:t>{each}</a:t></a:r>' for each in runs)}</a:p>"


def shape(words: str, settings: str = 'name="Title 1"') -> str:
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2" {settings}/></p:nvSpPr><p:txBody>{words}</p:txBody></p:sp>'


def tree(tag: str, inside: str, settings: str = "") -> str:
    return f"<p:{tag} {_NS} {settings}><p:cSld><p:spTree>{inside}</p:spTree></p:cSld></p:{tag}>"


def pptx(
    inside: str = "",
    *refers: tuple[str, str],
    settings: str = "",
    book: str = "",
    more: Parts = NONE,
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation {_NS}><p:sldIdLst><p:sldId id="256" r:id="r1"/>'
            f'<p:sldId id="257" r:id="r2"/></p:sldIdLst>{book}</p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(
                ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")
            ),
            "ppt/slides/slide1.xml": tree("sld", shape(paragraph("Welcome"))),
            "ppt/slides/slide2.xml": tree("sld", inside, settings),
            "ppt/slides/_rels/slide2.xml.rels": relations(*refers),
            **more,
        }
    )


def _at(template: str) -> Callable[[str], bytes]:
    return lambda n: pptx(template.replace("NAME", n))


def _part(entry: str, template: str) -> Callable[[str], bytes]:
    return lambda n: pptx(more={entry: template.replace("NAME", n)})


def _near(kind: str, entry: str, template: str) -> Callable[[str], bytes]:
    return lambda n: pptx(
        "", (kind, f"../{entry}"), more={f"ppt/{entry}": template.replace("NAME", n)}
    )


def _table(name: str) -> str:
    cells = "".join(f"<a:tc><a:txBody>{paragraph(each)}</a:txBody></a:tc>" for each in name.split())
    return f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"


S, H, P, Z = Carrier.SLIDE, Carrier.HIDDEN, Carrier.PROPERTY, Carrier.ALT
N, C = Carrier.SPEAKER_NOTE, Carrier.COMMENT
_NAMED = shape(paragraph("NAME"))
PPTX: Table = {
    "slide": (S, _at(_NAMED)),
    "word in two runs": (S, lambda n: pptx(shape(paragraph(*halves(n))))),
    "two cells of a row": (S, lambda n: pptx(_table(n))),
    "field": (S, _at(shape('<a:p><a:fld type="x"><a:t>NAME</a:t></a:fld></a:p>'))),
    "grouped shape": (S, _at(f"<p:grpSp>{_NAMED}</p:grpSp>")),
    "hidden slide": (H, lambda n: pptx(shape(paragraph(n)), settings='show="0"')),
    "hidden shape": (H, _at(shape(paragraph("NAME"), 'name="x" hidden="1"'))),
    "speaker's notes": (
        N,
        _near("notesSlide", "notesSlides/notesSlide1.xml", tree("notes", _NAMED)),
    ),
    "comment": (
        C,
        _near(
            "comments",
            "comments/comment1.xml",
            f'<p:cmLst {_NS}><p:cm authorId="0"><p:text>NAME</p:text></p:cm></p:cmLst>',
        ),
    ),
    "comment of the new kind": (
        C,
        _near(
            "comments",
            "comments/modernComment1.xml",
            f'<p188:cmLst xmlns:p188="urn:x" {_NS}><p188:cm><p188:txBody>{paragraph("NAME")}</p188:txBody></p188:cm></p188:cmLst>',
        ),
    ),
    "comment's author": (
        C,
        _part(
            "ppt/commentAuthors.xml",
            f'<p:cmAuthorLst {_NS}><p:cmAuthor id="0" name="NAME" initials="x"/></p:cmAuthorLst>',
        ),
    ),
    "new comment's author": (
        C,
        _part(
            "ppt/authors.xml",
            '<p188:authorLst xmlns:p188="urn:x"><p188:author id="{1}" name="NAME" userId="x"/></p188:authorLst>',
        ),
    ),
    "master": (H, _part("ppt/slideMasters/slideMaster1.xml", tree("sldMaster", _NAMED))),
    "layout": (H, _part("ppt/slideLayouts/slideLayout1.xml", tree("sldLayout", _NAMED))),
    "name of a layout": (
        H,
        _part(
            "ppt/slideLayouts/slideLayout1.xml",
            f'<p:sldLayout {_NS}><p:cSld name="NAME"/></p:sldLayout>',
        ),
    ),
    "handout": (H, _part("ppt/handoutMasters/handoutMaster1.xml", tree("handoutMaster", _NAMED))),
    "alternative text": (Z, _at(shape("", 'name="x" descr="NAME"'))),
    "title of a picture": (Z, _at(shape("", 'name="x" title="NAME"'))),
    "name of a shape": (H, _at(shape("", 'name="NAME"'))),
    "diagram": (H, lambda n: pptx(more={"ppt/diagrams/data1.xml": DIAGRAM % halves(n)})),
    "title of a chart": (
        H,
        lambda n: pptx(more={"ppt/charts/chart1.xml": CHART % (CHART_TITLE % halves(n))}),
    ),
    "target of a link": (
        Carrier.LINK,
        lambda n: pptx("", ("hyperlink", f"https://example.org/{n.replace(' ', '_')}")),
    ),
    "tip of a link": (
        Carrier.TITLE,
        _at(shape('<a:p><a:r><a:rPr><a:hlinkClick r:id="r9" tooltip="NAME"/></a:rPr></a:r></a:p>')),
    ),
    "section": (
        H,
        lambda n: pptx(
            book=f'<p:extLst><p14:sectionLst xmlns:p14="urn:s"><p14:section name="{n}"/></p14:sectionLst></p:extLst>'
        ),
    ),
    "custom show": (
        H,
        lambda n: pptx(book=f'<p:custShowLst><p:custShow name="{n}" id="0"/></p:custShowLst>'),
    ),
    "tag": (
        H,
        _part("ppt/tags/tag1.xml", f'<p:tagLst {_NS}><p:tag name="X" val="NAME"/></p:tagLst>'),
    ),
    "creator": (P, _part("docProps/core.xml", CORE % "<dc:creator>NAME</dc:creator>")),
    "workbook inside": (
        Carrier.CELL,
        lambda n: pptx(more={"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook(n)}),
    ),
    "picture": (P, lambda n: pptx(more={"ppt/media/image1.jpeg": segment(0xFE, n.encode())})),
    "name of a film": (
        Carrier.ATTACHMENT,
        lambda n: pptx(more={f"ppt/media/{n}.mp4": b"\0\0\0\x18ftypmp42"}),
    ),
    "slide of no list": (H, _part("ppt/slides/slide9.xml", tree("sld", _NAMED))),
}
