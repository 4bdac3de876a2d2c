"""Something that runs, fetches, asks or acts by itself, on a page or in a table.

## Why it matters

A script, a frame or a form on a school's page acts in the browser of every visitor, under the
school's name: it can show what it likes, send what is typed elsewhere, or tell another company who
reads the page. None of it can be checked by reading, so none of it is published. Programs in office
files and in PDFs have rules of their own, and so has what an office file fetches.

## What it cannot see

What a page of another site does once a visitor follows an ordinary link to it, and scripts that
the site's own theme brings, which the build keeps watch over. Code that is only shown, in a code
block or between backticks, does nothing and is not reported.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Document,
    Element,
    Finding,
    Location,
    Piece,
    Rule,
    RuleId,
    Severity,
    Span,
)
from moderation.policy.markup import (
    SCHEMES,
    TAGS,
    front_matter_flaws,
    holds_tag,
    is_plain_attribute,
    is_plain_style,
    server_comment,
    wakes_theme,
)

RULE = Rule(
    id=RuleId("active-content"),
    family="files",
    summary="something that runs, fetches, asks or acts by itself",
    remedy=(
        "Take it out. Link to the other site instead of showing it inside the page, hand in "
        "pictures with the page, and paste the values of a table instead of its formulas."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q", "P0"),
    waivable=False,
)
_ELEMENTS = {
    **dict.fromkeys(("script", "noscript"), "runs a program in the visitor's browser"),
    **dict.fromkeys(
        ("iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe"),
        "shows something from elsewhere inside the page",
    ),
    **dict.fromkeys(
        ("form", "input", "button", "select", "textarea", "isindex", "keygen"),
        "asks visitors for something",
    ),
    **dict.fromkeys(("style", "link"), "changes how the whole page looks"),
    **dict.fromkeys(("base", "meta"), "changes what the browser does with the page"),
    **dict.fromkeys(("svg", "math", "foreignobject", "animate", "set", "use"), "can run a program"),
}
_KIND = re.compile(r"[a-z][a-z0-9+.-]{0,19}")
_FIRST = re.compile(r"[/?#\\]")
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?=[^\d\s,.£$€+-]))\S*[(|!]")
"""What a spreadsheet program takes for a formula when it opens a table of plain text."""
_PAGE = "text/markdown"
_NEAR = 200
_PLACE = attrgetter("source_start")
_FENCE = re.compile(r"(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?[ \t]*\.?$")
"""What stands before the language of a code block, which Markdown writes as a class."""
_FIRST_HEADING = re.compile(r"^(?:#(?!#).*|.+\n=+[ ]*)$", re.MULTILINE)
_HALF = re.compile(r"[/\\]{2}")
_FETCHES = frozenset({"src", "poster", "data", "background", "xlink:href", "manifest"})
_SETS = frozenset({"srcset", "imagesrcset"})
_SENDS = frozenset({"action", "formaction", "ping", "srcdoc", "http-equiv"})
# Browsers take these out of an address before they look at it: WHATWG URL Standard, section 4.4.
_IGNORED = re.compile("[\t\n\r]|^[\0-\x20]+|[\0-\x20]+$")
_SNIPPET = re.compile(r"^[ \t>]*(;*-+8<-+)", re.MULTILINE)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each tag, attribute, target, line and part that acts, each place once."""
    told = set()
    for where, message, evidence in _acts(document):
        if (key := (where.sort_key, message)) not in told:
            told.add(key)
            yield found_at(RULE, where, message, evidence=evidence)


def _acts(document: Document) -> Iterator[tuple[Location, str, str]]:
    yield from _addresses(document)
    yield from _markup(document)
    yield from _formulas(document)
    if document.media_type in (_PAGE, "text/html"):
        yield from _comments(document)
        yield from _front_matter(document)
    for line in _SNIPPET.finditer(document.source):
        where = document.place(line.start(1), line.end(1), Carrier.MARKUP)
        yield where, "the line would put another file into the page", line[1]


def _formulas(document: Document) -> Iterator[tuple[Location, str, str]]:
    """Yield the cells of a table of plain text that a spreadsheet program would work out."""
    for piece in document.carried(Carrier.CELL) if document.media_type == "text/csv" else ():
        if _FORMULA.match(words := _words(document, piece)):
            where = document.locate(piece.start, piece.end)
            yield where, "the cell holds a formula, which a program would work out", words


def _markup(document: Document) -> Iterator[tuple[Location, str, str]]:
    is_page = document.media_type == _PAGE
    for element in document.elements:
        more = _unlisted(element) if is_page else ()
        for message, evidence in (*_element(element), *more):
            yield element.location, message, evidence
    for where, name, value in _listed(document):
        more = _unlisted_name(name, value) if is_page else ()
        for message, evidence in (*_attribute(name, value), *more):
            yield where, message, evidence


def _comments(document: Document) -> Iterator[tuple[Location, str, str]]:
    for piece in document.carried(Carrier.COMMENT):
        where, words = document.locate(piece.start, piece.end), _words(document, piece)
        before = _before(document, piece).rstrip()
        if server_comment(words):
            yield where, "the comment is an instruction to the web server", words
        elif before.endswith(("<?", "<!")) and words.strip().lower() != "doctype html":
            yield where, "the tag is an instruction to a program", words
        elif holds_tag(words):
            yield where, "the comment holds a tag, which some programs would follow", words


def _front_matter(document: Document) -> Iterator[tuple[Location, str, str]]:
    """Yield what a template of the theme must not be given."""
    places = {each.field: each for each in document.carried(Carrier.FRONT_MATTER)}
    for field, value, trouble, remedy in front_matter_flaws(document.front_matter):
        yield _at(document, places, field), f"the front matter {trouble}; {remedy}", value
    if "title" not in document.front_matter:
        yield from _heading(document)


