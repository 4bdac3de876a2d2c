"""A page is built on its days only, with what belongs to it, and outlives no consent in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from moderation.attest import Decision, Statement
from moderation.model import Asset, IntegrityError
from moderation.policy import Policy, default_policy, load_policy
from moderation.publish.build import build
from moderation.publish.folder import manifest_path
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, OutputManifest, Refusal
from moderation.publish.site import examine, load_site
from moderation.publish.verify import outdated
from moderation.registers import Consent, Consents, ConsentState
from moderation.registers.consent_snapshot import Snapshot, Witness, snapshot_key
from tests.publish.school import NOW, PHOTO, TRUST, make_school, picture, ref, statement

CAROLS = Asset(
    "news/carols.md",
    b"---\npublish: 2026-12-24\nexpires: 2027-01-31\nassets:\n  photos/carols.jpg:\n"
    b"    people: []\n---\n\n# Carols\n\n![Candles](../photos/carols.jpg)\n",
)
CANDLES = Asset("photos/carols.jpg", PHOTO)
SHARED = Asset("news/also.md", b"# Also\n\n![Candles](../photos/carols.jpg)\n")
BEFORE, AFTER = "is approved, but not before 2026-12-24", "is approved, but only up to 2027-01-31"
ALWAYS = Asset(
    "news/child.md", b"---\nassets:\n  photos/carols.jpg:\n    people: [P-0101]\n---\n\n# A\n"
)


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=UTC)


def gate(
    now: datetime,
    files: tuple[Asset, ...],
    *statements: Statement,
    policy: Policy | None = None,
    witness: Witness | None = None,
) -> Manifest:
    return permitted(files, statements, TRUST, policy or default_policy(), now=now, witness=witness)


BOTH = (CAROLS, CANDLES)
APPROVED = statement(1, *BOTH)


@pytest.mark.parametrize(
    ("now", "why", "next_day"),
    [
        (at("2026-11-21"), BEFORE, date(2026, 12, 24)),
        (at("2026-12-23", 23, 59), BEFORE, date(2026, 12, 24)),
        (at("2026-12-24", 0), "", date(2027, 2, 1)),
        (at("2027-01-31", 23, 59), "", date(2027, 2, 1)),
        (at("2027-02-01", 0), AFTER, None),
    ],
)
def test_a_page_and_its_photo_are_built_on_its_days_only(
    now: datetime, why: str, next_day: date | None
) -> None:
    refs = tuple(sorted(map(ref, BOTH)))
    expected = (
        Manifest(dated=tuple(Refusal(each.path, why) for each in refs), next_day=next_day)
        if why
        else Manifest(admitted=refs, next_day=next_day)
    )
    answer = gate(now, BOTH, APPROVED)
    assert answer == expected
    articles = set() if why else {(CAROLS.path, APPROVED.rendered)}
    assert answer.articles == articles  # of other days none may be built


@pytest.mark.parametrize(
    ("zone", "now", "built"),
    [
        ("Europe/London", at("2026-06-30", 22, 59), False),
        ("Europe/London", at("2026-06-30", 23, 0), True),
        ("America/New_York", at("2026-07-01", 3, 59), False),
        ("America/New_York", at("2026-07-01", 4, 0), True),
    ],
)
def test_the_day_begins_at_midnight_at_the_school(zone: str, now: datetime, *, built: bool) -> None:
    page = Asset("news/july.md", b"---\npublish: 2026-07-01\n---\n\n# July\n")
    signed = statement(1, page, issued_at=at("2026-06-01"))
    policy = load_policy(f'[school]\ntimezone = "{zone}"\n')
    assert bool(gate(now, (page,), signed, policy=policy).admitted) is built


def test_a_photo_that_another_page_shows_stays() -> None:
    files = (CAROLS, CANDLES, SHARED)
    found = gate(NOW, files, APPROVED, statement(2, SHARED, CANDLES, actor="dsl"))
    assert found == Manifest(
        admitted=(ref(SHARED), ref(CANDLES)),
        dated=(Refusal(CAROLS.path, BEFORE),),
        next_day=date(2026, 12, 24),
    )


def test_days_do_not_stand_in_for_an_approval() -> None:
    why = "was never approved; hand it in"
    assert gate(at("2027-01-01"), (CAROLS,)) == Manifest(refused=(Refusal(CAROLS.path, why),))


def test_a_day_that_is_changed_after_approval_is_another_page() -> None:
    early = Asset(CAROLS.path, CAROLS.data.replace(b"2026-12-24", b"2026-11-20"))
    found = gate(NOW, (early, CANDLES), APPROVED)
    assert (found.admitted, found.dated) == ((), ())
    assert {each.path for each in found.refused} == {CAROLS.path, CANDLES.path}


def test_a_day_that_is_none_is_refused_although_somebody_approved_it() -> None:
    page = Asset("news/soon.md", b"---\npublish: soon\n---\n\n# Soon\n")
    why = "front matter: publish: is no day; write one such as publish: 2026-12-24"
    found = gate(NOW, (page,), statement(1, page))
    assert found == Manifest(refused=(Refusal(page.path, f"cannot be read: {why}"),))


def _rests(*answers: Consent) -> Witness:
    consents = Consents(answers)
    return Witness(consents=consents, channel="website", key=snapshot_key(bytes(32)))


def _answer(state: str, until: date | None = None) -> Consent:
    return Consent(reference="P-0101", channel="website", state=ConsentState(state), until=until)


def _approved(snapshot: Snapshot, page: Asset = ALWAYS) -> Statement:
    made = statement(1, page, CANDLES, actor="dsl")
    return replace(made, consents=snapshot.digest, consents_end=snapshot.end)


def _snap(witness: Witness) -> Snapshot:
    submission = statement(1, ALWAYS, CANDLES).submission
    return witness.snapshot(("P-0101",), submission=submission, day=NOW.date())


GRANTED = _rests(_answer("granted", date(2026, 12, 1)))
FILES = (ALWAYS, CANDLES)


def test_a_decision_ends_with_its_first_consent_on_every_machine() -> None:
    signed = _approved(_snap(GRANTED))
    last = gate(at("2026-12-01"), FILES, signed)
    assert (last.admitted, last.next_day) == (tuple(map(ref, FILES)), date(2026, 12, 2))
    why = (
        "its approval of 2026-11-20 by dsl no longer counts (a consent that it rests on ended on "
        "2026-12-01); hand it in again"
    )
    refused = tuple(Refusal(each.path, why) for each in FILES)
    assert gate(at("2026-12-02"), FILES, signed) == Manifest(refused=refused)


def test_a_register_at_hand_ends_a_decision_when_a_consent_is_taken_back() -> None:
    signed = _approved(_snap(GRANTED))
    gone = _rests(_answer("granted"), _answer("withdrawn"))
    why = (
        "its approval of 2026-11-20 by dsl no longer counts (a consent that it rests on has ended "
        "or was taken back since); hand it in again"
    )
    assert gate(NOW, FILES, signed, witness=GRANTED).refused == ()
    assert gate(NOW, FILES, signed).refused == ()
    found = gate(NOW, FILES, signed, witness=gone)
    assert found == Manifest(refused=tuple(Refusal(each.path, why) for each in FILES))


def test_a_second_approval_that_counts_keeps_the_page() -> None:
    dead = _approved(_snap(GRANTED))
    refused = _rests(_answer("refused"))
    again = replace(_approved(_snap(refused)), seq=2, prev="0" * 64)
    assert gate(NOW, FILES, dead, again, witness=refused).refused == ()


def test_an_older_decision_without_a_digest_is_not_compared() -> None:
    signed = statement(1, *FILES, actor="dsl")
    assert gate(NOW, FILES, signed, witness=_rests(_answer("refused"))).refused == ()


def test_a_clock_behind_the_newest_approval_builds_nothing(tmp_path: Path) -> None:
    school = make_school(tmp_path)
    with pytest.raises(IntegrityError) as caught:
        load_site(school.root, now=NOW - timedelta(days=3))
    assert str(caught.value) == (
        ".schoolgate/approvals: news/fair.md was approved on 2026-11-20, and the clock of this "
        "machine says 2026-11-18; set it right, or, if it is right, schoolgate takedown that "
        "page and approve it again"
    )


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_builds_nothing(tmp_path: Path, years: int) -> None:
    school = make_school(tmp_path)
    with pytest.raises(IntegrityError):
        load_site(school.root, now=NOW.replace(year=NOW.year + years))


def test_a_clock_some_hours_behind_is_let_pass(tmp_path: Path) -> None:
    school = make_school(tmp_path)
    assert load_site(school.root, now=NOW - timedelta(hours=47)).statements


def test_one_wrong_clock_does_not_stop_the_site_once_the_page_is_taken_down(
    tmp_path: Path,
) -> None:
    school = make_school(tmp_path)
    page = school.write("news/ahead.md", "# Ahead\n")
    school.sign(page, issued_at=NOW + timedelta(days=365))
    with pytest.raises(IntegrityError, match=r"news/ahead\.md was approved on 2027-11-21"):
        load_site(school.root, now=NOW)
    school.sign(page, decision=Decision.TAKEDOWN, issued_at=NOW + timedelta(days=365))
    assert len(load_site(school.root, now=NOW).statements) == 6


@pytest.mark.slow
def test_a_page_appears_on_its_day_and_is_gone_after_it(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    home = school.write("index.md", "# Welcome\n\n[Carols](news/carols.md), read *all*.\n")
    school.sign(home)
    school.sign(school.write(CAROLS.path, CAROLS.data), school.write(CANDLES.path, picture("red")))
    out, shown, stale = tmp_path / "site", {}, {}
    for day in ("2026-11-22", "2026-12-24", "2027-02-01"):
        moment = at(day)
        files, manifest = examine(load_site(school.root, now=moment), now=moment)
        if out.is_dir():
            before = OutputManifest.from_json(manifest_path(out).read_text("utf-8"), source="m")
            stale[day] = outdated(before, manifest)
        limits = default_policy().limits
        made = build(files, manifest, out, limits=limits, epoch=1_700_000_000, now=moment)
        shown[day] = (
            {"news/carols/index.html", "photos/carols.jpg"} & {file.path for file in made.files},
            'href="news/carols/"' in (out / "index.html").read_text("utf-8"),
        )
    there = {"news/carols/index.html", "photos/carols.jpg"}
    assert shown == {
        "2026-11-22": (set(), False),
        "2026-12-24": (there, True),
        "2027-02-01": (set(), False),
    }
    over = f"is on the built site, but {AFTER}"
    assert stale == {
        "2026-12-24": (),
        "2027-02-01": (Refusal(CAROLS.path, over), Refusal(CANDLES.path, over)),
    }
