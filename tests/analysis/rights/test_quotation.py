"""Cuttings, verse and scripts by their shape; the school's own words by what stands beside them."""

from itertools import chain

import pytest

from moderation.analysis.rights.quotation import quotations

VERSE = """We carry lanterns through the lane tonight,
With all the village burning bright,
And every step becomes a song,
So come and walk with us along.

{label}

The river knows my name by heart,
And so we never drift apart,
The mountains hold me to the light
Until the morning ends the night.
We carry lanterns through the rain,
And then we carry them again.
"""
LONG = " ".join(["The school has opened a garden for the whole street"] * 8)
SCENE = (
    "SCENE 3\nMIRA: Who let the goat in?\nTOM: It let itself in.\nMIRA: Out!\nTOM: Tell it so.\n"
)


def _kinds(text: str) -> list[str]:
    return [found.kind for found in quotations(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (VERSE.format(label="Chorus"), ["verse"]),
        (VERSE.format(label="").replace("\n", "  \n"), ["verse"]),
        (VERSE.format(label="").replace("\n", "\\\n"), ["verse"]),
        ("\n".join(f"> {line}" for line in VERSE.format(label="").splitlines()), ["verse"]),
        ("Verse 1\n" + VERSE.split("\n\n")[2], ["verse"]),
        ("Words and music by Jo Roe\n\n" + VERSE.split("\n\n")[2], ["verse"]),
        (f"The Daily Mail wrote: “{LONG}”", ["press"]),
        (f"> {LONG}\n\nFrom The Guardian", ["press"]),
        (f"By Jo Roe, Education Reporter\nYorkshire Post\n\n{LONG}", ["press"]),
        (f"{LONG}\n\n© 2024 Telegraph Media Group Limited", ["press"]),
        (f"From the Daily Mail:\n\n“{LONG}”", ["press"]),
        (f"Reprinted from The Independent. {LONG}", ["press"]),
        (f"The Gazette reported: “{LONG}”", ["press"]),
        ("A poem by Michael Rosen\n\n" + VERSE.split("\n\n")[2], ["verse"]),
        (SCENE, ["script"]),
        (f"{VERSE.format(label='')}\n{SCENE}", ["verse", "script"]),
    ],
)
def test_what_somebody_else_wrote_is_seen(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


MENU = "\n".join(chain.from_iterable([[f"{day}: soup and a roll"] * 3 for day in ("Mon", "Tue")]))
LISTS = "\n".join(["A waterproof coat", "Two pairs of socks", "A packed lunch"] * 5)
WRAPPED = "\n".join(
    ["the children walked to the brook and then", "they came home again. After that"] * 9
)
PRAYER = (
    "\n".join(["Dear Lord, we thank you for this day", "And for the friends we have"] * 6)
    + "\nAmen"
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Short.", MENU, LISTS, WRAPPED, PRAYER, LONG),
        "Our poem, by Year 4\n\n" + VERSE.format(label=""),
        VERSE.format(label="") + "\n\nby Oak class",
        VERSE.split("\n\n")[0],
        VERSE.format(label="")
        .replace("the lane", "thy lane")
        .replace("my name", "thee o'er")
        .replace("us along", "ye along"),
        f"Ofsted wrote: “{LONG}”",
        f"As reported in The Times, we won. We thank all who helped us. {LONG}",
        "By Julia Donaldson\n\n" + "\n".join(["Room on the Hill", "The Cat in the Tree"] * 4),
        "Michael Rosen came!\n\n"
        + "\n".join(["He read to us for an hour.", "We sat on mats."] * 4),
        f"“{LONG[:150]}” said The Guardian",
        "SCENE 3\nMonday: rehearsal\nTuesday: rehearsal\n",
        SCENE.replace("Out!", "Thou art out, and thy goat; wherefore hath it horns?"),
        "A play that the children wrote\n\n" + SCENE,
        "By Jo Roe, Head of School\n\n" + LONG,
        LONG + "\n\n© 2024 Fernlea Primary School",
    ],
)
def test_words_of_the_school_and_of_nobody_are_let_be(text: str) -> None:
    assert _kinds(text) == []
