"""``schoolgate term``: a school's own list, from the command line to the gate."""

import json
from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path

import pytest

from moderation.attest.term_statement import TermStatement
from moderation.commands.own_list import after
from moderation.commands.workspace import now
from tests.commands.conftest import School

BASTARD = (
    "---\ntitle: Play\ndescription: A speech.\n---\n\n# A speech\n\nWhy bastard? Why a {} of us?\n"
)
REASON = ("--reason", "A line of the play")


def _write(school: School, other: str = "class") -> str:
    school.write("news/play.md", BASTARD.format(other))
    return "content/news/play.md"


def _rows(school: School, *more: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(
        school.run("term", "list", "--format", "json", *more).output
    )
    return rows


def _findings(school: School, page: str, exits: int = 0) -> list[tuple[str, str, str | None]]:
    told = json.loads(school.run("check", page, "--format", "json", exits=exits).stdout)
    return [(f["rule"], f["severity"], f["term"]) for f in told["findings"]]


def _year() -> str:
    return after("1y", now().date()).isoformat()


def _approve(school: School, page: str) -> str:
    handed = json.loads(school.run("submit", page, "--as", "S-04", "--format", "json").stdout)
    school.run("review", handed["id"], "--as", "S-03")
    school.run("approve", handed["id"], "--digest", handed["digest"][:12], "--as", "S-03")
    return str(handed["id"])


def test_a_term_is_allowed_and_listed(school: School) -> None:
    page = _write(school)
    assert _findings(school, page, exits=1) == [("abusive-word", "block", None)]
    told = school.run("term", "allow", "Bastard", *REASON, "--path", "news/**", "--as", "S-03")
    assert told.stdout == (
        f"T-1: “bastard” is allowed (abusive-word), news/** until {_year()}\n"
        "commit .schoolgate/terms\n"
    )
    assert _findings(school, page) == [("abusive-word", "note", "T-1")]
    row = _rows(school)[0]
    assert {
        key: row[key] for key in ("id", "entry", "where", "until", "by", "state", "reason")
    } == {
        "id": "T-1",
        "entry": "allow “bastard” (abusive-word)",
        "where": "news/**",
        "until": _year(),
        "by": "S-03",
        "state": "in force",
        "reason": "A line of the play",
    }
    assert "allow “bastard”" in school.run("term", "list").output
    explained = school.run("explain", "abusive-word").output
    assert f"“bastard”: allow, news/** (entry T-1, until {_year()}, by S-03)" in explained


def test_a_term_is_softened_by_one_step_or_as_far_as_was_said(school: School) -> None:
    page = _write(school)
    school.run("term", "soften", "bastard", *REASON, "--as", "S-03", "--page-type", "news")
    assert _findings(school, page, exits=1) == [("abusive-word", "review", "T-1")]
    words = ("term", "soften", "bastard", *REASON, "--as", "S-03", "--severity", "note")
    told = school.run(*words, "--for", "2w")
    assert "T-1 is about the same term; where both hold, the milder counts" in told.stderr
    assert _findings(school, page) == [("abusive-word", "note", "T-2")]
    assert [row["entry"] for row in _rows(school)] == [
        "soften “bastard” (abusive-word)",
        "soften “bastard” to note (abusive-word)",
    ]
    assert [row["state"] for row in _rows(school)] == ["in force", "ends in 14 days"]
    assert _rows(school)[0]["scope"] == ["page type: news"]


def test_a_term_is_added_and_taken_out(school: School) -> None:
    page = _write(school, "brook rat")
    words = ("--category", "insult", "--severity", "block", "--phrase", "a brook rat of us")
    told = school.run("term", "add", "brook rat", *words, "--reason", "Unkind", "--as", "S-03")
    assert "T-1: “brook rat” is looked for (insult), in “a brook rat of us”" in told.output
    school.run("term", "allow", "bastard", *REASON, "--as", "S-03")
    assert _findings(school, page, exits=1) == [
        ("abusive-word", "note", "T-2"),
        ("school-term", "block", None),
    ]
    assert "“brook rat”: add" in school.run("explain", "school-term").output
    assert school.run("term", "remove", "t-1", "--as", "S-02").output == (
        "T-1 is taken out; commit .schoolgate/terms\n"
    )
    assert _findings(school, page) == [("abusive-word", "note", "T-2")]
    assert [row["id"] for row in _rows(school)] == ["T-2"]
    assert [(row["id"], row["state"]) for row in _rows(school, "--all")] == [
        ("T-1", "was taken out"),
        ("T-2", "in force"),
    ]
    assert "is no entry in force" in school.run("term", "remove", "T-1", exits=2).output


def test_a_finding_under_review_is_allowed_in_one_command(school: School) -> None:
    page = _write(school)
    handed = json.loads(school.run("submit", page, "--as", "S-04", "--format", "json").stdout)
    shown = school.run("review", handed["id"], "--as", "S-03").output
    assert "schoolgate term allow --finding ID" in shown
    review = school.run("review", handed["id"], "--as", "S-03", "--format", "json").stdout
    finding = json.loads(review)["findings"][0]["id"]
    told = school.run("term", "allow", "--finding", finding, *REASON, "--as", "S-03")
    assert told.output == (
        f"T-1: “bastard” is allowed (abusive-word), news/play.md until {_year()}\n"
        f"finding {finding} of {handed['id']} is now: note\n"
        "commit .schoolgate/terms\n"
    )
    digest = ("--digest", handed["digest"][:12])
    school.run("approve", handed["id"], *digest, "--as", "S-03")
    assert "1 files are approved" in school.run("verify", exits=4).output


def test_what_was_approved_because_of_an_entry_goes_with_it(school: School) -> None:
    page = _write(school)
    school.run("term", "allow", "bastard", *REASON, "--as", "S-03")
    _approve(school, page)
    told = school.run("verify", exits=4).output
    assert "1 signed steps of the school's list verified, 1 entries in force" in told
    removed = school.run("term", "remove", "T-1", "--as", "S-01").output
    assert "what was approved because of it is not published any more" in removed
    rows = json.loads(school.run("verify", "--format", "json", exits=4).output)["refused"]
    (reason,) = (row["reason"] for row in rows if row["path"] == "news/play.md")
    assert reason.endswith(
        "by S-03 no longer counts (T-1 was taken out of the school's list); hand it in again"
    )
    assert _findings(school, page, exits=1) == [("abusive-word", "block", None)]


def test_whoever_handed_a_page_in_allows_nothing_on_it(school: School) -> None:
    page = _write(school)
    handed = json.loads(school.run("submit", page, "--as", "S-03", "--format", "json").stdout)
    review = school.run("review", handed["id"], "--as", "S-01", "--format", "json").stdout
    finding = json.loads(review)["findings"][0]["fingerprint"]
    words = ("term", "allow", "--finding", finding, *REASON)
    told = school.run(*words, "--as", "S-03", exits=3).output
    assert "nobody decides on their own work" in told
    assert not (school.root / ".schoolgate" / "terms").exists()
    school.run(*words, "--submission", handed["id"], "--as", "S-01")


def test_an_entry_without_a_finding_does_not_open_a_page_of_ones_own_either(
    school: School,
) -> None:
    page = _write(school)
    school.run("submit", page, "--as", "S-03")
    words = ("term", "allow", "bastard", *REASON)
    for scope in ((), ("--path", "**")):
        told = school.run(*words, *scope, "--as", "S-03", exits=3).output
        assert "nobody decides on their own work" in told
    school.run(*words, "--path", "policies/**", "--as", "S-03")


def test_a_path_that_names_a_pupil_is_not_written_into_the_list(school: School) -> None:
    words = ("term", "add", "snorfle", *REASON, "--path", "news/ottoline-quillfeather.md")
    told = school.run(*words, "--as", "S-01", exits=2).output
    assert "--path: is the name of somebody on the roll" in told
    assert "uillfeather" not in told


def test_who_may_not_is_told_who_may(school: School) -> None:
    words = ("term", "allow", "faggot", *REASON)
    told = school.run("term", "add", "brook rat", *REASON, "--as", "S-04", exits=3).output
    assert "add (any word): S-04 may not do this; ask an executive, head, moderator" in told
    assert (
        "allow (slur-used): S-03 may not do this"
        in school.run(*words, "--as", "S-03", exits=3).output
    )
    assert "S-04 may not do this" in school.run(*words, "--as", "S-04", exits=3).output
    school.run("term", "remove", "T-1", exits=2)
    school.run(*words, "--as", "S-01")
    told = school.run("term", "remove", "T-1", "--as", "S-04", exits=3).output
    assert "remove: S-04 may not do this" in told


def test_a_name_on_the_roll_does_not_get_into_the_list(school: School) -> None:
    for words, what in (
        (("add", "Ottoline Quillfeather", *REASON), "TERM: is the name of somebody on the roll"),
        (("add", "quillfeather", *REASON), "TERM: is a name on the roll"),
        (
            ("add", "rat", *REASON, "--phrase", "Ottoline Quillfeather is a rat"),
            "--phrase: is the name of somebody",
        ),
        (("add", "rat", "--reason", "Said by Ottoline Quillfeather"), "--reason: names somebody"),
        (("add", "rat", "--reason", "Said of ottoline"), "--reason: names somebody"),
        (("add", "rat", "--reason", "Ottoline was upset"), "--reason: names somebody"),
        (("allow", "bastard", "--reason", "Ottoline's play"), "--reason: names somebody"),
        (("add", "ottoline rat", *REASON), "TERM: is the name of somebody"),
        (("add", "rat", *REASON, "--phrase", "ottoline is a rat"), "--phrase: is the name"),
    ):
        told = school.run("term", *words, "--as", "S-03", exits=2).output
        assert what in told
        assert "Quillfeather" not in told
        assert "ttoline" not in told
    assert not (school.root / ".schoolgate" / "terms").exists()


def test_without_a_roll_it_says_that_nobody_looked(school: School) -> None:
    for file in (school.home / "registers").iterdir():
        file.unlink()
    told = school.run("term", "add", "brook rat", *REASON, "--as", "S-03")
    assert "note: no roll here, so pupils' names were not looked for" in told.stderr


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        (("allow",), "TERM: is missing"),
        (("allow", "123"), "TERM: no rule finds it by itself"),
        (("add", "123"), "term: has no letter"),
        (("add", "the"), "TERM: stands in every sentence"),
        (("add", "x"), "TERM: stands in every sentence"),
        (("add", "of the"), "TERM: stands in every sentence"),
        (("allow", "kindness"), "TERM: no rule finds it by itself"),
        (("allow", "kindness", "--rule", "kind"), "kind: is no rule about words"),
        (("allow", "kindness", "--rule", "pupil-named"), "pupil-named: is no rule about words"),
        (("allow", "kindness", "--rule", "school-term"), "school-term: an added term is neither"),
        (("allow", "bastard", "--until", "soon"), "--until: is not a day"),
        (("allow", "bastard", "--until", "2020-01-01"), "--until: 2020-01-01 is over"),
        (("allow", "bastard", "--until", "2999-01-01"), "is more than 366 days ahead"),
        (("allow", "bastard", "--for", "2y"), "is more than 366 days ahead"),
        (("allow", "bastard", "--for", "soon"), "--for: is not a time"),
        (("allow", "bastard", "--for", "9999y"), "--for: lies too far ahead"),
        (("allow", "bastard", "--for", "1y", "--until", "2027-01-01"), "say the same"),
        (("allow", "bastard", "--page-type", "poem"), "--page-type: is not one of class, news"),
        (("allow", "bastard", "--path", "../x"), "path: is not a path below the content folder"),
        (("allow", "bastard", "--phrase", "a play"), "phrase: does not hold the term"),
        (("allow", "--finding", "9c0"), "--finding: write more of the id"),
        (("allow", "--finding", "9c01d2aa"), "--finding: no finding begins like this"),
    ],
)
def test_what_cannot_be_done_is_refused(
    school: School, words: tuple[str, ...], trouble: str
) -> None:
    assert trouble in school.run("term", *words, *REASON, "--as", "S-01", exits=2).output
    assert not (school.root / ".schoolgate" / "terms").exists()


