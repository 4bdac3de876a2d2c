from pathlib import Path

import pytest

from moderation.analysis.persons import gazetteer as shipped
from moderation.analysis.persons.gazetteer import Gazetteer, Known, fold, known, lists

_LINES = "ann 7020\nbo 3104\nbo-lee 1000\nzoe 6150\n"
_NOTHING = Known(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("word", "facts"),
    [
        ("ann", Known(7, 0, 2, 0)),
        ("bo", Known(3, 1, 0, 4)),
        ("bo-lee", Known(1, 0, 0, 0)),
        ("zoe", Known(6, 1, 5, 0)),
        ("a", _NOTHING),
        ("an", _NOTHING),
        ("anna", _NOTHING),
        ("zzz", _NOTHING),
        ("", _NOTHING),
    ],
)
def test_a_word_is_found_by_halving(word: str, facts: Known) -> None:
    assert Gazetteer(_LINES).look_up(word) == facts


def test_an_empty_gazetteer_knows_nothing() -> None:
    assert Gazetteer("").look_up("ann") == _NOTHING


def test_each_line_of_the_shipped_list_is_found_and_sorted() -> None:
    folder = Path(shipped.__file__).parent
    lines = (folder / "gazetteer.txt").read_text("utf-8").splitlines()
    keys = [line.split(" ")[0] for line in lines]
    assert keys == sorted(keys)
    for line in lines[:: len(lines) // 500]:
        word, _, grades = line.partition(" ")
        assert shipped.gazetteer().look_up(word) == Known(*map(int, grades))


def test_of_a_double_name_the_lesser_half_counts() -> None:
    halves = known("amelia"), known("rose")
    assert known("zzyx-rose") == _NOTHING
    assert known("amelia-rose").forename <= max(half.forename for half in halves)
    assert known("rose-qqqq-amelia") == _NOTHING
    assert known("-") == _NOTHING


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Zoë", "zoe"), ("ŁUKASZ", "lukasz"), ("O’Neil", "o'neil"), ("Weiß", "weiss"), ("Ann", "ann")],
)
def test_folding_leaves_plain_small_letters(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_a_word_of_several_lists_has_the_kind_of_the_first() -> None:
    kinds = lists()
    assert (kinds["mrs"], kinds["street"], kinds["may"]) == ("title", "ending", "calendar")
