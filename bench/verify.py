"""Verifying: a release of 10,000 files against as many git signatures, and an unchanged site.

CPU seconds, best of three. The signatures are those of commits that git signs with an SSH key made
on the spot (or an OpenPGP key, where ssh-keygen is not there); some are checked, and the figure is
scaled to as many as there are files.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from moderation.attest import Signer, Trust, TrustedPerson
from moderation.commands.build import build_site
from moderation.commands.last_build import Answer, LastBuild
from moderation.commands.workspace import Workspace
from moderation.model import AssetRef, Role, digest_of
from moderation.publish.release import Head, Release, Rests
from moderation.publish.signed_release import read_release, sign_release
from moderation.publish.site import load_site
from moderation.publish.verify import changes

FILES, SIZE, SIGNATURES = 10_000, 3_000, 200
MOST_SECONDS, LEAST_TIMES, MOST_DECISION = 1.0, 50, 0.3
_ROUNDS = 3
_NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
_ROOT = Path(__file__).parents[1]


def main() -> int:
    """Print the figures; return 1 where one is beyond its limit."""
    with tempfile.TemporaryDirectory(prefix="schoolgate-bench-") as name:
        place = Path(name)
        ours = _release(place / "release")
        theirs = _signatures(place / "git")
        decision = _unchanged(place / "school")
    print(f"a release of {FILES:,} files of {SIZE:,} bytes, verified: {ours:.2f} s", end="")
    print(f" (limit {MOST_SECONDS:.1f})")
    failed = ours > MOST_SECONDS
    if theirs is None:
        print("git or a program to sign with is not here, so there is nothing to compare with")
    else:
        scaled = theirs / SIGNATURES * FILES
        print(f"as many git signatures: {scaled:.1f} s", end="")
        print(f" ({SIGNATURES} checked in {theirs:.2f} s, and scaled)")
        print(f"times faster: {scaled / ours:.0f} (at least {LEAST_TIMES})")
        failed |= scaled / ours < LEAST_TIMES
    print(f"nothing changed in the example school, decided: {decision:.2f} s", end="")
    print(f" (limit {MOST_DECISION:.1f})")
    return int(failed or decision > MOST_DECISION)


def _release(folder: Path) -> float:
    """Return the seconds for signature, list and bytes of a whole site."""
    signer = Signer.generate("d-1")
    head = Signer.generate("h-1")
    people = ((signer, Role.DEPLOYER), (head, Role.HEAD))
    trust = Trust(
        site="bench",
        version=1,
        expires=date(2027, 11, 1),
        persons={
            each.person: TrustedPerson(id=each.person, roles=frozenset({role}), keys=(each.key,))
            for each, role in people
        },
    )
    refs = []
    for number in range(FILES):
        path = f"news/{number // 100:03}/{number:05}/index.html"
        data = hashlib.shake_128(path.encode()).digest(SIZE)
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(data)
        refs.append(AssetRef(path, digest_of(data), SIZE))
    x = digest_of(b"x")
    rests = Rests(
        trust=Head(1, x), approvals=Head(1, x), terms=Head(0), policy=x, kit=x, content=x, epoch=1
    )
    release = Release(
        site="bench",
        number=1,
        prev="",
        signer="d-1",
        issued_at=_NOW,
        rests=rests,
        files=tuple(refs),
    )
    text = sign_release(release, signer, trust)

    def verify() -> None:
        read = read_release(text, trust, source="release")
        if changes(folder, {each.path: each.digest for each in read.files}):
            raise AssertionError("the site that was written is not the one that was signed")

    return _best(verify, time.process_time)


def _signatures(folder: Path) -> float | None:
    """Return the seconds for :data:`SIGNATURES` signed commits; None where git cannot sign."""
    folder.mkdir()
    configured = _configure(folder)
    if not configured:
        return None
    environment, settings = configured

    def git(*arguments: str) -> str:
        command = ["git", *(part for each in settings for part in ("-c", each)), *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    git("init", "--quiet")
    for number in range(SIGNATURES):
        git("commit", "--quiet", "--allow-empty", "-S", "-m", f"page {number}")
    commits = git("rev-list", "HEAD").split()
    if len(commits) != SIGNATURES:
        raise AssertionError("git made another number of commits")
    return _best(lambda: git("verify-commit", *commits), _children)


def _configure(folder: Path) -> tuple[dict[str, str], list[str]] | None:
    """Return environment and settings with which git signs."""
    if not shutil.which("git"):
        return None
    who = {"NAME": "Bench", "EMAIL": "bench@school.example"}
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{part}_{key}": value
            for part in ("AUTHOR", "COMMITTER")
            for key, value in who.items()
        },
    }
    if shutil.which("ssh-keygen"):
        key = folder / "key"
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
        subprocess.run(make, check=True, capture_output=True)
        signers = folder / "signers"
        signers.write_text(f"{who['EMAIL']} {key.with_suffix('.pub').read_text()}")
        ssh = ("gpg.format=ssh", f"user.signingkey={key}")
        return environment, [*ssh, f"gpg.ssh.allowedSignersFile={signers}"]
    if not shutil.which("gpg"):
        return None
    environment["GNUPGHOME"] = str(folder / "gnupg")
    (folder / "gnupg").mkdir(mode=0o700)
    make = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key", who["EMAIL"]]
    subprocess.run([*make, "ed25519", "sign"], check=True, capture_output=True, env=environment)
    return environment, [f"user.signingkey={who['EMAIL']}"]


def _unchanged(folder: Path) -> float:
    """Return the seconds in which it is decided that the example school needs no new build."""
    for name in (".schoolgate", "content", "site_templates/theme"):
        shutil.copytree(_ROOT / name, folder / name)
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    workspace = Workspace(folder, folder.parent / "home")
    moment = datetime.now(UTC).replace(microsecond=0)
    out = folder / "site"
    last = LastBuild(workspace, out, moment)
    last.begin()
    made = build_site(workspace, out)
    answer: Answer = {
        "files": len(made.files),
        "admitted": len(made.content),
        "refused": [],
        "dated": [],
        "next_day": None,
        "faulty": [],
        "notes": [],
    }
    last.keep(load_site(folder, now=moment), made, answer)

    def decide() -> None:
        if LastBuild(workspace, out, moment).answer() != answer:
            raise AssertionError("the site that was just built is said to have changed")

    return _best(decide, time.process_time)


def _best(work: Callable[[], object], clock: Callable[[], float]) -> float:
    seconds = []
    for _ in range(_ROUNDS):
        start = clock()
        work()
        seconds.append(clock() - start)
    return min(seconds)


def _children() -> float:
    """Return the CPU seconds of all processes that this one started and that ended."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
