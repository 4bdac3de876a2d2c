"""What is said of the rights of a file: by its page, a sidecar, REUSE.toml or itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from moderation.analysis.rights.licences import lacking
from moderation.commands.workspace import Workspace
from moderation.extract.credits import read_credits
from moderation.extract.licensing import REUSE, SIDECAR, annotated, read_reuse, read_sidecar
from moderation.model import Credit, Declaration, Document, SchoolgateError, Term
from moderation.pipeline.confined import read_document
from moderation.pipeline.reading import read_file
from moderation.pipeline.run import join
from moderation.policy import Policy

PAGE, BESIDE, LISTED, EMBEDDED = "the page", "the sidecar", REUSE, "the file itself"
"""Where something is said, the first counting most."""
KEYS = ("author", "holder", "licence", "title", "source", "invoice", "permission", "until")
_COMPARED = ("author", "licence")
_CC = re.compile(
    r"creativecommons\.org/(?:licen[cs]es/(?P<kind>by(?:-[a-z]+)*)/(?P<version>[0-9.]+)"
    r"|publicdomain/(?P<free>zero|mark)/1\.0)"
)
_FREE = {"zero": "CC0-1.0", "mark": "CC-PDM-1.0"}
_EMBEDDED = (
    ("author", Term.CREATOR),
    ("holder", Term.COPYRIGHT_OWNER),
    ("holder", Term.COPYRIGHT_NOTICE),
    ("title", Term.TITLE),
    ("source", Term.SOURCE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of one file.

    Args:
        path: the file
        page: the page that shows or declares it; empty where none does
        said: by whom -> what, in the order in which it counts

    """

    path: str
    page: str
    said: Mapping[str, Declaration]

    @property
    def whole(self) -> Declaration:
        """What counts, taken together."""
        whole = Declaration(path=self.path)
        for each in reversed(tuple(self.said.values())):
            given = {key: value for key in KEYS if (value := getattr(each, key))}
            whole = replace(whole, **given)
        return whole

    @property
    def places(self) -> tuple[str, ...]:
        """Where something was read."""
        return tuple(
            place for place, each in self.said.items() if each != Declaration(path=self.path)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What the page does not say and must, as only the page is approved."""
        return lacking(self.said.get(PAGE, Declaration(path=self.path)))

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Which of author and licence two places tell differently."""
        found = []
        for key in _COMPARED:
            told = {place: str(getattr(each, key)) for place, each in self.said.items()}
            words = {
                " ".join(word.casefold().split()): place for place, word in told.items() if word
            }
            if len(words) > 1:
                found.append(f"{key}: {' and '.join(words.values())}")
        return tuple(found)


def find_rights(workspace: Workspace, paths: Sequence[str]) -> Iterator[Told]:
    """Yield what is said of files.

    Args:
        workspace: the site
        paths: of pages, whose files are meant, and of files, relative to the content folder

    Raises:
        SchoolgateError: a page or a file cannot be read

    """
    policy = workspace.policy()
    pages = [path for path in paths if path.endswith(".md")]
    files = [path for path in paths if not path.endswith(".md")]
    seen = set()
    for page in pages:
        for path, said in _shown_on(workspace, page, policy).items():
            seen.add(path)
            yield tell(workspace, path, page, said)
    wanted = [path for path in files if path not in seen]
    if not wanted:
        return
    for path, page, said in _declared_anywhere(workspace, wanted, policy):
        yield tell(workspace, path, page, said)


def tell(workspace: Workspace, path: str, page: str, said: Declaration | None) -> Told:
    """Return what is said of one file, given what its page says."""
    listed, overrides = _listed(workspace, path)
    around = {BESIDE: _beside(workspace, path), LISTED: listed}
    if overrides:
        around = {LISTED: listed, BESIDE: around[BESIDE]}
    every = {PAGE: said, **around, EMBEDDED: _embedded(workspace, path)}
    return Told(path=path, page=page, said={place: each for place, each in every.items() if each})


def pages_of(workspace: Workspace, path: str) -> list[str]:
    """Name the pages that show or declare a file."""
    found = _declared_anywhere(workspace, [path], workspace.policy())
    return [page for _, page, _ in found if page]


def _shown_on(workspace: Workspace, page: str, policy: Policy) -> Mapping[str, Declaration | None]:
    """Return the files that a page shows or declares, and what it says of them."""
    data = read_file(workspace.content, page, policy.limits)
    document = read_document(page, data, policy.limits)
    read = join(document, {})
    shown = {path: None for path in sorted(set(read.targets.values())) if _is_file(path)}
    return {**shown, **read.declarations}


def _is_file(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() not in ("", ".md") and not path.startswith("..")


def _declared_anywhere(
    workspace: Workspace, paths: Sequence[str], policy: Policy
) -> Iterator[tuple[str, str, Declaration | None]]:
    """Yield each file with each page that shows or declares it; with none where none does."""
    left = set(paths)
    for file in sorted(workspace.content.rglob("*.md")):
        page = file.relative_to(workspace.content).as_posix()
        try:
            shown = _shown_on(workspace, page, policy)
        except SchoolgateError:
            continue  # a page that cannot be read is not published either
        for path in paths:
            if path in shown:
                left.discard(path)
                yield path, page, shown[path]
    yield from ((path, "", None) for path in sorted(left))


def _beside(workspace: Workspace, path: str) -> Declaration | None:
    limits = workspace.policy().limits
    if not (workspace.content / f"{path}{SIDECAR}").is_file():
        return None
    return read_sidecar(path, read_file(workspace.content, f"{path}{SIDECAR}", limits))


def _listed(workspace: Workspace, path: str) -> tuple[Declaration | None, bool]:
    """Return what the REUSE.toml nearest to a file says, and whether it counts more."""
    limits = workspace.policy().limits
    whole = PurePosixPath(workspace.content.name) / path
    best: Declaration | None = None
    for folder in reversed(whole.parents):
        place = (folder / REUSE).as_posix()
        if not (workspace.root / place).is_file():
            continue
        annotations = read_reuse(place, read_file(workspace.root, place, limits))
        found = annotated(annotations, whole.relative_to(folder).as_posix())
        if found is not None:
            best = Declaration(path=path, author=found.holder, licence=found.licence)
            if found.overrides:
                return best, True
    return best, False


def _embedded(workspace: Workspace, path: str) -> Declaration | None:
    """Return what a file says of itself; nothing where it is not there or cannot be read."""
    limits = workspace.policy().limits
    if not (workspace.content / path).is_file():
        return None
    try:
        document: Document = read_document(path, read_file(workspace.content, path, limits), limits)
    except SchoolgateError:
        return None  # the check reports it
    credits_ = [credit for credit in read_credits(document) if credit.is_own]
    said: dict[str, str] = {}
    for key, term in _EMBEDDED:
        value = next((c.value for c in credits_ if c.term is term), "")
        said[key] = said.get(key) or " ".join(value.split())
    licence = next(filter(None, map(_licence, credits_)), "")
    if not (licence or any(said.values())):
        return None
    return Declaration(
        path=path,
        author=said["author"],
        holder=said["holder"],
        title=said["title"],
        source=said["source"],
        licence=licence,
    )


def _licence(credit: Credit) -> str:
    """Return the SPDX identifier of an address of Creative Commons, else the licence as it is."""
    found = _CC.search(credit.value)
    if found and found["free"]:
        return _FREE[found["free"]]
    if found:
        return f"CC-{found['kind'].upper()}-{found['version']}"
    return credit.value if credit.term is Term.LICENCE else ""
