"""Find the added terms of several words: each word read through its disguise, then joined.

The engine reads one word at a time. So the words of all phrases make a small list of their own, and
wherever they stand one after the other, with nothing but blanks and signs between them, there the
phrase is. Blanks, signs and line breaks between them make no difference; the end of a sentence or
of a paragraph does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from moderation.analysis.lexicon.entries import Entry
from moderation.analysis.lexicon.finder import Hit, Viewed, find
from moderation.analysis.lexicon.lexicon import Lexicon
from moderation.model import Severity

_GAP = re.compile(r"(?!.?\s*\n\s*\n)(?:[^\w.!?;:,]|_|[.!?;:,](?!\s)){1,8}")
_PLAIN_GAP = re.compile(r"[\s\-'’]+")

Piece = tuple[int, bool]
"""Where a word ends, and whether it is disguised."""
Places = Mapping[str, Mapping[int, Piece]]
"""Where each word begins, by word."""


def word_entries(phrases: Iterator[Sequence[str]]) -> tuple[Entry, ...]:
    """Return an entry for each word of *phrases*, of a kind that disguises are taken of."""
    words = sorted({word for phrase in phrases for word in phrase})
    return tuple(
        Entry(stem=word, category="other", severity=Severity.BLOCK, match="word") for word in words
    )


def find_phrases(
    viewed: Viewed, words: Lexicon, phrases: Mapping[tuple[str, ...], int]
) -> Iterator[Hit]:
    """Yield every place that reads as one of *phrases*.

    Args:
        viewed: the text
        words: the list of the words of the phrases
        phrases: words of each -> index of what it stands for

    """
    if not phrases:
        return
    places = _places(find(viewed, words), words)
    for phrase, index in phrases.items():
        for start in places.get(phrase[0], ()):
            joined = _joined(viewed.text, phrase, start, places)
            if joined:
                yield Hit(start, joined[0], index, joined[1])


def _places(hits: Sequence[Hit], words: Lexicon) -> Places:
    """Sort the hits by word; of several at one place the one that is not disguised counts."""
    places: dict[str, dict[int, Piece]] = defaultdict(dict)
    for hit in hits:
        mine = places[words.entries[hit.index].stem]
        if hit.start not in mine or mine[hit.start][1]:
            mine[hit.start] = (hit.end, hit.disguised)
    return places


def _joined(text: str, phrase: tuple[str, ...], start: int, places: Places) -> Piece | None:
    """Return where *phrase* ends that begins at *start*, if its other words follow."""
    end, hidden = places[phrase[0]][start]
    for word in phrase[1:]:
        gap = _GAP.match(text, end)
        mine = places.get(word, {})
        # a disguised word may begin with a sign that looks like the end of the gap
        begins = range(gap.end(), end, -1) if gap else ()
        at = next((each for each in begins if each in mine), None)
        if at is None:
            return None
        hidden = hidden or mine[at][1] or not _PLAIN_GAP.fullmatch(text, end, at)
        end = max(end, mine[at][0])
    return end, hidden
