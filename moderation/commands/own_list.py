"""From what somebody asks of the school's own list to a signed entry, or a refusal."""

import re
import sys
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import click

from moderation.analysis.lexicon.own import forms_of
from moderation.attest.terms import Standing, sign_step
from moderation.checks.base import all_rules
from moderation.commands.actor import authenticate
from moderation.commands.term_words import (
    Place,
    clashing,
    found_place,
    pages_with,
    refuse_names,
    refuse_usual,
    require_no_own_page,
    rule_of_word,
)
from moderation.commands.trusting import list_folder, read_site_list, read_site_trust
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import DECIDERS, Rule, Severity, UsageError
from moderation.pipeline.reading import read_tree
from moderation.policy import Policy
from moderation.policy.reach import Reach
from moderation.policy.terms import Act, Forms, Listed, Term, Terms, as_term, id_of
from moderation.review.permission import require_independent, require_role

_LASTS = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_MONTHS = {"m": 1, "y": 12}
_DAYS = {"d": 1, "w": 7}
_SHOWN = 5
_FEW = 3
"""Pages that may be held up without asking, however small the site is."""
_MOST_SHARE = 4
"""A term that is found on more than one in so many pages is asked about."""
_PAGE_ENDING = ".md"
_DONE = {Act.ADD: "looked for", Act.SOFTEN: "softened", Act.ALLOW: "allowed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for at the command line, as it was typed."""

    act: Act
    word: str
    reason: str
    path: str = ""
    page_type: str = ""
    phrase: str = ""
    until: str | None = None
    lasts: str | None = None
    category: str = ""
    severity: str | None = None
    forms: str = Forms.EXACT
    rule: str = ""
    finding: str = ""
    submission: str = ""


def open_list() -> tuple[Workspace, Standing]:
    """Return the site, and what its list is judged by.

    Raises:
        IntegrityError: the people of the site cannot be trusted

    """
    workspace = need_workspace()
    trust = read_site_trust(workspace)
    return workspace, Standing(trust=trust, policy=workspace.policy(), rules=all_rules(), now=now())


def carry_out(wish: Wish, person: str | None, *, agreed: bool = False) -> None:
    """Sign what was asked for, and say what it means.

    Args:
        wish: what was asked for
        person: id of whoever asks
        agreed: that an added term holds up many pages

    Raises:
        UsageError: it cannot be done as asked
        NotAllowedError: not theirs to do
        IntegrityError: the list is damaged

    """
    workspace, standing = open_list()
    before = read_site_list(workspace, standing.policy)
    place = found_place(wish.finding, wish.submission) if wish.finding else None
    if wish.act is not Act.ADD:
        _refuse_added(as_term(wish.word), before)
    term = _term(wish, place, standing.policy, standing.now.date())
    registers = workspace.registers()
    refuse_names(term, registers.roll)
    refuse_usual(term)
    _refuse_again(term, before)
    pages = _pages_held_up(term, workspace, agreed=agreed)
    actor = authenticate(workspace, standing.trust, person)
    rule = all_rules()[term.rule] if term.rule else None
    roles = rule.deciders & DECIDERS if rule else DECIDERS
    require_role(actor.person, roles, where="term", act=f"{term.act} ({term.rule or 'any word'})")
    if place:
        require_independent(place.state, actor.person, act=str(term.act))
    if term.loosens:
        require_no_own_page(term, actor.person)
    terms = sign_step(list_folder(workspace), actor.signer, standing, term=term)
    _tell(terms.entries[-1], place)
    _warn(terms.entries[-1], before, workspace, pages)
    if registers.roll is None and registers.keyed is None:
        click.echo("note: no roll here, so pupils' names were not looked for", err=True)


def take_out(entry: str, person: str | None) -> None:
    """Sign that an entry is taken out of the list.

    Raises:
        UsageError: it is not in force
        NotAllowedError: not theirs to do
        IntegrityError: the list is damaged

    """
    workspace, standing = open_list()
    before = read_site_list(workspace, standing.policy)
    found = [each for each in before.entries if each.id.lower() == entry.lower()]
    if not found:
        raise UsageError(f"{entry[:20]}: is no entry in force; schoolgate term list shows them")
    actor = authenticate(workspace, standing.trust, person)
    require_role(actor.person, DECIDERS, where="term", act="remove")
    sign_step(list_folder(workspace), actor.signer, standing, removes=found[0].digest)
    click.echo(f"{found[0].id} is taken out; commit .schoolgate/terms")
    if found[0].term.loosens:
        click.echo("what was approved because of it is not published any more; hand it in again")


def _term(wish: Wish, place: Place | None, policy: Policy, today: date) -> Term:
    word = as_term(wish.word) or (place.word if place else "")
    if not word:
        raise UsageError("TERM: is missing; write it, or name a finding with --finding")
    if place and word != place.word:
        raise UsageError("TERM: is another one than the finding's; leave one of them out")
    rule = ""
    if wish.act is not Act.ADD:
        rule = _rule(wish.rule or (place.rule if place else rule_of_word(word, policy))).id
    path = wish.path.removeprefix("content/") or (place.path if place else "")
    return Term(
        act=wish.act,
        word=word,
        reason=" ".join(wish.reason.split()),
        reach=Reach(
            path=path,
            page_type=wish.page_type,
            pages=_pages(wish.page_type, policy),
            phrase=as_term(wish.phrase),
        ),
        until=_until(wish, policy, today),
        rule=rule,
        category=wish.category,
        severity=Severity(wish.severity) if wish.severity else None,
        forms=Forms(wish.forms),
    )


def _rule(name: str) -> Rule:
    rule = all_rules().get(name)
    if rule is None or rule.family != "language":
        raise UsageError(f"{name[:40]}: is no rule about words; schoolgate rules lists them")
    if name == "school-term":
        raise UsageError(
            "school-term: an added term is neither softened nor allowed; remove its entry, or add "
            "it anew with a narrower scope"
        )
    return rule


def _pages(page_type: str, policy: Policy) -> tuple[str, ...]:
    if page_type and page_type not in policy.page_types:
        known = ", ".join(sorted(policy.page_types))
        raise UsageError(f"--page-type: is not one of {known}; policy.toml names them in [pages]")
    return policy.page_types.get(page_type, ())


def _until(wish: Wish, policy: Policy, today: date) -> date | None:
    if wish.until and wish.lasts:
        raise UsageError("--until and --for say the same; leave one of them out")
    if not wish.until and not wish.lasts and wish.act is Act.ADD:
        return None
    until = _day(wish.until) if wish.until else after(wish.lasts or "1y", today)
    if until < today:
        raise UsageError(f"--until: {until.isoformat()} is over; choose a later day")
    days = policy.limits.term_days
    if wish.act is not Act.ADD and until > today + timedelta(days=days):
        raise UsageError(
            f"--until: {until.isoformat()} is more than {days} days ahead, which is the most the "
            "policy allows; choose a nearer day"
        )
    return until


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("--until: is not a day; write it as 2027-07-31") from None


def after(lasts: str, today: date) -> date:
    """Return the day that lies a time such as ``6w`` ahead; a month ends where it must."""
    match = _LASTS.fullmatch(lasts.strip().lower())
    if match is None:
        raise UsageError("--for: is not a time; write 30d, 6w, 3m or 1y")
    count = int(match[1])
    try:
        if match[2] in _DAYS:
            return today + timedelta(days=count * _DAYS[match[2]])
        year, month = divmod(today.year * 12 + today.month - 1 + count * _MONTHS[match[2]], 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        raise UsageError("--for: lies too far ahead; write a shorter time") from None


def _refuse_added(word: str, before: Terms) -> None:
    for each in before.entries:
        if not each.term.loosens and word in forms_of(each.term.word, each.term.forms):
            raise UsageError(
                f"TERM: was added by {each.id}, and an added term is neither softened nor allowed; "
                "remove that entry, or add the term anew with a narrower scope"
            )


def _refuse_again(term: Term, before: Terms) -> None:
    for each in before.entries:
        lasts = each.term.until or date.max
        if each.term.says_the_same(term) and (term.until or date.max) <= lasts:
            until = f" until {each.term.until.isoformat()}" if each.term.until else ""
            raise UsageError(f"{each.id} says this already{until}; nothing was signed")


def _tell(listed: Listed, place: Place | None) -> None:
    term = listed.term
    until = f" until {term.until.isoformat()}" if term.until else ""
    what = f" ({term.rule or term.category})"
    click.echo(f"{listed.id}: “{term.word}” is {_DONE[term.act]}{what}, {term.reach}{until}")
    if place:
        severity = term.milder(place.severity)
        click.echo(f"finding {place.id} of {place.state.id} is now: {severity}")
    click.echo("commit .schoolgate/terms")


def _pages_held_up(term: Term, workspace: Workspace, *, agreed: bool) -> list[str]:
    """Return the pages on which an added term is found; ask, where they are many.

    Raises:
        UsageError: they are many, and nobody agreed

    """
    if term.loosens:
        return []
    policy = workspace.policy()
    files = read_tree(workspace.content, policy.limits).assets
    pages = [asset for asset in files if asset.path.endswith(_PAGE_ENDING)]
    covered = [page for page in pages if term.reach.covers(page.path)]
    found = pages_with(Terms.of(term).entries[0], covered, policy)
    if len(found) <= _FEW or len(found) * _MOST_SHARE <= len(pages) or agreed:
        return found
    told = f"it is found on {len(found)} of {len(pages)} pages, and all of them would be held up"
    if sys.stdin.isatty() and click.confirm(f"{told}. Add it?", err=True):
        return found
    raise UsageError(f"TERM: {told}; narrow it with --path or --phrase, or say --yes")


def _warn(listed: Listed, before: Terms, workspace: Workspace, pages: Sequence[str]) -> None:
    """Say on the error output what may not be as it was meant."""
    term, policy = listed.term, workspace.policy()
    for each in clashing(term, before):
        click.echo(f"note: {id_of(each.number)} {_of(each.term, term)}", err=True)
    files = read_tree(workspace.content, policy.limits).assets
    if not any(term.reach.covers(asset.path) for asset in files):
        where = replace(term.reach, phrase="")
        click.echo(f"note: no file of the site matches: {where}", err=True)
    if pages:
        more = "" if len(pages) <= _SHOWN else f" and {len(pages) - _SHOWN} more"
        told = ", ".join(pages[:_SHOWN])
        click.echo(f"note: it is found on {len(pages)} page(s) now: {told}{more}", err=True)


def _of(other: Term, term: Term) -> str:
    if other.loosens == term.loosens:
        counts = "milder" if term.loosens else "stricter"
        return f"is about the same term; where both hold, the {counts} counts"
    adds, opens = (term, other) if other.loosens else (other, term)
    return (
        f"is about the same term: the stricter wins, so “{adds.word}” is found wherever it was "
        f"added, although {opens.rule} is {_DONE[opens.act]}"
    )
