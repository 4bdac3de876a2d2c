"""Where the admitted pages lead, checked before MkDocs runs and against more than it knows.

A link to a page that was taken down, or waits for approval, must not stop the rest of the site: it
keeps its words and loses its address. A link to a file that the site never had is a mistake.
"""

from collections.abc import Collection, Iterable, Mapping

from moderation.model import Document
from moderation.pipeline.targets import resolve


def dead_links(
    pages: Iterable[Document], *, admitted: Collection[str], known: Collection[str]
) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Sort out links that lead to no admitted file.

    Args:
        pages: the admitted pages
        admitted: paths that are built
        known: paths that the site has or had

    Returns:
        by path of the page the targets, as written, whose address is to be taken out; and likewise
        one line for each link or picture that leads nowhere

    """
    absent: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    for page in pages:
        for link in page.links:
            path = resolve(page.path, link.target)
            if path is None or path in admitted:
                continue
            if path in known:
                absent.setdefault(page.path, []).append(link.target)
            else:
                wrong.setdefault(page.path, []).append(
                    f"{link.location}: links to no file of the site; write the path of the file, "
                    "such as news/index.md"
                )
        for image in page.images:
            path = resolve(page.path, image.target)
            if path is not None and path not in admitted:
                wrong.setdefault(page.path, []).append(
                    f"{image.location}: shows a picture that is not published; hand it in with the "
                    "page"
                )
    return {page: sorted(set(targets)) for page, targets in absent.items()}, wrong
