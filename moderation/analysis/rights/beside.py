"""What a page says beside a picture: its alternative text, title, caption and the next lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from moderation.analysis.shown import Shown
from moderation.model import VISIBLE, Carrier, Document, ReadSubmission

Said = tuple[int, str, str]
"""A line of a page, a word on what stands there, and the text."""
_LINES = 3
"""A credit that stands further below a picture is taken to belong to something else."""


def said_on(page: Document) -> Sequence[Said]:
    """Return what a visitor reads on a page, ordered by line."""
    found = []
    for piece in page.pieces:
        if piece.carrier in VISIBLE and piece.source_start >= 0:
            word = "caption" if piece.carrier is Carrier.CAPTION else "text"
            text = page.text[piece.start : piece.end]
            found.append((page.locate(piece.start, piece.end).line or 1, word, text))
    return sorted(found)


def beside(
    submission: ReadSubmission, file: Shown, said: Sequence[Said]
) -> Iterator[tuple[str, str]]:
    """Yield what a page says beside a picture, with a word on where.

    Args:
        submission: the page
        file: the picture
        said: what the page says; see :func:`said_on`

    """
    page = submission.page
    lines = sorted(image.location.line or 1 for image in page.images)
    for image in page.images:
        if submission.targets.get(image.target) != file.path:
            continue
        yield "its alternative text", image.alt or ""
        yield "its title", image.title
        line = image.location.line or 1
        later = lines[bisect_right(lines, line) :]
        last = min(line + _LINES, later[0] - 1) if later else line + _LINES
        for at in range(bisect_left(said, (line, "", "")), len(said)):
            if said[at][0] > last:
                break
            yield f"the {said[at][1]} beside it", said[at][2]