def test_a_finding_that_is_not_about_a_word_goes_another_way(school: School) -> None:
    page = school.write("news/fete.md", "# Fete\n\n[[Say when]] Ottoline Quillfeather came.\n")
    handed = json.loads(school.run("submit", str(page), "--as", "S-04", "--format", "json").stdout)
    review = school.run("review", handed["id"], "--as", "S-03", "--format", "json").stdout
    finding = json.loads(review)["findings"][0]["id"]
    told = school.run("term", "allow", "--finding", finding, *REASON, exits=2).output
    assert "is not about a word; use schoolgate ack" in told


def test_a_submission_that_cannot_be_read_any_more_has_no_finding_to_allow(school: School) -> None:
    page = _write(school)
    handed = json.loads(school.run("submit", page, "--as", "S-04", "--format", "json").stdout)
    review = school.run("review", handed["id"], "--as", "S-03", "--format", "json").stdout
    finding = json.loads(review)["findings"][0]["id"]
    (school.root / ".schoolgate" / "policy.toml").write_text("[limits]\ntext_characters = 9\n")
    told = school.run("term", "allow", "--finding", finding, *REASON, exits=2).output
    assert "no finding begins like this" in told


def test_another_term_than_that_of_the_finding_is_a_slip(school: School) -> None:
    page = _write(school)
    handed = json.loads(school.run("submit", page, "--as", "S-04", "--format", "json").stdout)
    review = school.run("review", handed["id"], "--as", "S-03", "--format", "json").stdout
    finding = json.loads(review)["findings"][0]["id"]
    told = school.run("term", "allow", "faggot", "--finding", finding, *REASON, exits=2).output
    assert "TERM: is another one than the finding's" in told


