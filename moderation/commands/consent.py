"""``schoolgate consent``: the consent register, encrypted outside git."""

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click

from moderation.commands.consent_columns import dated_by, questions_of
from moderation.commands.consent_rows import covered, used
from moderation.commands.consent_store import add, consents_of, known, store
from moderation.commands.consent_withdraw import prove_gone, withdraw
from moderation.commands.output import json_or_terminal, show_rows
from moderation.commands.roll import read_text
from moderation.commands.workspace import need_workspace, now
from moderation.model import UsageError
from moderation.registers import Basis, Channel, Consent, Consents, ConsentState, Respondent, Roll
from moderation.registers.consent_import import (
    read_answers,
    read_questions,
)
from moderation.registers.consent_merge import Merged, merge
from moderation.registers.lock import locked
from moderation.registers.table import head_of

_DAY = click.DateTime(["%Y-%m-%d"])
_CHANNEL = click.Choice([each.value for each in Channel])
_BY = click.Choice([each.value for each in Respondent])
_SOON = 90


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
    reference, by number, or by name and class, which are looked up on the roll. Withdrawals that
    are on the register stand until an answer with a later date says otherwise.

    Example: schoolgate consent import consent.csv
    """
    workspace = need_workspace()
    text = read_text(file, encoding)
    with locked(workspace.home / "registers") if not dry_run else nullcontext():
        registers = workspace.registers()
        answers = _answers(text, file.name, named, dated.lower(), registers.roll)
        merged = merge(registers.consents or Consents(), answers, today=now().date())
        _say(merged, answers, registers.roll)
        if dry_run:
            click.echo("nothing was changed")
            return
        store(workspace, merged.consents)
    click.echo(f"{len(merged.consents.answers)} answers are kept, encrypted")
    click.echo(f"now delete {file.name}")


@command.command("show")
@click.argument("references", nargs=-1, required=True)
@json_or_terminal
def show(references: tuple[str, ...], style: str | None) -> None:
    """Say where people stand today, by reference and channel.

    Example: schoolgate consent show P-0112
    """
    workspace, today = need_workspace(), now().date()
    consents = consents_of(workspace)
    usual = workspace.policy().channel
    rows = []
    for reference in references:
        asked = {answer.channel for answer in consents.answers if answer.reference == reference}
        for channel in sorted({usual, *asked}):
            ends = [a.end for a in consents.standing(reference, channel) if a.end]
            rows.append(
                {
                    "reference": reference,
                    "channel": channel,
                    "state": consents.state(reference, channel, today),
                    "with name": "yes" if consents.may_name(reference, channel, today) else "no",
                    "until": min(ends).isoformat() if ends else "",
                }
            )
    show_rows(
        rows, ("reference", "channel", "state", "with name", "until"), style, "nobody asked for"
    )


@command.command("grant")
@click.argument("reference")
@click.option("--channel", "channels", type=_CHANNEL, multiple=True, required=True, help="Where.")
@click.option("--by", type=_BY, default=Respondent.PARENT.value, help="Who answered.")
@click.option(
    "--basis",
    type=click.Choice([each.value for each in Basis]),
    default=Basis.CONSENT.value,
    help="The lawful basis.",
)
@click.option("--form", required=True, help="Where the signed form is kept; no name.")
@click.option("--with-name", is_flag=True, help="The name may stand beside the picture.")
@click.option("--until", type=_DAY, help="The last day; five years if not given.")
@click.option("--leaves", type=_DAY, help="The day on which the person leaves the school.")
def grant(
    reference: str,
    *,
    channels: tuple[str, ...],
    by: str,
    basis: str,
    form: str,
    with_name: bool,
    until: datetime | None,
    leaves: datetime | None,
) -> None:
    """Record that somebody said yes, from a signed form.

    Example: schoolgate consent grant P-0112 --channel website --form "cabinet 3, 2026-09"
    """
    answers = [
        Consent(
            reference=known(reference),
            channel=Channel(channel),
            state=ConsentState.GRANTED,
            with_name=with_name,
            until=until.date() if until else None,
            leaves=leaves.date() if leaves else None,
            given=now().date(),
            by=Respondent(by),
            basis=Basis(basis),
            form=form,
        )
        for channel in channels
    ]
    add(answers)
    click.echo(f"{reference}: granted for {', '.join(channels)}")


@command.command("expiring")
@click.option("--within", default=_SOON, help=f"Days; {_SOON} if not given.")
@json_or_terminal
def expiring(within: int, style: str | None) -> None:
    """List the answers that end soon, so that families are asked again in time.

    Example: schoolgate consent expiring --within 30
    """
    today = now().date()
    rows = [
        {
            "reference": answer.reference,
            "channel": answer.channel,
            "ends": answer.end.isoformat() if answer.end else "",
            "days": (answer.end - today).days if answer.end else "",
        }
        for answer in consents_of(need_workspace()).expiring(today, within=within)
    ]
    show_rows(rows, ("reference", "channel", "ends", "days"), style, "none ends so soon")


@command.command("coverage")
@json_or_terminal
def coverage(style: str | None) -> None:
    """Count, by class and channel, who may be shown and who was never asked.

    Example: schoolgate consent coverage
    """
    workspace, today = need_workspace(), now().date()
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
    """List the pages and pictures that somebody is declared in.

    Example: schoolgate consent where-used P-0112
    """
    rows = used(need_workspace(), known(reference))
    show_rows(rows, ("page", "picture"), style, "no page here declares them in a picture")


def _answers(
    text: str, source: str, named: tuple[str, ...], dated: str, roll: Roll | None
) -> list[Consent]:
    """Read an export, and say which question was taken to ask about which channel."""
    headings = head_of(text, source=source)
    if {"channel", "state"} <= set(headings):
        return list(read_answers(text, source=source))
    questions = questions_of(text, source, headings, named)
    for channel, heading in questions.items():
        click.echo(f"{channel} is answered by the column “{heading}”")
    return list(
        read_questions(
            text,
            questions=questions,
            roll=roll,
            dated=dated_by(dated, headings),
            source=source,
        )
    )


def _say(merged: Merged, answers: list[Consent], roll: Roll | None) -> None:
    click.echo(f"{len(answers)} answers read, {merged.new} new or changed")
    if merged.contradicting:
        who = ", ".join(merged.contradicting)
        click.echo(f"two answers that contradict each other, the stricter counts: {who}")
    if merged.kept:
        click.echo(f"withdrawn before, and so it stays: {', '.join(merged.kept)}")
    listed = {pupil.reference for pupil in roll.pupils} if roll else set()
    kinds = {reference.partition("-")[0] for reference in listed}
    asked = {answer.reference for answer in answers}
    nobody = sorted(r for r in asked - listed if r.partition("-")[0] in kinds)
    if nobody:
        click.echo(f"on no roll, so look whether the reference is right: {', '.join(nobody)}")


command.add_command(withdraw)
command.add_command(prove_gone)
