"""Rows about the log, the clock, the policy, consents, the school's list and git underneath."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from moderation.attest import PAYLOAD_TYPE, Decision, Statement
from moderation.attest.log import SignedFolder
from moderation.attest.term_statement import PAYLOAD_TYPE as TERM_PAYLOAD
from moderation.attest.term_statement import TermStatement
from moderation.attest.terms import Standing, sign_step
from moderation.checks.base import all_rules
from moderation.model import Asset, SchoolgateError, digest_of
from moderation.policy import default_policy, load_policy
from moderation.policy.terms import Act as TermAct
from moderation.policy.terms import Term
from moderation.publish.deploy import next_release, require_unforgotten
from moderation.publish.manifest import Origin, OutputFile, OutputManifest
from moderation.publish.signed_release import sign_release
from moderation.publish.site import examine, load_site
from moderation.registers import Consent, Consents, ConsentState
from moderation.registers.consent_snapshot import Snapshot, Witness, snapshot_key
from tests.attacks.forging import (
    PLAIN,
    add,
    claim_of,
    entry,
    envelope_of,
    forged,
    log_of,
    people,
    planted,
    put,
    slug_of,
    succeed,
)
from tests.attacks.scenario import Act, AttackedSite, Group, Outcome, Scenario, Way
from tests.attacks.ways import try_all
from tests.publish.school import NOW, OLD, PHOTO, SIGNERS, Fields

HEAD, MODERATOR, SECOND = SIGNERS["head"], SIGNERS["m-1"], SIGNERS["m-2"]
MOVED = "was signed for another place in the log"
GONE = "is missing or out of order"
TAKEN: Fields = {"decision": Decision.TAKEDOWN}
WITHDRAWN: Fields = {"decision": Decision.WITHDRAW, "actor": "p-1"}
REJECTED: Fields = {"decision": Decision.REJECT}


def _approved(site: AttackedSite, changes: Fields | None = None) -> Asset:
    """Let the moderator truly approve the canary's page."""
    page = planted(site)
    add(site, claim_of(site, page, changes=changes), MODERATOR)
    return page


def _ended(site: AttackedSite, how: Fields) -> Asset:
    """Let the page be approved, and taken away again."""
    page = _approved(site)
    claim = claim_of(site, page, changes=how)
    add(site, claim, SIGNERS[claim.actor])
    return page


# --- what was deployed last ----------------------------------------------------------------------


def _deploy(site: AttackedSite) -> None:
    """Keep, where the repository cannot be written from, a release of what stands now."""
    state = load_site(site.root, now=site.now)
    _, manifest = examine(state, now=site.now)
    page = OutputFile(path="index.html", digest=digest_of(b"x"), size=1, origin=Origin.PAGE)
    made = OutputManifest(files=(page,), content=manifest.admitted, kit=(), epoch=1)
    release = next_release(state, made, None, signer="head", now=site.now)
    text = sign_release(release, HEAD, state.trust)
    (site.elsewhere / "deployed.json").write_text(text, "utf-8")


def after_deployment(scenario: Scenario, site: AttackedSite) -> Outcome:
    """Ask what ``verify --deployed`` asks before anything else, and then all that is tried."""
    try:
        state = load_site(site.root, now=site.now, anchor=site.anchor)
        require_unforgotten(state, [site.elsewhere / "deployed.json"], now=site.now)
    except SchoolgateError as error:
        return Outcome(told=str(error))
    return try_all(scenario, site)


def deployed(prepare: Act, attack: Act) -> Act:
    """Return an act: prepare, deploy, attack."""

    def act(site: AttackedSite) -> None:
        prepare(site)
        _deploy(site)
        attack(site)

    return act


def _cut(count: int) -> Act:
    """Take the last *count* decisions away."""

    def act(site: AttackedSite) -> None:
        last = log_of(site).next()[0] - 1
        for number in range(last, last - count, -1):
            entry(site, number).unlink()

    return act


def _taken_down_with(more: int) -> Act:
    """The page is taken down, and *more* decisions on another follow."""

    def act(site: AttackedSite) -> None:
        _ended(site, TAKEN)
        old = Asset("news/old.md", OLD.encode())
        for _ in range(more):
            add(site, claim_of(site, old, changes=TAKEN), MODERATOR)

    return act


