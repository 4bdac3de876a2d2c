"""What the theme puts around an article: its own scripts, no other site's, and no surprises.

Templates print what publishers wrote (titles, summaries) into places where a stray sign could
become a tag. So nothing here trusts the templates: each rendered page is looked at.
"""

import json
import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from moderation.pipeline.targets import is_external
from moderation.publish.kit import Kit
from moderation.publish.layout import reach
from moderation.publish.markup import Markup, Tag, read_markup

_FORBIDDEN = (
    *("applet", "base", "embed", "frame", "frameset", "iframe", "noembed", "noframes"),
    *("object", "plaintext", "portal", "xmp"),
)
_LOADED = ("src", "poster", "data", "background", "manifest", "archive", "codebase", "code")
_ADDRESSES = (*_LOADED, "href", "action", "formaction", "xlink:href", "cite", "longdesc", "ping")
_SETS = ("srcset", "imagesrcset")
_NEVER_LOADED = frozenset(
    ("canonical", "alternate", "prev", "next", "license", "author", "me", "help", "search")
)
_SCHEMES = ("http", "https", "mailto", "tel")
_HTTP_EQUIV = ("content-type", "x-ua-compatible")
_REMOTE_STYLE = re.compile(r"@import|url\(\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|//)|\\", re.IGNORECASE)
_ANY_ADDRESS = re.compile(r"[\"'`]\s*(?:[a-z][a-z0-9+.-]*:)?//[a-z0-9]", re.IGNORECASE)


def chrome_troubles(
    place: str, html: str, files: Collection[str], kit: Kit, prefix: str
) -> Iterator[str]:
    """Yield what the theme's part of a page must not hold.

    Args:
        place: path of the page in the output
        html: the page without its article
        files: paths of the output
        kit: the locked theme
        prefix: path of the site's address

    """
    markup = read_markup(html)
    yield from markup.flaws
    yield from _script_troubles(markup, kit)
    for style in markup.styles:
        if _REMOTE_STYLE.search(style):
            yield "a style of the theme asks another site for a file"
    for tag in markup.tags:
        yield from _tag_troubles(tag)
        for address in _loads(tag):
            if is_external(address):
                yield f"a {tag.name} tag of the theme asks another site for a file"
            elif (reach(place, address, prefix=prefix) or place) not in files:
                yield f"a {tag.name} tag of the theme shows a file that is not published"
            elif tag.name == "script" and not kit.file(reach(place, address, prefix=prefix) or ""):
                yield "a script is not the theme's own"


def _script_troubles(markup: Markup, kit: Kit) -> Iterator[str]:
    for tag, body in markup.scripts:
        if tag.get("src") is not None:
            if body.strip():
                yield "a script has both a file and words of its own"
        elif (tag.get("type") or "").lower() in ("application/json", "application/ld+json"):
            if not _is_json(body):
                yield "the theme's settings are not sound"
        elif not kit.wrote(body) or _ANY_ADDRESS.search(body):
            yield "a script is not the theme's own; put it into a file of the theme"


def _tag_troubles(tag: Tag) -> Iterator[str]:
    if tag.name in _FORBIDDEN:
        yield f"a {tag.name} tag may not stand on a page"
    for name, value in tag.attributes:
        if name.startswith("on"):
            yield f"a {tag.name} tag may not run a script by itself; put it into a file"
        elif name == "srcdoc":
            yield f"a {tag.name} tag may not hold a page of its own"
        elif name == "style" and _REMOTE_STYLE.search(value):
            yield f"the style of a {tag.name} tag asks another site for a file"
        elif name in _ADDRESSES and not _is_sound(value):
            yield f"a {tag.name} tag has an address that runs a script"
    equivalent = tag.get("http-equiv") if tag.name == "meta" else None
    if equivalent is not None and equivalent.strip().lower() not in _HTTP_EQUIV:
        yield "a meta tag may not lead visitors away or set cookies"


def _loads(tag: Tag) -> Iterator[str]:
    """Yield the addresses that a browser asks for without being told to."""
    for name, value in tag.attributes:
        if name in _LOADED:
            yield value
        elif name in _SETS:
            yield from (part.split()[0] for part in value.split(",") if part.split())
    href = tag.get("href") or tag.get("xlink:href")
    if href is None or tag.name in ("a", "area"):
        return
    relations = frozenset((tag.get("rel") or "").lower().split())
    if tag.name != "link" or not relations or not relations <= _NEVER_LOADED:
        yield href


def _is_sound(address: str) -> bool:
    cleaned = "".join(c for c in address if c > " ").lower()  # as a browser cleans it
    if cleaned == "javascript:void(0)":  # Material's way to write a button
        return True
    try:
        scheme = urlsplit(cleaned).scheme
    except ValueError:
        return False
    return not scheme or scheme in _SCHEMES


def _is_json(body: str) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
