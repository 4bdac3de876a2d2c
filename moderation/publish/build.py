"""The build: admitted bytes into a clean folder, MkDocs there, the output checked, then swapped in.

MkDocs never sees the working tree. What it gets are the bytes that the gate hashed, a
configuration made from checked settings, and the theme as data; what it makes is compared with
what was approved before anything of it reaches ``site/``.
"""

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from moderation.attest import Statement
from moderation.model import Asset, AssetRef, BuildError, Document, UsageError
from moderation.pipeline.confined import read_document
from moderation.policy import Limits
from moderation.publish.child import Child, run_mkdocs
from moderation.publish.credits import Credits, make_credits
from moderation.publish.effective import Export, effective_config
from moderation.publish.folder import check_place, kept_folders, put_in_place, read_folder
from moderation.publish.front_matter import front_matter_troubles
from moderation.publish.kit import Kit, load_kit, locked
from moderation.publish.layout import CREDITS, PAGE_ENDING, lay_out
from moderation.publish.links import dead_links
from moderation.publish.manifest import Manifest, OutputManifest, Refusal
from moderation.publish.output import Expected, OutputError, guarded
from moderation.publish.reading import changed_since, checked_output
from moderation.publish.recorder import ABSENT, CREDITED, RENDERED
from moderation.publish.site import SiteFiles
from moderation.registers.aside import folder_aside, remove_abandoned

EPOCH = "SOURCE_DATE_EPOCH"
SECONDS = 600.0
_CREDITS_FOLDER = "credits/index.md"
_LISTED = b"---\ntitle: Credits\nsearch:\n  exclude: true\n---\n"
_EXPORT = "schoolgate-build-"
_AGAIN = 2  # builds after the first, each without the pages that came out otherwise than approved
_EARLIEST = 315_532_800  # 1980: what a zip file can hold, so that a site can be packed


def build(
    site: SiteFiles,
    manifest: Manifest,
    out: Path,
    *,
    limits: Limits,
    epoch: int,
    now: datetime,
    root: Path | None = None,
    seconds: float = SECONDS,
) -> OutputManifest:
    """Build the admitted files into *out*; a build that fails leaves *out* as it was.

    A page that cannot be built as it was approved is left out, and named in what is returned, so
    that it does not keep on the site what was taken down elsewhere.

    Args:
        site: everything the build is made from (see :func:`moderation.publish.site.examine`)
        manifest: the answer of the gate
        out: where the site stands; the manifest of the output is written beside it
        limits: the most that is read
        epoch: the time the output shows, in seconds since 1970 (see :func:`build_epoch`)
        now: aware time, for clearing up only
        root: the folder with ``mkdocs.yml``, whose other folders *out* must not be
        seconds: the most that MkDocs may take

    Raises:
        BuildError: no page can be built, or the fault lies not in single pages
        PolicyError: the navigation names a page that the site never had
        UsageError: *out* must not be replaced
        OSError: the disk is full, or *out* cannot be written

    """
    kept = kept_folders(root, site.settings.theme_dir) if root else ()
    check_place(out, now=now, kept=kept)
    files, made = _build_sound(site, manifest, limits, {}, Child(epoch=epoch, seconds=seconds))
    put_in_place(files, made.to_json(), out, now=now)
    return made


def build_otherwise(
    site: SiteFiles, manifest: Manifest, *, limits: Limits, epoch: int
) -> OutputManifest:
    """Build in other surroundings than usual, only to say what comes out; no folder is touched.

    Args:
        site: everything the build is made from
        manifest: the answer of the gate
        limits: the most that is read
        epoch: the time the output shows, in seconds since 1970

    Raises:
        BuildError: as of :func:`build`
        PolicyError: likewise

    """
    child = Child(epoch=epoch, seconds=SECONDS, otherwise=True)
    return _build_sound(site, manifest, limits, {}, child)[1]


def build_epoch(environment: Mapping[str, str], statements: Sequence[Statement]) -> int:
    """Return the time that the output shows, so that two builds of the same files are the same.

    ``SOURCE_DATE_EPOCH`` if it is set (https://reproducible-builds.org/specs/source-date-epoch/),
    or else the time of the last decision.

    Raises:
        UsageError: the variable is not a number of seconds

    """
    given = environment.get(EPOCH, "")
    if given:
        if not (given.isascii() and given.isdigit() and len(given) < 12):
            raise UsageError(f"{EPOCH}: must be a number of seconds since 1970")
        return int(given)
    times = [statement.issued_at for statement in statements]
    return int(max(times).timestamp()) if times else _EARLIEST


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """What is built, found sound as far as that can be told before MkDocs runs.

    Args:
        admitted: the files, by path
        pages: those that are pages, read, by path
        kit: the locked theme
        laid: where each file will stand in the output
        known: paths that the site has or had
        absent: by page the links whose address is taken out
        credits: what is said of the declared files

    """

    admitted: Mapping[str, Asset]
    pages: Mapping[str, Document]
    kit: Kit
    laid: Mapping[str, str]
    known: frozenset[str]
    absent: Mapping[str, list[str]]
    credits: Credits

    def expected(self, site: SiteFiles, articles: Mapping[str, str]) -> Expected:
        """Return what the output must be."""
        return Expected(
            assets=self.admitted,
            pages=self.pages,
            articles=articles,
            laid=self.laid,
            kit=self.kit,
            site_url=site.settings.site_url,
            words=json.dumps(site.settings.values.get("nav", []), ensure_ascii=False),
            credits=self.credits,
        )


