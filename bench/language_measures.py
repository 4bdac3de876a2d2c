"""Measure the language rules on labelled data: one function a measure, all through the public API.

The data are the half that may be seen, in ``$SCHOOLGATE_CORPORA/language``; what was used for
building is named in ``docs/reference/language.md``.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import moderation
from bench import language_evasions as evasions

Flag = Callable[[str], bool]
Measurer = Callable[[Path, Flag], "list[Measure]"]
IMPLICIT = ("bullying_named", "threat", "extremist", "sexual")
EXPLICIT = ("profanity", "slur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: what was measured, what came out, and what it should reach.

    Args:
        name: what was measured
        value: share, or findings per 10,000 words
        limit: what *value* should reach
        least: True where *value* should be at least *limit*, False where at most
        detail: counts

    """

    name: str
    value: float
    limit: float
    least: bool
    detail: str

    @property
    def reached(self) -> bool:
        """Say whether the limit is kept."""
        return self.value >= self.limit if self.least else self.value <= self.limit


def flag(text: str) -> bool:
    """Say whether Schoolgate's language rules ask for a look at *text*, or block it."""
    verdict = moderation.check_text(text, families=["language"])
    return any(finding.severity in ("review", "block") for finding in verdict.findings)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read a set in JSON lines."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def school(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure school sentences: explicit words, abuse without them, and innocent ones."""
    hits: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for row in rows(folder, "school_a.jsonl"):
        kind = (
            "innocent"
            if not row["label"]
            else ("implicit" if row["group"] in IMPLICIT else "explicit")
        )
        all_[kind] += 1
        hits[kind] += flagged(row["text"])
    return [
        _share(
            "school sentences: explicit words found",
            hits["explicit"],
            all_["explicit"],
            0.94,
            least=True,
        ),
        _share(
            "school sentences: abuse without them found",
            hits["implicit"],
            all_["implicit"],
            0.53,
            least=True,
        ),
        _share(
            "school sentences: innocent ones flagged", hits["innocent"], all_["innocent"], 0.033
        ),
    ]


def evaded(flagged: Flag) -> list[Measure]:
    """Measure disguised words, in families known when the engine was built and unseen ones."""
    found = []
    for name, families, words in (
        ("known ways to hide a word: found", evasions.FAMILIES, evasions.WORDS),
        ("known ways, words added later: found", evasions.FAMILIES, evasions.NEW_WORDS),
        (
            "other ways to hide a word, our own: found",
            evasions.UNSEEN,
            (*evasions.WORDS, *evasions.NEW_WORDS),
        ),
    ):
        texts = [text for family in families for text in disguised(families, family, words)]
        hits = sum(map(flagged, texts))
        found.append(_share(name, hits, len(texts), 0.80 if "unseen" in name else 0.97, least=True))
    return found


def disguised(
    families: Mapping[str, evasions.Disguise], family: str, words: Iterable[str]
) -> list[str]:
    """Return one sentence for each word, disguised in one way."""
    rng = random.Random(family)
    frames = evasions.FRAMES
    return [rng.choice(frames).format(families[family](word, rng)) for word in words]


def look_alikes(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure innocent words in the same disguises, masks left out: a masked word is any word."""
    families = {
        k: v
        for k, v in (evasions.FAMILIES | evasions.UNSEEN).items()
        if "mask" not in k and "mark" not in k
    }
    words = [
        r["text"].lower() for r in rows(folder, "dictionary_traps_dev.jsonl") if r["text"].isascii()
    ]
    rng = random.Random(3)
    names = sorted(families)
    texts = [
        "What a " + families[rng.choice(names)](word, rng) + " that was at the match."
        for word in words
        if 3 < len(word) < 11 and word.isalpha()
    ]
    return [
        _share("innocent words in disguise: flagged", sum(map(flagged, texts)), len(texts), 0.005)
    ]


def prose(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure clean prose of government and education, in flagged sentences per 10,000 words."""
    lines = [
        line
        for name in ("prose_education.txt", "prose_government.txt")
        for line in (folder / name).read_text("utf-8").splitlines()
    ]
    words = sum(len(line.split()) for line in lines)
    hits = sum(map(flagged, lines))
    detail = f"{hits} in {words:,} words"
    name = "clean prose: flagged sentences in 10,000 words"
    return [Measure(name=name, value=hits / words * 10_000, limit=0.2, least=False, detail=detail)]


def names(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure innocent words, surnames and places, one a text."""
    traps = [row["text"] for row in rows(folder, "dictionary_traps_dev.jsonl")]
    found = [
        _share("innocent dictionary words: flagged", sum(map(flagged, traps)), len(traps), 0.0)
    ]
    for title, name, limit in (
        ("surnames, every eighth: flagged", "surnames.txt", 5 / 88_799),
        ("British places: flagged", "places_gb.txt", 0.0),
    ):
        lines = (folder / name).read_text("utf-8").splitlines()
        hits = sum(map(flagged, lines[::8] if len(lines) > 50_000 else lines))
        found.append(_share(title, hits, len(lines[::8] if len(lines) > 50_000 else lines), limit))
    return found


def tweets(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure the Davidson half: F1 and the share of innocent tweets flagged."""
    count: Counter[tuple[bool, bool]] = Counter()
    for row in rows(folder, "davidson_dev.jsonl")[::3]:
        count[bool(row["label"]), flagged(row["text"])] += 1
    hit, missed, wrong = count[True, True], count[True, False], count[False, True]
    f1 = 2 * hit / (2 * hit + missed + wrong)
    detail = f"{hit} found, {missed} missed, {wrong} wrong"
    return [
        Measure(
            name="Davidson tweets (held-out third): F1",
            value=f1,
            limit=0.97,
            least=True,
            detail=detail,
        ),
        _share(
            "Davidson tweets (held-out third): innocent ones flagged",
            wrong,
            wrong + count[False, False],
            0.05,
        ),
    ]


def forum(folder: Path, flagged: Flag) -> list[Measure]:
    """Measure adversarial hate, not used for building; printed for the record, with no limit."""
    found = []
    for title, name in (
        ("Hatemoji", "hatemojibuild_train.jsonl"),
        ("Stormfront", "stormfront_train.jsonl"),
    ):
        all_ = rows(folder, name)[::3]
        hate = [row["text"] for row in all_ if row["label"]]
        rest = [row["text"] for row in all_ if not row["label"]]
        found.append(
            _share(f"{title}: hate found", sum(map(flagged, hate)), len(hate), 0.0, least=True)
        )
        found.append(
            _share(f"{title}: other sentences flagged", sum(map(flagged, rest)), len(rest), 1.0)
        )
    return found


def every(folder: Path, flagged: Flag = flag) -> list[Measure]:
    """Measure everything."""
    return [
        *school(folder, flagged),
        *evaded(flagged),
        *look_alikes(folder, flagged),
        *prose(folder, flagged),
        *names(folder, flagged),
        *tweets(folder, flagged),
        *forum(folder, flagged),
    ]


def _share(name: str, part: int, whole: int, limit: float, *, least: bool = False) -> Measure:
    value = part / whole if whole else 0.0
    return Measure(name=name, value=value, limit=limit, least=least, detail=f"{part} of {whole}")
