"""How a word is written by those who hope that a filter will not know it."""

from collections.abc import Iterable, Iterator, Sequence

_VOWELS = "aeiou"
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol",
    "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum",
    "k": "jlim", "l": "kop",
    "z": "xas", "x": "zcsd", "c": "xvdf", "v": "cbfg", "b": "vngh", "n": "bmhj", "m": "njk",
}  # fmt: skip
_TURNED = str.maketrans("unbqdp", "nuqbpd")


def disguises(word: str, rules: Sequence[tuple[str, str]], *, depth: int) -> set[str]:
    """Return the disguised spellings of one word, the word itself left out.

    Args:
        word: letters only, at least four
        rules: what is written for what, as in ``spellings.toml``
        depth: how many rules may work on one word

    """
    found = set(slips(word))
    level = {word}
    for _ in range(depth):
        level = {other for each in level for other in respelt(each, rules)}
        found |= level
    if depth:
        found |= {dropped for each in respelt(word, rules) for dropped in _drops(each)}
    found |= set(turned(word))
    return {each for each in found if len(each) > 2 and each.isalpha()} - {word}


def slips(word: str) -> Iterator[str]:
    """Yield the word with letters swapped, doubled, dropped or missed on the keyboard."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        yield word[: at + 1] + word[at:]
    yield "".join(letter * 2 for letter in word)
    yield from _drops(word)
    if len(word) > 5:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]
            yield from (word[:at] + near + word[at + 1 :] for near in _NEIGHBOURS[word[at]])


def respelt(word: str, rules: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the word with one rule applied in one place."""
    for part, instead in rules:
        at = word.find(part)
        while at >= 0:
            yield word[:at] + instead + word[at + len(part) :]
            at = word.find(part, at + 1)


def turned(word: str) -> Iterator[str]:
    """Yield the word backwards, upside down and in pig Latin."""
    yield word[::-1]
    yield word.translate(_TURNED)
    yield word[::-1].translate(_TURNED)
    head = next((i for i, letter in enumerate(word) if letter in _VOWELS), 0)
    yield word[head:] + word[:head] + "ay"
    yield word[head:] + word[:head] + "way" if not head else word[1:] + word[0] + "ay"


def _drops(word: str) -> Iterator[str]:
    """Yield the word without its vowels, and without each one of them."""
    yield word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
    for at, letter in enumerate(word):
        if at and letter in _VOWELS:
            yield word[:at] + word[at + 1 :]
