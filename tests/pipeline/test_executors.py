"""Work spread over processes gives the same answers, and a poison item costs itself alone."""

import os
import signal
from pathlib import Path

import pytest

from moderation.pipeline.api import check_files
from moderation.pipeline.executors import Executor, Serial
from moderation.pipeline.executors.pool import Pool


def _double(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def _lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("executor", [Serial(), Pool(2), Pool(2, batch=3)])
def test_results_come_in_order(executor: Executor) -> None:
    work = [n for n in range(12)]
    assert list(executor.map(_double, work, lost=_lost)) == [n * 2 for n in work]
    assert list(executor.map(_double, [], lost=_lost)) == []


def test_a_poison_item_is_quarantined_and_the_rest_is_done() -> None:
    results = list(Pool(2, batch=4).map(_double, range(10, 18), lost=_lost))
    assert results == [20, 22, 24, -13, 28, 30, 32, 34]


def test_files_checked_in_a_pool_get_the_same_verdict(tmp_path: Path) -> None:
    for number in range(6):
        text = f"# Page {number}\n\nYou bastards.\n" if number % 2 else "# A calm page\n\nHello.\n"
        (tmp_path / f"page-{number}.md").write_text(text)
    serial = check_files([tmp_path], root=tmp_path)
    assert serial.outcome == "block"
    assert check_files([tmp_path], root=tmp_path, executor=Pool(2)) == serial
