import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from moderation.attest.keys import create_key, public_key_of
from moderation.attest.log import ApprovalLog
from moderation.commands.trusting import change_trust, read_site_chain
from moderation.commands.workspace import find_workspace
from moderation.model import IntegrityError
from moderation.publish.kit import PROGRAMS
from tests.commands.conftest import PASSPHRASE, School

PAGE = "# Welcome\n\nOur school is by the river.\n"


@pytest.fixture
def governed(school: School) -> School:
    """Let the head, the safeguarding lead and the moderator lead: a change takes two of them."""
    school.run("trust", "add", "S-02", "--root", "--as", "S-01")
    told = school.run("trust", "add", "S-03", "--root", "--as", "S-01").output
    assert "it needs the signature of 1 more person: commit .schoolgate" in told
    school.run("trust", "sign", "--as", "S-02")
    return school


def shown(school: School) -> dict[str, object]:
    found: dict[str, object] = json.loads(school.run("trust", "show", "--format", "json").output)
    return found


def new_key(school: School, person: str) -> str:
    text = create_key(person, PASSPHRASE, cost=2**10)
    (school.home / "keys" / f"{person}.key").write_text(text)
    return public_key_of(text).public.hex()


def approved(school: School) -> None:
    """Have the first page approved by the safeguarding lead."""
    school.write("index.md", PAGE)
    school.run("submit", "content/index.md", "--as", "S-04")
    row = json.loads(school.run("queue", "--format", "json").output)[0]
    school.run("review", row["id"], "--as", "S-01")
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-01")


def test_a_new_school_is_told_that_one_head_is_few_and_is_stopped_by_nothing(
    school: School,
) -> None:
    told = school.run("trust", "show").output
    assert "S-01 alone signs a change" in told
    assert "note: one person alone can change who may do what" in told
    assert "files and programs are locked; S-01 locked it on " in told
    assert shown(school)["version"] == 4
    assert "4 versions of the trust file, in unbroken order" in school.run("trust", "verify").output
    approved(school)
    school.run("build")


def test_init_prints_the_anchor_that_show_prints(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path / "another-home"))
    told = school.run("init", "another").output
    monkeypatch.chdir(tmp_path / "another")
    anchor = shown(school)["anchor"]
    assert f"The anchor of this site is\n  {anchor}\nWrite it down" in told
    assert "schoolgate trust lock --as S-01" in told
    assert shown(school)["version"] == 1


def test_from_three_who_lead_on_one_alone_changes_nothing(governed: School) -> None:
    assert shown(governed) == {
        **shown(governed),
        "version": 6,
        "leading": ["S-01", "S-02", "S-03"],
        "threshold": 2,
        "proposed": [],
        "notes": [],
    }
    before = governed.root / ".schoolgate" / "trust.json"
    text = before.read_text()
    told = governed.run("people", "suspend", "S-04", "--as", "S-01").output
    assert told == (
        "proposed, not in force yet: S-04 is suspended, and so is what only they approved\n"
        "it needs the signature of 1 more person: commit .schoolgate, and have them run "
        "schoolgate trust sign\n"
    )
    assert before.read_text() == text
    assert shown(governed)["proposed"] == ["S-04 is suspended"]
    signed = governed.run("trust", "sign", "--as", "S-03").output
    assert "version 7 is proposed and needs the signature of 1 more person:" in signed
    assert signed.endswith("  S-04 is suspended\nsigned and in force; commit .schoolgate\n")
    assert shown(governed)["version"] == 7
    assert not (governed.root / ".schoolgate" / "trust.next.json").exists()


def test_whoever_proposed_a_change_cannot_sign_it_alone(governed: School) -> None:
    governed.run("trust", "renew", "--as", "S-01")
    governed.run("trust", "sign", "--as", "S-04", exits=3)
    again = governed.run("trust", "sign", "--as", "S-01", exits=2)
    assert "S-01: has signed this change; another person must" in again.output
    governed.run("trust", "sign", "--as", "S-02")
    nothing = governed.run("trust", "sign", "--as", "S-02", exits=2).output
    assert "no change waits for signatures" in nothing


