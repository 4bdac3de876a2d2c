"""Find the person whom a sentence names beside a listed word."""

from moderation.analysis.lexicon.contexts import TITLES
from moderation.analysis.patterns.library import load_library
from moderation.analysis.text.sentences import Sentence, sentence_at

_LONGEST = 4


def person_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of the person named in ``text[start:end]``, or nearest before or after it.

    Only a usual forename or a title makes a person of words in capitals, so that a place or the
    first word of a sentence does not become one.

    Args:
        text: without markup and entities
        start: offset of what was found
        end: offset after it

    """
    sentence = sentence_at(text, start, end)
    found = _persons(sentence)
    inside = [person for person in found if start <= person[0] < end]
    before = [person for person in found if person[0] < start]
    after = [person for person in found if person[0] >= end]
    nearest = [*inside[:1], *before[-1:], *after[:1]]
    return nearest[0] if nearest else None


def _persons(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the places of the persons whom a sentence names."""
    forenames = load_library().reader.forenames
    words = sentence.words
    found = []
    index = 0
    while index < len(words):
        first, title = words[index], words[index].plain in TITLES
        index += 1
        if not first.written[:1].isupper() or not (title or first.plain in forenames):
            continue
        last = index
        while last < min(len(words), index + _LONGEST - 1) and words[last].written.istitle():
            last += 1
        if not title or last > index:
            found.append((first.start, words[last - 1].end))
        index = last
    return found
