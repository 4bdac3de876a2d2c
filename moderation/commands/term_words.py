"""What the words of an entry are: whose finding, which rule, a pupil's name, another entry's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moderation.analysis.lexicon.own import forms_of
from moderation.commands.session import Session, open_session
from moderation.model import (
    OPEN,
    Asset,
    ExtractionError,
    Person,
    ReviewState,
    Severity,
    UsageError,
)
from moderation.pipeline.api import check_files, check_text
from moderation.policy import Policy
from moderation.policy.terms import Forms, Listed, Term, Terms, as_term
from moderation.registers import Roll
from moderation.review.permission import require_independent

_SHORTEST = 4
_SHOWN = 8
_IN_EVERY_SENTENCE = frozenset(
    """
    about after all also am an and any are as at be because been before but by can could did do does
    for from had has have he her here him his how if in into is it its just me more most my no nor
    not now of off on one only or our out over own she so some than that the their them then there
    these they this those to too two under until up us was we were what when where which while who
    why will with would you your i'm it's don't
    """.split()  # noqa: SIM905 - a list would be a hundred lines long
)
_SENTENCES = ("{}", "You are a {}.", "They are {}s.", "This is {}!", "That {} thing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A finding of a submission that an entry is to be about."""

    id: str
    state: ReviewState
    word: str
    rule: str
    path: str
    severity: Severity


def found_place(fingerprint: str, submission: str) -> Place:
    """Return the finding whose id begins with *fingerprint*.

    Args:
        fingerprint: at least four characters, as schoolgate review shows them
        submission: id of the submission, or nothing to look through all that wait

    Raises:
        UsageError: no finding begins like this, or several do, or it has no words

    """
    if len(fingerprint) < _SHORTEST:
        raise UsageError("--finding: write more of the id; schoolgate review lists them")
    session = open_session()
    states = [session.find(submission)] if submission else session.queue.states(*OPEN)
    found = [each for state in states for each in _places(session, state, fingerprint.lower())]
    if len(found) != 1:
        trouble = "several findings begin" if found else "no finding begins"
        raise UsageError(
            f"--finding: {trouble} like this; schoolgate review lists them, and --submission says "
            "which is meant"
        )
    if not found[0].word:
        raise UsageError(f"--finding: {found[0].rule} is not about a word; use schoolgate ack")
    return found[0]


def _places(session: Session, state: ReviewState, fingerprint: str) -> Iterator[Place]:
    try:
        verdict, _ = session.judge(state, session.assets(state))
    except ExtractionError:
        return  # what cannot be read has no words to allow
    key = session.workspace.fingerprint_key()
    for finding in verdict.findings:
        mark = finding.fingerprint(key)
        if mark.startswith(fingerprint):
            yield Place(
                id=mark[:_SHOWN],
                state=state,
                word=as_term(finding.evidence) if finding.family == "language" else "",
                rule=finding.rule,
                path=finding.path,
                severity=finding.severity,
            )


def rule_of_word(word: str, policy: Policy) -> str:
    """Return the id of the rule that looks for *word*.

    Raises:
        UsageError: none does by itself, or several do

    """
    forms = forms_of(word, Forms.NOUN)
    rules: set[str] = set()
    for sentence in _SENTENCES:
        verdict = check_text(sentence.format(word), families=["language"], policy=policy)
        rules.update(f.rule for f in verdict.findings if as_term(f.evidence) in forms)
    if len(rules) == 1:
        return rules.pop()
    if rules:
        raise UsageError(f"--rule: say which one is meant: {', '.join(sorted(rules))}")
    raise UsageError(
        "TERM: no rule finds it by itself, so there is nothing to soften or allow; name the finding"
        " with --finding, or the rule with --rule"
    )


def require_no_own_page(term: Term, person: Person) -> None:
    """Refuse to open the gate for a page of one's own that waits, whatever the entry is kept to.

    Raises:
        NotAllowedError: such a page waits

    """
    for state in open_session().queue.states(*OPEN):
        if any(term.reach.covers(path) for path in (state.page, *(a.path for a in state.assets))):
            require_independent(state, person, act=str(term.act))


def refuse_usual(term: Term) -> None:
    """Refuse to look for what stands on every page.

    Raises:
        UsageError: it is a single letter, or nothing but words that every sentence is made of

    """
    words = term.word.split()
    if not term.loosens and all(len(word) == 1 or word in _IN_EVERY_SENTENCE for word in words):
        raise UsageError("TERM: stands in every sentence; write the words around it as well")


def refuse_names(term: Term, roll: Roll | None) -> None:
    """Refuse an entry that names a pupil: the list lies in git, the roll does not.

    Raises:
        UsageError: it does; does not say whom

    """
    if roll is None:
        return
    from moderation.analysis.folding import words
    from moderation.analysis.names import find_names

    around = " ".join(w for w in term.reach.phrase.split() if w not in term.word.split())
    added = not term.loosens and _names_somebody(term.word, roll)
    for what, text, named in (
        ("TERM", term.word, added),
        ("--phrase", term.reach.phrase, _names_somebody(around, roll)),
        ("--path", re.sub(r"[^a-z]+", " ", term.reach.path), False),
    ):
        if named or any(find_names(text, roll)):
            raise UsageError(
                f"{what}: is the name of somebody on the roll; pupil-named looks for it already, "
                "and it must not be written into the school's list"
            )
    if _names_somebody(term.reason, roll):
        raise UsageError("--reason: names somebody on the roll; say why without the name")
    named_so = {n for p in roll.pupils for n in (p.forename, p.surname, p.preferred)}
    if not term.loosens and words(term.word) in {words(name) for name in named_so}:
        raise UsageError(
            "TERM: is a name on the roll, and every page that greets somebody of that name would be"
            " held up; the roll keeps pupils off the site"
        )


def _names_somebody(text: str, roll: Roll) -> bool:
    """Say whether *text* names a pupil, also by the forename alone unless that is a usual word."""
    from moderation.analysis.folding import words
    from moderation.analysis.names import find_pupils
    from moderation.analysis.names.variants import is_a_word

    if any(find_pupils(text, roll, forenames=True)):
        return True
    forenames = {w for p in roll.pupils for n in (p.forename, p.preferred) for w in words(n)}
    return any(word in forenames and not is_a_word(word) for word in words(text))


def pages_with(listed: Listed, pages: Iterable[Asset], policy: Policy) -> list[str]:
    """Return the paths of those of *pages* in which an added term is found."""
    terms = Terms(entries=(listed,))
    found = []
    for page in pages:
        verdict = check_files(page, families=["language"], policy=policy, terms=terms)
        if any(each.rule == "school-term" for each in verdict.findings):
            found.append(page.path)
    return found


def clashing(term: Term, terms: Terms) -> Iterator[Listed]:
    """Yield the entries in force about the same term that may meet *term* somewhere."""
    mine = set(forms_of(term.word, Forms.NOUN)) | set(forms_of(term.word, term.forms))
    for each in terms.entries:
        other = each.term
        theirs = set(forms_of(other.word, Forms.NOUN)) | set(forms_of(other.word, other.forms))
        if mine & theirs and (not term.loosens or not other.loosens or term.rule == other.rule):
            yield each
