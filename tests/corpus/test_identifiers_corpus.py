"""The figures of the identifiers on the labelled data that may be seen."""

import os
from pathlib import Path

import pytest

from bench import identifiers

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def folder() -> Path:
    place = os.environ.get("SCHOOLGATE_CORPORA")
    if not place:
        pytest.skip("SCHOOLGATE_CORPORA does not name the folder of labelled data")
    return Path(place)


@pytest.mark.parametrize("measure", [identifiers.of_labelled, identifiers.of_prose])
def test_figures_are_reached(measure: identifiers.Measurer, folder: Path) -> None:
    figures = measure(folder)
    print(*figures, sep="\n")
    assert [each.name for each in figures if not each.reached] == []


def test_books_are_no_nhs_numbers() -> None:
    assert [each.name for each in identifiers.of_books() if not each.reached] == []
