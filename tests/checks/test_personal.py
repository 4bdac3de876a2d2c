"""Checks of personal information: the school's own details pass, and nobody is told a value."""

import pytest

from moderation import Roll, check_text, load_policy
from moderation.analysis.identifiers import Kind
from moderation.model import Confidence, Finding, Severity
from moderation.registers import Registers
from moderation.reports.redact import redacted

OWN = """
[school]
domains = ["Quillbrook.example"]
emails = ["PTA@friends.example"]
phones = ["+44 (0)1632 960140", "01632 960147"]
postcodes = ["pe31 2bc"]
handles = ["@QuillbrookPS"]
"""
PAGE = """# Contact

office@quillbrook.example, jo.smith@quillbrook.example, pta@friends.example, office@friends.example

01632 960140, 01632-960147, +44 1632 960140 and 01632 960199

Brook Lane, Fenby PE31 2BC and 9 Elm Road; @QuillbrookPS and @kai_2014
"""


RULES = {*Kind, "address-of-child", "special-category-data"}


def findings(page: str, policy: str = "", roll: Roll | None = None) -> list[Finding]:
    verdict = check_text(
        page, families=["people"], policy=load_policy(policy), registers=Registers(roll=roll)
    )
    assert verdict.errors == ()
    return [each for each in verdict.findings if each.rule in RULES]


def told(page: str, policy: str = "") -> list[tuple[str, str, Severity]]:
    return [(each.rule, each.evidence, each.severity) for each in findings(page, policy)]


def test_the_schools_own_details_pass() -> None:
    review, note = Severity.REVIEW, Severity.NOTE
    assert told(PAGE, OWN) == [
        ("email-address", "jo.smith@quillbrook.example", review),
        ("email-address", "office@friends.example", note),
        ("phone-number", "01632 960199", review),
        ("home-address", "9 Elm Road", review),
        ("social-handle", "@kai_2014", review),
    ]


def test_without_a_policy_the_office_is_a_note_and_its_number_is_asked_about() -> None:
    assert [
        each for each in told(PAGE) if each[1] in ("office@quillbrook.example", "01632 960140")
    ] == [
        ("email-address", "office@quillbrook.example", Severity.NOTE),
        ("phone-number", "01632 960140", Severity.REVIEW),
    ]


@pytest.mark.parametrize(
    ("page", "rule", "severity"),
    [
        ("The NHS number is 943 476 5919.", "nhs-number", Severity.BLOCK),
        ("The list: 943 476 5919.", "nhs-number", Severity.REVIEW),
        ("Her date of birth is 2 March 2016.", "date-of-birth", Severity.BLOCK),
        ("Her birthday is on 2 March.", "date-of-birth", Severity.REVIEW),
        ("Amelia lives at 14 Larch Close.", "address-of-child", Severity.BLOCK),
        ("The museum, 14 Larch Close.", "home-address", Severity.NOTE),
        ("Mr Hart lives at 14 Larch Close.", "home-address", Severity.REVIEW),
    ],
)
def test_severity_follows_harm_and_certainty(page: str, rule: str, severity: Severity) -> None:
    assert [(each.rule, each.severity) for each in findings(f"# Page\n\n{page}")] == [
        (rule, severity)
    ]


def test_a_severity_of_the_policy_counts_for_every_finding() -> None:
    policy = '[rules.phone-number]\nseverity = "note"\n'
    assert told("# Page\n\nRing 07700 900123.", policy) == [
        ("phone-number", "07700 900123", Severity.NOTE)
    ]


def test_a_pupil_of_the_roll_makes_an_address_a_childs_and_a_fact_block() -> None:
    roll = Roll.from_csv("reference,forename,surname\nP-0112,Amelia,Hart\n")
    page = "# Team\n\n- Amelia Hart, 27 Station Road\n\nAsthma inhaler: Amelia Hart.\n"
    got = findings(page, roll=roll)
    assert [(each.rule, each.severity, each.confidence) for each in got] == [
        ("address-of-child", Severity.BLOCK, Confidence.HIGH),
        ("special-category-data", Severity.BLOCK, Confidence.HIGH),
    ]
    away = (
        "# Team\n\n- Amelia Hart won." + " The match was long." * 20 + " Meet at 27 Station Road."
    )
    assert [each.rule for each in findings(away, roll=roll)] == ["home-address"]


def test_no_report_tells_what_was_found() -> None:
    values = [
        "943 476 5919",
        "07700 900123",
        "jo.smith@example.org",
        "14 Larch Close",
        "AB 12 34 56 C",
    ]
    page = "# Page\n\n" + "\n\n".join(f"NHS, tel, NI: {value}." for value in values)
    verdict = check_text(page, families=["people"])
    assert [each.evidence for each in verdict.findings if each.rule in RULES] == values
    clean = repr(redacted(verdict))
    assert [value for value in values if value in clean] == []


def test_a_value_split_by_markup_is_found_where_it_is_written() -> None:
    page = "# Page\n\nRing 07700 <b>900</b>\n*123* or jo<!-- -->@example.org\n"
    places = [(each.rule, str(each.primary)) for each in findings(page)]
    assert ("phone-number", "page.md:3:6-4:5") in places
