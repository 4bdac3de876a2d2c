"""The article of a page: the approved text, its own links, and tags that only lay it out."""

from collections.abc import Iterator, Mapping

from moderation.extract.sanitise import sanitised
from moderation.model import Document
from moderation.pipeline.targets import is_external, resolve
from moderation.policy.markup import SCHEMES, TAGS, is_plain_attribute, is_plain_style, wakes_theme
from moderation.publish.layout import reach
from moderation.publish.markup import Tag, bare, read_markup

_SPOKEN = ("alt", "title", "aria-label", "aria-description")


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


def cleaning_troubles(article: str, shown: str) -> Iterator[str]:
    """Yield why an article did not come out of its cleaning as it must.

    Args:
        article: what MkDocs made of the page, without the theme
        shown: what is published of it, with the credits of its pictures

    """
    cleaned = sanitised(article)
    if bare("".join(read_markup(cleaned).text)) != bare("".join(read_markup(article).text)):
        yield (
            "browsers would read other words than were checked; write the unusual parts more simply"
        )
    if sanitised(shown) != shown:
        yield "holds what was not cleaned; build again"


def shared_ids(article: str, around: str) -> Iterator[str]:
    """Yield what is wrong where the article names an element as the theme around it does.

    A script that looks for the theme's element would take the article's for it.

    Args:
        article: what MkDocs made of the page, without the theme
        around: the page without its article

    """
    taken = {tag.get("id") for tag in read_markup(around).tags}
    for tag in read_markup(article).tags:
        name = tag.get("id")
        if name is not None and name in taken:
            yield (
                f'a {tag.name} tag has the id "{name}", as a part of the theme has; write the '
                "heading in other words, or remove what stands in braces"
            )


def _tag_troubles(tag: Tag) -> Iterator[str]:
    if tag.name not in TAGS:
        yield f"a {tag.name} tag may not stand in an article; write it in Markdown"
    for name, value in tag.attributes:
        if wakes_theme(name, value):
            yield f"a {tag.name} tag wakes a script of the theme; remove what stands in braces"
        elif not is_plain_attribute(name):
            yield f"a {tag.name} tag may not have this attribute; remove what stands in braces"
        elif name == "style" and not is_plain_style(value):
            yield f"a {tag.name} tag may not have a style of its own; remove the style"
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
        scheme = value.strip().partition(":")[0].lower()
        return scheme in SCHEMES and _address(value) in targets
    reached = reach(place, value, prefix=prefix)
    return reached is None or reached in targets or reached == place


def _address(target: str) -> str:
    return "".join(target.split()).lower()
