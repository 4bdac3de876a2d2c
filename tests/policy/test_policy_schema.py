"""The JSON Schema that editors use for policy.toml agrees with what is read."""

import json
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from moderation.model import PolicyError
from moderation.policy import load_policy

TEXT = (resources.files("moderation.policy") / "policy.schema.json").read_text("utf-8")
VALIDATOR = Draft202012Validator(json.loads(TEXT))
DOCS = Path(__file__).parents[2] / "docs/reference/policy.schema.json"

READ = [
    "",
    (resources.files("moderation.policy") / "defaults.toml").read_text("utf-8"),
    "version = 1",
    "[approval.text]\ncount = 2",
    '[approval.people]\nroles = ["head"]',
    '[approval.photo]\nroles = ["moderator", "head"]\ncount = 1',
    "[pages]\nstatutory = []",
    "[pages]",
    "[limits]\npage_bytes = 1",
    '[files.types]\n"application/x-odd" = [".odd"]',
    "[rights]\nlicences = []",
    '[people]\nchannel = "app"',
    '[school]\ndomains = ["a.example"]\nphones = ["+44 1632 960140"]\npostcodes = ["PE31 2BC"]',
    "[school]",
    '[media]\nvideo = "review"\nsound = "refuse"\nlongest_seconds = 60\nbytes = 1_000_000',
    "[rules.pupil-named]",
    '[rules.pupil-named]\nseverity = "block"\nenabled = true',
    "[rules.not-a-rule]\nenabled = false",
    '[clauses.t]\nsentence = "Ours."',
    '[clauses.Z9]\nagreement = "Ours"\nsentence = "Be kind."',
    '[clauses.t]\nnote = "ours"',
]
REFUSED = [
    "version = 2",
    'version = "1"',
    "colour = 1",
    'limits = "none"',
    "[approval.cake]\ncount = 1",
    "[approval.text]\ncount = 0",
    '[approval.text]\ncount = "one"',
    "[approval.text]\ncount = true",
    "[approval.text]\nroles = []",
    '[approval.text]\nroles = "head"',
    '[approval.text]\nroles = ["cook"]',
    "[approval.text]\nmost = 1",
    "[pages]\nstatutory = [1]",
    "[pages]\nextra = []",
    "[limits]\npage_bytes = 0",
    "[limits]\npage_bytes = 1.5",
    "[limits]\nwords = 1",
    "[limits]\nmedia = 1",
    '[media]\nvideo = "yes"',
    "[media]\nsound = true",
    "[media]\nlongest_seconds = 0",
    "[media]\nlength = 1",
    '[files.types]\n"image/jpeg" = ".jpg"',
    "[files]\nextra = 1",
    '[rights]\nlicences = "own-work"',
    '[school]\nphones = ["none"]',
    '[school]\nemails = ["@"]',
    '[school]\nhandles = [" "]',
    '[school]\nphones = "01632 960140"',
    "[school]\nnames = []",
    "[people]\nchannel = ' '",
    "[people]\nchannel = 1",
    '[rules.pupil-named]\nseverity = "fatal"',
    '[rules.pupil-named]\nenabled = "yes"',
    "[rules.pupil-named]\nlevel = 1",
    "[rules]\npupil-named = 1",
    '[clauses.Z9]\nsentence = "Be kind."',
    '[clauses.t]\nsentence = ""',
]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(TEXT))


def test_the_schema_of_the_handbook_is_the_one_that_is_shipped() -> None:
    assert DOCS.read_text("utf-8") == TEXT


@pytest.mark.parametrize("text", READ)
def test_it_accepts_what_is_read(text: str) -> None:
    load_policy(text)
    VALIDATOR.validate(tomllib.loads(text))


@pytest.mark.parametrize("text", REFUSED)
def test_it_refuses_what_is_refused(text: str) -> None:
    with pytest.raises(PolicyError):
        load_policy(text)
    assert not VALIDATOR.is_valid(tomllib.loads(text))
