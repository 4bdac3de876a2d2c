"""Ten thousand spans, generated from a seed: every finding covers exactly what was written."""

import pytest

from bench import language_spans

pytestmark = pytest.mark.corpus


def test_ten_thousand_spans_are_exact() -> None:
    judged, amiss = language_spans.measure(20261121, 10_000)
    print(", ".join(f"{what} {number}" for what, number in judged.most_common()))
    assert [(span.ways, span.page) for span in amiss] == []