def test_one_change_waits_at_a_time_and_can_be_dropped(governed: School) -> None:
    governed.run("people", "suspend", "S-04", "--as", "S-01")
    second = governed.run("trust", "threshold", "3", "--as", "S-02", exits=2).output
    assert "another change waits for signatures; have it signed" in second
    governed.run("trust", "drop")
    assert "no change waits" in governed.run("trust", "drop", exits=2).output
    governed.run("trust", "threshold", "3", "--as", "S-02")
    governed.run("trust", "sign", "--as", "S-01")
    assert "it needs 1 more" not in governed.run("trust", "show").output
    governed.run("trust", "sign", "--as", "S-03")
    assert shown(governed)["threshold"] == 3


def test_a_threshold_below_two_is_refused_where_three_lead(governed: School) -> None:
    told = governed.run("trust", "threshold", "1", "--as", "S-01", exits=2).output
    assert "the number who must sign a change is 1; 3 can, and it takes 2 at least" in told


def test_a_change_made_for_another_version_is_refused_and_is_in_nobodys_way(
    governed: School,
) -> None:
    state = governed.root / ".schoolgate"
    governed.run("people", "suspend", "S-04", "--as", "S-01")
    stale = (state / "trust.next.json").read_text()
    governed.run("trust", "sign", "--as", "S-02")
    (state / "trust.next.json").write_text(stale)
    told = governed.run("trust", "sign", "--as", "S-03", exits=4).output
    assert "trust.next.json: does not follow from version 7" in told
    governed.run("people", "reinstate", "S-04", "--as", "S-01")
    governed.run("trust", "sign", "--as", "S-03")
    assert shown(governed)["version"] == 8


@pytest.mark.parametrize("text", ["", "{", "[]", "\0", '{"payload": 1}'])
def test_a_damaged_proposal_is_refused_without_a_traceback(governed: School, text: str) -> None:
    (governed.root / ".schoolgate" / "trust.next.json").write_text(text)
    assert "trust.next.json: " in governed.run("trust", "sign", "--as", "S-02", exits=4).output
    governed.run("trust", "drop")


def test_a_proposal_that_is_a_folder_or_a_link_is_refused(governed: School) -> None:
    file = governed.root / ".schoolgate" / "trust.next.json"
    file.mkdir()
    assert "is not a file" in governed.run("trust", "show", exits=4).output
    file.rmdir()
    if os.name == "posix":
        file.symlink_to(governed.root / "mkdocs.yml")
        assert "cannot be read" in governed.run("trust", "show", exits=4).output
        governed.run("trust", "drop")
        assert (governed.root / "mkdocs.yml").exists()


def test_only_those_who_lead_change_anything(school: School) -> None:
    for words in (["renew"], ["suspend", "S-04"], ["threshold", "1"], ["remove", "S-02"]):
        told = school.run("trust", *words, "--as", "S-03", exits=3).output
        assert "S-03: only a head changes who may do what" in told


def test_somebody_new_needs_a_role(school: School) -> None:
    told = school.run("trust", "add", "S-09", "--as", "S-01", exits=2).output
    assert "S-09: is new here; say with --role what they may do" in told
    key = new_key(school, "S-09")
    words = ("add", "S-09", "--role", "moderator", "--key", key, "--as", "S-01")
    assert "S-09 is moderator; commit" in school.run("trust", *words).output
    assert "signs changes" in school.run("trust", "add", "S-09", "--root", "--as", "S-01").output
    assert shown(school)["leading"] == ["S-01", "S-09"]
    school.run("trust", "add", "S-09", "--no-root", "--as", "S-01")
    assert shown(school)["leading"] == ["S-01"]


