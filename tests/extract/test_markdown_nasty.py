import pytest

from moderation.extract.markdown.render import rendered
from moderation.model import ExtractionError
from tests.extract.nasty_pages import NASTY, REFUSED
from tests.extract.rendering import python_markdown, read, visible

_TOP = "---\ntitle: T\n---\n\n"


@pytest.mark.parametrize("page", NASTY.values(), ids=NASTY)
def test_a_nasty_page_is_rendered_as_python_markdown_does(page: str) -> None:
    assert str(rendered("page.md", page).html) == python_markdown(page, with_toc=False)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_page_shows_the_words_of_its_document(name: str) -> None:
    page = NASTY[name]
    assert read(_TOP + page).visible_text.split() == visible(python_markdown(page))


@pytest.mark.parametrize(("page", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_cannot_be_read_safely_is_refused(page: str, reason: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(_TOP + page)
    assert caught.value.args[0].startswith("page.md: ")
    assert reason.replace("line 1", "line 5").replace("line 3", "line 7") in str(caught.value)


def test_there_are_enough_nasty_pages() -> None:
    assert len(NASTY) >= 80
