"""How well people are found who are on no list, and how fast.

Every person counts, public figures too. School sentences are checked as pages: a finding of
`person-named` or `person-named-with-photo` of any severity that overlaps a labelled name hits it,
one that overlaps none is false. Other people's sentences are put to the finder itself, since the
rules leave out what is less likely a name than not.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.persons_corpus import DATA, Example, read
from moderation import check_text
from moderation.analysis.persons import finder
from moderation.model import Finding, Severity

RULES = ("person-named", "person-named-with-photo")
_MARKED = re.compile(r"\[\[(.*?)\]\]")
_TOP = "# Page\n\n"
_ROUNDS = 3

Span = tuple[int, int]
Finder = Callable[[str], list[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was found in a set of sentences."""

    name: str
    sentences: int
    right: int
    false: int
    found: int
    missed: int
    flagged: int

    @property
    def precision(self) -> float:
        """Share of the findings that overlap a name."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """Share of the names that a finding overlaps."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def line(self) -> str:
        """Write one row of a table."""
        share = self.flagged / self.sentences
        if not self.found + self.missed:
            return f"| {self.name} | {self.sentences:,} | | | | {share:.3f} |"
        figures = f"{self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f}"
        return f"| {self.name} | {self.sentences:,} | {figures} | {share:.3f} |"


HEAD = "| sentences | number | precision | recall | F1 | flagged |\n|---|---|---|---|---|---|"


def main() -> int:
    """Print accuracy on what was not trained on, and speed."""
    print(HEAD)
    for each in own_scores():
        print(each.line())
    folder = os.environ.get("SCHOOLGATE_CORPORA")
    if folder:
        ewt = read(Path(folder) / "names/uner_ewt_dev.jsonl")
        print(score("UNER EWT, dev", ewt, persons_in).line())
    else:
        print("SCHOOLGATE_CORPORA is not set: no figures on public sets")
    for name, rate in speeds():
        print(f"{name:40} {rate:6.2f} MB/s")
    return 0


def own_scores(find: Finder | None = None) -> Iterator[Score]:
    """Measure on our own school sentences that were never trained on."""
    yield from _own(("fresh", "blind"), "school sentences", find)


def other_scores() -> Iterator[Score]:
    """Measure the finder on our own sentences of other kinds that were never trained on."""
    yield from _own(("requests", "genres"), "sentences", persons_in)


def _own(names: Sequence[str], what: str, find: Finder | None) -> Iterator[Score]:
    for name in names:
        named, nobody = marked(DATA / f"{name}.txt")
        yield score(f"our {name} {what}", named, find)
        yield score(f"our {name} {what} that name nobody", nobody, find)


def persons_in(text: str) -> list[Span]:
    """Ask the finder itself, and return where it sees persons."""
    return [(match.start, match.end) for match in finder.search(text, frozenset())]


def marked(path: Path) -> tuple[list[Example], list[Example]]:
    """Read sentences in which ``[[...]]`` marks persons: those with persons, and those without."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    at = 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line.startswith("# Nobody"):
            at = 1
        elif line and "||" not in line:
            parts[at].append(_unmark(line))
    return parts


def _unmark(line: str) -> Example:
    out, spans, end = "", [], 0
    for match in _MARKED.finditer(line):
        out += line[end : match.start()]
        spans.append((len(out), len(out) + len(match[1])))
        out += match[1]
        end = match.end()
    return Example(out + line[end:], tuple(spans))


def score(name: str, examples: Sequence[Example], find: Finder | None = None) -> Score:
    """Measure a finder on labelled sentences; each is checked as a page if None is given."""
    right = false = found = missed = flagged = 0
    for example in examples:
        places = (find or found_in)(example.text)
        hits = [any(_overlap(p, s) for s in example.spans) for p in places]
        seen = [any(_overlap(p, s) for p in places) for s in example.spans]
        right, false = right + sum(hits), false + len(hits) - sum(hits)
        found, missed = found + sum(seen), missed + len(seen) - sum(seen)
        flagged += bool(places)
    return Score(
        name=name,
        sentences=len(examples),
        right=right,
        false=false,
        found=found,
        missed=missed,
        flagged=flagged,
    )


def found_in(text: str, severity: Severity = Severity.NOTE) -> list[Span]:
    """Check a text as a page and return where persons are named in its source.

    It stands under a heading: a page that begins with a word and a colon is refused.
    """
    verdict = check_text(_TOP + text, families=["people"])
    lines = [-len(_TOP), *(match.end() for match in re.finditer("\n", _TOP + text))]
    lines[1:] = [start - len(_TOP) for start in lines[1:]]
    mine = (f for f in verdict.findings if f.rule in RULES and f.severity >= severity)
    return [place for finding in mine for place in _place(finding, lines)]


def _place(finding: Finding, lines: Sequence[int]) -> Iterator[Span]:
    span = finding.primary.span
    if span is not None:
        yield lines[span.line - 1] + span.column - 1, lines[span.end_line - 1] + span.end_column - 1


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def speeds() -> Iterator[tuple[str, float]]:
    """Time the finder on one core, best of three, in millions of characters a second."""
    named, nobody = marked(DATA / "fresh.txt")
    yield "sentences that name people", _rate([example.text for example in named])
    yield "sentences that name nobody", _rate([example.text for example in nobody])
    page = "The whole school sang in the hall, and we thank every family for the cakes. " * 600
    yield "a page with few capitals", _rate([page])
    folder = os.environ.get("SCHOOLGATE_CORPORA")
    if folder:
        prose = Path(folder) / "language/prose_education.txt"
        yield "prose of a ministry", _rate([prose.read_text("utf-8")])


def _rate(texts: Iterable[str]) -> float:
    work = [json.loads(json.dumps(text)) for text in texts]
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        for text in work:
            finder.search(text, frozenset())
        best = min(best, time.process_time() - begin)
    return sum(map(len, work)) / best / 1e6
