"""Rows about who signs: own work, accounts, keys, roles, and the list of people itself."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from moderation.attest import PAYLOAD_TYPE, Decision, Signer, Statement, Trust, parse_envelope
from moderation.attest.canonical import canonical
from moderation.attest.hand_in import PAYLOAD_TYPE as HAND_IN
from moderation.attest.trust import PAYLOAD_TYPE as TRUST_PAYLOAD
from moderation.attest.trust import payload_of, read_version
from moderation.model import Asset, HandIn, Role, digest_of
from moderation.publish.signed_release import PAYLOAD_TYPE as RELEASE_PAYLOAD
from tests.attacks.forging import (
    MALLORY,
    PLAIN,
    Body,
    add,
    claim_of,
    craft,
    doubled,
    earlier,
    entry,
    envelope_of,
    forged,
    key,
    log_of,
    people,
    planted,
    put,
    rewritten,
    sealed,
    slug_of,
    succeed,
    three_lead,
    trust_file,
    usurp,
    with_role,
)
from tests.attacks.scenario import Act, AttackedSite, Group, Scenario
from tests.publish.school import PHOTO, SIGNERS, Fields, first_version, handed_of, ref

HEAD, LEAD, MODERATOR, SECOND, PUBLISHER = (
    SIGNERS[who] for who in ("head", "dsl", "m-1", "m-2", "p-1")
)
OWN_WORK = "approved their own work"
UNSIGNED = "carries no valid signature of m-1"
NOT_HANDED = "carries no valid signature with which p-1 handed in exactly these files"
HANDED_BEFORE = "p-1 handed this in before 000007.json was decided"
TWO = (
    "needs approval by 2 different persons, each executive or head or moderator or safeguarding "
    "lead; 1 of them did"
)
NOBODY = "names as its publisher or editor somebody who is nobody on this site"


def _own(who: str) -> Fields:
    return {"publisher": who, "editors": (who,), "actor": who}


# --- keys and accounts ---------------------------------------------------------------------------


def _second_key(site: AttackedSite) -> None:
    other = key("m-1", 2)
    succeed(site, people(site).with_key("m-1", other.key), HEAD)
    forged(other, _own("m-1"))(site)


def _two_ids(site: AttackedSite) -> None:
    def change(body: Body) -> None:
        persons = body["persons"]
        assert isinstance(persons, dict)
        persons["M-1"] = {**persons["m-1"], "keys": [MALLORY.key.public.hex()]}

    craft(site, change, HEAD)
    add(site, claim_of(site, planted(site), changes=_own("M-1")), replace_person(MALLORY, "M-1"))


def _one_key_for_two(site: AttackedSite) -> None:
    def change(body: Body) -> None:
        persons = body["persons"]
        assert isinstance(persons, dict)
        persons["m-2"] = {**persons["m-2"], "keys": persons["m-1"]["keys"]}

    craft(site, change, HEAD)
    mine: Fields = {"publisher": "m-1", "editors": ("m-1",), "actor": "m-2"}
    forged(replace_person(MODERATOR, "m-2"), mine)(site)


def _second_account(site: AttackedSite) -> None:
    """The moderator appoints a second self, with the moderator's own key."""
    other = key("m-3")
    succeed(site, with_role(people(site), "m-3", Role.MODERATOR, other), MODERATOR)
    forged(other, {**_own("m-1"), "actor": "m-3"})(site)


def replace_person(signer: Signer, person: str) -> Signer:
    """Return the same key in another person's name."""
    return replace(signer, person=person)


def _in_anothers_name(site: AttackedSite) -> None:
    forged(MODERATOR, {**_own("m-1"), "actor": "m-2"})(site)


def _relabelled(site: AttackedSite) -> None:
    """A stranger's signature under the id of the moderator's key."""
    claim = claim_of(site, planted(site))
    made = MALLORY.sign(claim.to_payload(), PAYLOAD_TYPE).signatures[0]
    labelled = replace(made, keyid=MODERATOR.key.keyid)
    whole = MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE)
    put(site, claim.seq, replace(whole, signatures=(labelled,)).text())


