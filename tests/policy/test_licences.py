"""What each licence is called and asks for; an unknown one asks for the author."""

import pytest

from moderation.policy import default_policy
from moderation.policy.licences import Licence, licence_of

CC = "https://creativecommons.org"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version"


@pytest.mark.parametrize(
    "licence",
    [
        Licence(id="CC-BY-4.0", name="CC BY 4.0", url=f"{CC}/licenses/by/4.0/", attribution=True),
        Licence(
            id="CC-BY-NC-SA-2.5",
            name="CC BY-NC-SA 2.5",
            url=f"{CC}/licenses/by-nc-sa/2.5/",
            attribution=True,
            no_commercial=True,
            share_alike=True,
        ),
        Licence(
            id="CC-BY-NC-ND-3.0-IGO",
            name="CC BY-NC-ND 3.0 IGO",
            url=f"{CC}/licenses/by-nc-nd/3.0/igo/",
            attribution=True,
            no_commercial=True,
            no_derivatives=True,
        ),
        Licence(
            id="OGL-UK-2.0",
            name="Open Government Licence v2.0",
            url=f"{OGL}/2/",
            attribution=True,
            statement="Contains public sector information licensed under the",
        ),
        Licence(
            id="OGL",
            name="Open Government Licence v3.0",
            url=f"{OGL}/3/",
            attribution=True,
            statement="Contains public sector information licensed under the",
        ),
        Licence(id="CC0-1.0", name="CC0 1.0", url=f"{CC}/publicdomain/zero/1.0/"),
        Licence(id="own-work", name="own work of the school"),
        Licence(id="cc-by-4.0", name="cc-by-4.0", attribution=True),
        Licence(id="CC-BY-9.0", name="CC-BY-9.0", attribution=True),
        Licence(id="", name="", attribution=True),
    ],
    ids=lambda licence: licence.id,
)
def test_a_licence_is_known_by_its_identifier(licence: Licence) -> None:
    assert licence_of(licence.id) == licence


def test_only_pupils_and_families_go_without_a_name() -> None:
    nameless = {each for each in default_policy().licences if licence_of(each).nameless}
    assert nameless == {"pupil-work", "parent-photo"}


def test_every_licence_that_the_policy_accepts_is_known() -> None:
    for each in default_policy().licences:
        assert licence_of(each).name != each
