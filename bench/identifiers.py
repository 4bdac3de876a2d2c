"""Accuracy and speed of finding identifiers: ``python -m bench identifiers``."""

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moderation.analysis.identifiers import Kind, find_identifiers
from moderation.analysis.identifiers.special import find_protected
from moderation.model import Confidence

SHEET = Path(__file__).parent.parent / "tests" / "corpus" / "identifiers.txt"
KINDS = {
    **{"UPN": Kind.PUPIL_NUMBER, "NHS": Kind.NHS_NUMBER, "NINO": Kind.NATIONAL_INSURANCE},
    **{"PHONE": Kind.PHONE, "PHONE(drama range)": Kind.PHONE, "POSTCODE": Kind.ADDRESS},
    **{"ADDRESS": Kind.ADDRESS, "EMAIL": Kind.EMAIL, "DOB": Kind.DATE_OF_BIRTH},
    **{"GPS": Kind.COORDINATES, "SOCIAL": Kind.HANDLE, "VRM": Kind.REGISTRATION},
}
_MARKED = re.compile("⟦([^⟧]*)⟧")
_PROSE = ("prose_education.txt", "prose_government.txt")
_ISBNS = 2000
_LEAST_RECALL, _MOST_NEAR, _MOST_IN_PROSE, _LEAST_SPEED = 0.99, 0.01, 0.3, 5.0
_PAGE = """\
Year Six visited the museum on Thursday and made clay pots with Mrs Cockburn. We assess pupils each
half term and pass the analysis to parents. The coach leaves Scunthorpe early; please bring a packed
lunch, a coat and a water bottle. Our anti-bullying week begins on Monday: wear odd socks. Parents'
evening is on Tuesday. The harvest service raised a lot for the food bank, thank you all. Reception
planted beans and measured them with rulers, and the choir sang at the care home in Mill Lane.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure and its limit; *least* says that the limit is the lowest that is good."""

    name: str
    value: float
    limit: float
    least: bool
    detail: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value >= self.limit if self.least else self.value <= self.limit


