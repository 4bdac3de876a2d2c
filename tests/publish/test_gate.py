"""The gate admits by path and digest, from approvals that stand, and refuses everything else."""

from datetime import timedelta

import pytest

from moderation.attest import Decision, Statement, Trust
from moderation.model import Asset, AssetRef, Role
from moderation.policy import Policy, default_policy, load_policy
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, Refusal
from tests.publish.school import FAIR, NOW, PHOTO, TRUST, picture, ref, statement

PAGE = Asset("news/one.md", b"# One\n\nText.\n")
NEWER = Asset("news/one.md", b"# One\n\nNewer text.\n")
OTHER = Asset("news/two.md", b"# Two\n\nText.\n")
LAW = Asset("policies/send.md", b"# Special needs\n\nText.\n")
ALBUM = Asset("news/fair.md", FAIR.encode())
STALLS = Asset("photos/fair.jpg", PHOTO)
CHILD = Asset("news/child.md", FAIR.replace("people: []", "people: [P-0101]").encode())
SILENT = Asset("news/silent.md", b"# Silent\n\n![A hall](../photos/fair.jpg)\n")
LISTED = Asset(
    "news/listed.md", b"---\nimage: photos/fair.jpg\n---\n\n# Only the template shows the photo\n"
)
DAY = (NOW - timedelta(days=1)).date().isoformat()
TWO = load_policy('[approval.text]\nroles = ["moderator", "head"]\ncount = 2\n')

TAKEDOWN, REJECT, WITHDRAW = Decision.TAKEDOWN, Decision.REJECT, Decision.WITHDRAW


def gate(
    files: list[Asset],
    *statements: Statement,
    trust: Trust = TRUST,
    policy: Policy | None = None,
) -> Manifest:
    return permitted(files, statements, trust, policy or default_policy(), now=NOW)


def admitted(*assets: Asset) -> Manifest:
    return Manifest(admitted=tuple(sorted(map(ref, assets))))


def refused(reason: str, *assets: Asset) -> Manifest:
    return Manifest(refused=tuple(sorted(Refusal(a.path, reason) for a in assets)))


ADMISSIONS = {
    "a page that a moderator approved": ([PAGE], [statement(1, PAGE)], None),
    "a page with its photo": ([ALBUM, STALLS], [statement(1, ALBUM, STALLS)], None),
    "people in a photo, approved by the safeguarding lead": (
        [CHILD, STALLS],
        [statement(1, CHILD, STALLS, actor="dsl")],
        None,
    ),
    "a statutory page that the head approved": ([LAW], [statement(1, LAW, actor="head")], None),
    "a statutory page that an executive approved": ([LAW], [statement(1, LAW, actor="e-1")], None),
    "two persons where two are needed": (
        [PAGE],
        [statement(1, PAGE), statement(2, PAGE, actor="m-2")],
        TWO,
    ),
    "the newer of two versions": ([NEWER], [statement(1, PAGE), statement(2, NEWER)], None),
    "an older version approved again": (
        [PAGE],
        [statement(1, PAGE), statement(2, NEWER), statement(3, PAGE)],
        None,
    ),
    "a page approved again after it was taken down": (
        [PAGE],
        [statement(1, PAGE), statement(2, PAGE, decision=TAKEDOWN), statement(3, PAGE)],
        None,
    ),
    "a page while another submission is rejected": (
        [PAGE],
        [statement(1, PAGE), statement(2, OTHER, decision=REJECT)],
        None,
    ),
    "an approval that has not expired": (
        [PAGE],
        [statement(1, PAGE, expires_at=NOW + timedelta(seconds=1))],
        None,
    ),
    "a log that is given out of order": ([NEWER], [statement(2, NEWER), statement(1, PAGE)], None),
    "a page renewed before its first approval ran out": (
        [PAGE],
        [statement(1, PAGE, expires_at=NOW - timedelta(hours=1)), statement(2, PAGE)],
        None,
    ),
}


@pytest.mark.parametrize(("files", "log", "policy"), ADMISSIONS.values(), ids=ADMISSIONS)
def test_admitted(files: list[Asset], log: list[Statement], policy: Policy | None) -> None:
    assert gate(files, *log, policy=policy) == admitted(*files)


