"""A school's own list of terms as values: what is added, softened or allowed, where and until when.

An entry that softens or allows opens the gate, so it always ends. An entry that adds closes it and
may stand for ever. What is signed, by whom, and what no longer counts is the business of
:mod:`moderation.attest.terms`; here is only what an entry means.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from moderation.model import Severity, UsageError
from moderation.policy.reach import Reach

LONGEST = 80
"""Characters of a term or phrase."""

LONGEST_REASON = 200
"""Characters of a reason, which everybody who can read the repository can read."""

CATEGORIES = (
    *("profanity", "insult", "race", "religion", "disability", "sexuality", "gender", "traveller"),
    *("sexual", "threat", "self-harm", "drugs", "extremism", "other"),
)
"""What an added term may be."""

_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


class Act(StrEnum):
    """What an entry does."""

    ADD = "add"
    SOFTEN = "soften"
    ALLOW = "allow"


class Forms(StrEnum):
    """Which forms of the term an entry means besides the term itself."""

    NOUN = "noun"
    VERB = "verb"
    EXACT = "exact"


def as_term(text: str) -> str:
    """Write *text* the one way in which terms are compared: small letters, single blanks."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join(plain.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What somebody said about one term.

    Args:
        act: what it does
        word: the term, as :func:`as_term` writes it
        reason: why, in a few words; names nobody
        reach: where it holds
        until: the last day on which it holds; None only where it adds
        rule: id of the rule that it softens or allows; empty where it adds
        category: what an added term is
        severity: of what an added term finds, or the most that a softened finding may have
        forms: which forms of an added term are found

    Raises:
        UsageError: a value is not what it must be

    """

    act: Act
    word: str
    reason: str
    reach: Reach = field(default_factory=Reach)
    until: date | None = None
    rule: str = ""
    category: str = ""
    severity: Severity | None = None
    forms: Forms = Forms.EXACT

    def __post_init__(self) -> None:
        for what, text in (("term", self.word), ("phrase", self.reach.phrase)):
            if flaw := _flaw_of_words(text, needed=what == "term"):
                raise UsageError(f"{what}: {flaw}")
        flaw = _flaw_of_act(self) or _flaw_of_reach(self) or _flaw_of_reason(self.reason)
        if flaw:
            raise UsageError(flaw)

    @property
    def loosens(self) -> bool:
        """Whether it opens the gate."""
        return self.act is not Act.ADD

    def says_the_same(self, other: "Term") -> bool:
        """Say whether *other* does the same to the same term in the same place."""
        mine = (self.act, self.word, self.reach, self.rule, self.category, self.severity)
        return mine == (
            *(other.act, other.word, other.reach),
            *(other.rule, other.category, other.severity),
        )

    def milder(self, severity: Severity) -> Severity:
        """Return what *severity* becomes under an entry that softens or allows."""
        if self.act is Act.ALLOW:
            return Severity.NOTE
        most = self.severity or _STEP[severity]
        return min(severity, most)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in force, as it was signed.

    Args:
        number: in the list, from one
        digest: SHA-256 of what was signed
        by: id of the person who signed
        term: what it says

    """

    number: int
    digest: str
    by: str
    term: Term

    @property
    def id(self) -> str:
        """How people name it."""
        return id_of(self.number)

    @property
    def told(self) -> str:
        """Name it with its end and signer, for a finding."""
        until = f"until {self.term.until.isoformat()}, " if self.term.until else ""
        return f"entry {self.id}, {until}by {self.by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A school's own list on one day, verified.

    Args:
        entries: those in force, by number
        ended: why each other entry is not in force, by digest
        signed: digests of everything that was ever signed for the list
        head: digest of the last of them, or nothing

    """

    entries: tuple[Listed, ...] = ()
    ended: Mapping[str, str] = field(default_factory=dict)
    signed: frozenset[str] = frozenset()
    head: str = ""

    @classmethod
    def of(cls, *terms: Term, by: str = "S-01") -> "Terms":
        """Return a list of *terms* that nobody signed (for tests and trials)."""
        listed = (Listed(n, f"{n:064x}", by, term) for n, term in enumerate(terms, start=1))
        return cls(entries=tuple(listed))

    def added(self, path: str, today: date) -> Iterator[Listed]:
        """Yield the entries that add a term to what is looked for in the file at *path*."""
        return (each for each in self._holding(path, today) if not each.term.loosens)

    def loosening(self, rule: str, path: str, today: date) -> Iterator[Listed]:
        """Yield the entries that soften or allow findings of *rule* in the file at *path*."""
        return (each for each in self._holding(path, today) if each.term.rule == rule)

    def digests(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the digests of the entries in force with these ids.

        Raises:
            UsageError: one is not in force

        """
        known = {each.id: each.digest for each in self.entries}
        wanted = sorted(set(ids))
        if gone := [each for each in wanted if each not in known]:
            raise UsageError(f"{gone[0]}: is not in force in the school's list; check again")
        return tuple(sorted(known[each] for each in wanted))

    def objection(self, digests: Iterable[str]) -> str:
        """Say why what rests on these entries no longer stands; empty if it does."""
        standing = {each.digest for each in self.entries}
        for digest in digests:
            if digest not in standing:
                return self.ended.get(digest, "an entry of the school's list is not there any more")
        return ""

    def _holding(self, path: str, today: date) -> Iterator[Listed]:
        for each in self.entries:
            ends = each.term.until
            if (ends is None or today <= ends) and each.term.reach.covers(path):
                yield each


def id_of(number: int) -> str:
    """Return how people name entry *number*."""
    return f"T-{number}"


def _flaw_of_words(text: str, *, needed: bool) -> str:
    if not text and not needed:
        return ""
    if text != as_term(text) or not text.isprintable():
        return "holds blanks, capitals or signs that nobody sees; type it again"
    if not any(character.isalpha() for character in text):
        return "has no letter; write a word"
    if len(text) > LONGEST:
        return f"has {len(text)} characters; write at most {LONGEST}"
    return ""


def _flaw_of_act(term: Term) -> str:
    if term.act is Act.ADD:
        if term.rule or term.category not in CATEGORIES:
            return f"category: is not one of {', '.join(CATEGORIES)}"
        return "" if term.severity else "severity: is missing; write note, review or block"
    if not term.rule or term.category or term.forms is not Forms.EXACT:
        return "rule: an entry that softens or allows names the rule, and nothing of an added term"
    if term.until is None:
        return "until: an entry that softens or allows must end; give it a last day"
    if term.severity is not None and (term.act is Act.ALLOW or term.severity is Severity.BLOCK):
        return "severity: only soften takes one, note or review"
    return ""


def _flaw_of_reach(term: Term) -> str:
    phrase = term.reach.phrase
    if phrase and term.word not in phrase:
        return "phrase: does not hold the term; write the words around it as well"
    return term.reach.flaw


def _flaw_of_reason(reason: str) -> str:
    if not reason.strip() or not reason.isprintable():
        return "reason: says nothing; say why in a few words on one line"
    if len(reason) > LONGEST_REASON:
        return f"reason: has {len(reason)} characters; write at most {LONGEST_REASON}"
    return ""


_STEP = {
    Severity.BLOCK: Severity.REVIEW,
    Severity.REVIEW: Severity.NOTE,
    Severity.NOTE: Severity.NOTE,
}
