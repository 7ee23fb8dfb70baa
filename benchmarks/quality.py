"""`python -m benchmarks.quality [--split tune|report|practice] [--data FOLDER]`: how well people find, per language.

Three collections: the judged needs over the demo offers (success@5), the questions of OMoS-QA's dev split over 442
German pages (hit@10), and titles of a county's pages in other languages (hit@10). What is not there is left out.
`--failures` lists the queries of the tuning half, or of the practice set, that fail; of the others only the numbers are
shown, so that nobody tunes on them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import fmean

from benchmarks import judged
from benchmarks.judged import Collection, Outcome
from infopool.languages import SEARCHED
from infopool.search import ages, compiled, expanding, guessing, translating

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
ALL = "all"

Shares = Mapping[str, float]
"""Language (and "all") -> share of its queries."""


LAYERS: dict[str, Callable[[], None]] = {
    "dictionary": lambda: setattr(translating, "_dictionary", lambda _path, _language: {}),
    "lexicon": lambda: setattr(translating, "_lexicon", lambda _path, _language: {}),
    "apart": lambda: setattr(expanding, "scattered_words", lambda _draft: []),
    "fields": lambda: setattr(expanding, "associated_words", lambda _draft, _scattered: []),
    "helping": lambda: setattr(expanding, "helping_words", lambda *_: []),
    "ages": lambda: setattr(ages, "age_words", lambda _draft: []),
    "guesses": lambda: setattr(guessing, "mend", lambda _draft: None),
}
"""What can be left out of the search to see what it brings."""


def main() -> None:
    """Measure and print one table."""
    asked = _arguments()
    for layer in asked.without:
        LAYERS[layer]()
    if asked.without:
        setattr(compiled, "kept", lambda _name, make: make())  # noqa: B010
    columns: dict[str, Shares] = {}
    with tempfile.TemporaryDirectory() as folder:
        for collection in _collections(Path(folder), asked):
            found = list(judged.outcomes(collection))
            columns |= _columns(collection, found)
            if asked.failures and collection.name == "needs" and asked.split != "report":
                print("\n".join(_failures(collection, found)))
    print(_table(columns))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality")
    parser.add_argument("--split", default="report", choices=["tune", "report", "practice"], help="judged needs")
    parser.add_argument("--only", default="", choices=["", "needs", "omosqa", "titles"])
    parser.add_argument("--train", action="store_true", help="OMoS-QA's train split in place of dev")
    parser.add_argument("--answerable", action="store_true", help="only questions that are answered on their page")
    parser.add_argument("--without", nargs="*", default=(), choices=LAYERS, help="layers of the search to leave out")
    parser.add_argument("--failures", action="store_true", help="list what fails, not of the reporting half")
    parser.add_argument("--data", type=Path, default=BESIDE, help="folder with omosqa/, eval_titles/, integreat_pages/")
    return parser.parse_args()


def _collections(folder: Path, asked: argparse.Namespace) -> Iterable[Collection]:
    makers: dict[str, Callable[[], Collection | None]] = {
        "needs": lambda: judged.demo(folder, asked.split),
        "omosqa": lambda: judged.omos(folder, asked.data, "train" if asked.train else "dev", asked.answerable),
        "titles": lambda: judged.titles(folder, asked.data),
    }
    for name, make in makers.items():
        collection = make() if asked.only in ("", name) else None
        if collection:
            yield collection


def _columns(collection: Collection, found: list[Outcome]) -> dict[str, Shares]:
    hit = shares(found, lambda outcome: 0 < outcome.rank <= collection.cut)
    mrr = shares(found, lambda outcome: 1 / outcome.rank if outcome.rank else 0.0)
    empty = shares(found, lambda outcome: outcome.empty)
    return {
        f"{collection.name} @{collection.cut}": hit,
        f"{collection.name} mrr": mrr,
        f"{collection.name} empty": empty,
    }


def shares(found: Iterable[Outcome], measure: Callable[[Outcome], float]) -> Shares:
    """The mean of a measure per language, and over the queries of all."""
    rows: dict[str, list[float]] = defaultdict(list)
    for outcome in found:
        for tag in (outcome.query.language, ALL):
            rows[tag].append(float(measure(outcome)))
    return {tag: fmean(row) for tag, row in rows.items()}


def _failures(collection: Collection, found: Iterable[Outcome]) -> Iterable[str]:
    for outcome in found:
        if not 0 < outcome.rank <= collection.cut:
            yield f"{outcome.query.id}\t{outcome.query.text}\twanted {', '.join(outcome.query.grades)}"


def _table(columns: Mapping[str, Shares]) -> str:
    lines = [f"{'':6}" + "".join(f"{name:>15}" for name in columns)]
    for tag in (ALL, *SEARCHED):
        cells = (f"{shares[tag]:>15.3f}" if tag in shares else f"{'':15}" for shares in columns.values())
        lines.append(f"{tag:6}" + "".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