REFUSALS = {
    "never approved": ([PAGE], [], "was never approved; hand it in"),
    "one byte changed": (
        [Asset(PAGE.path, PAGE.data + b"!")],
        [statement(1, PAGE)],
        f"changed since it was approved on {DAY}; hand it in again",
    ),
    "approved for another path": (
        [Asset("news/copy.md", PAGE.data)],
        [statement(1, PAGE)],
        "was approved for another path (news/one.md), not for this one",
    ),
    "taken down": (
        [PAGE],
        [statement(1, PAGE), statement(2, PAGE, decision=TAKEDOWN)],
        f"was taken down on {DAY}",
    ),
    "rejected after approval": (
        [PAGE],
        [statement(1, PAGE), statement(2, PAGE, decision=REJECT)],
        f"was rejected on {DAY}",
    ),
    "withdrawn after approval": (
        [PAGE],
        [statement(1, PAGE), statement(2, PAGE, decision=WITHDRAW, actor="p-1")],
        f"was withdrawn on {DAY}",
    ),
    "an older version put back": (
        [PAGE],
        [statement(1, PAGE), statement(2, NEWER)],
        f"is an older version; another one was approved on {DAY}",
    ),
    "statutory without the head": (
        [LAW],
        [statement(1, LAW)],
        "needs approval by executive or head",
    ),
    "people in the photo without the safeguarding lead": (
        [CHILD, STALLS],
        [statement(1, CHILD, STALLS)],
        "needs approval by head or safeguarding lead",
    ),
    "a photo of which nothing is declared, without the safeguarding lead": (
        [SILENT, STALLS],
        [statement(1, SILENT, STALLS)],
        "needs approval by head or safeguarding lead",
    ),
    "a photo that only the template shows, without the safeguarding lead": (
        [LISTED, STALLS],
        [statement(1, LISTED, STALLS)],
        "needs approval by head or safeguarding lead",
    ),
    "a photo approved by an executive only": (
        [ALBUM, STALLS],
        [statement(1, ALBUM, STALLS, actor="e-1")],
        "needs approval by head or moderator or safeguarding lead",
    ),
    "approved by a publisher": (
        [PAGE],
        [statement(1, PAGE, actor="p-1", publisher="p-2", editors=("p-2",))],
        f"its approval of {DAY} by p-1 no longer counts (p-1 may not approve); hand it in again",
    ),
    "approved by its own publisher": (
        [PAGE],
        [statement(1, PAGE, publisher="m-1", editors=())],
        f"its approval of {DAY} by m-1 no longer counts "
        "(m-1 handed it in, or a version that it replaces); hand it in again",
    ),
    "approved by one of its editors": (
        [PAGE],
        [statement(1, PAGE, editors=("m-1", "p-1"))],
        f"its approval of {DAY} by m-1 no longer counts "
        "(m-1 handed it in, or a version that it replaces); hand it in again",
    ),
    "approved by somebody unknown": (
        [PAGE],
        [statement(1, PAGE, actor="m-9")],
        f"its approval of {DAY} by m-9 no longer counts "
        "(m-9 is nobody on this site); hand it in again",
    ),
    "expired by its own date": (
        [PAGE],
        [statement(1, PAGE, expires_at=NOW)],
        f"its approval of {DAY} has expired; hand it in again",
    ),
    "expired by the policy": (
        [PAGE],
        [statement(1, PAGE, issued_at=NOW - timedelta(days=800))],
        "its approval of 2024-09-12 has expired; hand it in again",
    ),
    "its type is not let in": (
        [Asset("news/one.md", PAGE.data), Asset("news/one.html", b"<p>one</p>\n")],
        [statement(1, PAGE, Asset("news/one.html", b"<p>one</p>\n"))],
        "was approved together with news/one.html, which is not of a type that the policy lets in",
    ),
    "approved without its page": (
        [OTHER],
        [statement(1, OTHER, page="news/one.md")],
        "was approved without its page; hand the page in again",
    ),
}