Measurer = Callable[[Path], list[Measure]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a set; without *spans* it is a near miss."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


def main() -> int:
    """Print every figure beside its limit; return 1 where one is beyond it."""
    figures = [*of_sheet(), *of_books(), *of_speed()]
    folder = os.environ.get("SCHOOLGATE_CORPORA")
    if folder:
        figures += [*of_labelled(Path(folder)), *of_prose(Path(folder))]
    else:
        print("set SCHOOLGATE_CORPORA to the folder of labelled data to measure on it too\n")
    for each in figures:
        sign = "≥" if each.least else "≤"
        note = "" if each.reached else "  NOT REACHED"
        print(f"{each.name:52}{each.value:10.4f}  {sign} {each.limit:.4f}  {each.detail}{note}")
    return int(not all(each.reached for each in figures))


def of_sheet() -> list[Measure]:
    """Measure on the sentences of our own."""
    return _accuracy("own sentences", tuple(read_sheet()))


def of_labelled(folder: Path) -> list[Measure]:
    """Measure on the labelled half that may be seen."""
    return _accuracy("labelled half", tuple(_labelled(folder / "names")))


def of_books(seed: int = 7) -> list[Measure]:
    """Count ISBNs of ten digits that are taken for NHS numbers, bare and called ISBN."""
    draw = random.Random(seed)
    books = [_isbn(draw) for _ in range(_ISBNS)]
    forms = (
        "ISBN {}",
        "ISBN-10: {}",
        "Reading list: Holes, {}",
        "{}",
        "The book is {} (paperback)",
    )
    texts = [forms[i % len(forms)].format(book) for i, book in enumerate(books)]
    taken = sum(any(e.kind is Kind.NHS_NUMBER for e in find_identifiers(t)) for t in texts)
    detail = f"{taken} of {_ISBNS}"
    return [_most("ISBN-10 taken for an NHS number", taken / _ISBNS, _MOST_NEAR, detail)]


def of_prose(folder: Path) -> list[Measure]:
    """Count what is for review in clean prose, for ten thousand words."""
    found: list[str] = []
    words = 0
    for name in _PROSE:
        text = (folder / "language" / name).read_text("utf-8")
        words += len(text.split())
        found += [e.kind for e in find_identifiers(text) if e.confidence is not Confidence.LOW]
        found += [each.topic for each in find_protected(text)]
    value = len(found) * 10_000 / words
    return [_most("for review in 10,000 words of clean prose", value, _MOST_IN_PROSE, str(found))]


def of_speed() -> list[Measure]:
    """Measure megabytes a second of CPU time on pages without digits, best of three."""
    pages = [(_PAGE * 12)[i : i + 5000] for i in range(100)]
    size = sum(len(page.encode()) for page in pages)
    read: Callable[[str], object] = find_identifiers.__wrapped__
    read(pages[0])
    best = min(_seconds(read, pages) for _ in range(3))
    return [
        Measure(name="MB/s without digits", value=size / best / 1e6, limit=_LEAST_SPEED, least=True)
    ]


def read_sheet() -> Iterator[Sentence]:
    """Read the sentences of our own; brackets mark what must be found."""
    kind = ""
    for line in SHEET.read_text("utf-8").splitlines():
        if line.startswith("## "):
            kind = line[3:]
        elif line[:2] in ("+ ", "- "):
            yield _sentence(kind, line[2:].replace("\\n", "\n"), found=line[0] == "+")


def _sentence(kind: str, marked: str, *, found: bool) -> Sentence:
    spans: list[tuple[int, int]] = []
    for match in _MARKED.finditer(marked):
        start = match.start() - 2 * len(spans)
        spans.append((start, start + len(match[1])))
    text = _MARKED.sub(r"\1", marked)
    return Sentence(kind, text, tuple(spans) or (((0, len(text)),) if found else ()))


def _labelled(folder: Path) -> Iterator[Sentence]:
    for name in ("ids_dev_pos.jsonl", "ids_dev_near.jsonl"):
        for line in (folder / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            spans = (tuple(row["span"]),) if row["span"] else ()
            yield Sentence(KINDS[row["kind"]], row["text"], spans)


def _accuracy(name: str, sentences: Sequence[Sentence]) -> list[Measure]:
    """Return the recall of each kind, and how many near misses are flagged as their kind."""
    figures = []
    for kind in dict.fromkeys(each.kind for each in sentences):
        mine = [each for each in sentences if each.kind == kind and each.spans]
        missed = [each.text for each in mine if not all(_hit(each, span) for span in each.spans)]
        if mine:
            value = 1 - len(missed) / len(mine)
            figures.append(
                Measure(
                    name=f"{name}: {kind}, recall",
                    value=value,
                    limit=_LEAST_RECALL,
                    least=True,
                    detail=f"{len(mine)} sentences; missed {missed}" if missed else f"{len(mine)}",
                )
            )
    near = [each for each in sentences if not each.spans]
    flagged = [each.text for each in near if _hit(each, (0, len(each.text)))]
    detail = f"{len(near)} sentences; {flagged}"
    return [*figures, _most(f"{name}: near misses", len(flagged) / len(near), _MOST_NEAR, detail)]


def _hit(sentence: Sentence, span: tuple[int, int]) -> bool:
    start, end = span
    if sentence.kind == "special-category-data":
        return any(True for _ in find_protected(sentence.text))
    return any(
        each.kind == sentence.kind and each.start < end and start < each.end
        for each in find_identifiers(sentence.text)
    )


def _most(name: str, value: float, limit: float, detail: str) -> Measure:
    return Measure(name=name, value=value, limit=limit, least=False, detail=detail)


def _isbn(draw: random.Random) -> str:
    """Invent a book: nine digits and a check digit modulo 11 that is a digit."""
    while True:
        digits = [draw.randrange(10) for _ in range(9)]
        total = sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=True))
        check = -total % 11
        if check < 10:
            return "".join(map(str, (*digits, check)))


def _seconds(check: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        check(text)
    return max(time.process_time() - start, 1e-9)


if __name__ == "__main__":
    sys.exit(main())
