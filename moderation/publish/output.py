"""Is what MkDocs made what was approved, and nothing besides? File by file, and page by page."""

import html
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from moderation.extract.sanitise import sanitised
from moderation.model import Asset, BuildError, Document, digest_of
from moderation.publish.article import article_troubles, cleaning_troubles, shared_ids
from moderation.publish.chrome import chrome_troubles
from moderation.publish.credits import Credits
from moderation.publish.csp import security_policy, with_policy, without_policy
from moderation.publish.kit import Kit
from moderation.publish.layout import NOT_FOUND, SEARCH_INDEX, SITEMAP
from moderation.publish.manifest import Origin, OutputFile
from moderation.publish.markup import bare, read_markup
from moderation.publish.recorder import captioned

_LOC = re.compile(r"<loc>([^<]*)</loc>")
_MOST = 50
_CHANGED = "the theme changes or leaves out the text; let it print page.content"
_NO_POLICY = (
    "does not begin with its security policy; let the theme begin each page with <!doctype html>, "
    "<html> and <head>, and nothing before"
)
_GZIP = 31  # the widest window, in the frame that gzip has (zlib's own number for it)
_MOST_UNPACKED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the output is compared with.

    Args:
        assets: admitted files, by path
        pages: the admitted pages, read, by path
        articles: what MkDocs made of each page, without the theme around it, by path
        laid: where each admitted file stands in the output
        kit: the locked theme
        site_url: address of the site, or empty
        words: words of the settings that a page's title may be taken from
        credits: what the build adds of its own

    """

    assets: Mapping[str, Asset]
    pages: Mapping[str, Document]
    articles: Mapping[str, str]
    laid: Mapping[str, str]
    kit: Kit
    site_url: str = ""
    words: str = ""
    credits: Credits = field(default_factory=Credits)

    @property
    def prefix(self) -> str:
        """Path of the site's address, with a slash at the end."""
        return urlsplit(self.site_url).path.rstrip("/") + "/"

    def shown(self, place: str, source: str) -> str:
        """Return what stands on a page besides the theme: the clean article, with its credits.

        Args:
            place: path of the page in the output
            source: path of the approved page; empty for a page that MkDocs makes itself

        """
        if place == self.credits.place:
            return self.credits.page
        article = sanitised(self.articles.get(source, ""))
        return captioned(article, place, self.credits.captions.get(source, {}), self.prefix)


def guarded(files: Mapping[str, bytes], expected: Expected) -> Mapping[str, bytes]:
    """Return the output with a security policy of its own at the head of every page.

    Args:
        files: everything that MkDocs made, by path
        expected: what it must be

    """
    sources = {place: path for path, place in expected.laid.items() if path in expected.pages}
    sources |= dict.fromkeys((NOT_FOUND, expected.credits.place), "")
    made = dict(files)
    for place in sources.keys() & files.keys():
        page = files[place].decode("utf-8", "surrogateescape")
        around = page.replace(expected.shown(place, sources[place]), "", 1)
        policy = security_policy(around, expected.kit)
        made[place] = with_policy(page, policy).encode("utf-8", "surrogateescape")
    return made


class OutputError(BuildError):
    """An output that is not what was approved.

    Args:
        troubles: one line for each
        pages: what is wrong with one page alone, by its path

    """

    def __init__(self, troubles: Sequence[str], pages: Mapping[str, Sequence[str]]) -> None:
        more = len(troubles) - _MOST
        rest = [f"and {more} more like these"] if more > 0 else []
        super().__init__("\n".join([*troubles[:_MOST], *rest]))
        self.pages = pages


def check_output(files: Mapping[str, bytes], expected: Expected) -> tuple[OutputFile, ...]:
    """Compare the output with what was approved.

    Args:
        files: everything that MkDocs made, by path
        expected: what it must be

    Returns:
        one entry for each file, ordered by path

    Raises:
        OutputError: a file is missing, differs or is not accounted for

    """
    sources = {place: path for path, place in expected.laid.items()}
    troubles = [
        f"{path}: is missing from the output; build again"
        for place, path in sorted(sources.items())
        if place not in files
    ]
    if expected.credits.place and expected.credits.place not in files:
        troubles.append(f"{expected.credits.place}: is missing from the output; build again")
    pages: dict[str, list[str]] = {}
    made: list[OutputFile] = []
    for place, data in sorted(files.items()):
        source = sources.get(place, "")
        origin, found = _account(place, source, data, files, expected)
        troubles += found
        if found and origin is Origin.PAGE:
            pages[source] = found
        named = place if origin is Origin.THEME else source
        size, digest = len(data), digest_of(data)
        made.append(OutputFile(path=place, digest=digest, size=size, origin=origin, source=named))
    if troubles:
        raise OutputError(troubles, pages)
    return tuple(made)