def _written_anew(site: AttackedSite) -> None:
    """A moderator in bad faith signs another decision in the place of the takedown."""
    _cut(1)(site)
    old = Asset("news/old.md", OLD.encode())
    add(site, claim_of(site, old, changes={"decision": Decision.REJECT}), MODERATOR)


def _older_repository(site: AttackedSite) -> None:
    """Everything as it was before the page was taken down, put back."""
    state = site.root / ".schoolgate"
    shutil.rmtree(state)
    shutil.copytree(site.elsewhere / "backup", state)


def _backed_up(site: AttackedSite) -> None:
    page = _approved(site)
    shutil.copytree(site.root / ".schoolgate", site.elsewhere / "backup")
    add(site, claim_of(site, page, changes=TAKEN), MODERATOR)


def _people_backed_up(site: AttackedSite) -> None:
    _approved(site)
    shutil.copytree(site.root / ".schoolgate", site.elsewhere / "backup")
    succeed(site, people(site).suspended("m-1"), HEAD)


# --- entries of the log --------------------------------------------------------------------------


def _reordered(site: AttackedSite) -> None:
    _ended(site, TAKEN)
    one, two = entry(site, 6).read_text(), entry(site, 7).read_text()
    put(site, 6, two)
    put(site, 7, one)


def _duplicated(site: AttackedSite) -> None:
    """The approval once more, after the takedown that ended it."""
    _ended(site, TAKEN)
    put(site, 8, entry(site, 6).read_text())


def _gap(site: AttackedSite) -> None:
    _ended(site, TAKEN)
    add(site, claim_of(site, Asset("news/old.md", OLD.encode()), changes=TAKEN), MODERATOR)
    entry(site, 7).unlink()


def _gap_closed(site: AttackedSite) -> None:
    _gap(site)
    entry(site, 8).rename(entry(site, 7))


def _cut_at_the_front(site: AttackedSite) -> None:
    _ended(site, TAKEN)
    entry(site, 1).unlink()


def _fork(site: AttackedSite) -> None:
    """Two decisions truly signed for the same place; the takedown's place is taken by another."""
    page = _approved(site)
    seventh = claim_of(site, page, changes=TAKEN)
    add(site, seventh, MODERATOR)
    old = Asset("news/old.md", OLD.encode())
    add(site, claim_of(site, old, changes=TAKEN), MODERATOR)
    true = Statement.from_payload(envelope_of(site, 6).payload, source="6").handed_in
    other = replace(seventh, decision=Decision.APPROVE, handed_in=true)
    put(site, 7, MODERATOR.sign(other.to_payload(), PAYLOAD_TYPE).text())


def _numbered_wrongly(site: AttackedSite) -> None:
    page = planted(site)
    claim = replace(claim_of(site, page), seq=9)
    put(site, 6, MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE).text())


def _another_history(site: AttackedSite) -> None:
    page = planted(site)
    claim = replace(claim_of(site, page), prev=digest_of(b"another log"))
    put(site, 6, MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE).text())


def _log_of_another_site(site: AttackedSite) -> None:
    """The log of a second school at which the same persons work with the same keys."""
    shutil.rmtree(log_of(site).folder)
    forged(MODERATOR, {"site": digest_of(b"elm")})(site)


def _other_path(site: AttackedSite) -> None:
    """The approval of one path, and the bytes at another."""
    page = _approved(site)
    site.school.write(f"news/{site.slug}-copy.md", page.data)
    (site.content / page.path).unlink()


def _older_bytes(site: AttackedSite) -> None:
    """The version before, which was approved once and replaced since."""
    page = _approved(site)
    newer = site.school.write(page.path, "# News\n\nNothing is new.\n")
    add(site, claim_of(site, newer), MODERATOR)
    site.school.write(page.path, page.data)


def _other_photo(site: AttackedSite) -> None:
    """The photo that was approved for one page stands on another that was approved without it."""
    page = site.school.write(f"news/{site.slug}.md", site.page("![A](../photos/fair.jpg)"))
    add(site, claim_of(site, page, Asset("photos/other.jpg", PHOTO)), MODERATOR)


def _replaced_by(write: Callable[[AttackedSite], None], number: int = 7) -> Act:
    """The takedown of the page is replaced on the disk by something else."""

    def act(site: AttackedSite) -> None:
        _ended(site, TAKEN)
        entry(site, number).unlink()
        write(site)

    return act


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"


