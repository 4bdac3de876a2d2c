"""``schoolgate demo``: the main job on the worked example, as a school would do it."""

import os
import shutil
from pathlib import Path

import click

from moderation.commands.staging import MARK, Stage, prepare
from moderation.commands.workspace import find_workspace
from moderation.model import BuildError, ExitCode, UsageError

_PLACE = Path("build") / "demo"
_EXAMPLE = "quillbrook-example"
"""The id of the example school's site."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where to build the site.",
)
def command(out: Path) -> None:
    """Run the main job on the worked example: hand in, check, review, approve, build, verify.

    Works in build/demo with the example's own throw-away keys; changes nothing else but --out. All
    people are invented.

    Example: schoolgate demo
    """
    place = Path.cwd() / _PLACE
    nearest = find_workspace()
    if nearest and nearest.site != _EXAMPLE:
        raise UsageError("this is a school's own site; run the demo in another folder")
    if os.path.lexists(place):
        if not (place / MARK).is_file() or place.resolve() != Path.cwd().resolve() / _PLACE:
            raise UsageError(f"{_PLACE}: is not a folder of the demo; move it away")
        shutil.rmtree(place)
    stage = prepare(place, Path.cwd() / out)
    try:
        _play(stage)
    finally:
        stage.close()
    click.echo(stage.summary())
    if stage.surprises:
        raise BuildError(f"the demo did not go as it should: {'; '.join(stage.surprises)}")


def _play(stage: Stage) -> None:
    stage.title("The office brings in the roll and the consents; both are encrypted outside git")
    stage.renew()
    stage.run("roll", "import", stage.data("roll.csv"))
    stage.run("consent", "import", stage.data("consent.csv"))
    _clean(stage)
    _named(stage)
    _abusive(stage)
    _publish(stage)


def _clean(stage: Stage) -> None:
    stage.title(
        "1. A clean page: handed in, and approved by a second person, who looks whether nobody is "
        "in the picture, as its publisher says"
    )
    page = stage.bring("clean")
    stage.run("check", f"content/{page}", expect=ExitCode.FINDINGS)
    clean = stage.submit(page)
    stage.run("review", clean.id, "--as", stage.head)
    nobody = stage.finding(clean, "no-people-declared")
    reason = ("--reason", "Nobody is in the picture, it is a drawing of a table")
    stage.run("ack", clean.id, nobody, *reason, "--as", stage.head)
    stage.run("approve", clean.id, "--digest", clean.digest[:12], "--as", stage.head)
    stage.note(page)


def _named(stage: Stage) -> None:
    stage.title("2. A page whose photo names a pupil and carries a location: must be mended first")
    page = stage.bring("named")
    stage.run("submit", f"content/{page}", "--as", stage.publisher, expect=ExitCode.FINDINGS)
    stage.note(page)


def _abusive(stage: Stage) -> None:
    stage.title(
        "3. An abusive page: nobody has accepted the findings, and the moderator rejects it"
    )
    page = stage.bring("abusive")
    abusive = stage.submit(page)
    stage.run("queue")
    approval = ("approve", abusive.id, "--digest", abusive.digest[:12])
    stage.run(*approval, "--as", stage.head, expect=ExitCode.NOT_ALLOWED)
    reason = ("--reason", "Abusive about another team")
    stage.run("reject", abusive.id, *reason, "--as", stage.moderator)
    stage.note(page)


def _publish(stage: Stage) -> None:
    stage.title("The site is built from approved bytes only, and verified")
    stage.run("build", "--out", str(stage.out))
    stage.run("verify", "--site", "--out", str(stage.out))

    stage.title("One byte of an approved page is changed behind the gate's back")
    stage.tamper("contact.md")
    stage.run("verify", expect=ExitCode.INTEGRITY)
    stage.restore("contact.md")
    stage.run("audit", "verify")
