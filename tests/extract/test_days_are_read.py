"""The days of a page are read from its front matter, and what only looks like one is refused."""

from datetime import date

import pytest

from moderation.extract import extract
from moderation.extract.publication import read_publication
from moderation.model import ExtractionError, Publication


def read(settings: str) -> Publication:
    return read_publication(extract("news/a.md", f"---\n{settings}\n---\n\n# A\n".encode()))


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ("title: A", Publication()),
        ("publish: 2026-12-24", Publication(first=date(2026, 12, 24))),
        ('expires: "2027-01-31"', Publication(last=date(2027, 1, 31))),
        (
            "publish: 2026-12-24\nexpires: 2026-12-24",
            Publication(first=date(2026, 12, 24), last=date(2026, 12, 24)),
        ),
        ("published: true\ndate: 2026-11-21", Publication()),
        ("schedule: every Monday\nrelease: 2.0\nhide: [toc]", Publication()),
    ],
)
def test_days_are_read(settings: str, days: Publication) -> None:
    assert read(settings) == days


NO_DAY = "front matter: publish: is no day; write one such as publish: 2026-12-24"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("publish: Christmas", NO_DAY),
        ("publish:", NO_DAY),
        ("publish: true", NO_DAY),
        ("publish: 20261224", NO_DAY),
        ('publish: "2026-02-30"', NO_DAY),
        ('publish: "2026-12-24 09:00"', NO_DAY),
        ("publish: [2026-12-24]", NO_DAY),
        (
            "publish: 2027-02-01\nexpires: 2027-01-31",
            "front matter: expires: 2027-01-31 lies before publish: 2027-02-01; correct one of "
            "them",
        ),
        ("Publish: 2026-12-24", "front matter: Publish: is no setting; write publish: 2026-12-24"),
        ("embargo: x", "front matter: embargo: is no setting; write publish: 2026-12-24"),
        ("publish_on: x", "front matter: publish_on: is no setting; write publish: 2026-12-24"),
        ("expiry-date: x", "front matter: expiry-date: is no setting; write expires: 2026-12-24"),
        ("valid-until: x", "front matter: valid-until: is no setting; write expires: 2026-12-24"),
        ("ｐublish: x", "front matter: ｐublish: is no setting; write publish: 2026-12-24"),
        (
            "release: 2026-12-24",
            "front matter: release: is no setting; write publish: 2026-12-24",
        ),
        (
            'take-down: "2026-12-24"',
            "front matter: take-down: is no setting; write expires: 2026-12-24",
        ),
    ],
)
def test_what_is_no_day_is_refused(settings: str, message: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(settings)
    assert str(caught.value) == message


@pytest.mark.parametrize("word", ["2026-13-40", "2026-12-24T09:00:00Z", "24/12/2026"])
def test_a_word_that_yaml_or_nobody_takes_for_a_day_is_refused(word: str) -> None:
    with pytest.raises(ExtractionError):
        read(f"publish: {word}")


def test_a_page_without_front_matter_has_no_days() -> None:
    assert read_publication(extract("a.md", b"# A\n")) == Publication()
