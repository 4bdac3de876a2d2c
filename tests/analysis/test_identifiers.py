"""Identifiers are found in their exact places, however written, and look-alikes are left alone."""

import time
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.identifiers import Sentence, read_sheet
from moderation.analysis.identifiers import Kind, find_identifiers
from moderation.analysis.identifiers.checksums import (
    is_card_number,
    is_iban,
    is_nhs_number,
    is_pupil_number,
)
from moderation.analysis.identifiers.finder import _finder
from moderation.analysis.identifiers.gates import GATES
from moderation.analysis.identifiers.glance import Glance
from moderation.analysis.identifiers.special import find_protected
from moderation.model import Confidence

Found = list[tuple[str, str]]
_SIGNS = "0123456789 .,-/()+@:#ABDGNSUabdeot\n'\"°&;[]|é\u200b０"
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def found(text: str) -> Found:
    return [(each.kind.value, text[each.start : each.end]) for each in find_identifiers(text)]


def upn(rest: str) -> str:
    total = sum((int(c) if c.isdigit() else _LETTERS.index(c)) * w for w, c in enumerate(rest, 2))
    return _LETTERS[total % 23] + rest


def _sheet() -> dict[str, list[Sentence]]:
    kinds: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in read_sheet():
        kinds[sentence.kind].append(sentence)
    return kinds


SHEET = _sheet()


def _hits(sentence: Sentence) -> Sequence[tuple[int, int]]:
    if sentence.kind == "special-category-data":
        return [(each.start, each.end) for each in find_protected(sentence.text)]
    mine = (each for each in find_identifiers(sentence.text) if each.kind == sentence.kind)
    return [(each.start, each.end) for each in mine]


def test_the_sheet_has_thirty_sentences_and_thirty_near_misses_of_each_kind() -> None:
    assert set(SHEET) == {*Kind, "special-category-data"}
    for kind, sentences in SHEET.items():
        near = sum(not each.spans for each in sentences)
        assert min(near, len(sentences) - near) >= 30, kind


@pytest.mark.parametrize("kind", sorted(SHEET))
def test_every_identifier_of_the_sheet_is_found(kind: str) -> None:
    missed = [
        each.text
        for each in SHEET[kind]
        if not all(
            any(s < last and first < e for s, e in _hits(each)) for first, last in each.spans
        )
    ]
    assert missed == []


@pytest.mark.parametrize("kind", sorted(SHEET))
def test_no_near_miss_of_the_sheet_is_found(kind: str) -> None:
    assert [each.text for each in SHEET[kind] if not each.spans and _hits(each)] == []


def test_a_gate_lets_through_all_that_its_finder_finds() -> None:
    lost = []
    for sentences in SHEET.values():
        for text in (each.text for each in sentences):
            if text.isascii() and "&" not in text:
                whole = Glance(text, ((0, len(text)),))
                closer = [each for gate in GATES for each in _finder(gate)(whole)]
                kept = find_identifiers(text)
                lost += [
                    (text, each.kind)
                    for each in closer
                    if not any(k.start < each.end and each.start < k.end for k in kept)
                ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring ０７７００ ９００１２３ now", [("phone-number", "０７７００ ９００１２３")]),
        ("Ring 07700\u200b 900\u00ad123 now", [("phone-number", "07700\u200b 900\u00ad123")]),
        ("Ring 07700\u2011900\u2013123.", [("phone-number", "07700\u2011900\u2013123")]),
        ("Ring ٠٧٧٠٠ ٩٠٠١٢٣.", [("phone-number", "٠٧٧٠٠ ٩٠٠١٢٣")]),
        ("jo&#64;example&period;org é", [("email-address", "jo&#64;example&period;org")]),
        ("AT&amp;T jo＠example.org", [("email-address", "jo＠example.org")]),
        ("&unknown; &NotEqualTilde; jo@example.org", [("email-address", "jo@example.org")]),
        ("Zoë’s DOB: 12⁄03⁄2016", [("date-of-birth", "12⁄03⁄2016")]),
        ("NI АВ123456С", [("national-insurance-number", "АВ123456С")]),
        ("𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑 è mia", [("phone-number", "𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑")]),
        ("10² and x₂ and ½", []),
        ("call me: (07700 900123)", [("phone-number", "07700 900123")]),
        ("", []),
        ("\ud800 07700 900123", [("phone-number", "07700 900123")]),
    ],
)
def test_places_are_those_of_the_text_as_it_is_written(text: str, expected: Found) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sort code 20-00-00, account 07700900, card 4929 1234 5678 9015",
            [
                ("bank-details", "20-00-00, account 07700900"),
                ("bank-details", "4929 1234 5678 9015"),
            ],
        ),
        (
            "DOB 12.03.2016, tel. 07700 900123",
            [("date-of-birth", "12.03.2016"), ("phone-number", "07700 900123")],
        ),
        (
            "Email @jo: jo@example.org",
            [("social-handle", "@jo"), ("email-address", "jo@example.org")],
        ),
        (
            "google.com/maps/@52.6287,1.2923,17z",
            [("place-coordinates", "google.com/maps/@52.6287,1.2923,17z")],
        ),
        (
            "https://maps.example/!3d52.62871!4d1.29238",
            [("place-coordinates", "!3d52.62871!4d1.29238")],
        ),
        (
            "Jo, 3 Elm Road, Fenby, PE31 4QT, 01632 960123",
            [("home-address", "3 Elm Road, Fenby, PE31 4QT"), ("phone-number", "01632 960123")],
        ),
        (
            "3 Elm Road, PE31 4QT; 5 Oak Lane",
            [("home-address", "3 Elm Road, PE31 4QT"), ("home-address", "5 Oak Lane")],
        ),
        ("GB29NWBK60161331926819", [("bank-details", "GB29NWBK60161331926819")]),
        (
            "IBAN GB29 NWBK 6016 1331 9268 19 THANK YOU",
            [("bank-details", "GB29 NWBK 6016 1331 9268 19")],
        ),
        ("chat: wa.me/447700900123", [("phone-number", "wa.me/447700900123")]),
    ],
)
def test_each_place_is_found_once_as_what_it_is(text: str, expected: Found) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "authority",
    [
        "201",
        "213",
        "320",
        "330",
        "344",
        "359",
        "373",
        "384",
        "394",
        "420",
        "660",
        "681",
        "702",
        "800",
        "808",
        "813",
        "838",
        "839",
        "840",
        "846",
        "861",
        "873",
        "896",
        "901",
        "909",
        "929",
        "938",
        "940",
        "941",
        "942",
        "943",
    ],
)
def test_pupil_numbers_of_every_authority_are_found(authority: str) -> None:
    number = upn(f"{authority}200119014")
    assert found(f"See {number}.") == [("pupil-number", number)]


