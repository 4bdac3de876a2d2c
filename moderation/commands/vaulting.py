"""Where the key of the registers is: the environment, the system's keyring, or a wrapped file."""

import os
from contextlib import suppress
from pathlib import Path

from moderation.commands.actor import passphrase
from moderation.model import IntegrityError
from moderation.registers import KeyedRoll
from moderation.registers.files import make_folder, sync_folder, write_atomically
from moderation.registers.lock import locked
from moderation.registers.shelf import reseal
from moderation.registers.vault import new_key
from moderation.registers.vault_key import SHORTEST, unwrap, wrap

VAULT_KEY = "SCHOOLGATE_VAULT_KEY"
FILTER_KEY = "SCHOOLGATE_ROLL_FILTER_KEY"
NEXT_KEY = "SCHOOLGATE_VAULT_KEY_NEXT"
PASSPHRASE_FILE = "SCHOOLGATE_VAULT_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
_FILE = "vault.key"
_NEXT = "vault.key.next"
_SERVICE = "schoolgate"
_BYTES = 32
_PROMPT = "Passphrase of the registers"
_NEW_PROMPT = "New passphrase of the registers"


def find_key(home: Path, site: str, *, create: bool = False) -> bytes:
    """Return the key of the registers of a site.

    Args:
        home: the private folder of the site
        site: its id, under which the keyring knows the key
        create: make one if there is none: at random, kept by the system's keyring where it has one,
            and in any case in a file that a passphrase opens

    Raises:
        IntegrityError: there is none, it is damaged, or a change of keys was broken off
        NotAuthenticatedError: wrong passphrase, or nobody is there to be asked

    """
    if (home / _NEXT).exists():
        raise IntegrityError(
            "a change of the registers' key was broken off; go on with it: schoolgate roll rotate"
        )
    if VAULT_KEY in os.environ:
        return _from_environment(VAULT_KEY)
    kept = _kept(site)
    if kept is not None:
        return kept
    file = home / _FILE
    if file.exists():
        return unwrap(_text(file), _asked(_PROMPT))
    if not create:
        raise IntegrityError(
            f"{VAULT_KEY}: no key of the registers, neither there, nor in the keyring, nor in "
            f"{_FILE} of the private folder; restore it from your backup"
        )
    key = _made(home, _FILE)
    _keep(site, key)
    return key


def is_at_hand(home: Path, site: str) -> bool:
    """Say whether the key of the registers can be had without asking anybody.

    Raises:
        IntegrityError: what the system's keyring holds is no key

    """
    if VAULT_KEY in os.environ:
        return True
    return _kept(site) is not None or (PASSPHRASE_FILE in os.environ and (home / _FILE).exists())


def rotate(home: Path, site: str) -> int:
    """Seal every register under a new key; broken off, it goes on where it was.

    Returns:
        how many registers there are

    Raises:
        IntegrityError: a key or a register cannot be opened; then no register was changed
        NotAuthenticatedError: wrong passphrase, or nobody is there to be asked

    """
    folder, aside = home / "registers", home / _NEXT
    if VAULT_KEY in os.environ:
        with locked(folder):
            return reseal(folder, _from_environment(VAULT_KEY), _from_environment(NEXT_KEY))
    old = _kept(site) or unwrap(_text(home / _FILE), _asked(_PROMPT))
    if aside.exists():
        new = unwrap(_text(aside), _asked(f"{_NEW_PROMPT}, as given before"))
    else:
        new = _made(home, _NEXT)
    with locked(folder):
        count = reseal(folder, old, new)
    _keep(site, new)
    aside.replace(home / _FILE)
    sync_folder(home)
    return count


def open_filter(file: Path) -> KeyedRoll:
    """Open the filter of a roll that this machine does not hold.

    Raises:
        IntegrityError: the filter or its key is missing, damaged, or they do not belong together

    """
    from moderation.analysis.names.keyed import RollFilter  # only where there is a filter

    try:
        data = file.read_bytes()
    except OSError as error:
        raise IntegrityError(
            f"{file.name}: cannot be read ({error.strerror}); copy the filter of the roll again"
        ) from None
    keyed = KeyedRoll(data, _from_environment(FILTER_KEY))
    RollFilter.from_bytes(keyed.data, keyed.key)
    return keyed


def _made(home: Path, name: str) -> bytes:
    """Make a key and write it to the private folder, wrapped."""
    key = new_key()
    word = _asked(f"{_NEW_PROMPT} (at least {SHORTEST} characters)", confirm=True)
    make_folder(home)
    write_atomically(home / name, wrap(key, word).encode())
    return key


def _asked(prompt: str, *, confirm: bool = False) -> str:
    return passphrase(prompt, confirm=confirm, variable=PASSPHRASE_FILE)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise IntegrityError(f"{file.name}: cannot be read; restore it from your backup") from None


def _kept(site: str) -> bytes | None:
    """Return the key that the system's keyring holds; None if it has none, or there is no keyring.

    Raises:
        IntegrityError: what it holds is no key

    """
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(_SERVICE, site)
    except KeyringError:
        return None
    return None if text is None else _decoded(text, "the system's keyring")


def _keep(site: str, key: bytes) -> None:
    """Let the system's keyring hold the key, where there is one."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        keyring.set_password(_SERVICE, site, key.hex())


def _from_environment(variable: str) -> bytes:
    return _decoded(os.environ.get(variable, ""), variable)


def _decoded(text: str, source: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise IntegrityError(f"{source}: holds no key of {_BYTES} bytes in hexadecimal; correct it")
    return key
