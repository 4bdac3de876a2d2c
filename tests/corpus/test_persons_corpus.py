"""Floors under the person-name model on data that may be seen; its card says what is reached."""

import os
from pathlib import Path

import pytest

from bench import persons
from bench.persons_corpus import read

pytestmark = pytest.mark.corpus


def test_people_in_our_own_sentences_are_found() -> None:
    named = [each for each in persons.own_scores() if each.found]
    assert [each.name for each in named if each.precision < 0.95 or each.recall < 0.95] == []


@pytest.fixture
def folder() -> Path:
    place = os.environ.get("SCHOOLGATE_CORPORA")
    if not place:
        pytest.skip("SCHOOLGATE_CORPORA does not name the folder of labelled data")
    return Path(place) / "names"


def test_people_in_other_peoples_sentences_are_found(folder: Path) -> None:
    ewt = persons.score("UNER EWT, dev", read(folder / "uner_ewt_dev.jsonl"), persons.persons_in)
    print(ewt.line())
    assert ewt.f1 >= 0.80


def test_ordinary_school_sentences_are_left_alone(folder: Path) -> None:
    nobody = persons.score("nobody", read(folder / "school_neg_dev.jsonl"))
    assert nobody.flagged / nobody.sentences <= 0.03
