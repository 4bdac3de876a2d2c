"""What a publisher sees at a terminal."""

import re
import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from moderation.model import Location, Span, Verdict, decide
from moderation.reports import terminal
from moderation.reports.display import cells
from tests.reports.verdicts import (
    CLAUSES,
    CLEAN,
    NAME_FOUND,
    PAGE,
    RULES,
    SECRET,
    SOURCES,
    VERDICT,
    WORD_FOUND,
    sources,
    verdicts,
)

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def _render(verdict: Verdict, **more: object) -> str:
    return terminal.render(verdict, SOURCES, rules=RULES, clauses=CLAUSES, **more)  # type: ignore[arg-type]  # every option is tried


def test_a_finding_shows_the_line_and_everything_needed_to_act() -> None:
    assert _render(decide([NAME_FOUND, WORD_FOUND], [], RULES, files=1), width=72) == (
        """\
block[pupil-named]: the pupil P-0112 is named on a page that shows a
picture
  --> news/sports-day.md:3:13 (body)
   |
 3 | Well done **Amelia** Hart!
   |             ^^^^^^^^^^^^^
   = agreement: ICT user agreement, t: “I will only I take or publish
                images of staff and students with their permission and
                in accordance with the school’s policy on the use of
                digital / video images. Images published on the school
                website, online learning environment etc. will not
                identify students by name, or other personal
                information.”
   = decides: the safeguarding lead or the head
   = to do: Take the name out.
   = fix: leave the surname out: write “Amelia”
   = picture: news/sports-day.md:1:1 (body)

review[abusive-word]: “idiots” is an insult
  --> news/sports-day.md:4:17 (body)
   |
 4 | What a bunch of idiots.
   |                 ^^^^^^
   = agreement: Schools' Portal Site Terms, P16: “If you are accessing
                the system as a publisher, you will not publish any
                material which is defamatory, racist or abusive in
                nature.”
   = decides: nobody may accept this; it has to be mended
   = to do: Take the word out.
   = fix: say it kindly: write “friends”

block: 2 findings (1 block, 1 review) in 1 file; it cannot be published like this
"""
    )


def test_a_clause_is_quoted_once() -> None:
    again = replace(NAME_FOUND, primary=Location(path=PAGE, span=Span(1, 3, 1, 9)))
    text = _render(decide([NAME_FOUND, again], [], RULES, files=1))
    assert text.count("I will only I take") == 1
    assert text.count("= agreement: ICT user agreement, t") == 2


def test_errors_and_files_without_lines_are_told_too() -> None:
    findings, errors = VERDICT.findings[-1:], VERDICT.errors
    assert _render(decide(findings, errors, RULES, files=2), width=100) == (
        """\
block[pupil-named]: the pupil P-0112 is named in the file of a picture
  --> photos/amelia-hart.jpg [file name] (file name)
   = decides: the safeguarding lead or the head

not checked[references]: photos/amelia_hart-2.jpg: does not exist; add the file
  --> news/sports-day.md

block: 1 finding (1 block) and 1 error in 2 files; it cannot be published like this
"""
    )


def test_nothing_found_is_one_line() -> None:
    assert _render(CLEAN) == "pass: no findings in 1 file; nothing stands against handing it in\n"


def test_without_a_roll_it_says_what_was_not_looked_for() -> None:
    assert _render(CLEAN, not_run=("pupil-named", "consent-refused")) == (
        "pass: no findings in 1 file; not looked for: names of pupils, because no roll is here\n"
    )
    assert _render(decide([WORD_FOUND], [], RULES), not_run=("pupil-named",)).endswith(
        "a moderator has to look at the findings; "
        "not looked for: names of pupils, because no roll is here\n"
    )


def test_a_span_over_several_lines_says_where_it_ends() -> None:
    long = replace(WORD_FOUND, primary=Location(path=PAGE, span=Span(3, 11, 4, 7)))
    lines = _render(decide([long], [], RULES)).splitlines()
    assert lines[2:6] == [
        "   |",
        " 3 | Well done **Amelia** Hart!",
        "   |           ^^^^^^^^^^^^^^^^",
        "   | ... to line 4, column 6",
    ]


def test_redacted_it_withholds_the_line_and_the_name_everywhere() -> None:
    beside = replace(WORD_FOUND, primary=Location(path=PAGE, span=Span(3, 1, 3, 5)))
    verdict = decide([*VERDICT.findings, beside], VERDICT.errors, RULES, files=2)
    text = _render(verdict, redact=True)
    assert "Amelia" not in text
    assert "hart" not in text.lower()
    assert " 3 | (this line is withheld)" in text
    assert " 4 | What a bunch of idiots." in text
    assert "--> photos/[withheld].jpg [file name]" in text


def test_without_the_source_the_place_is_still_named() -> None:
    text = terminal.render(VERDICT, {}, rules={}, clauses={})
    assert "--> news/sports-day.md:4:17 (body)\n   = to do: Take the word out.\n" in text


def test_colour_changes_nothing_but_colour() -> None:
    plain, coloured = _render(VERDICT), _render(VERDICT, colour=True)
    assert coloured != plain
    assert _COLOUR.sub("", coloured) == plain
    assert SECRET.split()[0] in plain


@given(verdicts, sources, st.integers(0, 120), st.booleans())
def test_whatever_was_found_the_terminal_is_not_steered_and_lines_fit(
    verdict: Verdict, files: dict[str, str], width: int, redact: bool
) -> None:
    text = terminal.render(verdict, files, rules=RULES, clauses=CLAUSES, width=width, redact=redact)
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert bad <= {"\n"}
    long = [line for line in text.splitlines()[:-1] if cells(line) > max(width, 40)]
    assert all("-->" in line for line in long)
