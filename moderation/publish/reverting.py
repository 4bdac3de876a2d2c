"""The version before: what is published again where nobody took the second look at an urgent page.

Its bytes are kept in the repository by digest when the page is published as urgent, so that a build
anywhere has them. Which bytes may stand is for the gate to say, as ever; what lies in the folder is
only looked at where an approval of two persons names its digest.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from moderation.attest import Statement
from moderation.attest.canonical import DIGEST
from moderation.attest.standing import replay
from moderation.model import Asset, AssetRef, digest_of
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.verify import read_ordinary
from moderation.registers.files import make_folder, write_atomically

FOLDER = "before"
"""Where the bytes lie, below the state of a site, each under its digest."""


def keep_before(state: Path, data: bytes) -> Path:
    """Keep the bytes of an approved page, so that it can be published again; return the file.

    Args:
        state: the folder of what is kept in git about a site
        data: the bytes

    Raises:
        OSError: the folder cannot be written

    """
    file = state / FOLDER / digest_of(data)
    make_folder(file.parent, mode=0o755)
    write_atomically(file, data, mode=0o644)
    return file


def tidy_before(state: Path, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Remove the bytes of versions that no build will put back; return those that would not go.

    What was taken down or withdrawn must not lie on in the repository: it may be about a child.

    Args:
        state: the folder of what is kept in git about a site
        statements: the log, in order

    """
    pages = {each.page for each in statements if each.urgent_until}
    wanted = {ref.digest for page in pages if (ref := page_before(statements, page))}
    left = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for file in sorted((state / FOLDER).iterdir()):
            if DIGEST.fullmatch(file.name) and file.name not in wanted:
                try:
                    file.unlink(missing_ok=True)
                except OSError as error:
                    left.append(f"{FOLDER}/{file.name}: cannot be removed ({error.strerror})")
    return tuple(left)


def page_before(statements: Sequence[Statement], page: str) -> AssetRef | None:
    """Return the version of a page that everybody needed has approved; None if there is none."""
    units = (unit for unit in replay(statements).units if unit.page == page and unit.complete)
    return next((unit.page_ref for unit in units), None)


def with_versions_before(
    state: Path,
    assets: tuple[Asset, ...],
    statements: Sequence[Statement],
    judge: Callable[[tuple[Asset, ...]], Manifest],
) -> tuple[tuple[Asset, ...], Manifest]:
    """Ask the gate, and put the version before in the place of each urgent page that ran out.

    Args:
        state: the folder of what is kept in git about a site
        assets: everything below the content folder
        statements: the verified log
        judge: the gate

    Returns:
        what is built from, and the answer of the gate to that; the urgent version stays refused

    """
    manifest = judge(assets)
    swapped = {each.path: each for each in _before(state, assets, statements, manifest)}
    if not swapped:
        return assets, manifest
    why = [Refusal(each.path, each.reason) for each in manifest.refused if each.path in swapped]
    content = tuple(swapped.get(asset.path, asset) for asset in assets)
    answer = judge(content)
    told = {each.path for each in answer.refused}
    return content, answer.refusing(each for each in why if each.path not in told)


def _before(
    state: Path, assets: Sequence[Asset], statements: Sequence[Statement], manifest: Manifest
) -> Iterator[Asset]:
    """Yield the versions before of the refused pages that were urgent once."""
    alone = [each for each in statements if each.urgent_until]
    urgent = {ref for each in alone for ref in each.subjects if ref.path == each.page}
    refused = {each.path for each in manifest.refused} & {ref.path for ref in urgent}
    for asset in assets if refused else ():
        if asset.path not in refused or _ref(asset) not in urgent:
            continue
        ref = page_before(statements, asset.path)
        data = _kept(state, ref) if ref else None
        if data is not None:
            yield Asset(asset.path, data)


def _kept(state: Path, ref: AssetRef) -> bytes | None:
    """Return the bytes of *ref* if they are kept and whole; None leaves the page out."""
    file = state / FOLDER / ref.digest
    try:
        if file.stat().st_size != ref.size:
            return None
        data = read_ordinary(str(file))
    except OSError:
        return None
    return data if data is not None and digest_of(data) == ref.digest else None


def _ref(asset: Asset) -> AssetRef:
    return AssetRef(asset.path, asset.digest, len(asset.data))
