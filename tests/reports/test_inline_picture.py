"""A picture is printed only where the terminal says that it can show one."""

import re
from base64 import b64decode
from collections.abc import Mapping

import pytest

from moderation.reports.inline_picture import Protocol, inline, protocol

PNG = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "dumb", "TERM_PROGRAM": "Apple_Terminal"}, None),
        ({"TERM": "xterm-kitty"}, Protocol.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, Protocol.KITTY),
        ({"TERM_PROGRAM": "ghostty"}, Protocol.KITTY),
        ({"TERM_PROGRAM": "iTerm.app"}, Protocol.ITERM),
        ({"LC_TERMINAL": "iTerm2"}, Protocol.ITERM),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm"}, None),
        ({"TERM": "xterm-kitty", "TMUX": "1"}, None),
    ],
)
def test_only_a_terminal_that_says_so_takes_pictures(
    environment: Mapping[str, str], expected: Protocol | None
) -> None:
    assert protocol(environment) is expected


def test_kitty_gets_chunks_that_join_to_the_picture() -> None:
    sent = re.findall("\x1b_G([^;]*);([^\x1b]*)\x1b\\\\", inline(PNG, Protocol.KITTY, 50))
    assert b64decode("".join(chunk for _, chunk in sent)) == PNG
    assert max(len(chunk) for _, chunk in sent) == 4096
    assert [keys for keys, _ in sent] == ["a=T,f=100,q=2,c=50,m=1", "m=1", "m=1", "m=0"]


def test_iterm_gets_the_picture_whole() -> None:
    found = re.fullmatch("\x1b]1337;File=(.*?):(.*)\x07", inline(PNG, Protocol.ITERM, 50))
    assert found
    assert found[1] == f"inline=1;size={len(PNG)};width=50;preserveAspectRatio=1"
    assert b64decode(found[2]) == PNG
