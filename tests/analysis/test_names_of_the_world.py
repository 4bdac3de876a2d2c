"""Names in every script, and names that a full stop, a line or a digit cuts, find themselves."""

import pytest

from moderation.analysis.names import Tier, find_pupils
from moderation.analysis.names.keyed import RollFilter, Trace
from moderation.registers import Pupil, Roll

KEY = bytes(range(32))
PEOPLE = [
    ("Тарас", "Шевченко"),
    ("Oleksandr", "Шевченко"),
    ("Γεώργιος", "Παπαδόπουλος"),
    ("فاطمة", "خان"),
    ("דוד", "כהן"),
    ("小明", "王"),
    ("आरव", "शर्मा"),
    ("প্রিয়া", "বন্দ্যোপাধ্যায়"),
    ("ਹਰਪ੍ਰੀਤ", "ਸਿੰਘ"),
    ("கார்த்திக்", "சுப்பிரமணியம்"),
    ("Łukasz", "Wiśniewski"),
    ("Phương", "Nguyễn"),
    ("Ŋarra", "Ɓakari"),
    ("Ọlábísí", "Adébáyọ̀"),
]


def _roll(*people: tuple[str, str]) -> Roll:
    return Roll(
        tuple(
            Pupil(reference=f"P-{number}", forename=forename, surname=surname)
            for number, (forename, surname) in enumerate(people, 1)
        )
    )


CUT = _roll(("Mary-Jane", "St. John"), ("Tom", "St. Clair"), ("Zebedee", "Quillfeather"))


def _both(text: str, roll: Roll) -> list[list[str]]:
    keyed = RollFilter.of(roll, KEY)
    return [
        [text[match.start : match.end] for match in find_pupils(text, roll)],
        [text[trace.start : trace.end] for trace in keyed.find(text)],
    ]


@pytest.mark.parametrize(("forename", "surname"), PEOPLE)
@pytest.mark.parametrize("form", ["{0} {1}", "{1}, {0}", "{1} {0}"])
def test_a_name_of_any_script_finds_itself(forename: str, surname: str, form: str) -> None:
    name = form.format(forename, surname)
    assert _both(f"1: {name}; 2", _roll((forename, surname))) == [[name], [name]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Well done Mary-Jane St. John.", "Mary-Jane St. John"),
        ("Tom St. Clair won", "Tom St. Clair"),
        ("St. Clair, Tom", "St. Clair, Tom"),
        ("and Zebedee Quill-\nfeather won", "Zebedee Quill-\nfeather"),
        ("and Zebe- dee Quillfeather won", "Zebe- dee Quillfeather"),
        ("Zebedee Quillfeather- won", "Zebedee Quillfeather"),
        ("Z3bedee Quillfeather", "Z3bedee Quillfeather"),
    ],
)
def test_a_cut_name_is_found_whole(text: str, name: str) -> None:
    assert _both(text, CUT) == [[name], [name]]


def test_a_forename_with_a_digit_in_it_is_found_alone() -> None:
    got = [(m.start, m.end, m.tier) for m in find_pupils("so Z3bedee won", CUT, forenames=True)]
    assert got == [(3, 10, Tier.FORENAME)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Z. Quillfeather", [Trace(0, 15, Tier.INITIAL)]),
        ("Z Quillfeather won", [Trace(0, 14, Tier.INITIAL)]),
        ("Quillfeather, Z.", [Trace(0, 15, Tier.INITIAL)]),
        ("Zebedee Q.", [Trace(0, 9, Tier.INITIAL)]),
        ("Tom S. won", [Trace(0, 5, Tier.INITIAL)]),
        ("T. St. Clair", [Trace(0, 12, Tier.INITIAL)]),
        ("Master Quillfeather", [Trace(0, 19, Tier.TITLE)]),
        ("Miss St John", [Trace(0, 12, Tier.TITLE)]),
        ("Miss Quillfeather Brown", []),
        ("Mr Brown", []),
        ("Y. Quillfeather", []),
        ("John Z. Quillfeather", []),
        ("Zebedee Q. Brown", []),
        ("Zebedee I went", []),
        ("zebedee q", []),
    ],
)
def test_a_filter_tells_initials_and_titles_from_strangers(text: str, found: list[Trace]) -> None:
    assert list(RollFilter.of(CUT, KEY).find(text)) == found


def test_many_of_one_surname_are_nobody() -> None:
    crowd = _roll(*((f"Zeb{chr(97 + at)}", "Quillfeather") for at in range(25)))
    assert list(RollFilter.of(crowd, KEY).find("Z. Quillfeather")) == []