def _under_a_wrong_id(site: AttackedSite) -> None:
    """A moderator's own true signature under the id of the head's key, in the head's name."""
    claim = claim_of(site, planted(site, f"policies/{site.slug}.md"), changes={"actor": "head"})
    whole = MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE)
    labelled = replace(whole.signatures[0], keyid=HEAD.key.keyid)
    put(site, claim.seq, replace(whole, signatures=(labelled,)).text())


def _with_more_signatures(site: AttackedSite) -> None:
    """The publisher signs in the moderator's name, and a true signature of the head stands by."""
    claim = claim_of(site, planted(site))
    whole = PUBLISHER.sign(claim.to_payload(), PAYLOAD_TYPE)
    head = HEAD.sign(b"something else", PAYLOAD_TYPE).signatures
    put(site, claim.seq, replace(whole, signatures=(*whole.signatures, *head)).text())


def _cosigned(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site), changes=_own("m-1"))
    put(site, claim.seq, sealed(claim.to_payload(), MODERATOR, HEAD, kind=PAYLOAD_TYPE).text())


def _of_another_payload(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site))
    other = envelope_of(site, 1)
    put(site, claim.seq, replace(other, payload=claim.to_payload()).text())


def _typed(kind: str, *, relabel: bool = False) -> Act:
    def act(site: AttackedSite) -> None:
        claim = claim_of(site, planted(site))
        made = MODERATOR.sign(claim.to_payload(), kind)
        put(site, claim.seq, replace(made, payload_type=PAYLOAD_TYPE if relabel else kind).text())

    return act


def _twice_in_envelope(site: AttackedSite) -> None:
    """One program reads the first payload, another the last."""
    approved = envelope_of(site, 1)
    claim = claim_of(site, planted(site))
    mine = PUBLISHER.sign(claim.to_payload(), PAYLOAD_TYPE)
    text = doubled(approved.text(), "payload", fields(mine.text())["payload"])
    put(site, claim.seq, text)


def fields(text: str) -> dict[str, object]:
    """Read a record."""
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def _twice_in_payload(site: AttackedSite) -> None:
    """Truly signed, and a rejection or an approval as one likes to read it."""
    claim = claim_of(site, planted(site), changes={"decision": Decision.REJECT})
    payload = claim.to_payload().replace(
        b'"decision":"reject"', b'"decision":"reject","decision":"approve"'
    )
    put(site, claim.seq, MODERATOR.sign(payload, PAYLOAD_TYPE).text())


def _not_a_number(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site))
    payload = claim.to_payload().replace(f'"seq":{claim.seq}'.encode(), b'"seq":NaN')
    put(site, claim.seq, MODERATOR.sign(payload, PAYLOAD_TYPE).text())


def _in_other_form(site: AttackedSite) -> None:
    """Truly signed, with white space in which a second reading can hide."""
    claim = claim_of(site, planted(site))
    payload = claim.to_payload().replace(b'"decision":', b'"decision" : ')
    put(site, claim.seq, MODERATOR.sign(payload, PAYLOAD_TYPE).text())


def _unknown_version(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site))
    payload = claim.to_payload().replace(b"approval/v1", b"approval/v2")
    put(site, claim.seq, MODERATOR.sign(payload, PAYLOAD_TYPE).text())


def _unsigned(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site))
    made = MODERATOR.sign(claim.to_payload(), PAYLOAD_TYPE)
    put(site, claim.seq, replace(made, signatures=()).text())


def _edited(change: dict[str, object]) -> Act:
    """Change the last true approval of the canary's page, and keep its signature."""

    def act(site: AttackedSite) -> None:
        claim = claim_of(site, planted(site), changes={"decision": Decision.REJECT})
        put(site, claim.seq, rewritten(add(site, claim, MODERATOR), change).text())

    return act


def _turned(site: AttackedSite) -> None:
    """The same, with the publisher's true signature over the page that was rejected."""
    page = planted(site)
    true = fields(claim_of(site, page).to_payload().decode())["predicate"]
    assert isinstance(true, dict)
    claim = claim_of(site, page, changes={"decision": Decision.REJECT})
    change = {"decision": "approve", "handedIn": true["handedIn"]}
    put(site, claim.seq, rewritten(add(site, claim, MODERATOR), change).text())


