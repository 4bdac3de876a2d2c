"""Ways in which people hide a word from a filter: each family disguises one word.

Used by the tests and the benchmark. The families were written down before the engine was measured
on them; ``UNSEEN`` are kept for measuring and not for building.
"""

import html
import random
import re
from collections.abc import Callable

_CYRILLIC = dict(zip("aceopxyibhkmt", "асеорхуіЬһкмт", strict=True))
_GREEK = dict(zip("aeiknoptuvxwh", "αειкηορτυνχωη", strict=True))
_LEET = dict(zip("aeiostlg", "43105719", strict=True))
_SYMBOLS = {"a": "@", "s": "$", "i": "!", "e": "€", "c": "(", "l": "|", "t": "+"}
_ACCENTS = dict(zip("aeiouycnst", "áéíöûýčñšť", strict=True))
_PHONETIC = (("f", "ph"), ("ck", "k"), ("c", "k"), ("er", "a"), ("s", "z"), ("i", "y"))
_KEYS = {"u": "i", "i": "o", "a": "s", "e": "r", "o": "p", "n": "m", "t": "r", "r": "t"}
_SMALL = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_TURNED = dict(zip("abcdefghijklmnopqrtuvwy", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹʇnʌʍʎ", strict=True))

Disguise = Callable[[str, random.Random], str]


def _swap(table: dict[str, str]) -> Disguise:
    return lambda word, rng: "".join(table.get(c, c) for c in word)


def _one(table: dict[str, str]) -> Disguise:
    def disguise(word: str, rng: random.Random) -> str:
        at = rng.choice([i for i, c in enumerate(word) if c in table] or [0])
        return word[:at] + table.get(word[at], word[at]) + word[at + 1 :]

    return disguise


def _join(sign: str) -> Disguise:
    return lambda word, rng: sign.join(word)


def _insert(sign: str) -> Disguise:
    def disguise(word: str, rng: random.Random) -> str:
        at = rng.randrange(1, len(word))
        return word[:at] + sign + word[at:]

    return disguise


def _block(first: int) -> Disguise:
    return lambda word, rng: "".join(chr(first + ord(c) - 97) for c in word)


def _mask_vowels(sign: str) -> Disguise:
    return lambda word, rng: word[0] + "".join(sign if c in "aeiou" else c for c in word[1:])


def _mask_inner(sign: str) -> Disguise:
    return lambda word, rng: word[0] + sign * (len(word) - 2) + word[-1]


def _repeat(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] * rng.randrange(3, 7) + word[at + 1 :]


def _double(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _transpose(word: str, rng: random.Random) -> str:
    at = rng.choice([i for i in range(len(word) - 1) if word[i] != word[i + 1]])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop_vowels(word: str, rng: random.Random) -> str:
    short = word[0] + "".join(c for c in word[1:] if c not in "aeiou")
    return short if len(short) > 2 else word[0] + word[1:].replace("a", "", 1)


def _respell(word: str, rng: random.Random) -> str:
    for part, instead in rng.sample(_PHONETIC, len(_PHONETIC)):
        if part in word:
            return word.replace(part, instead, 1)
    return word


def _alternate(word: str, rng: random.Random) -> str:
    return "".join(c.upper() if i % 2 else c for i, c in enumerate(word))


def _zalgo(word: str, rng: random.Random) -> str:
    return "".join(c + "".join(chr(rng.randrange(0x300, 0x36F)) for _ in range(3)) for c in word)


def _fragment(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + " " + word[at:]


def _entity(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + f"&#{ord(word[at])};" + word[at + 1 :]


def _miss(word: str, rng: random.Random) -> str:
    if len(word) < 6:
        return _double(word, rng)
    at = rng.choice([i for i in range(1, len(word)) if word[i] in _KEYS] or [1])
    return word[:at] + _KEYS.get(word[at], "x") + word[at + 1 :]


FAMILIES: dict[str, Disguise] = {
    "upper case": lambda w, r: w.upper(),
    "alternating case": _alternate,
    "digits": _swap(_LEET),
    "one digit": _one(_LEET),
    "symbols": _one(_SYMBOLS),
    "digits and symbols": lambda w, r: _one(_SYMBOLS)(_one(_LEET)(w, r), r),
    "cyrillic": _swap(_CYRILLIC),
    "one cyrillic": _one(_CYRILLIC),
    "greek": _one(_GREEK),
    "accents": _swap(_ACCENTS),
    "full width": _block(0xFF41),
    "bold": _block(0x1D41A),
    "script": _block(0x1D4EA),
    "circled": _block(0x24D0),
    "regional": _block(0x1F1E6),
    "squared": _block(0x1F170),
    "small capitals": _swap(_SMALL),
    "turned": lambda w, r: "".join(_TURNED.get(c, c) for c in w),
    "zalgo": _zalgo,
    "zero width": _join("\u200b"),
    "soft hyphen": _insert("\u00ad"),
    "word joiner": _insert("\u2060"),
    "bidi": lambda w, r: f"\u202e{w[::-1]}\u202c",
    "spaces": _join(" "),
    "dots": _join("."),
    "hyphens": _join("-"),
    "underscores": _join("_"),
    "one hyphen": _insert("-"),
    "one dot": _insert("."),
    "asterisks between": _join("*"),
    "fragment": _fragment,
    "repeated": _repeat,
    "doubled": _double,
    "masked vowels": _mask_vowels("*"),
    "masked inside": _mask_inner("*"),
    "masked with hashes": _mask_vowels("#"),
    "no vowels": _drop_vowels,
    "transposed": _transpose,
    "respelt": _respell,
    "backwards": lambda w, r: w[::-1],
    "hashtag": lambda w, r: f"#you{w}",
    "camel case": lambda w, r: f"You{w.title()}Face",
    "glued": lambda w, r: f"total{w}",
    "digits around": lambda w, r: f"xx{w}99",
    "plural": lambda w, r: w + "s",
    "url": lambda w, r: f"www.you-{w}.example",
    "entity": _entity,
    "tag": lambda w, r: w[:2] + "<b>" + w[2] + "</b>" + w[3:],
    "emphasis": lambda w, r: w[:1] + "**" + w[1:3] + "**" + w[3:],
}

UNSEEN: dict[str, Disguise] = {
    "brackets": lambda w, r: w[:1] + f"({w[1]})" + w[2:],
    "slashes": _join("/"),
    "tildes": _join("~"),
    "repeated all": lambda w, r: "".join(c * 3 for c in w),
    "pig latin": lambda w, r: w[1:] + w[0] + "ay",
    "superscript": lambda w, r: "".join(
        dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)).get(c, c)
        for c in w
    ),
    "emoji letter": _one({"a": "🅰", "b": "🅱", "o": "⭕", "i": "ℹ", "c": "©", "r": "®", "u": "∪"}),
    "comment": lambda w, r: w[:2] + "<!-- x -->" + w[2:],
    "keyboard slip": _miss,
    "middle dots": _join("·"),
    "two spaces": _join("  "),
    "double struck": _block(0x1D552),
    "question marks": _mask_vowels("?"),
}


def read(text: str) -> str:
    """Return *text* as the extractor gives it: without entities, tags, comments and emphasis."""
    return re.sub(r"<!--.*?-->|</?b>|\*\*(?=[a-z]{2})|(?<=[a-z]{2})\*\*", "", html.unescape(text))


WORDS = tuple(
    """
    fuck shit cunt wanker bastard bitch twat bollocks arsehole dickhead nigger faggot whore
    slut paki spastic retard tosser prick bellend pikey asshole motherfucker bullshit tranny
    poofter gyppo blowjob cocksucker
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
NEW_WORDS = tuple(
    """
    knobhead slag mong spacker dyke kike raghead wetback skank pussy dildo shithead fuckwit
    titwank moron
    """.split()  # noqa: SIM905 - a list would be three hundred lines long
)
FRAMES = (
    "You are a {} and everyone knows it.",
    "What a {} that was at the match.",
    "Year 9 think he is a {} now.",
    "The {} in the office lost my form.",
    "Tell that {} to go home after lunch.",
)
