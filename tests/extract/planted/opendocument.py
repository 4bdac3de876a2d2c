"""OpenDocument files with a name in one carrier each, written part by part."""

# ruff: noqa: E501 - the XML of a carrier stays on one line
import io
import zipfile
from collections.abc import Callable

from moderation.model import Carrier
from tests.extract.planted.pictures import segment
from tests.extract.planted.plant import Table, halves
from tests.extract.planted.word import NONE, Parts, zipped

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = ("office", "text", "table", "style", "meta", "presentation", "form", "config", "script")
_NS = " ".join(f'xmlns:{each}="{_URN}:{each}:1.0"' for each in _SPACES)
_NS += f' xmlns:draw="{_URN}:drawing:1.0"'
_NS += (
    f' xmlns:svg="{_URN}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


_MASTER = (
    '<office:automatic-styles><style:page-layout style:name="pl"/></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pl"/>'
    "</office:master-styles>"
)


def odf(kind: str, inside: str = "", styles: str = "", more: Parts = NONE) -> bytes:
    """Write a file as the standard asks: its type first and not packed, and a list of all parts."""
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    parts = {
        "content.xml": f'<office:document-content {_NS} office:version="1.3">{styles}<office:body>'
        f"<office:{kind}>{inside}</office:{kind}></office:body></office:document-content>",
        **more,
    }
    if kind == "presentation":
        parts.setdefault("styles.xml", _styles(_MASTER))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in parts
    )
    listed = (
        f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{media_type}"/>{entries}</manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media_type, zipfile.ZIP_STORED)
        for name, content in {**parts, "META-INF/manifest.xml": listed}.items():
            archive.writestr(name, content)
    return out.getvalue()


def _packed_type(name: str) -> bytes:
    return zipped(
        {
            "content.xml": f"<office:document-content {_NS}><office:body><office:text><text:p>{name}"
            "</text:p></office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
            "mimetype": "application/vnd.oasis.opendocument.text",
        }
    )


def _at(kind: str, template: str, styles: str = "") -> Callable[[str], bytes]:
    return lambda n: odf(kind, template.replace("NAME", n), styles)


def _part(kind: str, entry: str, template: str) -> Callable[[str], bytes]:
    return lambda n: odf(kind, more={entry: template.replace("NAME", n)})


def _meta(inside: str) -> str:
    return f"<office:document-meta {_NS}><office:meta>{inside}</office:meta></office:document-meta>"


def _styles(inside: str) -> str:
    return f"<office:document-styles {_NS}>{inside}</office:document-styles>"


def _master(inside: str) -> str:
    master = f'<style:master-page style:name="Standard">{inside}</style:master-page>'
    return _styles(f"<office:master-styles>{master}</office:master-styles>")


def _split(name: str) -> str:
    first, second = halves(name)
    return f"<text:p>{first}<text:span>{second}</text:span></text:p>"


B, C, H, P = Carrier.BODY, Carrier.COMMENT, Carrier.HIDDEN, Carrier.PROPERTY
T, R, Z = Carrier.TRACKED_CHANGE, Carrier.HEADER, Carrier.ALT
_FRAME = '<draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm">'
_BOXED = "<draw:text-box><text:p>x</text:p></draw:text-box>"
_WHO = "<office:change-info><dc:creator>NAME</dc:creator></office:change-info>"
_HIDE = (
    '<office:automatic-styles><style:style style:name="T9" style:family="text"><style:text-properties '
    'text:display="none"/></style:style></office:automatic-styles>'
)


def _row(kind: str) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        cells = "".join(
            f"<table:table-cell><text:p>{each}</text:p></table:table-cell>" for each in name.split()
        )
        return odf(
            kind,
            f'<table:table table:name="t"><table:table-column table:number-columns-repeated="2"/><table:table-row>{cells}</table:table-row></table:table>',
        )

    return make


ODT: Table = {
    "paragraph": (B, _at("text", "<text:p>NAME</text:p>")),
    "word in two runs": (B, lambda n: odf("text", _split(n))),
    "paragraph of a file whose type is packed": (B, _packed_type),
    "two cells of a row": (Carrier.CELL, _row("text")),
    "spaces": (
        B,
        lambda n: odf("text", "<text:p>{}<text:s text:c='2'/>{}</text:p>".format(*n.split())),
    ),
    "header": (
        R,
        _part("text", "styles.xml", _master("<style:header><text:p>NAME</text:p></style:header>")),
    ),
    "footer of the first page": (
        R,
        _part(
            "text",
            "styles.xml",
            _master("<style:footer-first><text:p>NAME</text:p></style:footer-first>"),
        ),
    ),
    "footnote": (
        B,
        _at(
            "text",
            "<text:p>x<text:note><text:note-body><text:p>NAME</text:p></text:note-body></text:note></text:p>",
        ),
    ),
    "comment": (
        C,
        _at(
            "text", "<text:p>x<office:annotation><text:p>NAME</text:p></office:annotation></text:p>"
        ),
    ),
    "comment's author": (
        C,
        _at(
            "text",
            "<text:p>x<office:annotation><dc:creator>NAME</dc:creator></office:annotation></text:p>",
        ),
    ),
    "comment's initials": (
        C,
        _at(
            "text",
            "<text:p>x<office:annotation><meta:creator-initials>NAME</meta:creator-initials></office:annotation></text:p>",
        ),
    ),
    "removed words": (
        T,
        _at(
            "text",
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>NAME</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        ),
    ),
    "surname taken out": (
        H,
        lambda n: odf(
            "text",
            '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><text:p>{1}</text:p>'
            "</text:deletion></text:changed-region></text:tracked-changes><text:p>We thank {0} "
            '<text:change text:change-id="ct1"/> for the songs.</text:p>'.format(*n.split()),
        ),
    ),
    "surname hidden": (
        H,
        lambda n: odf(
            "text",
            '<text:p>We thank {} <text:span text:style-name="T9">{}</text:span> for the songs.</text:p>'.format(
                *n.split()
            ),
            _HIDE,
        ),
    ),
    "who changed": (
        T,
        _at(
            "text",
            f"<text:tracked-changes><text:changed-region><text:insertion>{_WHO}</text:insertion></text:changed-region></text:tracked-changes>",
        ),
    ),
    "hidden text": (
        H,
        _at("text", '<text:p><text:hidden-text text:string-value="NAME"/></text:p>'),
    ),
    "text of a hidden style": (
        H,
        _at("text", '<text:p>x<text:span text:style-name="T9">NAME</text:span></text:p>', _HIDE),
    ),
    "hidden section": (
        H,
        _at("text", '<text:section text:display="none"><text:p>NAME</text:p></text:section>'),
    ),
    "name of a section": (
        H,
        _at("text", '<text:section text:name="NAME"><text:p>x</text:p></text:section>'),
    ),
    "alternative text": (
        Z,
        _at("text", f"<text:p>{_FRAME}{_BOXED}<svg:desc>NAME</svg:desc></draw:frame></text:p>"),
    ),
    "title of a picture": (
        Z,
        _at("text", "<text:p><draw:frame><svg:title>NAME</svg:title></draw:frame></text:p>"),
    ),
    "name of a picture": (H, _at("text", '<text:p><draw:frame draw:name="NAME"/></text:p>')),
    "text box": (
        B,
        lambda n: odf(
            "text",
            f"<text:p>{_FRAME}<draw:text-box>{_split(n)}</draw:text-box></draw:frame></text:p>",
        ),
    ),
    "bookmark": (H, _at("text", '<text:p><text:bookmark text:name="NAME"/>x</text:p>')),
    "variable": (
        H,
        _at(
            "text",
            '<text:user-field-decls><text:user-field-decl text:name="x" office:string-value="NAME"/></text:user-field-decls>',
        ),
    ),
    "words on a condition": (
        H,
        _at("text", '<text:p><text:conditional-text text:string-value-if-true="NAME"/></text:p>'),
    ),
    "placeholder": (
        H,
        _at(
            "text",
            '<text:p><text:placeholder text:description="NAME">x</text:placeholder></text:p>',
        ),
    ),
    "entry of an index": (
        H,
        _at(
            "text",
            '<text:p><text:alphabetical-index-mark text:string-value="x" text:key1="NAME"/></text:p>',
        ),
    ),
    "button": (H, _at("text", '<form:form><form:button form:label="NAME"/></form:form>')),
    "value of a form field": (
        H,
        _at("text", '<form:form><form:text form:current-value="NAME"/></form:form>'),
    ),
    "target of a link": (
        Carrier.LINK,
        _at("text", '<text:p><text:a xlink:href="https://example.org/NAME">x</text:a></text:p>'),
    ),
    "tip of a link": (
        Carrier.TITLE,
        _at(
            "text",
            '<text:p><text:a xlink:href="https://example.org/" office:title="NAME">x</text:a></text:p>',
        ),
    ),
    "name of a style": (
        H,
        _part(
            "text", "styles.xml", _styles('<style:style style:name="x" style:display-name="NAME"/>')
        ),
    ),
    "first creator": (
        P,
        _part("text", "meta.xml", _meta("<meta:initial-creator>NAME</meta:initial-creator>")),
    ),
    "creator": (P, _part("text", "meta.xml", _meta("<dc:creator>NAME</dc:creator>"))),
    "printed by": (P, _part("text", "meta.xml", _meta("<meta:printed-by>NAME</meta:printed-by>"))),
    "keyword": (P, _part("text", "meta.xml", _meta("<meta:keyword>NAME</meta:keyword>"))),
    "property of its own": (
        P,
        _part(
            "text", "meta.xml", _meta('<meta:user-defined meta:name="x">NAME</meta:user-defined>')
        ),
    ),
    "name of a property": (
        P,
        _part(
            "text", "meta.xml", _meta('<meta:user-defined meta:name="NAME">x</meta:user-defined>')
        ),
    ),
    "title of the template": (
        P,
        _part("text", "meta.xml", _meta('<meta:template xlink:title="NAME" xlink:href="a.ott"/>')),
    ),
    "path of the template": (
        Carrier.LINK,
        _part("text", "meta.xml", _meta('<meta:template xlink:href="file:///home/NAME/a.ott"/>')),
    ),
    "setting": (
        H,
        _part(
            "text",
            "settings.xml",
            f'<office:document-settings {_NS}><config:config-item config:name="PrinterName">NAME</config:config-item></office:document-settings>',
        ),
    ),
    "object inside": (
        H,
        _part(
            "text",
            "Object 1/content.xml",
            f"<office:document-content {_NS}><text:p>NAME</text:p></office:document-content>",
        ),
    ),
    "earlier version": (
        B,
        lambda n: odf("text", more={"Versions/Version1": odf("text", f"<text:p>{n}</text:p>")}),
    ),
    "thumbnail": (
        P,
        lambda n: odf("text", more={"Thumbnails/thumbnail.jpg": segment(0xFE, n.encode())}),
    ),
    "name of a picture file": (
        Carrier.ATTACHMENT,
        lambda n: odf("text", more={f"Pictures/{n}.jpg": segment(0xFE, b"x")}),
    ),
    "comment in the XML": (C, _at("text", "<!-- NAME --><text:p>x</text:p>")),
}


def _sheet(rows: str, settings: str = "", after: str = "") -> str:
    first = f'<table:table table:name="First"><table:table-row>{_cell("x")}</table:table-row></table:table>'
    return f'{first}<table:table table:name="Trip" {settings}>{rows}</table:table>{after}'


def _cell(words: str, settings: str = "") -> str:
    return f"<table:table-cell {settings}><text:p>{words}</text:p></table:table-cell>"


_RANGE = '<table:named-expressions><table:named-range table:name="NAME"/></table:named-expressions>'
_RULE = (
    '<table:content-validations><table:content-validation table:name="v" table:condition="%s">%s'
    '</table:content-validation></table:content-validations><table:table table:name="Trip">'
    '<table:table-row><table:table-cell table:content-validation-name="v"/></table:table-row>'
    "</table:table>"
)
S, X, F = "spreadsheet", Carrier.HIDDEN_CELL, Carrier.CELL
_ROW = f"<table:table-row>{_cell('NAME')}</table:table-row>"
_AWAY = (
    '<office:automatic-styles><style:style style:name="ta9" style:family="table"><style:table-properties '
    'table:display="false"/></style:style></office:automatic-styles>'
)
ODS: Table = {
    "cell": (F, _at(S, _sheet(_ROW))),
    "two cells of a row": (F, _row(S)),
    "value of a cell": (
        H,
        _at(
            S,
            _sheet(
                f"<table:table-row>{_cell('x', 'office:string-value=' + chr(34) + 'NAME' + chr(34))}</table:table-row>"
            ),
        ),
    ),
    "formula": (
        H,
        _at(
            S,
            _sheet(
                f"<table:table-row>{_cell('x', 'table:formula=' + chr(34) + 'of:=[.A1]=&quot;NAME&quot;' + chr(34))}</table:table-row>"
            ),
        ),
    ),
    "hidden row": (
        X,
        _at(
            S,
            _sheet(
                f'<table:table-row table:visibility="collapse">{_cell("NAME")}</table:table-row>'
            ),
        ),
    ),
    "filtered row": (
        X,
        _at(
            S,
            _sheet(f'<table:table-row table:visibility="filter">{_cell("NAME")}</table:table-row>'),
        ),
    ),
    "hidden column": (
        X,
        _at(S, _sheet(f'<table:table-column table:visibility="collapse"/>{_ROW}')),
    ),
    "hidden sheet": (X, _at(S, _sheet(_ROW, 'table:style-name="ta9"'), _AWAY)),
    "name of a sheet": (Carrier.SHEET_NAME, lambda n: odf(S, f'<table:table table:name="{n}"/>')),
    "comment": (
        C,
        _at(
            S,
            _sheet(
                "<table:table-row><table:table-cell><office:annotation><text:p>NAME</text:p></office:annotation></table:table-cell></table:table-row>"
            ),
        ),
    ),
    "named range": (H, _at(S, _sheet("", "", _RANGE))),
    "choices for a cell": (H, _at(S, _RULE % ("of:cell-content-is-in-list(&quot;NAME&quot;)", ""))),
    "prompt for a cell": (
        H,
        _at(
            S,
            _RULE
            % (
                "",
                "<table:help-message table:display='true'><text:p>NAME</text:p></table:help-message>",
            ),
        ),
    ),
    "scenario": (H, _at(S, _sheet('<table:scenario table:comment="NAME"/>'))),
    "pivot table": (
        H,
        _at(
            S,
            _sheet(
                "",
                "",
                '<table:data-pilot-tables><table:data-pilot-table table:name="x"><table:data-pilot-field table:source-field-name="NAME"/></table:data-pilot-table></table:data-pilot-tables>',
            ),
        ),
    ),
    "member of a pivot table": (
        H,
        _at(
            S,
            _sheet(
                "",
                "",
                '<table:data-pilot-tables><table:data-pilot-member table:name="NAME"/></table:data-pilot-tables>',
            ),
        ),
    ),
    "filter": (
        H,
        _at(
            S,
            _sheet(
                "",
                "",
                '<table:database-ranges><table:filter-condition table:value="NAME"/></table:database-ranges>',
            ),
        ),
    ),
    "change": (
        T,
        _at(
            S,
            f"<table:tracked-changes><table:cell-content-change>{_WHO}</table:cell-content-change></table:tracked-changes>",
        ),
    ),
    "words before a change": (
        T,
        _at(
            S,
            "<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell><text:p>NAME</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>",
        ),
    ),
    "header": (
        R,
        _part(S, "styles.xml", _master("<style:header><text:p>NAME</text:p></style:header>")),
    ),
    "creator": (P, _part(S, "meta.xml", _meta("<dc:creator>NAME</dc:creator>"))),
}
_SHOWN = '<draw:frame svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>NAME</text:p></draw:text-box></draw:frame>'
_UNSEEN = (
    '<office:automatic-styles><style:style style:name="dp9" style:family="drawing-page"><style:drawing-page-properties '
    'presentation:visibility="hidden"/></style:style></office:automatic-styles>'
)


def _page(inside: str, settings: str = 'draw:name="page1"') -> str:
    return f'<draw:page draw:master-page-name="Default" {settings}>{inside}</draw:page>'


Q, L = "presentation", Carrier.SLIDE
ODP: Table = {
    "slide": (L, _at(Q, _page(_SHOWN))),
    "two cells of a row": (
        L,
        lambda n: odf(
            Q,
            _page(
                "<draw:frame svg:width='5cm' svg:height='2cm'><table:table><table:table-column/><table:table-column/><table:table-row>{}</table:table-row></table:table></draw:frame>".format(
                    "".join(map(_cell, n.split()))
                )
            ),
        ),
    ),
    "hidden slide": (H, _at(Q, _page(_SHOWN, 'draw:style-name="dp9"'), _UNSEEN)),
    "speaker's notes": (
        Carrier.SPEAKER_NOTE,
        _at(Q, _page(f"<presentation:notes>{_SHOWN}</presentation:notes>")),
    ),
    "comment": (
        C,
        _at(
            Q,
            _page(
                "<office:annotation><dc:creator>x</dc:creator><text:p>NAME</text:p></office:annotation>"
            ),
        ),
    ),
    "comment's author": (
        C,
        _at(Q, _page("<office:annotation><dc:creator>NAME</dc:creator></office:annotation>")),
    ),
    "name of a slide": (H, _at(Q, _page("", 'draw:name="NAME"'))),
    "footer": (
        R,
        _at(
            Q,
            '<presentation:footer-decl presentation:name="f1">NAME</presentation:footer-decl>'
            + _page(""),
        ),
    ),
    "custom show": (
        H,
        _at(
            Q,
            _page("")
            + '<presentation:settings><presentation:show presentation:name="NAME"/></presentation:settings>',
        ),
    ),
    "master": (H, _part(Q, "styles.xml", _master(_SHOWN))),
    "alternative text": (
        Z,
        _at(
            Q,
            _page(
                f"<draw:frame svg:width='5cm' svg:height='2cm'>{_BOXED}<svg:desc>NAME</svg:desc></draw:frame>"
            ),
        ),
    ),
    "creator": (P, _part(Q, "meta.xml", _meta("<dc:creator>NAME</dc:creator>"))),
}
