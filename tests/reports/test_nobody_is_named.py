"""No report names a pupil in public, whatever the name stands in and however it is written."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.analysis.names import find_names
from moderation.model import Finding, Fix, Location, RunError, Span, Verdict, decide
from moderation.registers import Roll
from moderation.reports import github, json_, junit, sarif, terminal, text
from moderation.reports.redact import redacted
from tests.reports.verdicts import CLAUSES, KEY, NAME_FOUND, RULES, WORD_FOUND

CANARIES = ("Ottoline Lollingford", "Zoë Wünderlöw", "Bartimaeus Quillfeather-Oake")
ROLL = Roll.from_names(CANARIES)
PARTS = ("lollingford", "wunderlow", "wünderlöw", "w%c3%bcnderl%c3%b6w", "quillfeather")

FORMATS: dict[str, Callable[[Verdict, dict[str, str]], str]] = {
    "terminal": lambda verdict, sources: terminal.render(
        *(verdict, sources), rules=RULES, clauses=CLAUSES, redact=True, roll=ROLL, width=400
    ),
    "text": lambda verdict, _: text.render(
        verdict, rules=RULES, clauses=CLAUSES, redact=True, roll=ROLL
    ),
    "json": lambda verdict, _: _values(json_.render(verdict, key=KEY, redact=True, roll=ROLL)),
    "sarif": lambda verdict, _: _values(
        sarif.render(verdict, rules=RULES, clauses=CLAUSES, key=KEY, roll=ROLL)
    ),
    "junit": lambda verdict, _: junit.render(verdict, roll=ROLL),
    "github": lambda verdict, _: github.render(verdict, roll=ROLL),
}
DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    quote,
    lambda name: quote(name).replace("%20", "-"),
    lambda name: name.replace(" ", "-").lower(),
    lambda name: name.replace(" ", "_"),
    lambda name: name.replace(" ", ""),
    lambda name: name.replace(" ", "  \u00a0 "),
    lambda name: ", ".join(reversed(name.split(" "))),
    lambda name: "\u00ad".join(name),
)


def _values(document: str) -> str:
    return json.dumps(json.loads(document), ensure_ascii=False)


def _finding(base: Finding, name: str) -> Finding:
    place = Location(path=f"photos/{name}.jpg", span=Span(1, 1, 1, 3), field=f"assets.{name}")
    return replace(
        base,
        message=f"see {name}",
        primary=place,
        related=(replace(place, role=f"by {name}"),),
        evidence=f"{name} wins",
        fix=Fix(description=f"name {name}", replacement=name),
    )


names = st.builds(
    lambda name, dress, tail: dress(name) + tail,
    st.sampled_from(CANARIES),
    st.sampled_from(DRESSES),
    st.sampled_from(["", "-2", " 3", ".old", "!"]),
)


@pytest.mark.parametrize("style", sorted(FORMATS))
@given(name=names)
def test_no_format_names_a_pupil_of_the_roll(style: str, name: str) -> None:
    findings = [_finding(WORD_FOUND, name), _finding(NAME_FOUND, "race")]
    errors = [RunError(f"downloads/{name}.pdf", "extract", f"{name}.pdf: is damaged")]
    sources = {f"photos/{name}.jpg": f"{name} is an idiot", "photos/race.jpg": f"x {name}"}
    got = FORMATS[style](decide(findings, errors, RULES, files=2), sources)
    shown = "".join(ET.fromstring(got).itertext()) + got if style == "junit" else got  # noqa: S314
    for seen in (shown, unquote(shown)):
        assert not list(find_names(seen, ROLL))
        assert not [part for part in PARTS if part in seen.casefold()]
    assert "[withheld]" in unquote(got)


def test_the_name_of_a_file_that_cannot_be_read_is_masked() -> None:
    path = "downloads/ottoline-lollingford.pdf"
    verdict = decide([], [RunError(path, "extract", f"{path}: the PDF is damaged")], RULES)
    masked = "downloads/[withheld].pdf"
    assert redacted(verdict, ROLL).errors == (
        RunError(masked, "extract", f"{masked}: the PDF is damaged"),
    )
    assert redacted(verdict).errors == verdict.errors


@pytest.mark.parametrize("evidence", ["Ottoline%20Lollingford", "Ottoline Lollingford"])
@pytest.mark.parametrize(
    "written", ["Ottoline Lollingford", "Ottoline%20Lollingford", "ottoline%5Flollingford"]
)
def test_an_escaped_secret_is_masked_without_a_roll(evidence: str, written: str) -> None:
    found = replace(NAME_FOUND, evidence=evidence, message=f"see {written}")
    assert redacted(decide([found], [], RULES)).findings[0].message == "see [withheld]"


def test_a_secret_with_escaped_letters_is_masked_in_any_spelling() -> None:
    found = replace(NAME_FOUND, evidence="Zo%C3%AB W%C3%BCnderl%C3%B6w")
    errors = [RunError("zo%C3%AB-wu\u0308nderlo\u0308w.pdf", "extract", "Zoë Wünderlöw")]
    got = redacted(decide([found], errors, RULES)).errors
    assert got == (RunError("[withheld].pdf", "extract", "[withheld]"),)


def test_others_are_told_as_they_are() -> None:
    errors = [RunError("ottoline/lolling-ford.pdf", "extract", "Ottoline and Zoë were here")]
    verdict = decide([WORD_FOUND], errors, RULES)
    assert redacted(verdict, ROLL) == verdict
