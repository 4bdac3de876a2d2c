import pytest

from moderation.analysis.persons.features import Look, features, look
from moderation.analysis.persons.listed import is_figure, is_thing
from moderation.analysis.persons.rules import is_address, is_message, put_right


def _seen(words: str) -> list[Look]:
    return [look(word) for word in words.split()]


@pytest.mark.parametrize(
    ("words", "given", "fixed"),
    [
        ("Mr Zzyxley", [0, 0], [0, 0.8]),
        ("mrs patel", [0, 0], [0, 0.8]),
        ("Mr Street", [0, 0], [0, 0]),
        ("Freya", [0], [0.6]),
        ("Freya Thompson", [0, 0], [0.7, 0.7]),
        ("then Freya sang", [0, 0.1, 0], [0, 0.4, 0]),
        ("then Freya sang", [0, 0.01, 0], [0, 0.01, 0]),
        ("near Freya Street again", [0, 0.1, 0.1, 0], [0, 0.1, 0.1, 0]),
        ("in London again", [0, 0.9, 0], [0, 0, 0]),
        ("the NSPCC said", [0, 0.9, 0], [0, 0, 0]),
        ("from ZqMv now", [0, 0.9, 0], [0, 0, 0]),
        ("from McFoozle now", [0, 0.9, 0], [0, 0.9, 0]),
        ("at St Thomas again", [0, 0, 0.9, 0], [0, 0, 0, 0]),
        ("some xqzzt here", [0, 0.9, 0], [0, 0, 0]),
        ("! ?", [0.2, 0.1], [0.2, 0.1]),
        ("Freya Thompson Street", [0.1, 0.1, 0], [0.1, 0.1, 0]),
        ("Mr May", [0, 0], [0, 0]),
        ("Freya : x", [0, 0, 0], [0, 0, 0]),
        ("then Obama sang", [0, 0.1, 0], [0, 0.6, 0]),
        ("then Obama sang", [0, 0.01, 0], [0, 0.01, 0]),
        ("then merkel sang", [0, 0.1, 0], [0, 0.6, 0]),
        ("Then merkel sang", [0, 0.1, 0], [0, 0.1, 0]),
        ("then bush grew", [0, 0.1, 0], [0, 0, 0]),
        ("the HMS Freya sails", [0, 0.5, 0.9, 0], [0, 0, 0, 0]),
        ("then Zofia , Kitty sang", [0, 0.9, 0, 0.35, 0], [0, 0.9, 0, 0.5, 0]),
        ("then Kitty & Zofia sang", [0, 0.45, 0, 0.9, 0], [0, 0.5, 0, 0.9, 0]),
        ("then Kitty & Zofia sang", [0, 0.45, 0, 0.7, 0], [0, 0.45, 0, 0.7, 0]),
        ("then Oak sang", [0, 0.9, 0], [0, 0, 0]),
        ("then Zofia Birch sang", [0, 0.9, 0.9, 0], [0, 0.9, 0.9, 0]),
        ("Making : clay , paper", [0, 0, 0.7, 0, 0.1], [0, 0, 0, 0, 0]),
        ("mr clay sang", [0, 0.1, 0], [0, 0.8, 0]),
        ("Praise is free here", [0.9, 0, 0, 0], [0, 0, 0, 0]),
        ("Tins , jars and loaves", [0.4, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
        ("Tins , jars and loaves", [0.6, 0, 0, 0, 0], [0.6, 0, 0, 0, 0]),
    ],
)
def test_rules_put_chances_right(words: str, given: list[float], fixed: list[float]) -> None:
    assert put_right(_seen(words), given) == fixed


@pytest.mark.parametrize(
    ("words", "first", "last", "thing"),
    [
        ("up Ben Nevis today", 1, 3, True),
        ("up Ben Nevis today", 1, 2, True),
        ("up Ben today", 1, 2, False),
        ("Ben Nevis Smith", 0, 3, False),
    ],
)
def test_things_are_told_from_people(words: str, first: int, last: int, thing: bool) -> None:
    assert is_thing(_seen(words), first, last) is thing


@pytest.mark.parametrize(
    ("words", "first", "last", "figure"),
    [
        ("about Rosa Parks today", 1, 3, True),
        ("about Queen Victoria today", 2, 3, True),
        ("about Rosa Hart today", 1, 3, False),
        ("as Mr Twit today", 2, 3, True),
    ],
)
def test_figures_are_told_from_others(words: str, first: int, last: int, figure: bool) -> None:
    assert is_figure(_seen(words), first, last) is figure


@pytest.mark.parametrize(
    ("words", "first", "last", "street"),
    [
        ("at 22 Xqzztrand , Turku", 2, 3, True),
        ("22 Xqzztrand , Turku", 1, 2, True),
        ("22 Xqzztrand sang", 1, 2, False),
        ("Ann 22 Xqzzt , 3", 2, 3, False),
        ("to us , Xqzztrand 12 , Turku", 3, 4, True),
        ("to us , Xqzztrand 12", 3, 4, True),
        ("to Xqzztrand 12 , Turku", 1, 2, False),
        ("at 22 Freya , Turku", 2, 3, False),
        ("Xqzztrand", 0, 1, False),
    ],
)
def test_streets_are_told_from_people(words: str, first: int, last: int, street: bool) -> None:
    assert is_address(_seen(words), first, last) is street


def test_messages_are_told_by_their_signs() -> None:
    assert is_message(_seen("hi @someone there"))
    assert is_message(_seen("see https://a.example now"))
    assert not is_message(_seen("see you there"))


def test_each_word_of_a_run_of_names_knows_what_stands_around_it() -> None:
    described = features(["to", "Ann", ",", "Bob", "and", "Cyd", "for", "singing"])
    assert all("la=to" in described[at] and "ra=for" in described[at] for at in (1, 3, 5))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        *(("Hart", "Xx"), ("hart", "x"), ("HART", "XX"), ("H", "X"), ("H.", "X."), ("Mr.", "Xx")),
        *(("McHart", "XxXx"), ("iPad", "xX"), ("O'Hart", "X'Xx"), ("o'hart", "x'x"), ("4B", "0")),
        *(
            ("Ann-Lee", "Xx-Xx"),
            ("@ann", "@"),
            ("#ann", "#"),
            ("a@b.example", "url"),
            ("...", "..."),
        ),
        *(("www.a.example", "url"), ("!", "!"), ("@", "@"), ("h.", "x"), ("O'HART", "XX")),
    ],
)
def test_the_form_of_a_word_is_seen(word: str, form: str) -> None:
    assert look(word).form == form