def test_two_persons_with_one_key_are_refused(school: School) -> None:
    text = (school.home / "keys" / "S-02.key").read_text()
    key = public_key_of(text).public.hex()
    told = school.run("trust", "add", "S-04", "--key", key, "--as", "S-01", exits=2).output
    assert "S-02 and S-04 have the same key" in told


def test_a_wrong_passphrase_is_told(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wrong").write_text("something else entirely")
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE_FILE", str(tmp_path / "wrong"))
    assert "wrong passphrase" in school.run("trust", "renew", "--as", "S-01", exits=3).output


def test_who_left_signs_nothing_more_and_their_approvals_stay(school: School) -> None:
    approved(school)
    school.run("trust", "add", "S-02", "--role", "head", "--as", "S-01")
    school.run("trust", "remove", "S-01", "--as", "S-02")
    assert shown(school)["leading"] == ["S-02"]
    verified = json.loads(school.run("verify", "--format", "json", exits=4).output)
    assert [each["path"] for each in verified["refused"]] == ["contact.md", "news/index.md"]
    school.run("trust", "renew", "--as", "S-01", exits=3)


def test_the_last_who_leads_cannot_leave(school: School) -> None:
    told = school.run("trust", "remove", "S-01", "--as", "S-01", exits=2).output
    assert "no head with a key would be left" in told


def test_a_suspension_for_cause_keeps_what_was_approved_before(school: School) -> None:
    approved(school)
    school.run("trust", "add", "S-02", "--role", "head", "--as", "S-01")
    number = ApprovalLog(school.root / ".schoolgate" / "approvals").next()[0]
    since = ("--since", str(number))
    told = school.run("trust", "suspend", "S-01", *since, "--as", "S-02").output
    assert f"S-01 is suspended, and so is what they approved from decision {number} on" in told
    school.run("build")
    school.run("trust", "suspend", "S-01", "--since", str(number - 1), "--as", "S-02")
    assert "S-01 is suspended" in school.run("verify", exits=4).output


def test_a_lost_key_is_replaced_by_the_others(governed: School) -> None:
    key = new_key(governed, "S-02")
    governed.run("trust", "renew", "--as", "S-02", exits=3)
    governed.run("trust", "rotate", "S-02", "--key", key, "--as", "S-01")
    governed.run("trust", "sign", "--as", "S-03")
    governed.run("trust", "renew", "--as", "S-02")


def test_who_wants_a_new_key_makes_it_in_one_step(school: School) -> None:
    file = school.home / "keys" / "S-01.key"
    before = file.read_text()
    told = school.run("trust", "rotate", "--as", "S-01").output
    assert "S-01 signs with a new key; commit .schoolgate" in told
    assert public_key_of(file.read_text()) != public_key_of(before)
    school.run("trust", "renew", "--as", "S-01")
    file.write_text(before)
    school.run("trust", "renew", "--as", "S-01", exits=3)


def test_where_two_sign_the_new_key_is_taken_into_use_afterwards(governed: School) -> None:
    told = governed.run("trust", "rotate", "--as", "S-01").output
    assert "run schoolgate trust rotate once more here" in told
    waits = governed.run("trust", "rotate", "--as", "S-01", exits=2).output
    assert "another change waits" in waits
    governed.run("trust", "sign", "--as", "S-02")
    governed.run("trust", "renew", "--as", "S-01", exits=3)
    again = governed.run("trust", "rotate", "--as", "S-01").output
    assert again == "the new key of S-01 is in use now\n"
    governed.run("trust", "renew", "--as", "S-01")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("S-02",), "--key: is missing; WHO makes one"),
        (("--key", "ab" * 32), "WHO: is missing; say whose key it is"),
        (("S-02", "--key", "xyz"), "--key: is not a whole public key"),
        (("S-02", "--key", "12ab"), "--key: is not a whole public key"),
        (("S-02", "--key", "00" * 32), "--key: is not a whole public key"),
    ],
)
def test_a_rotation_that_is_half_said_is_refused(
    school: School, words: tuple[str, ...], told: str
) -> None:
    assert told in school.run("trust", "rotate", *words, "--as", "S-01", exits=2).output