def _folder_replaced(write: Callable[[AttackedSite], None]) -> Act:
    """The folder of decisions is replaced by something else."""

    def act(site: AttackedSite) -> None:
        _ended(site, TAKEN)
        log_of(site).folder.rename(site.elsewhere / "approvals")
        write(site)

    return act


def _link_to_older(site: AttackedSite) -> None:
    (site.elsewhere / "approvals" / "000007.json").unlink()
    log_of(site).folder.symlink_to(site.elsewhere / "approvals")


def _state_elsewhere(site: AttackedSite) -> None:
    _ended(site, TAKEN)
    (site.root / ".schoolgate").rename(site.elsewhere / "state")
    (site.elsewhere / "state/approvals/000007.json").unlink()
    (site.root / ".schoolgate").symlink_to(site.elsewhere / "state")


def _a_file(site: AttackedSite) -> None:
    log_of(site).folder.write_text("x")


def _extra_name(name: str) -> Act:
    def act(site: AttackedSite) -> None:
        claim = claim_of(site, planted(site))
        envelope = MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE)
        (log_of(site).folder / name).write_text(envelope.text(), "utf-8")

    return act


# --- the clock -----------------------------------------------------------------------------------


def _at(now: datetime, act: Act) -> Act:
    def later(site: AttackedSite) -> None:
        act(site)
        site.now = now

    return later


def _years(count: int) -> datetime:
    return NOW.replace(year=NOW.year + count)


def _dated(words: str, zone: str, now: datetime) -> Act:
    """The page may be seen on its days only, in a school in *zone*."""

    def act(site: AttackedSite) -> None:
        policy = f'[school]\ntimezone = "{zone}"\n'
        site.school.put(".schoolgate/policy.toml", policy)
        succeed(site, people(site).with_policy(load_policy(policy).digest), HEAD)
        page = site.school.write(f"news/{site.slug}.md", f"---\n{words}\n---\n\n{site.page()}")
        add(site, claim_of(site, page), MODERATOR)
        site.now = now

    return act


