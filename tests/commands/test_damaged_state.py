"""Files of a site's state, damaged in every way: each is refused by name, and never a traceback."""

import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moderation.attest import ApprovalLog, Signer, Trust, verify_log, wrap_key
from moderation.attest.canonical import MOST, canonical
from moderation.attest.checkpoint import read_checkpoint
from moderation.attest.envelope import parse_envelope
from moderation.attest.keys import read_key
from moderation.attest.log import SignedFolder
from moderation.attest.state_file import read_state
from moderation.attest.term_statement import PAYLOAD_TYPE, TermStatement
from moderation.attest.terms import verify_steps
from moderation.attest.trust_chain import earlier_versions, read_chain
from moderation.commands import cli
from moderation.model import IntegrityError, Role, Severity, digest_of
from moderation.policy.terms import Act, Term
from moderation.publish.manifest import OutputManifest
from moderation.publish.signed_release import read_release
from moderation.publish.site import load_site
from tests.publish.school import NOW, SIGNERS, TRUST, School, first_version, make_school

DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
WORDS = "correct horse battery staple"  # of invented people, in a temporary folder
SECRET = "It rained"  # words of a page that was taken down
TRUST_FILE, FIRST_TRUST = ".schoolgate/trust.json", ".schoolgate/trust/000001.json"
APPROVAL, TERM = ".schoolgate/approvals/000002.json", ".schoolgate/terms/000001.json"
MANIFEST, RELEASE, CHECKPOINT = "site.manifest.json", "site.release.json", "checkpoint.txt"
KEY = "../home/keys/d-1.key"
POLICY, SITE_ID = ".schoolgate/policy.toml", ".schoolgate/site-id"
STRICT = '[approval.statutory]\nroles = [\n  "head",\n  "executive",\n]\n'

OPENING = (
    ("status",),
    ("verify",),
    ("build",),
    ("audit", "verify"),
    ("release", "show", RELEASE),
    ("approve", "s-abcdefghij", "--digest", "12345678", "--as", "d-1"),
)
"""Commands that open the whole state."""

READERS: dict[str, tuple[tuple[str, ...], ...]] = {
    TRUST_FILE: (*OPENING, ("trust", "show")),
    FIRST_TRUST: (*OPENING, ("trust", "show")),
    APPROVAL: OPENING,
    TERM: OPENING,
    MANIFEST: (("verify",), ("verify", "--site"), ("release", "copy", "../deployed", "--fresh")),
    RELEASE: (
        ("release", "show", RELEASE),
        ("verify", "--release", RELEASE),
        ("verify", "--deployed", RELEASE),
        ("release", "copy", "../deployed", "--fresh"),
    ),
    KEY: (("audit", "checkpoint", "--sign", "--as", "d-1"),),
    CHECKPOINT: (("audit", "verify", "--checkpoint", CHECKPOINT),),
    POLICY: (*OPENING[:4], ("policy", "check"), ("check", "content/index.md")),
    SITE_ID: (*OPENING, ("policy", "check"), ("check", "content/index.md")),
}
"""Which commands read which file."""

OTHER_SITE = "is the private folder of another site"
"""What is said where the id was replaced by another that could be one."""

SETTINGS = {POLICY, SITE_ID}
"""Not signed each by itself: a school writes them, and they are refused as wrong settings are."""


@dataclass(frozen=True)
class Place:
    """A school with everything it can have, and a way to run commands there."""

    root: Path

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    def file(self, name: str) -> Path:
        return (self.root / name).resolve()


