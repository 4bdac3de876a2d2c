"""The list of proscribed organisations: whole, dated, sourced, and found by each of its names."""

import re
import tomllib
from datetime import date
from typing import cast

import pytest

from moderation.analysis.language import scan
from moderation.analysis.patterns import compile as compiler
from moderation.model import Severity

_DOCUMENT = tomllib.loads(compiler.folder().joinpath("proscribed.toml").read_text("utf-8"))
_ROWS = cast("list[dict[str, object]]", _DOCUMENT["organisation"])
_ALLOWED = {"name", "names", "also", "since", "source", "checked"}


def test_every_organisation_says_since_when_and_by_what_source() -> None:
    bare = [row["name"] for row in _ROWS if not (row["source"] and isinstance(row["since"], date))]
    odd = [row["name"] for row in _ROWS if not row.keys() <= _ALLOWED]
    assert (bare, odd) == ([], [])


def test_no_entry_is_later_than_the_day_of_the_list() -> None:
    as_of = cast("date", _DOCUMENT["as_of"])
    assert [row["name"] for row in _ROWS if cast("date", row["since"]) > as_of] == []


def test_names_are_written_as_the_patterns_read_them_and_only_once() -> None:
    names = compiler.organisations()
    assert [
        name for name in names if not re.fullmatch(r"[a-z0-9]+(?:[' ]{1,2}[a-z0-9]+)*", name)
    ] == []
    assert len(names) == len(set(names))
    assert max(len(name.split()) for name in names) <= 6


@pytest.mark.parametrize("name", compiler.organisations())
def test_praise_of_an_organisation_is_found_by_each_name(name: str) -> None:
    marks = [m for m in scan(f"Long live {name.title()}!") if m.category == "extremist-content"]
    assert [(mark.start, mark.severity) for mark in marks] == [(0, Severity.REVIEW)]


@pytest.mark.parametrize(
    "text",
    [
        "In 1998 the IRA declared a ceasefire, and the Good Friday Agreement followed.",
        "Year 10 learn about the PKK and the Tamil Tigers in politics.",
        "Groups such as Hamas, Hezbollah and National Action are proscribed, says the page.",
        "Turn left at the base of the tower; volunteers in orange will help.",
    ],
)
def test_naming_an_organisation_is_no_finding(text: str) -> None:
    assert scan(text) == ()
