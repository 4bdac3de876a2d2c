"""The ways of the rows are no deaf judges: what is truly approved goes all the way through."""

from pathlib import Path

import pytest

from moderation.model import Role
from tests.attacks import release_rows, review_rows
from tests.attacks.forging import MALLORY, forged, people, succeed, three_lead, with_role
from tests.attacks.log_rows import after_deployment, deployed
from tests.attacks.scenario import Act, AttackedSite, Group, Scenario, Way
from tests.attacks.stage import copy_of, set_stage
from tests.attacks.ways import try_all
from tests.publish.school import SIGNERS, School
from tests.review.office import Office, page


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> School:
    return set_stage(tmp_path_factory.mktemp("approved") / "oak")


def _true_people(site: AttackedSite) -> None:
    three_lead(site)
    trust = with_role(people(site), "m-9", Role.MODERATOR, MALLORY)
    succeed(site, trust, SIGNERS["head"], SIGNERS["dsl"])
    forged(MALLORY, {"actor": "m-9"})(site)


def _true_approval(office: Office, text: str) -> None:
    office.approve("m-1", office.submit("p-1", page(text)))


def _nothing(_: AttackedSite) -> None:
    """Leave the site as it is."""


TRUE: dict[str, tuple[Act, Way]] = {
    "an approval by a moderator": (forged(SIGNERS["m-1"]), try_all),
    "an approval after the last deployment": (
        deployed(_nothing, forged(SIGNERS["m-1"])),
        after_deployment,
    ),
    "an approval by somebody whom two who lead appointed": (_true_people, try_all),
    "a release by the deployer": (release_rows.signed(), release_rows.deploy),
    "an approval in the office": (_nothing, review_rows.office(_true_approval)),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_goes_through(name: str, approved: School, tmp_path: Path) -> None:
    act, way = TRUE[name]
    site = copy_of(approved, tmp_path, name)
    row = Scenario(name=name, threat="T5", group=Group.LOG, act=act, said="")
    row.act(site)
    assert way(row, site).through != ()