def _heading(document: Document) -> Iterator[tuple[Location, str, str]]:
    """Report a first heading that would become a title with a tag in it."""
    carried = document.carried(Carrier.HEADING, Carrier.CODE, Carrier.LINK_TEXT)
    words = sorted(carried, key=_PLACE)
    for line in _FIRST_HEADING.finditer(document.source):
        first = bisect_left(words, line.start(), key=_PLACE)
        mine = words[first : bisect_left(words, line.end(), key=_PLACE)]
        if any(piece.carrier is Carrier.HEADING for piece in mine):
            if any("<" in _words(document, piece) for piece in mine):
                where = document.place(line.start(), line.end(), Carrier.HEADING)
                yield where, "the heading holds a <; give the page a title of its own", line[0]
            return


def _at(document: Document, places: dict[str, Piece], field: str) -> Location:
    piece = places.get(field)
    if piece is None:
        return Location(path=document.path, carrier=Carrier.FRONT_MATTER, field=field)
    return document.locate(piece.start, piece.end)


def _before(document: Document, piece: Piece) -> str:
    """Return the last characters of the page's file before *piece*."""
    at = max(piece.source_start, 0)
    return document.source[max(at - _NEAR, 0) : at]


def _words(document: Document, piece: Piece) -> str:
    return document.text[piece.start : piece.end]


def _addresses(document: Document) -> Iterator[tuple[Location, str, str]]:
    links, pictures = (
        [(each.location, each.target) for each in kind]
        for kind in (document.links, document.images)
    )
    for where, target in (*links, *pictures):
        for message in _target(target):
            yield where, message, target
    attributes = (pair for each in document.elements for pair in each.attributes)
    fetched = {value.strip() for name, value in attributes if name in _FETCHES}
    for where, target in links:
        if _HALF.match(_clean(target)) and target not in fetched:
            yield where, "the address names another site; begin it with https:", target
    for where, target in pictures:
        if _is_remote(target):
            yield where, "a picture is fetched from another site", target


def _listed(document: Document) -> Iterator[tuple[Location, str, str]]:
    """Yield the attributes of attribute lists, which stand in no tag of the page."""
    tags = sorted(each.location.span for each in document.elements if each.location.span)
    told = {
        (each.location.span.line, *attribute)
        for each in document.elements
        if each.location.span
        for attribute in each.attributes
    }
    for piece in document.carried(Carrier.ATTRIBUTE):
        where, value = document.locate(piece.start, piece.end), _words(document, piece)
        if where.span is None or (where.span.line, piece.field, value) in told:
            continue
        before = bisect_right(tags, where.span)
        inside = before and _holds(tags[before - 1], where.span)
        language = piece.field == "class" and _FENCE.search(_before(document, piece))
        if not inside and not language:
            yield where, piece.field, value


def _holds(outer: Span, inner: Span) -> bool:
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    ends = (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    return starts and ends


def _element(element: Element) -> Iterator[tuple[str, str]]:
    tag = f"<{element.name}>"
    if element.name in _ELEMENTS:
        yield f"the tag {tag} {_ELEMENTS[element.name]}", tag
    for name, value in element.attributes:
        yield from _attribute(name, value)
        if name in _FETCHES and element.name != "img" and _is_remote(value):
            yield f"the tag {tag} fetches something from another site", value
        elif name in _SETS and any(map(_is_remote, value.split(","))):
            yield "a picture is fetched from another site", value


def _unlisted(element: Element) -> Iterator[tuple[str, str]]:
    """Say what may not stand in an article though nothing is known of what it does."""
    if element.name not in TAGS:
        if element.name not in _ELEMENTS:
            tag = f"<{element.name}>"
            yield f"the tag {tag} is none of those that only lay out a text", tag
        return  # a tag that is taken out takes its own attributes with it
    for name, value in element.attributes:
        yield from _unlisted_name(name, value)


def _unlisted_name(name: str, value: str) -> Iterator[tuple[str, str]]:
    if not (is_plain_attribute(name.lower()) or any(_attribute(name, value))):
        yield f"the attribute {name} is none of those that only lay out a text", name


def _attribute(name: str, value: str) -> Iterator[tuple[str, str]]:
    name = name.lower()
    if name.startswith("on") and len(name) > 2:
        yield f"the attribute {name} runs a program in the visitor's browser", name
    elif name == "style":
        if not is_plain_style(value):
            yield "the attribute style changes how the page looks", name
    elif name in _SENDS:
        yield f"the attribute {name} changes what the browser does with the page", name
    elif wakes_theme(name, value):
        yield f"the attribute {name} makes a part of the theme act", value or name


def _target(target: str) -> Iterator[str]:
    """Say what is wrong with an address: anything but the web, mail, telephone and the site.

    A relative address has no colon before its first slash (RFC 3986, section 4.2), so that what
    stands before such a colon is the kind of the address or an attempt to hide it.
    """
    kind, colon, _ = _FIRST.split(_clean(target), maxsplit=1)[0].lower().partition(":")
    if not colon or kind in SCHEMES:
        return
    if kind in ("javascript", "vbscript", "livescript"):
        yield f"the address begins with {kind}: and runs a program"
    elif kind == "data":
        yield "the address begins with data: and holds a whole file"
    elif _KIND.fullmatch(kind):
        yield f"the address begins with {kind}:, which is no web address"
    else:
        yield "the address has a colon where none belongs, so that browsers may misread it"


def _is_remote(target: str) -> bool:
    clean = _clean(target).replace("\\", "/").lower()
    return clean.startswith(("http:", "https:", "ftp:", "//"))


def _clean(target: str) -> str:
    return _IGNORED.sub("", target)
