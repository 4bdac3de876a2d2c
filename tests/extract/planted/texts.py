"""Pages, web pages, tables and plain text with a name in one carrier each."""

from collections.abc import Callable

from moderation.model import Carrier
from tests.extract.planted.plant import Table, halves


def _page(template: str) -> Callable[[str], bytes]:
    return lambda n: template.replace("NAME", n).replace("LINK", n.replace(" ", "-")).encode()


def _web(template: str) -> Callable[[str], bytes]:
    return _page(
        f"<!doctype html><html><head><title>x</title></head><body>{template}</body></html>"
    )


B, Z, T, L = Carrier.BODY, Carrier.ALT, Carrier.TITLE, Carrier.LINK
MD: Table = {
    "paragraph": (B, _page("Hello NAME.\n")),
    "word in two styles": (B, lambda n: "Hello {}**{}**.\n".format(*halves(n)).encode()),
    "across a line": (B, lambda n: "Hello {}\n{}.\n".format(*n.split()).encode()),
    "heading": (Carrier.HEADING, _page("# About NAME\n")),
    "table": (Carrier.TABLE, _page("| Who |\n|---|\n| NAME |\n")),
    "two cells of a row": (
        Carrier.TABLE,
        lambda n: "| A | B |\n|---|---|\n| {} | {} |\n".format(*n.split()).encode(),
    ),
    "list": (B, _page("- a\n- NAME\n")),
    "code": (Carrier.CODE, _page("    NAME\n")),
    "link text": (Carrier.LINK_TEXT, _page("[NAME](a.md)\n")),
    "link target": (L, _page("[x](https://example.org/LINK)\n")),
    "link title": (T, _page('[x](a.md "NAME")\n')),
    "alternative text": (Z, _page("![NAME](a.jpg)\n")),
    "picture target": (L, _page("![x](photos/LINK.jpg)\n")),
    "picture title": (T, _page('![x](a.jpg "NAME")\n')),
    "comment": (Carrier.COMMENT, _page("x\n\n<!-- NAME -->\n")),
    "front matter title": (Carrier.FRONT_MATTER, _page("---\ntitle: NAME\n---\nx\n")),
    "front matter key": (Carrier.FRONT_MATTER, _page("---\nNAME: x\n---\nx\n")),
    "front matter list": (Carrier.FRONT_MATTER, _page("---\ntags:\n  - NAME\n---\nx\n")),
    "attribute": (Carrier.ATTRIBUTE, _page('<p data-who="NAME">x</p>\n')),
    "entity": (B, lambda n: f"Hello &#{ord(n[0])};{n[1:]}.\n".encode()),
}
HTML: Table = {
    "paragraph": (B, _web("<p>NAME</p>")),
    "word in two styles": (
        B,
        lambda n: "<html><body><p>{}<b>{}</b></p></body></html>".format(*halves(n)).encode(),
    ),
    "title": (T, _page("<html><head><title>NAME</title></head><body>x</body></html>")),
    "meta": (
        Carrier.ATTRIBUTE,
        _page('<html><head><meta name="author" content="NAME"></head><body>x</body></html>'),
    ),
    "comment": (Carrier.COMMENT, _web("<!-- NAME -->")),
    "alternative text": (Z, _web('<img src="a.jpg" alt="NAME">')),
    "tip": (T, _web('<p title="NAME">x</p>')),
    "attribute": (Carrier.ATTRIBUTE, _web('<p data-who="NAME">x</p>')),
    "script": (Carrier.MARKUP, _web('<script>var who = "NAME";</script>')),
    "hidden element": (B, _web("<p hidden>NAME</p>")),
    "two cells of a row": (
        Carrier.TABLE,
        lambda n: "<html><body><table><tr><td>{}</td><td>{}</td></tr></table></body></html>".format(
            *n.split()
        ).encode(),
    ),
}
SVG: Table = {
    "text": (B, _page('<svg xmlns="http://www.w3.org/2000/svg"><text>NAME</text></svg>')),
    "word in two spans": (
        B,
        lambda n: (
            '<svg xmlns="http://www.w3.org/2000/svg"><text>{}<tspan>{}</tspan></text></svg>'.format(
                *halves(n)
            ).encode()
        ),
    ),
    "title": (T, _page('<svg xmlns="http://www.w3.org/2000/svg"><title>NAME</title></svg>')),
    "description": (B, _page('<svg xmlns="http://www.w3.org/2000/svg"><desc>NAME</desc></svg>')),
    "metadata": (
        B,
        _page(
            '<svg xmlns="http://www.w3.org/2000/svg"><metadata><dc:creator>NAME</dc:creator></metadata></svg>'
        ),
    ),
    "label of a layer": (
        Carrier.ATTRIBUTE,
        _page('<svg xmlns="http://www.w3.org/2000/svg"><g inkscape:label="NAME"/></svg>'),
    ),
}
C = Carrier.CELL
CSV: Table = {
    "cell": (C, _page("Name,Class\nNAME,Oak\n")),
    "cell in quotation marks": (C, _page('Name,Class\n"NAME",Oak\n')),
    "two cells of a row": (C, lambda n: "Forename,Surname\n{},{}\n".format(*n.split()).encode()),
    "two cells, semicolons": (C, lambda n: "Forename;Surname\n{};{}\n".format(*n.split()).encode()),
    "in UTF-16": (C, lambda n: f"Name\tClass\n{n}\tOak\n".encode("utf-16")),
}
TSV: Table = {
    "cell": (C, _page("Name\tClass\nNAME\tOak\n")),
    "two cells of a row": (C, lambda n: "A\tB\n{}\t{}\n".format(*n.split()).encode()),
}
TXT: Table = {
    "line": (B, _page("Hello NAME.\n")),
    "across a line": (B, lambda n: "Hello {}\n{}.\n".format(*n.split()).encode()),
    "in UTF-16": (B, lambda n: f"Hello {n}.\n".encode("utf-16-le")),
}
ICS: Table = {
    "summary": (B, _page("BEGIN:VCALENDAR\r\nSUMMARY:NAME's recital\r\nEND:VCALENDAR\r\n")),
    "folded line": (
        B,
        lambda n: "BEGIN:VCALENDAR\r\nSUMMARY:Recital by {}\r\n {}\r\nEND:VCALENDAR\r\n".format(
            *halves(n)
        ).encode(),
    ),
    "attendee": (
        B,
        _page('BEGIN:VCALENDAR\r\nATTENDEE;CN="NAME":mailto:a@example.org\r\nEND:VCALENDAR\r\n'),
    ),
}
VCF: Table = {
    "full name": (B, _page("BEGIN:VCARD\r\nFN:NAME\r\nEND:VCARD\r\n")),
    "name in parts": (
        B,
        lambda n: "BEGIN:VCARD\r\nN:{};{};;;\r\nEND:VCARD\r\n".format(*n.split()).encode(),
    ),
}
