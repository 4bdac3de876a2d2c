"""Letters that nobody sees, or that make words stand in another order than programs read them.

## Why it matters

Unicode has characters without a shape: marks that join or part words, tags, selectors. With them a
whole sentence can stand in a page that neither a visitor nor a moderator sees, but that search
engines and other programs read, or a name can be written so that no search finds it. Others turn
the order of what follows, so that a line shows something else than it says. Most get in by
copying, and nobody means any harm; then deleting them costs nothing.

Where a character belongs, it passes: inside an emoji and in the flags of England, Scotland and
Wales, between letters of scripts that need it (Persian, Hindi, Thai and others), a soft hyphen in a
word, marks of direction in a line that holds Arabic or Hebrew.

## What it cannot see

Words in white on white, or too small to read: other rules look for those in files, and pages
cannot hold them. Letters that look like others, such as a Cyrillic a, are visible; the rules that
look for words and names read them as what they look like.
"""

import re
from collections.abc import Iterator
from unicodedata import bidirectional, category

from moderation.checks.base import Context, found
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("invisible-characters"),
    family="files",
    summary="letters that nobody sees",
    remedy=(
        "Delete them: type the words around the place anew instead of copying them, or paste them "
        "as plain text."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("g", "P16"),
)

# Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), and the marks of
# interlinear notes, which are not shown either.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)"
    "\U000e007f"
)
"""England, Scotland and Wales: the only tags that Unicode recommends (emoji-sequences.txt)."""
_ORDER = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_EMOJI_SELECTORS = frozenset("\ufe0e\ufe0f")
_BEFORE_SELECTOR = frozenset("#*0123456789‼⁉ℹ〰〽")  # emoji-variation-sequences.txt
_JOINERS = frozenset("\u200c\u200d")
_JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff"
    "\U00011000-\U00011fff]"
)
"""Arabic, Syriac, N'Ko, the scripts of India and its neighbours, Mongolian."""
_WITHOUT_SPACES = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1980-\u19df]")
"""Thai, Lao, Tibetan, Burmese, Khmer: an unseen space says where a line may break."""
_RIGHT_TO_LEFT = frozenset(("R", "AL"))


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each line that holds such letters, of whatever carries text."""
    text = document.text
    if not _UNSEEN.search(text):
        return
    start = 0
    for line in text.split("\n"):
        places = _strange(line)
        if places:
            first, last = start + places[0], start + places[-1] + 1
            yield found(RULE, document, first, last, _told(line, places))
        start += len(line) + 1


def _strange(line: str) -> list[int]:
    """Return where in a line letters stand unseen that have no business there."""
    unseen = [match.start() for match in _UNSEEN.finditer(line)]
    if not unseen:
        return []
    flags = {at for flag in _FLAG.finditer(line) for at in range(*flag.span())}
    turned = any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in line if letter > "\u0590")
    return [at for at in unseen if at not in flags and not _belongs(line, at, turned=turned)]


def _told(line: str, places: list[int]) -> str:
    """Say what there is, without repeating it."""
    letters = {line[at] for at in places}
    what = "a letter that nobody sees" if len(places) == 1 else "letters that nobody sees"
    if any("\U000e0020" <= letter <= "\U000e007e" for letter in letters):
        why = "; programs read words in them"
    elif letters & _OVERRIDES:
        why = "; the words around show in another order than they are written"
    elif len(places) > 1 and all(_SELECTORS.match(letter) for letter in letters):
        why = "; programs can read a message in them"
    else:
        why = ""
    names = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(letters)[:3])
    more = f" and {len(letters) - 3} others" if len(letters) > 3 else ""
    return f"here stand{'s' if len(places) == 1 else ''} {what} ({names}{more}){why}"


def _belongs(line: str, at: int, *, turned: bool) -> bool:
    """Say whether an unseen letter does there what it was made for."""
    letter, before, after = line[at], line[at - 1 : at], line[at + 1 : at + 2]
    if letter in _ORDER:
        return turned
    if letter in _JOINERS:
        return bool(_JOINED.match(before)) or (_is_emoji(before) and _is_sign(after))
    if _SELECTORS.match(letter):
        return _is_selected(letter, before)
    if letter == "\u200b":
        return bool(_WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(after))
    return _is_inside(letter, before, after)


def _is_inside(letter: str, before: str, after: str) -> bool:
    if letter == "\u00ad":
        return before.isalpha() or before == "-"
    if letter == "\u034f":
        return bool(before) and category(before)[0] == "M"
    if letter in "\u115f\u1160":
        return "\u1100" <= (after if letter == "\u115f" else before) <= "\u11ff"
    return "\u180b" <= letter <= "\u180f" and "\u1820" <= before <= "\u18aa"


def _is_selected(letter: str, before: str) -> bool:
    """Say whether a selector follows what has more than one shape."""
    if letter in _EMOJI_SELECTORS:
        return _is_sign(before) or (before != "" and before in _BEFORE_SELECTOR)
    return bool(before) and category(before) in ("Lo", "Sm")


def _is_emoji(letter: str) -> bool:
    return letter == "\ufe0f" or _is_sign(letter)


def _is_sign(letter: str) -> bool:
    """Say whether this is a symbol; those newer than Python's tables have their place."""
    return bool(letter) and (
        category(letter) in ("So", "Sm") or "\U0001f000" <= letter <= "\U0001faff"
    )
