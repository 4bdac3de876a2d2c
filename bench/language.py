"""Speed and accuracy of the language rules beside better-profanity, on the same text in one run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import language_evasions as evasions
from bench import language_measures as measures
from moderation.analysis.language import scan

_PARAGRAPH = """\
Year 6 visited the museum on Thursday and made clay pots with Mrs Cockburn. We assess pupils each
half term and pass the analysis to parents. The coach leaves Scunthorpe at 8.15am; please bring a
packed lunch, a coat and a water bottle. Our anti-bullying week begins on Monday: wear odd socks.
Parents’ evening is on Tuesday – book through the app. The harvest service raised £231.50 for the
food bank, thank you all. Reception planted beans and measured them with rulers. Class 4S and 5H
are learning about volcanoes, earthquakes and the Romans. Please label every jumper and cardigan.
The choir sang at the care home, and the residents joined in. Breakfast club opens at 7.45am.
Governors meet in the library on 12 March at 6pm. Swimming kits are needed on Wednesdays.
""".replace("\n", " ")


def main() -> int:
    """Print speed, and accuracy where the labelled data are at hand; return 1 beyond a limit."""
    pages, sentences, evasive = texts()
    scan("ready")
    print(f"{'':24}{'sentences':>14}{'5 KB pages':>14}{'evasive':>14}{'99th page':>14}")
    _speed("schoolgate (engine)", scan.__wrapped__, pages, sentences, evasive)
    peer = better_profanity()
    _speed("better-profanity", peer, pages[:2], sentences[:20], evasive[:20])
    _node()
    folder = os.environ.get("SCHOOLGATE_CORPORA")
    if not folder:
        print("\naccuracy: set SCHOOLGATE_CORPORA to the folder of labelled data to measure it")
        return 0
    return _accuracy(Path(folder) / "language", peer)


def texts() -> tuple[list[str], list[str], list[str]]:
    """Return pages of 5 KB, sentences, and sentences with a disguised word."""
    pages = [(_PARAGRAPH * 8)[i * 7 : i * 7 + 5000] for i in range(50)]
    sentences = [f"{s.strip()}. {i}" for i in range(60) for s in _PARAGRAPH.split(".") if s.strip()]
    evasive = [
        t
        for f in evasions.FAMILIES
        for t in measures.disguised(evasions.FAMILIES, f, evasions.WORDS)
    ]
    return pages, sentences, evasive


def _accuracy(folder: Path, peer: Callable[[str], object]) -> int:
    mine = measures.every(folder)
    print(f"\n{'':58}{'schoolgate':>12}{'limit':>10}")
    for each in mine:
        sign = "≥" if each.least else "≤"
        note = "" if each.reached else "  NOT REACHED"
        print(f"{each.name:58}{each.value:12.4f}  {sign} {each.limit:.4f}  {each.detail}{note}")
    print("\nbetter-profanity on the school sentences:")
    for each in measures.school(folder, lambda text: bool(peer(text))):
        print(f"{each.name:58}{each.value:12.4f}  {each.detail}")
    return 0 if all(each.reached for each in mine) else 1


def _speed(
    name: str,
    check: Callable[[str], object],
    pages: list[str],
    sentences: list[str],
    evasive: list[str],
) -> None:
    """Print megabytes a second of CPU time, best of three, and the slowest page in a hundred."""
    figures = [f"{rate(check, texts):9.3f} MB/s" for texts in (sentences, pages, evasive)]
    times = sorted(seconds(check, [page]) for page in pages)
    slow = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"{name:24}{''.join(f'{figure:>14}' for figure in figures)}{slow * 1000:11.2f} ms")


def rate(check: Callable[[str], object], texts: list[str]) -> float:
    """Return megabytes a second, the best of three runs."""
    size = sum(len(text.encode()) for text in texts)
    return size / min(seconds(check, texts) for _ in range(3)) / 1e6


def seconds(check: Callable[[str], object], texts: list[str]) -> float:
    """Return the CPU time of checking all *texts*."""
    start = time.process_time()
    for text in texts:
        check(text)
    return max(time.process_time() - start, 1e-9)


def better_profanity() -> Callable[[str], object]:
    """Return the check of better-profanity."""
    from better_profanity import Profanity

    check: Callable[[str], object] = Profanity().contains_profanity
    return check


def _node() -> None:
    """Say whether the peers of the other world can be measured here."""
    node = shutil.which("node")
    for package in ("obscenity", "@2toad/profanity"):
        there = (
            node
            and subprocess.run(
                [node, "-e", f"require.resolve('{package}')"], capture_output=True, check=False
            ).returncode
            == 0
        )
        said = "present, not measured here" if there else "not installed, so not measured"
        print(f"{package:24}{said}")


if __name__ == "__main__":
    sys.exit(main())
