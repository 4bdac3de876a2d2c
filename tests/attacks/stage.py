"""The approved school that every attack begins with: two pages, a photo, a download, all signed."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from moderation.attest import Decision
from moderation.policy import default_policy
from moderation.publish.site import kit_of
from tests.attacks.scenario import AttackedSite
from tests.publish.school import CONFIG, FAIR, HOME, OLD, PHOTO, TRUST, School
from tests.spec_files import pdf

MENU = 'text = ["Lunch: soup and bread."]\ntitle = "Menu"\n'
LUNCH = "# Lunch\n\nRead the [menu](../downloads/menu.pdf).\n"
ROBOTS = "User-agent: *\n"


def set_stage(root: Path) -> School:
    """Write the approved school of all rows into *root*; its kit is locked."""
    school = School(root)
    school.put("mkdocs.yml", CONFIG)
    school.put("theme/main.html", '{% extends "base.html" %}\n')
    school.put("theme/robots.txt", ROBOTS)
    locked = TRUST.with_lock(kit_of(root, default_policy().limits))
    school.trust(replace(locked, issued=date(2026, 11, 19)))
    home, fair = school.write("index.md", HOME), school.write("news/fair.md", FAIR)
    photo, old = school.write("photos/fair.jpg", PHOTO), school.write("news/old.md", OLD)
    lunch = school.write("news/lunch.md", LUNCH)
    menu = school.write("downloads/menu.pdf", pdf(MENU))
    school.sign(home)
    school.sign(fair, photo)
    school.sign(old)
    school.sign(lunch, menu)
    school.sign(old, decision=Decision.TAKEDOWN)
    return school


def copy_of(approved: School, place: Path, name: str) -> AttackedSite:
    """Return a copy of the approved school for the scenario *name*."""
    shutil.copytree(approved.root, place / "oak", symlinks=True)
    return AttackedSite(school=School(place / "oak"), name=name)
