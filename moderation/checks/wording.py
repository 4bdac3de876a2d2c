"""How the checks of language put what they found."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import accumulate
from urllib.parse import unquote

from moderation.analysis.language import Mark, scan
from moderation.analysis.patterns.beside import person_beside
from moderation.checks.base import Context, found
from moderation.checks.rulings import milder
from moderation.model import Confidence, Document, Finding, Fix, Location, Rule

_GROUNDS = {"traveller": "being a Gypsy, Roma or Traveller"}
_LONGEST = 60
_ENDING = 4
_ADDRESS = re.compile(r"\S+")
_ABOUT_PERSONS = frozenset({"bullying", "accusation", "sexual-content"})


def marks(document: Document, categories: Collection[str]) -> list[Mark]:
    """Return what was found of some categories, the same place and kind only once.

    A pattern that marks exactly what a listed word marks adds nothing to it.
    """
    plain = scan(document.text)
    every = (*plain, *(m for m in _escaped(document.text) if not _is_told(m, plain)))
    if not every:
        return []
    kept = [mark for mark in every if mark.category in categories]
    words = {(mark.start, mark.end) for mark in kept if mark.is_word}
    return [mark for mark in kept if mark.is_word or (mark.start, mark.end) not in words]


def _is_told(mark: Mark, told: tuple[Mark, ...]) -> bool:
    return any(m.start < mark.end and mark.start < m.end for m in told)


def _escaped(text: str) -> Iterator[Mark]:
    """Yield what is found once the escapes of addresses are undone, each at its whole address."""
    if "%" not in text:
        return
    places = [match.span() for match in _ADDRESS.finditer(text) if "%" in match[0]]
    plain = [unquote(unquote(text[start:end])) for start, end in places]
    changed = [at for at, (start, end) in enumerate(places) if plain[at] != text[start:end]]
    lines = [" ".join(plain[at].split()) for at in changed]
    ends = list(accumulate(len(line) + 1 for line in lines))
    for mark in scan("\n".join(lines)) if lines else ():
        start, end = places[changed[bisect_right(ends, mark.start)]]
        yield replace(mark, start=start, end=end, disguised=True, person=None, reword="")


def report(rule: Rule, document: Document, mark: Mark, message: str, context: Context) -> Finding:
    """Report a mark, never more severe than its rule, milder where the school's list says so.

    Args:
        rule: identity of the check
        document: where the mark was found
        mark: what was found
        message: one sentence in plain English
        context: policy and the school's own list

    """
    if mark.quoted:
        message += ", though it seems to be spoken about rather than said"
    finding = found(
        rule,
        document,
        mark.start,
        mark.end,
        message,
        confidence=_confidence(mark),
        related=_person(document, mark),
        fix=_fix(document, mark),
    )
    finding = replace(
        finding,
        severity=min(mark.severity, rule.severity),
        impersonal=_is_listed(document, mark),
    )
    if not context.terms.entries:
        return finding
    return milder(finding, rule, document, (mark.start, mark.end), context)


def quote(document: Document, mark: Mark) -> str:
    """Quote what was found, shortened where it is long; say so where it is disguised."""
    words = " ".join(document.text[mark.start : mark.end].split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1] + "…"
    return f"“{words}”, disguised," if mark.disguised else f"“{words}”"


def ground(mark: Mark) -> str:
    """Name the ground of a slur."""
    return _GROUNDS.get(mark.category, mark.category)


def _is_listed(document: Document, mark: Mark) -> bool:
    """Say whether what was found is a listed word or a form of it, with nothing around it."""
    written = document.text[mark.start : mark.end].lower()
    grown = len(written) - len(mark.entry)
    return mark.is_word and written.startswith(mark.entry[:-1]) and grown <= _ENDING


def _confidence(mark: Mark) -> Confidence:
    if not mark.is_word or mark.quoted:
        return Confidence.MEDIUM
    return Confidence.MEDIUM if mark.disguised else Confidence.HIGH


def _person(document: Document, mark: Mark) -> tuple[Location, ...]:
    """Point at the person named; where a mark is not about persons, only at a usual name."""
    person = mark.person
    if mark.is_word or mark.category not in _ABOUT_PERSONS:
        person = person_beside(document.text, mark.start, mark.end)
    return () if person is None else (document.locate(*person).as_role("the person named"),)


def _fix(document: Document, mark: Mark) -> Fix | None:
    if not mark.reword:
        return None
    return Fix(description=f"write “{mark.reword}”", replacement=mark.reword)
