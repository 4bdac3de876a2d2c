"""Findings of language cover exactly what was written, however it was written: a sample.

All 10,000 spans are measured in ``tests/corpus``.
"""

from dataclasses import replace

from bench import language_spans


def test_a_sample_of_spans_is_exact() -> None:
    judged, amiss = language_spans.measure(7, 250)
    assert (dict(judged), amiss) == ({"exact": 250}, [])


def test_spans_are_the_same_for_the_same_seed() -> None:
    assert list(language_spans.spans(3, 20)) == list(language_spans.spans(3, 20))


def test_a_span_is_what_was_written_of_it() -> None:
    texts = {
        span.page[span.start : span.end][:1].isspace() for span in language_spans.spans(5, 200)
    }
    assert texts == {False}


def test_a_span_that_is_one_character_off_is_judged_wrong() -> None:
    (span,) = language_spans.spans(11, 1)
    off = replace(span, end=span.end - 1)
    assert [language_spans.judge(each) for each in (span, off)] == ["exact", "wrong place"]


def test_a_page_without_its_word_is_judged_not_found() -> None:
    (span,) = language_spans.spans(13, 1)
    assert language_spans.judge(replace(span, page="Thank you all.")) == "not found"
