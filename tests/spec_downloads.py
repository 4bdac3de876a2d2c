"""Office files and PDFs by recipe, for specs.

``office PATH`` takes TOML by the ending of the path:

- ``.docx``: ``paragraphs``: words, or tables with ``text`` and ``hidden``, ``added_by``,
  ``removed_by``, ``marker``, ``colour``; ``comments``; ``author``; ``program``, ``inside``,
  ``template``
- ``.xlsx``: a table a sheet: ``state``, ``rows``, ``hidden_rows``, ``filtered``,
  ``hidden_columns``; ``pivot`` and ``outside``: how many rows and cells are kept of another table
- ``.pptx``: ``slides``: tables with ``text``, ``hidden``, ``left``, ``notes``, ``box``
- ``.odt``, ``.ods``, ``.odp``: ``content``: what stands in the body, ``styles``: what defines looks

``drawing PATH`` is a PDF of one page: ``content``: its operators, ``off``: a layer that is off,
``note``, ``redact``, ``locked``, ``attached``, ``opens``, ``scan``, ``title``, ``language``,
``tagged``, ``author``.
"""

import io
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.extract.office_files import REL, W, relations, zipped

if TYPE_CHECKING:
    import pikepdf

Recipe = Mapping[str, Any]
_CORE = '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc">{}</cp:coreProperties>'
_SHEET = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{REL}"'
_SLIDE = f'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="{REL}"'
_ODF = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in ("office", "text", "table", "draw", "style", "svg", "xlink", "dc", "fo")
)


def office(path: str, text: str) -> bytes:
    """Write an office file by its recipe."""
    ending, wish = path.rpartition(".")[2], tomllib.loads(text)
    if ending in ("odt", "ods", "odp"):
        return _opendocument(ending, wish)
    makers = {"docx": _docx, "xlsx": _xlsx, "pptx": _pptx}
    parts = {"[Content_Types].xml": "<Types/>", **makers[ending](wish)}
    if "author" in wish:
        parts["docProps/core.xml"] = _CORE.format(f"<dc:creator>{wish['author']}</dc:creator>")
    return zipped(parts)


def _docx(wish: Recipe) -> dict[str, str | bytes]:
    body = "".join(map(_paragraph, wish.get("paragraphs", ["Dear parents,"])))
    targets = []
    parts: dict[str, str | bytes] = {}
    if comments := wish.get("comments"):
        said = "".join(f"<w:comment><w:p>{_run(each)}</w:p></w:comment>" for each in comments)
        parts["word/comments.xml"] = f"<w:comments {W}>{said}</w:comments>"
        targets.append(("comments", "comments.xml"))
    if wish.get("program"):
        parts["word/vbaProject.bin"] = b"Sub AutoOpen()"
    if wish.get("inside"):
        parts["word/embeddings/table.csv"] = b"1,2"
    if "template" in wish:
        targets.append(("attachedTemplate", wish["template"]))
    return {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*targets),
        **parts,
    }


def _run(words: str, look: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:{tag}>{words}</w:{tag}></w:r>"


def _paragraph(wish: str | Recipe) -> str:
    if isinstance(wish, str):
        return f"<w:p>{_run(wish)}</w:p>"
    look = "<w:vanish/>" if wish.get("hidden") else ""
    look += f'<w:highlight w:val="{wish["marker"]}"/>' if "marker" in wish else ""
    look += f'<w:color w:val="{wish["colour"]}"/>' if "colour" in wish else ""
    run = _run(wish["text"], look, "delText" if "removed_by" in wish else "t")
    for key, tag in (("added_by", "ins"), ("removed_by", "del")):
        if key in wish:
            run = f'<w:{tag} w:author="{wish[key]}">{run}</w:{tag}>'
    return f"<w:p>{run}</w:p>"


def _xlsx(wish: Recipe) -> dict[str, str | bytes]:
    sheets = {name: sheet for name, sheet in wish.items() if isinstance(sheet, dict)}
    book, parts = "", {}
    for number, (name, sheet) in enumerate(sheets.items(), 1):
        state = f'state="{sheet["state"]}"' if "state" in sheet else ""
        book += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}" {state}/>'
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
    if rows := wish.get("pivot"):
        records = "<r><s v='Oak'/></r>" * rows
        kept = f"<pivotCacheRecords {_SHEET}>{records}</pivotCacheRecords>"
        parts["xl/pivotCache/pivotCacheRecords1.xml"] = kept
    if cells := wish.get("outside"):
        held = "<cell><v>Oak</v></cell>" * cells
        parts["xl/externalLinks/externalLink1.xml"] = (
            f"<externalLink {_SHEET}><externalBook><sheetDataSet><sheetData><row>{held}</row>"
            "</sheetData></sheetDataSet></externalBook></externalLink>"
        )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    return {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {_SHEET}><sheets>{book}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets),
        **parts,
    }