@pytest.mark.parametrize("group", ["people", "trust"])
def test_somebody_without_a_key_is_told_to_make_one(school: School, group: str) -> None:
    told = school.run(group, "add", "S-09", "--role", "moderator", "--as", "S-01").output
    assert "S-09 has no key yet, so cannot sign: schoolgate keys new S-09, then --key" in told


CHANGES = {
    "mkdocs.yml": "mkdocs.yml changed since S-01 locked it on",
    "site_templates/theme/main.html": "theme/main.html changed since S-01 locked it on",
    "site_templates/theme/more.css": "theme/more.css is new since S-01 locked it on",
}


@pytest.mark.parametrize("path", CHANGES)
def test_nothing_is_built_with_what_is_not_locked_until_it_is(school: School, path: str) -> None:
    approved(school)
    school.run("build")
    file = school.root / path
    old = file.read_bytes() if file.exists() else b""
    file.write_bytes(old + b"\n")
    for words in (["build"], ["verify"], ["trust", "verify"]):
        told = " ".join(school.run(*words, exits=4).output.split())
        assert CHANGES[path] in told
        assert "have a head run schoolgate trust lock" in told
    locked = school.run("trust", "lock", "--as", "S-01").output
    assert locked.splitlines()[0] == CHANGES[path].partition(" since")[0]
    school.run("build")
    nothing = school.run("trust", "lock", "--as", "S-01").output
    assert nothing == "everything is locked as it is; nothing was changed\n"


def test_a_file_of_the_theme_that_is_gone_is_missed(school: School) -> None:
    approved(school)
    (school.root / "site_templates/theme/main.html").unlink()
    assert "theme/main.html is gone since" in " ".join(school.run("build", exits=4).output.split())


def test_two_lock_where_three_lead_and_the_second_sees_the_same_files(governed: School) -> None:
    config = governed.root / "mkdocs.yml"
    config.write_text(config.read_text() + "\n# a note\n")
    governed.run("trust", "lock", "--as", "S-01")
    config.write_text(config.read_text() + "# another\n")
    told = governed.run("trust", "sign", "--as", "S-02", exits=4).output
    assert "locks other files than lie here (mkdocs.yml changed)" in told
    config.write_text(config.read_text().removesuffix("# another\n"))
    assert "locked: mkdocs.yml changed" in governed.run("trust", "sign", "--as", "S-02").output
    governed.run("trust", "verify")


