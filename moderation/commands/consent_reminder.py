"""One line that says how many consents end soon, where somebody looks anyway."""

from datetime import timedelta

import click

from moderation.commands.workspace import now
from moderation.policy import Policy
from moderation.registers import Consents

_SOON, _LATER = 30, 90


def remind(consents: Consents | None, policy: Policy) -> None:
    """Say in one line how many consents for this site end soon; names nobody."""
    if consents is None:
        return
    day = policy.day(now())
    ending = consents.under(policy.consenting).expiring(day, within=_LATER)
    people = {answer.reference: answer for answer in ending if answer.channel == policy.channel}
    last = day + timedelta(days=_SOON)
    ends = (answer.end(policy.consenting.years) for answer in people.values())
    soon, later = sum(end is not None and end <= last for end in ends), len(people)
    if later:
        click.echo(
            f"{soon} {'consent ends' if soon == 1 else 'consents end'} within {_SOON} days, "
            f"{later} within {_LATER}; ask the families: schoolgate consent expiring",
            err=True,
        )
