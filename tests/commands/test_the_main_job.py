"""The main job, as a school does it at the command line."""

import json
import re
from pathlib import Path

import pytest

from moderation.checks.missing import NEED_ROLL
from tests.commands.conftest import School

HEAD = "---\ntitle: Fete\ndescription: The summer fete.\n---\n\n"
PAGE = f"{HEAD}# The summer fete\n\nCome to the fete.\n"


def _submit(school: School, path: str, person: str = "S-04") -> tuple[str, str]:
    told = school.run("submit", f"content/{path}", "--as", person, "--format", "json")
    row = json.loads(told.output)
    return row["id"], row["digest"]


def _approve(school: School, path: str) -> None:
    submission, digest = _submit(school, path)
    school.run("review", submission, "--as", "S-01")
    school.run("approve", submission, "--digest", digest[:12], "--as", "S-01")


def test_a_page_goes_all_the_way_from_scaffold_to_site(school: School) -> None:
    told = school.run("new", "page", "Summer fete", "--type", "news")
    assert "content/news/summer-fete.md is ready" in told.output
    school.write("news/summer-fete.md", PAGE)
    assert "pass: no findings" in school.run("check", "content/news/summer-fete.md").output
    submission, digest = _submit(school, "news/summer-fete.md")
    assert submission in school.run("queue").output
    shown = school.run("review", submission, "--as", "S-03").output
    assert "Come to the fete." in shown
    assert digest[:16] in shown
    assert "claimed" in school.run("status", submission).output
    school.run("approve", submission, "--digest", digest[:12], "--as", "S-03")
    assert "approved" in school.run("status", submission).output
    for page in ("index.md", "contact.md", "news/index.md"):
        _approve(school, page)
    built = school.run("build").output
    assert "built from 4 approved ones and verified; 0 left out" in built
    html = (school.root / "site" / "news" / "summer-fete" / "index.html").read_text("utf-8")
    assert "Come to the fete." in html
    school.run("verify")
    assert "in one unbroken chain; 4 signed decisions" in school.run("audit", "verify").output

    school.run("takedown", "news/summer-fete.md", "--reason", "Cancelled", "--as", "S-02")
    school.run("build")
    assert not (school.root / "site" / "news" / "summer-fete").exists()


@pytest.mark.slow
def test_an_unapproved_file_is_left_out_and_verify_says_so(school: School) -> None:
    for page in ("index.md", "contact.md", "news/index.md"):
        _approve(school, page)
    school.write("news/draft.md", PAGE)
    built = school.run("build").output
    assert "news/draft.md" in built
    assert "never approved" in built
    assert not (school.root / "site" / "news" / "draft").exists()
    assert "news/draft.md" in school.run("verify", exits=4).output
    school.run("verify", "--site")
    changed = school.root / "content" / "contact.md"
    changed.write_bytes(changed.read_bytes() + b"\nMore.\n")
    row = next(
        each
        for each in json.loads(school.run("verify", "--format", "json", exits=4).output)["refused"]
        if each["path"] == "contact.md"
    )
    assert "changed since it was approved" in row["reason"]
    (school.root / "site" / "index.html").write_text("<p>defaced</p>")
    told = school.run("verify", "--site", exits=4).output
    assert "site/index.html" in told
    assert "has changed since it was built" in told


def test_nobody_approves_a_page_of_their_own(school: School) -> None:
    school.write("news/fete.md", PAGE)
    submission, digest = _submit(school, "news/fete.md", "S-01")
    told = school.run("approve", submission, "--digest", digest[:12], "--as", "S-01", exits=3)
    assert "S-01" in told.output


def test_an_approval_quotes_the_digest(school: School) -> None:
    school.write("news/fete.md", PAGE)
    submission, digest = _submit(school, "news/fete.md")
    told = school.run("approve", submission, "--digest", digest[:12], "--as", "S-03", exits=3)
    assert "has not looked at it yet" in told.output
    school.run("review", submission, "--as", "S-03")
    school.run("approve", submission, "--digest", digest[:4], "--as", "S-03", exits=2)
    school.run("approve", submission, "--digest", "0" * 12, "--as", "S-03", exits=4)
    school.run("approve", "s-aaaaaaaaaa", "--digest", digest[:12], "--as", "S-03", exits=2)


