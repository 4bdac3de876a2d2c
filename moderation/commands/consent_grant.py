"""``schoolgate consent grant``: somebody said yes."""

from datetime import date, datetime

import click

from moderation.commands.consent_store import add, known, say_unlisted, store, today_at
from moderation.commands.workspace import need_workspace
from moderation.model import UsageError
from moderation.registers import Basis, Channel, Consent, Consents, ConsentState, Respondent
from moderation.registers.lock import locked

_DAY = click.DateTime(["%Y-%m-%d"])
_CHANNEL = click.Choice([each.value for each in Channel])
_BY = click.Choice([each.value for each in Respondent])


@click.command("grant")
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
    workspace = need_workspace()
    today = today_at(workspace)
    answers = [
        Consent(
            reference=known(reference),
            channel=Channel(channel),
            state=ConsentState.GRANTED,
            with_name=with_name,
            until=until.date() if until else None,
            leaves=leaves.date() if leaves else None,
            given=today,
            by=Respondent(by),
            basis=Basis(basis),
            form=form,
        )
        for channel in channels
    ]
    consents = add(answers)
    click.echo(f"{reference}: granted for {', '.join(channels)}")
    say_unlisted([reference], workspace.registers().roll)
    accepted = consents.accepted
    for trouble in sorted({why for answer in answers if (why := answer.not_counted(accepted))}):
        click.echo(f"it is kept, but counts as no permission: {trouble}")
    _say_no_yes(consents, answers, today)


@click.command("lift")
@click.argument("reference")
def lift(reference: str) -> None:
    """Record that "must not appear" is over, as the safeguarding lead says; answers count again.

    Neither a form nor an import does this.

    Example: schoolgate consent lift P-0112
    """
    workspace = need_workspace()
    with locked(workspace.home / "registers"):
        before = workspace.registers().consents or Consents()
        if not before.must_not_appear(known(reference)):
            raise UsageError(f"{reference}: nothing is there to lift; nothing was changed")
        after = before.lifting(reference)
        store(workspace, after)
    channel = workspace.policy().channel
    consents = after.under(workspace.policy().consenting)
    state = consents.state(reference, channel, today_at(workspace))
    click.echo(f"{reference}: may appear where they said yes; for {channel} it is {state}")


def _say_no_yes(consents: Consents, answers: list[Consent], today: date) -> None:
    """Say where a yes that was just recorded changes nothing, and what would."""
    for answer in answers:
        state = consents.state(answer.reference, answer.channel, today)
        if state is ConsentState.MUST_NOT_APPEAR:
            click.echo(
                f"{answer.channel}: must not appear, all the same; if the safeguarding lead "
                f"says that this is over: schoolgate consent lift {answer.reference}"
            )
        elif state is ConsentState.EXPIRED:
            click.echo(f"{answer.channel}: expired, all the same; look at --until and --leaves")
        elif state is not ConsentState.GRANTED and not answer.not_counted(consents.accepted):
            click.echo(
                f"{answer.channel}: {state}, all the same: somebody else said no, or the no is of "
                "today; then record the yes again tomorrow"
            )
