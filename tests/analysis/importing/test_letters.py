"""What a letter shows is taken over; what it hides is left behind and said."""

import io
from collections.abc import Mapping
from types import MappingProxyType

import pytest
from PIL import Image

from moderation.analysis.importing.letter import Letter
from moderation.analysis.importing.read import read_letter
from moderation.model import ExtractionError
from moderation.policy import default_policy
from tests.extract.office_files import docx, odf, paragraph, relations, zipped

LIMITS = default_policy().limits
ODT = "application/vnd.oasis.opendocument.text"
TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = (
    "<w:styles xmlns:w='urn:w'>"
    "<w:style w:styleId='t'><w:name w:val='Title'/></w:style>"
    "<w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:styleId='own'><w:basedOn w:val='berschrift1'/><w:name w:val='Mine'/></w:style>"
    "<w:style w:styleId='toc'><w:name w:val='toc 1'/></w:style>"
    "<w:style w:styleId='gone'><w:name w:val='Gone'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:styleId='strong'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>"
    "</w:styles>"
)
NUMBERS = (
    "<w:numbering xmlns:w='urn:w'><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='lowerLetter'/></w:lvl>"
    "<w:lvl w:ilvl='3'><w:numFmt w:val='none'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)


def word(
    body: str, *refers: tuple[str, str], more: Mapping[str, str | bytes] = MappingProxyType({})
) -> Letter:
    parts = {"[Content_Types].xml": TYPES, "word/styles.xml": STYLES, "word/n.xml": NUMBERS}
    known = (*refers, ("styles", "styles.xml"), ("numbering", "n.xml"))
    return read_letter(docx(body, *known, more={**parts, **more}), "p/a", 1200, LIMITS)


def entry(words: str, depth: int) -> str:
    setting = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(words, f"<w:pPr>{setting}</w:pPr>")


def styled(words: str, style: str) -> str:
    return paragraph(words, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def run(words: str, settings: str = "") -> str:
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{words}</w:t></w:r>"


def together(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def photo(width: int = 200, height: int = 100) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    out = io.BytesIO()
    picture = Image.new("RGB", (width, height), "red")
    picture.paste((0, 0, 255), (width // 2, 0, width, height))
    picture.save(out, "PNG")
    return out.getvalue()


def drawn(more: str = "", said: str = 'descr="A field"') -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="IMG_1.jpg" {said}/>'
        f'<pic:blipFill xmlns:pic="urn:pic"><a:blip xmlns:a="urn:a" r:embed="r1"/>{more}'
        "</pic:blipFill></wp:inline></w:drawing></w:r></w:p>"
    )


def field(asks: str, shows: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{asks}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shows)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
BODIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "headings of any language": (
        styled("Trip", "t") + styled("Where", "own") + styled("When", "berschrift1"),
        "## Where\n\n## When\n",
        (),
    ),
    "lists": (
        entry("a", 0)
        + entry("b", 1)
        + entry("c", 2)
        + entry("d", 0)
        + paragraph("e")
        + entry("f", 0)
        + entry("g", 3),
        "3. a\n    - b\n        1. c\n4. d\n\ne\n\n5. f\n\ng\n",
        ("letters of lists, which are numbers now,",),
    ),
    "changes": (
        f"<w:p>{run('Come ')}<w:ins>{run('on Monday')}</w:ins><w:del><w:r><w:delText>never"
        f"</w:delText></w:r></w:del><w:moveFrom>{run('late')}</w:moveFrom></w:p>",
        "Come on Monday\n",
        ("tracked changes (3)",),
    ),
    "hidden words": (
        together(
            run("A", "<w:vanish/>"),
            run("B", '<w:vanish w:val="0"/>'),
            run("C", '<w:color w:val="FFFFFF"/>'),
            run("D", '<w:rStyle w:val="gone"/>'),
        ),
        "B\n",
        ("hidden text (3)",),
    ),
    "manners": (
        together(
            run("A ", "<w:b/>"),
            run("b ", "<w:i/>"),
            run("c", '<w:rStyle w:val="strong"/>'),
            run("d", "<w:u/><w:strike/>"),
        ),
        "**A** *b* **c**d\n",
        ("the line through struck-out words", "underlining"),
    ),
    "fields": (
        together(
            field("HYPERLINK &quot;https://a.example/&quot;", "here"),
            field(" PAGE ", " 7 "),
            field("HYPERLINK \\l &quot;x&quot;", "there"),
        ),
        "[here](https://a.example/) 7 there\n",
        (),
    ),
    "table of contents": (
        together(field("TOC \\o", "Where 3")) + styled("Where 3", "toc") + paragraph("A"),
        "A\n",
        ("the table of contents",),
    ),
    "merged cells": (
        "<w:tbl><w:tr>"
        + CELL.format('<w:gridSpan w:val="2"/>', paragraph("A"))
        + CELL.format('<w:vMerge w:val="restart"/>', paragraph("B"))
        + "</w:tr><w:tr>"
        + CELL.format("", paragraph("c") + paragraph("d"))
        + CELL.format("", paragraph("e"))
        + CELL.format("<w:vMerge/>", paragraph("unseen"))
        + "</w:tr></w:tbl>",
        "| A |  | B |\n| --- | --- | --- |\n| c d | e |  |\n",
        ("merged cells (2)", "paragraphs in cells, which are one now,"),
    ),
    "table of one cell": (
        f"<w:tbl><w:tr>{CELL.format('', paragraph('A') + paragraph('B'))}</w:tr></w:tbl>",
        "A\n\nB\n",
        (),
    ),
    "text box": (
        "<w:p><w:r><w:drawing><wp:anchor><wp:txbxContent>"
        + together(run("Reply slip", '<w:color w:val="FFFFFF"/>'))
        + "</wp:txbxContent></wp:anchor></w:drawing></w:r>"
        + run("Dear all")
        + "</w:p>",
        "Dear all\n\nReply slip\n",
        ("colours", "frames of text boxes"),
    ),
    "what a page cannot have": (
        f"<w:p>{run('A')}<w:r><w:footnoteReference w:id='1'/></w:r><m:oMath xmlns:m='urn:m'>"
        "<m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:drawing><wp:inline><c:chart xmlns:c='c'/>"
        "</wp:inline></w:drawing></w:r></w:p><w:sectPr><w:cols w:num='2'/></w:sectPr>",
        "A\n",
        ("charts", "columns", "equations", "footnotes"),
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_words_and_structure_of_a_docx(name: str) -> None:
    body, text, lost = BODIES[name]
    letter = word(body)
    assert (letter.text, letter.lost) == (text, lost)


def test_what_is_cut_off_a_picture_is_gone() -> None:
    cut = '<a:srcRect xmlns:a="urn:a" l="50000"/>'
    letter = word(drawn(cut), ("image", "media/a.png"), more={"word/media/a.png": photo()})
    assert letter.text == "![A field](p/a-1.png)\n"
    with Image.open(io.BytesIO(letter.pictures[0].data)) as picture:
        assert picture.size == (100, 100)
        assert picture.convert("RGB").getcolors() == [(10_000, (0, 0, 255))]


def test_picture_that_is_there_twice_is_one_file() -> None:
    letter = word(
        drawn() + drawn(said=""), ("image", "media/a.png"), more={"word/media/a.png": photo()}
    )
    assert letter.text == (
        "![A field](p/a-1.png)\n\n![[[Say what the picture shows]]](p/a-1.png)\n"
    )
    assert [picture.name for picture in letter.pictures] == ["a-1.png"]


@pytest.mark.parametrize("data", [b"\xd7\xcd\xc6\x9a a metafile", photo()[:60]])
def test_picture_that_cannot_be_published_is_said(data: bytes) -> None:
    refers, more = ("image", "media/a.png"), {"word/media/a.png": data}
    letter = word(drawn() + paragraph("A"), refers, more=more)
    assert letter.text == "A\n"
    assert letter.pictures == ()
    assert letter.lost == ("pictures of a kind that is not published, or damaged",)


def test_links_lead_to_the_web_only() -> None:
    body = "".join(
        f'<w:p><w:hyperlink r:id="r{n}">{run(f"link {n}")}</w:hyperlink></w:p>' for n in (1, 2, 3)
    )
    targets = ("https://a.example/b?c=1&amp;d", "file:///c:/secret.docx", "mailto:a@b.example")
    letter = word(body, *(("hyperlink", target) for target in targets))
    assert letter.text == (
        "[link 1](https://a.example/b?c=1&d)\n\nlink 2\n\n[link 3](mailto:a@b.example)\n"
    )
    assert letter.lost == ("links to places in the letter or to files",)


ODT_BODY = (
    "<office:automatic-styles><text:text-style><text:text> on </text:text></text:text-style>"
    '<style:style style:name="B"><style:text-properties '
    'font-weight="bold"/></style:style><style:style style:name="H"><style:text-properties '
    'text:display="none"/></style:style><text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" num-format="1" text:start-value="2"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles>'
    "<office:body><office:text><text:tracked-changes><text:p>never</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Trip</text:h>'
    '<text:p>Come<text:s text:c="3"/>to <text:span text:style-name="B">us</text:span>'
    '<text:span text:style-name="H">unseen</text:span><text:line-break/>'
    '<text:a xlink:href="https://a.example/">here</text:a><office:annotation><text:p>why?</text:p>'
    "</office:annotation><text:note><text:p>foot</text:p></text:note></text:p>"
    '<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:list><text:list-item>'
    "<text:p>b</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>c"
    "</text:p></text:list-item></text:list>"
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
    "</table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row>"
    "</table:table-header-rows><table:table-row><table:table-cell><text:p>c</text:p>"
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
    '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A field</svg:desc>'
    "</draw:frame></text:p></office:text></office:body>"
)


def test_words_and_structure_of_an_odt() -> None:
    data = odf(ODT, ODT_BODY, {"Pictures/a.png": photo()})
    letter = read_letter(data, "p/a", 1200, LIMITS)
    assert letter.title == "Trip"
    assert letter.text == (
        "Come to **us**  \n[here](https://a.example/)\n\n"
        "2. a\n    - b\n3. c\n\n"
        "| A | B |\n| --- | --- |\n| c |  |\n\n"
        "![A field](p/a-1.png)\n"
    )
    assert letter.lost == (
        "comments",
        "footnotes",
        "hidden text",
        "merged cells",
        "tracked changes",
    )


def test_letter_of_nothing_is_refused() -> None:
    with pytest.raises(ExtractionError, match="holds no words"):
        word("<w:p/>")


def test_bombs_are_refused() -> None:
    with pytest.raises(ExtractionError, match="unpacks to more than"):
        word(paragraph("A"), more={"word/big.xml": "0" * 30_000_000})
    deep = "<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100
    with pytest.raises(ExtractionError, match="damaged"):
        word(deep)
    entity = "<!DOCTYPE w:document [<!ENTITY e 'x'>]>"
    body = f"{entity}<w:document xmlns:w='urn:w'><w:body/></w:document>"
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": body}
    head = {"_rels/.rels": relations(("officeDocument", "word/document.xml"))}
    with pytest.raises(ExtractionError, match="damaged"):
        read_letter(zipped({**parts, **head}), "p/a", 1200, LIMITS)


OPEN_BODIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "text boxes": (
        "<text:p><draw:frame><draw:text-box><text:p>Reply slip</text:p></draw:text-box>"
        "</draw:frame>Dear all</text:p>",
        "Dear all\n\nReply slip\n",
        ("frames of text boxes",),
    ),
    "shapes with words": (
        "<draw:custom-shape><text:p>Fete!</text:p></draw:custom-shape><text:p>A</text:p>",
        "Fete!\n\nA\n",
        ("frames of text boxes", "shapes"),
    ),
    "cut pictures": (
        '<text:p>A<draw:frame draw:style-name="C"><draw:image xlink:href="Pictures/a.png"/>'
        "</draw:frame></text:p>",
        "A\n",
        ("pictures that are cut; cut them for good, then schoolgate add photo,",),
    ),
    "pictures from elsewhere": (
        '<text:p>A<draw:frame><draw:image xlink:href="https://a.example/b.png"/></draw:frame>'
        '<text:a xlink:href="../secret.odt">b</text:a></text:p>',
        "Ab\n",
        ("links to places in the letter or to files", "pictures that lie elsewhere"),
    ),
    "hidden sections": (
        '<text:section text:display="none"><text:p>A</text:p></text:section>'
        '<text:section><text:p text:style-name="N">never</text:p><text:p>B</text:p></text:section>',
        "B\n",
        ("hidden text (2)",),
    ),
    "white words": (
        '<text:p>A<text:span text:style-name="W">b</text:span></text:p>'
        '<table:table><table:table-row><table:table-cell><text:p><text:span text:style-name="W">c'
        "</text:span></text:p></table:table-cell></table:table-row></table:table>",
        "A\n\nc\n",
        ("hidden text",),
    ),
    "tables in tables": (
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p><table:table>"
        "<table:table-row><table:table-cell><text:p>b</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table>'
        "</table:table-cell><table:table-cell><text:p>C</text:p></table:table-cell>"
        "</table:table-row></table:table>",
        "| A b | C |\n| --- | --- |\n",
        (),
    ),
    "titles": (
        '<text:p text:style-name="P1">Trip</text:p><text:h text:outline-level="3">When</text:h>',
        "## When\n",
        (),
    ),
}
OPEN_STYLES = (
    '<office:automatic-styles><style:style style:name="C"><style:graphic-properties '
    'fo:clip="rect(0cm, 1.5cm, 0cm, 0cm)" xmlns:fo="f"/></style:style>'
    '<style:style style:name="N"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="W"><style:text-properties fo:color="#ffffff" xmlns:fo="f"/>'
    '</style:style><style:style style:name="P1" style:parent-style-name="Title"/>'
    "</office:automatic-styles>"
)


@pytest.mark.parametrize("name", OPEN_BODIES)
def test_words_and_structure_of_open_bodies(name: str) -> None:
    body, text, lost = OPEN_BODIES[name]
    content = f"{OPEN_STYLES}<office:body><office:text>{body}</office:text></office:body>"
    letter = read_letter(odf(ODT, content, {"Pictures/a.png": photo()}), "p/a", 1200, LIMITS)
    assert (letter.text, letter.lost) == (text, lost)


def test_locked_and_large_letters_are_refused() -> None:
    words = "<office:body><office:text><text:p>A</text:p></office:text></office:body>"
    locked = odf(ODT, words, {"META-INF/manifest.xml": "<encryption-data/>"})
    with pytest.raises(ExtractionError, match="is encrypted"):
        read_letter(locked, "p/a", 1200, LIMITS)
    with pytest.raises(ExtractionError, match="is larger than"):
        read_letter(bytes(LIMITS.asset_bytes + 1), "p/a", 1200, LIMITS)


def test_rows_that_were_removed_and_embedded_documents_are_left() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    gone = row.format("<w:trPr><w:del/></w:trPr>", paragraph("x"), paragraph("y"))
    kept = row.format("", paragraph("a"), paragraph("b"))
    inner = f"<w:tbl>{kept}</w:tbl>"
    nested = row.format("", paragraph("c") + inner, paragraph("d"))
    letter = word(
        f"<w:tbl>{gone}{kept}{nested}</w:tbl><w:altChunk/>"
        f"<w:sdt><w:sdtPr><w:docPartGallery w:val='Table of Contents'/></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Where 3')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{paragraph('e')}</w:sdtContent></w:sdt>"
    )
    assert letter.text == "| a | b |\n| --- | --- |\n| c a b | d |\n\ne\n"
    assert letter.lost == (
        "embedded documents",
        "paragraphs in cells, which are one now,",
        "tables inside others",
        "the table of contents",
        "tracked changes",
    )


def test_hidden_and_old_drawings() -> None:
    refers, more = ("image", "media/a.png"), {"word/media/a.png": photo()}
    old = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:v" alt="A hall"><v:imagedata r:id="r1" '
        'cropleft="32768f" cropright="0.25"/></v:shape></w:pict></w:r></w:p>'
    )
    letter = word(drawn(said='hidden="1"') + old + paragraph("A"), refers, more=more)
    assert letter.text == "![A hall](p/a-1.png)\n\nA\n"
    assert letter.lost == ("hidden drawings",)
    with Image.open(io.BytesIO(letter.pictures[0].data)) as picture:
        assert picture.size == (50, 100)
    letter = word(
        drawn('<a:srcRect xmlns:a="urn:a" l="60%" r="60%"/>') + paragraph("A"), refers, more=more
    )
    assert letter.lost == ("pictures of a kind that is not published, or damaged",)
    letter = word(drawn() + paragraph("A"), ("image", "https://a.example/b.png"))
    assert letter.lost == ("pictures that lie elsewhere",)
