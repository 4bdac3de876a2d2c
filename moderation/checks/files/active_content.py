"""Something that runs, fetches, asks or acts by itself, on a page or in a file.

## Why it matters

A script, a frame or a form on a school's page acts in the browser of every visitor, under the
school's name: it can show what it likes, send what is typed elsewhere, or tell another company who
reads the page. A program inside a PDF or an office file acts on the visitor's own machine. None of
it can be checked by reading, so none of it is published.

## What it cannot see

What a page of another site does once a visitor follows an ordinary link to it, and scripts that
the site's own theme brings, which the build keeps watch over. Code that is only shown, in a code
block or between backticks, does nothing and is not reported.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Document,
    Element,
    Finding,
    Location,
    Rule,
    RuleId,
    Severity,
    Span,
)

RULE = Rule(
    id=RuleId("active-content"),
    family="files",
    summary="something that runs, fetches, asks or acts by itself",
    remedy=(
        "Take it out. Link to the other site instead of showing it inside the page, hand in "
        "pictures with the page, and print a file with a program in it to a new PDF."
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
_PARTS = {
    "javascript": "the file holds a program",
    "macro": "the file holds a program",
    "activex": "the file holds a program",
    "xfa": "the file holds a form that is a program",
    "launch-action": "the file starts a program",
    "submit-action": "the file sends what is typed in it to another machine",
    "remote-action": "the file opens another file",
    "media": "the file plays sound, film or a model",
    "attachment": "the file holds another file, which cannot be checked",
    "embedded-file": "the file holds another file, which cannot be checked",
    "embedded-object": "the file holds another file, which cannot be checked",
    "external-link": "the file fetches something from elsewhere",
}
_KINDS = frozenset({"http", "https", "mailto", "tel", "sms"})
_KIND = re.compile(r"[a-z][a-z0-9+.-]{0,19}")
_FIRST = re.compile(r"[/?#\\]")
_FETCHES = frozenset({"src", "poster", "data", "background", "xlink:href", "manifest"})
_SETS = frozenset({"srcset", "imagesrcset"})
_SENDS = frozenset({"action", "formaction", "ping", "srcdoc", "http-equiv"})
_ALIGNED = frozenset(f"text-align: {side};" for side in ("left", "center", "right"))
"""What Markdown itself writes on the cells of a table."""
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
    for element in document.elements:
        for message, evidence in _element(element):
            yield element.location, message, evidence
    for where, name, value in _listed(document):
        for message, evidence in _attribute(name, value):
            yield where, message, evidence
    for part in document.parts:
        if part.kind in _PARTS:
            yield part.location, _PARTS[part.kind], part.detail
    for line in _SNIPPET.finditer(document.source):
        where = document.place(line.start(1), line.end(1), Carrier.MARKUP)
        yield where, "the line would put another file into the page", line[1]


def _addresses(document: Document) -> Iterator[tuple[Location, str, str]]:
    links = [(each.location, each.target) for each in document.links]
    pictures = [(each.location, each.target) for each in document.images]
    for where, target in (*links, *pictures):
        for message in _target(target):
            yield where, message, target
    for where, target in pictures:
        if _is_remote(target):
            yield where, "a picture is fetched from another site", target


def _listed(document: Document) -> Iterator[tuple[Location, str, str]]:
    """Yield the attributes of attribute lists, which stand in no tag of the page."""
    tags = sorted(each.location.span for each in document.elements if each.location.span)
    for piece in document.carried(Carrier.ATTRIBUTE):
        where = document.locate(piece.start, piece.end)
        before = bisect_right(tags, where.span) if where.span else 0
        if where.span and not (before and _holds(tags[before - 1], where.span)):
            yield where, piece.field, document.text[piece.start : piece.end]


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


def _attribute(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name.startswith("on") and len(name) > 2:
        yield f"the attribute {name} runs a program in the visitor's browser", name
    elif name == "style" and value not in _ALIGNED:
        yield "the attribute style changes how the page looks", name
    elif name in _SENDS:
        yield f"the attribute {name} changes what the browser does with the page", name


def _target(target: str) -> Iterator[str]:
    """Say what is wrong with an address: anything but the web, mail, telephone and the site.

    A relative address has no colon before its first slash (RFC 3986, section 4.2), so that what
    stands before such a colon is the kind of the address or an attempt to hide it.
    """
    kind, colon, _ = _FIRST.split(_clean(target), maxsplit=1)[0].lower().partition(":")
    if not colon or kind in _KINDS:
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
