"""What is tried after an attack: the gate, the build, the proof; and what a moderator is shown."""

import gzip
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from moderation.commands.revealing import hidden_texts
from moderation.model import SchoolgateError, Severity
from moderation.pipeline.api import check_files
from moderation.policy import default_policy
from moderation.publish.build import build
from moderation.publish.deploy import read_built
from moderation.publish.folder import walk
from moderation.publish.manifest import Manifest
from moderation.publish.site import Site, SiteFiles, examine, load_site
from moderation.publish.verify import differences, outdated
from tests.attacks.scenario import AttackedSite, Outcome, Scenario

EPOCH = 1_700_000_000
UNTOUCHED = frozenset({"index.md", "news/fair.md", "photos/fair.jpg"})
"""What stays approved on every copy unless a row spoils it; with the download and its page."""


def try_all(scenario: Scenario, site: AttackedSite) -> Outcome:
    """Go the whole public way, and look for the canary where the public would see it.

    Where each file that the gate admits, ``mkdocs.yml`` and every file of the theme is free of the
    canary, names included, and nothing happens after the gate, there is nothing left that a build
    could bring: it is made of those bytes and of nothing else. That build is saved.
    """
    with surroundings(site.environment):
        try:
            state = load_site(site.root, now=site.now, witness=site.witness, anchor=site.anchor)
            files, manifest = examine(state, now=site.now)
        except SchoolgateError as error:
            return Outcome(told=str(error))
        told = answers(manifest)
        later = site.forced or site.between is not None or site.afterwards is not None
        if not later and not let_in(site, files, manifest):
            return Outcome(told=told)
        if site.between is not None:
            site.between()
        return _build(scenario, site, state, files, manifest, told)


def _build(
    scenario: Scenario,
    site: AttackedSite,
    state: Site,
    files: SiteFiles,
    manifest: Manifest,
    told: str,
) -> Outcome:
    limits = state.policy.limits
    try:
        made = build(files, manifest, site.out, limits=limits, epoch=EPOCH, now=site.now)
    except SchoolgateError as error:
        return Outcome(through=_traces(site), told=f"{told}\n{error}")
    told += "".join(f"\n{each}" for each in made.left_out)
    if site.afterwards is not None:
        site.afterwards(site.out)
        wrong = (*differences(site.out, read_built(site.out)), *outdated(made, manifest))
        told += "".join(f"\n{each}" for each in wrong)
        accepted = () if wrong else (f"verify accepts what became of {site.out.name}/",)
        return Outcome(through=accepted, told=told)
    return Outcome(through=_traces(site), told=told)


def _traces(site: AttackedSite) -> tuple[str, ...]:
    """Name what of the canary is on the site, and whether a program of the attacker ran."""
    carriers = (each.data for each in site.handed[1:])
    found = found_in(site.out, site.canary, carriers)
    ran = (site.content / "news" / f"{site.slug}.html").exists()
    return (*found, "a program of the attacker ran") if ran else found


def answers(manifest: Manifest) -> str:
    """Write what the gate says of every file that it refuses."""
    return "\n".join(str(each) for each in (*manifest.refused, *manifest.dated))


def let_in(site: AttackedSite, files: SiteFiles, manifest: Manifest) -> bool:
    """Say whether the canary is in anything that a build would be made from."""
    word, handed = site.canary.encode(), {each.path for each in site.handed}
    allowed = {ref.path: ref.digest for ref in manifest.admitted}
    admitted = [each for each in files.content if allowed.get(each.path) == each.digest]
    given = (*admitted, *files.theme)
    return word in files.settings.data or any(
        each.path in handed or word in each.path.encode() or word in each.data for each in given
    )


def found_in(folder: Path, canary: str, files: Iterable[bytes] = ()) -> tuple[str, ...]:
    """Name every file below *folder* in whose bytes or name the canary is, packed ones too.

    Args:
        folder: what a build made
        canary: the word
        files: whole files that carry it in a form of their own, such as deflated

    """
    return found_among(read_all(folder), canary, files)


def read_all(folder: Path) -> Mapping[str, bytes]:
    """Read everything below *folder*, through links as a web server would, and unpack it."""
    found = {}
    for path, ordinary in walk(folder):
        data = (folder / path).read_bytes() if ordinary or (folder / path).is_file() else b""
        found[path] = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return found


def found_among(
    output: Mapping[str, bytes], canary: str, files: Iterable[bytes] = ()
) -> tuple[str, ...]:
    """Name the files of *output* that hold the canary; see :func:`found_in`."""
    word, carriers = canary.encode(), frozenset(files)
    return tuple(
        path
        for path, data in output.items()
        if data in carriers or word in data or word in path.encode()
    )


def shown_to_the_moderator(site: AttackedSite) -> str:
    """Say what the checks and the look of a moderator bring up about what was handed in.

    Findings that a moderator must answer, files that no check could read, and of the texts that
    are out of a visitor's sight those that hold the canary. The source of the page, which
    ``schoolgate review`` prints as well, is not counted: nobody is asked to find anything there.
    """
    verdict = check_files(site.handed, families=_FAMILIES, today=site.now.date())
    lines = [
        f"{each.rule}: {each.message}"
        for each in verdict.findings
        if each.severity >= Severity.REVIEW
    ]
    lines += [f"error: {each.message}" for each in verdict.errors]
    rows = hidden_texts(site.handed, default_policy().limits)
    lines += [f"shown as {row['carrier']}" for row in rows if site.canary in row["text"]]
    return "\n".join(lines)


_FAMILIES = ("people", "images", "rights", "files", "access", "duties")
"""All but the language of the page, which these rows do not play with."""


@contextmanager
def surroundings(given: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