def _account(
    place: str, source: str, data: bytes, files: Mapping[str, bytes], expected: Expected
) -> tuple[Origin, list[str]]:
    if source in expected.pages:
        return Origin.PAGE, list(_page(place, source, data, files, expected))
    if source:
        same = data == expected.assets[source].data
        return Origin.ASSET, [] if same else [f"{source}: differs in the output; build again"]
    if place == NOT_FOUND:
        return Origin.GENERATED, list(_made(place, "", _text(data), files, expected))
    if place in (SITEMAP, f"{SITEMAP}.gz"):
        return Origin.GENERATED, list(_sitemap(place, data, expected))
    if place == SEARCH_INDEX:
        return Origin.GENERATED, list(_search(data, expected))
    if place == expected.credits.place:
        return Origin.GENERATED, list(
            _made(place, expected.credits.page, _text(data), files, expected)
        )
    known = expected.kit.file(place)
    if known is None:
        return Origin.THEME, [f"{place}: is in the output, and nobody approved it"]
    return Origin.THEME, [] if known == data else [f"{place}: differs from the theme's own file"]


def _page(
    place: str, source: str, data: bytes, files: Mapping[str, bytes], expected: Expected
) -> Iterator[str]:
    article, page = expected.articles.get(source), _text(data)
    if article is None:
        yield f"{source}: MkDocs did not render it; build again"
        return
    shown = expected.shown(place, source)
    if bare(shown) and shown not in page:
        yield f"{source}: {_CHANGED}"
        return
    plain, policy = without_policy(page)
    around = plain.replace(shown, "", 1)
    document = expected.pages[source]
    for trouble in (
        *shared_ids(shown, around),
        *article_troubles(place, article, document, expected.laid, expected.prefix),
        *cleaning_troubles(article, shown),
    ):
        yield f"{source}: {trouble}"
    for trouble in _around(place, around, policy, files, expected):
        yield f"{source}: {trouble}"


def _made(
    place: str, shown: str, page: str, files: Mapping[str, bytes], expected: Expected
) -> Iterator[str]:
    """Check a page without a source: what the build wrote, if anything, and the theme around it."""
    if shown not in page:
        yield f"{place}: {_CHANGED}"
        return
    plain, policy = without_policy(page)
    for trouble in (
        *cleaning_troubles(shown, shown),
        *_around(place, plain.replace(shown, "", 1), policy, files, expected),
    ):
        yield f"{place}: {trouble}"


def _around(
    place: str, page: str, policy: str, files: Mapping[str, bytes], expected: Expected
) -> Iterator[str]:
    """Check the theme's part of a page, and that the page has the policy that is its own."""
    if policy != security_policy(page, expected.kit):
        yield _NO_POLICY
    yield from chrome_troubles(place, page, files, expected.kit, expected.prefix)


def _sitemap(place: str, data: bytes, expected: Expected) -> Iterator[str]:
    if place.endswith(".gz"):
        data, sound = _unpacked(data)
        if not sound:
            yield f"{place}: holds more than a sitemap"
    pages = {_address(expected.laid[path]) for path in expected.pages}
    pages |= {_address(expected.credits.place)}
    for location in _LOC.findall(_text(data)):
        path = html.unescape(location).removeprefix(expected.site_url.rstrip("/") + "/")
        if path not in pages:
            yield f"{place}: names an address that is no admitted page"


def _unpacked(data: bytes) -> tuple[bytes, bool]:
    reader = zlib.decompressobj(wbits=_GZIP)
    try:
        unpacked = reader.decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b"", False
    return unpacked, reader.eof and not reader.unused_data


def _search(data: bytes, expected: Expected) -> Iterator[str]:
    """Check that the index holds words of admitted pages only, each under its own address."""
    pages = {_address(expected.laid[path]): path for path in expected.pages}
    everywhere = "\n".join(bare(words) for words in (expected.words, "Home"))
    allowed: dict[str, str] = {}
    try:
        entries = json.loads(data)["docs"]
        for entry in entries:
            path = pages[entry["location"].partition("#")[0]]
            if path not in allowed:
                allowed[path] = _indexable(path, expected)
            told = [*read_markup(entry["text"]).text, *read_markup(entry["title"]).text]
            told += [str(tag) for tag in entry.get("tags", ())]
            if not all(_is_told(part, allowed[path], everywhere) for part in told):
                yield f"{SEARCH_INDEX}: holds words that are not on {path}"
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{SEARCH_INDEX}: is not the index of the admitted pages"


def _is_told(part: str, *places: str) -> bool:
    """Say whether one of *places* holds what the index says.

    It escapes titles of the front matter twice, and an article that shows ``&lt;`` only once.
    """
    told = (bare(part), bare(html.unescape(part)))
    return any(each in words for each in told for words in places)


def _indexable(path: str, expected: Expected) -> str:
    """Return everything the index may say of this page alone, without white space."""
    name = path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
    article = "".join(read_markup(expected.articles[path]).text)
    parts = (article, expected.pages[path].text, name)
    return "\n".join(bare(part) for part in parts)


def _address(place: str) -> str:
    return place.removesuffix("index.html") if place.endswith("index.html") else place


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
