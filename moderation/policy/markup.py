"""The HTML that may stand in an article; the check and the build both follow these lists.

A name that is not listed is refused: browsers and the theme know too many that do something.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType

_LAYOUT = """
a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del
details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q
rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time
tr u ul var wbr
"""
TAGS = frozenset(_LAYOUT.split())
"""Tags that only lay a text out."""

_HARMLESS = """
abbr align alt cite class colspan datetime dir download headers height href id lang
loading open rel reversed role rowspan scope span src start style tabindex target title type
value width
"""
ATTRIBUTES = frozenset(_HARMLESS.split())
"""Attributes that do nothing by themselves, besides those that begin with ``aria-``."""

_ANYWHERE = """
align class dir id lang role style tabindex title
"""
_OWN = """
a: href rel target download type
abbr: abbr
blockquote: cite
col: span width
colgroup: span width
data: value
del: cite datetime
details: open
img: src alt width height loading
ins: cite datetime
li: value type
ol: start reversed type
q: cite
table: width
td: abbr colspan rowspan headers scope width height
th: abbr colspan rowspan headers scope width height
time: datetime
ul: type
"""
ATTRIBUTES_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {"*": frozenset(_ANYWHERE.split())}
    | {
        tag: frozenset(names.split())
        for tag, _, names in (line.partition(":") for line in _OWN.strip().splitlines())
    }
)
"""The same by tag, ``*`` for every tag; cleaning keeps no others."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What an address of something outside the site may begin with."""

PLAIN_TEMPLATE = "main.html"
"""The one template that every theme has."""

PLAIN_STYLES = tuple(f"text-align: {side};" for side in ("left", "center", "right"))
"""What Markdown itself writes on the cells of a table."""

_TAKEN = ("md-", "mermaid")
_HIDING = """
arithmatex footnote-backref giscus headerlink highlight no-js tabbed-block tabbed-control tabbed-set
task-list-control school-back school-drawer school-menu school-siblings school-skip
"""
_HIDES = frozenset(_HIDING.split())
"""Classes by which the style sheets of Material and of the theme take words out of sight."""
_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)


def is_plain_attribute(name: str) -> bool:
    """Say whether an attribute of this name (lower case) may stand in an article."""
    return name in ATTRIBUTES or name.startswith("aria-")


def is_plain_style(value: str) -> bool:
    """Say whether a style is one that Markdown writes, on the cells of a table."""
    return value in PLAIN_STYLES


def wakes_theme(name: str, value: str) -> bool:
    """Say whether an attribute makes scripts of the theme take an element for one of their own.

    Material finds its settings and parts by ``id`` (all begin with two underscores), by classes
    that begin with ``md-``, by ``data-md-`` and ``data-clipboard-``, and draws what has the class
    ``mermaid`` with a program from another site. With some of its other classes words are in the
    page and nobody sees them, a moderator neither.
    """
    if name.startswith(("data-md-", "data-clipboard")):
        return True
    if name in ("id", "name"):
        return value.strip().startswith("__")
    words = value.lower().split() if name == "class" else []
    return any(word.startswith(_TAKEN) or word in _HIDES for word in words)


def server_comment(comment: str) -> bool:
    """Say whether a web server may take what stands in a comment for an instruction.

    ``<!--#include ...-->`` is one for Server Side Includes, ``<!--esi ...-->`` for Edge Side
    Includes (https://httpd.apache.org/docs/2.4/mod/mod_include.html, W3C note esi-lang).
    """
    return comment.lstrip().lower().startswith(("#", "esi"))


def holds_tag(text: str) -> bool:
    """Say whether *text* holds what a browser takes for the begin of a tag or comment."""
    return bool(_TAG.search(text))


def front_matter_flaws(values: Mapping[str, object]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what in a page's front matter a template must not be given.

    Material takes entities out of a title again before it prints it, so escaping is not enough.
    The theme chooses a template by the place of the page; a page that chose its own could take one
    that leads visitors away.

    Returns:
        the dotted key, the value, what is wrong with it, and what to do

    """
    for field, value in _texts("", values):
        if holds_tag(value):
            yield field, value, "holds a tag", "write plain words"
        elif field == "title" and unescape(value) != value:
            yield field, value, "holds an entity such as &amp;", "write the sign itself"
    template = values.get("template", PLAIN_TEMPLATE)
    if template != PLAIN_TEMPLATE:
        yield (
            "template",
            str(template),
            "asks for a template, which the theme chooses",
            "remove the line",
        )


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            name = f"{field}.{key}" if field else str(key)
            yield field or "a key", str(key)
            yield from _texts(name, each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(field, each)
    else:
        yield field, str(value)
