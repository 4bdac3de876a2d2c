"""Does a page still read as it did when it was approved? By the article, letter by letter.

Two comparisons, so that a change of any program in between sends the page back to review. The
article that Schoolgate's own reader makes of the page today is held against the one that was
approved, by digest; and the article that MkDocs made is held against the reader's, in one form (see
:mod:`moderation.pipeline.rendering`). In the second, links to pages that are not published have no
address, on both sides.
"""

from collections.abc import Iterator, Mapping

from moderation.extract.sanitise import sanitised
from moderation.model import Asset
from moderation.pipeline.rendering import (
    Meaning,
    article_of,
    in_one_form,
    meaning_on,
    rendered_digest,
)
from moderation.publish.layout import reach
from moderation.publish.manifest import Manifest, OutputFile
from moderation.publish.output import Expected, OutputError, check_output

_CHANGED = (
    "reads otherwise than when it was approved, because a program that reads it has changed; hand "
    "it in and have it approved again"
)
_MADE_OTHERWISE = (
    "MkDocs makes another article of it than the one that was approved; write the unusual parts "
    "more simply, or have the program that builds the site looked at"
)


def changed_since(page: Asset, manifest: Manifest) -> Iterator[str]:
    """Yield why a page may not be built though its bytes are the approved ones.

    Args:
        page: an admitted page, which can be read
        manifest: the answer of the gate

    """
    if (page.path, rendered_digest(page)) not in manifest.articles:
        yield f"{page.path}: {_CHANGED}"


def checked_output(files: Mapping[str, bytes], expected: Expected) -> tuple[OutputFile, ...]:
    """Compare the output, and what each page says, with what was approved.

    Args:
        files: everything that was made, by path
        expected: what it must be

    Returns:
        one entry for each file, ordered by path

    Raises:
        OutputError: a file is missing, differs or is not accounted for, or a page reads otherwise

    """
    checked = check_output(files, expected)
    require_same_reading(expected)
    return checked


def require_same_reading(expected: Expected) -> None:
    """Refuse pages of which MkDocs made another article than the reader of pages.

    Args:
        expected: what the output is compared with, and what MkDocs made of each page

    Raises:
        OutputError: names them

    """
    places = {place: path for path, place in expected.laid.items()}
    wrong: dict[str, list[str]] = {}
    for path, article in expected.articles.items():
        meaning = _reached_from(expected.laid[path], places, expected.prefix)
        if in_one_form(sanitised(article), meaning) != _ours(path, expected):
            wrong[path] = [f"{path}: {_MADE_OTHERWISE}"]
    if wrong:
        raise OutputError([line for lines in wrong.values() for line in lines], wrong)


def _ours(path: str, expected: Expected) -> str:
    article = article_of(expected.assets[path])
    return in_one_form(article, meaning_on(path), absent=lambda file: file not in expected.laid)


def _reached_from(place: str, files: Mapping[str, str], prefix: str) -> Meaning:
    return lambda address: files.get(reach(place, address, prefix=prefix) or "")
