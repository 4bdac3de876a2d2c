"""A release is deployed once it is the newest, whole, and rests on the repository of today."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from moderation.attest import Decision, Signer, parse_envelope, write_trust
from moderation.attest.log import SignedFolder
from moderation.attest.term_statement import PAYLOAD_TYPE as TERM
from moderation.attest.term_statement import TermStatement
from moderation.model import Asset, IntegrityError, Role, Severity, UsageError, digest_of
from moderation.policy.terms import Act, Term
from moderation.publish.deploy import (
    copy_release,
    left_behind,
    next_release,
    read_built,
    read_text,
    release_path,
    require_deployable,
    require_unforgotten,
)
from moderation.publish.folder import manifest_path
from moderation.publish.grounds import read_grounds
from moderation.publish.manifest import Origin, OutputFile, OutputManifest
from moderation.publish.release import Head, Release
from moderation.publish.signed_release import sign_release
from moderation.publish.site import Site, examine, load_site
from tests.publish.school import (
    HOME,
    NOW,
    OLD,
    SIGNERS,
    TRUST,
    School,
    first_version,
    make_school,
)

DEPLOYER = Signer.from_seed("d-1", bytes.fromhex(digest_of(b"d-1")))
TRUSTING = TRUST.with_person("d-1", frozenset({Role.DEPLOYER})).with_key("d-1", DEPLOYER.key)
OUTPUT = {"index.html": b"<h1>Welcome</h1>", "news/fair/index.html": b"<h1>The fair</h1>"}


@dataclass(frozen=True)
class Stage:
    """A school, an output folder beside it, and what was deployed last."""

    school: School

    @property
    def out(self) -> Path:
        return self.school.root / "site"

    @property
    def target(self) -> Path:
        return self.school.root.parent / "www" / "school"

    def build(self) -> OutputManifest:
        """Write an output folder with its manifest, as a build would."""
        _, manifest = examine(self.site(), now=NOW)
        files = [
            OutputFile(path=path, digest=digest_of(data), size=len(data), origin=Origin.PAGE)
            for path, data in OUTPUT.items()
        ]
        made = OutputManifest(files=tuple(files), content=manifest.admitted, kit=(), epoch=1)
        for path, data in OUTPUT.items():
            target = self.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        manifest_path(self.out).write_text(made.to_json())
        return made

    def site(self, now: datetime = NOW) -> Site:
        return load_site(self.school.root, now=now)

    def sign(self, last: Release | None = None, *, now: datetime = NOW) -> Release:
        """Sign a release of what stands in the output folder."""
        made = self.build()
        release = next_release(self.site(now), made, last, signer="d-1", now=now)
        self.put(release)
        return release

    def put(self, release: Release, *, name: str = "") -> Path:
        file = self.school.root / name if name else release_path(self.out)
        file.write_text(sign_release(release, DEPLOYER, TRUSTING))
        return file

    def check(self, *deployed: Path, now: datetime = NOW) -> Release:
        file = release_path(self.out)
        return require_deployable(self.site(now), file, read_built(self.out), deployed, now=now)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    school = make_school(tmp_path / "school", trust=TRUSTING)
    return Stage(school)


def entry(school: School, number: int) -> Path:
    return school.root / ".schoolgate" / "approvals" / f"{number:06}.json"


def test_a_release_names_everything_it_rests_on(stage: Stage) -> None:
    release = stage.sign()
    last = parse_envelope(entry(stage.school, 4).read_text(), source="4").payload
    trust = parse_envelope(
        (stage.school.root / ".schoolgate" / "trust.json").read_text(), source="t"
    ).payload
    site = stage.site()
    assert (release.number, release.prev, release.site) == (1, "", "oak")
    assert release.rests.approvals == Head(4, digest_of(last))
    assert release.rests.trust == Head(1, digest_of(trust))
    assert release.rests.terms == Head(0)
    assert release.rests.policy == site.policy.digest
    assert release.files == stage.build().published
    assert stage.check() == release


def test_the_files_of_a_release_are_copied_and_nothing_else(stage: Stage) -> None:
    release = stage.sign()
    (stage.out / "extra.html").write_text("not built")
    made, text = read_built(stage.out), read_text(release_path(stage.out))
    copy_release(stage.out, release, text, made, stage.target, now=NOW)
    files = {
        path.relative_to(stage.target).as_posix(): path.read_bytes()
        for path in stage.target.rglob("*")
        if path.is_file()
    }
    assert files == OUTPUT
    assert list(left_behind(stage.out, release)) == ["extra.html"]
    assert read_text(release_path(stage.target)) == text
    assert read_built(stage.target) == made


@pytest.mark.parametrize("spoil", ["change", "remove", "link", "folder"])
def test_a_copy_of_a_changed_site_leaves_the_old_site(stage: Stage, spoil: str) -> None:
    release = stage.sign()
    made, text = read_built(stage.out), read_text(release_path(stage.out))
    copy_release(stage.out, release, text, made, stage.target, now=NOW)
    file = stage.out / "index.html"
    file.unlink()
    if spoil == "change":
        file.write_bytes(b"<h1>Welcomf</h1>")
    elif spoil == "link":
        file.symlink_to(stage.target / "index.html")
    elif spoil == "folder":
        file.mkdir()
    with pytest.raises(IntegrityError, match=r"^index\.html: "):
        copy_release(stage.out, release, text, made, stage.target, now=NOW)
    assert (stage.target / "index.html").read_bytes() == OUTPUT["index.html"]


def test_a_copy_replaces_no_folder_that_no_release_made(stage: Stage) -> None:
    release = stage.sign()
    made, text = read_built(stage.out), read_text(release_path(stage.out))
    stage.target.mkdir(parents=True)
    (stage.target / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds files that no build made"):
        copy_release(stage.out, release, text, made, stage.target, now=NOW)
    assert [each.name for each in stage.target.iterdir()] == ["diary.txt"]
    assert not release_path(stage.target).exists()


def test_the_next_release_follows_the_one_deployed(stage: Stage) -> None:
    first = stage.sign()
    deployed = stage.put(first, name="deployed.json")
    second = stage.sign(first)
    assert (second.number, second.prev) == (2, first.digest)
    assert stage.check(deployed) == second


def test_the_same_release_may_be_deployed_once_more(stage: Stage) -> None:
    first = stage.sign()
    assert stage.check(stage.put(first, name="deployed.json")) == first


def test_an_older_release_is_refused(stage: Stage) -> None:
    first = stage.sign()
    deployed = stage.put(stage.sign(first), name="deployed.json")
    stage.put(first)
    with pytest.raises(IntegrityError) as error:
        stage.check(deployed)
    assert str(error.value) == (
        "site.release.json: is release 1, and release 2 was deployed last; sign a new release that "
        "follows it"
    )


def test_a_forked_release_is_refused(stage: Stage) -> None:
    first = stage.sign()
    deployed = stage.put(first, name="deployed.json")
    other = replace(first, issued_at=NOW - timedelta(minutes=1))
    for fork in (replace(first, number=2, prev=other.digest), other):
        stage.put(fork)
        with pytest.raises(IntegrityError, match="deployed last"):
            stage.check(deployed)


def test_the_last_takedown_cannot_be_deleted(stage: Stage) -> None:
    deployed = stage.put(stage.sign(), name="deployed.json")
    entry(stage.school, 4).unlink()  # the takedown of last year's fair
    site = stage.site()
    assert "news/old.md" in [ref.path for ref in examine(site, now=NOW)[1].admitted]
    with pytest.raises(IntegrityError) as error:
        require_unforgotten(site, [deployed], now=NOW)
    assert str(error.value) == (
        ".schoolgate/approvals: lacks entry 4, or has another one there, that stood when the site "
        "was deployed last; restore the folder from git"
    )


def test_the_last_takedown_cannot_be_replaced(stage: Stage) -> None:
    deployed = stage.put(stage.sign(), name="deployed.json")
    entry(stage.school, 4).unlink()
    stage.school.sign(Asset("index.md", HOME.encode()))  # another entry 4
    with pytest.raises(IntegrityError, match="lacks entry 4, or has another one there"):
        require_unforgotten(stage.site(), [deployed], now=NOW)


def test_a_log_that_only_grew_is_not_behind(stage: Stage) -> None:
    release = stage.sign()
    deployed = stage.put(release, name="deployed.json")
    old = Asset("news/old.md", OLD.encode())
    stage.school.sign(old, decision=Decision.TAKEDOWN)
    assert require_unforgotten(stage.site(), [deployed], now=NOW) == (release,)


def _takedown(stage: Stage) -> None:
    stage.school.sign(Asset("index.md", HOME.encode()), decision=Decision.TAKEDOWN)


def _shorter(stage: Stage) -> None:
    entry(stage.school, 4).unlink()


def _people(stage: Stage) -> None:
    stage.school.trust(TRUSTING.with_person("p-2", frozenset({Role.PUBLISHER})))


def _policy(stage: Stage) -> None:
    stage.school.put(".schoolgate/policy.toml", "[limits]\napproval_days = 700\n")


def _list(stage: Stage) -> None:
    _add_term(stage, 1, "")


def _add_term(stage: Stage, seq: int, prev: str) -> str:
    statement = TermStatement(
        actor="m-1",
        seq=seq,
        prev=prev,
        issued_at=NOW - timedelta(hours=1),
        site=first_version(stage.school.root / ".schoolgate"),
        term=Term(
            act=Act.ADD,
            word=f"swot{seq}",
            reason="unkind",
            category="insult",
            severity=Severity.BLOCK,
        ),
    )
    payload = statement.to_payload()
    folder = SignedFolder(stage.school.root / ".schoolgate" / "terms")
    folder.add(SIGNERS["m-1"].sign(payload, TERM), seq, prev)
    return digest_of(payload)


STATES: dict[str, tuple[Callable[[Stage], None], str]] = {
    "a takedown": (_takedown, "the log of decisions"),
    "an entry less": (_shorter, "the log of decisions"),
    "other people": (_people, "the people of the site"),
    "another policy": (_policy, "the policy"),
    "another list": (_list, "the school's list"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_release_of_another_state_is_refused(stage: Stage, state: str) -> None:
    change, what = STATES[state]
    stage.sign()
    change(stage)
    with pytest.raises(IntegrityError) as error:
        stage.check()
    assert str(error.value) == (
        f"site.release.json: was signed for another state of {what}; build the site and sign a "
        "release again"
    )


def test_a_step_of_the_list_cannot_be_deleted(stage: Stage) -> None:
    first = _add_term(stage, 1, "")
    _add_term(stage, 2, first)
    deployed = stage.put(stage.sign(), name="deployed.json")
    (stage.school.root / ".schoolgate" / "terms" / "000002.json").unlink()
    with pytest.raises(IntegrityError) as error:
        require_unforgotten(stage.site(), [deployed], now=NOW)
    assert str(error.value).startswith(".schoolgate/terms: lacks entry 2, or has another one")


def _newer_people(stage: Stage, expires: date) -> None:
    """Let the head sign a second version of the people."""
    state = stage.school.root / ".schoolgate"
    stage.school.trust(TRUSTING)
    first = (state / "trust.json").read_text()
    previous = digest_of(parse_envelope(first, source="first").payload)
    second = replace(TRUSTING, version=2, previous=previous, expires=expires)
    stage.school.put(".schoolgate/trust/000001.json", first)
    stage.school.put(".schoolgate/trust.json", write_trust(second, SIGNERS["head"]))


def test_a_list_that_changes_while_it_is_read_is_refused(stage: Stage) -> None:
    site = stage.site()
    _add_term(stage, 1, "")
    with pytest.raises(IntegrityError) as error:
        read_grounds(site)
    assert str(error.value) == ".schoolgate/terms: changed while it was read; try again"


def test_people_of_an_older_version_are_refused(stage: Stage) -> None:
    expires = TRUSTING.expires
    _newer_people(stage, expires)
    deployed = stage.put(stage.sign(), name="deployed.json")
    _newer_people(stage, expires - timedelta(days=1))  # the same number, and other people
    with pytest.raises(IntegrityError, match="that was deployed last or one after it"):
        require_unforgotten(stage.site(), [deployed], now=NOW)
    for name in ("trust/000001.json", "trust.json"):
        (stage.school.root / ".schoolgate" / name).unlink()
    stage.school.trust(TRUSTING)
    with pytest.raises(IntegrityError) as error:
        require_unforgotten(stage.site(), [deployed], now=NOW)
    assert str(error.value) == (
        ".schoolgate/trust.json: is version 1, and not the version 2 that was deployed last or one "
        "after it; restore it from git"
    )


def test_people_who_do_not_follow_those_that_were_deployed_are_refused(stage: Stage) -> None:
    expires, state = TRUSTING.expires, stage.school.root / ".schoolgate"
    _newer_people(stage, expires)
    deployed = stage.put(stage.sign(), name="deployed.json")
    _newer_people(
        stage, expires - timedelta(days=1)
    )  # another second version, and a third after it
    second = (state / "trust.json").read_text()
    previous = digest_of(parse_envelope(second, source="second").payload)
    third = replace(TRUSTING, version=3, previous=previous)
    stage.school.put(".schoolgate/trust/000002.json", second)
    stage.school.put(".schoolgate/trust.json", write_trust(third, SIGNERS["head"]))
    with pytest.raises(
        IntegrityError, match="is version 3, and not the version 2 that was deployed"
    ):
        require_unforgotten(stage.site(), [deployed], now=NOW)


def test_a_clock_behind_the_last_deployment_is_refused(stage: Stage) -> None:
    deployed = stage.put(
        replace(stage.sign(), issued_at=NOW + timedelta(days=3)), name="deployed.json"
    )
    with pytest.raises(IntegrityError) as error:
        require_unforgotten(stage.site(), [deployed], now=NOW)
    assert str(error.value) == (
        "the site was deployed last on 2026-11-24, and the clock of this machine says 2026-11-21; "
        "set it right"
    )


def test_a_release_signed_in_the_future_is_refused(stage: Stage) -> None:
    stage.put(replace(stage.sign(), issued_at=NOW + timedelta(days=2)))
    with pytest.raises(IntegrityError, match="was signed in the future"):
        stage.check()


@pytest.mark.parametrize("field", ["files", "content", "epoch"])
def test_a_release_of_another_build_is_refused(stage: Stage, field: str) -> None:
    stage.sign()
    file = manifest_path(stage.out)
    body = json.loads(file.read_text())
    body[field] = body[field] + 1 if field == "epoch" else body[field][:-1]
    file.write_text(json.dumps(body))
    with pytest.raises(IntegrityError) as error:
        stage.check()
    assert str(error.value) == (
        "site.release.json: is not a release of what was built here; build the site and sign a "
        "release again"
    )


def test_nothing_is_signed_after_a_decision_was_deleted(stage: Stage) -> None:
    first = stage.sign()
    entry(stage.school, 4).unlink()
    with pytest.raises(IntegrityError, match="lacks entry 4"):
        stage.sign(first)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (None, "is missing; restore it from a copy"),
        (b"\xff", "byte 1 is not UTF-8; restore it from a copy"),
        (b"x" * (16 * 1024 * 1024 + 1), "is longer than 16,777,216 bytes; restore it from a copy"),
    ],
    ids=["missing", "binary", "long"],
)
def test_a_damaged_file_is_named(tmp_path: Path, data: bytes | None, trouble: str) -> None:
    file = tmp_path / "r.json"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(IntegrityError) as error:
        read_text(file)
    assert str(error.value) == f"r.json: {trouble}"


def test_a_site_without_its_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError) as error:
        read_built(tmp_path / "site")
    assert str(error.value) == "site.manifest.json: is missing; build the site again"
