"""Where each file of the content folder appears on the site."""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from moderation.model import BuildError
from moderation.pipeline.targets import is_external

PAGE_ENDING = ".md"
NOT_FOUND = "404.html"
SITEMAP = "sitemap.xml"
SEARCH_INDEX = "search/search_index.json"
CREDITS = "credits.md"
"""The page that the build writes itself, of the declarations on the approved pages."""
GENERATED = (NOT_FOUND, SITEMAP, f"{SITEMAP}.gz", SEARCH_INDEX)
"""What MkDocs makes of all pages together."""


def public_path(path: str, *, directory_urls: bool) -> str:
    """Return where the file at *path* stands in the output.

    Args:
        path: relative to the content folder
        directory_urls: True if a page is a folder with an ``index.html``

    """
    if not path.endswith(PAGE_ENDING):
        return path
    stem = path.removesuffix(PAGE_ENDING)
    if directory_urls and posixpath.basename(stem) != "index":
        return f"{stem}/index.html"
    return f"{stem}.html"


def lay_out(paths: Iterable[str], *, directory_urls: bool) -> Mapping[str, str]:
    """Return where each of *paths* stands in the output.

    Raises:
        BuildError: two files would stand in one place

    """
    places: dict[str, str] = dict.fromkeys(GENERATED, "a page that MkDocs makes itself")
    laid: dict[str, str] = {}
    for path in paths:
        laid[path] = place = public_path(path, directory_urls=directory_urls)
        if place in places:
            raise BuildError(
                f"{path}: would appear at {place}, where {places[place]} already is; rename one"
            )
        places[place] = path
    return laid


def reach(base: str, reference: str, *, prefix: str = "/") -> str | None:
    """Return which file of the output *reference* on the page *base* leads to.

    Args:
        base: path of the page in the output
        reference: as written in HTML, entities resolved
        prefix: path of the site's address, for references that begin with a slash

    Returns:
        a path below the output, or None for another site, or a place on the same page; a path that
        leaves the output keeps its leading ``..``

    """
    path = unquote(urlsplit(reference.strip()).path)
    if is_external(reference) or not path:
        return None
    if path.startswith("/"):
        joined = path.removeprefix(prefix) if path.startswith(prefix) else f"..{path}"
    else:
        joined = posixpath.join(posixpath.dirname(base), path)
    folder = joined.endswith("/") or posixpath.basename(joined) in ("", ".", "..")
    at = posixpath.normpath(joined or ".")
    return posixpath.normpath(posixpath.join(at, "index.html")) if folder else at
