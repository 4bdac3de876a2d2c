"""``schoolgate term``: the school's own list of terms, each entry signed."""

from collections.abc import Callable, Mapping

import click

from moderation.attest.terms import Step, in_force, verify_steps
from moderation.commands.actor import as_person
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.own_list import Wish, carry_out, open_list, take_out
from moderation.commands.trusting import list_folder
from moderation.commands.workspace import now
from moderation.model import Severity
from moderation.policy.reach import Reach
from moderation.policy.terms import CATEGORIES, Act, Forms, Term, Terms

_SOON = 30
"""Days before its end in which an entry is said to end soon."""

_COLUMNS = ("id", "entry", "where", "until", "by", "state", "reason")

_reason = click.option(
    "--reason", required=True, help="Why, in a few words; everybody with the repository reads it."
)
_SCOPE = (
    click.option("--path", default="", help="Only in these files: news/**, classes/oak.md."),
    click.option("--page-type", default="", help="Only on pages of this type: news, policy."),
    click.option("--phrase", default="", help="Only within these words: 'spotted dick'."),
    click.option("--until", metavar="DATE", help="The last day on which it holds: 2027-07-31."),
    click.option("--for", "lasts", metavar="TIME", help="How long it holds: 30d, 6w, 3m or 1y."),
)
_FINDING = (
    click.option("--rule", default="", help="The rule meant, where several look for the term."),
    click.option("--finding", default="", help="Id of a finding that schoolgate review shows."),
    click.option("--submission", default="", help="Where the finding is, if that is not clear."),
)

Command = Callable[..., None]


def _with(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(function: Command) -> Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@click.group("term")
def command() -> None:
    """Add, soften or allow a term of the school's own.

    Every entry is signed with the key of a moderator and lies in .schoolgate/terms, where everybody
    who can read the repository can read it. What softens or allows ends after a year at the latest,
    and needs the role that decides the rule.
    """


@command.command("add")
@click.argument("term")
@_reason
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    default=Severity.REVIEW.value,
    show_default=True,
    help="How much harm it does.",
)
@click.option(
    "--category",
    type=click.Choice(CATEGORIES),
    default="other",
    show_default=True,
    help="What it is.",
)
@click.option(
    "--forms",
    type=click.Choice([each.value for each in Forms]),
    default=Forms.NOUN.value,
    show_default=True,
    help="Find its plural too, the forms of a verb, or exactly what was written.",
)
@_with(*_SCOPE)
@click.option("--yes", is_flag=True, help="Add it although many pages hold it.")
@as_person
def add(term: str, person: str | None, *, yes: bool, **given: str) -> None:
    """Look for TERM from now on.

    A term that more than a quarter of the pages hold is asked about before it is signed.

    Example: schoolgate term add "brook rat" --category insult --reason "Said of our neighbours"
    """
    carry_out(Wish(act=Act.ADD, word=term, **given), person, agreed=yes)


@command.command("soften")
@click.argument("term", default="")
@_reason
@click.option(
    "--severity",
    type=click.Choice([Severity.REVIEW.value, Severity.NOTE.value]),
    help="The most a finding may have; one step less than now if not given.",
)
@_with(*_SCOPE, *_FINDING)
@as_person
def soften(term: str, person: str | None, **given: str) -> None:
    """Make findings of TERM one step milder.

    A moderator may, with the role that decides the rule.

    Example: schoolgate term soften bloody --path "news/plays/**" --reason "Lines of a play"
    """
    carry_out(Wish(act=Act.SOFTEN, word=term, **given), person)


@command.command("allow")
@click.argument("term", default="")
@_reason
@_with(*_SCOPE, *_FINDING)
@as_person
def allow(term: str, person: str | None, **given: str) -> None:
    """Let TERM pass, reported as a note.

    A moderator may, with the role that decides the rule. With --finding the term, the rule and the
    page are those of the finding.

    Example: schoolgate term allow --finding 9c01d2 --reason "A dish on the menu" --for 3m
    """
    carry_out(Wish(act=Act.ALLOW, word=term, **given), person)


@command.command("remove")
@click.argument("entry", metavar="ID")
@as_person
def remove(entry: str, person: str | None) -> None:
    """Take entry ID out of the list.

    What was approved because of an entry is not published without it.

    Example: schoolgate term remove T-3
    """
    take_out(entry, person)


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Show those that ended or were taken out too.")
@json_or_terminal
def list_(every: bool, style: str | None) -> None:
    """List the entries, every signature verified.

    Example: schoolgate term list
    """
    workspace, standing = open_list()
    steps = verify_steps(list_folder(workspace).read(), standing.trust)
    terms = in_force(steps, standing)
    rows = [
        _row(step, step.statement.term, terms)
        for step in steps
        if step.statement.term and (every or step.digest not in terms.ended)
    ]
    show_rows(rows, _COLUMNS, style, "nothing is in the school's list")


def _row(step: Step, term: Term, terms: Terms) -> Mapping[str, object]:
    return {
        "id": step.id,
        "entry": _said(term),
        "act": term.act,
        "term": term.word,
        "severity": term.severity or "",
        "rule": term.rule,
        "category": term.category,
        "where": str(term.reach),
        "until": term.until.isoformat() if term.until else "",
        "by": step.statement.actor,
        "state": _state(step, term, terms),
        "reason": term.reason,
        "forms": term.forms,
        "scope": _scope(term.reach),
        "digest": step.digest,
        "signed_at": step.statement.issued_at.isoformat(),
    }


def _said(term: Term) -> str:
    """Say in a few words what an entry does: ``soften “bloody” to note (abusive-word)``."""
    most = f" to {term.severity}" if term.severity and term.loosens else ""
    what = term.rule or f"{term.category}, {term.severity}"
    return f"{term.act} “{term.word}”{most} ({what})"


def _scope(reach: Reach) -> list[str]:
    pairs = (("path", reach.path), ("page type", reach.page_type), ("phrase", reach.phrase))
    return [f"{name}: {value}" for name, value in pairs if value]


def _state(step: Step, term: Term, terms: Terms) -> str:
    if step.digest in terms.ended:
        told = terms.ended[step.digest].replace(" of the school's list", "")
        return told.removeprefix(f"{step.id} ")
    left = (term.until - now().date()).days if term.until else _SOON + 1
    return f"ends in {left} days" if left <= _SOON else "in force"
