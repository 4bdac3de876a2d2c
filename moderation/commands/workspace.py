"""Where a school's site is, and where its private files are."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from moderation.model.errors import (
    ExtractionError,
    IntegrityError,
    PolicyError,
    SchoolgateError,
    UsageError,
)
from moderation.pipeline.reading import read_file
from moderation.policy import Policy, default_policy, load_policy, looser
from moderation.policy.terms import Terms
from moderation.registers import Registers

STATE = ".schoolgate"
SITE_ID = "site-id"
HOME = "SCHOOLGATE_HOME"
FILTER = "SCHOOLGATE_ROLL_FILTER"
FINGERPRINT_KEY = "SCHOOLGATE_FINGERPRINT_KEY"
_KEY_BYTES = 32
_LONGEST_ID = 100


def now() -> datetime:
    """Return the time, in UTC and whole seconds; the one place where a command asks the clock."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A school's site on this machine.

    Args:
        root: the folder with mkdocs.yml and .schoolgate
        home: the private folder of this site, outside git

    """

    root: Path
    home: Path

    @property
    def content(self) -> Path:
        """The folder of pages and files."""
        return self.root / "content"

    @property
    def state(self) -> Path:
        """The folder of what is kept in git about the site."""
        return self.root / STATE

    def content_path(self, path: Path) -> str:
        """Return the path of a file relative to the content folder, with forward slashes.

        Raises:
            UsageError: it lies elsewhere

        """
        for candidate in (path, self.content / path):
            full = Path(os.path.abspath(candidate))  # noqa: PTH100 - must not follow links
            if full.is_relative_to(self.content) and (full.exists() or candidate != path):
                return full.relative_to(self.content).as_posix()
        raise UsageError(f"{path}: is not below {self.content.name}/; put the page there first")

    def published_path(self, path: Path) -> str:
        """Return *path* relative to the content folder; the file need not be there any more."""
        full = Path(os.path.abspath(path))  # noqa: PTH100 - must not follow links
        if full.is_relative_to(self.content):
            return full.relative_to(self.content).as_posix()
        return path.as_posix()

    def database(self) -> str:
        """Return where the queue is: DATABASE_URL, or a file in the private folder."""
        return os.environ.get("DATABASE_URL") or str(self.home / "desk.sqlite3")

    def policy(self) -> Policy:
        """Read the school's settings; looser ones count only with the head's signature.

        Raises:
            PolicyError: the file cannot be used
            IntegrityError: it is looser than the defaults and nobody signed it

        """
        text = self.policy_text()
        policy = load_policy(text)
        if text and self._is_looser(policy):
            from moderation.publish.site import load_site  # only a looser policy needs signatures

            return load_site(self.root, now=now()).policy
        return policy

    def policy_text(self) -> str:
        """Return the school's own settings as written; empty where it has none.

        Raises:
            PolicyError: the file cannot be read

        """
        path = f"{STATE}/policy.toml"
        if not os.path.lexists(self.root / path):
            return ""
        limits = default_policy().limits
        try:
            data = read_file(self.root, path, limits)
            if len(data) > limits.page_bytes:
                raise PolicyError("policy.toml: is longer than a page may be; shorten it")
            return data.decode("utf-8")
        except ExtractionError as error:  # a link, a pipe: the file is damaged, not the page
            raise PolicyError(str(error)) from None
        except UnicodeDecodeError as error:
            raise PolicyError(
                f"policy.toml: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
            ) from None

    def terms(self, policy: Policy) -> Terms:
        """Read and verify the school's own list of terms; empty where it has none.

        Raises:
            IntegrityError: an entry is damaged or not signed, or the people of the site are

        """
        if not os.path.lexists(self.state / "terms"):
            return Terms()  # nobody waits for the cryptography of a list that is not there
        from moderation.commands.trusting import read_site_list

        return read_site_list(self, policy)

    def registers(self) -> Registers:
        """Open the registers in memory; one that is not there is None.

        Raises:
            IntegrityError: a register is there and cannot be opened

        """
        folder = self.home / "registers"
        opened = Registers()
        if folder.is_dir():
            from moderation.registers.shelf import open_registers

            opened = open_registers(folder, self.vault_key(), today=now().date())
        if opened.roll is None and os.environ.get(FILTER):
            from moderation.commands.vaulting import open_filter

            return replace(opened, keyed=open_filter(Path(os.environ[FILTER])))
        return opened

    def vault_key(self, *, create: bool = False) -> bytes:
        """Return the key of the registers; see :func:`moderation.commands.vaulting.find_key`.

        Raises:
            IntegrityError: there is none, or it is damaged
            NotAuthenticatedError: wrong passphrase, or nobody is there to be asked

        """
        from moderation.commands.vaulting import find_key

        return find_key(self.home, self.site, create=create)

    @property
    def site(self) -> str:
        """The id of this site."""
        return site_id(self.root)

    def fingerprint_key(self) -> bytes:
        """Return the key under which findings keep their identity across edits.

        Raises:
            IntegrityError: it is not 32 bytes in hexadecimal

        """
        file = self.home / "fingerprint.key"
        if FINGERPRINT_KEY not in os.environ and not file.exists():
            from moderation.registers.files import make_folder, write_atomically

            make_folder(self.home)
            write_atomically(file, os.urandom(_KEY_BYTES).hex().encode())
        text = os.environ.get(FINGERPRINT_KEY) or file.read_text("ascii", "replace")
        try:
            key = bytes.fromhex(text.strip())
        except ValueError:
            key = b""
        if len(key) != _KEY_BYTES:
            raise IntegrityError(
                f"{FINGERPRINT_KEY}: no key of {_KEY_BYTES} bytes in hexadecimal, neither there "
                f"nor in {file.name} of the private folder; restore it from your backup"
            )
        return key

    @staticmethod
    def _is_looser(policy: Policy) -> bool:
        from moderation.checks.base import all_rules

        return bool(looser(policy, default_policy(), all_rules()))


def find_workspace(start: Path | None = None) -> Workspace | None:
    """Return the site that *start* (this folder, if None) lies in, or None."""
    try:
        at = Path(os.path.abspath(start or Path.cwd()))  # noqa: PTH100 - must not follow links
    except FileNotFoundError:
        raise UsageError("this folder is not there any more; go to another one") from None
    for folder in (at, *at.parents):
        if (folder / STATE).is_dir():
            return Workspace(folder, _home(folder))
    return None


def need_workspace() -> Workspace:
    """Return the site that this folder lies in.

    Raises:
        UsageError: there is none

    """
    found = find_workspace()
    if found is None:
        raise UsageError(
            f"no {STATE} folder here or above; go to your school's site, or start one with "
            "schoolgate init"
        )
    return found


def home_of(site: str) -> Path:
    """Return the private folder of a site: SCHOOLGATE_HOME, or the place the system has for it."""
    if os.environ.get(HOME):
        return Path(os.path.abspath(os.environ[HOME]))  # noqa: PTH100 - must not follow links
    from platformdirs import user_data_path

    return user_data_path("schoolgate", appauthor=False) / site


def site_id(root: Path) -> str:
    """Return the id of the site in *root*, read so that nothing in its place does harm.

    Raises:
        UsageError: it is missing or damaged

    """
    try:
        data = read_file(root, f"{STATE}/{SITE_ID}", default_policy().limits)
        site = data.decode("ascii").strip()
    except (SchoolgateError, UnicodeDecodeError):
        data, site = b"", ""
    if len(data) > _LONGEST_ID or not site.replace("-", "").isalnum():
        raise UsageError(f"{STATE}/{SITE_ID}: is missing or damaged; restore it from git")
    return site


def _home(root: Path) -> Path:
    site = site_id(root)
    home = home_of(site)
    if home.is_relative_to(root / "content") or home.is_relative_to(root / STATE):
        raise UsageError(f"{HOME}: lies inside the site; choose a folder outside it")
    if home.is_dir():
        _require_own(home, site)
    return home


def _require_own(home: Path, site: str) -> None:
    """Refuse a private folder of another site, and keep others out of our own."""
    file = home / SITE_ID
    if not file.exists():
        from moderation.registers.files import write_atomically

        with suppress(OSError):  # a full disk stops no takedown; the next command writes it
            write_atomically(file, f"{site}\n".encode("ascii"))
    elif file.read_text("ascii", "replace").strip() != site:
        raise UsageError(f"{HOME}: is the private folder of another site; choose another folder")
    if os.name == "posix" and home.stat().st_mode & 0o077:
        home.chmod(0o700)
