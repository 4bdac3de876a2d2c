"""What a finding of language says besides its words: who decides, whom it names, what to write."""

import pytest

import moderation
from moderation.analysis.patterns.beside import person_beside
from moderation.checks.base import all_rules
from moderation.model import Finding, Role, Severity


def _found(text: str) -> tuple[Finding, ...]:
    return moderation.check_text(text, families=["language"]).findings


def _named(rule: str, text: str) -> list[str]:
    """Return whom the one finding of a rule names, as written on the page's one line."""
    (finding,) = (finding for finding in _found(text) if finding.rule == rule)
    return [
        text[where.column - 1 : where.end_column - 1]
        for where in finding.related
        if where.column and where.end_column and where.role == "the person named"
    ]


def test_extremism_and_self_harm_go_to_the_safeguarding_lead_and_defamation_to_the_head() -> None:
    rules = all_rules()
    deciders = {rule.id: rule.decided_by for rule in rules.values() if rule.family == "language"}
    assert deciders == {
        "abusive-word": Role.MODERATOR,
        "drug-talk": Role.SAFEGUARDING_LEAD,
        "extremist-content": Role.SAFEGUARDING_LEAD,
        "group-attack": Role.HEAD,
        "insult-used": Role.MODERATOR,
        "person-accused": Role.HEAD,
        "person-mocked": Role.SAFEGUARDING_LEAD,
        "school-term": Role.MODERATOR,
        "self-harm": Role.SAFEGUARDING_LEAD,
        "sexual-content": Role.SAFEGUARDING_LEAD,
        "slur-used": Role.HEAD,
        "threat-made": Role.SAFEGUARDING_LEAD,
    }


@pytest.mark.parametrize(
    ("rule", "text", "named"),
    [
        ("abusive-word", "Jayden Price is a wanker.", ["Jayden Price"]),
        ("abusive-word", "What a wanker Mr Cole is.", ["Mr Cole"]),
        ("abusive-word", "We met Priya. That wanker shouted.", []),
        ("abusive-word", "The wankers of Scunthorpe lost.", []),
        ("abusive-word", "Mr stood there, the wanker.", []),
        ("person-accused", "Mr Donnelly stole the money.", ["Mr Donnelly"]),
        ("threat-made", "We will stab Reece after school.", ["Reece"]),
        ("extremist-content", "Join Combat 18 today.", []),
    ],
)
def test_the_person_named_is_pointed_at(rule: str, text: str, named: list[str]) -> None:
    assert _named(rule, text) == named


def test_of_several_persons_the_nearest_before_is_named() -> None:
    text = "Priya and Ben Carter met the wanker Tom."
    at = text.index("wanker")
    place = person_beside(text, at, at + 6)
    assert place and text[slice(*place)] == "Ben Carter"


def test_a_kinder_word_is_offered_where_it_is_safe() -> None:
    (finding,) = _found("She is a half caste child.")
    assert finding.fix
    assert (finding.fix.description, finding.fix.replacement) == (
        "write “mixed race”",
        "mixed race",
    )


def test_a_pattern_that_marks_just_a_listed_word_is_no_second_finding() -> None:
    rows = [(finding.rule, finding.evidence) for finding in _found("White power! Kill yourself.")]
    assert rows == [("extremist-content", "White power"), ("self-harm", "Kill yourself")]


def test_what_is_spoken_about_is_a_note_and_never_silent() -> None:
    (finding,) = _found("Calling anybody a spastic is unacceptable.")
    assert (finding.rule, finding.severity) == ("slur-used", Severity.NOTE)
    assert finding.message.endswith("though it seems to be spoken about rather than said")


def test_a_message_names_the_ground_of_a_slur() -> None:
    (finding,) = _found("Those pikeys.")
    assert finding.message == "“pikeys” is a slur (being a Gypsy, Roma or Traveller)"


@pytest.mark.parametrize("path", ["page.md", "news/page.md", "page.html", "notes.txt"])
def test_the_name_of_the_file_is_no_part_of_its_last_sentence(path: str) -> None:
    text = "I will stab you"
    found = moderation.check_text(text, path=path, families=["language"]).findings
    assert [(f.rule, f.evidence, str(f.primary.span)) for f in found] == [
        ("threat-made", text, "1:1-16")
    ]