def test_an_anchor_tells_this_school_from_one_that_somebody_put_in_its_place(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    anchor = str(shown(school)["anchor"])
    school.run("trust", "verify", "--anchor", anchor)
    monkeypatch.setenv("SCHOOLGATE_TRUST_ANCHOR", "0" * 64)
    for words in (["trust", "verify"], ["people", "list"]):
        assert "does not lead back to the anchor" in school.run(*words, exits=4).output
    monkeypatch.setenv("SCHOOLGATE_TRUST_ANCHOR", "of mine")
    assert "anchor: is not a digest" in school.run("trust", "verify", exits=2).output


def test_an_older_trust_file_put_back_is_noticed(school: School) -> None:
    state = school.root / ".schoolgate"
    first = (state / "trust" / "000001.json").read_text()
    (state / "trust.json").write_text(first)
    for words in (["trust", "verify"], ["people", "list"], ["build"], ["trust", "show"]):
        told = " ".join(school.run(*words, exits=4).output.split())
        assert "is version 1, and trust/000002.json is there already" in told


def test_a_crash_between_the_two_writes_of_a_change_is_mended_by_the_next(school: School) -> None:
    state = school.root / ".schoolgate"
    (state / "trust" / "000004.json").write_text((state / "trust.json").read_text())
    assert shown(school)["version"] == 4
    school.run("trust", "renew", "--as", "S-01")
    assert shown(school)["version"] == 5


def test_a_change_that_rests_on_a_decision_which_is_not_here_is_refused(
    governed: School, tmp_path: Path
) -> None:
    approved(governed)
    governed.run("trust", "suspend", "S-04", "--as", "S-01")
    only = governed.root / ".schoolgate" / "approvals" / "000001.json"
    only.rename(tmp_path / "kept.json")
    told = governed.run("trust", "sign", "--as", "S-02", exits=4).output
    assert "trust.next.json: rests on decision 1, which the log here does not hold" in told
    (tmp_path / "kept.json").rename(only)
    governed.run("trust", "sign", "--as", "S-02")
    workspace = find_workspace()
    assert workspace is not None
    assert read_site_chain(workspace).trust.log[0] == 1


def test_a_signed_policy_counts_alone_until_another_is_signed(school: School) -> None:
    approved(school)
    policy = school.root / ".schoolgate" / "policy.toml"
    strict = policy.read_text() + '\n[rules.alt-text-missing]\nseverity = "block"\n'
    policy.write_text(strict)
    assert "nothing in it is looser" in school.run("policy", "check").output
    school.run("policy", "sign", "--as", "S-01")
    assert "the head has signed it" in school.run("policy", "check").output
    policy.write_text(strict.replace('"block"', '"review"'))
    assert "is not the one that was signed" in " ".join(school.run("build", exits=4).output.split())
    school.run("policy", "check", exits=4)
    school.run("policy", "sign", "--as", "S-01")
    school.run("build")


def test_ci_is_told_to_install_the_versions_that_are_locked(school: School) -> None:
    file = school.root / "requirements.txt"
    lines = file.read_text().splitlines()
    assert [line.partition("==")[0] for line in lines[1:]] == [
        "schoolgate",
        *sorted(PROGRAMS),
    ]
    workflow = (school.root / ".github/workflows/site.yml").read_text()
    assert "pip install -r requirements.txt" in workflow
    config = school.root / "mkdocs.yml"
    config.write_text(config.read_text() + "\n")
    file.unlink()
    school.run("trust", "lock", "--as", "S-01")
    assert file.read_text().splitlines() == lines
    config.write_text(config.read_text() + "\n")
    file.write_text("schoolgate==0.0.1\n")
    school.run("trust", "lock", "--as", "S-01")
    assert file.read_text() == "schoolgate==0.0.1\n"


def test_a_site_that_locked_nothing_is_told_and_can_lock(school: School) -> None:
    """A site from before there was a lock."""
    workspace = find_workspace()
    assert workspace is not None
    change_trust(workspace, "S-01", lambda trust: trust.with_lock([]))
    told = school.run("trust", "show").output
    assert "are locked" not in told
    assert "note: nothing is locked yet" in told
    approved(school)
    school.run("build")
    told = school.run("trust", "verify").output
    assert "note: nothing is locked yet" in told
    assert "mkdocs.yml is new" in school.run("trust", "lock", "--as", "S-01").output
    assert "nothing is locked" not in school.run("trust", "show").output


def test_a_proposal_that_is_no_text_is_refused(governed: School) -> None:
    (governed.root / ".schoolgate" / "trust.next.json").write_bytes(b"\xff\xfe{")
    told = governed.run("trust", "sign", "--as", "S-02", exits=4).output
    assert "trust.next.json: byte 1 is not UTF-8; restore it from a copy" in told


def test_a_change_that_could_not_follow_is_signed_by_nobody(school: School) -> None:
    workspace = find_workspace()
    assert workspace is not None
    before = (school.root / ".schoolgate" / "trust.json").read_bytes()
    with pytest.raises(IntegrityError, match=r"^trust\.next\.json: is of another site"):
        change_trust(workspace, "S-01", lambda trust: replace(trust, site="another"))
    with pytest.raises(IntegrityError, match="more than 400 days ahead"):
        change_trust(workspace, "S-01", lambda trust: trust.renewed(date(2099, 1, 1)))
    assert (school.root / ".schoolgate" / "trust.json").read_bytes() == before
