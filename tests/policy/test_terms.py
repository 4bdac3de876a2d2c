"""What an entry of a school's own list means, and which entries cannot be."""

from dataclasses import replace
from datetime import date

import pytest

from moderation.model import Severity, UsageError
from moderation.policy.reach import Reach
from moderation.policy.terms import Act, Forms, Term, Terms, as_term

TODAY = date(2026, 11, 21)
UNTIL = date(2027, 7, 31)
ALLOW = Term(act=Act.ALLOW, word="ass", reason="A donkey", rule="abusive-word", until=UNTIL)
SOFTEN = replace(ALLOW, act=Act.SOFTEN)
ADD = Term(
    act=Act.ADD, word="brook rat", reason="Ours", category="insult", severity=Severity.REVIEW
)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("  Spotted\n DICK ", "spotted dick"),
        ("Cook’s", "cook's"),
        ("Cafe\u0301", "café"),
        ("STRASSE", "strasse"),
    ],
)
def test_terms_are_compared_in_one_form(text: str, term: str) -> None:
    assert as_term(text) == term


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("", "a/b.md", None),
        ("classes/oak.md", "classes/oak.md", "classes/oak.mdx"),
        ("classes/*.md", "classes/oak.md", "classes/trips/oak.md"),
        ("classes/**", "classes/trips/oak.md", "news/classes/oak.md"),
        ("classes/", "classes/trips/oak.md", "classes.md"),
        ("**/menu.md", "menu.md", "a/menus.md"),
        ("**/menu.md", "a/b/menu.md", "a/b/xmenu.md"),
        ("menu-?.md", "menu-1.md", "menu-10.md"),
        ("a.md", "a.md", "axmd"),
    ],
)
def test_a_path_is_a_pattern(pattern: str, inside: str, outside: str | None) -> None:
    reach = Reach(path=pattern)
    assert reach.covers(inside)
    assert outside is None or not reach.covers(outside)


def test_a_page_type_is_what_it_was_when_it_was_signed() -> None:
    reach = Reach(page_type="policy", pages=("policies/", "safeguarding.md"))
    paths = ("policies/sen.md", "safeguarding.md", "safeguarding.md.md", "news/a.md")
    assert [reach.covers(path) for path in paths] == [True, True, False, False]
    both = replace(reach, path="**/sen.md")
    assert [both.covers(path) for path in paths] == [True, False, False, False]


def test_a_reach_says_where_in_words() -> None:
    reach = Reach(path="a/**", page_type="news", pages=("news/",), phrase="spotted dick")
    assert str(reach) == "a/**, pages of type news, in “spotted dick”"
    assert str(Reach()) == "everywhere"


@pytest.mark.parametrize(
    ("term", "now", "then"),
    [
        (ALLOW, Severity.BLOCK, Severity.NOTE),
        (SOFTEN, Severity.BLOCK, Severity.REVIEW),
        (SOFTEN, Severity.REVIEW, Severity.NOTE),
        (SOFTEN, Severity.NOTE, Severity.NOTE),
        (replace(SOFTEN, severity=Severity.NOTE), Severity.BLOCK, Severity.NOTE),
        (replace(SOFTEN, severity=Severity.REVIEW), Severity.NOTE, Severity.NOTE),
    ],
)
def test_an_entry_only_makes_milder(term: Term, now: Severity, then: Severity) -> None:
    assert term.milder(now) == then


