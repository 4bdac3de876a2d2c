"""Whole sentences: paraphrases by the thousand, sentences written by hand, other languages."""

from itertools import product
from pathlib import Path

import pytest

from moderation.analysis.language import scan
from moderation.analysis.lexicon.lexicon import load_lexicon
from moderation.analysis.patterns.needs import needs
from moderation.analysis.text.sentences import Reading, Sentence
from moderation.model import Severity

_FOLDER = Path(__file__).parent / "sentences"
_GROUPS = (
    "Muslims", "Jews", "immigrants", "refugees", "black people", "gay people", "trans people",
    "disabled people", "Travellers", "women", "Poles", "asylum seekers", "Romanian families",
    "autistic kids", "black girls", "Somali boys",
)  # fmt: skip
_PERSONS = (
    "Tom Whitfield", "Mr Barnes", "Priya", "Keira in 7B", "our caretaker", "that new boy",
    "Miss Okafor",
)  # fmt: skip


def lines(name: str) -> list[str]:
    """Return the sentences of a file, headings left out."""
    found = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in found if line and line[0] != "#"]


def flagged(text: str) -> bool:
    """Say whether a text needs a look, or is blocked."""
    return any(mark.severity != Severity.NOTE for mark in scan(text))


@pytest.mark.parametrize(
    ("category", "subjects", "predicates"),
    [
        (
            "group-attack",
            _GROUPS,
            (
                "{} are vermin.", "All {} are stupid.", "I hate {}.", "We should deport all {}.",
                "{} should be locked up.", "{} are ruining this country.", "Keep {} out.",
                "Nobody wants {} in our school.", "The world would be better without {}.",
                "Why do {} always lie?", "I think {} are disgusting.", "Somebody should shoot {}.",
                "{} have no morals.", "There are too many {} here.", "{} are not human.",
                "I would never trust {}.", "{} deserve to be beaten.", "Death to all {}.",
                "{} breed like rabbits.", "We need to get rid of {}.",
            ),
        ),
        (
            "bullying",
            _PERSONS,
            (
                "{} is a pathetic loser.", "{} is so ugly.", "{} stinks.", "{} is a total freak.",
                "Everyone hates {}.", "Nobody likes {}.", "{} looks like a pig.",
                "{} is as thick as two short planks.", "Nobody wants to sit next to {}.",
                "{} has no friends.", "Petition to get {} kicked out.", "{} is a waste of space.",
                "{} couldn't punch his way out of a paper bag.", "{} has a face like a bulldog.",
            ),
        ),
        (
            "threat",
            ("you", "Tom", "Mr Barnes", "him", "your sister"),
            (
                "I am going to kill {}.", "I'll stab {} tomorrow.", "We'll batter {} after school.",
                "Somebody should punch {} in the face.", "I'm going to smash {}'s face in.",
                "If I see {} again I will break every bone in your body.",
            ),
        ),
        (
            "accusation",
            ("Mr Barnes", "Mrs Kaur", "The bursar", "Our headteacher", "The caretaker"),
            (
                "{} has been fiddling the books.", "{} turns up drunk.", "{} sells weed to pupils.",
                "{} slept with a sixth former.", "{} hit my son and the school is hiding it.",
                "{} is a convicted criminal.",
            ),
        ),
    ],
)  # fmt: skip
def test_paraphrases_are_found(
    category: str, subjects: tuple[str, ...], predicates: tuple[str, ...]
) -> None:
    texts = [predicate.format(subject) for subject, predicate in product(subjects, predicates)]
    texts = [text[0].upper() + text[1:] for text in texts]
    missed = [t for t in texts if not any(mark.category == category for mark in scan(t))]
    assert len(missed) <= len(texts) * 0.03, missed


@pytest.mark.parametrize("group", _GROUPS)
@pytest.mark.parametrize(
    "text",
    [
        "There are many {} in our town.", "We love working with {}.", "{} are not vermin.",
        "Not all {} are criminals.", "People who hate {} should be ashamed.",
        "It is wrong to say that {} are stupid.", "{} don't deserve to be hurt.",
        "I am proud of the {} in my class.", "Our speaker talked about the lives of {}.",
    ],
)  # fmt: skip
def test_speaking_of_a_group_is_no_attack(text: str, group: str) -> None:
    written = text.format(group)
    assert not flagged(written[0].upper() + written[1:])


def test_abuse_written_by_hand_is_mostly_found() -> None:
    texts = lines("abuse.txt")
    assert sum(map(flagged, texts)) >= 0.86 * len(texts)


def test_what_a_school_publishes_is_left_alone() -> None:
    texts = lines("innocent.txt")
    wrong = [text for text in texts if flagged(text)]
    assert len(wrong) <= 0.005 * len(texts), wrong


def test_clean_text_in_other_languages_is_left_alone() -> None:
    assert [text for text in lines("languages.txt") if flagged(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сука!", "Сука"), ("Пошёл нахуй", "нахуй"), ("ffwc off", "ffwc"),
        ("Kurwa mać!", "Kurwa mać"),
    ],
)  # fmt: skip
def test_swearing_in_other_languages_is_found(text: str, expected: str) -> None:
    assert [text[m.start : m.end] for m in scan(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I h4te all Muslims.", "I h4te all Muslims"),
        ("n0body likes Tom", "n0body likes Tom"),
        ("Muslims are v3rmin.", "Muslims are v3rmin"),
        ("K i l l all Muslims", "K i l l all Muslims"),
    ],
)
def test_a_disguised_word_reaches_the_patterns(text: str, expected: str) -> None:
    assert [text[m.start : m.end] for m in scan(text) if not m.is_word] == [expected]


def test_a_sentence_reads_a_disguised_word_as_one_word() -> None:
    text = "go d.i.e now"
    sentence = Sentence(text, 0, len(text), [Reading(3, 8, "die")])
    assert sentence.line == " go die now "
    assert [word.written for word in sentence.words] == ["go", "d.i.e", "now"]
    assert sentence.written == ["go", "d.i.e", "now"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keira's a liar", ["Keira", "s", "a", "liar"]),
        ("It's Tom’s", ["It's", "Tom", "s"]),
        ("don't", ["don't"]),
    ],
)
def test_a_final_s_is_a_word_of_its_own(text: str, expected: list[str]) -> None:
    assert Sentence(text, 0, len(text)).written == expected


def test_a_word_that_breaks_off_is_no_abuse() -> None:
    assert scan("I am going to have a bit of a wan…") == ()


def test_reported_insults_are_noted() -> None:
    (mark,) = scan("She was called an idiot on the bus.")
    assert (mark.severity, mark.quoted) == (Severity.NOTE, True)


def test_gaps_need_nothing() -> None:
    assert needs("!liar ... {group} ~3 vermin", frozenset()) == (
        frozenset({"liar"}),
        frozenset({"vermin"}),
        frozenset({"{group}", "{group_adj}"}),
    )


def test_every_context_of_the_list_is_known() -> None:
    lexicon = load_lexicon()
    used = {name.lstrip("!") for entry in lexicon.entries for name in entry.contexts}
    assert used - lexicon.contexts.table.keys() == set()
