"""The figures of the language rules on the labelled data that may be seen."""

import os
from pathlib import Path

import pytest

from bench import language_measures as measures

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def folder() -> Path:
    place = os.environ.get("SCHOOLGATE_CORPORA")
    if not place:
        pytest.skip("SCHOOLGATE_CORPORA does not name the folder of labelled data")
    return Path(place) / "language"


@pytest.mark.parametrize(
    "measure", [measures.school, measures.look_alikes, measures.prose, measures.names]
)
def test_figures_are_reached(measure: measures.Measurer, folder: Path) -> None:
    _check(measure(folder, measures.flag))


def test_disguised_words_are_found(folder: Path) -> None:
    _check(measures.evaded(measures.flag))


def test_tweets_are_told_apart(folder: Path) -> None:
    figures = measures.tweets(folder, measures.flag)
    _print(figures)
    assert figures[0].reached


def _print(figures: list[measures.Measure]) -> None:
    for each in figures:
        print(f"{each.name}: {each.value:.4f} ({each.detail})")


def _check(figures: list[measures.Measure]) -> None:
    _print(figures)
    assert [each.name for each in figures if not each.reached] == []