def test_saying_it_again_changes_nothing_unless_it_lasts_longer(school: School) -> None:
    words = ("term", "allow", "bastard", *REASON, "--as", "S-03")
    school.run(*words, "--for", "3m")
    assert "T-1 says this already until" in school.run(*words, "--for", "2m", exits=2).output
    school.run(*words, "--for", "4m")
    adding = ("term", "add", "brook rat", *REASON, "--as", "S-03")
    school.run(*adding)
    assert "T-3 says this already; nothing was signed" in school.run(*adding, exits=2).output
    assert len(_rows(school)) == 3


def test_where_entries_meet_the_stricter_wins_and_it_is_said(school: School) -> None:
    page = _write(school)
    adding = ("term", "add", "bastard", *REASON, "--as", "S-03")
    allowing = ("term", "allow", "bastard", *REASON, "--as", "S-03")
    school.run(*allowing, "--path", "content/news/play.md")
    told = school.run(*adding).stderr
    assert "T-1 is about the same term: the stricter wins" in told
    assert _findings(school, page, exits=1) == [
        ("abusive-word", "note", "T-1"),
        ("school-term", "review", None),
    ]
    told = school.run(*allowing, exits=2).output
    assert "was added by T-2, and an added term is neither softened nor allowed" in told


def test_an_added_term_that_holds_up_pages_is_said(school: School) -> None:
    for number in range(7):
        school.write(f"news/play-{number}.md", BASTARD.format("brook rat"))
    words = ("term", "add", "brook rat", *REASON, "--as", "S-03")
    told = school.run(*words, "--path", "news/play-1.md").stderr
    assert told == "note: it is found on 1 page(s) now: news/play-1.md\n"
    told = school.run(*words, exits=2).output
    assert "TERM: it is found on 7 of 10 pages, and all of them would be held up" in told
    assert len(_rows(school)) == 1
    told = school.run(*words, "--yes").stderr.splitlines()[-1]
    assert told.startswith("note: it is found on 7 page(s) now: news/play-0.md, news/play-1.md")
    assert told.endswith("news/play-4.md and 2 more")


