import re
from collections.abc import Callable

import pytest

from moderation.attest.canonical import MOST, Record, canonical, parse
from moderation.model import IntegrityError


def refusal(text: str | bytes) -> str:
    with pytest.raises(IntegrityError) as caught:
        parse(text, source="f.json")
    return str(caught.value)


def test_there_is_one_way_to_write_a_value() -> None:
    assert (
        canonical({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'.encode()
    )


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"a": float("nan")})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a":1,"a":2}', "holds the same key twice"),
        ('{"a":{"b":1,"\\u0062":2}}', "holds the same key twice"),
        ('{"a":NaN}', "holds a number that is not whole"),
        ('{"a":-Infinity}', "holds a number that is not whole"),
        ('{"a":1.0}', "holds a number that is not whole"),
        ('{"a":1e400}', "holds a number that is not whole"),
        ('{"a":1}{', "is not valid JSON"),
        ("", "is not valid JSON"),
        ("\ufeff{}", "is not valid JSON"),
        ('{"a":"\\ud800"}', "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("9" * 5000, "is not valid JSON"),
        (b'{"a":"\xff"}', "is not valid JSON"),
    ],
)
def test_what_two_programs_could_read_differently_is_refused(
    text: str | bytes, message: str
) -> None:
    assert refusal(text) == f"f.json: {message}; restore the file from a copy"


def test_what_is_too_long_is_refused_before_it_is_read() -> None:
    assert (
        refusal("[" * (MOST + 1))
        == "f.json: is longer than 16777216 characters; restore it from a copy"
    )


ROOT = parse(
    '{"t":"x","n":-1,"b":true,"l":[1],"r":{"k":"v"},"h":"00ff","e":"","s":"AP8="}', source="f.json"
)


def test_fields_are_read_by_kind() -> None:
    assert (
        ROOT.child("t").text(),
        ROOT.child("e").text(empty=True),
        ROOT.child("b").flag(),
        [each.number() for each in ROOT.child("l").each()],
        [(key, each.text()) for key, each in ROOT.child("r").items()],
        ROOT.child("h").hex(2),
        ROOT.child("s").base64(2),
        ROOT.child("t").choice(["x", "y"]),
    ) == ("x", "", True, [1], [("k", "v")], b"\0\xff", b"\0\xff", "x")


@pytest.mark.parametrize(
    ("key", "read", "message"),
    [
        ("z", "text", "z: is missing; restore the file from a copy"),
        ("b", "text", "b: must be text"),
        ("e", "text", "e: must be text"),
        ("t", "pattern", "t: is not written as it must be"),
        ("t", "choice", "t: is not one of a, b"),
        ("l", "choice", "l: is not one of a, b"),
        ("n", "number", "n: must be a whole number of at least 0"),
        ("b", "number", "b: must be a whole number of at least 0"),
        ("t", "flag", "t: must be true or false"),
        ("r", "each", "r: must be a list of at most 0 values"),
        ("l", "each", "l: must be a list of at most 0 values"),
        ("t", "child", "t: must be a record in braces"),
        ("r", "only", "r: holds a field that this version does not know; update Schoolgate"),
        ("h", "hex", "h: is not written as it must be"),
        ("h", "base64", "h: is not base64 of the right length"),
        ("t", "base64", "t: is not base64"),
    ],
)
def test_a_field_of_another_kind_is_refused_by_name(key: str, read: str, message: str) -> None:
    readers: dict[str, Callable[[Record], object]] = {
        "text": lambda record: record.text(),
        "pattern": lambda record: record.text(re.compile("y")),
        "choice": lambda record: record.choice(["a", "b"]),
        "number": lambda record: record.number(),
        "flag": lambda record: record.flag(),
        "each": lambda record: list(record.each(most=0)),
        "child": lambda record: record.child("k"),
        "only": lambda record: record.only("other"),
        "hex": lambda record: record.hex(3),
        "base64": lambda record: record.base64(1),
    }
    with pytest.raises(IntegrityError) as caught:
        readers[read](ROOT.child(key))
    assert str(caught.value) == f"f.json: {message}"


@pytest.mark.parametrize("text", ["yy", "yx", "y\\n", "xy"])
def test_a_text_fits_its_pattern_from_end_to_end(text: str) -> None:
    record = parse(f'{{"t":"{text}"}}', source="f.json").child("t")
    with pytest.raises(IntegrityError, match=r"^f\.json: t: is not written as it must be$"):
        record.text(re.compile("y"))


def test_base64_has_one_spelling() -> None:
    for text in ("AP9=", "AP8", "AP8=\\n", "_w=="):
        with pytest.raises(IntegrityError, match="is not base64"):
            parse(f'{{"s":"{text}"}}', source="f.json").child("s").base64()
