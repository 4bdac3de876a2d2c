"""The security policy of a page: what it allows, and where it stands."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import pytest

from moderation.publish.csp import security_policy, with_policy, without_policy
from moderation.publish.kit import Kit

KIT = Kit(own={}, base=Path("nowhere"), scripts=(re.compile(r'start\("[a-z./]*"\)'),))
BEFORE = "default-src 'none'; script-src 'self'"
ALIGNED = [f"text-align: {side};" for side in ("left", "center", "right")]
AFTER = (
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


def digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: str = "", styles: str = "") -> str:
    aligned = " ".join(map(digest, ALIGNED))
    return f"{BEFORE}{scripts}; style-src 'self' 'unsafe-hashes' {aligned}{styles}; {AFTER}"


PAGES = {
    "nothing": ("<p>a</p>", policy()),
    "a script of the theme": (
        '<script>start("..")</script><script>start("..")</script>',
        policy(" " + digest('start("..")')),
    ),
    "a script of nobody": ("<script>harm()</script>", policy()),
    "a file of the theme": ('<script src="a.js"></script>', policy()),
    "settings": ('<script type="application/json">{}</script>', policy()),
    "a style of the theme": ("<style>p{}</style>", policy(styles=" " + digest("p{}"))),
}


@pytest.mark.parametrize(("page", "made"), PAGES.values(), ids=PAGES)
def test_a_page_may_run_what_the_theme_wrote_and_nothing_else(page: str, made: str) -> None:
    assert security_policy(page, KIT) == made


@pytest.mark.parametrize(
    "begin",
    [
        "<!doctype html><html><head>",
        '\n<!DOCTYPE html>\n<html lang="en" class="no-js">\n  <head>\n    ',
        "<!doctype html><html lang><head>",
    ],
)
def test_a_policy_stands_first_in_the_head_and_comes_off_again(begin: str) -> None:
    page = f"{begin}<title>A</title></head><body></body></html>"
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    made = with_policy(page, policy())
    assert made == f"{begin}{tag}<title>A</title></head><body></body></html>"
    assert without_policy(made) == (page, policy())


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>A</title>",
        "<!doctype html><head><title>A</title>",
        "<!doctype html><html><body>",
        "<!doctype html><script>harm()</script><html><head>",
        "<!doctype html><html><!-- a --><head>",
        '<!doctype html><html lang="<head>"><p><head>',
    ],
)
def test_a_page_that_does_not_begin_as_a_page_gets_none(page: str) -> None:
    assert with_policy(page, policy()) == page
    assert without_policy(page) == (page, "")


def test_a_policy_that_stands_later_is_not_taken_for_one() -> None:
    page = '<!doctype html><html><head><p><meta http-equiv="Content-Security-Policy" content="">'
    assert without_policy(page) == (page, "")