# --- who handed it in ----------------------------------------------------------------------------


def _handed_in(
    by: Signer,
    changes: Fields | None = None,
    *,
    kind: str = HAND_IN,
    publisher: str = "p-1",
    keyid: str = "",
) -> Act:
    """The moderator signs truly; *by* signed that something like it was handed in."""

    def act(site: AttackedSite) -> None:
        claim = claim_of(site, planted(site))
        handed: Fields = {
            "site": claim.site,
            "page": claim.page,
            "subjects": claim.subjects,
            "publisher": publisher,
        }
        payload = handed_of({**handed, **(changes or {})}).to_payload(claim.seq - 1)
        made = by.sign(payload, kind).signatures[0]
        signed = HandIn(keyid or made.keyid, made.value, claim.seq - 1)
        add(site, replace(claim, publisher="p-1", handed_in=signed), MODERATOR)

    return act


def _handed_in_with(change: Callable[[AttackedSite], Trust], by: Signer) -> Act:
    """The head changes the people, and then *by* hands in and the moderator approves."""

    def act(site: AttackedSite) -> None:
        succeed(site, change(site), HEAD)
        _handed_in(by)(site)

    return act


def _other_bytes(site: AttackedSite) -> None:
    """The publisher handed in a page of this path, and the moderator changed it."""
    true = site.school.write(f"news/{site.slug}.md", "# News\n\nWhat the publisher wrote.\n")
    _handed_in(PUBLISHER, {"subjects": (ref(true),)})(site)


def _one_file_more(site: AttackedSite) -> None:
    """The publisher handed in the page, and the moderator a photo with it."""
    page = planted(site)
    photo = site.school.write(f"photos/{site.slug}.jpg", PHOTO)
    true = claim_of(site, page)
    add(site, replace(claim_of(site, page, photo), handed_in=true.handed_in), MODERATOR)


def _of_a_true_approval(site: AttackedSite) -> None:
    """The signature with which the publisher handed in another page, long approved."""
    true = Statement.from_payload(envelope_of(site, 1).payload, source="1").handed_in
    add(site, replace(claim_of(site, planted(site)), handed_in=true), MODERATOR)


def _brought_back(*ends: Fields) -> Act:
    """Approved, taken away, and approved once more with the hand-in of before."""

    def act(site: AttackedSite) -> None:
        page = planted(site)
        first = claim_of(site, page)
        add(site, first, MODERATOR)
        for each in ends:
            claim = claim_of(site, page, changes=each)
            add(site, claim, SIGNERS[claim.actor])
        add(site, replace(claim_of(site, page), handed_in=first.handed_in), MODERATOR)

    return act


def _older_version(site: AttackedSite) -> None:
    """A newer version is approved, and a moderator alone goes back to the one before."""
    page = planted(site)
    first = claim_of(site, page)
    add(site, first, MODERATOR)
    newer = site.school.write(page.path, "# News\n\nNothing new.\n")
    add(site, claim_of(site, newer), MODERATOR)
    planted(site)
    add(site, replace(claim_of(site, page), handed_in=first.handed_in), MODERATOR)


def _later_place(site: AttackedSite) -> None:
    """The same, and the place in the log is written anew under the old signature."""
    page = planted(site)
    first = claim_of(site, page)
    add(site, first, MODERATOR)
    add(site, claim_of(site, page, changes={"decision": Decision.TAKEDOWN}), MODERATOR)
    assert first.handed_in
    again = claim_of(site, page)
    later = replace(first.handed_in, after=again.seq - 1)
    add(site, replace(again, handed_in=later), MODERATOR)


def _left_out(name: str) -> Act:
    """The moderator signs an approval from which the hand-in, or a part of it, is missing."""

    def act(site: AttackedSite) -> None:
        claim = claim_of(site, planted(site))
        body = fields(claim.to_payload().decode())
        predicate = body["predicate"]
        assert isinstance(predicate, dict)
        (predicate["handedIn"] if name else predicate).pop(name or "handedIn")
        put(site, claim.seq, MODERATOR.sign(canonical(body), PAYLOAD_TYPE).text())

    return act


