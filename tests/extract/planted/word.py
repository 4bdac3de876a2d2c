"""Word documents with a name in one carrier each, written part by part."""

# ruff: noqa: E501 - the XML of a carrier stays on one line
import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

from moderation.model import Carrier
from tests.extract.planted.pdf import plain
from tests.extract.planted.pictures import segment
from tests.extract.planted.plant import Table, halves

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{REL}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE = (
    f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="http://purl.org/dc/elements/1.1/">%s'
    "</cp:coreProperties>"
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
APP = f'<Properties xmlns="{_EXTENDED}">%s</Properties>'
CUSTOM = (
    '<Properties xmlns="urn:custom" xmlns:vt="urn:vt"><property fmtid="{D5CDD505}" pid="2" '
    'name="%s"><vt:lpwstr>%s</vt:lpwstr></property></Properties>'
)
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>%s</c:chart>'
    "</c:chartSpace>"
)
CHART_TITLE = "<c:title><c:tx><c:rich><a:p><a:r><a:t>%s</a:t></a:r><a:r><a:t>%s</a:t></a:r></a:p></c:rich></c:tx></c:title>"
CHART_CACHE = (
    "<c:ser><c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:pt idx='0'><c:v>%s</c:v></c:pt>"
    "</c:strCache></c:strRef></c:cat></c:ser>"
)
DIAGRAM = (
    '<dgm:dataModel xmlns:dgm="urn:dgm" xmlns:a="urn:a"><dgm:pt><dgm:t><a:p><a:r><a:t>%s</a:t></a:r>'
    "<a:r><a:t>%s</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
)
Parts = Mapping[str, str | bytes]
NONE: Parts = MappingProxyType({})