def _enter(place: Path, patch: pytest.MonkeyPatch) -> Place:
    patch.setenv("SCHOOLGATE_HOME", str(place / "home"))
    patch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(place / "passphrase"))
    patch.setenv("COLUMNS", "200")
    patch.setattr("moderation.commands.actor.COST", 2**10)
    for name in ("build", "verify", "release", "session", "trusting", "audit", "status"):
        patch.setattr(f"moderation.commands.{name}.now", lambda: NOW)
    patch.chdir(place / "school")
    return Place(place / "school")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the school once, build its site and sign a release and a checkpoint."""
    place = tmp_path_factory.mktemp("damaged")
    school = make_school(place / "school")
    school.trust(TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key))
    school.put(SITE_ID, "oak\n")
    school.put(POLICY, STRICT)
    _add_term(school)
    keys = place / "home" / "keys"
    keys.mkdir(parents=True)
    (place / "home" / "site-id").write_text("oak\n")
    (keys / "d-1.key").write_text(wrap_key(DEPLOYER, WORDS, cost=2**10))
    (place / "passphrase").write_text(WORDS)
    with pytest.MonkeyPatch.context() as patch:
        at = _enter(place, patch)
        for words in (
            ("build",),
            ("release", "sign", "--first", "--as", "d-1"),
            ("audit", "checkpoint", "--out", CHECKPOINT),
            *OPENING[:5],
        ):
            result = at.run(*words)
            assert result.exit_code in (0, 4), (words, result.output)
    return place


def _add_term(school: School) -> None:
    word = Term(
        act=Act.ADD, word="swot", reason="unkind", category="insult", severity=Severity.BLOCK
    )
    statement = TermStatement(
        actor="m-1",
        seq=1,
        prev="",
        issued_at=NOW - timedelta(hours=1),
        site=first_version(school.root / ".schoolgate"),
        term=word,
    )
    envelope = SIGNERS["m-1"].sign(statement.to_payload(), PAYLOAD_TYPE)
    SignedFolder(school.root / ".schoolgate" / "terms").add(envelope, 1, "")


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    shutil.copytree(made, tmp_path / "place", symlinks=True)
    return _enter(tmp_path / "place", monkeypatch)


Damage = Callable[[Path], None]


def _bytes(change: Callable[[bytes], bytes]) -> Damage:
    def damage(file: Path) -> None:
        file.write_bytes(change(file.read_bytes()))

    return damage


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _dangling(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _unreadable(file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads every file")
    file.chmod(0)


DAMAGES: dict[str, Damage] = {
    "empty": _bytes(lambda _: b""),
    "one byte": _bytes(lambda data: data[:1]),
    "half": _bytes(lambda data: data[: len(data) // 2]),
    "without its end": _bytes(lambda data: data.rstrip()[:-1]),
    "not UTF-8": _bytes(lambda data: data[:40] + b"\xff\xfe" + data[40:]),
    "zeros": _bytes(lambda data: bytes(len(data))),
    "words": _bytes(lambda _: b"hello\n"),
    "a list": _bytes(lambda _: b"[]\n"),
    "a number": _bytes(lambda _: b"1\n"),
    "nothing": _bytes(lambda _: b"null\n"),
    "an empty record": _bytes(lambda _: b"{}\n"),
    "nested": _bytes(lambda _: b"[" * 100_000),
    "a long number": _bytes(lambda _: b'{"version":' + b"9" * 5_000 + b"}"),
    "huge": _bytes(lambda data: data + b" " * (MOST + 1)),
    "a folder": _folder,
    "a link to nothing": _dangling,
    "unreadable": _unreadable,
    "a pipe": _pipe,
}


OFTEN = ("empty", "without its end", "not UTF-8", "a list", "nested", "a folder", "a pipe")
"""What is tried in every run; the rest where there is time."""


HARMLESS = {(POLICY, "empty"): "a policy that says nothing is one: the defaults"}
"""Damages that leave a file which may be so."""


def _mend(file: Path, whole: bytes) -> None:
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink()
    file.write_bytes(whole)


def _told(result: Result, name: str) -> str:
    """Say what is wrong with how a command refused a damaged file."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return f"ended with {result.exception!r}"
    if result.exit_code != 4 and not (result.exit_code == 2 and name in SETTINGS):
        return f"exit {result.exit_code}"
    named = Path(name).name in result.output or (name == SITE_ID and OTHER_SITE in result.output)
    if not named:
        return "does not name the file"
    if "Traceback" in result.output or SECRET in result.output:
        return "says too much"
    return ""


