"""Licences: what each is called, where its terms stand, and what it asks of who publishes.

After the SPDX License List 3.25; the deeds and legal codes of Creative Commons; *Open Government
Licence for public sector information*, The National Archives, versions 1 to 3.
"""

import re
from dataclasses import dataclass

_CC = re.compile(
    r"CC-BY(?P<nc>-NC)?(?:(?P<nd>-ND)|(?P<sa>-SA))?-(?P<version>[1-4]\.[05])(?:-(?P<port>[A-Z]{2,3}))?"
)
_OGL = re.compile(r"OGL(?:-UK)?(?:-(?P<version>[1-3])\.0)?")
_OGL_PLACE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version"
_CC_PLACE = "https://creativecommons.org"
OWN, PUPIL, PARENT = "own-work", "pupil-work", "parent-photo"
STOCK, PERMISSION = "stock", "permission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The terms on which a file is published.

    Args:
        id: as it is declared: an SPDX identifier, or a word of the policy
        name: as visitors read it
        url: where its terms stand; empty where they are nobody else's business
        attribution: the author must be named
        no_commercial: it allows no commercial use
        no_derivatives: it allows no changes
        share_alike: what is made of the file must be under the same terms
        statement: words that the licence itself prescribes; empty if it prescribes none

    """

    id: str
    name: str
    url: str = ""
    attribution: bool = False
    no_commercial: bool = False
    no_derivatives: bool = False
    share_alike: bool = False
    statement: str = ""

    @property
    def nameless(self) -> bool:
        """Whether its author is a child or a family, whose name is no visitor's business."""
        return self.id in (PUPIL, PARENT)


_PLAIN = {
    licence.id: licence
    for licence in (
        Licence(id=OWN, name="own work of the school"),
        Licence(id=PUPIL, name="work of a pupil of the school"),
        Licence(id=PARENT, name="photo by a family of the school"),
        Licence(id=STOCK, name="used under licence", attribution=True),
        Licence(id=PERMISSION, name="by kind permission", attribution=True),
        Licence(id="CC0-1.0", name="CC0 1.0", url=f"{_CC_PLACE}/publicdomain/zero/1.0/"),
        Licence(id="CC-PDM-1.0", name="Public domain", url=f"{_CC_PLACE}/publicdomain/mark/1.0/"),
        Licence(id="CC-PDDC", name="Public domain", url=f"{_CC_PLACE}/licenses/publicdomain/"),
        Licence(
            id="PDDL-1.0",
            name="Public domain (PDDL 1.0)",
            url="https://opendatacommons.org/licenses/pddl/1-0/",
        ),
    )
}


def licence_of(identifier: str) -> Licence:
    """Return what is known of a licence; one that is not known is taken to ask for attribution.

    Args:
        identifier: as it is declared; case counts, as SPDX identifiers and the policy's words are
            compared exactly when they are checked

    """
    if identifier in _PLAIN:
        return _PLAIN[identifier]
    if match := _CC.fullmatch(identifier):
        return _cc_licence(identifier, match)
    if match := _OGL.fullmatch(identifier):
        return _open_government(identifier, match["version"] or "3")
    return Licence(id=identifier, name=identifier, attribution=True)


def _cc_licence(identifier: str, match: re.Match[str]) -> Licence:
    parts = [part for part in (match["nc"], match["nd"], match["sa"]) if part]
    version, port = match["version"], match["port"] or ""
    kind = "by" + "".join(parts).lower()
    place = f"{_CC_PLACE}/licenses/{kind}/{version}/" + (f"{port.lower()}/" if port else "")
    return Licence(
        id=identifier,
        name=" ".join(each for each in (f"CC {kind.upper()}", version, port) if each),
        url=place,
        attribution=True,
        no_commercial=bool(match["nc"]),
        no_derivatives=bool(match["nd"]),
        share_alike=bool(match["sa"]),
    )


def _open_government(identifier: str, version: str) -> Licence:
    name = f"Open Government Licence v{version}.0"
    return Licence(
        id=identifier,
        name=name,
        url=f"{_OGL_PLACE}/{version}/",
        attribution=True,
        statement="Contains public sector information licensed under the",
    )
