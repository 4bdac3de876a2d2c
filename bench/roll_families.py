"""The ways in which a name on the roll is really written, as sentences of a school's pages."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.roll_dress import (
    address,
    entity,
    file,
    handle,
    html,
    markdown,
    plain_name,
    spaced,
)
from moderation.registers import Pupil, Roll

Write = Callable[[str, str, random.Random], str]

SENTENCES = (
    "Well done to {} for a brilliant assembly on Tuesday.",
    "{} took part in the science fair with the rest of the class.",
    "![{} with the trophy](images/cup.jpg)",
    "*{} at the pond*",
    "- {}",
    "### {}",
    "| {} | Oak | 12 |",
    "title: {}",
    "We asked {} what the best part of the trip was.",
    "Pictured above: {}, holding the certificate.",
    "The winning entry was by {}",
    "Our chess captain, {}, won all three games.",
    "Year 4 pupil {} read a poem she had written about the sea.",
    "Goals came from {} and a late penalty.",
    "It was lovely to see {} back in school this week!",
    "Star of the week: {}",
)
_FILES = ("See {} for more.", "![sports day](images/{})", "[download](files/{})")
_HANDLES = ("Posted by {} on Friday.", "Follow {} for updates.", "Great work {} !")
_KEYS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioplsdfghjkkxcvbnmm", strict=False))
_SEEN = (
    *(("o", "0"), ("l", "1"), ("i", "1"), ("s", "5"), ("m", "rn"), ("e", "c"), ("i", "l")),
    *(("g", "q"), ("l", "I"), ("O", "0"), ("S", "5"), ("B", "8"), ("d", "cl"), ("w", "vv")),
    *(("a", "o"), ("h", "b"), ("u", "v"), ("n", "u"), ("rn", "m"), ("Z", "2"), ("t", "f")),
)
_ACCENTS = dict(zip("aeiounceosl", "áéíóúñçëöšł", strict=True))


@dataclass(frozen=True, slots=True)
class Item:
    """A text that names a pupil in one of the ways."""

    family: str
    text: str
    reference: str


def items(
    roll: Roll, nicknames: dict[str, tuple[str, ...]], each: int, *, seed: int = 3
) -> Iterator[Item]:
    """Yield *each* items of every family, about pupils drawn from *roll*."""
    chance = random.Random(seed)
    for family, (write, fits, sentences) in FAMILIES.items():
        pupils = [p for p in chance.sample(roll.pupils, len(roll.pupils)) if fits(p)]
        made = 0
        for pupil in pupils:
            forename = pupil.forename
            if family == "nickname":
                known = nicknames.get(forename.casefold(), ())
                forename = chance.choice(known).title() if known else ""
            surface = write(forename, pupil.surname, chance) if forename else ""
            if not surface:
                continue
            yield Item(family, chance.choice(sentences).format(surface), pupil.reference)
            made += 1
            if made == each:
                break


def edit(word: str, chance: random.Random) -> str:
    """Make one slip of the finger in a word."""
    at = chance.randrange(1, max(len(word), 2))
    kind = chance.randrange(4)
    if kind == 0 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1 and len(word) > 3:
        return word[:at] + word[at + 1 :]
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return word[:at] + letter + word[at + (kind == 2) :]


def _slip(forename: str, surname: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        changed = edit(forename, chance)
        return f"{changed} {surname}" if changed != forename else ""
    changed = edit(surname, chance)
    return f"{forename} {changed}" if changed != surname else ""


def _slips(forename: str, surname: str, chance: random.Random) -> str:
    first, last = edit(forename, chance), edit(surname, chance)
    return f"{first} {last}" if first != forename and last != surname else ""


def _misread(forename: str, surname: str, chance: random.Random) -> str:
    name = f"{forename} {surname}"
    options = [
        name[: found.start()] + new + name[found.end() :]
        for old, new in _SEEN
        for found in re.finditer(old, name)
    ]
    return chance.choice(options) if options else ""


def _accented(forename: str, surname: str, chance: random.Random) -> str:
    name = f"{forename} {surname}"
    if plain_name(name) != name and chance.random() < 0.5:
        return plain_name(name)
    places = [at for at, c in enumerate(name) if c in _ACCENTS]
    if not places:
        return ""
    at = chance.choice(places)
    return name[:at] + _ACCENTS[name[at]] + name[at + 1 :]


def _barrels(forename: str, surname: str, chance: random.Random) -> str:
    first, _, second = surname.partition("-")
    forms = (f"{first} {second}", f"{first}–{second}", f"{first} - {second}")
    more = (
        f"{first}{second.lower()}",
        f"{first}{second}",
        f"{second}-{first}",
        f"{first}‑{second}",
    )
    return f"{forename} {chance.choice(forms + more)}"


def _half(forename: str, surname: str, chance: random.Random) -> str:
    return f"{forename} {chance.choice(surname.split('-'))}"


def _middle(forename: str, surname: str, chance: random.Random) -> str:
    middle = chance.choice(("Rose", "James", "Noah", "Maria", "J.", "A.", "Ayesha", "K", "E. J."))
    return f"{forename} {middle} {surname}"


def _sibling(forename: str, surname: str, chance: random.Random) -> str:
    other = chance.choice(("Jack", "Ella", "Freya", "Leo", "Omar"))
    joint = chance.choice((" and ", " & ", ", Mia and ", " / "))
    if chance.random() < 0.3:
        return f"{other}{joint}{forename} {surname}"
    return f"{forename}{joint}{other} {surname}"


def _first_surname(forename: str, surname: str, chance: random.Random) -> str:
    forms = ("{1}, {0}", "{2} {0}", "{2}, {0}", "{1} {0}", "{1}, {0} (4B)", "{1}; {0}", "{2}, {3}")
    return chance.choice(forms).format(forename, surname, surname.upper(), forename.upper())


def _initial(forename: str, surname: str, chance: random.Random) -> str:
    forms = ("{0}. {1}", "{0} {1}", "{0}.{1}", "{1} {0}", "{1}, {0}.", "{0}.J. {1}")
    return chance.choice(forms).format(forename[0], surname)


def _short(forename: str, surname: str, chance: random.Random) -> str:
    return chance.choice(("{} {}", "{} {}.", "{}.{}", "{}, {}.")).format(forename, surname[0])


def _owner(forename: str, surname: str, chance: random.Random) -> str:
    ending = chance.choice(("'s", "’s", "`s", "s'" if surname.endswith("s") else "'s"))
    return f"{forename} {surname}{ending.removeprefix('s') if ending == 's' + chr(39) else ending}"


def _nick(forename: str, surname: str, chance: random.Random) -> str:
    return f"{forename} {surname}"


def _quoted(forename: str, surname: str, chance: random.Random) -> str:
    nick = chance.choice(("Jacko", "Bear", "Smiley"))
    left, right = chance.choice(("''", '""', "“”", "()"))
    return f"{forename} {left}{nick}{right} {surname}"


def _titled(forename: str, surname: str, chance: random.Random) -> str:
    return f"{chance.choice(('Master', 'Miss', 'Mr'))} {surname}"


def _always(pupil: Pupil) -> bool:
    return True


def _is_double(pupil: Pupil) -> bool:
    return "-" in pupil.surname


FAMILIES: dict[str, tuple[Write, Callable[[Pupil], bool], tuple[str, ...]]] = {
    "exact": (lambda f, s, c: f"{f} {s}", _always, SENTENCES),
    "capitals": (lambda f, s, c: f"{f} {s}".upper(), _always, SENTENCES),
    "lower case": (lambda f, s, c: f"{f} {s}".lower(), _always, SENTENCES),
    "possessive": (_owner, _always, SENTENCES),
    "surname first": (_first_surname, _always, SENTENCES),
    "initial, surname": (_initial, _always, SENTENCES),
    "forename, initial": (_short, _always, SENTENCES),
    "nickname": (_nick, _always, SENTENCES),
    "misspelt": (_slip, _always, SENTENCES),
    "misspelt both": (_slips, _always, SENTENCES),
    "accents": (_accented, _always, SENTENCES),
    "double-barrelled": (_barrels, _is_double, SENTENCES),
    "one half": (_half, _is_double, SENTENCES),
    "Markdown": (markdown, _always, SENTENCES),
    "HTML": (html, _always, SENTENCES),
    "entity": (entity, _always, SENTENCES),
    "file name": (file, _always, _FILES),
    "address": (address, _always, _FILES),
    "handle": (handle, _always, _HANDLES),
    "middle name": (_middle, _always, SENTENCES),
    "siblings": (_sibling, _always, SENTENCES),
    "spaced": (spaced, _always, SENTENCES),
    "nickname quoted": (_quoted, _always, SENTENCES),
    "misread": (_misread, _always, SENTENCES),
    "title, surname": (_titled, _always, SENTENCES),
    "forename": (lambda f, s, c: f, _always, SENTENCES),
}
"""By family: how it is written, which pupils can be written so, and in which sentences."""
