"""Rows about pages that a milder policy let through."""

from moderation.model import Role
from moderation.policy import load_policy
from moderation.policy.tightening import Tolerance
from tests.attacks.forging import (
    PLAIN,
    add,
    claim_of,
    fields_of,
    forged,
    key,
    log_of,
    people,
    planted,
    put,
    rewritten,
    slug_of,
    succeed,
    with_role,
)
from tests.attacks.scenario import Act, AttackedSite, Group, Scenario
from tests.publish.school import SIGNERS

HEAD, MODERATOR = SIGNERS["head"], SIGNERS["m-1"]
SWITCHED_OFF = (Tolerance("pupil-named", ()),)
STRICTER = "PAGE: its approval of 2026-11-20 by m-1 no longer counts (the policy is stricter about "


def _strict(rule: str, setting: str, *, signed: bool = False) -> Act:
    """The page is approved with a note of *rule*, and then the school means it more seriously."""

    def act(site: AttackedSite) -> None:
        forged(MODERATOR, {"rules": (Tolerance(rule, ("default", "note")),)})(site)
        text = f"[rules.{rule}]\n{setting}\n"
        site.school.put(".schoolgate/policy.toml", text)
        if signed:
            succeed(site, people(site).with_policy(load_policy(text).digest), HEAD)

    return act


def _switched_on(site: AttackedSite) -> None:
    forged(MODERATOR, {"rules": SWITCHED_OFF})(site)


def _half_of_two(site: AttackedSite) -> None:
    """Two must approve; the one who did so under the milder policy counts no more."""
    page = planted(site)
    for who, rules in (("m-1", SWITCHED_OFF), ("m-2", ())):
        claim = claim_of(site, page, changes={"actor": who, "rules": rules})
        add(site, claim, SIGNERS[who])
    site.school.put(".schoolgate/policy.toml", "[approval.text]\ncount = 2\n")


def _left_out_afterwards(site: AttackedSite) -> None:
    """Somebody takes out of the approval what it says of the rules."""
    _switched_on(site)
    number = log_of(site).next()[0] - 1
    envelope = log_of(site).read()[number - 1][1]
    predicate = fields_of(envelope.payload)["predicate"]
    assert isinstance(predicate, dict)
    put(site, number, rewritten(envelope, {"rules": {"pupil-named": ["default"]}}).text())


def _by_somebody_suspended(site: AttackedSite) -> None:
    """Approved anew under the stricter policy, by somebody who may approve no more."""
    page, other = planted(site), key("m-3")
    succeed(site, with_role(people(site), "m-3", Role.MODERATOR, other), HEAD)
    add(site, claim_of(site, page, changes={"rules": SWITCHED_OFF}), MODERATOR)
    add(site, claim_of(site, page, changes={"actor": "m-3"}), other)
    succeed(site, people(site).suspended("m-3"), HEAD)


def _row(name: str, act: Act, said: str) -> Scenario:
    told = said.replace("PAGE", f"{slug_of(name)}.md")
    return Scenario(
        name=name, threat="T18", group=Group.UNAPPROVED, act=act, said=told, not_plain=PLAIN
    )


ROWS = (
    _row(
        "a page with what was a note and is to be reviewed now",
        _strict("alt-text-missing", 'severity = "block"'),
        f"{STRICTER}alt-text-missing since)",
    ),
    _row(
        "a page with what was a note and blocks now, by a policy that the head signed",
        _strict("alt-text-missing", 'severity = "block"', signed=True),
        f"{STRICTER}alt-text-missing since)",
    ),
    _row(
        "a page approved while a rule was off that is on now",
        _switched_on,
        f"{STRICTER}pupil-named since)",
    ),
    _row(
        "a page of which one of two approvals rests on a milder policy",
        _half_of_two,
        "needs approval by 2 different persons",
    ),
    _row(
        "an approval altered to bear a stricter policy",
        _left_out_afterwards,
        "carries no valid signature of m-1",
    ),
    _row(
        "a page approved anew under the stricter policy by somebody suspended since",
        _by_somebody_suspended,
        "PAGE: its approval of 2026-11-20 by m-3 no longer counts (m-3 is suspended)",
    ),
)
