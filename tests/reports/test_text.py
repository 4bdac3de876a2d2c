"""What a screen reader says."""

import unicodedata
from dataclasses import replace

from hypothesis import given

from moderation.model import Location, Span, Verdict, decide
from moderation.reports import text
from tests.reports.verdicts import CLAUSES, CLEAN, PAGE, RULES, VERDICT, WORD_FOUND, verdicts


def test_every_fact_is_a_sentence() -> None:
    said = text.render(
        decide([WORD_FOUND], VERDICT.errors, RULES, files=1), rules=RULES, clauses=CLAUSES
    )
    assert said == (
        """\
Outcome: block: 1 finding (1 review) and 1 error in 1 file; it cannot be published like this.

Finding 1 of 1: review, somebody has to look at it before it is published.
Where: file news/sports-day.md, line 4, characters 17 to 22, in the body.
What: “idiots” is an insult.
Text found: “idiots”.
Rule: abusive-word.
Agreement: Schools' Portal Site Terms, P16: “If you are accessing the system as a publisher, you will not publish any material which is defamatory, racist or abusive in nature.”
Who decides: nobody may accept this; it has to be mended.
What to do: Take the word out.
Fix: say it kindly: write “friends”.

Not checked: news/sports-day.md.
Why: references: photos/amelia_hart-2.jpg: does not exist; add the file.
"""  # noqa: E501 - each sentence is one line, however long
    )


def test_nothing_found_is_one_sentence() -> None:
    assert text.render(CLEAN, rules=RULES, clauses=CLAUSES) == (
        "Outcome: pass: no findings in 1 file; nothing stands against handing it in.\n"
    )


def test_without_a_roll_it_does_not_say_that_nothing_stands_against_it() -> None:
    said = text.render(CLEAN, rules=RULES, clauses=CLAUSES, not_run=("pupil-named",))
    assert said == (
        "Outcome: pass: no findings in 1 file; "
        "not looked for: names of pupils, because no roll is here.\n"
    )


def test_places_over_lines_and_without_lines_are_said_in_words() -> None:
    long = replace(
        WORD_FOUND,
        primary=Location(path=PAGE, span=Span(3, 11, 4, 7)),
        related=(Location(path="a.jpg", field="EXIF Artist"),),
    )
    said = text.render(decide([long], [], RULES), rules={}, clauses={}).splitlines()
    assert said[3] == (
        "Where: file news/sports-day.md, from line 3, character 11, to line 4, character 6, "
        "in the file."
    )
    assert said[-1] == "See also: file a.jpg, EXIF Artist, in the file."


def test_redacted_it_names_nobody() -> None:
    said = text.render(VERDICT, rules=RULES, clauses=CLAUSES, redact=True)
    assert "amelia" not in said.lower()
    assert "Where: file photos/[withheld].jpg, file name, in the file name." in said


@given(verdicts)
def test_no_character_steers_what_reads_it(verdict: Verdict) -> None:
    said = text.render(verdict, rules=RULES, clauses=CLAUSES)
    assert {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} <= {"\n"}