def _utc(day: str, time: str = "12:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)


def _leap_day(site: AttackedSite) -> None:
    """An approval of a leap day that lasts until the next; people who last as long."""
    succeed(site, people(site).renewed(date(2028, 3, 31)), HEAD)
    issued, ends = _utc("2026-11-20"), _utc("2028-02-29", "00:00")
    _approved(site, {"issued_at": issued, "expires_at": ends})
    site.now = _utc("2028-02-29", "00:00")


# --- policy, consents, the school's list ----------------------------------------------------------


def _policy(text: str) -> Act:
    """The page is approved, and then the school's policy reads otherwise."""

    def act(site: AttackedSite) -> None:
        _approved(site)
        site.school.put(".schoolgate/policy.toml", text)

    return act


def _signed_policy_edited(site: AttackedSite) -> None:
    """The head made the policy stricter; somebody puts the defaults back."""
    strict = "[approval.text]\ncount = 2\n"
    _approved(site)
    succeed(site, people(site).with_policy(load_policy(strict).digest), HEAD)


def _answers(*states: ConsentState, until: date | None = None) -> Witness:
    consents = Consents(
        tuple(
            Consent(reference="P-0101", channel="website", state=state, until=until)
            for state in states
        )
    )
    return Witness(consents=consents, channel="website", key=snapshot_key(bytes(32)))


def _with_pupil(site: AttackedSite, witness: Witness) -> None:
    """A page with a photo of a pupil, approved while the consents stood as *witness* says."""
    photo = f"photos/{site.slug}.jpg"
    head = f"---\nassets:\n  {photo}:\n    people: [P-0101]\n---\n\n"
    page = site.school.write(f"news/{site.slug}.md", f"{head}{site.page()}")
    claim = claim_of(site, page, site.school.write(photo, PHOTO), changes={"actor": "dsl"})
    snap: Snapshot = witness.snapshot(
        ["P-0101"], submission=claim.submission, day=NOW.date() - timedelta(days=1)
    )
    add(site, replace(claim, consents=snap.digest, consents_end=snap.end), SIGNERS["dsl"])


def _consent(before: Witness, since: Witness | None, now: datetime = NOW) -> Act:
    def act(site: AttackedSite) -> None:
        _with_pupil(site, before)
        site.witness = since
        site.now = now

    return act


def _terms(site: AttackedSite) -> SignedFolder:
    return SignedFolder(site.root / ".schoolgate" / "terms")


def _allowed(site: AttackedSite) -> str:
    """The school allows a word, and the page that rests on it is approved; return the step."""
    where = Standing(trust=people(site), policy=default_policy(), rules=all_rules(), now=NOW)
    term = Term(
        act=TermAct.ALLOW,
        word="ass",
        reason="A donkey",
        rule="abusive-word",
        until=date(2026, 12, 31),
    )
    terms = sign_step(_terms(site), MODERATOR, where, term=term)
    claim = claim_of(site, planted(site), changes={"actor": "m-2"})
    digests = tuple(each.digest for each in terms.entries)
    add(site, replace(claim, terms=digests, terms_head=terms.head), SECOND)
    return terms.head


def _term_taken_out(site: AttackedSite) -> None:
    head = _allowed(site)
    where = Standing(trust=people(site), policy=default_policy(), rules=all_rules(), now=NOW)
    sign_step(_terms(site), SECOND, where, removes=head)


def _term_over(site: AttackedSite) -> None:
    _allowed(site)
    site.now = NOW + timedelta(days=60)


def _terms_gone(site: AttackedSite) -> None:
    _allowed(site)
    shutil.rmtree(_terms(site).folder)


def _terms_a_link(site: AttackedSite) -> None:
    _allowed(site)
    shutil.rmtree(_terms(site).folder)
    _terms(site).folder.symlink_to("nowhere")


def _term_edited(site: AttackedSite) -> None:
    _allowed(site)
    file = _terms(site).folder / "000001.json"
    name, envelope = _terms(site).read()[0]
    changed = envelope.payload.replace(b"2026-12-31", b"2027-11-20")
    file.write_text(replace(envelope, payload=changed).text(), "utf-8")
    assert name == file.name


def _term_forged(actor: str) -> Act:
    """A step that opens the gate, signed by somebody who may not, or in another's name."""

    def act(site: AttackedSite) -> None:
        signer = SIGNERS["p-1"]
        statement = TermStatement(
            actor=actor,
            seq=1,
            prev="",
            issued_at=NOW - timedelta(hours=2),
            site=people(site).origin,
            term=Term(
                act=TermAct.ALLOW,
                word="ass",
                reason="A donkey",
                rule="abusive-word",
                until=date(2026, 12, 31),
            ),
        )
        payload = statement.to_payload()
        folder = _terms(site)
        folder.add(signer.sign(payload, TERM_PAYLOAD), 1, "")
        claim = claim_of(site, planted(site))
        step = digest_of(payload)
        add(site, replace(claim, terms=(step,), terms_head=step), MODERATOR)

    return act


def _permission_over(site: AttackedSite) -> None:
    """A picture that the school may show up to a day before today."""
    photo = f"photos/{site.slug}.jpg"
    words = "people: []\n    licence: permission\n    until: 2026-11-20"
    head = f"---\nassets:\n  {photo}:\n    {words}\n---\n\n"
    page = site.school.write(f"news/{site.slug}.md", head + site.page())
    add(site, claim_of(site, page, site.school.write(photo, PHOTO)), MODERATOR)


# --- urgent pages ---------------------------------------------------------------------------------


def _urgent(
    *, days: int = 2, who: str = "head", photo: bool = False, path: str = "", again: bool = False
) -> Act:
    """Somebody publishes a page of their own alone, as urgent."""

    def act(site: AttackedSite) -> None:
        page = planted(site, path.replace("X", site.slug))
        files = [site.school.write(f"photos/{site.slug}.jpg", PHOTO)] if photo else []
        for number in range(2 if again else 1):
            mine: Fields = {"publisher": who, "editors": (who,), "actor": who}
            claim = claim_of(site, page, *files, changes=mine)
            issued = NOW - timedelta(days=8 - 6 * number) if again else NOW - timedelta(hours=1)
            urgent = replace(
                claim,
                issued_at=issued,
                urgent_until=issued + timedelta(days=days),
                reason_digest=digest_of(b"why"),
                lacking=("text",),
            )
            add(site, urgent, SIGNERS[who])

    return act


def _urgent_for_ever(site: AttackedSite) -> None:
    """A payload that no program of ours would write."""
    _urgent()(site)
    payload = envelope_of(site, 6).payload
    other = re.sub(rb'"urgentUntil":"\d{4}', b'"urgentUntil":"2036', payload)
    assert other != payload
    put(site, 6, HEAD.sign(other, PAYLOAD_TYPE).text())


def _own_second_look(site: AttackedSite) -> None:
    _urgent()(site)
    page = Asset(f"news/{site.slug}.md", site.page().encode())
    mine: Fields = {"publisher": "head", "editors": ("head",), "actor": "head"}
    add(site, claim_of(site, page, changes=mine), HEAD)


# --- git underneath -------------------------------------------------------------------------------


def _git(site: AttackedSite, *words: str) -> str:
    given = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-11-20T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-11-20T00:00:00Z",
    }
    person = ("-c", "user.name=x", "-c", "user.email=x@oak.example")
    done = subprocess.run(
        ["git", *person, *words], cwd=site.root, env=given, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def _committed(site: AttackedSite) -> None:
    _git(site, "init", "-q")
    _git(site, "add", "-A")
    _git(site, "commit", "-q", "-m", "x")


def _replace_ref(site: AttackedSite) -> None:
    """Every object name is as it was; git hands out other bytes for one of them."""
    _committed(site)
    page = site.content / "index.md"
    page.write_text(site.page(), "utf-8")
    mine = _git(site, "hash-object", "-w", "content/index.md")
    _git(site, "replace", _git(site, "rev-parse", "HEAD:content/index.md"), mine)
    page.unlink()
    _git(site, "checkout", "--", "content/index.md")
    assert site.canary in page.read_text("utf-8")


def _filtered(site: AttackedSite) -> None:
    """A filter of git changes the page on its way to the disk."""
    _committed(site)
    (site.root / ".gitattributes").write_text("content/index.md filter=evil\n", "utf-8")
    _git(site, "config", "filter.evil.smudge", f"sed 's/Welcome/{site.canary}/'")
    (site.content / "index.md").unlink()
    _git(site, "checkout", "--", "content/index.md")
    assert site.canary in (site.content / "index.md").read_text("utf-8")


def _submodule(site: AttackedSite) -> None:
    """The decisions come from another repository, which nobody checked out."""
    _ended(site, TAKEN)
    shutil.rmtree(log_of(site).folder)
    log_of(site).folder.mkdir()
    modules = '[submodule "x"]\n\tpath = .schoolgate/approvals\n\turl = ../x\n'
    (site.root / ".gitmodules").write_text(modules, "utf-8")


def _row(
    name: str, act: Act, said: str, threat: str = "T18", *, way: Way | None = None
) -> Scenario:
    told = said.replace("PAGE", f"{slug_of(name)}.md")
    return Scenario(
        name=name, threat=threat, group=Group.LOG, act=act, said=told, way=way, not_plain=PLAIN
    )


def _behind(name: str, prepare: Act, attack: Act, said: str) -> Scenario:
    """Return a row in which only what was deployed last can tell."""
    return _row(name, deployed(prepare, attack), said, way=after_deployment)


SINCE = "no longer counts (a consent that it rests on"
GRANTED, TAKEN_BACK = ConsentState.GRANTED, ConsentState.WITHDRAWN
ENDING = _answers(GRANTED, until=date(2026, 11, 25))

ROWS: tuple[Scenario, ...] = (
    *(
        _behind(
            f"the last {count} decisions cut off, a takedown among them",
            _taken_down_with(count - 1),
            _cut(count),
            "approvals: lacks entry",
        )
        for count in range(1, 6)
    ),
    _behind(
        "a withdrawal deleted",
        lambda site: _ended(site, WITHDRAWN),
        _cut(1),
        "approvals: lacks entry 7",
    ),
    _behind("a rejection deleted", lambda site: _ended(site, REJECTED), _cut(1), "lacks entry 7"),
    _behind(
        "a takedown replaced by a decision that was truly signed",
        lambda site: _ended(site, TAKEN),
        _written_anew,
        "lacks entry 7, or has another one there",
    ),
    _behind(
        "an old backup of the repository put back",
        _backed_up,
        _older_repository,
        "lacks entry 7",
    ),
    _behind(
        "an old backup of the people put back",
        _people_backed_up,
        _older_repository,
        "that was deployed last or one after it",
    ),
    _behind(
        "the folder of decisions as an empty submodule",
        lambda site: None,
        _submodule,
        "approvals: lacks entry",
    ),
    _row("entries of the log reordered", _reordered, f"000006.json: {MOVED}", "T22"),
    _row("an approval duplicated after its takedown", _duplicated, f"000008.json: {MOVED}", "T22"),
    _row("a takedown taken out of the middle", _gap, f"000007.json: {GONE}", "T22"),
    _row("a takedown taken out and the gap closed", _gap_closed, f"000007.json: {MOVED}", "T22"),
    _row("a log cut off at the front", _cut_at_the_front, f"000001.json: {GONE}", "T22"),
    _row("a forked log", _fork, f"000008.json: {MOVED}", "T22"),
    _row("an entry signed for a later number", _numbered_wrongly, f"000006.json: {MOVED}", "T22"),
    _row("an entry of another history", _another_history, f"000006.json: {MOVED}", "T22"),
    _row(
        "an approval signed for another site",
        forged(MODERATOR, {"site": digest_of(b"elm")}),
        "000006.json: was signed for another site",
        "T19",
    ),
    _row(
        "the whole log of another site with the same people",
        _log_of_another_site,
        "000001.json: was signed for another site",
        "T19",
    ),
    _row("an entry emptied", _replaced_by(lambda s: put(s, 7, "")), "000007.json", "T22"),
    _row(
        "an entry that is a pointer to a large file",
        _replaced_by(lambda s: put(s, 7, POINTER)),
        "000007.json",
        "T5",
    ),
    _row(
        "an entry that is a link to another entry",
        _replaced_by(lambda s: entry(s, 7).symlink_to(entry(s, 1))),
        "000007.json: cannot be opened",
        "T8",
    ),
    _row(
        "an entry that is a pipe",
        _replaced_by(lambda s: os.mkfifo(entry(s, 7))),
        "000007.json: is not a file",
        "T8",
    ),
    _row(
        "an entry that is a folder",
        _replaced_by(lambda s: entry(s, 7).mkdir()),
        "000007.json",
        "T8",
    ),
    _row(
        "a folder of decisions that is a link to an older one",
        _folder_replaced(_link_to_older),
        "approvals: is a link or a file",
        "T8",
    ),
    _row(
        "a folder of decisions that is a file",
        _folder_replaced(_a_file),
        "approvals: is a link or a file",
        "T8",
    ),
    _row(
        "the state of the site a link to an older one",
        _state_elsewhere,
        ".schoolgate",
        "T8",
    ),
    _row("an entry with another kind of number", _extra_name("6.json"), "not numbered as", "T22"),
    _row("an entry with its ending in capitals", _extra_name("000006.JSON"), "not numbered", "T22"),
    _row("an entry that is no JSON file", _extra_name("000006.txt"), "PAGE: was never approved"),
    _row(
        "an approval replayed on another path", _other_path, "was approved for another path", "T19"
    ),
    _row("an approved version that was replaced", _older_bytes, "PAGE: is an older version"),
    _row(
        "a photo approved for another page",
        _other_photo,
        "photos/other.jpg, which is missing",
        "T19",
    ),
    _row("a page that was taken down", lambda s: _ended(s, TAKEN), "PAGE: was taken down on"),
    _row("a page that was withdrawn", lambda s: _ended(s, WITHDRAWN), "PAGE: was withdrawn on"),
    _row("a page that was rejected", lambda s: _ended(s, REJECTED), "PAGE: was rejected on"),
    _row("a clock ten years back", _at(_years(-10), forged(MODERATOR)), "days ahead", "T21"),
    _row("a clock ten years ahead", _at(_years(10), forged(MODERATOR)), "expired on", "T21"),
    _row(
        "a clock two days back, to bring back what has ended",
        _at(NOW - timedelta(days=3), forged(MODERATOR)),
        "set it right",
        "T21",
    ),
    _row(
        "an approval signed ten years ahead",
        forged(MODERATOR, {"issued_at": _years(10)}),
        "was approved on 2036-11-21",
        "T21",
    ),
    _row(
        "an approval that has expired",
        forged(MODERATOR, {"expires_at": NOW - timedelta(hours=1)}),
        "PAGE: its approval of 2026-11-20 has expired",
        "T21",
    ),
    _row(
        "an approval older than the policy lets it grow",
        forged(MODERATOR, {"issued_at": NOW - timedelta(days=801)}),
        "has expired",
        "T21",
    ),
    _row(
        "a page for the day after the clocks go back",
        _dated("publish: 2027-10-31", "Europe/London", _utc("2027-10-30", "22:59")),
        "is approved, but not before 2027-10-31",
        "T21",
    ),
    _row(
        "a page whose last day has an hour less",
        _dated("expires: 2027-03-28", "Europe/London", _utc("2027-03-28", "23:00")),
        "is approved, but only up to 2027-03-28",
        "T21",
    ),
    _row(
        "a page of tomorrow in a school across the date line",
        _dated("publish: 2026-11-22", "America/Los_Angeles", _utc("2026-11-22", "07:59")),
        "is approved, but not before 2026-11-22",
        "T21",
    ),
    _row("an approval that ends on a leap day", _leap_day, "has expired", "T21"),
    _row(
        "a policy loosened after the approval",
        _policy("[limits]\napproval_days = 4000\n"),
        "is looser than the defaults",
        "T7",
    ),
    _row(
        "a policy tightened after the approval",
        _policy("[approval.text]\ncount = 2\n"),
        "PAGE: needs approval by 2 different persons",
        "T7",
    ),
    _row(
        "a policy that no longer lets a moderator approve text",
        _policy('[approval.text]\nroles = ["head"]\n'),
        "PAGE: needs approval by head",
        "T7",
    ),
    _row(
        "a policy that shortens approvals",
        _at(NOW + timedelta(hours=1), _policy("[limits]\napproval_days = 1\n")),
        "has expired",
        "T7",
    ),
    _row(
        "a stricter policy taken out",
        _signed_policy_edited,
        "is not the one that was signed",
        "T7",
    ),
    _row(
        "a consent withdrawn after the approval",
        _consent(_answers(GRANTED), _answers(GRANTED, TAKEN_BACK)),
        f"{SINCE} has ended or was taken back since)",
        "T20",
    ),
    _row(
        "a consent that ended, on a machine without the register",
        _consent(ENDING, None, _utc("2026-11-26")),
        f"{SINCE} ended on 2026-11-25)",
        "T20",
    ),
    _row(
        "a consent that ended, on a machine with the register",
        _consent(ENDING, ENDING, _utc("2026-11-26")),
        SINCE,
        "T20",
    ),
    _row(
        "a pupil who must not appear any more",
        _consent(_answers(GRANTED), _answers(ConsentState.MUST_NOT_APPEAR)),
        f"{SINCE} has ended or was taken back since)",
        "T20",
    ),
    _row(
        "a permission to show a picture that ended",
        _permission_over,
        "no longer counts (a licence or permission in it ended on 2026-11-20)",
        "T20",
    ),
    _row(
        "a page that reads otherwise than it was approved",
        forged(MODERATOR, {"rendered": digest_of(b"another article")}),
        "PAGE: reads otherwise than when it was approved",
        "T29",
    ),
    _row("an urgent page by a moderator", _urgent(who="m-1"), "PAGE: ", "T4"),
    _row(
        "an urgent page with a new photo",
        _urgent(photo=True),
        "PAGE: was published as urgent with",
        "T4",
    ),
    _row(
        "an urgent page that the law asks for",
        _urgent(path="policies/X.md"),
        "which no page may be",
        "T4",
    ),
    _row(
        "an urgent page that is over",
        _at(NOW + timedelta(days=9), _urgent()),
        "nobody else has approved it since",
        "T4",
    ),
    _row(
        "an urgent page prolonged by another",
        _urgent(again=True),
        "nobody else has approved it since",
        "T4",
    ),
    _row("an urgent page for ever", _urgent_for_ever, "urgentUntil", "T4"),
    _row(
        "an urgent page looked at again by the same head",
        _own_second_look,
        "approved their own work",
        "T4",
    ),
    _row("a term of the school taken out", _term_taken_out, "taken out of the school's list"),
    _row("a term of the school that is over", _term_over, "of the school's list ended"),
    _row("the school's list deleted", _terms_gone, "lacks an entry that an approval has seen"),
    _row("the school's list a link to nowhere", _terms_a_link, "terms"),
    _row("a term of the school edited", _term_edited, "000001.json"),
    _row("a term signed by a publisher", _term_forged("p-1"), "PAGE: its approval", "T3"),
    _row("a term signed in a moderator's name", _term_forged("m-1"), "000001.json", "T3"),
    _row("a replaced object of git", _replace_ref, "index.md: changed since it was approved", "T5"),
    _row("a filter of git", _filtered, "index.md: changed since it was approved", "T5"),
)