def test_a_publisher_approves_nothing(school: School) -> None:
    school.write("news/fete.md", PAGE)
    submission, digest = _submit(school, "news/fete.md")
    school.run("approve", submission, "--digest", digest[:12], "--as", "S-04", exits=3)


def test_a_finding_needs_a_reason_from_the_person_the_rule_names(school: School) -> None:
    school.write("news/fete.md", PAGE.replace("Come", "Ottoline Quillfeather says come"))
    checked = school.run("check", "content/news/fete.md", "--format", "json", exits=1)
    finding = json.loads(checked.output)["findings"][0]
    assert (finding["rule"], finding["severity"]) == ("pupil-named", "review")
    assert "Quillfeather" not in finding["message"]
    submission, digest = _submit(school, "news/fete.md")
    approve = ("approve", submission, "--digest", digest[:12], "--as", "S-03")
    prefix = finding["fingerprint"][:8]
    accept = f"accept a finding with: schoolgate ack {submission} {prefix} --reason ..."
    assert accept in school.run("review", submission, "--as", "S-03").output
    assert "pupil-named" in school.run(*approve, exits=3).output
    reason = ("--reason", "Her parents asked for it in writing")
    school.run("ack", submission, prefix, *reason, "--as", "S-03", exits=3)
    school.run("ack", submission, prefix, "--reason", " ", "--as", "S-02", exits=2)
    school.run("ack", submission, "ffffffff", *reason, "--as", "S-02", exits=2)
    school.run("ack", submission, prefix, *reason, "--as", "S-02")
    shown = school.run("review", submission, "--as", "S-03").output
    assert "accepted by S-02" in shown
    assert accept not in shown
    assert "approve it with" in shown
    assert "approve it with" not in school.run("review", submission, "--as", "S-04").output
    school.run(*approve)


@pytest.mark.slow
def test_a_submission_is_returned_rejected_and_withdrawn(school: School) -> None:
    school.write("news/fete.md", PAGE)
    submission, _ = _submit(school, "news/fete.md")
    school.run("return", submission, "--reason", "Say when", "--as", "S-03")
    assert "Say when" in school.run("status", submission, "--format", "text").output
    school.write("news/fete.md", PAGE.replace("Come", "On 3 July, come"))
    second, _ = _submit(school, "news/fete.md")
    assert second != submission
    school.run("withdraw", second, "--as", "S-03", exits=3)
    school.run("withdraw", second, "--as", "S-04")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=2)
    assert "are withdrawn; mend the page, or hand them in once more with --again" in told.output
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", "--again")
    assert f"{second}: news/fete.md is submitted with 1 file(s)" in told.output
    school.run("reject", second, "--reason", "There is no fete", "--as", "S-03")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3)
    assert "exactly these bytes were rejected" in told.output


def test_what_nobody_may_accept_is_not_handed_in(school: School) -> None:
    school.write("news/fete.md", PAGE + "\n<script>alert(1)</script>\n")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=1)
    assert "not handed in; mend it and submit it again" in told.output
    assert "nothing waits" in school.run("queue").output


def test_a_page_with_a_missing_file_is_not_handed_in(school: School) -> None:
    school.write("news/fete.md", PAGE + "\n![Tent](../photos/tent.jpg)\n")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=5).output
    assert "photos/tent.jpg: does not exist" in re.sub(r"\s+", " ", told)


def test_without_a_roll_nothing_is_handed_in(school: School) -> None:
    (school.home / "registers" / "roll.vault").unlink()
    school.write("news/fete.md", PAGE)
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=2)
    assert "no roll here" in told.output


