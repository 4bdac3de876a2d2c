"""The language engine: what it finds, what it leaves alone, and where it says it stands."""

import random
import re
import time

import pytest

from bench import language_evasions as evasions
from moderation.analysis.language import Mark, scan
from moderation.analysis.lexicon import compile as lexicon_compiler
from moderation.analysis.lexicon.entries import SLURS, SWEARING, read_entries
from moderation.analysis.patterns import compile as pattern_compiler
from moderation.analysis.patterns import grammar
from moderation.analysis.patterns.library import Library, load_library
from moderation.analysis.text.characters import fold
from moderation.analysis.text.sentences import Sentence
from moderation.model import ExtractionError, Severity


def found(text: str) -> list[tuple[str, str, str]]:
    """Return what is found, as text, category and severity."""
    return [(text[m.start : m.end], m.category, m.severity.value) for m in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You absolute twat.", [("twat", "profanity", "block")]),
        ("Piss off if you like.", [("Piss off", "profanity", "block")]),
        ("What a load of b*ll*cks", [("b*ll*cks", "profanity", "block")]),
        ("the f u c k i n g timetable", [("f u c k i n g", "profanity", "block")]),
        ("#youwanker", [("youwanker", "profanity", "block")]),
        ("YouBitchFace", [("YouBitchFace", "profanity", "block")]),
        ("fuuuuuck", [("fuuuuuck", "profanity", "block")]),
        ("p@ki", [("p@ki", "race", "block")]),
        ("ʇɐʍʇ", [("ʇɐʍʇ", "profanity", "block")]),
        ("🖕", [("🖕", "profanity", "block")]),
        ("пошёл ты сука", [("сука", "profanity", "review")]),
        ("see www.fuck-you.example", [("fuck", "profanity", "block")]),
    ],
)
def test_a_listed_word_is_found_however_it_is_written(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "Scunthorpe, Penistone, Cockermouth and Clitheroe",
        "A S S E M B L Y   T I M E S",
        "Order no. 5H1T-00291, item codes FCK-12 and SHT-9, the A55",
        "Coarse hit. This hit. Wash it. Push it. Fresh italics.",
        "Phew!!! What a loooooong and fuuuuun day!!!",
        "Mrs Cockburn, Mr Dick Hancock, Kumar Dikshit and Sgt Wankling",
        "The choir sang at Ashby cum Fenby and in Twatt, Orkney.",
        "Faggots and peas, spotted dick and custard",
        "f(u)=c*k, x**y and a_b_c",
        "Grades A* to C, the A** team, 5*",
        "name, age and sex of child",
        "Dr Smith's class: pa55word, passw0rd",
    ],
)
def test_innocent_text_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_word_counts_on_the_page_on_which_it_is_also_innocent() -> None:
    text = "The bitch had five puppies.\n\nShe is such a bitch."
    assert [(m.start, m.end) for m in scan(text)] == [
        (text.rindex("bitch"), text.rindex("bitch") + 5)
    ]


def test_a_word_that_is_spoken_about_is_noted() -> None:
    (mark,) = scan("Calling anybody a spastic is unacceptable.")
    assert (mark.severity, mark.quoted) == (Severity.NOTE, True)


def test_a_kinder_word_is_offered_for_the_word_itself_only() -> None:
    assert [m.reword for m in scan("a half caste child, a h4lf caste child")][:1] == ["mixed race"]


def test_the_person_who_is_mocked_is_pointed_at() -> None:
    text = "Nobody in class likes smelly Jayden Price because he is pathetic"
    people = {text[m.person[0] : m.person[1]] for m in scan(text) if m.person}
    assert people == {"Jayden Price"}


@pytest.mark.parametrize("family", sorted(evasions.FAMILIES))
def test_each_known_way_to_hide_a_word_is_seen_through(family: str) -> None:
    rng = random.Random(family)  # noqa: S311 - repeatable on purpose
    disguise = evasions.FAMILIES[family]
    texts = [
        evasions.read(frame.format(disguise(word, rng)))
        for word in evasions.WORDS
        for frame in evasions.FRAMES[:1]
    ]
    missed = [text for text in texts if not _flagged(text)]
    assert len(missed) <= len(texts) // 10, missed


