"""Measure language filters on labelled data: one function a measure.

Schoolgate is measured through the public API. The data are the half that may be seen, in
``$SCHOOLGATE_CORPORA/language``, and our own in this folder; what was used for building is named in
``docs/reference/language.md``.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import moderation
from bench import language_evasions as evasions

Flag = Callable[[str], bool]
Measurer = Callable[[Path, Flag, int], "list[Measure]"]
IMPLICIT = ("bullying_named", "threat", "extremist", "sexual")
PROSE = Path(__file__).with_name("prose")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: what was measured, what came out, and what it should reach.

    Args:
        name: what was measured
        value: share, or findings per 10,000 words
        detail: counts
        limit: what *value* should reach; none is set where it is None
        least: True where *value* should be at least *limit*, False where at most

    """

    name: str
    value: float
    detail: str
    limit: float | None = None
    least: bool = False

    @property
    def reached(self) -> bool:
        """Say whether the limit is kept."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.least else self.value <= self.limit


def flag(text: str) -> bool:
    """Say whether Schoolgate's language rules ask for a look at *text*, or block it."""
    return _worst(text, ("review", "block"))


def block(text: str) -> bool:
    """Say whether Schoolgate's language rules block *text*."""
    return _worst(text, ("block",))


def _worst(text: str, severities: tuple[str, ...]) -> bool:
    verdict = moderation.check_text(text, families=["language"])
    return any(finding.severity in severities for finding in verdict.findings)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read a set in JSON lines."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def school(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure school sentences: explicit words, abuse without them, and innocent ones."""
    hits: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for row in rows(folder, "school_a.jsonl"):
        abuse = "implicit" if row["group"] in IMPLICIT else "explicit"
        kind = abuse if row["label"] else "innocent"
        all_[kind] += 1
        hits[kind] += flagged(row["text"])
    return [
        _share("school sentences: " + title, hits[kind], all_[kind], limit, least=least)
        for title, kind, limit, least in (
            ("explicit words found", "explicit", 0.94, True),
            ("abuse without them found", "implicit", 0.53, True),
            ("innocent ones flagged", "innocent", 0.033, False),
        )
    ]


