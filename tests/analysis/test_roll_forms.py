"""Every way in which a name on the roll is written, with the same name in reach of a stranger."""

import pytest

from moderation.analysis.names import Tier, find_pupils
from moderation.analysis.names.variants import may_be_short, shape, slip
from moderation.registers import Pupil, Roll

NAMES = [
    ("Jack", "Smith"),
    ("Isabella", "Birch-Dawson"),
    ("Amelia", "de Guzman"),
    ("Ha-eun", "Taylor"),
    ("Mary Jane", "O'Connell"),
    ("Müjde", "Schröder"),
    ("Łukasz", "Wiśniewski"),
    ("Mohammed", "al-Rashid"),
    ("Connor", "MacDonald"),
    ("Will", "Price"),
    ("Grace", "Wood"),
    ("Xiao Ming", "Wang"),
    ("Sofía", "García López"),
    ("Thomas", "van der Berg"),
    ("Leo", "Ng"),
    ("Maisie", "Kettlewell"),
]
ROLL = Roll(
    tuple(
        Pupil(reference=f"P-{number}", forename=forename, surname=surname)
        for number, (forename, surname) in enumerate(NAMES, 1)
    )
)


def _found(text: str) -> list[tuple[str, str, Tier]]:
    matches = find_pupils(text, ROLL)
    return [(text[m.start : m.end], "/".join(m.references), m.tier) for m in matches]


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        ("SMITH, Jack (4B)", "SMITH, Jack", "P-1"),
        ("Smith; Jack", "Smith; Jack", "P-1"),
        ("Jack 'Smiler' Smith", "Jack 'Smiler' Smith", "P-1"),
        ("Jack “Smiler” Smith", "Jack “Smiler” Smith", "P-1"),
        ("Jack (Smiler) Smith", "Jack (Smiler) Smith", "P-1"),
        ("Jack Edward Smith won", "Jack Edward Smith", "P-1"),
        ("Jack E. J. Smith won", "Jack E. J. Smith", "P-1"),
        ("Jacky Smith won", "Jacky Smith", "P-1"),
        ("Jakc Smith won", "Jakc Smith", "P-1"),
        ("Jack Smyth won", "Jack Smyth", "P-1"),
        ("JackSmith07.jpg", "JackSmith", "P-1"),
        ("#GoJackSmith", "JackSmith", "P-1"),
        ("@jacksmith_", "jacksmith", "P-1"),
        ("see smithjack.png", "smithjack", "P-1"),
        ("jack.smith@example.org", "jack.smith", "P-1"),
        ("?first=Jack&last=Smith", "Jack&last=Smith", "P-1"),
        ("J a c k  S m i t h won", "J a c k  S m i t h", "P-1"),
        ("J-a-c-k S-m-i-t-h won", "J-a-c-k S-m-i-t-h", "P-1"),
        ("J a c k Smith won", "J a c k Smith", "P-1"),
        ("Jack<!-- y4 --> Smith", "Jack<!-- y4 --> Smith", "P-1"),
        ("<b>J</b>ack <span class=sn>Smith</span>", "J</b>ack <span class=sn>Smith</span>", "P-1"),
        ("J**ac**k Smith", "J**ac**k Smith", "P-1"),
        ("Jack<br>Smith", "Jack<br>Smith", "P-1"),
        ("Isabella Birchdawson", "Isabella Birchdawson", "P-2"),
        ("Isabella Birch – Dawson", "Isabella Birch – Dawson", "P-2"),
        ("Isabella Dawson-Birch", "Isabella Dawson-Birch", "P-2"),
        ("Isabella Dawson", "Isabella Dawson", "P-2"),
        ("Izzy Birch", "Izzy Birch", "P-2"),
        ("Isabella Bircn-Dawson", "Isabella Bircn-Dawson", "P-2"),
        ("Amelia de Guman", "Amelia de Guman", "P-3"),
        ("Amelia Guzman", "Amelia Guzman", "P-3"),
        ("Millie De Guzman", "Millie De Guzman", "P-3"),
        ("haeun taylor", "haeun taylor", "P-4"),
        ("Ha-eun Tayl0r", "Ha-eun Tayl0r", "P-4"),
        ("Maryjane OConnell", "Maryjane OConnell", "P-5"),
        ("Mary O’Connell", "Mary O’Connell", "P-5"),
        ("Mary-Jane O'Conell", "Mary-Jane O'Conell", "P-5"),
        ("Muejde Schroeder", "Muejde Schroeder", "P-6"),
        ("mujde schroder", "mujde schroder", "P-6"),
        ("Lukasz Wisniewski", "Lukasz Wisniewski", "P-7"),
        ("Luke Wiśniewski", "Luke Wiśniewski", "P-7"),
        ("Muhammad Al Rashid", "Muhammad Al Rashid", "P-8"),
        ("Mo Rashid", "Mo Rashid", "P-8"),
        ("Connor McDonald", "Connor McDonald", "P-9"),
        ("Conor Mac Donald", "Conor Mac Donald", "P-9"),
        ("WILL PRICE", "WILL PRICE", "P-10"),
        ("photos/will-price.jpg", "will-price", "P-10"),
        ("grace wood", "grace wood", "P-11"),
        ("Wang Xiaoming", "Wang Xiaoming", "P-12"),
        ("Sofia García", "Sofia García", "P-13"),
        ("Tom Vanderberg", "Tom Vanderberg", "P-14"),
        ("Thomas Berg", "Thomas Berg", "P-14"),
        ("LeoNg.jpg", "LeoNg", "P-15"),
        ("Ma1sie Kettlewe11", "Ma1sie Kettlewe11", "P-16"),
        ("Maisie KettIewell", "Maisie KettIewell", "P-16"),
        ("Mais Ketlewell", "Mais Ketlewell", "P-16"),
    ],
)
def test_a_full_name_is_found_in_its_form(text: str, name: str, reference: str) -> None:
    assert _found(text) == [(name, reference, Tier.FULL)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jack and Emma Smith", [("Jack", "P-1", Tier.FULL)]),
        ("Jack, Mia & Emma Smith", [("Jack", "P-1", Tier.FULL)]),
        ("Amelia and Tom de Guzman", [("Amelia", "P-3", Tier.FULL)]),
        ("J. Smith", [("J. Smith", "P-1", Tier.INITIAL)]),
        ("J.A. Smith", [("J.A. Smith", "P-1", Tier.INITIAL)]),
        ("Smith, J.", [("Smith, J", "P-1", Tier.INITIAL)]),
        ("by Jack S. and Tom", [("Jack S", "P-1", Tier.INITIAL)]),
        ("j.smith@example.org", [("j.smith", "P-1", Tier.INITIAL)]),
        ("I. Birch-Dawson", [("I. Birch-Dawson", "P-2", Tier.INITIAL)]),
        ("Mr. Smith", [("Mr. Smith", "P-1", Tier.TITLE)]),
        ("Miss Birch-Dawson", [("Miss Birch-Dawson", "P-2", Tier.TITLE)]),
        ("C. O'Brien", []),
        ("Jack O'Hara", []),
        ("George J. Smith", []),
        ("Mr Jack Jones", []),
        ("Jack, Smith and Jones", []),
        ("Jack & Smith Ltd", []),
        ("Hepatitis A smith", []),
        ("we will price the tickets", []),
        ("Will price rises end? Will Pryce", [("Will Pryce", "P-10", Tier.FULL)]),
        ("Jack (SMITH) price", [("Jack (SMITH", "P-1", Tier.FULL)]),
        ("Jacqueline Smithers", []),
        ("smithereens and jackdaws", []),
        ("The Smithsons of Jackson Wood", []),
    ],
)
def test_what_is_less_than_a_name_is_told_apart(
    text: str, found: list[tuple[str, str, Tier]]
) -> None:
    assert _found(text) == found