def _prepare(
    site: SiteFiles, manifest: Manifest, limits: Limits, left: dict[str, Sequence[str]]
) -> _Prepared:
    """Take the admitted bytes but for the pages in *left*, to which each faulty one is added."""
    allowed = frozenset(manifest.admitted)
    admitted = {asset.path: asset for asset in site.content if _ref(asset) in allowed}
    for ref in manifest.admitted:
        if ref.path not in admitted:
            raise BuildError(f"{ref.path}: changed after the gate looked at it; build again")
    admitted = {path: asset for path, asset in admitted.items() if path not in left}
    read = (asset for path, asset in admitted.items() if path.endswith(PAGE_ENDING))
    pages = {asset.path: read_document(asset.path, asset.data, limits) for asset in read}
    kit = load_kit(site.theme)
    known = site.formerly | {a.path for a in site.content} | {r.path for r in manifest.refused}
    absent, wrong = dead_links(pages.values(), admitted=admitted, known=known)
    for page in pages.values():
        troubles = [*wrong.get(page.path, ()), *front_matter_troubles(page), *_misplaced(page)]
        troubles += changed_since(admitted[page.path], manifest)
        if troubles:
            left[page.path] = troubles
    if left.keys() & pages.keys():  # without these, more links lead to what is not published
        return _prepare(site, manifest, limits, left)
    if left and not pages:
        raise OutputError([line for lines in left.values() for line in lines], left)
    if not pages:
        raise BuildError("no page is approved yet; approve the home page first")
    folders = site.settings.directory_urls
    laid = lay_out(sorted(admitted), directory_urls=folders)
    return _Prepared(
        admitted=admitted,
        pages=pages,
        kit=kit,
        laid=laid,
        known=known,
        absent=absent,
        credits=make_credits(pages, laid, directory_urls=folders, always=site.credited),
    )


def _misplaced(page: Document) -> Iterator[str]:
    """Yield why a page has no place on the site."""
    if page.path in (CREDITS, _CREDITS_FOLDER):
        yield f"{page.path}: stands where the build lists who made each file; rename it"


def _build_sound(
    site: SiteFiles,
    manifest: Manifest,
    limits: Limits,
    left: dict[str, Sequence[str]],
    child: Child,
    *,
    again: int = _AGAIN,
) -> tuple[Mapping[str, bytes], OutputManifest]:
    """Build all but the pages in *left*, to which each one that comes out wrong is added."""
    prepared = _prepare(site, manifest, limits, left)
    try:
        files, articles = _run(prepared, site, child)
        expected = prepared.expected(site, articles)
        files = guarded(files, expected)
        checked = checked_output(files, expected)
    except OutputError as error:
        # What is wrong with most pages is the theme's fault, and the old site better than no site.
        if not again or not 0 < len(error.pages) <= len(prepared.pages) / 2:
            raise
        left |= error.pages
        return _build_sound(site, manifest, limits, left, child, again=again - 1)
    return files, OutputManifest(
        files=checked,
        content=tuple(ref for ref in manifest.admitted if ref.path not in left),
        kit=locked(site.settings, site.theme),
        epoch=child.epoch,
        left_out=tuple(_refusal(path, why) for path in sorted(left) for why in left[path]),
    )


def _refusal(path: str, trouble: str) -> Refusal:
    return Refusal(path, trouble.removeprefix(f"{path}:").lstrip())


def _ref(asset: Asset) -> AssetRef:
    return AssetRef(asset.path, asset.digest, len(asset.data))


def _run(
    prepared: _Prepared, site: SiteFiles, child: Child
) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """Let MkDocs build the export; return its output and what it made of each page."""
    admitted = prepared.admitted
    scratch = Path(tempfile.gettempdir()).resolve()
    remove_abandoned(scratch, _EXPORT)
    with folder_aside(scratch, _EXPORT) as place:
        export = Export(root=place)
        config = effective_config(site.settings, export, admitted=admitted, known=prepared.known)
        _write_export(export, config, admitted, site.theme)
        _write_notes(export, prepared, site)
        run_mkdocs(export, child, paths=admitted)
        return read_folder(export.site), _articles(export, prepared.pages)


def _write_export(
    export: Export,
    config: str,
    admitted: Mapping[str, Asset],
    theme: Collection[Asset],
) -> None:
    recorder = (resources.files("moderation.publish") / "recorder.py").read_bytes()
    for folder in (export.docs, export.theme):
        folder.mkdir()
    for asset in admitted.values():
        _write(export.docs / asset.path, asset.data)
    for asset in theme:
        _write(export.theme / asset.path, asset.data)
    _write(export.hook, recorder)
    _write(export.config, config.encode())


def _write_notes(export: Export, prepared: _Prepared, site: SiteFiles) -> None:
    """Write what our hook reads, and the empty page that it turns into the page of credits."""
    made = prepared.credits
    notes = {
        "captions": made.captions,
        "pages": {CREDITS: made.page} if made.page else {},
        "prefix": prepared.expected(site, {}).prefix,
    }
    _write(export.root / ABSENT, json.dumps(prepared.absent).encode())
    _write(export.root / CREDITED, json.dumps(notes).encode())
    if made.page:
        _write(export.docs / CREDITS, _LISTED)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:  # never over another file, never through a link
        file.write(data)


def _articles(export: Export, pages: Collection[str]) -> Mapping[str, str]:
    """Read back what the hook kept of each page; a page without one is refused later."""
    kept = ((path, export.root / RENDERED / f"{path}.html") for path in pages)
    return {path: file.read_bytes().decode() for path, file in kept if file.is_file()}
