"""What a school sees when its policy becomes stricter about pages that stand."""

import json

import pytest

from tests.commands.conftest import School
from tests.commands.test_the_main_job import PAGE, _approve

OFF = "version = 1\n[rules.pupil-named]\nenabled = false\n"
NAMES = PAGE.replace("Come", "Ottoline Quillfeather says come")
WHY = "stricter about pupil-named since"


def _set(school: School, text: str) -> str:
    (school.root / ".schoolgate" / "policy.toml").write_text(text)
    return school.run("policy", "sign", "--as", "S-01").output


@pytest.mark.slow
def test_only_pages_go_off_on_which_the_rule_would_have_found_something(school: School) -> None:
    assert "takes off the site" not in _set(school, OFF)
    for path, text in (("news/named.md", NAMES), ("news/plain.md", PAGE)):
        school.write(path, text)
        _approve(school, path)
    assert WHY not in school.run("status").output

    (school.root / ".schoolgate" / "policy.toml").write_text("version = 1\n")
    told = school.run("policy", "check", exits=4).output
    assert "approved pages that this policy takes off the site: 1\n  news/named.md: " in told
    assert WHY in _set(school, "version = 1\n")
    assert f"note: news/named.md: the policy is {WHY}" in school.run("status").output
    refused = school.run("verify", exits=4).output
    assert "news/plain.md" not in refused
    assert "news/named.md" in refused

    page = "content/news/named.md"
    found = json.loads(school.run("check", page, "--format", "json", exits=1).output)["findings"]
    told = school.run("submit", page, "--again", "--as", "S-04", "--format", "json").output
    row = json.loads(told)
    school.run("review", row["id"], "--as", "S-01")
    reason = ("--reason", "Her parents asked for it in writing")
    school.run("ack", row["id"], found[0]["fingerprint"][:8], *reason, "--as", "S-02")
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-01")
    assert WHY not in school.run("status").output
    assert "news/named.md" not in school.run("verify", exits=4).output
