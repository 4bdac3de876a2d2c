"""``schoolgate status``: where submissions stand."""

from collections.abc import Iterable, Iterator
from datetime import date

import click

from moderation.commands.consent_reminder import remind
from moderation.commands.consent_witness import consents_at_hand
from moderation.commands.output import Row, json_or_terminal, show_rows
from moderation.commands.session import Session, open_session
from moderation.commands.states import COLUMNS, row
from moderation.commands.verified import tell_notes
from moderation.commands.workspace import now
from moderation.extract.publication import read_publication
from moderation.model import Publication, ReviewState, ReviewStatus, SchoolgateError
from moderation.pipeline.confined import read_document
from moderation.publish.tightened import tightened_pages
from moderation.publish.urgent import urgent_pages

_RECENT = 20


@click.command("status")
@click.argument("submission", metavar="ID", required=False)
@json_or_terminal
def command(submission: str | None, style: str | None) -> None:
    """Show where submission ID stands, or the latest ones.

    Of an approved page that is published on certain days only, these are shown as well.

    Example: schoolgate status s-4kq7
    """
    session = open_session()
    states = [session.find(submission)] if submission else session.queue.states()[-_RECENT:]
    days = dict(_days(session, states))
    urgent = urgent_pages(session.site.statements, session.site.policy, now=now())
    until = {each.submission: each.until.isoformat() for each in urgent}
    rows = [{**_row(each, days), "urgent_until": until.get(each.id)} for each in states]
    show_rows(rows, COLUMNS, style, "nothing was handed in yet")
    pages = {each.page for each in states}
    if style != "json":
        today = session.site.policy.day(now())
        for state in states:
            if state.id in days:
                click.echo(f"{state.id}: {state.page} is {_said(days[state.id], today)}")
    stricter = tightened_pages(session.site.statements, session.site.policy)
    told = [*((each.page, str(each)) for each in urgent), *((e.page, str(e)) for e in stricter)]
    tell_notes([line for page, line in told if page in pages or not submission], style)
    if not submission:
        remind(consents_at_hand(session.workspace), session.site.policy)


def _row(state: ReviewState, days: dict[str, Publication]) -> Row:
    found = days.get(state.id, Publication())
    return {
        **row(state),
        "publish": found.first.isoformat() if found.first else None,
        "expires": found.last.isoformat() if found.last else None,
    }


def _days(session: Session, states: Iterable[ReviewState]) -> Iterator[tuple[str, Publication]]:
    """Yield the ids of approved pages that have days, with these."""
    for state in states:
        page = next((ref for ref in state.assets if ref.path == state.page), None)
        if state.status is not ReviewStatus.APPROVED or page is None:
            continue
        try:
            found = read_publication(read_document(page.path, session.blobs.get(page.digest)))
        except SchoolgateError:
            continue  # the gate says why it cannot be read; it is not published
        if found != Publication():
            yield state.id, found


def _said(days: Publication, today: date) -> str:
    if days.last and today > days.last:
        return f"over: it was published up to {days.last}"
    if days.first and today < days.first:
        end = f", up to {days.last}" if days.last else ""
        return f"waiting: it is published on {days.first}{end}"
    return f"published up to {days.last}" if days.last else f"published since {days.first}"
