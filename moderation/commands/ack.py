"""``schoolgate ack``: accept a finding."""

import click

from moderation.checks.base import all_rules
from moderation.commands.actor import as_person, authenticate
from moderation.commands.output import need_reason
from moderation.commands.session import open_session
from moderation.commands.workspace import now
from moderation.review.actions.acknowledge import acknowledge


@click.command("ack")
@click.argument("submission", metavar="ID")
@click.argument("finding")
@click.option("--reason", required=True, help="Why it may be published all the same.")
@as_person
def command(submission: str, finding: str, reason: str, person: str | None) -> None:
    """Accept a FINDING of submission ID, with a reason.

    FINDING is the id that schoolgate review shows, or its first characters. Some findings nobody
    may accept; the others need the person whom the rule names.

    Example: schoolgate ack s-4kq7 9c01d2 --reason "A quotation in a history lesson"
    """
    session = open_session()
    words = need_reason(reason)
    state = session.find(submission)
    chosen, fingerprint = session.finding(session.judge(state, session.assets(state))[0], finding)
    actor = authenticate(session.workspace, session.site.trust, person)
    acknowledge(
        state.id,
        chosen,
        fingerprint,
        all_rules()[chosen.rule],
        reason=words,
        actor=actor.person,
        queue=session.queue,
        now=now(),
    )
    click.echo(f"{state.id}: {chosen.rule} {fingerprint[:8]} is accepted by {actor.person.id}")
