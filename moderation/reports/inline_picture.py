"""Pictures in a terminal that can show them: kitty's graphics protocol, and iTerm2's inline images.

Sources: https://sw.kovidgoyal.net/kitty/graphics-protocol/ and https://iterm2.com/documentation-images.html
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from enum import StrEnum

_CHUNK = 4096
"""The most characters that kitty takes in one escape sequence."""

_COLUMNS = 60
_WITHIN = ("screen", "tmux")  # they would have to hand the sequences on, and by default do not
_ITERM_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "mintty"})
_KITTY_PROGRAMS = frozenset({"ghostty"})


class Protocol(StrEnum):
    """How a terminal takes a picture."""

    KITTY = "kitty"
    ITERM = "iterm"


def protocol(environment: Mapping[str, str]) -> Protocol | None:
    """Say how the terminal that *environment* describes takes a picture; None if it takes none.

    Only terminals that say who they are count: others would print the sequence as letters.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term.startswith(_WITHIN) or environment.get("TMUX"):
        return None
    if term == "xterm-kitty" or environment.get("KITTY_WINDOW_ID") or program in _KITTY_PROGRAMS:
        return Protocol.KITTY
    if program in _ITERM_PROGRAMS or environment.get("LC_TERMINAL") == "iTerm2":
        return Protocol.ITERM
    return None


def inline(png: bytes, how: Protocol, columns: int = _COLUMNS) -> str:
    """Return what has to be printed for the picture to be seen.

    Args:
        png: the picture
        how: what the terminal takes
        columns: how wide it is shown

    """
    if how is Protocol.ITERM:
        data = b64encode(png).decode()
        given = f"inline=1;size={len(png)};width={columns};preserveAspectRatio=1"
        return f"\x1b]1337;File={given}:{data}\x07"
    return "".join(_kitty(png, columns))


def _kitty(png: bytes, columns: int) -> Iterator[str]:
    data = b64encode(png).decode()
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    for number, chunk in enumerate(chunks, 1):
        more = int(number < len(chunks))
        first = f"a=T,f=100,q=2,c={columns}," if number == 1 else ""
        yield f"\x1b_G{first}m={more};{chunk}\x1b\\"
