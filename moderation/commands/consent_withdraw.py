"""``schoolgate consent withdraw`` and ``prove``: somebody says no, and is gone from the site."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from moderation.commands.actor import as_person, authenticate
from moderation.commands.build import build_site
from moderation.commands.consent_rows import used
from moderation.commands.consent_store import add, known, say_unlisted, today_at
from moderation.commands.progress import waiting
from moderation.commands.proving import prove, remember
from moderation.commands.taking_down import take_down_all
from moderation.commands.trusting import read_site_trust
from moderation.commands.withdrawing import Search, search
from moderation.commands.workspace import Workspace, need_workspace
from moderation.model import ExitCode, SchoolgateError, UsageError
from moderation.registers import Channel, Consent, ConsentState, Respondent


@click.command("withdraw")
@click.argument("reference")
@click.option(
    "--channel",
    "channels",
    type=click.Choice([each.value for each in Channel]),
    multiple=True,
    help="All if not given.",
)
@click.option(
    "--by",
    type=click.Choice([each.value for each in Respondent]),
    default=Respondent.PARENT.value,
    help="Who said so.",
)
@click.option(
    "--state",
    type=click.Choice(["refused", "objected", "withdrawn", "must-not-appear"]),
    default=ConsentState.WITHDRAWN.value,
    help="What was said; withdrawn if not given.",
)
@click.option("--no-build", is_flag=True, help="Leave the build and the proof to CI.")
@as_person
def withdraw(
    reference: str,
    *,
    channels: tuple[str, ...],
    by: str,
    state: str,
    no_build: bool,
    person: str | None,
) -> None:
    """Record that somebody said no, and take their photos and all copies off the site at once.

    Every photo they are declared in is looked for in all that is published: cut, scaled, mirrored,
    written over, inside a PDF or an office file. What shows one is taken down with the pages that
    it was approved with; then the site is built, and it is proved that none is left.

    Example: schoolgate consent withdraw P-0112
    """
    workspace = need_workspace()
    answers = [
        Consent(
            reference=known(reference),
            channel=Channel(channel),
            state=ConsentState(state),
            given=today_at(workspace),
            by=Respondent(by),
        )
        for channel in channels or tuple(Channel)
    ]
    if not (troubles := _tried(lambda: add(answers), "the answer could not be kept")):
        click.echo(f"{reference}: {state} for {', '.join(channels) or 'every channel'}")
    try:
        _tell_unlisted(workspace, reference)
        if workspace.policy().channel in _counting(channels, state):
            _take_off(workspace, reference, person, build=not no_build, troubles=troubles)
        else:
            click.echo("the website is another channel, so nothing is taken down")
    finally:  # whatever stops the rest, what could not be done before is said
        _say(troubles)
    if troubles:
        raise SystemExit(ExitCode.NOT_CHECKED)


def _counting(channels: tuple[str, ...], state: str) -> tuple[str, ...]:
    """Return the channels on which a no counts: "must not appear" counts on all of them."""
    everywhere = not channels or state == ConsentState.MUST_NOT_APPEAR
    return tuple(Channel) if everywhere else channels


def _say(troubles: list[str]) -> None:
    for line in troubles:
        click.echo(line, err=True)


@click.command("prove")
@click.argument("reference")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: site/.")
def prove_gone(reference: str, out: Path | None) -> None:
    """Prove that no photo of somebody who said no, and no copy of one, is on the built site.

    Exits with 4 where one is left, or a file could not be looked at.

    Example: schoolgate consent prove P-0112
    """
    workspace = need_workspace()
    prove(workspace, known(reference), out or workspace.root / "site")


def _take_off(
    workspace: Workspace, reference: str, person: str | None, *, build: bool, troubles: list[str]
) -> None:
    """Take down what shows somebody, build and prove; what cannot be done joins *troubles*."""
    with waiting("looking through everything that is published"):
        found = search(workspace, reference)
    troubles += [f"{line}; look at it, and take it down if need be" for line in found.unread]
    forgotten = _tried(
        lambda: remember(workspace, reference, found.photos), "the prints could not be kept"
    )
    troubles += forgotten
    troubles += _tell_of_drafts(workspace, reference, found.paths)
    if not found.places:
        what = "nothing that could be read" if found.unread else "nothing that is published"
        click.echo(f"{what} shows them ({len(found.photos)} photos known)")
        if found.photos:
            click.echo("what was built before may; build the site, and prove it with")
            click.echo(f"  schoolgate consent prove {reference}")
        return
    for place in found.places:
        click.echo(f"  {place}")
    actor = authenticate(workspace, read_site_trust(workspace, expired=True), person)
    count, failed = take_down_all(workspace, found.paths, f"consent withdrawn: {reference}", actor)
    troubles += failed
    click.echo(f"{count} {'file is' if count == 1 else 'files are'} taken down with their pages")
    if not count:
        return
    if not build:
        click.echo("commit and push .schoolgate/approvals; when the site is built, prove it with")
        click.echo(f"  schoolgate consent prove {reference}")
        return
    click.echo("commit and push .schoolgate/approvals, so that the public site is built as well")
    _build_and_prove(workspace, reference, found, proof=not forgotten)


def _tell_unlisted(workspace: Workspace, reference: str) -> None:
    """Say if the reference is perhaps mistyped; a lost register must not stop a withdrawal."""
    with suppress(SchoolgateError, OSError):
        say_unlisted([reference], workspace.registers().roll)


def _tell_of_drafts(workspace: Workspace, reference: str, paths: tuple[str, ...]) -> list[str]:
    """Name the pictures of the working tree that nobody published and that declare somebody."""
    try:
        rows = used(workspace, reference)
    except UsageError as error:
        return [str(error)]
    for row in rows:
        if row["picture"] not in paths:
            click.echo(f"not published, but declared: content/{row['page']} in {row['picture']}")
    return []


def _build_and_prove(workspace: Workspace, reference: str, found: Search, *, proof: bool) -> None:
    out = workspace.root / "site"
    with waiting("building"):
        build_site(workspace, out)
    if not proof:  # the withdrawal is not on the register, so there is nothing to prove it against
        return
    with waiting(f"looking at every file of {out.name}/ for {len(found.photos)} photos"):
        prove(workspace, reference, out)


def _tried(act: Callable[[], object], trouble: str) -> list[str]:
    """Do *act*; a full disk or a lost register must not keep a photo on the site."""
    try:
        act()
    except OSError as error:
        return [f"{trouble} ({error.strerror}); make room and withdraw again"]
    except SchoolgateError as error:
        return [f"{trouble}: {error}; then withdraw again"]
    return []
