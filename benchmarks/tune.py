"""`python -m benchmarks.tune [--rounds N] [--seed N] [--data FOLDER]`: looks for better numbers for the ranking.

A coordinate search over the table of weights and a few named constants: one number at a time is tried at several
values, and the best is kept, until a round brings nothing. It looks only at the tuning half of the judged needs and at
OMoS-QA's train split, never at what is reported. Short queries weigh 0.4, the needs put as questions 0.25, OMoS-QA
0.35. What it prints is a suggestion: a number goes into the table when it also makes sense.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from types import ModuleType

from benchmarks import judged
from benchmarks.judged import DEPTH, Collection
from infopool.search import expanding
from infopool.search.evaluating import Judged
from infopool.search.query import Asked, SearchQuery
from infopool.search.weights import WEIGHTS, Weights
from tests.search import needs

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
SHARES = {"short": 0.4, "question": 0.25, "omosqa": 0.35}
SHORT = 4
"""Words up to which a need counts as put shortly."""
LEAST_GAIN = 0.0005
OTHERS = 6
"""Of the questions in other languages than German every so many-th is asked: the lexicon has seen them all."""

TRIED: dict[str, tuple[float, ...]] = {
    "k1": (1.2, 2.0, 2.5, 3.0, 4.0),
    "text_b": (0.3, 0.45, 0.6, 0.75),
    "title_b": (0.0, 0.1, 0.3),
    "title": (1.0, 1.5, 2.0, 3.0, 4.0),
    "concept": (1.5, 2.0, 3.0, 4.0, 6.0),
    "coordination": (0.0, 0.1, 0.25, 0.5),
    "wish": (0.2, 0.35, 0.5, 0.7, 1.0),
    "spoken": (0.0, 0.03, 0.06, 0.12),
}
"""Field of the table of weights -> values."""

CONSTANTS: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (
    (expanding, "LABEL", (0.2, 0.35, 0.5, 0.8)),
    (expanding, "LABEL_PART", (0.0, 0.1, 0.2, 0.3)),
    (expanding, "PART_BOOST", (0.2, 0.35, 0.5, 0.7)),
    (expanding, "TEXT_BOOST", (0.1, 0.2, 0.35, 0.5)),
    (expanding, "TEXT_BOOST_IN_QUESTIONS", (0.3, 0.5, 0.7, 1.0)),
    (expanding, "CONCEPT_IN_QUESTIONS", (0.3, 0.5, 0.7, 1.0)),
    (expanding, "PIVOT", (0.2, 0.35, 0.5, 0.8)),
    (expanding, "PIVOT_FROM", (0.1, 0.2, 0.4)),
    (expanding, "LOOKALIKE", (0.0, 0.2, 0.5)),
    (expanding, "OTHER_LANGUAGE", (0.2, 0.5, 0.8)),
    (expanding, "NEARLY", (0.4, 0.7, 1.0)),
)
"""Constants that decide how a query is understood."""


@dataclass
class Trial:
    """The collections with their queries understood as the constants now say."""

    groups: dict[str, Collection]
    understood: dict[str, list[tuple[Judged, SearchQuery]]]

    def understand(self) -> None:
        """Understand all queries anew."""
        self.understood = {
            name: [(query, collection.search.understand(_asked(query))) for query in collection.queries]
            for name, collection in self.groups.items()
        }

    def score(self, weights: Weights) -> float:
        """The mean over the groups, each by its share; 1 would be a right first result for every query."""
        total = sum(SHARES[name] for name in self.groups)
        return sum(SHARES[name] * self._score(name, weights) for name in self.groups) / total

    def _score(self, name: str, weights: Weights) -> float:
        collection = self.groups[name].weighted(weights)
        engine = collection.search.engine
        return fmean(
            _worth(query, engine.search(asked).offers, collection.cut) for query, asked in self.understood[name]
        )


def _worth(query: Judged, found: Sequence[judged.FoundOffer], cut: int) -> float:
    """Half for a right result early enough, half for its place."""
    rank = judged.first_right(query, found)
    return 0.5 * float(0 < rank <= cut) + (0.5 / rank if rank else 0.0)


def _asked(query: Judged) -> Asked:
    return Asked(query.text, query.language, needs.TODAY, limit=DEPTH)


def main() -> None:
    """Search and print what was found."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(dict(_groups(Path(folder), asked.data)), {})
        trial.understand()
        weights, best = WEIGHTS, trial.score(WEIGHTS)
        print(f"now {best:.4f}", flush=True)
        chance = random.Random(asked.seed)
        for _ in range(asked.rounds):
            before = best
            weights, best = _round(trial, weights, best, chance)
            if best - before < LEAST_GAIN:
                break
    print(f"best {best:.4f}")
    print({name: getattr(weights, name) for name in TRIED if getattr(weights, name) != getattr(WEIGHTS, name)})
    print({name: getattr(module, name) for module, name, _ in CONSTANTS})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tune")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, help="decides in which order the numbers are tried")
    parser.add_argument("--data", type=Path, default=BESIDE, help="folder with omosqa/")
    return parser.parse_args()


def _groups(folder: Path, data: Path) -> Iterable[tuple[str, Collection]]:
    demo = judged.demo(folder, "tune")
    short = [query for query in demo.queries if len(query.text.split()) <= SHORT]
    yield "short", demo.of(short)
    yield "question", demo.of(query for query in demo.queries if query not in short)
    questions = judged.omos(folder, data, "train")
    if questions:
        yield (
            "omosqa",
            questions.of(
                query for at, query in enumerate(questions.queries) if query.language == "de" or at % OTHERS == 0
            ),
        )


def _round(trial: Trial, weights: Weights, best: float, chance: random.Random) -> tuple[Weights, float]:
    """Try every number once, in an order of chance."""
    fields = list(TRIED)
    chance.shuffle(fields)
    for field in fields:
        for value in TRIED[field]:
            tried = replace(weights, **{field: value})
            score = trial.score(tried) if tried != weights else best
            if score > best + LEAST_GAIN:
                weights, best = tried, score
                print(f"{best:.4f} {field} {value}", flush=True)
    for module, name, values in CONSTANTS:
        best = _try_constant(trial, weights, best, module, name, values)
    return weights, best


def _try_constant(
    trial: Trial, weights: Weights, best: float, module: ModuleType, name: str, values: Iterable[float]
) -> float:
    kept = getattr(module, name)
    for value in values:
        setattr(module, name, value)
        trial.understand()
        score = trial.score(weights)
        if score > best + LEAST_GAIN:
            kept, best = value, score
            print(f"{best:.4f} {name} {value}", flush=True)
    setattr(module, name, kept)
    trial.understand()
    return best


if __name__ == "__main__":
    main()
