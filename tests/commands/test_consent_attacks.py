"""What a careless office, a wrong clock and a lost file try with the consent register."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.commands.workspace import need_workspace
from tests.commands.conftest import School
from tests.commands.test_consent_withdraw import SHOWN, SPOTS, Site, _publish
from tests.spec_files import picture

LIST = "reference,channel,state,given\n"


@pytest.fixture
def site(school: School) -> Site:
    return Site(school)


def bring(school: School, folder: Path, text: str, exits: int = 0) -> str:
    file = folder / "answers.csv"
    file.write_text(text)
    return school.run("consent", "import", str(file), exits=exits).output


def state_of(school: School, reference: str) -> str:
    shown = school.run("consent", "show", reference, "--format", "json").output
    return str(next(row["state"] for row in json.loads(shown) if row["channel"] == "website"))


def test_a_page_that_is_published_and_nobody_can_read_is_said_though_no_photo_is_known(
    site: Site,
) -> None:
    _publish(site)
    site.school.write("news/fete.md", "# A draft in its place\n")
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=5
    ).output
    assert "nothing that could be read shows them (0 photos known)" in told
    assert "news/fete.md: its approved bytes are neither here nor in the store; look at it" in told


def test_a_version_that_nobody_has_any_more_stops_nothing_once_it_is_replaced(site: Site) -> None:
    _publish(site)
    site.approve("news/fete.md", "# The fete\n\nWithout a photo.\n")
    told = site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03").output
    assert "nothing that is published shows them (0 photos known)" in told


def test_a_photo_is_known_by_the_register_where_the_page_that_declared_it_is_gone(
    site: Site,
) -> None:
    _publish(site)
    site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03")
    told = site.school.run("consent", "withdraw", "P-0101").output
    assert "what was built before may; build the site, and prove it with" in told
    # the withdrawal of one keeps who else is in the photo
    both = SHOWN.format(title="both", path="photos/both.jpg", people="P-0101, P-0102")
    site.approve(
        "news/both.md", both, {"photos/both.jpg": picture("size = [640, 480]\nspots = 82\n")}
    )
    site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03")
    for path in ("news/both.md", "photos/both.jpg"):
        (site.school.root / "content" / path).unlink()
    small = picture("size = [500, 375]\nspots = 82\n")
    again = SHOWN.format(title="again", path="photos/again.jpg", people="")
    site.approve("news/again.md", again, {"photos/again.jpg": small})
    told = site.school.run("consent", "withdraw", "P-0102", "--no-build", "--as", "S-03").output
    assert "  photos/again.jpg: a copy of it\n" in told


def test_who_is_declared_on_another_page_of_the_same_photo_is_not_forgotten(site: Site) -> None:
    _publish(site)
    photo = (site.school.root / "content" / "photos" / "fete.jpg").read_bytes()
    both = SHOWN.format(title="both", path="photos/fete.jpg", people="P-0101, P-0102")
    site.approve("news/both.md", both, {"photos/fete.jpg": photo})
    site.school.run("consent", "withdraw", "P-0101", "--no-build", "--as", "S-03")
    photos = need_workspace().registers().photos
    assert photos is not None
    assert {frozenset(each.people) for each in photos.known} == {frozenset({"P-0101", "P-0102"})}


def test_of_nothing_nothing_is_proved(site: Site) -> None:
    site.school.run("consent", "withdraw", "P-0101")
    out = site.school.root / "site"
    out.mkdir()
    told = site.school.run("consent", "prove", "P-0101", exits=2).output
    assert "site: is empty; build the site, or name its folder with --out" in told
    (out / "index.html").write_text("<p>Home</p>")
    told = site.school.run("consent", "prove", "P-0101").output
    assert told == (
        "P-0101: no photo is known in which they are declared, so nothing was looked for in the 1 "
        "files of site/\n"
    )


def test_who_must_not_appear_on_one_channel_leaves_the_website_at_once(site: Site) -> None:
    _publish(site)
    words = ("--channel", "display", "--state", "must-not-appear", "--no-build", "--as", "S-03")
    told = site.school.run("consent", "withdraw", "P-0101", *words).output
    assert "3 files are taken down with their pages" in told


def test_no_form_brings_back_who_must_not_appear(school: School, tmp_path: Path) -> None:
    bring(school, tmp_path, f"{LIST}P-0102,website,must-not-appear,2026-01-01\n")
    told = bring(school, tmp_path, "reference,Website photos,Date\nP-0102,yes,2026-09-01\n")
    assert "a no from before, and so it stays: P-0102" in told
    told = bring(school, tmp_path, f"{LIST}P-0102,press,granted,2026-09-01\n")
    assert "a no from before, and so it stays: P-0102" in told
    bring(school, tmp_path, f"{LIST}P-0102,website,withdrawn,2026-10-01\n")
    assert state_of(school, "P-0102") == "must-not-appear"

    told = school.run("consent", "grant", "P-0102", "--channel", "press", "--form", "3").output
    assert "press: must not appear, all the same; if the safeguarding lead says that" in told
    told = school.run("consent", "lift", "P-0102").output
    assert told == "P-0102: may appear where they said yes; for website it is withdrawn\n"
    told = school.run("consent", "lift", "P-0102", exits=2).output
    assert "P-0102: nothing is there to lift; nothing was changed" in told


def test_a_yes_that_changes_nothing_is_said(school: School) -> None:
    words = ("--channel", "website", "--form", "cabinet 3")
    told = school.run("consent", "grant", "P-0102", *words, "--until", "2020-01-01").output
    assert "website: expired, all the same; look at --until and --leaves" in told
    assert "all the same" not in school.run("consent", "grant", "P-0103", *words).output
    school.run("consent", "withdraw", "P-0103")
    told = school.run("consent", "grant", "P-0103", *words).output
    assert "website: withdrawn, all the same: somebody else said no, or the no is of today" in told
    told = school.run("consent", "grant", "P-0104", *words, "--by", "pupil").output
    assert "it is kept, but counts as no permission" in told
    assert "all the same" not in told


def test_a_no_counts_though_a_yes_was_recorded_while_the_clock_was_ahead(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)
    with monkeypatch.context() as patch:
        patch.setattr("moderation.commands.consent_store.now", lambda: ahead)
        school.run("consent", "grant", "P-0102", "--channel", "website", "--form", "cabinet 3")
    assert state_of(school, "P-0102") == "granted"
    school.run("consent", "withdraw", "P-0102")
    assert state_of(school, "P-0102") == "withdrawn"


def test_a_reference_that_is_on_no_roll_is_perhaps_mistyped(school: School) -> None:
    told = school.run("consent", "withdraw", "P-1010").output
    assert "on no roll, so look whether the reference is right: P-1010" in told
    assert "on no roll" not in school.run("consent", "withdraw", "P-0101").output


def test_what_failed_before_is_said_also_where_the_rest_is_refused(site: Site) -> None:
    _publish(site)
    (site.school.home / "registers" / "photos.vault").mkdir()
    told = site.school.run("consent", "withdraw", "P-0101", "--as", "S-09", exits=3).output
    assert "the prints could not be kept (Is a directory); make room and withdraw again" in told


def test_after_a_withdrawal_that_leaves_nothing_to_build_it_is_said_what_to_push(
    site: Site,
) -> None:
    text = SHOWN.format(title="fete", path="photos/fete.jpg", people="P-0101")
    site.approve("index.md", text, {"photos/fete.jpg": picture(SPOTS)})
    told = site.school.run("consent", "withdraw", "P-0101", "--as", "S-03", exits=5).output
    assert "commit and push .schoolgate/approvals" in told
    assert "nothing is approved, so nothing is built; take the old site off the web" in told


def test_a_name_is_no_reference_to_show(school: School) -> None:
    told = school.run("consent", "show", "Ottoline Quillfeather", exits=2).output
    assert "write a reference such as P-0112, not a name" in told
    assert "Quillfeather" not in told


@pytest.mark.parametrize("within", ["-5", "999999999"])
def test_days_nobody_means_are_refused(school: School, within: str) -> None:
    told = school.run("consent", "expiring", "--within", within, exits=2).output
    assert f"{within} is not in the range 0<=x<=36500" in told


def test_a_column_to_which_yes_means_no_is_not_taken_even_if_told(
    school: School, tmp_path: Path
) -> None:
    text = "reference,Any objection to photos on the website?\nP-0102,yes\n"
    assert "no column asks about website" in bring(school, tmp_path, text, exits=2)
    named = "website=Any objection to photos on the website?"
    words = ("consent", "import", str(tmp_path / "answers.csv"), "--column", named)
    assert "yes may mean no there; turn the answers in the file round" in (
        school.run(*words, exits=2).output
    )
    assert "granted" not in school.run("consent", "show", "P-0102").output


def test_a_queue_that_cannot_be_written_keeps_no_photo_on_the_site(site: Site) -> None:
    _publish(site)
    queue = Path(need_workspace().database())
    queue.unlink(missing_ok=True)
    queue.mkdir()
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=5
    ).output
    assert "3 files are taken down with their pages" in told
    assert "photos/cut.jpg: is taken down, but the queue does not say so (the queue: " in told
    told = site.school.run(
        "takedown", "photos/other.jpg", "--reason", "Asked", "--as", "S-03", exits=5
    ).output
    assert "photos/other.jpg is taken down; commit .schoolgate and build" in told
    queue.rmdir()
    left = site.school.run("status", "--format", "json").output
    assert "other" not in left
    site.school.run("takedown", "photos/other.jpg", "--reason", "Asked", "--as", "S-03")
    events = site.school.run("audit", "show", "--last", "9", "--format", "json").output
    assert [row["act"] for row in json.loads(events)] == ["takedown"]
    told = site.school.run(
        "takedown", "photos/never.jpg", "--reason", "Asked", "--as", "S-03", exits=2
    ).output
    assert "no approval covers this path" in told


def test_where_nothing_can_be_signed_no_file_is_said_to_be_taken_down(site: Site) -> None:
    _publish(site)
    (site.school.root / ".schoolgate" / "approvals" / "000006.json").mkdir()
    told = site.school.run(
        "consent", "withdraw", "P-0101", "--no-build", "--as", "S-03", exits=4
    ).output
    assert "taken down with their pages" not in told