def _retired_then_handed_in(site: AttackedSite) -> None:
    """A publisher's key was retired because it was lost; who found it hands in."""
    succeed(site, people(site).without_key("p-1", PUBLISHER.key.keyid, after=5), HEAD)
    _handed_in(PUBLISHER)(site)


def _by_a_program(site: AttackedSite) -> None:
    """The moderator can also use the key that CI deploys with."""
    signer = key("d-1")
    succeed(site, with_role(people(site), "d-1", Role.DEPLOYER, signer), HEAD)
    mine: Fields = {"publisher": "d-1", "editors": ("d-1",)}
    draft = claim_of(site, planted(site), changes=mine)
    handed = handed_of(
        {"site": draft.site, "page": draft.page, "subjects": draft.subjects, "publisher": "d-1"}
    )
    add(site, replace(draft, handed_in=handed.signed(signer, after=0)), MODERATOR)


# --- who may, and until when ----------------------------------------------------------------------


def _among(role: Role, who: str) -> Act:
    """Somebody of another role signs, truly and under their own name."""

    def act(site: AttackedSite) -> None:
        signer = key(who)
        succeed(site, with_role(people(site), who, role, signer), HEAD)
        forged(signer, {"actor": who})(site)

    return act


def _after(change: Callable[[Trust], Trust]) -> Act:
    """The moderator approves, and then the head changes what the moderator is."""

    def act(site: AttackedSite) -> None:
        forged(MODERATOR)(site)
        succeed(site, change(people(site)), HEAD)

    return act


def _before(change: Callable[[Trust], Trust]) -> Act:
    """The head changes what the moderator is, and then the moderator approves."""

    def act(site: AttackedSite) -> None:
        succeed(site, change(people(site)), HEAD)
        forged(MODERATOR)(site)

    return act


def _retired_key_on_a_new_line(site: AttackedSite) -> None:
    """Who has the stolen key cuts the log off and signs at a number at which it still counted."""
    old = log_of(site).next()
    trust = people(site).without_key("m-1", MODERATOR.key.keyid, after=5)
    succeed(site, replace(trust, log=(5, old[1])), HEAD)
    for number in (4, 5):
        entry(site, number).unlink()
    forged(MODERATOR)(site)
    forged(MODERATOR)(site)


def _two_needed(by: tuple[Signer, ...]) -> Act:
    """The policy asks for two persons on a page of text; *by* sign one after another."""

    def act(site: AttackedSite) -> None:
        site.school.put(".schoolgate/policy.toml", "[approval.text]\ncount = 2\n")
        page = planted(site)
        for each in by:
            add(site, claim_of(site, page, changes={"actor": each.person}), each)

    return act


def _two_keys_one_person(site: AttackedSite) -> None:
    other = key("m-1", 2)
    succeed(site, people(site).with_key("m-1", other.key), HEAD)
    _two_needed((MODERATOR, other))(site)


def _statutory(site: AttackedSite) -> None:
    add(site, claim_of(site, planted(site, f"policies/{site.slug}.md")), MODERATOR)


def _people_in_photo(site: AttackedSite) -> None:
    photo = f"photos/{site.slug}.jpg"
    head = f"---\nassets:\n  {photo}:\n    people: [P-0101]\n---\n\n"
    page = site.school.write(f"news/{site.slug}.md", f"{head}{site.page()}\n![A](../{photo})\n")
    add(site, claim_of(site, page, site.school.write(photo, PHOTO)), MODERATOR)


def _old_version_by_its_editor(site: AttackedSite) -> None:
    """The second moderator wrote part of it before, and approves what the first approved too."""
    _two_needed((MODERATOR,))(site)
    page = Asset(f"news/{site.slug}.md", site.page().encode())
    mine: Fields = {"publisher": "p-1", "editors": ("m-1", "p-1"), "actor": "m-2"}
    add(site, claim_of(site, page, changes=mine), SECOND)


# --- the list of people ------------------------------------------------------------------------


def _usurped(site: AttackedSite) -> Trust:
    """The people as an attacker would like them: one more moderator."""
    return with_role(people(site), "mallory", Role.MODERATOR, MALLORY)


