"""What a site's own repository says: settings, people, approvals; all of it verified.

The MkDocs plugin and every command that builds come through here, so that there is one answer to
what may be published.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from moderation.attest import Statement, Trust
from moderation.attest.log import SignedFolder
from moderation.attest.standing import replay
from moderation.attest.state_file import read_state
from moderation.attest.terms import FOLDER, Standing, read_terms
from moderation.attest.trust_chain import Chain, Lock, earlier_versions, read_chain
from moderation.attest.trust_words import differences, notes
from moderation.attest.verify import SKEW
from moderation.checks.base import all_rules
from moderation.model import Asset, AssetRef, IntegrityError, UsageError
from moderation.pipeline.reading import read_file, read_tree
from moderation.policy import Limits, Policy, default_policy, load_policy, looser
from moderation.policy.terms import Terms
from moderation.publish.gate import permitted
from moderation.publish.kit import locked
from moderation.publish.ledger import read_statements
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.reverting import with_versions_before
from moderation.publish.settings import CONFIG, CONTENT, Settings, read_settings
from moderation.publish.urgent import urgent_pages
from moderation.registers.consent_snapshot import Witness

STATE = ".schoolgate"
_POLICY = f"{STATE}/policy.toml"
_TRUST = f"{STATE}/trust.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's state in git, verified.

    Args:
        root: the folder with ``mkdocs.yml`` and ``.schoolgate``
        content: the folder of pages and files
        policy: the school's settings
        trust: who may decide
        statements: every decision, in the order of the log
        terms: the school's own list, as it is in force
        witness: the register of consents; None where this machine does not hold it
        lock: what besides the content the site may be built with
        trust_line: digest of every version of the trust file, the one in force last
        notes: what the school should be told about it

    """

    root: Path
    content: Path
    policy: Policy
    trust: Trust
    statements: tuple[Statement, ...]
    terms: Terms = field(default_factory=Terms)
    witness: Witness | None = None
    lock: Lock = field(default_factory=Lock)
    trust_line: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def trust_digest(self) -> str:
        """Digest of what was signed of the trust file in force."""
        return self.trust_line[-1] if self.trust_line else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFiles:
    """Everything a build is made from, read once and kept as bytes.

    Args:
        settings: the checked ``mkdocs.yml``
        content: every file of the content folder that could be read, admitted or not
        theme: every file of the site's own theme, by path below its folder
        formerly: paths that were approved once, whether or not they are still there
        credited: licences whose pictures are credited though they do not ask for it

    """

    settings: Settings
    content: tuple[Asset, ...]
    theme: tuple[Asset, ...] = ()
    formerly: frozenset[str] = frozenset()
    credited: frozenset[str] = frozenset()


def load_site(
    root: Path, *, now: datetime, witness: Witness | None = None, anchor: str = ""
) -> Site:
    """Read and verify a site's state in git.

    Args:
        root: the folder with ``mkdocs.yml`` and ``.schoolgate``
        now: aware time
        witness: the register of consents, where this machine holds it
        anchor: digest of a version of the trust file that must be among those that led to the one
            in force; empty asks for none

    Raises:
        IntegrityError: people, approvals or the school's list are damaged or expired, the policy is
            not the one that was signed, or is looser than the defaults and nobody signed it, or the
            clock is behind the log
        PolicyError: the policy cannot be used
        UsageError: the content folder is missing

    """
    policy = load_policy(_text(root, _POLICY) or "", source=_POLICY)
    chain = _chain(root, now, anchor)
    _refuse_looser(policy, trust := chain.trust)
    _require_content(root)
    statements = read_statements(root, f"{STATE}/approvals", trust)
    _refuse_earlier(statements, now)
    terms = _terms(root, trust, policy, now)
    _refuse_shorter(terms, statements)
    return Site(
        root=root,
        content=root / CONTENT,
        policy=policy,
        trust=trust,
        statements=statements,
        terms=terms,
        witness=witness,
        lock=chain.lock,
        trust_line=tuple(version.digest for version in chain.versions),
        notes=(*notes(trust, now.date()), *map(str, urgent_pages(statements, policy, now=now))),
    )


def examine(site: Site, *, now: datetime) -> tuple[SiteFiles, Manifest]:
    """Read every file of *site* once and say which may be built.

    Args:
        site: see :func:`load_site`
        now: aware time

    Raises:
        PolicyError: ``mkdocs.yml`` has a setting that it must not have
        ExtractionError: ``mkdocs.yml`` or a file of the theme cannot be read
        IntegrityError: they, or the programs that build, are not the locked ones

    """
    limits = site.policy.limits
    settings, theme = read_dress(site.root, limits)
    _refuse_unlocked(site.lock, settings, theme)
    tree = read_tree(site.content, limits)
    content, manifest = with_versions_before(
        site.root / STATE,
        tree.assets,
        site.statements,
        partial(
            permitted,
            statements=site.statements,
            trust=site.trust,
            policy=site.policy,
            now=now,
            terms=site.terms,
            witness=site.witness,
        ),
    )
    unreadable = (Refusal(u.path, u.reason.removeprefix(f"{u.path}: ")) for u in tree.unreadable)
    files = SiteFiles(
        settings=settings,
        content=content,
        theme=theme,
        formerly=frozenset(ref.path for each in site.statements for ref in each.subjects),
        credited=site.policy.credited,
    )
    return files, manifest.refusing(unreadable)