def _sheet(wish: Recipe) -> str:
    columns = "".join(
        f'<col min="{c}" max="{c}" hidden="1"/>' for c in wish.get("hidden_columns", [])
    )
    lines = ""
    for number, row in enumerate(wish.get("rows", []), 1):
        hidden = 'hidden="1"' if number in wish.get("hidden_rows", []) else ""
        cells = "".join(
            f'<c r="{chr(64 + column)}{number}" t="inlineStr"><is><t>{words}</t></is></c>'
            for column, words in enumerate(row, 1)
        )
        lines += f'<row r="{number}" {hidden}>{cells}</row>'
    choice = "<autoFilter><filterColumn colId='0'/></autoFilter>" if wish.get("filtered") else ""
    around = f"<cols>{columns}</cols>" if columns else ""
    return f"<worksheet {_SHEET}>{around}<sheetData>{lines}</sheetData>{choice}</worksheet>"


def _pptx(wish: Recipe) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes] = {}
    targets = []
    listed = ""
    for number, slide in enumerate(wish["slides"], 1):
        listed += f'<p:sldId id="{255 + number}" r:id="r{number}"/>'
        targets.append(("slide", f"slides/slide{number}.xml"))
        show = 'show="0"' if slide.get("hidden") else ""
        shapes = _shape(slide["text"], slide.get("left", 100))
        if "box" in slide:
            shapes += _shape(
                "", 100, f'<a:solidFill><a:srgbClr val="{slide["box"]}"/></a:solidFill>'
            )
        parts[f"ppt/slides/slide{number}.xml"] = _tree("sld", shapes, show)
        if "notes" in slide:
            parts[f"ppt/notesSlides/notes{number}.xml"] = _tree("notes", _shape(slide["notes"], 1))
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(
                ("notesSlide", f"../notesSlides/notes{number}.xml")
            )
    return {
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_SLIDE}><p:sldIdLst>{listed}</p:sldIdLst>"
        '<p:sldSz cx="9000" cy="6000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(*targets),
        **parts,
    }


def _shape(words: str, left: int, fill: str = "") -> str:
    place = f'<a:xfrm><a:off x="{left}" y="100"/><a:ext cx="500" cy="300"/></a:xfrm>'
    body = f"<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody>" if words else ""
    return f"<p:sp><p:spPr>{place}{fill}</p:spPr>{body}</p:sp>"


def _tree(tag: str, shapes: str, settings: str = "") -> str:
    inside = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
    return f"<p:{tag} {_SLIDE} {settings}>{inside}</p:{tag}>"


def _opendocument(ending: str, wish: Recipe) -> bytes:
    kind, tag = {
        "odt": ("text", "text"),
        "ods": ("spreadsheet", "spreadsheet"),
        "odp": ("presentation", "presentation"),
    }[ending]
    styles = f"<office:automatic-styles>{wish.get('styles', '')}</office:automatic-styles>"
    body = f"<office:body><office:{tag}>{wish['content']}</office:{tag}></office:body>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document {_ODF}>{styles}{body}</office:document>",
        }
    )


def drawing(text: str) -> bytes:
    """Write a PDF of one page by its recipe."""
    import pikepdf  # only PDFs need it
    from pikepdf import Array, Dictionary, Name, String

    wish = tomllib.loads(text)
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 800))
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(wish.get("content", "").encode())
    box = Array([10, 10, 90, 30])
    if "note" in wish:
        said = String(wish["note"])
        page.Annots = Array([Dictionary(Subtype=Name.Text, Rect=box, Contents=said)])
    if wish.get("redact"):
        page.Annots = Array([Dictionary(Subtype=Name.Redact, Rect=box)])
    if wish.get("scan"):
        picture = pdf.make_stream(bytes(64), Subtype=Name.Image, Width=8, Height=8)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        page.Resources.XObject = Dictionary(P=picture)
        page.Contents = pdf.make_stream(b"300 0 0 800 0 0 cm /P Do")
    _settle(pdf, wish)
    out = io.BytesIO()
    lock = pikepdf.Encryption(owner="lock", user="", R=6) if wish.get("locked") else False
    pdf.save(out, encryption=lock)
    return out.getvalue()


def _settle(pdf: "pikepdf.Pdf", wish: Recipe) -> None:
    """Set what belongs to the whole PDF."""
    from pikepdf import Array, Dictionary, Name, String

    root = pdf.Root
    if wish.get("off"):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Key")))
        root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    if "attached" in wish:
        pdf.attachments["a.txt"] = wish["attached"].encode()
    if "opens" in wish:
        root.OpenAction = Dictionary(S=Name.URI, URI=String(wish["opens"]))
    if wish.get("tagged"):
        root.MarkInfo, root.StructTreeRoot = Dictionary(Marked=True), Dictionary()
    if "language" in wish:
        root.Lang = String(wish["language"])
    for key in ("title", "author"):
        if key in wish:
            pdf.docinfo[f"/{key.title()}"] = wish[key]
