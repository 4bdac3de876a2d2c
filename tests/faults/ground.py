"""The ground that faults are tried on: a school with its people, and what the machine offers."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from moderation.attest.keys import public_key_of

PEOPLE = {"S-02": "safeguarding-lead", "S-03": "moderator", "S-04": "publisher"}
PAGE = "news/fete.md"
FILES = {
    "index.md": "# Welcome\n\nCome and see us.\n",
    PAGE: "# Fete\n\nCakes, a band and a raffle on the field.\n",
}


def lay_out(place: Path, run: Callable[..., str]) -> None:
    """Make a school with its people, a home page that is published, and a page to hand in."""
    (place / "tmp").mkdir(parents=True)
    (place / "school").mkdir()
    (place / "passphrase").write_text("correct horse battery staple")
    run(place, "init", ".", "--name", "Oak School")
    for person, role in PEOPLE.items():
        run(place, "keys", "new", person)
        key = public_key_of((place / "home" / "keys" / f"{person}.key").read_text())
        words = ("people", "add", person, "--role", role, "--key", key.public.hex())
        run(place, *words, "--as", "S-01")
    (place / "roll.csv").write_text("reference,forename,surname\nP-1,Ottoline,Quillfeather\n")
    run(place, "roll", "import", str(place / "roll.csv"))
    config = place / "school" / "mkdocs.yml"
    config.write_text(config.read_text().partition("\nnav:")[0] + "\n")
    run(place, "trust", "lock", "--as", "S-01")
    shutil.rmtree(place / "school" / "content")
    for path, text in FILES.items():
        file = place / "school" / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    run(place, "submit", "content/index.md", "--as", "S-04")
    row = json.loads(run(place, "queue", "--format", "json"))[0]
    run(place, "review", str(row["id"]), "--as", "S-03")
    digest = str(row["digest"])[:16]
    run(place, "approve", str(row["id"]), "--digest", digest, "--as", "S-03")
    run(place, "build")


def environment() -> dict[str, str]:
    """Return an environment in which nobody's own settings count."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SCHOOLGATE_")}
    for name in ("CI", "TF_BUILD", "DATABASE_URL", "NO_COLOR"):
        kept.pop(name, None)
    return kept | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONHASHSEED": "0",
        "COLUMNS": "100",
    }


def strace_works() -> bool:
    """Say whether this machine has strace and lets it watch."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return done.returncode == 0


def quick_disk() -> str | None:
    """Return a folder in memory, where a flush costs nothing and means as much; None elsewhere.

    What is asked of the disk is what counts here. That it does so is for the disk.
    """
    memory = "/dev/shm"  # noqa: S108 - a folder with a random name is made in it
    return memory if os.access(memory, os.W_OK) else None
