"""The innocent words: which words of a dictionary are kept, and what they are kept for."""

import re

import pytest

from bench.language_innocent import Likeness, innocent
from moderation.analysis.language import scan
from moderation.analysis.lexicon import compile as compiler


def _likeness() -> Likeness:
    return Likeness(
        listed=frozenset({"twat", "twats"}),
        alike=frozenset({"twit", "tvat"}),
        inside=re.compile("twat"),
        vulgar=re.compile("^(?:cocktwat)$"),
    )


def test_words_are_kept_that_hold_a_listed_one_or_are_spelt_like_a_disguise() -> None:
    usual = ["twat", "saltwater", "twit", "table", "cocktwat"]
    assert innocent(_likeness(), usual, []) == {"saltwater", "twit"}


def test_of_rare_words_only_those_are_kept_that_hold_a_listed_one() -> None:
    rare = ["twats", "lightwatered", "tvat", "cocktwat", "nothing"]
    assert innocent(_likeness(), [], rare) == {"lightwatered"}


def test_the_list_says_where_it_comes_from_and_under_which_licence() -> None:
    lines = compiler.folder().joinpath("innocent.txt").read_text("utf-8").splitlines()
    head = " ".join(line.removeprefix("# ") for line in lines if line.startswith("#"))
    assert "SCOWL 2020.12.07" in head
    assert "Permission to use, copy, modify, distribute and sell" in head


def test_nothing_in_the_list_is_listed_or_vulgar() -> None:
    likeness = Likeness.of_list()
    lines = compiler.folder().joinpath("innocent.txt").read_text("utf-8").splitlines()
    words = {line for line in lines if not line.startswith("#")}
    own = compiler.folder().joinpath("innocent_own.txt").read_text("utf-8").split()
    assert {word for word in words if likeness.vulgar.match(word)} - set(own) == set()
    assert words & likeness.listed - set(own) == set()


@pytest.mark.parametrize(
    "text",
    ["Put on your PJs for World Book Night.", "Looney Toons", "The prickleback is a fish."],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert scan(text) == ()
