"""Nothing that a command prints steers the terminal that it is printed on."""

import json

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from moderation.commands.lazy import LazyGroup
from moderation.commands.output import show_json
from moderation.model import IntegrityError

STEERING = "\x1b]0;owned\x07\x9b31m\u202e\u2066\u200b\x7f\r"


@click.command()
@click.argument("words")
def shown(words: str) -> None:
    """Print JSON."""
    show_json({"path": words})


@given(st.text())
def test_json_is_printable_and_says_the_same(words: str) -> None:
    output = CliRunner().invoke(shown, ["--", words]).output
    assert all(line.isprintable() for line in output.split("\n"))
    assert json.loads(output) == {"path": words}


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("caf\u00e9", '"caf\u00e9"'),
        ("a\u202eb", r'"a\u202eb"'),
        ("\U000e0041", r'"\udb40\udc41"'),
        ("\x9b\x7f", r'"\u009b\u007f"'),
    ],
)
def test_only_what_could_steer_is_escaped(words: str, written: str) -> None:
    assert f'"path": {written}' in CliRunner().invoke(shown, [words]).output


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError(f"theme/{STEERING}.css: is new\nsecond line"),
        OSError(28, "No space left", f"/srv/{STEERING}"),
    ],
)
def test_an_error_cannot_steer_the_terminal(error: Exception) -> None:
    class Failing(LazyGroup):
        def get_command(self, ctx: click.Context, name: str) -> click.Command:
            def fail() -> None:
                raise error

            return click.Command(name, callback=fail)

    group = Failing("x", contents={"fail": "fails"}, package="x", help="x")
    output = CliRunner().invoke(group, ["fail"]).output
    assert "␛]0;owned␇<U+009B>31m<U+202E><U+2066><U+200B><U+007F>␍" in output
    assert all(line.isprintable() for line in output.split("\n"))
