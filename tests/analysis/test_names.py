"""Names on the roll are found whatever their dress; other words are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.analysis.folding import fold, words
from moderation.analysis.names import NameMatch, find_names, find_pupils, find_words
from moderation.registers import Pupil, Roll

ROLL = Roll(
    (
        Pupil(reference="P-1", forename="Amelia", surname="Hart", preferred="Millie"),
        Pupil(reference="P-2", forename="Zoë", surname="Núñez-O'Brien"),
        Pupil(reference="P-3", forename="Mary Jane", surname="Łoś"),
        Pupil(reference="P-4", forename="Ann", surname="Ex"),
        Pupil(reference="P-5", forename="王", surname="芳"),
        Pupil(reference="P-6", forename="Amelia", surname="Hart"),
        Pupil(reference="P-7", forename="Hart", surname="Stone"),
        Pupil(reference="P-8", forename="प्रिया", surname="शर्मा"),
        Pupil(reference="P-9", forename="Ольга", surname="Винник"),
        Pupil(reference="P-10", forename="Νίκος", surname="Παππάς"),
    )
)


def _found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.references) for m in find_names(text, ROLL)]


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        ("Well done Millie Hart!", "Millie Hart", "P-1"),
        ("HART, MILLIE", "HART, MILLIE", "P-1"),
        ("millie   hart", "millie   hart", "P-1"),
        ("photos/millie-hart-2.jpg", "millie-hart", "P-1"),
        ("photos/MillieHart.jpg", "MillieHart", "P-1"),
        ("photos/HartMillie.jpg", "HartMillie", "P-1"),
        ("ZoëNúñez-O'Brien", "ZoëNúñez-O'Brien", "P-2"),
        ("millie_hart, year 6", "millie_hart", "P-1"),
        ("millie%20hart", "millie%20hart", "P-1"),
        ("millie.hart@example.org", "millie.hart", "P-1"),
        ("Mi\u00adllie Ha\u200brt", "Mi\u00adllie Ha\u200brt", "P-1"),
        ("Millie\nHart", "Millie\nHart", "P-1"),
        ("Millie Hart's cup", "Millie Hart", "P-1"),
        ("(Hart Millie)", "Hart Millie", "P-1"),
        ("Zoe Nunez O Brien", "Zoe Nunez O Brien", "P-2"),
        ("Zoë Núñez-OBrien", "Zoë Núñez-OBrien", "P-2"),
        ("ZOE\u0308 NU\u0301N\u0303EZ-O’BRIEN", "ZOE\u0308 NU\u0301N\u0303EZ-O’BRIEN", "P-2"),
        ("Mary Jane Los", "Mary Jane Los", "P-3"),
        ("Mary Łoś", "Mary Łoś", "P-3"),
        ("Ann Ex", "Ann Ex", "P-4"),
        ("王 芳", "王 芳", "P-5"),
        ("Dr Priya Prasad प्रिया शर्मा!", "प्रिया शर्मा", "P-8"),
        ("ОЛЬГА ВИННИК", "ОЛЬГА ВИННИК", "P-9"),
        ("(Νίκος ΠΑΠΠΑΣ)", "Νίκος ΠΑΠΠΑΣ", "P-10"),
    ],
)
def test_a_full_name_is_found(text: str, name: str, reference: str) -> None:
    assert _found(text) == [(name, (reference,))]


@pytest.mark.parametrize(
    "name",
    [
        *(f"Mil{chr(code)}lie Ha{chr(code)}rt" for code in (0xAD, 0x34F, 0x61C, 0x115F, 0x17B4)),
        *(f"Mil{chr(code)}lie Ha{chr(code)}rt" for code in (0x180B, 0x180E, 0x200C, 0x202E)),
        *(f"Mil{chr(code)}lie Ha{chr(code)}rt" for code in (0x2066, 0x3164, 0xFE0F, 0xFEFF)),
        *(f"Mil{chr(code)}lie Ha{chr(code)}rt" for code in (0xFFA0, 0xE0041, 0xE01EF)),
        "𝐌𝐢𝐥𝐥𝐢𝐞 𝓗𝓪𝓻𝓽",
        "Ｍｉｌｌｉｅ　Ｈａｒｔ",
        "Ⓜⓘⓛⓛⓘⓔ Ⓗⓐⓡⓣ",
        "🅼🅸🅻🅻🅸🅴 🅗🅐🅡🅣",
        "🇲🇮🇱🇱🇮🇪 🇭🇦🇷🇹",
        "M̶i̶l̶l̶i̶e̶ H⃝a⃝r⃝t⃝",
        "Мillіе Наrt",
        "Μillιε Ηαrτ",
        "Milliⅇ Hart",
        "Millie%C2%A0Hart",
        "%4Dillie%20%48art",
        "Millie%2520Hart",
        "Millie&nbsp;Hart",
        "Mi&shy;llie&amp;nbsp;H&#97;r&#x74",
        *(f"Millie{mark}Hart" for mark in "&;~·•…=\\[]“”„«»‹›‘`²³⁹™"),
        *(f"Hart {mark} Millie" for mark in "&;~·•…=\\[]“”„«»‹›‘`²³⁹"),
        "Millie" + " \t\u2003\u2028" * 50 + "Hart",
        "Millie ... Hart",
        "Millie...Hart",
        "Millie ---------- Hart",
    ],
)
def test_a_name_is_found_in_any_dress(name: str) -> None:
    for text in (name, f"é Well done {name}! Next", f"100% sure & {name}."):
        assert _found(text) == [(name, ("P-1",))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zo%C3%AB%20N%C3%BA%C3%B1ez-O%27Brien.jpg", "Zo%C3%AB%20N%C3%BA%C3%B1ez-O%27Brien"),
        ("Zo%EB N%FA%F1ez O'Brien", "Zo%EB N%FA%F1ez O'Brien"),
        ("<!-- Zo&euml; N&uacute;&ntilde;ez O&apos;Brien -->", None),
        ("%5A%6F%C3%AB Nunez%2DO%E2%80%99Brien%20won", "%5A%6F%C3%AB Nunez%2DO%E2%80%99Brien"),
    ],
)
def test_an_escaped_name_is_found_to_its_last_sign(text: str, name: str | None) -> None:
    assert _found(text) == [(name or text[5:-4], ("P-2",))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Amelia… Hart was late",
        "Amelia... Hart was late",
        "Amelia! Hart?",
        "Amelia: Hart",
        "amelia@hart.example",
        "Amelia&lt;3 Hart",
        "Amelia 2 Hart",
        "Amelia ⁄ Hart",
        "Amelia🎉Hart",
        "Amelia%2 Hart",
        "Amelia&bogus; Hart",
        "Amelia " + "- " * 13 + "Hart",
        "Amelia",
        "Hart",
        "Amelia Harrington",
        "Emilio Stark",
        "Thank you, Amelia. Hart was late.",
        "Amelia and Hart",
        "the annex",
        "Amelia 12 Hart",
    ],
)
def test_anything_else_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_pupils_who_share_a_name_are_all_told() -> None:
    assert _found("Amelia Hart") == [("Amelia Hart", ("P-1", "P-6"))]


def test_names_do_not_overlap_and_the_longest_wins() -> None:
    text = "Millie Hart Stone! Hart Stone! Millie Hart"
    assert [name for name, _ in _found(text)] == ["Millie Hart", "Hart Stone", "Millie Hart"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_among_other_words_is_found_in_its_place(before: str, after: str) -> None:
    text = f"{before} - 1! Millie Hart; 2. {after}"
    start = text.index("Millie Hart", len(before))
    assert NameMatch(start, start + 11, ("P-1",)) in list(find_names(text, ROLL))


def test_words_are_found_without_a_roll() -> None:
    names = ["amelia-hart", "", "Zo%C3%AB"]
    got = [(m.start, m.end, m.references) for m in find_words("AMELIA HART, zoe", names)]
    assert got == [(0, 11, ("amelia-hart",)), (13, 16, ("Zo%C3%AB",))]


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    for word in words(text):
        assert words(word) == (word,)


@given(st.text(alphabet=st.sampled_from("aÁ%2041&;#ampeuml\u00ad̈ 🅰"), max_size=30))
def test_every_stretch_is_told_in_order_and_within_the_text(text: str) -> None:
    folded = fold(text)
    got = [folded.source(at, at + 1) for at in range(len(folded.text))]
    assert got == sorted(got)
    assert all(0 <= start < end <= len(text) for start, end in got)


def test_time_grows_with_the_text_whatever_it_is_made_of() -> None:
    for piece in ("Amelia%25", "&amp;", "%25", "Amélia … ", "Amelia . ", " ", "&#x", "\u00ad"):
        started = time.perf_counter()
        assert _found("é" + piece * 20_000) == []
        assert time.perf_counter() - started < 2


def test_time_grows_with_the_text_and_not_with_the_roll() -> None:
    roll = Roll(
        tuple(
            Pupil(reference=f"P-{n}", forename=f"Amelia{chr(97 + n % 26)}", surname="Hart")
            for n in range(2_000)
        )
    )
    list(find_names("", roll))
    started = time.perf_counter()
    assert len(list(find_names("Amelia Amelia Hart Amelia " * 4_000, roll))) == 4_000
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("piece", ["a", "A", "Ab", "a1", "a ", "A. ", "amelia", "<b", "<!--", "*a"])
def test_one_long_word_takes_no_longer_than_many(piece: str) -> None:
    started = time.perf_counter()
    assert list(find_pupils(piece * 20_000, ROLL)) == []
    assert time.perf_counter() - started < 5
