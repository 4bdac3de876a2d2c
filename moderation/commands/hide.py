"""``schoolgate hide``: cover faces in a photo, for good."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from moderation.commands.keeping import put
from moderation.commands.workspace import Workspace, find_workspace, now
from moderation.extract.declarations import read_declarations
from moderation.model import Face, SchoolgateError, UsageError
from moderation.pipeline.confined import call, read_document
from moderation.pipeline.reading import read_file, read_tree
from moderation.policy import Limits, Policy, default_policy
from moderation.registers.consent import ConsentState
from moderation.registers.files import make_folder, write_atomically


@click.command("hide")
@click.argument("photo", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", metavar="NUMBERS", help="Whom to hide, by number: 2,5.")
@click.option(
    "--without-consent", is_flag=True, help="Hide everybody, if nobody declared has said yes."
)
def command(photo: Path, people: str | None, without_consent: bool) -> None:
    """Cover faces in PHOTO with a solid fill, so that nothing of them is left.

    Without an option the people in it are listed with their numbers, and a copy with numbered
    boxes is written. A file of the site is replaced and its original kept in the private folder;
    of any other file a changed copy is written beside it. Nobody is recognised: where only some of
    those declared have no consent, say yourself whom to hide.

    Example: schoolgate hide content/photos/sports-day.jpg --people 2,5
    """
    if people is not None and without_consent:
        raise UsageError("say either --people or --without-consent")
    numbers = _numbers(people) if people is not None else []
    workspace = find_workspace(photo.parent)
    policy = workspace.policy() if workspace else default_policy()
    data = read_file(photo.resolve().parent, photo.resolve().name, policy.limits)
    faces = _look(data, policy.limits)
    if not numbers and not without_consent:
        _list(workspace, photo, data, faces, policy.limits)
        return
    chosen = (
        _chosen(numbers, faces) if numbers else _without_consent(workspace, photo, faces, policy)
    )
    if not chosen:
        click.echo("everybody declared has consent, and nobody else is seen; nothing was changed")
        return
    _hide(workspace, photo, data, chosen, policy.limits)


def _hide(
    workspace: Workspace | None, photo: Path, data: bytes, chosen: Sequence[Face], limits: Limits
) -> None:
    from moderation.pipeline.confined import tasks

    hidden = call(tasks.hide, data, tuple(chosen), limits)
    told = put(workspace, photo, data, hidden, word="hidden")
    click.echo(f"{len(chosen)} hidden, and not found again; {told}")


def _look(data: bytes, limits: Limits) -> tuple[Face, ...]:
    """Find the people, in the picture as it is displayed."""
    from moderation.analysis.vision import is_available
    from moderation.pipeline.confined import tasks

    if not is_available():
        raise UsageError("nothing here can find people in pictures; install onnxruntime")
    faces = call(tasks.find_people, call(tasks.as_jpeg, data, limits))
    if not faces:
        raise UsageError("nobody is seen in the picture; cover by hand whom you see yourself")
    return faces


def _list(
    workspace: Workspace | None, photo: Path, data: bytes, faces: Sequence[Face], limits: Limits
) -> None:
    from moderation.pipeline.confined import tasks

    for number, face in enumerate(faces, 1):
        frame = f", picture {face.frame + 1} of the animation" if face.frame else ""
        click.echo(f"{number:3}  {face.region}{frame}")
    if workspace is None:
        return
    plain = call(tasks.as_jpeg, data, limits)
    folder = workspace.home / "review"
    make_folder(folder)
    shown = folder / f"{photo.stem}-numbers.jpg"
    write_atomically(shown, call(tasks.numbered, plain, tuple(faces), limits))
    click.echo(f"the numbers are drawn on {shown}; choose with --people")


def _numbers(people: str) -> list[int]:
    words = [word.strip() for word in people.split(",")]
    if not all(word.isascii() and word.isdecimal() for word in words):
        raise UsageError("--people: write numbers such as 2,5; schoolgate hide PHOTO lists them")
    return sorted({int(word) for word in words})


def _chosen(numbers: Sequence[int], faces: Sequence[Face]) -> tuple[Face, ...]:
    if numbers[0] < 1 or numbers[-1] > len(faces):
        raise UsageError(f"--people: there are {len(faces)} people; schoolgate hide lists them")
    return tuple(faces[number - 1] for number in numbers)


def _without_consent(
    workspace: Workspace | None, photo: Path, faces: Sequence[Face], policy: Policy
) -> tuple[Face, ...]:
    """Return every face if nobody declared may be shown, none if all may."""
    if workspace is None:
        raise UsageError("no site here, so nobody is declared; name the people with --people")
    consents = workspace.registers().consents
    if consents is None:
        raise UsageError("no consent register here; bring it in with schoolgate consent import")
    consents = consents.under(policy.consenting)
    declared = set(_declared(workspace, workspace.content_path(photo), policy.limits))
    day, granted = now().date(), ConsentState.GRANTED
    may = {who for who in declared if consents.state(who, policy.channel, day) is granted}
    if declared and may == declared and len(faces) <= len(declared):
        return ()
    if may:
        raise UsageError(
            f"{len(faces)} people are seen and {len(may)} of the {len(declared)} declared may be "
            "shown; which is which only you can tell: name the others with --people"
        )
    return tuple(faces)


def _declared(workspace: Workspace, path: str, limits: Limits) -> Iterator[str]:
    """Yield whom the pages of the site declare in the file at *path*."""
    for asset in read_tree(workspace.content, limits).assets:
        if not asset.path.endswith(".md"):
            continue
        try:
            declaration = read_declarations(read_document(asset.path, asset.data, limits)).get(path)
        except SchoolgateError:
            continue  # a page that cannot be read is not published either
        yield from (declaration.people or ()) if declaration else ()