def evaded(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure disguised words, in families known when the engine was built and others."""
    found = []
    shares = []
    for name, families, words, limit in (
        ("known ways to hide a word: found", evasions.FAMILIES, evasions.WORDS, 0.97),
        ("known ways, words added later: found", evasions.FAMILIES, evasions.NEW_WORDS, 0.97),
        ("other ways to hide a word: found", evasions.UNSEEN, evasions.WORDS, 0.80),
    ):
        texts = {family: disguised(families, family, words) for family in families}
        hits = {family: sum(map(flagged, texts[family])) for family in families}
        whole = sum(map(len, texts.values()))
        found.append(_share(name, sum(hits.values()), whole, limit, least=True))
        if families is evasions.FAMILIES:
            shares += [(hits[f] / len(texts[f]), f) for f in families]
    worst, family = min(shares)
    name = "the known way that is found least"
    return [*found, Measure(name=name, value=worst, limit=0.9, least=True, detail=family)]


def disguised(
    families: Mapping[str, evasions.Disguise], family: str, words: Iterable[str]
) -> list[str]:
    """Return one sentence for each word, disguised in one way."""
    rng = random.Random(family)
    frames = evasions.FRAMES
    return [rng.choice(frames).format(families[family](word, rng)) for word in words]


def look_alikes(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure innocent words in the same disguises, masks left out: a masked word is any word."""
    families = {
        name: disguise
        for name, disguise in (evasions.FAMILIES | evasions.UNSEEN).items()
        if "mask" not in name and "mark" not in name
    }
    rng = random.Random(3)
    names = sorted(families)
    texts = [
        "What a " + families[rng.choice(names)](word, rng) + " that was at the match."
        for word in (row["text"].lower() for row in rows(folder, "dictionary_traps_dev.jsonl"))
        if word.isascii() and 3 < len(word) < 11 and word.isalpha()
    ]
    name = "innocent words in disguise: flagged"
    return [_share(name, sum(map(flagged, texts)), len(texts), 0.005)]


def prose(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure clean prose of government and education."""
    names = ("prose_education.txt", "prose_government.txt")
    lines = [line for name in names for line in (folder / name).read_text("utf-8").splitlines()]
    return [_worded("clean prose of government and education", lines[::thin], flagged, 0.2)]


def textbook(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure our own prose of biology, sex education and health, dense with awkward words."""
    lines = [sentence for text in own_prose() for sentence in _SENTENCE.split(text)]
    return [_worded("our own biology, sex education and health", lines, flagged, None)]


def own_prose() -> list[str]:
    """Return the paragraphs of the prose in this folder."""
    texts = [path.read_text("utf-8") for path in sorted(PROSE.glob("*.txt"))]
    return [part for text in texts for part in text.split("\n\n") if part.strip()]


def names(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure innocent words, surnames and places, one a text, and places in a sentence."""
    traps = [row["text"] for row in rows(folder, "dictionary_traps_dev.jsonl")]
    surnames = (folder / "surnames.txt").read_text("utf-8").splitlines()[::8]
    places = (folder / "places_gb.txt").read_text("utf-8").splitlines()
    inside = [f"The coach to {place} leaves on Friday." for place in places]
    return [
        _share(name, sum(map(flagged, texts[::thin])), len(texts[::thin]), limit)
        for name, texts, limit in (
            ("innocent dictionary words: flagged", traps, 0.0),
            ("surnames, every eighth: flagged", surnames, 5 / 88_799),
            ("British places: flagged", places, 0.0),
            ("British places in a sentence: flagged", inside, 1 / 136),
        )
    ]


def tweets(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure the Davidson half: F1 and the share of innocent tweets flagged."""
    count: Counter[tuple[bool, bool]] = Counter()
    for row in rows(folder, "davidson_dev.jsonl")[:: 3 * thin]:
        count[bool(row["label"]), flagged(row["text"])] += 1
    hit, missed, wrong = count[True, True], count[True, False], count[False, True]
    f1 = 2 * hit / (2 * hit + missed + wrong)
    detail = f"{hit} found, {missed} missed, {wrong} wrong"
    name = "Davidson tweets, every third: "
    whole = wrong + count[False, False]
    return [
        Measure(name=name + "F1", value=f1, limit=0.97, least=True, detail=detail),
        _share(name + "innocent ones flagged", wrong, whole, 0.05),
    ]


def others(folder: Path, flagged: Flag, thin: int = 1) -> list[Measure]:
    """Measure sets of other authors; printed for the record, with no limit."""
    found = []
    for title, name in (
        ("Hatemoji", "hatemojibuild_train.jsonl"),
        ("Stormfront", "stormfront_train.jsonl"),
    ):
        all_ = rows(folder, name)[:: 3 * thin]
        for kind, label in (("hate found", True), ("other sentences flagged", False)):
            texts = [row["text"] for row in all_ if bool(row["label"]) == label]
            found.append(_share(f"{title}: {kind}", sum(map(flagged, texts)), len(texts)))
    for title, name in (
        ("texts that rustrict's tests flag: found", "rustrict_pos.jsonl"),
        ("texts that rustrict's tests allow: flagged", "rustrict_neg.jsonl"),
    ):
        texts = [row["text"] for row in rows(folder, name)[::thin]]
        found.append(_share(title, sum(map(flagged, texts)), len(texts)))
    return found


EVERY: tuple[Measurer, ...] = (
    school,
    evaded,
    look_alikes,
    prose,
    textbook,
    names,
    tweets,
    others,
)


def every(folder: Path, flagged: Flag = flag, thin: int = 1) -> list[Measure]:
    """Measure everything.

    Args:
        folder: the labelled data of language
        flagged: the filter
        thin: of the big sets, one text in so many is measured

    """
    return [each for measure in EVERY for each in measure(folder, flagged, thin)]


def _share(
    name: str, part: int, whole: int, limit: float | None = None, *, least: bool = False
) -> Measure:
    value = part / whole if whole else 0.0
    detail = f"{part} of {whole}"
    return Measure(name=name, value=value, limit=limit, least=least, detail=detail)


def _worded(name: str, lines: list[str], flagged: Flag, limit: float | None) -> Measure:
    """Count flagged sentences in 10,000 words."""
    words = sum(len(line.split()) for line in lines)
    hits = sum(map(flagged, lines))
    detail = f"{hits} in {words:,} words"
    return Measure(
        name=f"{name}: flagged sentences in 10,000 words",
        value=hits / words * 10_000,
        limit=limit,
        detail=detail,
    )
