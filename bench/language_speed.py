"""Speed of language filters on the same texts: sentences, pages of 5 KB, disguised words.

A filter that only says yes or no stops at the first word that it objects to, and is the quicker the
more it objects: in the textbook, say, to nearly every page. Schoolgate always reads the whole text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench import language_evasions as evasions
from bench import language_measures as measures
from bench.language_peers import Peer

_NEWS = """\
Year 6 visited the museum on Thursday and made clay pots with Mrs Cockburn. We assess pupils each
half term and pass the analysis to parents. The coach leaves Scunthorpe at 8.15am; please bring a
packed lunch, a coat and a water bottle. Our anti-bullying week begins on Monday: wear odd socks.
Parents’ evening is on Tuesday – book through the app. The harvest service raised £231.50 for the
food bank, thank you all. Reception planted beans and measured them with rulers. Class 4S and 5H
are learning about volcanoes, earthquakes and the Romans. Please label every jumper and cardigan.
The choir sang at the care home, and the residents joined in. Breakfast club opens at 7.45am.
Governors meet in the library on 12 March at 6pm. Swimming kits are needed on Wednesdays.
""".replace("\n", " ")
_PAGE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What speed is measured on."""

    sentences: list[str]
    pages: list[str]
    textbook: list[str]
    evasive: list[str]

    def thinned(self, step: int) -> "Texts":
        """Return one text in *step* of each kind, for slow filters."""
        return Texts(
            sentences=self.sentences[::step],
            pages=self.pages[::step],
            textbook=self.textbook[::step],
            evasive=self.evasive[::step],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Megabytes a second, milliseconds of the slowest page in a hundred, and the first check."""

    sentences: float
    pages: float
    textbook: float
    evasive: float
    slow_page: float
    start: tuple[float, float] | None

    def cells(self) -> list[str]:
        """Render as cells of a table."""
        rates = [f"{value:.3g} MB/s" for value in self._rates()]
        first = ["-", "-"]
        if self.start is not None:
            first = [f"{self.start[0]:.2f} s", f"{self.start[1]:.0f} MB"]
        return [*rates, f"{self.slow_page:.2f} ms", *first]

    def _rates(self) -> tuple[float, ...]:
        return self.sentences, self.pages, self.textbook, self.evasive


HEADS = ("sentences", "5 KB pages", "textbook", "disguised", "99th page", "first check", "memory")


def texts() -> Texts:
    """Return sentences of school news, pages of news and of a textbook, and disguised words."""
    news = [sentence.strip() + "." for sentence in _NEWS.split(". ") if sentence.strip()]
    evasive = [
        text
        for family in evasions.FAMILIES
        for text in measures.disguised(evasions.FAMILIES, family, evasions.WORDS)
    ]
    sentences = [f"{sentence} {number}" for number in range(60) for sentence in news]
    pages = [(_NEWS * 8)[number * 7 : number * 7 + _PAGE] for number in range(50)]
    return Texts(sentences=sentences, pages=pages, textbook=list(_textbook()), evasive=evasive)


def _textbook() -> Iterator[str]:
    """Yield fifty pages of our own textbook prose, no two the same."""
    prose = re.sub(r"\s+", " ", " ".join(measures.own_prose()))
    for number in range(50):
        at = number * (len(prose) - _PAGE) // 49
        yield prose[at : at + _PAGE]


def measure(peer: Peer, all_: Texts) -> Speed:
    """Measure one filter; every speed is CPU time of one core, the best of three."""
    few = all_.thinned(peer.thin * 5 if peer.thin > 1 else 1)
    peer.seconds(["The hall is open on Monday. " * 50])
    both = few.pages + few.textbook
    each = sorted(peer.seconds([page]) for page in both)
    return Speed(
        sentences=peer.rate(few.sentences),
        pages=peer.rate(few.pages),
        textbook=peer.rate(few.textbook),
        evasive=peer.rate(few.evasive),
        slow_page=each[min(len(each) - 1, int(len(each) * 0.99))] * 1000,
        start=peer.start(),
    )
