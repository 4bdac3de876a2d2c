"""Pupils on a roll are found in every form, on the labelled half, through the public interface."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import moderation
from moderation.registers import Pupil, Roll

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif("SCHOOLGATE_CORPORA" not in os.environ, reason="no labelled sets here"),
]
_FOLDER = Path(os.environ.get("SCHOOLGATE_CORPORA", "."))
_OTHER_TIERS = ("24", "25")
_RULES = ("pupil-named", "pupil-named-with-photo", "pupil-in-file-name")


def _rows(name: str) -> Iterator[dict[str, object]]:
    for line in (_FOLDER / "names" / name).read_text("utf-8").splitlines():
        yield json.loads(line)


def _roll() -> Roll:
    return Roll(
        tuple(
            Pupil(reference=f"P-{row['id']}", forename=str(row["f"]), surname=str(row["s"]))
            for row in _rows("roll_dev_register.jsonl")
        )
    )


ROLL = _roll() if "SCHOOLGATE_CORPORA" in os.environ else Roll()


def _told(text: str, *, least: str = "note") -> set[str]:
    """Return the references that a text is found to name; "" stands for one of many."""
    if text.startswith("title:"):
        title = text.removeprefix("title:").strip().replace('"', "")
        text = f'---\ntitle: "{title}"\n---\n'
    registers = moderation.Registers(roll=ROLL)
    verdict = moderation.check_text(text, families=["people"], registers=registers)
    assert verdict.errors == ()
    return {f.subject for f in verdict.findings if f.rule in _RULES and f.severity >= least}


def test_each_family_is_found() -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    for row in _rows("roll_dev_items.jsonl"):
        family = str(row["fam"])
        least = "note" if family.startswith(_OTHER_TIERS) else "review"
        found[family].append(f"P-{row['pid']}" in _told(str(row["text"]), least=least))
    recall = {family: sum(told) / len(told) for family, told in found.items()}
    core = [share for family, share in recall.items() if not family.startswith(_OTHER_TIERS)]
    assert min(core) >= 0.9, recall
    assert sum(core) / len(core) >= 0.995, recall


def test_people_who_are_not_on_the_roll_are_left_alone() -> None:
    told = Counter(bool(_told(str(row["text"]))) for row in _rows("roll_dev_decoys.jsonl"))
    assert told[True] / told.total() <= 0.005


def test_clean_prose_names_nobody() -> None:
    for name in ("prose_education", "prose_government"):
        assert _told((_FOLDER / f"language/{name}.txt").read_text("utf-8")) == set()
