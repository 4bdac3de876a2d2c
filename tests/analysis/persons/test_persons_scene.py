import pytest

from moderation.analysis.persons import Who, find_persons
from moderation.analysis.persons.features import Look, look
from moderation.analysis.persons.listed import is_familiar
from moderation.analysis.persons.rules import put_right
from moderation.analysis.persons.scene import is_scene, not_persons
from moderation.analysis.persons.tokens import TOKEN


def _seen(words: str) -> list[Look]:
    return [look(match[0]) for match in TOKEN.finditer(words)]


def _scene(words: str, name: str, around: frozenset[str] = frozenset()) -> bool:
    seen, parts = _seen(words), [each.plain for each in _seen(name)]
    plain = [each.plain for each in seen]
    first = next(at for at in range(len(plain)) if plain[at : at + len(parts)] == parts)
    return is_scene(seen, first, first + len(parts), around)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Welcome to Hollybrook Primary School.", {"hollybrook"}),
        ("We met Whitbread Academy there", {"whitbread"}),
        ("Freya Ashgrove School Council", set()),
        ("Mrs Ashgrove School", set()),
        ("We like School", set()),
        ("Our hamster Biscuit sleeps", {"biscuit"}),
        ("Our dog Freya sleeps", set()),
    ],
)
def test_words_of_schools_and_pets_are_no_persons_in_the_whole_text(
    words: str, names: set[str]
) -> None:
    assert not_persons([_seen(words)]) == names


@pytest.mark.parametrize(
    ("words", "name", "scene"),
    [
        ("Highfield won 2-1", "Highfield", True),
        ("Highfield scored in the second half", "Highfield", True),
        ("Highfield scored well in maths", "Highfield", False),
        ("We drew 2 – 2 with Whitmore", "Whitmore", True),
        ("We lost to Whitmore", "Whitmore", True),
        ("Whitmore v Thornhill", "Whitmore", True),
        ("but beat Marlowe 4-0", "Marlowe", True),
        ("Freya won 6-2", "Freya", False),
        ("Mr Highfield won 2-1", "Highfield", False),
        ("Priya Highfield won 2-1", "Priya Highfield", False),
        ("Highfield beat Freya Hart 2-1", "Highfield", False),
        ("our class hamster Biscuit sleeps", "Biscuit", True),
        ("our hamster, Biscuit, sleeps", "Biscuit", True),
        ("a dog called Rosie came", "Rosie", True),
        ("Rosie the rabbit came", "Rosie", True),
        ("Rosie, our therapy dog, came", "Rosie", True),
        ("Rosie, our dog walker, came", "Rosie", False),
        ("Rosie, our 4B dog, came", "Rosie", False),
        ("Rosie brought her rabbit", "Rosie", False),
        ("Rosie, our very good friend", "Rosie", False),
        ("big dog Rosie came", "Rosie", False),
        ("We performed Oliver! in July", "Oliver", True),
        ("our production of Oliver! in July", "Oliver", True),
        ("Well done, Oliver!", "Oliver", False),
        ("Oliver sang", "Oliver", False),
        ("in for of the our Oliver", "Oliver", False),
        ("Clay Tudor houses", "Clay", True),
        ("Clay Hart sang", "Clay", False),
    ],
)
def test_what_stands_around_a_name_tells_what_it_is(words: str, name: str, scene: bool) -> None:
    assert _scene(words, name) is scene


def test_a_word_that_names_a_school_elsewhere_is_no_person() -> None:
    assert _scene("Hollybrook cares", "Hollybrook", frozenset({"hollybrook"}))


def test_somebody_named_in_full_keeps_a_name_that_a_school_shares() -> None:
    text = "We are at Ashgrove Academy. Well done to Priya Ashgrove!"
    assert [text[m.start : m.end] for m in find_persons(text)] == ["Priya Ashgrove"]


@pytest.mark.parametrize(
    ("words", "chance"),
    [
        *(("Grace was said", 0.0), ("Summer is nearly here", 0.0), ("Grace said so", 0.6)),
        *(("Hope won it", 0.6), ("Summer is in Year 4", 0.6), ("Grace was proud", 0.6)),
    ],
)
def test_a_virtue_at_the_start_is_a_person_where_a_person_acts(words: str, chance: float) -> None:
    assert put_right(_seen(words), [0.3] + [0.0] * (len(_seen(words)) - 1))[0] == chance


@pytest.mark.parametrize(
    ("words", "first", "last", "known"),
    [
        *(("Mrs J. Whitcombe", 1, 3, True), ("J Whitcombe", 0, 2, True)),
        *(("J. A. Whitcombe", 2, 3, True), ("Mrs Whitcombe", 1, 2, True)),
        *(("Mrs P. Whitcombe", 1, 3, False), ("Whitcombe", 0, 1, False)),
        *(("T de Souza", 2, 3, True), ("Mr de Souza", 2, 3, True)),
        *(("Josh Whitcombe", 0, 2, False), ("Jane Whitcombe", 0, 2, True), ("Mrs J.", 1, 2, False)),
    ],
)
def test_staff_are_known_by_title_and_initial(
    words: str, first: int, last: int, known: bool
) -> None:
    listed = frozenset({"jane whitcombe", "mr tiago de souza"})
    assert is_familiar(_seen(words), first, last, listed) is known
    assert not is_familiar(_seen(words), first, last, frozenset())


def test_a_figure_of_a_story_is_a_note() -> None:
    text = "Bill Sikes and Nancy sang; Will Somers bowed."
    assert {m.who for m in find_persons(text)} == {Who.FIGURE}