@pytest.mark.parametrize(
    "authority", ["000", "123", "214", "456", "500", "804", "897", "944", "999"]
)
def test_pupil_numbers_of_no_authority_are_not(authority: str) -> None:
    assert found(f"Invoice {upn(f'{authority}200119014')}") == []


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    number = upn("80120011900N")
    assert found(f"See {number.lower()} here") == [("pupil-number", number.lower())]


def test_check_digits_follow_their_sources() -> None:
    assert is_pupil_number(upn("801200119014"))
    assert not is_pupil_number("I801200119014")
    assert [is_nhs_number(n) for n in ("9434765919", "9434765918", "0000000001")] == [
        True,
        False,
        False,
    ]
    assert [is_card_number(n) for n in ("4929123456789015", "4929123456789016")] == [True, False]
    assert is_iban("GB29NWBK60161331926819")
    assert not is_iban("GB29NWBK60161331926818")
    assert not is_iban("GB29NWBK6016133192681")
    assert not is_iban("XX29NWBK60161331926819")


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("write to jo@example.org", Confidence.HIGH),
        ("write to bookings@museum.example", Confidence.LOW),
        ("write to office@gmail.com", Confidence.HIGH),
        ("write to amelia.head@oak.sch.uk", Confidence.HIGH),
        ("write to jo.smith@fenshire.gov.uk", Confidence.LOW),
        ("write to year4.admin@oak.example", Confidence.LOW),
        ("write to year4@oak.example", Confidence.LOW),
        ("Ring the school office on 01632 960123", Confidence.LOW),
        ("Ring the office on 07700 900123", Confidence.HIGH),
        ("Ring her mum at the office, 01632 960123", Confidence.HIGH),
        ("Fenshire County Council, 9 Castle Street", Confidence.LOW),
        ("Northgate House, Castle Street", Confidence.LOW),
        ("She lives at Northgate House, Castle Street", Confidence.HIGH),
        ("Follow @FenshireMuseum", Confidence.LOW),
        ("Follow @jo_smith07", Confidence.HIGH),
        ("Her birthday is on 4 May", Confidence.MEDIUM),
        ("the account number 12345678", Confidence.MEDIUM),
    ],
)
def test_what_belongs_to_an_organisation_is_less_sure(text: str, confidence: Confidence) -> None:
    assert [each.confidence for each in find_identifiers(text)] == [confidence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOB\nKai\n04/02/2014\nZoe\n5 May 2013\nTrip\n06/07/1950", ["04/02/2014", "5 May 2013"]),
        ("| Name | DOB | House |\n| Kai | 04/02/2014 | Ash |", ["04/02/2014"]),
        ("DOB 12/03/1850", []),
        ("born on 1/2/99", ["1/2/99"]),
        ("born on 1/2/45", []),
        ("Happy birthday to our Mia on 2 March!", ["2 March"]),
        ("birthday: 2 March 1960", []),
    ],
)
def test_columns_and_years_tell_dates_of_birth(text: str, expected: list[str]) -> None:
    assert [value for _, value in found(text)] == expected


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"0123456789 .,-/()+@:#ABDGNSUabdeot\n'\"°&;[]|é\u200b０", " at ", " dot "]
        ),
        max_size=120,
    ).map("".join)
)
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    places = [(each.start, each.end) for each in find_identifiers(text)]
    flat = [offset for place in places for offset in place]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    "part",
    [
        "0",
        "0 ",
        "07700 ",
        "1-",
        "a@",
        "a.b@",
        " at ",
        "@a",
        "9 A ",
        "12-34-56 ",
        "AB12",
        "52.1234,",
        "born ",
        "DOB\n",
        "double ",
        "N51 30 ",
        "Flat 3, ",
        "EHCP ",
        "He is ",
        "&#48;",
        "a dot ",
    ],
)
def test_time_grows_with_the_text(part: str) -> None:
    text = part * (60_000 // len(part))
    find_identifiers("warm up 07700 900123")
    begin = time.process_time()
    find_identifiers(text)
    list(find_protected(text))
    assert time.process_time() - begin < 3.0
