"""Train the person-name model: ``python -m bench.persons_train [TARGET]``.

Reads the sets that ``SCHOOLGATE_CORPORA`` names and that may be trained on, and the templates in
``bench/persons_data``. Takes some minutes on one core. The result is the same each time.
"""

import os
import random
import sys
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from bench.persons_corpus import (
    DATA,
    Example,
    Names,
    fill,
    labelled,
    prose,
    read,
    respell,
    slots,
    swap,
    templates,
)
from bench.persons_gazetteer import WNUT_TRAIN
from moderation.analysis.persons.features import features

MODEL = Path("moderation/analysis/persons/model.crfsuite")
SEED = 20_261_121
_PARAMETERS = {
    **{"c1": 0.2, "c2": 0.05, "max_iterations": 100, "feature.possible_transitions": True},
    **{"feature.minfreq": 3},
}


def main() -> int:
    """Train on everything and write the model."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL
    folder = Path(os.environ["SCHOOLGATE_CORPORA"])
    train(examples(folder), target, verbose=True)
    print(f"{target}: {target.stat().st_size:,} bytes, {DATA.name} and sets")
    return 0


def examples(folder: Path, *, copies: int = 6) -> list[Example]:
    """Gather the sentences to train on.

    The labelled school sentences and the last part of WNUT-17 may be trained on as well, and are
    kept back to measure on: the model was no better with them.

    Args:
        folder: the labelled data
        copies: how often each template is filled

    """
    draw = random.Random(SEED)
    names = Names(folder / "names/uk_names_lists.json", draw)
    words = slots()
    sets = [
        *read(folder / "names/wnut17_train.jsonl")[:WNUT_TRAIN],
        *read(folder / "names/btc_bg.jsonl"),
        *read(folder / "names/wikigold.jsonl"),
    ]
    found = [*sets, *prose(folder)]
    found += [swap(e, names) for e in sets for _ in range(2) if e.spans and draw.random() < 0.7]
    for name in ("school.txt", "general.txt"):
        for template in templates(name):
            times = copies if "{" in template else 2
            found += [fill(template, names, words, "own") for _ in range(times)]
    found += [
        other
        for e in found
        for way in (str.lower, str.upper)
        if draw.random() < (0.1 if way is str.lower else 0.05) and (other := respell(e, way))
    ]
    return found


def train(found: Iterable[Example], target: Path, *, verbose: bool = False) -> None:
    """Train a model and write it to *target*."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=verbose, params=_PARAMETERS)
    for example in found:
        for words, labels in labelled(example):
            trainer.append(features([word.text for word in words]), labels)
    trainer.train(str(target))


if __name__ == "__main__":
    sys.exit(main())