def test_what_a_pupil_is_called_at_school_is_their_name_too() -> None:
    roll = Roll(
        (
            Pupil(
                reference="P-1",
                forename="Oluwatomisin",
                surname="Adeyemi",
                preferred="Bobo",
                preferred_surname="Kettle",
            ),
        )
    )
    for text in ("Bobo Kettle", "Bobo Adeyemi", "Oluwatomisin Kettle", "Tomi Adeyemi"):
        assert [match.references for match in find_pupils(text, roll)] == [("P-1",)]


def test_a_roll_without_pupils_and_a_text_without_words_find_nobody() -> None:
    assert list(find_pupils("Jack Smith", Roll())) == []
    assert list(find_pupils("", ROLL)) == []
    assert list(find_pupils(" -- ", ROLL)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well done Jack!", ["Jack"]),
        ("Well done Jack Jones!", []),
        ("Jack-Tom won", []),
        ("Grace before lunch", []),
        ("Winners: Grace, Leo", ["Grace", "Leo"]),
        ("Jack Smith and Leo", ["Jack Smith", "Leo"]),
    ],
)
def test_forenames_that_stand_alone_are_found_when_asked_for(text: str, found: list[str]) -> None:
    matches = find_pupils(text, ROLL, forenames=True)
    assert [text[match.start : match.end] for match in matches] == found


