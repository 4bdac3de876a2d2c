"""An attack that the writer agrees with is no report; a person is no dish; letters stay cheap."""

from time import process_time

import pytest

from moderation.analysis.language import scan
from moderation.analysis.patterns.agreement import without_agreement
from moderation.analysis.patterns.library import load_library
from moderation.analysis.text import views
from moderation.analysis.text.sentences import Reading, Sentence
from moderation.model import Severity

_NEWS = (
    "Please bring a packed lunch, a coat and a water bottle. Wear odd socks on Monday. "
    "The fair helped the food bank. Reception planted beans. Swimming kits are needed. "
)


def _severities(text: str) -> list[Severity]:
    return [mark.severity for mark in scan(text) if not mark.is_word]


@pytest.mark.parametrize(
    "tail", ["my dad says so", "everyone says so", "I'm just saying", "like my nan always said"]
)
def test_agreement_does_not_excuse_an_attack(tail: str) -> None:
    assert _severities(f"All Travellers are thieves, {tail}.") == [Severity.REVIEW]


def test_a_report_of_an_attack_is_only_noted() -> None:
    text = "If someone says that all Travellers are thieves, tell a teacher."
    assert _severities(text) == [Severity.NOTE]


def test_agreement_is_hidden_word_for_word() -> None:
    text = "Oh. They are bad, my dad says so."
    assert without_agreement(Sentence(text, 4, len(text))) == Sentence(
        "They are bad, xx xxx xxxx xx.", 0, 29, []
    )


def test_disguised_words_keep_their_places_where_agreement_is_hidden() -> None:
    text = "Oh. Th3y are bad, just saying."
    sentence = Sentence(text, 4, len(text), [Reading(4, 8, "they")])
    assert without_agreement(sentence).line == " they are bad xxxx xxxxxx "


def test_a_sentence_without_agreement_comes_back_itself() -> None:
    sentence = Sentence("They are bad.", 0, 13)
    assert without_agreement(sentence) is sentence


def test_a_dish_excuses_the_plural_and_no_person() -> None:
    text = "Faggots in gravy on Monday, you faggot."
    assert [text[mark.start : mark.end] for mark in scan(text)] == ["faggot"]


def test_plain_school_news_starts_no_reading() -> None:
    assert load_library().starts(views.words(_NEWS.encode())) == []


def test_single_letters_by_the_thousand_stay_cheap() -> None:
    began = process_time()
    marks = scan("s h i t " * 12_500)
    assert marks and process_time() - began < 2
