"""``schoolgate consent``: the consent register, encrypted outside git."""

from contextlib import nullcontext
from pathlib import Path

import click

from moderation.commands.consent_columns import (
    Columns,
    columns_of,
    forget,
    named_columns,
    remember,
    remembered,
)
from moderation.commands.consent_grant import grant, lift
from moderation.commands.consent_rows import covered, used
from moderation.commands.consent_store import consents_of, known, say_unlisted, store, today_at
from moderation.commands.consent_withdraw import prove_gone, withdraw
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.roll import read_text
from moderation.commands.session import open_session
from moderation.commands.workspace import Workspace, need_workspace
from moderation.model import UsageError
from moderation.publish.ledger import open_ledger
from moderation.registers import Consent, Consents, Roll
from moderation.registers.consent_import import (
    read_answers,
    read_questions,
)
from moderation.registers.consent_merge import Merged, merge
from moderation.registers.lock import locked
from moderation.registers.table import head_of

_SOON = 90
_FAR = 36_500
"""Days; as far as anybody may ask."""


@click.group("consent")
def command() -> None:
    """Keep the consent register, encrypted.

    It says whose picture may be shown, where, and until when. Where two answers stand, the stricter
    one wins.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the file, say what differs, change nothing.")
@click.option(
    "--column",
    "named",
    multiple=True,
    metavar="CHANNEL=HEADING",
    help="Which column asks about which channel, where the headings do not tell.",
)
@click.option("--dated", default="", metavar="HEADING", help="Which column holds the date.")
@click.option("--encoding", default="utf-8-sig", help="Of the file; UTF-8 if not given.")
def import_(
    file: Path, *, dry_run: bool, named: tuple[str, ...], dated: str, encoding: str
) -> None:
    """Add FILE to the register: an export of SIMS, Arbor, Bromcom, Google or Microsoft Forms.

    Either a row an answer, with columns reference, channel, state (and with_name, until, leaves,
    given, by, basis, form), or a row a person and a column for each question. A person is known by
    reference, by number, or by name and class, which are looked up on the roll. What --column and
    --dated say is remembered (schoolgate consent mapping). Withdrawals that are on the register
    stand until an answer with a later date says otherwise.

    Example: schoolgate consent import consent.csv
    """
    workspace = need_workspace()
    text = read_text(file, encoding)
    with locked(workspace.home / "registers") if not dry_run else nullcontext():
        registers = workspace.registers()
        answers, columns = _answers(workspace, text, file.name, (named, dated), registers.roll)
        merged = merge(registers.consents or Consents(), answers, today=today_at(workspace))
        _say(merged, answers, registers.roll)
        if dry_run:
            click.echo("nothing was changed")
            return
        store(workspace, merged.consents)
        if columns is not None:
            remember(workspace, columns)
    click.echo(f"{len(merged.consents.answers)} answers are kept, encrypted")
    click.echo(f"now delete {file.name}")


@command.command("show")
@click.argument("references", nargs=-1, required=True)
@json_or_terminal
def show(references: tuple[str, ...], style: str | None) -> None:
    """Say where people stand today, by reference and channel.

    Example: schoolgate consent show P-0112
    """
    workspace = need_workspace()
    today = today_at(workspace)
    consents = consents_of(workspace)
    usual = workspace.policy().channel
    rows = []
    for reference in map(known, references):
        asked = {answer.channel for answer in consents.answers if answer.reference == reference}
        for channel in sorted({usual, *asked}):
            end = consents.end(reference, channel)
            rows.append(
                {
                    "reference": reference,
                    "channel": channel,
                    "state": consents.state(reference, channel, today),
                    "with name": "yes" if consents.may_name(reference, channel, today) else "no",
                    "until": end.isoformat() if end else "",
                    "note": "; ".join(consents.not_counted(reference, channel)),
                }
            )
    columns = ("reference", "channel", "state", "with name", "until", "note")
    show_rows(rows, columns, style, "nobody asked for")


@command.command("expiring")
@click.option(
    "--within",
    type=click.IntRange(0, _FAR),
    default=_SOON,
    help=f"Days; {_SOON} if not given.",
)
@json_or_terminal
def expiring(within: int, style: str | None) -> None:
    """List the answers that end soon, so that families are asked again in time.

    Example: schoolgate consent expiring --within 30
    """
    workspace = need_workspace()
    today = today_at(workspace)
    consents = consents_of(workspace)
    rows = [
        {
            "reference": answer.reference,
            "channel": answer.channel,
            "ends": end.isoformat(),
            "days": (end - today).days,
        }
        for answer in consents.expiring(today, within=within)
        if (end := answer.end(consents.accepted.years))
    ]
    show_rows(rows, ("reference", "channel", "ends", "days"), style, "none ends so soon")


@command.command("coverage")
@json_or_terminal
def coverage(style: str | None) -> None:
    """Count, by class and channel, who may be shown and who was never asked.

    Example: schoolgate consent coverage
    """
    workspace = need_workspace()
    today = today_at(workspace)
    consents, roll = consents_of(workspace), workspace.registers().roll
    if roll is None:
        raise UsageError("no roll here; bring one in with schoolgate roll import class-list.csv")
    rows = covered(consents, roll, usual=workspace.policy().channel, today=today)
    columns = ("class", "channel", "pupils", "granted", "not", "unknown")
    show_rows(rows, columns, style, "the roll is empty")


@command.command("where-used")
@click.argument("reference")
@json_or_terminal
def whereused(reference: str, style: str | None) -> None:
    """List the pages and pictures that somebody is declared in, published and not.

    Example: schoolgate consent where-used P-0112
    """
    who, session = known(reference), open_session()
    rows = used(session.workspace, who, open_ledger(session.site.statements).units)
    columns = ("page", "picture", "here", "published")
    show_rows(rows, columns, style, "no page here declares them in a picture")


@command.command("mapping")
@click.option("--forget", "forgotten", is_flag=True, help="Forget it, and ask anew next time.")
@json_or_terminal
def mapping(forgotten: bool, style: str | None) -> None:
    """Show which columns of an export ask about what, as an import was told or asked.

    Only headings are kept, in the private folder of the site; no answer and no name.

    Example: schoolgate consent mapping
    """
    workspace = need_workspace()
    if forgotten:
        forget(workspace)
    rows = remembered(workspace).rows
    show_rows(rows, ("asks about", "heading"), style, "nothing is remembered")


def _answers(
    workspace: Workspace,
    text: str,
    source: str,
    told: tuple[tuple[str, ...], str],
    roll: Roll | None,
) -> tuple[list[Consent], Columns | None]:
    """Read an export, and say which question was taken to ask about which channel."""
    headings = head_of(text, source=source)
    if {"channel", "state"} <= set(headings):
        return list(read_answers(text, source=source)), None
    named = named_columns(*told, headings)
    columns = columns_of(workspace, text, source, headings, named)
    questions = {channel: heading for channel, heading in columns.questions.items() if heading}
    for channel, heading in questions.items():
        click.echo(f"{channel} is answered by the column “{heading}”")
    read = read_questions(text, questions=questions, roll=roll, dated=columns.dated, source=source)
    return list(read), columns


def _say(merged: Merged, answers: list[Consent], roll: Roll | None) -> None:
    click.echo(f"{len(answers)} answers read, {merged.new} new or changed")
    if merged.contradicting:
        who = ", ".join(merged.contradicting)
        click.echo(f"two answers that contradict each other, the stricter counts: {who}")
    if merged.kept:
        click.echo(f"a no from before, and so it stays: {', '.join(merged.kept)}")
    say_unlisted((answer.reference for answer in answers), roll)


command.add_command(grant)
command.add_command(lift)
command.add_command(withdraw)
command.add_command(prove_gone)