def _then_approve(site: AttackedSite) -> None:
    forged(MALLORY, {"actor": "mallory"})(site)


def _all_replaced(site: AttackedSite) -> None:
    """A whole new line of people, whole in itself; only what CI keeps elsewhere tells."""
    site.anchor = _digest(site)
    trust = with_role(people(site), "mallory", Role.HEAD, MALLORY)
    usurp(site, trust, MALLORY)
    shutil.rmtree(log_of(site).folder)
    forged(MALLORY, {"actor": "mallory", "site": first_version(site.root / ".schoolgate")})(site)


def _digest(site: AttackedSite) -> str:
    return read_version(trust_file(site).read_text("utf-8"), source="trust.json").digest


def _self_authorised(site: AttackedSite) -> None:
    succeed(site, with_role(people(site), "mallory", Role.HEAD, MALLORY), MALLORY)
    _then_approve(site)


def _by(*by: Signer, three: bool = False) -> Act:
    """Let *by* alone sign a version in which the attacker is a moderator."""

    def act(site: AttackedSite) -> None:
        if three:
            three_lead(site)
        succeed(site, _usurped(site), *by)
        _then_approve(site)

    return act


def _two_keys_of_one_head(site: AttackedSite) -> None:
    other = key("head", 2)
    three_lead(site)
    succeed(site, people(site).with_key("head", other.key), HEAD, LEAD)
    succeed(site, _usurped(site), HEAD, other)
    _then_approve(site)


def _threshold_of_one(site: AttackedSite) -> None:
    three_lead(site)
    succeed(site, _usurped(site), HEAD)

    def change(body: Body) -> None:
        root = body["root"]
        assert isinstance(root, dict)
        root["threshold"] = 1

    craft(site, change, HEAD)
    _then_approve(site)


def _fewer_lead(site: AttackedSite) -> None:
    """One head suspends the two others in the same version that then needs nobody else."""
    three_lead(site)
    alone = _usurped(site).with_holder("dsl", holder=False).with_holder("m-2", holder=False)
    succeed(site, alone, HEAD)
    _then_approve(site)


def _version_left_out(site: AttackedSite) -> None:
    three_lead(site)
    for _ in range(2):
        succeed(site, people(site).renewed(date(2027, 10, 1)), HEAD, LEAD)
    succeed(site, _usurped(site), HEAD, LEAD)
    earlier(site, people(site).version - 2).unlink()
    _then_approve(site)


def _put_back(site: AttackedSite) -> None:
    """The version in which the moderator was still trusted, put back."""
    before = trust_file(site).read_bytes()
    _after(lambda trust: trust.suspended("m-1"))(site)
    succeed(site, people(site).renewed(date(2027, 10, 1)), HEAD)
    trust_file(site).write_bytes(before)


def _put_back_with_folder(site: AttackedSite) -> None:
    before, version = trust_file(site).read_bytes(), people(site).version
    _after(lambda trust: trust.suspended("m-1"))(site)
    site.anchor = _digest(site)
    trust_file(site).write_bytes(before)
    earlier(site, version).unlink()


def _forked_people(site: AttackedSite) -> None:
    """Two versions after the same one, and a third that follows from the other."""
    three_lead(site)
    before = trust_file(site).read_bytes()
    succeed(site, people(site).suspended("m-1"), HEAD, LEAD)
    kept, version = trust_file(site).read_bytes(), people(site).version
    trust_file(site).write_bytes(before)
    succeed(site, people(site).renewed(date(2027, 10, 1)), HEAD, LEAD)
    succeed(site, _usurped(site), HEAD, LEAD)
    earlier(site, version).write_bytes(kept)
    _then_approve(site)


def _without_a_person(site: AttackedSite) -> None:
    trust = people(site)
    succeed(
        site, replace(trust, persons={k: v for k, v in trust.persons.items() if k != "m-2"}), HEAD
    )
    forged(MODERATOR)(site)


def _edited_people(change: Callable[[Body], object]) -> Act:
    """Change the file of the people and keep its signature."""

    def act(site: AttackedSite) -> None:
        signatures = sealed(payload_of(people(site)), HEAD).signatures
        forged(MALLORY, {"actor": "mallory"})(site)
        craft(site, change, HEAD)
        envelope = sealed(payload_of_file(site), HEAD)
        trust_file(site).write_text(replace(envelope, signatures=signatures).text(), "utf-8")

    return act


