from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from moderation.attest.trust_chain import Lock
from moderation.model import AssetRef, IntegrityError, digest_of
from moderation.policy import default_policy
from moderation.publish import kit
from moderation.publish.site import examine, kit_of, load_site
from tests.publish.school import CONFIG, NOW, TRUST, School, make_school

LIMITS = default_policy().limits


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = make_school(tmp_path)
    locked = TRUST.with_lock(kit_of(tmp_path, LIMITS))
    made.trust(replace(locked, issued=date(2026, 11, 20)))
    return made


def refusal(school: School) -> str:
    with pytest.raises(IntegrityError) as caught:
        examine(load_site(school.root, now=NOW), now=NOW)
    return str(caught.value)


def test_a_site_that_is_locked_is_built_with_exactly_that(school: School) -> None:
    site = load_site(school.root, now=NOW)
    assert site.lock == Lock(kit_of(school.root, LIMITS), date(2026, 11, 20), ("head",))
    assert examine(site, now=NOW)[1].admitted
    assert len(site.trust_digest) == 64


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        ("mkdocs.yml", CONFIG + "# more\n", "mkdocs.yml changed"),
        ("theme/main.html", "{# mine #}", "theme/main.html changed"),
        ("theme/partials/header.html", "<header></header>", "theme/partials/header.html is new"),
    ],
)
def test_what_is_not_locked_builds_nothing(school: School, path: str, data: str, told: str) -> None:
    school.put(path, data)
    assert refusal(school) == (
        f"{told} since head locked it on 2026-11-20; look at what is different, and if it is meant "
        "to be so, have a head run schoolgate trust lock"
    )


@pytest.mark.parametrize(("locked", "later"), [("true", "false"), ("false", "true")])
def test_no_page_is_moved_to_another_address(tmp_path: Path, locked: str, later: str) -> None:
    """``a.html`` and ``a/index.html`` are two addresses of one page, and ``mkdocs.yml`` says which.

    Without a lock the page moves, and nobody is asked.
    """
    school = make_school(tmp_path, config=f"{CONFIG}use_directory_urls: {locked}\n")
    school.put("mkdocs.yml", moved := f"{CONFIG}use_directory_urls: {later}\n")
    files, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    assert files.settings.directory_urls == (later == "true")
    assert manifest.admitted

    school.put("mkdocs.yml", f"{CONFIG}use_directory_urls: {locked}\n")
    school.trust(TRUST.with_lock(kit_of(tmp_path, LIMITS)))
    assert examine(load_site(school.root, now=NOW), now=NOW)[1].admitted
    school.put("mkdocs.yml", moved)
    assert refusal(school).startswith("mkdocs.yml changed since head locked it")


def test_another_version_of_a_program_builds_nothing(tmp_path: Path) -> None:
    school = make_school(tmp_path)
    refs = [each for each in kit_of(tmp_path, LIMITS) if not each.path.startswith("mkdocs 1.")]
    old = AssetRef("mkdocs 1.0.0", digest_of(b"older"), 5)
    school.trust(TRUST.with_lock([*refs, old]))
    told = refusal(school)
    assert told.startswith("mkdocs 1.0.0 is gone, mkdocs 1.")
    assert " is new since head locked it; look at" in told


def test_a_site_that_locked_nothing_is_built_and_told_so(tmp_path: Path) -> None:
    school = make_school(tmp_path)
    site = load_site(school.root, now=NOW)
    assert examine(site, now=NOW)[1].admitted
    assert [note.partition(":")[0] for note in site.notes] == [
        "one person alone can change who may do what, and a lost key can end that",
        "nothing is locked yet",
    ]


def test_a_program_is_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = "markupsafe/__init__.py,sha256=abc,1\nmarkupsafe-3.dist-info/WHEEL,sha256=x,1\n"

    class Installed:
        version = "3"

        def __init__(self, native: str) -> None:
            self.native = native

        def read_text(self, name: str) -> str:
            return plain + f"markupsafe/_speedups.{self.native},sha256={self.native},9\n"

    digests = set()
    for native in ("cp311-win_amd64.pyd", "cpython-311-x86_64-linux-gnu.so", "abi3.dylib"):
        here = Installed(native)
        monkeypatch.setattr(kit, "distribution", lambda name, here=here: here)
        digests.add(kit._program("markupsafe"))
    assert len(digests) == 1


def test_an_anchor_that_did_not_lead_here_refuses_the_site(school: School) -> None:
    site = load_site(school.root, now=NOW)
    assert load_site(school.root, now=NOW, anchor=site.trust_digest) == site
    with pytest.raises(IntegrityError, match="does not lead back to the anchor"):
        load_site(school.root, now=NOW, anchor=digest_of(b"another"))