def test_the_place_of_a_disguised_word_is_exact() -> None:
    rng = random.Random(7)  # noqa: S311 - repeatable on purpose
    for _ in range(600):
        before = "".join(
            rng.choice(["é", "x ", "\u200b", "— ", "ﬁ ", "so ", "Æ "]) for _ in range(5)
        )
        word = rng.choice(["fuck", "wanker", "bastard"])
        written = rng.choice(
            [
                word,
                "\u200b".join(word),
                word.upper(),
                word.replace("a", "á"),
                " ".join(word),
                word[0] + "\u0301" + word[1:],
            ]
        )
        text = f"{before} {written} then more"
        start = len(before) + 1
        assert (start, start + len(written)) in {(m.start, m.end) for m in scan(text)}, text


def test_folding_maps_every_character_back() -> None:
    text = "ﬁ Æ\u200b f̸̪u 🇫"
    folded = fold(text, text.encode())
    assert folded.text == "fi ae fu f"
    assert [folded.origin(i) for i in range(len(folded.text))] == [0, 0, 1, 2, 2, 4, 5, 8, 9, 10]


@pytest.mark.parametrize(
    "text",
    ["f" * 500_000, "f.u.c." * 80_000, "a a " * 60_000, "1a" * 250_000, "*a" * 250_000,
     "aA" * 250_000, "\u0301" * 250_000, "you are so " * 45_000, "ﬁ" * 150_000, "fuck " * 50_000],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    scan(text)
    assert time.process_time() - start < 3


def test_the_compiled_lists_are_current() -> None:
    folder = lexicon_compiler.folder()
    assert folder.joinpath("compiled.json").read_text("utf-8") == lexicon_compiler.compiled()
    folder = pattern_compiler.folder()
    assert folder.joinpath("compiled.json").read_text("utf-8") == pattern_compiler.compiled()


def test_the_list_is_consistent() -> None:
    entries = read_entries()
    stems = [entry.stem for entry in entries]
    assert len(stems) == len(set(stems))
    kinds = {*SWEARING, *SLURS, "sexual", "threat", "self-harm", "drugs", "extremism"}
    assert {entry.category for entry in entries} == kinds
    assert {entry.match for entry in entries} == {"any", "comp", "word", "sign"}


def test_every_pattern_has_a_word_that_starts_the_reading_of_a_sentence() -> None:
    library = load_library()
    rare = pattern_compiler.rare_classes()
    everyday = pattern_compiler.everyday_words()
    dead = [
        pattern.source
        for pattern in library.patterns
        if not any(name in pattern.source for name in rare)
        and all(start in everyday for start in grammar.anchors(pattern.source))
        and "HATED" not in pattern.source
    ]
    assert dead == []


def test_the_sieve_keeps_a_pattern_in_every_sentence_that_it_matches() -> None:
    library = load_library()
    rng = random.Random(3)  # noqa: S311 - repeatable on purpose
    matched = 0
    for index, pattern in enumerate(library.patterns):
        text = _written(grammar.expand(pattern.source, library.macros), library, rng)
        sentence = Sentence(text, 0, len(text))
        if library.expression(index).search(library.reader.line(sentence)):
            matched += 1
            assert index in library.sieve.possible(sentence.line), (pattern.source, text)
    assert matched > len(library.patterns) // 3


def _written(pattern: str, library: Library, rng: random.Random) -> str:
    words = {"name": "Jayden", "kin": "our teacher", "year": "Year 9", "hated": "muslims"}
    while group := re.search(r"\(([^()]*)\)\??", pattern):
        choice = rng.choice(group[1].split("|"))
        pattern = pattern[: group.start()] + choice + pattern[group.end() :]
    out = []
    for token in re.findall(r"\{[\w|]+\}|!?[a-z0-9]+\*?|_", pattern.replace("..", " ")):
        name = rng.choice(token.strip("{}").split("|"))
        members = library.classes.get(name, ["x"])
        out.append(words.get(name) or rng.choice(members) if token[0] == "{" else token.strip("!*"))
    return " ".join(out)


def _flagged(text: str) -> bool:
    return any(mark.severity != Severity.NOTE for mark in scan(text))


def test_marks_are_in_order() -> None:
    marks: tuple[Mark, ...] = scan("You wanker. Kill all Muslims. Nobody likes Tom. Shit.")
    assert [m.start for m in marks] == sorted(m.start for m in marks)
    assert len(marks) >= 4


@pytest.mark.parametrize(
    ("text", "expected"), [("totalswankiest", []), ("swankfuck", ["fuck"]), ("Scunthorpe", [])]
)
def test_an_innocent_word_shelters_its_own_letters_only(text: str, expected: list[str]) -> None:
    assert [mark.entry for mark in scan(text)] == expected


def test_what_was_not_screened_whole_is_an_error_and_never_silence() -> None:
    with pytest.raises(ExtractionError, match="was not screened whole; split it"):
        scan("blue tits sang. " * 4000)
