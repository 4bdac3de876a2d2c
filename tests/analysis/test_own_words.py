"""Terms that a school adds are found like the words that ship."""

from time import process_time

import pytest

from moderation.analysis.language import Mark
from moderation.analysis.lexicon.own import forms_of, scan_own
from moderation.model import Severity
from moderation.policy.terms import Act, Forms, Listed, Term, Terms


def _listed(word: str, forms: Forms = Forms.NOUN, severity: Severity = Severity.REVIEW) -> Listed:
    term = Term(
        act=Act.ADD, word=word, reason="Ours", category="insult", severity=severity, forms=forms
    )
    return Terms.of(term).entries[0]


def _found(text: str, *entries: Listed) -> list[tuple[str, bool]]:
    return [(text[m.start : m.end], m.disguised) for m in scan_own(text, entries)]


@pytest.mark.parametrize(
    ("word", "forms", "expected"),
    [
        ("yob", Forms.EXACT, ("yob",)),
        ("yob", Forms.NOUN, ("yob", "yobs")),
        ("numpty", Forms.NOUN, ("numpty", "numpties")),
        ("boy", Forms.NOUN, ("boy", "boys")),
        ("snitch", Forms.NOUN, ("snitch", "snitches")),
        ("brook rat", Forms.NOUN, ("brook rat", "brook rats")),
        ("c4", Forms.NOUN, ("c4",)),
        ("yeet", Forms.VERB, ("yeet", "yeets", "yeeted", "yeeter", "yeeters", "yeeting", "yeetin")),
        ("slag", Forms.VERB, ("slag", "slags", "slagged", "slagger", "slaggers", "slagging")),
        ("diss me", Forms.VERB, ("diss me", "diss mes", "diss med", "diss mer")),
    ],
)
def test_a_word_has_its_forms(word: str, forms: Forms, expected: tuple[str, ...]) -> None:
    assert forms_of(word, forms)[: len(expected)] == expected


def test_nothing_is_looked_for_where_nothing_was_added() -> None:
    assert scan_own("skibidi", ()) == ()


@pytest.mark.parametrize(
    "written",
    [
        *("sk1bidi", "s k i b i d i", "s.k.i.b.i.d.i", "s-k-i-b-i-d-i", "ѕkіbidi", "ｓkibidi"),
        *("skibidiii", "skib*di", "sk\u200bibidi", "skíbidi", "5k1b1d1"),
    ],
)
def test_a_disguise_is_seen_through(written: str) -> None:
    text = f"What a {written} day"
    assert _found(text, _listed("skibidi")) == [(written, True)]


@pytest.mark.parametrize(
    "written", ["skibidi", "SKIBIDI", "Skibidis", "(skibidi)", "“skibidi”", "skibidi-day"]
)
def test_what_is_written_plainly_is_no_disguise(written: str) -> None:
    assert [disguised for _, disguised in _found(written, _listed("skibidi"))] == [False]


@pytest.mark.parametrize("text", ["skibidian", "askibidi", "skbd", "skibi did it", "ski bid"])
def test_other_words_are_left_alone(text: str) -> None:
    assert _found(text, _listed("skibidi")) == []


def test_a_word_with_an_accent_is_found_with_and_without_it() -> None:
    assert _found("naïf naif Naïfs", _listed("naïf")) == [
        ("naïf", False),
        ("naif", False),
        ("Naïfs", False),
    ]


def test_words_of_other_scripts_are_found_as_they_are_written() -> None:
    assert _found("هو بدمعاش هنا", _listed("بدمعاش")) == [("بدمعاش", False)]
    assert _found("Обезьян не обезьянник", _listed("обезьян", Forms.EXACT)) == [("Обезьян", False)]


def test_a_phrase_with_signs_is_found() -> None:
    assert _found("Don't feed the Oaks", _listed("don't feed", Forms.EXACT)) == [
        ("Don't feed", False)
    ]


@pytest.mark.parametrize(
    "written",
    [
        *("br00k rat", "brook r@t", "brooook rat", "b**ok rat", "brook*rat", "b.r.o.o.k r.a.t"),
        *("b r o o k r a t", "brοοk rat", "brook_rat", "br00k   r@t", "br00krat", "ｂrook…rat"),
    ],
)
def test_a_disguised_phrase_is_seen_through(written: str) -> None:
    text = f"What a {written} day"
    assert _found(text, _listed("brook rat")) == [(written, True)]


@pytest.mark.parametrize(
    "written",
    ["brook  rat", "brook \n rat", "Brook-Rats", "BROOK\u00a0RAT", "brookrat", "BrookRats"],
)
def test_blanks_or_none_between_the_words_of_a_phrase_are_no_disguise(written: str) -> None:
    assert _found(f"#{written}!", _listed("brook rat")) == [(written, False)]


@pytest.mark.parametrize(
    "text",
    ["brook\n\nrat", "by the brook. Rat!", "brook, rat", "brook of rats", "brook ratio", "rat"],
)
def test_words_that_only_stand_near_are_no_phrase(text: str) -> None:
    assert _found(text, _listed("brook rat")) == []


def test_a_phrase_run_together_into_an_english_word_is_that_word() -> None:
    assert _found("The rapist, a therapist", _listed("the rapist")) == [("The rapist", False)]


def test_a_phrase_that_is_a_note_is_not_looked_for_in_disguise() -> None:
    note = _listed("brook rat", severity=Severity.NOTE)
    assert _found("br00k rat, brook  rat", note) == [("brook  rat", False)]


def test_blanks_make_no_difference_in_other_scripts() -> None:
    assert _found("ты  речная\nкрыса", _listed("речная крыса")) == [("речная\nкрыса", False)]


def test_the_longest_wins_and_the_mark_names_its_entry() -> None:
    terms = Terms.of(
        *(
            _listed("rat", severity=Severity.NOTE).term,
            _listed("brook rat", severity=Severity.BLOCK).term,
        )
    )
    assert scan_own("A brook rat, a rat.", terms.entries) == (
        Mark(start=2, end=11, category="insult", severity=Severity.BLOCK, entry="T-2"),
        Mark(start=15, end=18, category="insult", severity=Severity.NOTE, entry="T-1"),
    )


def test_a_hostile_text_is_read_in_linear_time() -> None:
    text = "sk1bidi s k i b i d i, " * 2_000
    begin = process_time()
    assert len(scan_own(text, (_listed("skibidi"),))) > 3_000
    assert process_time() - begin < 2  # a hundred times what it takes


def test_a_text_full_of_the_words_of_a_phrase_is_read_in_linear_time() -> None:
    text = "brook brook r@t r@t " * 2_000
    begin = process_time()
    assert len(scan_own(text, (_listed("brook rat"),))) == 2_000
    assert process_time() - begin < 2
