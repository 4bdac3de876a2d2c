"""Read a text for abusive language: what was found, where, and how harmful it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from moderation.analysis.lexicon.finder import Hit, Viewed, find
from moderation.analysis.lexicon.lexicon import Lexicon, load_lexicon
from moderation.analysis.lexicon.weigh import excused, mentioned
from moderation.analysis.patterns.library import Library, Match, load_library
from moderation.analysis.text import views
from moderation.analysis.text.characters import Folded, fold
from moderation.analysis.text.evasion import Disguise, disguised
from moderation.analysis.text.sentences import Reading, Sentence, Sentences
from moderation.model import ExtractionError, Severity

_MOST = 3000
"""The most hits of one text that are weighed; policy prose has fewer than one in a thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing found: ``text[start:end]``.

    Args:
        start: offset in the text
        end: offset after the last character
        category: of the listed word, or what the pattern stands for
        severity: how harmful it is here
        entry: the listed word, or the pattern
        is_word: a listed word was found, not a pattern
        disguised: it is written so that a filter would not know it
        quoted: it seems to be spoken about rather than said
        person: where the person it is about is named
        reword: what may be put in its place

    """

    start: int
    end: int
    category: str
    severity: Severity
    entry: str
    is_word: bool = True
    disguised: bool = False
    quoted: bool = False
    person: tuple[int, int] | None = None
    reword: str = ""


@lru_cache(maxsize=8)
def scan(text: str) -> tuple[Mark, ...]:
    """Find abusive language in *text*, in order, however it is written.

    Args:
        text: without markup and entities, as a reader sees it

    Raises:
        ExtractionError: so much had to be weighed that the rest was not, and nothing was found yet

    """
    raw = text.encode("utf-8", "surrogatepass")
    folded = Folded(text, text) if raw.isascii() else fold(text, raw)
    if folded.text is not text:
        raw = folded.text.encode("utf-8", "surrogatepass")
    viewed = Viewed.of(folded.text, raw)
    lexicon, library = load_lexicon(), load_library()
    hidden = list(disguised(folded.text, views.kinds(raw)))
    hits = find(viewed, lexicon, hidden)
    if not text.isascii():
        hits += _signs(text, folded, lexicon)
    starts = library.starts(viewed.plain)
    readings = list(_readings(hidden, library)) if hidden else []
    if not hits and not starts and not readings:
        return ()
    sentences = Sentences(folded.text, readings)
    if readings:
        starts = sorted((*starts, *(each.start for each in readings)))
    marks = list(_words(folded, hits, lexicon, sentences)) if hits else []
    if starts:
        marks += _matches(folded, starts, library, sentences)
        marks.sort(key=_order)
    if not marks and max(len(hits), len(starts)) > _MOST:
        raise ExtractionError("has too many words to weigh and was not screened whole; split it")
    return tuple(marks)


def _readings(hidden: list[Disguise], library: Library) -> Iterator[Reading]:
    """Yield the words of the patterns that are written so that a filter would not know them."""
    end = 0
    chosen: dict[tuple[str, ...], str | None] = {}  # a page of one disguise has few readings
    for place in hidden:
        if place.masked or place.start < end:
            continue
        known = place.readings
        if known not in chosen:
            starting = (w for w in known if library.starts(b" %s " % w.encode()))
            chosen[known] = next(starting, None)
        word = chosen[known]
        if word is not None:
            end = place.end
            yield Reading(place.start, end, word)


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _signs(text: str, folded: Folded, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield listed signs, and words of other scripts where words begin."""
    low = text.lower()
    low = low if len(low) == len(text) else text
    for sign, index in lexicon.signs.items():
        at = low.find(sign)
        while at >= 0:
            # Scripts without capitals have no sure beginning of a word, or none at all.
            if sign.upper() == sign or not (at and low[at - 1].isalpha()):
                yield Hit(folded.position(at), folded.position(at + len(sign) - 1) + 1, index)
            at = low.find(sign, at + 1)


def _words(
    folded: Folded, hits: list[Hit], lexicon: Lexicon, sentences: Sentences
) -> Iterator[Mark]:
    """Yield the hits that count, the longest first where they overlap."""
    hits.sort(key=lambda hit: (hit.start, -hit.end, hit.disguised))
    last = -1
    for hit in hits[:_MOST]:
        if hit.end <= last:
            continue
        sentence = sentences.at(hit.start, hit.end)
        if not excused(sentence, hit, lexicon):
            last = hit.end
            yield _mark(folded, hit, sentence, lexicon)


def _mark(folded: Folded, hit: Hit, sentence: Sentence, lexicon: Lexicon) -> Mark:
    entry = lexicon.entries[hit.index]
    quoted = mentioned(sentence)
    start, end = folded.span(hit.start, hit.end)
    return Mark(
        start=start,
        end=end,
        category=entry.category,
        severity=Severity.NOTE if quoted else entry.severity,
        entry=entry.stem,
        disguised=hit.disguised or folded.written(hit.start, hit.end),
        quoted=quoted,
        reword=lexicon.reword.get(folded.text[hit.start : hit.end], ""),
    )


def _matches(
    folded: Folded, starts: list[int], library: Library, sentences: Sentences
) -> Iterator[Mark]:
    """Yield what the patterns find in the sentences that hold one of their words."""
    end = -1
    for place in starts[:_MOST]:
        if place < end:
            continue
        sentence = sentences.at(place, place + 1)
        end = sentence.end
        for match in library.match(sentence):
            yield _matched(folded, sentence, match)


def _matched(folded: Folded, sentence: Sentence, match: Match) -> Mark:
    words = sentence.words[match.first : match.last]
    start, end = folded.span(words[0].start, words[-1].end)
    person = None
    if match.person is not None:
        first, last = match.person
        person = folded.span(sentence.words[first].start, sentence.words[last - 1].end)
    return Mark(
        start=start,
        end=end,
        category=match.rule,
        severity=Severity.NOTE if match.excused else Severity.REVIEW,
        entry=match.source,
        is_word=False,
        quoted=match.excused,
        person=person,
    )