def _chain(root: Path, now: datetime, anchor: str) -> Chain:
    text = _text(root, _TRUST)
    if text is None:
        raise IntegrityError(f"{_TRUST}: is missing; restore it from git, or use schoolgate init")
    earlier = earlier_versions(root / STATE)
    return read_chain(earlier, text, source=_TRUST, today=now.date(), anchor=anchor)


def _require_content(root: Path) -> None:
    if not (root / CONTENT).is_dir() or (root / CONTENT).is_symlink():
        raise UsageError(f"{CONTENT}: is not a folder; put the pages there, not a link to them")


def read_dress(root: Path, limits: Limits) -> tuple[Settings, tuple[Asset, ...]]:
    """Read ``mkdocs.yml`` and the files of the site's own theme.

    Raises:
        PolicyError: ``mkdocs.yml`` has a setting that it must not have
        ExtractionError: it cannot be read
        UsageError: the theme is not a folder of ordinary files

    """
    settings = read_settings(read_file(root, CONFIG, limits))
    if not settings.theme_dir:
        return settings, ()
    folder = root / settings.theme_dir
    if not folder.is_dir() or folder.is_symlink():
        raise UsageError(f"{CONFIG}: theme.custom_dir: {settings.theme_dir} is not a folder")
    tree = read_tree(folder, limits)
    for each in tree.unreadable:
        raise UsageError(f"{settings.theme_dir}: {each.reason}")
    return settings, tree.assets


def kit_of(root: Path, limits: Limits) -> tuple[AssetRef, ...]:
    """Name by digest everything besides the content that shapes the site in *root*.

    Raises:
        SchoolgateError: see :func:`read_dress`

    """
    return locked(*read_dress(root, limits))


def _refuse_unlocked(lock: Lock, settings: Settings, theme: tuple[Asset, ...]) -> None:
    """Refuse a theme, settings or programs other than those that were locked."""
    if not lock.refs:
        return
    if changed := differences(lock.refs, locked(settings, theme)):
        raise IntegrityError(
            f"{', '.join(changed)} since {lock}; look at what is different, and if it is meant to "
            "be so, have a head run schoolgate trust lock"
        )


def _terms(root: Path, trust: Trust, policy: Policy, now: datetime) -> Terms:
    """Read the school's list; every rule is imported only where there is one to judge by it."""
    folder = root / STATE / FOLDER
    if not os.path.lexists(folder):
        return Terms()
    standing = Standing(trust=trust, policy=policy, rules=all_rules(), now=now)
    return read_terms(SignedFolder(folder), standing)


def _text(root: Path, path: str) -> str | None:
    """Return a file of the state, or None where it is not there."""
    if (root / STATE).is_symlink():
        raise IntegrityError(f"{STATE}: is a link; restore the folder from git")
    return read_state(root / path, name=path) if os.path.lexists(root / path) else None


def _refuse_earlier(statements: Sequence[Statement], now: datetime) -> None:
    """Refuse a clock that lies before the newest approval in force.

    Such a clock would bring back what has ended. One moderator with a wrong clock must not stop the
    site either: a takedown of that page ends the approval, and counts whatever the clock says.
    """
    newest = max((each.issued_at for each in statements), default=now)
    if newest <= now + SKEW:
        return
    ahead = [
        (approval.issued_at, unit.page)
        for unit in replay(statements).units
        for approval in unit.approvals
        if approval.issued_at > now + SKEW
    ]
    if ahead:
        time, page = max(ahead)
        raise IntegrityError(
            f"{STATE}/approvals: {page} was approved on {time.date()}, and the clock of this "
            f"machine says {now.date()}; set it right, or, if it is right, schoolgate takedown "
            "that page and approve it again"
        )


def _refuse_shorter(terms: Terms, statements: Sequence[Statement]) -> None:
    """Refuse a list without an entry that was there when somebody approved."""
    if not {each.terms_head for each in statements} - {""} <= terms.signed:
        raise IntegrityError(
            f"{STATE}/{FOLDER}: lacks an entry that an approval has seen; restore the folder"
            " from git"
        )


def _refuse_looser(policy: Policy, trust: Trust) -> None:
    if trust.policy == policy.digest:
        return
    if trust.policy:
        raise IntegrityError(
            f"{_POLICY}: is not the one that was signed, or Schoolgate's own defaults have changed "
            "since; look at it, and have a head sign it again (schoolgate policy sign)"
        )
    loose = looser(policy, default_policy(), all_rules())
    if loose:
        raise IntegrityError(
            f"{_POLICY}: is looser than the defaults in {', '.join(loose)}; make it stricter, or "
            "have the head sign it (schoolgate policy sign)"
        )