def payload_of_file(site: AttackedSite) -> bytes:
    """Return what stands in the file of the people, whatever it is."""
    return parse_envelope(trust_file(site).read_text("utf-8"), source="t").payload


def _give_key(body: Body) -> None:
    persons = body["persons"]
    assert isinstance(persons, dict)
    persons["mallory"] = {**persons["m-1"], "keys": [MALLORY.key.public.hex()]}


def _crafted(change: Callable[[Body], object]) -> Act:
    """The head signs what no program writes; the moderator's approval is true."""

    def act(site: AttackedSite) -> None:
        forged(MODERATOR)(site)
        craft(site, change, HEAD)

    return act


def _signed_as(kind: str) -> Act:
    def act(site: AttackedSite) -> None:
        payload = payload_of(_usurped(site))
        trust_file(site).write_text(sealed(payload, HEAD, kind=kind).text(), "utf-8")
        _then_approve(site)

    return act


def _row(name: str, act: Act, said: str, threat: str = "T4") -> Scenario:
    told = said.replace("PAGE", f"{slug_of(name)}.md")
    return Scenario(
        name=name, threat=threat, group=Group.PEOPLE, act=act, said=told, not_plain=PLAIN
    )


ROWS: tuple[Scenario, ...] = (
    _row("a publisher approves their own page", forged(PUBLISHER, _own("p-1")), OWN_WORK, "T3"),
    _row("a moderator approves their own page", forged(MODERATOR, _own("m-1")), OWN_WORK),
    _row("a head approves their own page", forged(HEAD, _own("head")), OWN_WORK),
    _row(
        "a moderator approves what they edited",
        forged(MODERATOR, {"editors": ("m-1", "p-1")}),
        OWN_WORK,
    ),
    _row(
        "an editor's id is written in capitals",
        forged(MODERATOR, {"editors": ("M-1", "p-1")}),
        OWN_WORK,
    ),
    _row(
        "the publisher's id is written in capitals",
        forged(MODERATOR, {"publisher": "M-1", "editors": ("M-1",)}),
        OWN_WORK,
    ),
    _row("a second key of the same person", _second_key, OWN_WORK),
    _row("two ids that differ in capitals", _two_ids, "ids that differ only in capitals"),
    _row("one key under two persons", _one_key_for_two, "have the same key"),
    _row("a moderator appoints a second self", _second_account, "is not signed by a head"),
    _row("a moderator signs in another's name", _in_anothers_name, "no valid signature of m-2"),
    _row("a publisher signs in the moderator's name", forged(PUBLISHER), UNSIGNED, "T3"),
    _row(
        "a stolen publisher's key approves another publisher's page",
        _among(Role.PUBLISHER, "p-2"),
        "PAGE: its approval of 2026-11-20 by p-2 no longer counts (p-2 may not approve",
        "T3",
    ),
    _row("a key that nobody knows", forged(key("m-1", 3)), UNSIGNED),
    _row("an actor whom nobody knows", forged(MALLORY, {"actor": "mallory"}), "is nobody on this"),
    _row(
        "a publisher whom nobody knows",
        forged(MODERATOR, {"publisher": "ghost", "editors": ("ghost",)}),
        NOBODY,
    ),
    _row("an approval that names no editor", forged(MODERATOR, {"editors": ()}), NOBODY),
    _row("a moderator names a publisher who handed nothing in", _handed_in(MODERATOR), NOT_HANDED),
    _row(
        "a moderator hands in with a second key of their own",
        _handed_in_with(lambda s: people(s).with_key("m-1", key("m-1", 2).key), key("m-1", 2)),
        NOT_HANDED,
    ),
    _row(
        "a moderator's own key under the id of the publisher's",
        _handed_in(MODERATOR, keyid=PUBLISHER.key.keyid),
        NOT_HANDED,
    ),
    _row("a key that nobody knows hands in", _handed_in(MALLORY), NOT_HANDED),
    _row("another publisher's key hands in", _handed_in(SECOND), NOT_HANDED),
    _row(
        "a hand-in in another publisher's name",
        _handed_in(PUBLISHER, publisher="m-2"),
        NOT_HANDED,
    ),
    _row("other bytes than those handed in", _other_bytes, NOT_HANDED),
    _row("one file more than was handed in", _one_file_more, NOT_HANDED),
    _row(
        "what was handed in for another page",
        _handed_in(PUBLISHER, {"page": "news/fair.md"}),
        NOT_HANDED,
    ),
    _row(
        "what was handed in at another school",
        _handed_in(PUBLISHER, {"site": digest_of(b"elm")}),
        NOT_HANDED,
    ),
    _row("the hand-in of an approved page", _of_a_true_approval, NOT_HANDED),
    _row(
        "a hand-in that was signed as an approval",
        _handed_in(PUBLISHER, kind=PAYLOAD_TYPE),
        NOT_HANDED,
    ),
    _row(
        "a page that was taken down, with the hand-in of before",
        _brought_back({"decision": Decision.TAKEDOWN}),
        HANDED_BEFORE,
    ),
    _row(
        "a page that its publisher withdrew, with the hand-in of before",
        _brought_back({"decision": Decision.WITHDRAW, "actor": "p-1"}),
        HANDED_BEFORE,
    ),
    _row(
        "a page that was rejected, with the hand-in of before",
        _brought_back({"decision": Decision.REJECT, "actor": "m-2"}),
        HANDED_BEFORE,
    ),
    _row("an older version, with the hand-in of before", _older_version, HANDED_BEFORE),
    _row("a hand-in of before under another place of the log", _later_place, NOT_HANDED),
    _row(
        "a hand-in without its place in the log", _left_out("after"), "handedIn.after: is missing"
    ),
    _row("an approval of what nobody handed in", _left_out(""), "handedIn: belongs to every"),
    _row("a hand-in without a signature", _left_out("sig"), "handedIn.sig: is missing"),
    _row("a retired key hands in once more", _retired_then_handed_in, NOT_HANDED, "T3"),
    _row(
        "the key that deploys hands in",
        _by_a_program,
        "no longer counts (d-1 is a program that deploys",
    ),
    _row("a signature under another key's id", _relabelled, UNSIGNED),
    _row(
        "a true signature under the head's key id", _under_a_wrong_id, "no valid signature of head"
    ),
    _row("an envelope with more signatures than are true", _with_more_signatures, UNSIGNED),
    _row("own work that the head signs as well", _cosigned, OWN_WORK),
    _row("a signature over another payload", _of_another_payload, UNSIGNED),
    _row("an approval signed as people", _typed(TRUST_PAYLOAD), "signed as something else"),
    _row("an approval signed as a release", _typed(RELEASE_PAYLOAD), "signed as something else"),
    _row(
        "an approval signed as a release and relabelled",
        _typed(RELEASE_PAYLOAD, relabel=True),
        UNSIGNED,
    ),
    _row("an envelope that holds two payloads", _twice_in_envelope, "holds the same key twice"),
    _row("a payload that holds two decisions", _twice_in_payload, "holds the same key twice"),
    _row("a number that is none", _not_a_number, "number that is not whole"),
    _row("a payload in another form", _in_other_form, "is not in canonical form"),
    _row("an approval of an unknown version", _unknown_version, "update Schoolgate"),
    _row("an approval without a signature", _unsigned, "carries no signature"),
    _row(
        "a rejection turned into an approval", _edited({"decision": "approve"}), "handedIn: belongs"
    ),
    _row("a rejection turned into an approval that was handed in", _turned, UNSIGNED),
    _row("an auditor approves", _among(Role.AUDITOR, "a-1"), "a-1 may not approve"),
    _row("a deployer approves", _among(Role.DEPLOYER, "d-1"), "d-1 may not approve"),
    _row(
        "a moderator is suspended after approving",
        _after(lambda trust: trust.suspended("m-1")),
        "PAGE: its approval of 2026-11-20 by m-1 no longer counts (m-1 is suspended)",
    ),
    _row(
        "a moderator approves after being suspended",
        _before(lambda trust: trust.suspended("m-1")),
        "PAGE: its approval of 2026-11-20 by m-1 no longer counts (m-1 is suspended)",
    ),
    _row(
        "a moderator is suspended for cause from an earlier number on",
        _after(lambda trust: trust.suspended("m-1", since=6)),
        "PAGE: its approval of 2026-11-20 by m-1 no longer counts (m-1 is suspended)",
    ),
    _row(
        "a moderator has another role since",
        _after(lambda trust: trust.with_person("m-1", frozenset({Role.PUBLISHER}))),
        "PAGE: its approval of 2026-11-20 by m-1 no longer counts (m-1 may not approve",
    ),
    _row(
        "a retired key signs once more",
        _before(lambda trust: trust.without_key("m-1", MODERATOR.key.keyid, after=5)),
        UNSIGNED,
    ),
    _row(
        "somebody who left signs once more",
        _before(lambda trust: trust.departed("m-1", after=5)),
        UNSIGNED,
    ),
    _row(
        "a retired key on a line of the log that was cut off",
        _retired_key_on_a_new_line,
        "the log was cut off or written anew",
        "T18",
    ),
    _row("one of two persons approves", _two_needed((MODERATOR,)), f"PAGE: {TWO}"),
    _row(
        "one person approves twice",
        _two_needed((MODERATOR, MODERATOR)),
        f"PAGE: {TWO}",
    ),
    _row("one person approves with two keys", _two_keys_one_person, f"PAGE: {TWO}"),
    _row(
        "the second person edited an earlier version",
        _old_version_by_its_editor,
        f"PAGE: {TWO}; its approval of 2026-11-20 by m-1 no longer counts (m-1 handed",
    ),
    _row("a moderator alone approves a statutory page", _statutory, "needs approval by executive"),
    _row(
        "a moderator alone approves a photo of a pupil",
        _people_in_photo,
        "needs approval by head or safeguarding lead",
    ),
    _row("all people replaced", _all_replaced, "does not lead back to the anchor", "T5"),
    _row("a trust file that authorises itself", _self_authorised, "is not signed by a head"),
    _row("people signed by a moderator", _by(MODERATOR), "is not signed by a head"),
    _row("people signed by one of three who lead", _by(HEAD, three=True), "lacks 1 of the 2"),
    _row(
        "people signed by one who leads and one who does not",
        _by(HEAD, MODERATOR, three=True),
        "lacks 1 of the 2",
    ),
    _row(
        "people signed by one who leads and a stranger",
        _by(HEAD, MALLORY, three=True),
        "lacks 1 of the 2",
    ),
    _row("people signed with two keys of one head", _two_keys_of_one_head, "lacks 1 of the 2"),
    _row("a threshold of one among three", _threshold_of_one, "it takes 2 at least"),
    _row("one head sends the others away", _fewer_lead, "lacks 1 of the 2"),
    _row(
        "a version of the people left out",
        _version_left_out,
        "json: is missing; restore the folder from git",
    ),
    _row("an older version of the people put back", _put_back, "an older one was put back", "T18"),
    _row(
        "an older version of the people put back, and the folder too",
        _put_back_with_folder,
        "does not lead back to the anchor",
        "T18",
    ),
    _row("people forked", _forked_people, "does not follow from version", "T18"),
    _row(
        "a person taken out of the people", _without_a_person, "people are suspended, never taken"
    ),
    _row("people edited under their signature", _edited_people(_give_key), "not signed by a head"),
    _row(
        "people of an unknown version",
        _crafted(lambda body: body.update(_type="https://schoolgate.example/trust/v3")),
        "update Schoolgate",
    ),
    _row(
        "people with a field that nobody knows",
        _crafted(lambda body: body.update(admins=["mallory"])),
        "holds a field that this version does not know",
    ),
    _row(
        "people who expired",
        _crafted(lambda body: body.update(expires="2026-11-20")),
        "expired on 2026-11-20",
    ),
    _row(
        "people for longer than any may be",
        _crafted(lambda body: body.update(expires="2036-11-20")),
        "more than 400 days ahead",
    ),
    _row("people signed as an approval", _signed_as(PAYLOAD_TYPE), "signed as something else"),
)