def _all_refused(place: Place, name: str, commands: Sequence[tuple[str, ...]]) -> None:
    wrong = []
    for words in commands:
        result = place.run(*words)
        usage = result.exit_code == 2 and place.file(name).is_dir() and name in words
        if not usage and (flaw := _told(result, name)):  # click refuses a folder it is given
            wrong.append((words, flaw, result.output[-300:]))
    assert wrong == []


@pytest.mark.parametrize("name", READERS)
def test_every_command_refuses_a_file_of_which_half_is_left(place: Place, name: str) -> None:
    DAMAGES["half"](place.file(name))
    _all_refused(place, name, READERS[name])


@pytest.mark.parametrize("name", READERS)
def test_a_file_is_refused_however_it_is_damaged(place: Place, name: str) -> None:
    """One command for each damage, and in turn each command of the file."""
    file = place.file(name)
    whole, commands = file.read_bytes(), READERS[name]
    for number, damage in enumerate(OFTEN):
        if (name, damage) in HARMLESS:
            continue
        DAMAGES[damage](file)
        _all_refused(place, name, [commands[number % len(commands)]])
        _mend(file, whole)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", READERS)
def test_every_command_refuses_every_damage(place: Place, name: str, damage: str) -> None:
    if (name, damage) in HARMLESS:
        pytest.skip(HARMLESS[name, damage])
    DAMAGES[damage](place.file(name))
    _all_refused(place, name, READERS[name])


def _trust(place: Place) -> Trust:
    return load_site(place.root, now=NOW).trust


def _read_chain(place: Place) -> object:
    state = place.root / ".schoolgate"
    text = read_state(state / "trust.json")
    chain = read_chain(earlier_versions(state), text, source="trust.json", today=NOW.date())
    return chain.trust, chain.anchor


FUZZED: dict[str, Callable[[Place, Trust], object]] = {
    TRUST_FILE: lambda place, _: _read_chain(place),
    FIRST_TRUST: lambda place, _: _read_chain(place),
    APPROVAL: lambda place, trust: verify_log(
        ApprovalLog(place.root / ".schoolgate" / "approvals").read(), trust
    ),
    TERM: lambda place, trust: verify_steps(
        SignedFolder(place.root / ".schoolgate" / "terms").read(), trust
    ),
    RELEASE: lambda place, trust: read_release(
        read_state(place.file(RELEASE)), trust, source=RELEASE
    ),
    KEY: lambda place, _: read_key(read_state(place.file(KEY)), source="d-1.key"),
    CHECKPOINT: lambda place, _: read_checkpoint(
        read_state(place.file(CHECKPOINT)), source=CHECKPOINT
    ),
}


@pytest.mark.parametrize("name", FUZZED)
def test_no_altered_byte_is_believed(place: Place, name: str) -> None:
    """Whatever byte is altered, the file is refused, or says what it said before."""
    trust, file = _trust(place), place.file(name)
    chance = random.Random(8)  # noqa: S311 - the same damage in every run
    whole = file.read_bytes()
    said = FUZZED[name](place, trust)
    refused = 0
    for _ in range(500):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        file.write_bytes(data)
        try:
            assert FUZZED[name](place, trust) == said
        except IntegrityError as error:
            assert str(error)
            refused += 1
    assert refused > 450


def test_no_altered_byte_of_a_manifest_is_worse_than_an_integrity_failure(place: Place) -> None:
    """Nobody signs it: what it says is held against the output, so it may say something else."""
    chance = random.Random(8)  # noqa: S311 - the same damage in every run
    text = place.file(MANIFEST).read_bytes()
    refused = 0
    for _ in range(500):
        data = bytearray(text)
        data[chance.randrange(len(data))] ^= chance.randrange(1, 128)
        try:
            OutputManifest.from_json(data.decode("utf-8", "replace"), source=MANIFEST)
        except IntegrityError as error:
            assert str(error).startswith(MANIFEST)
            refused += 1
    assert refused > 100