def test_without_a_roll_a_check_says_what_it_did_not_look_for(school: School) -> None:
    (school.home / "registers" / "roll.vault").unlink()
    school.write("news/fete.md", PAGE)
    for style in ("terminal", "text", "github", "junit"):
        said = school.run("check", "content/news/fete.md", "--format", style).stdout
        assert "not looked for: names of pupils, because no roll is here" in said
        assert "nothing stands against" not in said
    told = json.loads(school.run("check", "content/news/fete.md", "--format", "json").stdout)
    assert (told["outcome"], told["not_run"]) == ("pass", sorted(NEED_ROLL))


def test_the_wrong_passphrase_opens_nothing(school: School, tmp_path: Path) -> None:
    school.write("news/fete.md", PAGE)
    (school.home.parent / "passphrase").write_text("not this one at all")
    told = school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3)
    assert "wrong passphrase" in told.output


def test_a_suspended_person_does_nothing(school: School) -> None:
    school.run("people", "suspend", "S-04", "--as", "S-01")
    school.write("news/fete.md", PAGE)
    school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3)
    school.run("people", "reinstate", "S-04", "--as", "S-01")
    school.run("submit", "content/news/fete.md", "--as", "S-04")


def test_only_a_head_changes_people(school: School) -> None:
    school.run("people", "add", "S-04", "--role", "head", "--as", "S-04", exits=3)
    rows = json.loads(school.run("people", "list", "--format", "json").output)
    assert [(row["person"], row["roles"]) for row in rows] == [
        ("S-01", ["head", "publisher"]),
        ("S-02", ["safeguarding-lead"]),
        ("S-03", ["moderator"]),
        ("S-04", ["publisher"]),
    ]


def test_a_looser_policy_counts_only_when_the_head_signed_it(school: School) -> None:
    policy = school.root / ".schoolgate" / "policy.toml"
    policy.write_text('version = 1\n[rules.alt-text-missing]\nseverity = "note"\n')
    school.write("news/fete.md", PAGE)
    told = school.run("check", "content/news/fete.md", exits=4)
    assert "looser than the defaults in rules.alt-text-missing.severity" in told.output
    school.run("policy", "check", exits=4)
    school.run("policy", "sign", "--as", "S-03", exits=3)
    school.run("policy", "sign", "--as", "S-01")
    school.run("policy", "check")
    school.run("check", "content/news/fete.md")


def test_a_key_is_retired_and_trust_renewed(school: School) -> None:
    rows = json.loads(school.run("people", "list", "--format", "json").output)
    key = next(row["keys"][0] for row in rows if row["person"] == "S-04")
    school.run("people", "retire-key", "S-04", key, "--as", "S-01")
    school.write("news/fete.md", PAGE)
    school.run("submit", "content/news/fete.md", "--as", "S-04", exits=3)
    assert "signed until" in school.run("people", "renew", "--as", "S-01").output


def test_a_statutory_page_waits_for_the_head(school: School) -> None:
    school.write("policies/behaviour.md", PAGE)
    submission, digest = _submit(school, "policies/behaviour.md")
    approve = ("approve", submission, "--digest", digest[:12], "--as")
    for person in ("S-03", "S-01"):
        school.run("review", submission, "--as", person)
    told = school.run(*approve, "S-03").output
    assert "it still needs another person for: statutory (executive or head)" in told
    assert "policies/behaviour.md" in school.run("verify", exits=4).output
    assert "is approved; commit" in school.run(*approve, "S-01").output


def test_others_may_look_at_what_a_moderator_holds(school: School) -> None:
    school.write("news/fete.md", PAGE)
    submission, _ = _submit(school, "news/fete.md")
    school.run("review", submission, "--as", "S-03")
    assert "Come to the fete." in school.run("review", submission, "--as", "S-02").output
    held = json.loads(school.run("status", submission, "--format", "json").output)
    assert held[0]["claimed_by"] == "S-03"
    school.run("review", submission, "--as", "S-02", "--take-over")
    shown = json.loads(school.run("review", submission, "--as", "S-04", "--format", "json").output)
    assert (shown["claimed_by"], shown["kinds"]) == ("S-02", ["text"])
