"""Whether lines are verse, by their shape and their rhymes."""

import re
from collections import Counter
from collections.abc import Sequence

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL_WORDS = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "come", "down"),
        *("for", "from", "go", "had", "has", "have", "he", "her", "him", "his", "i"),
        *("if", "in", "into", "is", "it", "its", "just", "let", "like", "me", "my", "no"),
        *("not", "now", "of", "oh", "on", "one", "or", "our", "out", "over", "she", "so"),
        *("that", "the", "their", "them", "then", "there", "they", "this", "to", "up"),
        *("was", "we", "were", "what", "when", "where", "who", "will", "with", "you"),
        *("your"),
    }
)
_LEAST_NAMED, _STOPPED, _BRIEF = 3.0, 0.3, 5.0
_SENTENCE = (".", ":", "?")
_STOPS = (*_SENTENCE, ",", ";", "!")
_LEAST_WORDS, _MOSTLY, _RUNNING, _RHYMED = 3.5, 0.7, 0.6, 0.45
_ENDINGS = ("ing", "ed", "tion", "er", "ly", "ers", "ings", "es", "ment")
_SHORT_WORD = 4
_SOUNDS = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        *((r"ough$|ow$|oe$|oa$|ew$", "o"), (r"ight$|ite$", "ait"), (r"igh$|ye?$|ie$", "ai")),
        *((r"ee|ea(?!r)", "e"), (r"ai(?=n|l|d)|ay$|ey$", "a"), (r"([aeiou])([^aeiou])e$", r"\1\2")),
        *((r"ck$", "k"), (r"(.)\1$", r"\1"), (r"ou", "u"), (r"aught$|ort$|ought$", "ot")),
    )
)
_TAIL = re.compile(r"[aeiouy]+[^aeiouy]*$")


def is_verse(run: Sequence[str]) -> bool:
    """Say whether lines have the shape of verse: they rhyme, or run on and do not begin alike."""
    count = len(run)
    words = [_WORDS.findall(line.lower()) for line in run]
    if not _are_lines(run, words, _LEAST_WORDS):
        return False
    if _rhyming(words) >= _RHYMED * count:
        return True
    alike = Counter(each[0] for each in words if each).most_common(1)[0][1]
    numbered = sum(any(sign.isdigit() for sign in line) for line in run)
    return (
        _ending(run, _SENTENCE) <= 0.5 * count and alike <= 0.5 * count and numbered < 0.3 * count
    )


def is_named_verse(run: Sequence[str]) -> bool:
    """Say whether lines are verse where a poet stands beside them, so that less must prove it."""
    count = len(run)
    words = [_WORDS.findall(line.lower()) for line in run]
    if not _are_lines(run, words, _LEAST_NAMED) or _ending(run, _STOPS) < _STOPPED * count:
        return False
    brief = sum(map(len, words)) <= _BRIEF * count
    return brief or _ending(run, _SENTENCE) <= 0.5 * count or _rhyming(words) >= _RHYMED * count


def _are_lines(run: Sequence[str], words: Sequence[Sequence[str]], least: float) -> bool:
    count = len(run)
    capitals = sum(line.lstrip("\"'“‘(*_")[:1].isupper() for line in run)
    flowing = sum(not _SMALL_WORDS.isdisjoint(each) for each in words)
    return (
        sum(map(len, words)) >= least * count
        and capitals >= _MOSTLY * count
        and flowing >= _RUNNING * count
    )


def _ending(run: Sequence[str], signs: tuple[str, ...]) -> int:
    return sum(line.rstrip("\"'”’)*_").endswith(signs) for line in run)


def _rhyming(words: Sequence[Sequence[str]]) -> int:
    """Count the lines that rhyme with one of the next two or the two before."""
    ends = [each[-1] if each else "" for each in words]
    keys = [_sound(end) for end in ends]
    rhymes = set()
    for at, key in enumerate(keys):
        for other in range(at + 1, min(at + 3, len(keys))):
            if key and key == keys[other] and ends[at] != ends[other]:
                rhymes |= {at, other}
    return len(rhymes)


def _sound(word: str) -> str:
    """Return roughly how a word ends to the ear; nothing where it ends as a thousand others do."""
    if word.endswith(_ENDINGS):
        return word[-5:] if len(word) > _SHORT_WORD else ""
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    found = _TAIL.search(word)
    return found[0] if found else ""
