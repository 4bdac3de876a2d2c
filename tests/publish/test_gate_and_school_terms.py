"""What was approved because of an entry of the school's own list goes with the entry."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from moderation.attest import PAYLOAD_TYPE, ApprovalLog
from moderation.attest.log import SignedFolder
from moderation.attest.terms import Standing, sign_step
from moderation.checks.base import all_rules
from moderation.model import IntegrityError
from moderation.policy import default_policy
from moderation.policy.terms import Act, Term, Terms
from moderation.publish.site import examine, load_site
from tests.publish.school import NOW, SIGNERS, TRUST, School, make_school, statement

UNTIL = date(2026, 12, 31)
ALLOW = Term(act=Act.ALLOW, word="ass", reason="A donkey", rule="abusive-word", until=UNTIL)
PAGE = "news/donkeys.md"
WHERE = Standing(trust=TRUST, policy=default_policy(), rules=all_rules(), now=NOW)


@pytest.fixture
def school(tmp_path: Path) -> School:
    return make_school(tmp_path)


def _folder(school: School) -> SignedFolder:
    return SignedFolder(school.root / ".schoolgate" / "terms")


def _approved(school: School, terms: Terms) -> None:
    """Let the moderator approve a page that rests on every entry in force."""
    asset = school.write(PAGE, "# Donkeys\n\nAn ass is a donkey.\n")
    log = ApprovalLog(school.root / ".schoolgate" / "approvals")
    seq, prev = log.next()
    digests = tuple(each.digest for each in terms.entries)
    value = statement(seq, asset, prev=prev, terms=digests, terms_head=terms.head)
    log.append(SIGNERS["m-1"].sign(value.to_payload(), PAYLOAD_TYPE), seq)


def _refused(school: School, days: int = 0) -> dict[str, str]:
    now = NOW + timedelta(days=days)
    _, manifest = examine(load_site(school.root, now=now), now=now)
    return {each.path: each.reason for each in manifest.refused if each.path == PAGE}


def test_it_is_published_while_the_entry_is_in_force(school: School) -> None:
    _approved(school, sign_step(_folder(school), SIGNERS["m-1"], WHERE, term=ALLOW))
    assert _refused(school) == {}
    assert _refused(school, days=40) == {}


def test_it_goes_when_the_entry_ends(school: School) -> None:
    _approved(school, sign_step(_folder(school), SIGNERS["m-1"], WHERE, term=ALLOW))
    assert _refused(school, days=41) == {
        PAGE: "its approval of 2026-11-20 by m-1 no longer counts (T-1 of the school's list ended"
        " on 2026-12-31); hand it in again"
    }


def test_it_goes_when_the_entry_is_taken_out(school: School) -> None:
    terms = sign_step(_folder(school), SIGNERS["m-1"], WHERE, term=ALLOW)
    _approved(school, terms)
    sign_step(_folder(school), SIGNERS["m-2"], WHERE, removes=terms.head)
    assert _refused(school) == {
        PAGE: "its approval of 2026-11-20 by m-1 no longer counts (T-1 was taken out of the"
        " school's list); hand it in again"
    }


def test_it_goes_when_whoever_signed_the_entry_is_suspended(school: School) -> None:
    _approved(school, sign_step(_folder(school), SIGNERS["m-2"], WHERE, term=ALLOW))
    school.trust(TRUST.suspended("m-2"))
    assert "T-1 of the school's list no longer counts (m-2 is suspended)" in _refused(school)[PAGE]


def test_other_pages_stay(school: School) -> None:
    terms = sign_step(_folder(school), SIGNERS["m-1"], WHERE, term=ALLOW)
    sign_step(_folder(school), SIGNERS["m-1"], WHERE, removes=terms.head)
    _, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    assert "news/fair.md" in {ref.path for ref in manifest.admitted}


def test_the_list_cannot_be_cut_shorter_than_an_approval_saw_it(school: School) -> None:
    folder = _folder(school)
    first = sign_step(folder, SIGNERS["m-1"], WHERE, term=ALLOW)
    gone = sign_step(folder, SIGNERS["m-1"], WHERE, removes=first.head)
    _approved(school, gone)
    (folder.folder / "000002.json").unlink()
    with pytest.raises(IntegrityError, match="terms: lacks an entry that an approval has seen"):
        load_site(school.root, now=NOW)


def test_an_entry_that_was_changed_stops_the_build(school: School) -> None:
    sign_step(_folder(school), SIGNERS["m-1"], WHERE, term=ALLOW)
    file = _folder(school).folder / "000001.json"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"sig":"', '"sig":"AAAA'), "utf-8")
    with pytest.raises(IntegrityError, match=r"000001\.json"):
        load_site(school.root, now=NOW)