def _signed_anew(place: Place, name: str, by: Signer, **changes: object) -> None:
    """Alter what was signed, and sign it with the right key: as a later version would."""
    file = place.file(name)
    envelope = parse_envelope(file.read_text(), source=name)
    body = {**json.loads(envelope.payload), **changes}
    file.write_text(by.sign(canonical(body), envelope.payload_type).text())


@pytest.mark.parametrize(
    ("name", "by", "field"),
    [
        (TRUST_FILE, SIGNERS["head"], "_type"),
        (FIRST_TRUST, SIGNERS["head"], "_type"),
        (APPROVAL, SIGNERS["m-1"], "_type"),
        (APPROVAL, SIGNERS["m-1"], "predicateType"),
        (TERM, SIGNERS["m-1"], "_type"),
        (RELEASE, DEPLOYER, "_type"),
    ],
)
def test_an_unknown_version_says_to_update(place: Place, name: str, by: Signer, field: str) -> None:
    _signed_anew(place, name, by, **{field: "https://schoolgate.example/another/v99"})
    result = place.run(*READERS[name][-1])
    assert _told(result, name) == ""
    assert "update Schoolgate" in result.output


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (MANIFEST, '"version":1', '"version":99'),
        (KEY, '"version":1', '"version":99'),
        (CHECKPOINT, "schoolgate checkpoint 1", "schoolgate checkpoint 99"),
    ],
)
def test_an_unknown_version_of_an_unsigned_file_is_refused(
    place: Place, name: str, before: str, after: str
) -> None:
    file = place.file(name)
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))
    _all_refused(place, name, READERS[name])


@pytest.mark.parametrize("words", READERS[POLICY])
def test_a_policy_that_is_nested_too_deeply_is_refused(
    place: Place, words: tuple[str, ...]
) -> None:
    place.file(POLICY).write_text(f"version = {'[' * 100_000}")
    result = place.run(*words)
    assert _told(result, POLICY) == ""
    assert "is nested too deeply" in result.output


@pytest.mark.parametrize("name", [each for each in READERS if each not in (CHECKPOINT, *SETTINGS)])
def test_a_key_that_stands_twice_is_refused(place: Place, name: str) -> None:
    file = place.file(name)
    text = file.read_text()
    file.write_text(text.replace("{", '{"version":1,"version":1,', 1))
    result = place.run(*READERS[name][0])
    assert _told(result, name) == ""
    assert "holds the same key twice" in result.output


def test_a_wrong_passphrase_is_no_damage(place: Place) -> None:
    (place.root.parent / "passphrase").write_text("wrong words altogether")
    result = place.run(*READERS[KEY][0])
    assert (result.exit_code, result.output) == (
        3,
        "schoolgate: d-1.key: wrong passphrase; try again, or ask the head for a new key\n",
    )


def test_two_persons_with_one_key_are_refused(place: Place) -> None:
    envelope = parse_envelope(place.file(TRUST_FILE).read_text(), source=TRUST_FILE)
    persons = json.loads(envelope.payload)["persons"]
    persons["m-2"]["keys"] = persons["m-1"]["keys"]
    _signed_anew(place, TRUST_FILE, SIGNERS["head"], persons=persons)
    for words in READERS[TRUST_FILE]:
        result = place.run(*words)
        assert _told(result, TRUST_FILE) == ""
        assert "m-1 and m-2 have the same key" in result.output


@pytest.mark.parametrize("name", [TRUST_FILE, APPROVAL])
def test_a_link_in_the_place_of_what_was_signed_is_refused(place: Place, name: str) -> None:
    file = place.file(name)
    away = file.with_name("elsewhere.txt")
    file.rename(away)
    file.symlink_to(away)
    _all_refused(place, name, READERS[name][:3])
