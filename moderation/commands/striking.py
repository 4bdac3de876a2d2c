"""``schoolgate release strike``: what was taken down leaves the deployed site without a build."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from moderation.attest.log import ApprovalLog
from moderation.attest.trust_chain import Chain
from moderation.attest.verify import verify_log
from moderation.commands.actor import as_person, authenticate
from moderation.commands.trusting import as_anchor, read_site_chain
from moderation.commands.workspace import Workspace, need_workspace, now
from moderation.model import ExitCode, NotAllowedError, NotAuthenticatedError, SchoolgateError
from moderation.publish.deploy import read_built, read_text, release_path
from moderation.publish.folder import clear_up, put_in_place
from moderation.publish.manifest import Refusal
from moderation.publish.release import Release
from moderation.publish.signed_release import read_release, sign_release
from moderation.publish.strike import strike
from moderation.publish.taking_away import (
    Decided,
    Standing,
    read_standing,
    require_only_taken_away,
    without_taken_down,
)
from moderation.publish.verify import changes
from moderation.registers.files import write_atomically

_LATER = "the release beside it stays as it is; build the site and sign a release when you can"


def decided_by(workspace: Workspace, anchor: str) -> Decided:
    """Read who may sign, expired or not, and every signed decision, verified.

    Raises:
        IntegrityError: a version of the list of people, or the log, is damaged or not authentic

    """
    chain: Chain = read_site_chain(workspace, expired=True, anchor=anchor)
    entries = ApprovalLog(workspace.state / "approvals").read()
    return Decided(
        trust=chain.trust,
        line=tuple(version.digest for version in chain.versions),
        statements=verify_log(entries, chain.trust),
    )


@click.command("strike")
@click.argument("target", metavar="DEST", type=click.Path(file_okay=False, path_type=Path))
@click.option("--unsigned", is_flag=True, help="Take the files away, and sign no release.")
@as_anchor
@as_person
def command(target: Path, unsigned: bool, anchor: str, person: str | None) -> None:
    """Take what was taken down out of the deployed site DEST, and sign a release of what is left.

    For the day on which nothing can be built: the list of people has expired, or the theme is not
    the locked one. Only takes away: every file is one of the release before, or one of it without
    what led to what is gone. Anybody can make it again from that release and compare (schoolgate
    verify --struck). Where DEST is not what its release lists, or the disk is full, the files go
    all the same, and nothing is signed.

    Example: schoolgate release strike /srv/www/school --as CI-01
    """
    workspace = need_workspace()
    decided = decided_by(workspace, anchor)
    if unsigned:
        _only_strike(target, decided)
        return
    try:
        done = _Signed(workspace, decided, target, person).do()
    except (NotAuthenticatedError, NotAllowedError):
        raise  # somebody mistyped, and tries again
    except (SchoolgateError, OSError):
        _only_strike(target, decided)
        raise
    click.echo(done)


def prove_struck(
    workspace: Workspace, before: Path, release: Path, out: Path | None, anchor: str
) -> tuple[Release, Sequence[Refusal]]:
    """Strike the site *before* once more, and compare it with a release that somebody signed.

    Nothing is written, and the list of people may have expired.

    Args:
        workspace: the site
        before: the site that was deployed before, with its manifest and release beside it
        release: what was signed since
        out: a folder that is to hold exactly the files of that release; None compares none
        anchor: see :func:`moderation.publish.site.load_site`

    Returns:
        the release, and what of *out* is otherwise

    Raises:
        IntegrityError: the release is not what the site before comes to

    """
    decided = decided_by(workspace, anchor)
    asked = read_release(read_text(release), decided.trust, source=release.name)
    standing = read_standing(before, decided)
    require_only_taken_away(asked, standing, decided, source=release.name)
    listed = {each.path: each.digest for each in asked.files}
    return asked, changes(out, listed) if out else ()


@dataclass(frozen=True, slots=True)
class _Signed:
    """A strike that a release is signed of."""

    workspace: Workspace
    decided: Decided
    target: Path
    person: str | None

    def do(self) -> str:
        """Strike, and return what to say.

        Raises:
            SchoolgateError: it cannot be signed, and nothing was done
            OSError: the disk is full

        """
        moment, target = now(), self.target
        clear_up(target, now=moment)
        standing = read_standing(target, self.decided)
        number = standing.release.number
        made = self._signed(standing)
        if made is None and standing.built == read_built(target):
            return f"{target.name}/ holds nothing that was taken down; release {number} stays"
        left = made or standing  # an earlier strike was cut off after its release was written
        put_in_place(left.files, left.built.to_json(), target, now=moment)
        gone = len(standing.files) - len(left.files)
        return (
            f"release {left.release.number} is signed and in place; files gone from "
            f"{target.name}/: {gone}; what led there is cut out of the others"
        )

    def _signed(self, standing: Standing) -> Standing | None:
        """Sign what is left and keep the release beside the site; None where nothing goes."""
        trust = self.decided.trust
        made = without_taken_down(standing, self.decided, signer="", now=now())
        if made is None:
            return None
        actor = authenticate(self.workspace, trust, self.person)
        release = replace(made.release, signer=actor.person.id)
        text = sign_release(release, actor.signer, trust)
        write_atomically(release_path(self.target), text.encode(), mode=0o644)
        return replace(made, release=release)


def _only_strike(target: Path, decided: Decided) -> None:
    """Strike without a release."""
    struck = strike(target, decided.statements)
    click.echo(f"{target.name}/ is struck, files gone: {len(struck.removed)}; no release is signed")
    for line in (*(f"{target.name}/{each}" for each in struck.left), _LATER):
        click.echo(line, err=True)
    if struck.left:
        raise SystemExit(ExitCode.NOT_CHECKED)
