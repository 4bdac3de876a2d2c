"""Long passages that somebody else wrote: cuttings of the press, verse, scripts.

Nothing is known of the works themselves. Verse is told by its shape: many short lines, one below
another, that begin with capitals and do not end as sentences; a cutting by quotation marks, a
quotation's block or a byline with the name of a newspaper.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moderation.analysis.rights.verse import verses
from moderation.model import Term

_WORDS_QUOTED = 50
_WORDS_CUTTING = 60
_AROUND = 300
_QUOTED = re.compile(
    r"“[^“”]{200,6000}”|(?<!\w)\"[^\"]{200,6000}\"(?!\w)|(?<!\w)‘[^‘]{200,6000}’(?!\w)"
)
_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BYLINE = re.compile(
    r"^[^\w\n]*by\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){1,2}\W+(?:[\w' ]{0,30}\b)?"
    r"(?:reporter|correspondent|editor|journalist|columnist|writer|staff)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TAKEN = re.compile(
    r"^[^\w\n]*(?:(?:this )?(?:article |story |piece |text )?(?:first )?"
    r"(?:re-?printed|reproduced|taken|published|printed|appeared)"
    r"|extract(?:ed)?|cutting|article|as (?:re-?printed|published|printed|seen|reported))"
    r"\s+(?:from|in|by)\s",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_VOICE = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
_OWNED = re.compile(r"^[^\w\n]*(?:©|\(c\)|copyright\b)[^\n]{3,120}$", re.IGNORECASE | re.MULTILINE)
_WORDS_SAID = re.compile(r"[“\"‘][^“”\"]{1,600}[”\"’]")
_NAME, _OWN_WORDS = 40, 2
"""Characters in which the newspaper is named; words in which a school speaks of itself."""
_SCENE = re.compile(
    r"^[^\w\n]*(?:act\s+(?:[ivx]+|\d+|one|two|three|four|five)\b|scene\s+(?:[ivx]+|\d+|one|two|three)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SPEAKER = re.compile(r"^[ \t>*_]*([A-Z][A-Z' .-]{1,24}?)[*_]*\s*[:.](?:\s|$)", re.MULTILINE)
_SPEECHES, _SPEAKERS = 4, 2


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A long passage of somebody else's.

    Args:
        start: offset of its first character
        end: offset after its last
        kind: ``press``, ``verse`` or ``script``

    """

    start: int
    end: int
    kind: str


def quotations(text: str) -> Sequence[Quotation]:
    """Return the long passages of a text that look like somebody else's, in order.

    Args:
        text: plain text or Markdown, lines ended by newlines

    """
    found = sorted((*_press(text), *_scripts(text)))
    taken = [(each.start, each.end) for each in found]
    for start, end in verses(text):
        if not any(first <= start < last for first, last in taken):
            found.append(Quotation(start, end, "verse"))
    return sorted(found)


def _press(text: str) -> Iterator[Quotation]:
    last = 0
    spans = sorted(match.span() for form in (_QUOTED, _BLOCK) for match in form.finditer(text))
    for start, after in spans:
        end = start + len(text[start:after].rstrip())
        if start < last or len(text[start:end].split()) < _WORDS_QUOTED:
            continue
        from moderation.analysis.rights.agencies import names_press

        if names_press(text[max(0, start - _AROUND) : end + _AROUND]):
            last = end
            yield Quotation(start, end, "press")
    if not last and len(text.split()) >= _WORDS_CUTTING:
        yield from _cuttings(text)


def _cuttings(text: str) -> Iterator[Quotation]:
    """Yield the byline or the notice of a newspaper, of which a whole article was taken over."""
    for notice in _OWNED.finditer(text):
        from moderation.analysis.rights.agencies import names_press, signed_by

        found = signed_by(notice[0], Term.COPYRIGHT_NOTICE)
        if found is not None and (found.sure or names_press(notice[0])):
            yield Quotation(*notice.span(), "press")
            return
    if byline := _BYLINE.search(text):
        from moderation.analysis.rights.agencies import names_press

        around = text[max(0, byline.start() - _AROUND) : byline.end() + _AROUND]
        if names_press(around):
            yield Quotation(*byline.span(), "press")
            return
    yield from _taken(text)


def _taken(text: str) -> Iterator[Quotation]:
    """Yield the words that say from which newspaper what follows was taken."""
    for lead in _TAKEN.finditer(text):
        from moderation.analysis.rights.agencies import names_press

        rest = text[lead.end() :]
        own = len(_OWN_VOICE.findall(_WORDS_SAID.sub("", rest)))
        if names_press(rest[:_NAME]) and len(rest.split()) >= _WORDS_QUOTED and own < _OWN_WORDS:
            yield Quotation(lead.start(), lead.end(), "press")
            return


def _scripts(text: str) -> Iterator[Quotation]:
    scene = _SCENE.search(text)
    if scene is None:
        return
    speeches = list(_SPEAKER.finditer(text, scene.end()))
    names = [speech[1].strip() for speech in speeches]
    again = [name for name, count in Counter(names).items() if count > 1]
    if len(speeches) < _SPEECHES or len(again) < _SPEAKERS:
        return
    from moderation.analysis.rights.owners import is_free, is_of_pupils

    end = text.find("\n", speeches[-1].end())
    start, end = scene.start(), len(text) if end < 0 else end
    if not is_free(text[start:end]) and not is_of_pupils(text, start, end):
        yield Quotation(start, end, "script")
