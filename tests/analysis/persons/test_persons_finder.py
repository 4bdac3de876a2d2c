import itertools

import pytest

from moderation.analysis.persons import PersonMatch, Who, find_persons
from moderation.analysis.persons.finder import may_name, search


def _found(text: str, known: tuple[str, ...] = ()) -> list[tuple[str, Who]]:
    return [(text[m.start : m.end], m.who) for m in find_persons(text, known=known)]


def _names(text: str) -> list[str]:
    return [name for name, _ in _found(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Well done to Oluwaseun Adeyemi and Freya.", ["Oluwaseun Adeyemi", "Freya"]),
        ("Mrs Castellanos's class", ["Castellanos"]),
        ("WELL DONE HARRISON TEW", ["HARRISON TEW"]),
        ("GET WELL SOON MR TWIGG", ["TWIGG"]),
        ("thank you mrs patel for my sticker", ["patel"]),
        ("Freya Thompson", ["Freya Thompson"]),
        ("Freya,", ["Freya"]),
        ("Readers: Amelia W, Jack S and Zofia K.", ["Amelia W", "Jack S", "Zofia K"]),
        ("The cup went to Zoë Núñez-O'Brien.", ["Zoë Núñez-O'Brien"]),
        ("Matti Virtanen lives in Turku, Finland.", ["Matti Virtanen"]),
    ],
)
def test_people_are_found_as_they_are_written(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the whole school sang in the hall",
        "May half term begins on Monday.",
        "Mark schemes are on the website.",
        "We say grace before lunch.",
        "Hawking House won the shield.",
        "Children in Darwin, Brunel and Curie classes swam.",
        "We climbed Ben Nevis and ate Granny Smith apples.",
        "The NHS and the BBC wrote to Ofsted about Israel and London.",
        "We played St Mary's at Victoria Park.",
        "!!! 4B -- 10:30",
        "Send it to 22 Rue de Lyon, Turku.",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text: str) -> None:
    assert find_persons(text) == ()


def test_figures_of_school_books_are_told_from_others() -> None:
    assert _found("Year 3 learned about Florence Nightingale and Freya Thompson.") == [
        ("Florence Nightingale", Who.FIGURE),
        ("Freya Thompson", Who.UNKNOWN),
    ]


def test_a_surname_known_to_all_is_a_figure_unless_it_is_a_usual_one() -> None:
    assert _found("We wrote about Obama. We wrote to Mr Johnson.") == [
        ("Obama", Who.FIGURE),
        ("Johnson", Who.UNKNOWN),
    ]


def test_who_is_known_is_marked_by_full_name_and_by_title() -> None:
    text = "Jane Castellanos and Mrs Castellanos met Freya Thompson and Mr Oduya."
    assert _found(text, ("jane castellanos",)) == [
        ("Jane Castellanos", Who.KNOWN),
        ("Castellanos", Who.KNOWN),
        ("Freya Thompson", Who.UNKNOWN),
        ("Oduya", Who.UNKNOWN),
    ]


def test_names_run_together_are_found_once() -> None:
    text = "Follow @FreyaThompson, #GoAmeliaHart, photos/freya-thompson.jpg and hart_amelia.png"
    matches = find_persons(text)
    joined = ["FreyaThompson", "AmeliaHart", "freya-thompson", "hart_amelia"]
    assert [text[m.start : m.end] for m in matches if m.joined] == joined
    assert len(matches) == len(joined)


def test_matches_tell_place_chance_and_number_of_words() -> None:
    (match,) = search("Well done to Freya Thompson!", frozenset())
    assert match == PersonMatch(start=13, end=27, confidence=match.confidence, words=2)
    assert 0.9 < match.confidence <= 1


def test_matches_do_not_overlap_and_lie_in_order() -> None:
    text = (
        "Freya Thompson, Zofia Kowalska; Mr and Mrs Hart\n" * 3 + "@FreyaThompson\nKai\nAmy Jo Li"
    )
    places = [(m.start, m.end) for m in find_persons(text)]
    assert places == sorted(places)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("word", "worth"),
    [
        *(("Freya", True), ("freya", True), ("Mrs", True), ("Xylorp", True), ("KHAN", True)),
        *(("Trump", True), ("OBAMA", True), ("merkel", True), ("trump", False)),
        *(("the", False), ("London", False), ("School", False), ("NSPCC", False), ("4B", False)),
    ],
)
def test_only_sentences_that_may_name_somebody_meet_the_model(word: str, worth: bool) -> None:
    assert may_name(word) is worth


def test_a_word_of_a_full_name_needs_but_a_hint_elsewhere_in_the_text() -> None:
    alone = "Later Marsden Quill and Rook went on."
    whole = f"Zofia Rook scored twice.\n\n{alone}"
    chances = {whole[m.start : m.end]: m.confidence for m in find_persons(whole)}
    before = {alone[m.start : m.end]: m.confidence for m in find_persons(alone)}
    assert chances["Rook"] >= max(0.6, before.get("Rook", 0.0))


def test_a_full_name_leaves_words_alone_that_are_not_repeated() -> None:
    assert _names("Freya Thompson scored twice. A marsh is wet.") == ["Freya Thompson"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We read the school newspaper, *The Quill*.", []),
        ("Making: clay, willow and a great deal of cardboard", []),
        ("Praise is for effort and kindness.", []),
        ("We welcome Mrs Praise.", ["Praise"]),
        ("Tins, jars, loaves and one very large pumpkin.", []),
    ],
)
def test_words_of_the_dictionary_are_told_from_people(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_in_a_message_a_small_chance_is_enough() -> None:
    text = "just saw Castellanos lol https://news.example/a"
    assert [m.confidence >= 0.5 for m in find_persons(text)] == [True]
