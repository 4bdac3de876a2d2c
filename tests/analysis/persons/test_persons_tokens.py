import pytest

from moderation.analysis.persons.tokens import sentences


def _words(text: str) -> list[list[str]]:
    return [[word.text for word in sentence] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Hart's dog", ["Mr.", "Hart", "'s", "dog"]),
        ("O'Neill and D’Souza", ["O'Neill", "and", "D’Souza"]),
        ("W. H. Auden", ["W.", "H.", "Auden"]),
        ("W.H.Auden", ["W.", "H.", "Auden"]),
        ("Amelia W.", ["Amelia", "W", "."]),
        ("Amir-Hossein, 4B", ["Amir-Hossein", ",", "4B"]),
        ("@JackSmith #GoJack", ["@JackSmith", "#GoJack"]),
        ("see https://a.example/b?c, ok", ["see", "https://a.example/b?c,", "ok"]),
        ("to jo@school.example now", ["to", "jo@school.example", "now"]),
        ("they're 1st at 10:30", ["they", "'re", "1st", "at", "10:30"]),
    ],
)
def test_words_are_cut_as_a_reader_would(text: str, words: list[str]) -> None:
    assert _words(text) == [words]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One ends. Another begins.", 2),
        ("“Hello!” said Ann. She left.", 2),
        ("“Hello!” She left.", 2),
        ("It costs £3.50 a head, e.g. for cake.", 1),
        ("A title\nAnother", 2),
        ("\n\nA title\n\n", 1),
        ("Short line\nand on", 2),
        ("This line is long and was wrapped in the middle of\nAmelia Hart's story", 1),
        ("This line is long and was followed by the name of a\npage.md", 2),
        ("This line is long and ends with its very own full stop.\nNext one", 2),
        ("word " * 200, 3),
        ("", 0),
    ],
)
def test_sentences_end_where_lines_and_stops_say_so(text: str, count: int) -> None:
    assert len(_words(text)) == count


def test_every_word_knows_its_place() -> None:
    text = "Zoë met\n“Ann”. Then Bo-Lee left!"
    assert all(text[w.start : w.end] == w.text for s in sentences(text) for w in s)
