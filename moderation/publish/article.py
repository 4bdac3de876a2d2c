"""The article of a page: the approved text, its own links, and tags that only lay it out."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from moderation.model import Document
from moderation.pipeline.targets import is_external, resolve
from moderation.publish.layout import reach
from moderation.publish.markup import Tag, bare, read_markup

_LAYOUT = """
a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del
details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp
rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul
var wbr
"""
_HARMLESS = """
abbr align alt cite class colspan datetime dir download headers height hidden href id lang loading
name open rel reversed role rowspan scope span src start style tabindex target title type value
width
"""
_TAGS = frozenset(_LAYOUT.split())
_ATTRIBUTES = frozenset(_HARMLESS.split())
_SPOKEN = ("alt", "title", "aria-label", "aria-description")
_SCHEMES = ("http", "https", "mailto", "tel")


def article_troubles(
    place: str, article: str, document: Document, laid: Mapping[str, str], prefix: str
) -> Iterator[str]:
    """Yield what in a rendered article is not as approved.

    Args:
        place: path of the page in the output
        article: what MkDocs made of the page, without the theme
        document: the approved page, read
        laid: where each admitted file stands in the output
        prefix: path of the site's address

    """
    markup = read_markup(article)
    yield from markup.flaws
    if bare("".join(markup.text)) != bare(document.visible_text):
        yield (
            "the text that MkDocs makes of it is not the text that was checked; write the unusual "
            "parts more simply and hand it in again"
        )
    targets = _targets(document, laid)
    everything = bare(document.text)
    for tag in markup.tags:
        yield from _tag_troubles(tag)
        for name in ("href", "src"):
            value = tag.get(name)
            if value is not None and not _leads_home(place, value, targets, prefix):
                yield f"a {tag.name} tag leads where no link of the approved page does"
        if any(bare(tag.get(name) or "") not in everything for name in _SPOKEN):
            yield f"a {tag.name} tag says something that was not checked"


def _tag_troubles(tag: Tag) -> Iterator[str]:
    if tag.name not in _TAGS:
        yield f"a {tag.name} tag may not stand in an article; write it in Markdown"
    for name, value in tag.attributes:
        if name not in _ATTRIBUTES and not name.startswith(("aria-", "data-")):
            yield f"a {tag.name} tag may not have this attribute; remove what stands in braces"
        if name.startswith("data-md-") or (name == "class" and "mermaid" in value):
            yield f"a {tag.name} tag wakes a script of the theme; remove what stands in braces"
        if name == "style" and ("url" in value.lower() or "\\" in value):
            yield f"a {tag.name} tag may not load a file for its style; remove the style"
    address = tag.get("src") if tag.name == "img" else None
    if address is not None and is_external(address):
        yield "an img tag shows a picture of another site; hand the picture in with the page"


def _targets(document: Document, laid: Mapping[str, str]) -> frozenset[str]:
    """Return where the links of the approved page lead: places in the output, or addresses."""
    places = set()
    links, images = document.links, document.images
    for target in (*(link.target for link in links), *(image.target for image in images)):
        path = resolve(document.path, target)
        if path is not None:
            places.add(laid.get(path, ""))
        elif is_external(target):
            places.add(_address(target))
    return frozenset(places - {""})


def _leads_home(place: str, value: str, targets: frozenset[str], prefix: str) -> bool:
    if is_external(value):
        return urlsplit(value.strip()).scheme.lower() in _SCHEMES and _address(value) in targets
    reached = reach(place, value, prefix=prefix)
    return reached is None or reached in targets or reached == place


def _address(target: str) -> str:
    return "".join(target.split()).lower()