def zipped(entries: Parts, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """Write what a part refers to: ids r1, r2 ...; a target with a scheme lies outside."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{REL}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for number, (kind, target) in enumerate(targets, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{lines}</Relationships>'


TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(body: str = "", *refers: tuple[str, str], more: Parts = NONE) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {_NS}><w:body>{paragraph('Dear parents,')}{body}"
            "</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*refers),
            **more,
        }
    )


def paragraph(words: str, settings: str = "") -> str:
    return f"<w:p>{settings}<w:r><w:t>{words}</w:t></w:r></w:p>"


def split(name: str) -> str:
    """Write a paragraph with the name in two runs, as spelling marks leave it."""
    first, second = halves(name)
    return (
        f'<w:p><w:r><w:t>{first}</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/>'
        f'</w:rPr><w:t xml:space="preserve">{second}</w:t></w:r></w:p>'
    )


def _body(before: str, after: str) -> Callable[[str], bytes]:
    return lambda name: docx(before + name + after)


def _part(entry: str, before: str, after: str) -> Callable[[str], bytes]:
    return lambda name: docx(more={entry: before + name + after})


def _story(kind: str, tag: str, inside: Callable[[str], str] = split) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        entry = f"<w:{tag} {_NS}>{inside(name)}</w:{tag}>"
        return docx("", (kind, f"{kind}1.xml"), more={f"word/{kind}1.xml": entry})

    return make


def _settings(inside: str, *refers: tuple[str, str]) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        entry = f"<w:settings {_NS}>{inside.replace('NAME', name)}</w:settings>"
        targets = [(kind, target.replace("NAME", name)) for kind, target in refers]
        return docx(
            "",
            ("settings", "settings.xml"),
            more={
                "word/settings.xml": entry,
                "word/_rels/settings.xml.rels": relations(*targets),
            },
        )

    return make


def _inside(entry: str, make: Callable[[str], bytes]) -> Callable[[str], bytes]:
    return lambda name: docx("", ("package", entry), more={f"word/{entry}": make(name)})


def _row(name: str) -> str:
    cells = "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in name.split())
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def _change(tag: str, words: str) -> Callable[[str], bytes]:
    return lambda n: docx(
        f'<w:p><w:{tag} w:id="1" w:author="a"><w:r><w:{words}>{n[:3]}</w:{words}></w:r><w:r>'
        f'<w:{words} xml:space="preserve">{n[3:]}</w:{words}></w:r></w:{tag}></w:p>'
    )


def _comment(author: str, words: str) -> Callable[[str], bytes]:
    def inside(name: str) -> str:
        who = author.replace("NAME", name)
        return f'<w:comment w:id="0" {who}>{paragraph(words.replace("NAME", name))}</w:comment>'

    return _story("comments", "comments", inside)


def _field(code: str) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        first, second = code.replace("NAME", name)[:9], code.replace("NAME", name)[9:]
        return docx(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{first}</w:instrText></w:r>"
            f'<w:r><w:instrText xml:space="preserve">{second}</w:instrText></w:r></w:p>'
        )

    return make


def workbook(name: str) -> bytes:
    from tests.extract.planted.workbook import xlsx

    return xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{name}</t></is></c></row>')


def _deeper(name: str) -> bytes:
    return docx(
        "",
        ("package", "embeddings/a.docx"),
        more={"word/embeddings/a.docx": _inside("embeddings/b.pdf", plain)(name)},
    )


def _behind(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("note.txt", name)
    return out.getvalue() + docx()


def _part_comment(name: str) -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        note = zipfile.ZipInfo("docProps/note.xml")
        note.comment = name.encode()
        archive.writestr(note, "<note/>")
    return out.getvalue()


_BOX = "<w:p><w:r><w:pict><v:shape%s>%s</v:shape></w:pict></w:r></w:p>"
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" %s/></wp:inline></w:drawing></w:r></w:p>'
)
_SDT = "<w:sdt><w:sdtPr>%s</w:sdtPr><w:sdtContent>" + paragraph("x") + "</w:sdtContent></w:sdt>"
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>%s</w:ffData></w:fldChar></w:r></w:p>'
)
B, C, H, P = Carrier.BODY, Carrier.COMMENT, Carrier.HIDDEN, Carrier.PROPERTY
T, R, Z, M = Carrier.TRACKED_CHANGE, Carrier.HEADER, Carrier.ALT, Carrier.MARKUP


def _around(template: str) -> tuple[str, str]:
    before, _, after = template.partition("NAME")
    return before, after


def _at(template: str) -> Callable[[str], bytes]:
    return _body(*_around(template))


DOCX: Table = {
    "paragraph": (B, _at(paragraph("NAME"))),
    "word in two runs": (B, lambda n: docx(split(n))),
    "cell of a table": (
        Carrier.TABLE,
        _at(f"<w:tbl><w:tr><w:tc>{paragraph('NAME')}</w:tc></w:tr></w:tbl>"),
    ),
    "two cells of a row": (Carrier.TABLE, lambda n: docx(_row(n))),
    "name across a line break": (
        B,
        lambda n: docx(
            "<w:p><w:r><w:t>{}</w:t><w:br/><w:t>{}</w:t></w:r></w:p>".format(*n.split())
        ),
    ),
    "name with a soft hyphen": (
        B,
        lambda n: docx(
            f"<w:p><w:r><w:t>{n[:3]}</w:t><w:softHyphen/><w:t>{n[3:]}</w:t></w:r></w:p>"
        ),
    ),
    "header": (R, _story("header", "hdr")),
    "footer": (R, _story("footer", "ftr")),
    "footnote": (
        B,
        _story("footnotes", "footnotes", lambda n: f"<w:footnote>{split(n)}</w:footnote>"),
    ),
    "endnote": (B, _story("endnotes", "endnotes", lambda n: f"<w:endnote>{split(n)}</w:endnote>")),
    "comment": (C, _comment('w:author="a"', "ask NAME")),
    "comment's author": (C, _comment('w:author="NAME"', "ask")),
    "comment's initials": (C, _comment('w:author="a" w:initials="NAME"', "ask")),
    "list of commenters": (
        C,
        _part(
            "word/people.xml",
            '<w15:people xmlns:w15="urn:w15"><w15:person w15:author="',
            '"><w15:presenceInfo w15:providerId="AD" w15:userId="x"/></w15:person></w15:people>',
        ),
    ),
    "account of a commenter": (
        C,
        _part(
            "word/people.xml",
            '<w15:people xmlns:w15="urn:w15"><w15:person w15:author="a">'
            '<w15:presenceInfo w15:providerId="AD" w15:userId="S::',
            '::1"/></w15:person></w15:people>',
        ),
    ),
    "added words": (B, _change("ins", "t")),
    "removed words": (T, _change("del", "delText")),
    "words moved away": (T, _change("moveFrom", "t")),
    "words moved here": (B, _change("moveTo", "t")),
    "surname taken out": (
        T,
        lambda n: docx(
            '<w:p><w:r><w:t xml:space="preserve">We thank {} </w:t></w:r><w:del w:author="a"><w:r><w:delText>{}'
            "</w:delText></w:r></w:del><w:r><w:t> for all the help with the stalls and the songs.</w:t></w:r></w:p>".format(
                *n.split()
            )
        ),
    ),
    "surname hidden": (
        H,
        lambda n: docx(
            '<w:p><w:r><w:t xml:space="preserve">We thank {} </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}'
            "</w:t></w:r><w:r><w:t> for all the help with the stalls and the songs.</w:t></w:r></w:p>".format(
                *n.split()
            )
        ),
    ),
    "who added": (
        T,
        _at('<w:p><w:ins w:id="1" w:author="NAME"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'),
    ),
    "who changed the look": (
        T,
        _at(
            '<w:p><w:pPr><w:pPrChange w:id="1" w:author="NAME"><w:pPr/></w:pPrChange></w:pPr></w:p>'
        ),
    ),
    "alternative text": (Z, _at(_PICTURE % 'name="Picture 1" descr="NAME"')),
    "title of a picture": (Z, _at(_PICTURE % 'name="Picture 1" title="NAME"')),
    "name of a picture": (H, _at(_PICTURE % 'name="NAME.jpg"')),
    "alternative text of the old kind": (Z, _at(_BOX % (' alt="NAME"', ""))),
    "title of an old picture": (Z, _at(_BOX % ("", '<v:imagedata o:title="NAME"/>'))),
    "watermark": (H, _at(_BOX % ("", '<v:textpath string="NAME"/>'))),
    "text box": (
        B,
        lambda n: docx(
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{split(n)}"
            "</w:txbxContent></wps:txbx></mc:Choice></mc:AlternateContent></w:r></w:p>"
        ),
    ),
    "old text box": (
        B,
        lambda n: docx(
            _BOX % ("", f"<v:textbox><w:txbxContent>{split(n)}</w:txbxContent></v:textbox>")
        ),
    ),
    "hidden text": (H, _at("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>NAME</w:t></w:r></w:p>")),
    "content control": (B, _at(f"<w:sdt><w:sdtContent>{paragraph('NAME')}</w:sdtContent></w:sdt>")),
    "title of a content control": (H, _at(_SDT % '<w:alias w:val="NAME"/>')),
    "tag of a content control": (H, _at(_SDT % '<w:tag w:val="NAME"/>')),
    "choice of a content control": (
        H,
        _at(
            _SDT % '<w:dropDownList><w:listItem w:displayText="NAME" w:value="1"/></w:dropDownList>'
        ),
    ),
    "value of a content control": (
        H,
        _at(_SDT % '<w:comboBox><w:listItem w:displayText="x" w:value="NAME"/></w:comboBox>'),
    ),
    "default of a form field": (
        H,
        _at(_FIELD % '<w:textInput><w:default w:val="NAME"/></w:textInput>'),
    ),
    "help of a form field": (H, _at(_FIELD % '<w:helpText w:type="text" w:val="NAME"/>')),
    "choice of a form field": (H, _at(_FIELD % '<w:ddList><w:listEntry w:val="NAME"/></w:ddList>')),
    "bookmark": (H, lambda n: docx(f'<w:bookmarkStart w:id="0" w:name="{n.replace(" ", "_")}"/>')),
    "field code": (M, _field(' AUTHOR "NAME" ')),
    "simple field": (M, _at('<w:p><w:fldSimple w:instr=" AUTHOR NAME "/></w:p>')),
    "tip of a link": (Carrier.TITLE, _at('<w:p><w:hyperlink r:id="r9" w:tooltip="NAME"/></w:p>')),
    "target of a link": (
        Carrier.LINK,
        lambda n: docx("", ("hyperlink", f"mailto:{n.replace(' ', '.')}@example.org")),
    ),
    "equation": (B, _at("<w:p><m:oMath><m:r><m:t>NAME</m:t></m:r></m:oMath></w:p>")),
    "reading above a word": (
        B,
        _at(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>NAME</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>x</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r></w:p>"
        ),
    ),
    "caption of a table": (
        H,
        _at('<w:tbl><w:tblPr><w:tblCaption w:val="NAME"/></w:tblPr></w:tbl>'),
    ),
    "who may edit": (H, _at('<w:permStart w:id="1" w:ed="NAME"/>')),
    "custom mark-up": (
        H,
        _at(
            '<w:customXml w:element="child"><w:customXmlPr><w:attr w:name="n" w:val="NAME"/></w:customXmlPr></w:customXml>'
        ),
    ),
    "list number": (
        H,
        _part(
            "word/numbering.xml",
            f'<w:numbering {_NS}><w:lvl><w:lvlText w:val="',
            '"/></w:lvl></w:numbering>',
        ),
    ),
    "name of a style": (
        H,
        _part(
            "word/styles.xml",
            f'<w:styles {_NS}><w:style w:customStyle="1"><w:name w:val="',
            '"/></w:style></w:styles>',
        ),
    ),
    "document variable": (
        H,
        _settings('<w:docVars><w:docVar w:name="child" w:val="NAME"/></w:docVars>'),
    ),
    "mail merge query": (
        H,
        _settings('<w:mailMerge><w:query w:val="SELECT * FROM NAME"/></w:mailMerge>'),
    ),
    "mail merge source": (
        Carrier.LINK,
        _settings("", ("mailMergeSource", "file:///C:/Users/NAME/list.xlsx")),
    ),
    "template": (Carrier.LINK, _settings("", ("attachedTemplate", "file:///C:/Users/NAME/a.dotx"))),
    "creator": (P, _part("docProps/core.xml", *_around(CORE % "<dc:creator>NAME</dc:creator>"))),
    "last saved by": (
        P,
        _part("docProps/core.xml", *_around(CORE % "<cp:lastModifiedBy>NAME</cp:lastModifiedBy>")),
    ),
    "title": (P, _part("docProps/core.xml", *_around(CORE % "<dc:title>NAME</dc:title>"))),
    "keywords": (P, _part("docProps/core.xml", *_around(CORE % "<cp:keywords>NAME</cp:keywords>"))),
    "category": (P, _part("docProps/core.xml", *_around(CORE % "<cp:category>NAME</cp:category>"))),
    "boss": (P, _part("docProps/app.xml", *_around(APP % "<Manager>NAME</Manager>"))),
    "company": (P, _part("docProps/app.xml", *_around(APP % "<Company>NAME</Company>"))),
    "property of its own": (P, _part("docProps/custom.xml", *_around(CUSTOM % ("child", "NAME")))),
    "name of a property": (P, _part("docProps/custom.xml", *_around(CUSTOM % ("NAME", "x")))),
    "custom XML": (H, _part("customXml/item1.xml", "<d><child>", "</child></d>")),
    "attribute in custom XML": (H, _part("customXml/item1.xml", '<d child="', '"/>')),
    "comment in the XML": (C, _part("customXml/item1.xml", "<d><!-- ", " --></d>")),
    "glossary": (
        H,
        lambda n: docx(
            more={
                "word/glossary/document.xml": f"<w:glossaryDocument {_NS}>{split(n)}</w:glossaryDocument>"
            }
        ),
    ),
    "diagram": (H, lambda n: docx(more={"word/diagrams/data1.xml": DIAGRAM % halves(n)})),
    "title of a chart": (
        H,
        lambda n: docx(more={"word/charts/chart1.xml": CHART % (CHART_TITLE % halves(n))}),
    ),
    "numbers behind a chart": (
        H,
        _part("word/charts/chart1.xml", *_around(CHART % CHART_CACHE % "NAME")),
    ),
    "thumbnail": (P, lambda n: docx(more={"docProps/thumbnail.jpeg": segment(0xFE, n.encode())})),
    "picture": (P, lambda n: docx(more={"word/media/image1.jpeg": segment(0xFE, n.encode())})),
    "name of a picture file": (
        Carrier.ATTACHMENT,
        lambda n: docx(more={f"word/media/{n}.jpeg": segment(0xFE, b"x")}),
    ),
    "workbook inside": (Carrier.CELL, _inside("embeddings/a.xlsx", workbook)),
    "PDF inside a document inside": (B, _deeper),
    "old object inside": (
        H,
        lambda n: docx(
            more={
                "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\1"
                + n.encode("utf-16-le")
            }
        ),
    ),
    "web page inside": (
        B,
        lambda n: docx(
            "",
            ("aFChunk", "afchunk.htm"),
            more={"word/afchunk.htm": f"<html><body><p>{n[:3]}<b>{n[3:]}</b></p></body></html>"},
        ),
    ),
    "printer's settings": (
        H,
        lambda n: docx(more={"word/printerSettings1.bin": n.encode("utf-16-le")}),
    ),
    "comment of the zip file": (
        C,
        lambda n: zipped(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": relations(("officeDocument", "word/document.xml")),
                "word/document.xml": f"<w:document {_NS}/>",
            },
            n.encode(),
        ),
    ),
    "bytes before the start": (H, _behind),
    "comment of a part": (C, _part_comment),
}