@pytest.mark.parametrize(
    ("written", "meant", "is_slip"),
    [
        ("smth", "smith", True),
        ("smiith", "smith", True),
        ("smiht", "smith", True),
        ("smxth", "smith", True),
        ("smithx", "smith", True),
        ("smith", "smith", False),
        ("smthi", "smith", False),
        ("sm", "smith", False),
        ("ab", "ba", True),
    ],
)
def test_one_slip_of_the_finger_is_told_from_two(written: str, meant: str, is_slip: bool) -> None:
    assert (slip(written, meant) > 0) is is_slip


def test_what_looks_alike_has_one_shape() -> None:
    assert {shape(word) for word in ("clare", "c1are", "dare")} == {shape("clare")}
    assert shape("ternple") == shape("temple")


def test_pet_names_begin_or_end_as_the_forename_does() -> None:
    names = [("gabby", "gabriela"), ("raff", "rafferty"), ("xander", "alexander")]
    assert all(may_be_short(short, name) for short, name in names)
    assert not may_be_short("jo", "joanna")
    assert not may_be_short("gabriela", "gabriela")


def _roll_of(size: int) -> Roll:
    """Make a roll of few names, each borne by many; nobody on it is called Tom Wesley."""
    forenames = ["Thomas", "Tom", "Henry", "Alice", "Grace", "Ruth", "Ivor", "Nia"]
    surnames = ["Harley", "Wesley", "Norby", "Sutford", "Weston", "Corley", "Danby"]
    pairs = [(f, s) for f in forenames for s in surnames if (f, s) != ("Tom", "Wesley")]
    pupils = [
        Pupil(reference=f"P-{at}", forename=pairs[at % 55][0], surname=pairs[at % 55][1])
        for at in range(size)
    ]
    return Roll((*pupils, Pupil(reference="P-X", forename="Ottoline", surname="Quill-Harley")))


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Thomas Wesley", [True], [True]),
        ("Tom Wesley", [False], []),
        ("T. Wesley", [True], []),
        ("Ottoline Quil-Harley", [False], [False]),
    ],
)
def test_on_a_long_roll_a_common_name_counts_as_registered_only(
    text: str, short: list[bool], long: list[bool]
) -> None:
    rolls = _roll_of(55), _roll_of(20_001)
    found = [[match.exact for match in find_pupils(text, roll)] for roll in rolls]
    assert found == [short, long]
