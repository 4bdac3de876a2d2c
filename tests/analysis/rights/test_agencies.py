"""Credits of agencies where they stand, and everyday words that are called alike."""

import pytest

from moderation.analysis.rights.agencies import (
    credited_in,
    declared_by,
    drawn_in,
    named_in,
    names_press,
    signed_by,
)
from moderation.analysis.rights.listed import Credited
from moderation.model import Term


@pytest.mark.parametrize(
    ("value", "term", "name"),
    [
        ("© 2024 Getty Images", Term.COPYRIGHT_NOTICE, "Getty Images"),
        ("GETTYIMAGES EUROPE", Term.CREDIT_LINE, "Getty Images"),
        ("John Roe/PA", Term.CREATOR, "PA"),
        ("PA", Term.SOURCE, "PA"),
        ("PA", Term.CREATOR, ""),
        ("BBC", Term.CREATOR, "BBC"),
        ("© The Guardian 2024", Term.COPYRIGHT_NOTICE, "The Guardian"),
        ("taken by the guardian", Term.CREDIT_LINE, ""),
        ("Parent/Guardian", Term.CREATOR, ""),
        ("picture alliance/dpa", Term.CREDIT_LINE, "picture-alliance"),
        ("https://www.alamy.com/licence", Term.LICENSOR_URL, "alamy.com"),
        ("action images of sports day", Term.SOURCE, ""),
        ("Anna Getty", Term.CREATOR, ""),
        ("© Tom Alamy", Term.COPYRIGHT_NOTICE, ""),
        ("x" * 9_000 + " Getty Images", Term.USAGE_TERMS, "Getty Images"),
    ],
)
def test_a_field_of_rights_is_signed(value: str, term: Term, name: str) -> None:
    found = signed_by(value, term)
    assert (found.name if found else "") == name


def test_the_title_of_a_newspaper_that_is_not_listed_is_not_sure() -> None:
    found = signed_by("© Reedham & Acle Gazette", Term.COPYRIGHT_NOTICE)
    assert found == Credited("Reedham & Acle Gazette", sure=False)
    assert signed_by("Reedham Gazette", Term.CREATOR) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Photo: Getty Images", "Getty Images"),
        ("A fair (Photo by Jo Li/AFP via Getty Images)", "AFP"),
        ("A fair\nPhoto courtesy of Daily Mail", "Daily Mail"),
        ("Photo: J. Smith for The Guardian", "The Guardian"),
        ("Photograph: PA", "PA"),
        ("Jo Roe/REX", "REX"),
        ("© The Sun", "The Sun"),
        ("Shutterstock 4711", "Shutterstock"),
        ("Photo by Jo Roe on Unsplash", "Unsplash"),
        ("REUTERS/Jo Roe", "Reuters"),
        ("(AP Photo/Jo Roe)", "AP Photo"),
        ("Foto: Jo Roe/dpa", "dpa"),
        ("Bildnachweis: Süddeutsche Zeitung Photo", "Suddeutsche Zeitung"),
        ("Crédit : Ouest-France", "Ouest-France"),
        ("Photo courtesy of the Associated Press", "Associated Press"),
        ("Photo: G\u0435tty Im\u00adag\u200bes", "Getty Images"),
        ("Photo: \uff27\uff25\uff34\uff34\uff39 Images", "Getty Images"),
        ("Photo: National World Book Day", ""),
        ("Picture: Nature picture library corner", ""),
        ("Photo: Daily Express train to York", ""),
        ("Photos by PA", ""),
        ("Picture: The Sun", ""),
        ("The Sun is a star", ""),
        ("Our class visits the Reuters office", ""),
        ("Photo of the Daily Mail", ""),
        ("Pictures from the Reuters newsroom visit", ""),
        ("Getty Images exhibition visit", ""),
        ("Picture by Anna Getty", ""),
        ("Photo by the guardian of a pupil", ""),
        ("Photo: a parent or guardian", ""),
    ],
)
def test_a_credit_among_sentences_is_told_from_a_story(text: str, name: str) -> None:
    found = credited_in(text)
    assert (found.name if found else "") == name


def test_marks_drawn_over_a_picture_are_read_as_badly_as_they_are_written() -> None:
    texts = ("getty\nimages", "shutterst0ck", "a\nalamy\na", "Salamyan", "12 pond")
    assert [bool(drawn_in(text)) for text in texts] == [True, True, True, False, False]
    papers = ("DAILY MAIL\n90p", "Photo: Jo Roe/Daily Mail")
    assert [bool(drawn_in(text)) for text in papers] == [False, True]


def test_names_of_downloads_and_words_of_the_publisher() -> None:
    paths = ("photos/gettyimages-1-2x2.jpg", "photos/AdobeStock_1.jpg", "photos/istockade.jpg")
    assert [bool(named_in(path)) for path in paths] == [True, True, False]
    words = ("Getty Images", "https://www.bbc.co.uk/news", "Anna Getty, guardian", "The Sun Class")
    assert [bool(declared_by(word)) for word in words] == [True, True, False, False]
    assert (names_press("The Times said so"), names_press("at times")) == (True, False)
    assert names_press("From the Daily Telegraph of Friday")