@pytest.mark.parametrize(("files", "log", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_refused(files: list[Asset], log: list[Statement], reason: str) -> None:
    assert gate(files, *log) == refused(reason, *files)


TOO_FEW = {
    "one person of two": ([statement(1, PAGE)], 1),
    "the same person twice": ([statement(1, PAGE), statement(2, PAGE)], 1),
    "a wrong role beside a right one": ([statement(1, PAGE), statement(2, PAGE, actor="e-1")], 1),
    "the second approved another version": (
        [statement(1, NEWER), statement(2, PAGE, actor="m-2")],
        1,
    ),
}


@pytest.mark.parametrize(("log", "fit"), TOO_FEW.values(), ids=TOO_FEW)
def test_too_few_persons(log: list[Statement], fit: int) -> None:
    reason = f"needs approval by 2 different persons, each head or moderator; {fit} of them did"
    assert gate([PAGE], *log, policy=TWO) == refused(reason, PAGE)


def test_somebody_suspended_since_counts_no_more() -> None:
    found = gate([PAGE], statement(1, PAGE), trust=TRUST.suspended("m-1"))
    why = f"its approval of {DAY} by m-1 no longer counts (m-1 is suspended); hand it in again"
    assert found == refused(why, PAGE)


def test_somebody_with_another_role_since_counts_by_that_role() -> None:
    trust = TRUST.with_person("m-1", frozenset({Role.PUBLISHER}))
    why = f"its approval of {DAY} by m-1 no longer counts (m-1 may not approve); hand it in again"
    assert gate([PAGE], statement(1, PAGE), trust=trust) == refused(why, PAGE)


def test_an_approval_from_the_future_counts_for_nothing() -> None:
    ahead = statement(1, PAGE, issued_at=NOW + timedelta(days=2))
    why = "its approval of 2026-11-23 by m-1 no longer counts (was signed in the future)"
    assert gate([PAGE], ahead) == refused(f"{why}; hand it in again", PAGE)


LOST = {
    "expired": (statement(1, PAGE, expires_at=NOW), f"its approval of {DAY} has expired"),
    "of somebody unknown": (
        statement(1, PAGE, actor="m-9"),
        f"its approval of {DAY} by m-9 no longer counts (m-9 is nobody on this site)",
    ),
}


@pytest.mark.parametrize(("first", "why"), LOST.values(), ids=LOST)
def test_one_of_two_approvals_that_counts_no_more_is_named(first: Statement, why: str) -> None:
    needed = "needs approval by 2 different persons, each head or moderator; 1 of them did"
    found = gate([PAGE], first, statement(2, PAGE, actor="m-2"), policy=TWO)
    assert found == refused(f"{needed}; {why}", PAGE)


HALF = statement(2, NEWER, actor="m-2", lacking=("text",))
OLDER = f"is an older version; another one was approved on {DAY}"


def test_a_page_stays_while_a_newer_version_lacks_its_second_person() -> None:
    assert gate([PAGE], statement(1, PAGE), HALF) == admitted(PAGE)
    needed = "needs approval by 2 different persons, each head or moderator; 1 of them did"
    assert gate([NEWER], statement(1, PAGE), HALF, policy=TWO) == refused(needed, NEWER)


def test_a_newer_version_replaces_the_older_once_the_second_person_approved() -> None:
    log = (statement(1, PAGE), HALF, statement(3, NEWER, actor="head"))
    assert gate([NEWER], *log, policy=TWO) == admitted(NEWER)
    assert gate([PAGE], *log, policy=TWO) == refused(OLDER, PAGE)


@pytest.mark.parametrize(
    "later",
    [TRUST.suspended("m-2"), TRUST.with_person("m-2", frozenset({Role.PUBLISHER}))],
    ids=["suspended", "in another role"],
)
def test_an_older_version_does_not_come_back_with_what_became_of_a_person(later: Trust) -> None:
    log = (statement(1, PAGE), statement(2, NEWER, actor="m-2"))
    assert gate([PAGE], *log, trust=later) == refused(OLDER, PAGE)


def test_an_older_version_does_not_come_back_when_the_newer_one_expires() -> None:
    log = (statement(1, PAGE), statement(2, NEWER, expires_at=NOW))
    assert gate([PAGE], *log) == refused(OLDER, PAGE)


def test_a_takedown_ends_the_older_version_and_the_newer_one() -> None:
    log = (statement(1, PAGE), HALF, statement(3, PAGE, decision=TAKEDOWN))
    for version in (PAGE, NEWER):
        assert gate([version], *log) == refused(f"was taken down on {DAY}", version)


@pytest.mark.parametrize(
    ("gone", "stays"), [(PAGE, NEWER), (NEWER, PAGE)], ids=["the older", "the newer"]
)
def test_a_withdrawal_ends_the_version_that_it_names(gone: Asset, stays: Asset) -> None:
    log = (statement(1, PAGE), HALF, statement(3, gone, decision=WITHDRAW, actor="p-1"))
    assert gate([gone], *log) == refused(f"was withdrawn on {DAY}", gone)
    assert gate([stays], *log) == admitted(stays)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_that_is_not_utf_8_is_refused_by_itself(encoding: str) -> None:
    page = Asset("news/one.md", "# One\n\nText that was checked.\n".encode(encoding))
    reason = "is not saved as UTF-8; save it as UTF-8 and hand it in again"
    assert gate([page, OTHER], statement(1, page), statement(2, OTHER)) == Manifest(
        admitted=(ref(OTHER),), refused=(Refusal(page.path, reason),)
    )


def test_a_page_with_a_mark_of_utf_8_is_admitted() -> None:
    page = Asset("news/one.md", b"\xef\xbb\xbf# One\n")
    assert gate([page], statement(1, page)) == admitted(page)


def test_a_photo_that_was_taken_down_takes_its_page_along() -> None:
    down = statement(2, STALLS, decision=TAKEDOWN)
    assert gate([ALBUM, STALLS], statement(1, ALBUM, STALLS), down) == Manifest(
        refused=(
            Refusal("news/fair.md", f"shows or links to a file that was taken down on {DAY}"),
            Refusal("photos/fair.jpg", f"was taken down on {DAY}"),
        )
    )


def test_what_was_approved_together_with_what_was_taken_down_names_its_page() -> None:
    down = statement(2, STALLS, decision=TAKEDOWN)
    told = gate([OTHER], statement(1, ALBUM, STALLS, OTHER), down).refused
    because = f"belongs to news/fair.md, of which a part was taken down on {DAY}"
    assert told == (Refusal("news/two.md", because),)


def test_a_photo_stays_while_another_page_with_it_stands() -> None:
    page = Asset("news/other.md", ALBUM.data)
    log = (statement(1, ALBUM, STALLS), statement(2, page, STALLS))
    gone = statement(3, ALBUM, STALLS, decision=WITHDRAW)
    assert gate([ALBUM, STALLS, page], *log, gone) == Manifest(
        admitted=(ref(page), ref(STALLS)),
        refused=(Refusal("news/fair.md", f"was withdrawn on {DAY}"),),
    )


def test_a_page_is_refused_with_a_photo_that_changed() -> None:
    changed = Asset(STALLS.path, picture("red"))
    assert gate([ALBUM, changed], statement(1, ALBUM, STALLS)) == Manifest(
        refused=(
            Refusal(
                "news/fair.md",
                "was approved together with photos/fair.jpg, which has changed since",
            ),
            Refusal("photos/fair.jpg", f"changed since it was approved on {DAY}; hand it in again"),
        )
    )


def test_a_page_is_refused_without_its_photo() -> None:
    reason = "was approved together with photos/fair.jpg, which is missing"
    assert gate([ALBUM], statement(1, ALBUM, STALLS)) == refused(reason, ALBUM)


@pytest.mark.parametrize(
    "path", ["con.md", "news/aux/one.md", "a/b/c/d/e/f/one.md", "news/-one.md"]
)
def test_a_path_that_no_page_may_have_is_refused_although_approved(path: str) -> None:
    page = Asset(path, b"# One\n")
    (refusal,) = gate([page], statement(1, page)).refused
    assert refusal.path == path
    assert refusal.reason.startswith(f"cannot be read: {path}: a path of the site has lower-case")


def test_a_file_whose_ending_is_not_of_its_type_is_refused_although_approved() -> None:
    drawn = Asset("photos/fair.png", STALLS.data)
    page = Asset("news/fair.md", ALBUM.data.replace(b"fair.jpg", b"fair.png"))
    found = gate([page, drawn], statement(1, page, drawn))
    assert found.admitted == ()
    assert all("cannot be read: photos/fair.png: a path of" in r.reason for r in found.refused)


def test_what_cannot_be_read_is_refused_although_approved() -> None:
    broken = Asset("news/one.md", b"# One\xff\n")
    (refusal,) = gate([broken], statement(1, broken)).refused
    assert refusal.path == "news/one.md"
    assert refusal.reason.startswith("cannot be read: news/one.md: ")


def test_a_declaration_that_is_not_of_the_form_is_refused_although_approved() -> None:
    page = Asset("news/one.md", b"---\nassets: 3\n---\n\n# One\n")
    (refusal,) = gate([page], statement(1, page)).refused
    assert refusal.reason.startswith("cannot be read: front matter: assets: ")


def test_what_was_approved_long_ago_keeps_its_reason_when_nothing_stands() -> None:
    log = (statement(1, PAGE), statement(2, NEWER), statement(3, NEWER, decision=TAKEDOWN))
    assert gate([NEWER], *log) == refused(f"was taken down on {DAY}", NEWER)
    assert gate([PAGE], *log) == refused(
        f"is an older version; another one was approved on {DAY}", PAGE
    )


def test_the_order_of_the_log_counts_and_not_the_clock() -> None:
    early = statement(2, PAGE, decision=TAKEDOWN, issued_at=NOW - timedelta(days=9))
    day = (NOW - timedelta(days=9)).date()
    assert gate([PAGE], statement(1, PAGE), early) == refused(f"was taken down on {day}", PAGE)


def test_every_file_is_answered_for() -> None:
    files = [PAGE, OTHER, LAW, ALBUM, STALLS]
    found = gate(files, statement(1, PAGE), statement(2, ALBUM, STALLS))
    answered = {r.path for r in found.admitted} | {r.path for r in found.refused}
    assert answered == {asset.path for asset in files}
    assert {r.path for r in found.admitted} == {PAGE.path, ALBUM.path, STALLS.path}


def test_a_size_that_does_not_fit_the_digest_is_no_approval() -> None:
    lie = AssetRef(PAGE.path, PAGE.digest, len(PAGE.data) + 1)
    found = gate([PAGE], statement(1, PAGE, subjects=(lie,)))
    assert [r.path for r in found.refused] == [PAGE.path]
    assert found.admitted == ()
