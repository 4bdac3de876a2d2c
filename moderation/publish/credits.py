"""Who made what is shown: the line under each picture, and one page that lists every file.

Both are made of the front matter of approved pages and of nothing else. What a line says follows
the licence: *Recommended practices for attribution* (Creative Commons) asks for title, author,
source and licence; the Open Government Licence prescribes a statement; a picture that was bought or
lent is credited to who sold or lent it. The author of a pupil's work or of a parent's photo is
never shown.
"""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, urlsplit

from moderation.extract.declarations import read_declarations
from moderation.extract.sanitise import sanitised
from moderation.model import Declaration, Document
from moderation.policy.licences import PERMISSION, STOCK, Licence, licence_of
from moderation.publish.layout import CREDITS, public_path

_HEAD = (
    "<h1>Credits</h1>\n<p>Who made the pictures and files on this site, and on what terms they "
    "are shown.</p>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What the build adds to the approved pages.

    Args:
        captions: HTML for below a picture, by path of the page and place of the picture
        page: HTML of the page that lists every file; empty if no file is declared
        place: where that page stands in the output

    """

    captions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    page: str = ""
    place: str = ""


def make_credits(
    pages: Mapping[str, Document],
    laid: Mapping[str, str],
    *,
    directory_urls: bool,
    always: Collection[str] = (),
) -> Credits:
    """Make what is said of the declared files that are built.

    Args:
        pages: the admitted pages, read, by path
        laid: where each admitted file stands in the output
        directory_urls: True if a page is a folder with an ``index.html``
        always: licences whose pictures get a line though they do not ask for it

    Raises:
        ExtractionError: a page's declarations are not of the form

    """
    captions: dict[str, dict[str, str]] = {}
    shown: dict[tuple[str, str], list[Document]] = {}
    for path, page in sorted(pages.items()):
        for declaration in read_declarations(page).values():
            if declaration.path not in laid or declaration.path in pages:
                continue
            if line := caption(declaration, always):
                captions.setdefault(path, {})[laid[declaration.path]] = sanitised(line)
            shown.setdefault((declaration.path, _terms(declaration)), []).append(page)
    place = public_path(CREDITS, directory_urls=directory_urls)
    items = [
        _item(path, _titles(path, where), terms, where, _Links(place, laid))
        for (path, terms), where in sorted(shown.items())
        if terms
    ]
    listed = "".join(f"<li>{item}</li>\n" for item in items)
    whole = f'{_HEAD}<ul class="school-credits">\n{listed}</ul>' if items else ""
    return Credits(captions=captions, page=sanitised(whole), place=place if whole else "")


def caption(declaration: Declaration, always: Collection[str] = ()) -> str:
    """Return the line that stands under a picture, as HTML; empty if its licence asks for none.

    Args:
        declaration: of the picture
        always: licences that get a line though they do not ask for it

    """
    licence = licence_of(declaration.licence)
    if not declaration.licence or not (licence.attribution or licence.id in always):
        return ""
    if licence.nameless:
        return escape(licence.name[:1].upper() + licence.name[1:])
    if licence.id == STOCK:
        sellers = _owner(declaration) or _source(declaration)
        return "Photo: " + " / ".join(dict.fromkeys(filter(None, (_author(declaration), sellers))))
    work = _work(declaration)
    parts = [f"{work} by {_author(declaration)}" if declaration.author else work]
    parts += _between(declaration, licence, source=not (declaration.title and _is_web(declaration)))
    return _ended(parts, declaration, licence)


def _terms(declaration: Declaration) -> str:
    """Return what the page of credits says of a file behind its title; empty if it says nothing."""
    licence = licence_of(declaration.licence)
    if licence.nameless:
        return escape(licence.name)
    author = _author(declaration)
    parts = [f"by {author}"] if author else []
    parts += _between(declaration, licence, source=True)
    return _ended(parts, declaration, licence) if declaration.licence else ", ".join(parts)


def _between(declaration: Declaration, licence: Licence, *, source: bool) -> Iterator[str]:
    """Yield whose the work is, and where it came from."""
    owner = _owner(declaration)
    if owner and owner != _author(declaration) and licence.id != PERMISSION:
        yield f"© {owner}"
    if source and declaration.source:
        place = _source(declaration)
        yield f"from {place}" if _is_web(declaration) else place


def _ended(parts: list[str], declaration: Declaration, licence: Licence) -> str:
    """Return the parts in one line that ends with the licence."""
    name = escape(licence.name)
    if licence.url:
        name = f'<a rel="license" href="{escape(licence.url)}">{name}</a>'
    if licence.id == PERMISSION and (owner := _owner(declaration) or _author(declaration)):
        name = f"{name} of {owner}"
    if licence.statement:
        return f"{', '.join(parts)}. {escape(licence.statement)} {name}.".removeprefix(". ")
    return ", ".join([*parts, name])


def _work(declaration: Declaration) -> str:
    if not declaration.title:
        return "Picture"
    title = f"“{_plain(declaration.title)}”"
    return _link(declaration.source, title) if _is_web(declaration) else title


def _author(declaration: Declaration) -> str:
    return _plain(declaration.author)


def _owner(declaration: Declaration) -> str:
    return _plain(declaration.holder)


def _source(declaration: Declaration) -> str:
    if not _is_web(declaration):
        return _plain(declaration.source)
    host = urlsplit(declaration.source).hostname or ""
    return _link(declaration.source, escape(host.removeprefix("www.")))


def _is_web(declaration: Declaration) -> bool:
    """Say whether the source is an address that a visitor may follow."""
    source = declaration.source
    if not source.startswith(("https://", "http://")) or not source.isprintable() or " " in source:
        return False
    try:
        place = urlsplit(source)
        return bool(place.hostname) and "@" not in place.netloc and "\\" not in source
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Return words for HTML, on one line and without signs that turn the order of others."""
    return escape(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def _link(address: str, html: str) -> str:
    return f'<a href="{escape(address)}">{html}</a>'


@dataclass(frozen=True, slots=True)
class _Links:
    """Addresses of files of the site, as the page at *place* writes them."""

    place: str
    laid: Mapping[str, str]

    def to(self, path: str, html: str) -> str:
        """Return a link to the file at *path*."""
        target = posixpath.relpath(self.laid[path], posixpath.dirname(self.place) or ".")
        if posixpath.basename(target) == "index.html":
            target = target.removesuffix("index.html") or "./"
        return _link(quote(target), html)


def _item(path: str, title: str, terms: str, where: list[Document], links: _Links) -> str:
    """Return what the page of credits says of one file, and on which pages it is shown."""
    pages = ", ".join(links.to(page.path, _plain(_name(page))) for page in where)
    return f"{links.to(path, _plain(title))}: {terms} <small>(on {pages})</small>"


def _titles(path: str, where: Collection[Document]) -> str:
    """Return what a file is called on one of the pages, or else the name of the file."""
    titles = (read_declarations(page)[path].title for page in where)
    return next(filter(None, titles), posixpath.basename(path))


def _name(page: Document) -> str:
    title = page.front_matter.get("title")
    if isinstance(title, str) and title.strip():
        return title.strip()
    folder, name = posixpath.split(page.path.removesuffix(".md"))
    name = posixpath.basename(folder) if name == "index" else name
    return name.replace("-", " ").capitalize() or "Home"