def test_a_scope_that_matches_nothing_is_said(school: School) -> None:
    words = ("term", "add", "brook rat", *REASON, "--as", "S-03")
    told = school.run(*words, "--path", "menus/**").stderr
    assert told == "note: no file of the site matches: menus/**\n"
    assert school.run(*words, "--path", "index.md").stderr == (
        "note: T-1 is about the same term; where both hold, the stricter counts\n"
    )


def _change(file: Path, old: str, new: str) -> None:
    envelope = json.loads(file.read_text("utf-8"))
    payload = b64decode(envelope["payload"]).decode().replace(old, new)
    TermStatement.from_payload(payload.encode(), source="still an entry")
    envelope["payload"] = b64encode(payload.encode()).decode()
    text = json.dumps(envelope, sort_keys=True, separators=(",", ":"))
    file.write_text(text + "\n", "utf-8")


def test_an_entry_that_was_edited_opens_nothing(school: School) -> None:
    page = _write(school)
    school.run("term", "allow", "bastard", *REASON, "--path", "index.md", "--as", "S-03")
    file = school.root / ".schoolgate" / "terms" / "000001.json"
    _change(file, '"path":"index.md"', '"path":"news/**"')
    told = school.run("check", page, "--format", "json", exits=4).output
    document = json.loads(told)
    assert [(f["rule"], f["severity"]) for f in document["findings"]] == [("abusive-word", "block")]
    assert (document["outcome"], document["errors"]) == (
        "block",
        [
            {
                "path": ".schoolgate/terms",
                "subject": "terms",
                "message": "was left out, so nothing is softened, allowed or added by it:"
                " terms/000001.json: carries no valid signature of S-03, so it was changed or made"
                " by somebody else; restore the folder from git",
            }
        ],
    )
    for words in (("term", "list"), ("verify",), ("queue",), ("submit", page)):
        assert "carries no valid signature of S-03" in school.run(*words, exits=4).output


def test_a_page_is_checked_as_before_where_there_is_no_list(school: School) -> None:
    page = _write(school)
    assert "nothing is in the school's list" in school.run("term", "list").output
    told = school.run("check", page, exits=1).output
    assert "school's list" not in told


@pytest.mark.parametrize(
    ("lasts", "today", "end"),
    [
        ("30d", date(2026, 11, 21), date(2026, 12, 21)),
        ("6w", date(2026, 11, 21), date(2027, 1, 2)),
        ("3m", date(2026, 11, 30), date(2027, 2, 28)),
        ("1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("13m", date(2026, 12, 31), date(2028, 1, 31)),
    ],
)
def test_a_time_ends_on_a_day_of_the_calendar(lasts: str, today: date, end: date) -> None:
    assert after(lasts, today) == end
