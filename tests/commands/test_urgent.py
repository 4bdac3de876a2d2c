"""``schoolgate urgent``: one person publishes a closure alone, and somebody else looks later."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from moderation.publish.site import examine, load_site
from tests.commands.conftest import School

PAGE = "news/closed.md"
FIRST = '---\ntitle: "News from the office"\ndescription: "What is new"\n---\n\nAll is well.\n'
CLOSED = (
    '---\ntitle: "The school is closed"\ndescription: "The heating has failed"\n---\n\n'
    "The school is closed today, because the heating has failed.\n"
)
_CLOCKS = ("urgent", "session", "build", "verify", "queue", "status", "trusting", "approve")


class Clock:
    """The time that every command is told."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)
        for name in (*_CLOCKS, "workspace"):
            patch.setattr(f"moderation.commands.{name}.now", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def news(school: School) -> School:
    """Return a school with one page, approved by a second person, and nothing else."""
    shutil.rmtree(school.root / "content")
    school.write(PAGE, FIRST)
    school.run("submit", f"content/{PAGE}", "--as", "S-04")
    approve(school, "S-03")
    return school


def approve(school: School, who: str) -> None:
    row = json.loads(school.run("queue", "--format", "json").output)[0]
    school.run("review", row["id"], "--format", "json", "--as", who)
    school.run("approve", row["id"], "--digest", row["digest"][:12], "--as", who)


def urgent(school: School, *words: str, exits: int = 0) -> str:
    return school.run(
        "urgent", f"content/{PAGE}", "--reason", "No heating", *words, "--as", "S-01", exits=exits
    ).output


def shown(school: School, clock: Clock) -> str | None:
    """Return the bytes of the page that a build would take now; None if it left the page out."""
    files, manifest = examine(load_site(school.root, now=clock.now), now=clock.now)
    admitted = {(each.path, each.digest) for each in manifest.admitted}
    found = (a.data.decode() for a in files.content if (a.path, a.digest) in admitted)
    return next(found, None)


def test_a_closure_is_published_and_listed_until_somebody_else_looks(
    news: School, clock: Clock
) -> None:
    news.write(PAGE, CLOSED)
    told = urgent(news)
    assert told.startswith(f"{PAGE} is published by S-01 alone as urgent, up to ")
    for command in ("queue", "status", "verify"):
        assert f"{PAGE} is published by S-01 alone" in news.run(command).output, command
    row = json.loads(news.run("queue", "--format", "json").output)[0]
    assert (row["page"], row["reason"]) == (PAGE, "No heating")
    assert row["urgent_until"] > clock.now.isoformat()
    assert shown(news, clock) == CLOSED
    assert [f.name for f in (news.root / ".schoolgate" / "before").iterdir()]
    approve(news, "S-03")
    assert not list((news.root / ".schoolgate" / "before").iterdir())  # nobody needs it any more
    assert "alone as urgent" not in news.run("queue").output + news.run("status").output
    clock.now += timedelta(days=30)
    assert shown(news, clock) == CLOSED


def test_without_a_second_look_the_next_build_puts_the_version_before_back(
    news: School, clock: Clock
) -> None:
    for page in ("index.md", "contact.md", "news/index.md"):  # those that the menu names
        news.write(page, FIRST)
        news.run("submit", f"content/{page}", "--as", "S-04")
        approve(news, "S-03")
    news.write(PAGE, CLOSED)
    urgent(news)
    assert "alone as urgent" in news.run("build").output
    built_page = news.root / "site" / "news" / "closed" / "index.html"
    assert "the heating has failed" in built_page.read_text("utf-8")
    clock.now += timedelta(days=8)
    told = news.run("build").output
    assert f"{PAGE} was published by S-01 alone as urgent, which ended on" in told
    assert "1 left out" in told
    built = built_page.read_text("utf-8")
    assert ("All is well." in built, "heating" in built) == (True, False)
    told = news.run("verify", "--format", "json", exits=4).output
    assert "nobody else has approved it" in told
    news.run("verify", "--site")


def test_signing_it_once_more_gives_no_more_time(news: School, clock: Clock) -> None:
    news.write(PAGE, CLOSED)
    first = urgent(news)
    clock.now += timedelta(hours=30)
    news.write(PAGE, f"{CLOSED}\nStill.\n")
    assert urgent(news).partition(", unless")[0] == first.partition(", unless")[0]
    clock.now += timedelta(days=8)
    assert shown(news, clock) == FIRST
    news.write(PAGE, f"{CLOSED}\nStill, on Friday.\n")
    assert "nobody else has looked since; have somebody review" in urgent(news, exits=3)
    approve(news, "S-03")
    assert shown(news, clock) == f"{CLOSED}\nStill, on Friday.\n"


def test_without_the_bytes_of_the_version_before_the_page_is_left_out(
    news: School, clock: Clock
) -> None:
    news.write(PAGE, CLOSED)
    urgent(news)
    (kept,) = (news.root / ".schoolgate" / "before").iterdir()
    assert kept.read_text() == FIRST
    clock.now += timedelta(days=8)
    assert shown(news, clock) == FIRST
    for spoilt in (FIRST.replace("well", "bad!"), "longer" * 99):
        kept.write_text(spoilt)
        assert shown(news, clock) is None
    kept.unlink()
    assert shown(news, clock) is None


def test_where_the_store_lost_the_version_before_that_is_said(news: School) -> None:
    shutil.rmtree(news.home / "blobs")
    news.write(PAGE, CLOSED)
    assert "the version approved before is not in the store, so the page is left out" in urgent(
        news
    )
    assert not (news.root / ".schoolgate" / "before").exists()


def test_a_page_that_was_never_approved_is_left_out_afterwards(news: School, clock: Clock) -> None:
    news.write("news/closed-2.md", CLOSED)
    words = ("urgent", "content/news/closed-2.md", "--reason", "Snow", "--as", "S-01")
    news.run(*words)
    site = load_site(news.root, now=clock.now)
    assert len(examine(site, now=clock.now)[1].admitted) == 2
    clock.now += timedelta(days=8)
    site = load_site(news.root, now=clock.now)
    assert [each.path for each in examine(site, now=clock.now)[1].admitted] == [PAGE]


def test_a_rejection_by_somebody_else_ends_it_at_once(news: School, clock: Clock) -> None:
    news.write(PAGE, CLOSED)
    urgent(news)
    row = json.loads(news.run("queue", "--format", "json").output)[0]
    news.run("reject", row["id"], "--reason", "We are open", "--as", "S-03")
    assert shown(news, clock) == FIRST
    assert list((news.root / ".schoolgate" / "before").iterdir())  # content/ still has the other


def test_only_a_head_or_deputy_may(news: School) -> None:
    news.write(PAGE, CLOSED)
    for who in ("S-02", "S-03", "S-04"):
        words = ("urgent", f"content/{PAGE}", "--reason", "No heating", "--as", who)
        assert "may not do this; ask a deputy or head" in news.run(*words, exits=3).output


def test_the_second_look_is_not_taken_by_the_same_person(news: School) -> None:
    news.write(PAGE, CLOSED)
    urgent(news)
    row = json.loads(news.run("queue", "--format", "json").output)[0]
    news.run("review", row["id"], "--format", "json", "--as", "S-01")
    words = ("approve", row["id"], "--digest", row["digest"][:12], "--as", "S-01")
    assert "nobody decides on their own work" in news.run(*words, exits=3).output


def test_a_pupils_name_is_not_published_alone(news: School) -> None:
    news.write(PAGE, CLOSED + "\nOttoline Quillfeather broke it.\n")
    told = urgent(news, exits=3)
    assert "nobody publishes this alone: pupil-named; mend the page" in told
    assert "Quillfeather" not in told


def test_a_closure_starts_from_a_scaffold_and_needs_a_reason(school: School) -> None:
    school.run("new", "page", "Closed by snow", "--type", "closure")
    text = (school.root / "content/news/closed-by-snow.md").read_text("utf-8")
    assert '!!! warning "The school is closed"' in text
    words = ("urgent", "content/news/closed-by-snow.md", "--reason", " ", "--as", "S-01")
    assert "say why in a few words" in school.run(*words, exits=2).output


def test_the_reason_stays_in_the_queue(news: School) -> None:
    news.write(PAGE, CLOSED)
    answer = json.loads(urgent(news, "--format", "json"))
    found = (answer["reason"], answer["status"], answer["approved_by"])
    assert found == ("No heating", "submitted", [])
    folder = news.root / ".schoolgate" / "approvals"
    assert b"heating" not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_what_is_approved_already_is_not_made_urgent(news: School) -> None:
    assert "it is approved" in urgent(news, exits=2)
    assert json.loads(news.run("queue", "--format", "json").output) == []