@pytest.mark.parametrize(
    ("base", "changes", "flaw"),
    [
        (ALLOW, {"word": ""}, "term: has no letter"),
        (ALLOW, {"word": "1 2 3"}, "term: has no letter"),
        (ALLOW, {"word": "Ass"}, "term: holds blanks, capitals"),
        (ALLOW, {"word": "a\u200bss"}, "term: holds blanks, capitals or signs"),
        (ALLOW, {"word": "a" * 81}, "term: has 81 characters"),
        (ALLOW, {"reach": Reach(phrase="3 2 1")}, "phrase: has no letter"),
        (ALLOW, {"reach": Reach(phrase="a donkey")}, "phrase: does not hold the term"),
        (ALLOW, {"reach": Reach(path="../a")}, "path: is not a path"),
        (ALLOW, {"reach": Reach(path="/a")}, "path: is not a path"),
        (ALLOW, {"reach": Reach(path="A.md")}, "path: is not a path"),
        (ALLOW, {"reach": Reach(path="***")}, "path: has too many stars"),
        (ALLOW, {"reach": Reach(path="*a*b*c*")}, "path: has too many stars"),
        (ALLOW, {"reach": Reach(page_type="policy")}, "page type: means no page"),
        (ALLOW, {"reach": Reach(pages=("a.md",))}, "page type: means no page"),
        (ALLOW, {"reason": " "}, "reason: says nothing"),
        (ALLOW, {"reason": "a\nb"}, "reason: says nothing"),
        (ALLOW, {"reason": "a" * 201}, "reason: has 201 characters"),
        (ALLOW, {"until": None}, "until: an entry that softens or allows must end"),
        (ALLOW, {"rule": ""}, "rule: an entry that softens or allows names the rule"),
        (ALLOW, {"category": "insult"}, "rule: an entry that softens"),
        (ALLOW, {"forms": Forms.VERB}, "rule: an entry that softens"),
        (ALLOW, {"severity": Severity.NOTE}, "severity: only soften takes one"),
        (SOFTEN, {"severity": Severity.BLOCK}, "severity: only soften takes one"),
        (ADD, {"category": "rude"}, "category: is not one of profanity"),
        (ADD, {"rule": "abusive-word"}, "category: is not one of"),
        (ADD, {"severity": None}, "severity: is missing"),
    ],
)
def test_what_cannot_be_is_refused(base: Term, changes: dict[str, object], flaw: str) -> None:
    with pytest.raises(UsageError, match=flaw):
        replace(base, **changes)  # type: ignore[arg-type]  # the wrong values are the test


def test_entries_are_the_same_whatever_their_end_and_reason() -> None:
    assert ALLOW.says_the_same(replace(ALLOW, until=TODAY, reason="Another"))
    assert not ALLOW.says_the_same(SOFTEN)
    assert not ALLOW.says_the_same(replace(ALLOW, reach=Reach(path="a.md")))


def test_a_list_tells_what_holds_where_and_when() -> None:
    narrow = replace(SOFTEN, reach=Reach(path="plays/**"))
    terms = Terms.of(ALLOW, narrow, ADD, by="S-02")
    first, second, third = terms.entries
    assert tuple(terms.loosening("abusive-word", "plays/a.md", TODAY)) == (first, second)
    assert tuple(terms.loosening("abusive-word", "a.md", UNTIL)) == (first,)
    assert tuple(terms.loosening("abusive-word", "a.md", date(2027, 8, 1))) == ()
    assert tuple(terms.loosening("slur-used", "a.md", TODAY)) == ()
    assert tuple(terms.added("a.md", date(2099, 1, 1))) == (third,)
    assert (first.id, first.told) == ("T-1", "entry T-1, until 2027-07-31, by S-02")
    assert third.told == "entry T-3, by S-02"


def test_what_rests_on_an_entry_stands_while_the_entry_does() -> None:
    terms = replace(Terms.of(ALLOW, SOFTEN), ended={"ff": "T-9 was taken out"})
    digests = terms.digests(["T-2", "T-1", "T-2"])
    assert digests == tuple(each.digest for each in terms.entries)
    assert terms.objection(digests) == ""
    assert terms.objection([digests[0], "ff"]) == "T-9 was taken out"
    assert Terms().objection(digests) == "an entry of the school's list is not there any more"
    with pytest.raises(UsageError, match="T-3: is not in force"):
        terms.digests(["T-1", "T-3"])
