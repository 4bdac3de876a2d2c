"""Pages on which every character of an abusive span is known, to see whether findings say so.

    python -m bench.language_spans [COUNT]

A span is a listed word or the match of a pattern. It is written in one of many ways (entities,
tags, Markdown, invisible and look-alike characters) in one of many places of a page, and its
place in the publisher's own file is kept: line and column of the first and after the last
character, with everything that was written between them.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import moderation
from bench.language_writing import AROUND, KINDS, WORDS_ONLY
from moderation.analysis.language import scan
from moderation.analysis.lexicon.entries import SLURS, read_entries
from moderation.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One page and the place of the one span on it.

    Args:
        path: of the file, whose ending tells what it is
        page: the file, as the publisher wrote it
        start: offset of the first written character of the span
        end: offset after the last one
        ways: how it was written, and where it stands
        category: of the listed word or the pattern

    """

    path: str
    page: str
    start: int
    end: int
    ways: tuple[str, str]
    category: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the range of it that is found when it is plainly written."""

    text: str
    start: int
    end: int
    category: str


_FRAMES = (
    "You are a {} and everyone knows it.",
    "What a {} that was at the match.",
    "Year 9 say he is a {} now.",
    "The {} in the office lost my form.",
    "Tell that {} to go home after lunch.",
    "Nothing but a {}, said the note.",
)
_MATCHES = (
    "Nobody likes Jayden Price in our class.",
    "We should kill all immigrants at once.",
    "Megan looks like a pig in that photo.",
    "Everyone laugh at Chloe Marsh after lunch.",
    "I am going to stab you after school.",
    "Kill yourself before the bell goes.",
    "All gypsies are thieves in this town.",
    "Mr Donnelly stole the money from the fair.",
    "Join the Islamic State and fight with us.",
    "Send me nudes after the disco.",
    "There is a bomb in the science block.",
    "Who wants to buy some weed behind the gym?",
)


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Return the hard words that no context excuses, with their categories."""
    wanted = {*SLURS, "profanity", "sexual", "insult"}
    return tuple(
        (entry.stem, entry.category)
        for entry in read_entries()
        if entry.category in wanted
        and entry.severity == Severity.BLOCK
        and entry.is_english
        and not entry.contexts
        and entry.match in ("any", "comp")
        and entry.stem.isalpha()
        and len(entry.stem) > 3
    )


@cache
def _patterns() -> tuple[Sentence, ...]:
    """Return the sentences that only a pattern finds, with the range that it finds."""
    found = []
    for text in _MATCHES:
        marks = [mark for mark in scan(text) if not mark.is_word]
        first = max(marks, key=lambda mark: mark.end - mark.start)
        found.append(Sentence(text, first.start, first.end, first.category))
    return tuple(found)


def spans(seed: int, count: int) -> Iterator[Span]:
    """Yield *count* pages with one span each, the same ones for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _span(rng)


def _span(rng: random.Random) -> Span:
    sentence = rng.choice(_patterns()) if rng.random() < 0.25 else _with_word(rng)
    path, places, ways = rng.choice(KINDS)
    if " " not in sentence.text[sentence.start : sentence.end]:
        ways = ways | WORDS_ONLY
    way, place = rng.choice(sorted(ways)), rng.choice(sorted(places))
    before, after = places[place]
    lead, trail = rng.choice(AROUND), rng.choice(AROUND)
    inside = sentence.text[sentence.start : sentence.end]
    written = ways[way](inside, rng)
    pieces = [before, lead, sentence.text[: sentence.start], written[0][0]]
    start = sum(map(len, pieces))
    core = written[0][1] + "".join(gap + c for gap, c in written[1:])
    page = "".join([*pieces, core, sentence.text[sentence.end :], " " + trail.strip(), after])
    return _lined(Span(
        path=path, page=page, start=start, end=start + len(core), ways=(way, place),
        category=sentence.category,
    ), rng)  # fmt: skip


def _lined(span: Span, rng: random.Random) -> Span:
    """Put paragraphs before and after, and end the lines as Windows does now and then."""
    news = span.path.endswith(".md")
    front = (
        ""
        if not news
        else rng.choice(["", "# News 📣\n\n", "Déjà vu.\n\n", "---\ntitle: News\n---\n\n"])
    )
    back = "" if not news else rng.choice(["", "\nThank you all.\n"])
    start, page = span.start + len(front), front + span.page + back
    end = span.end + len(front)
    if rng.random() < 0.25:
        start += page.count("\n", 0, start)
        end += page.count("\n", 0, end)
        page = page.replace("\n", "\r\n")
    return replace(span, page=page, start=start, end=end)


def _with_word(rng: random.Random) -> Sentence:
    while True:
        word, category = rng.choice(_words())
        frame = rng.choice(_FRAMES)
        start, text = frame.index("{}"), frame.format(word)
        if any((mark.start, mark.end) == (start, start + len(word)) for mark in scan(text)):
            return Sentence(text, start, start + len(word), category)


def found(page: str, path: str = "page.md") -> list[tuple[int, int]]:
    """Return the ranges of *page*, in characters, that the language rules report."""
    verdict = moderation.check_text(page, path=path, families=["language"])
    if verdict.errors:
        raise ValueError(str(verdict.errors[0]))
    starts = [0]
    for line in page.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans_ = [finding.primary.span for finding in verdict.findings]
    return [
        (starts[s.line - 1] + s.column - 1, starts[s.end_line - 1] + s.end_column - 1)
        for s in spans_
        if s is not None
    ]


def judge(span: Span) -> str:
    """Return ``exact``, ``wrong place`` or ``not found``."""
    ranges = found(span.page, span.path)
    if (span.start, span.end) in ranges:
        return "exact"
    return "wrong place" if any(a < span.end and span.start < b for a, b in ranges) else "not found"


def measure(seed: int, count: int) -> tuple[Counter[str], list[Span]]:
    """Judge *count* spans; return how many are what, and those that are not exact."""
    judged: Counter[str] = Counter()
    amiss = []
    for span in spans(seed, count):
        what = judge(span)
        judged[what] += 1
        if what != "exact":
            amiss.append(span)
    return judged, amiss


def main() -> int:
    """Print how many spans are exact, and some that are not."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    judged, amiss = measure(20261121, count)
    print(", ".join(f"{what} {number}" for what, number in judged.most_common()))
    for span in amiss[:40]:
        here = span.page[max(0, span.start - 12) : span.end + 12]
        print(f"{judge(span)}: {' in '.join(span.ways)}: {here!r}")
    return 0 if not amiss else 1


if __name__ == "__main__":
    sys.exit(main())
