"""Builds `vocabulary/lexicon/`, German words for words of other languages, learnt from parallel sentences.

Run `python -m infopool.search.lexicon_build TRAIN.jsonl PAGES.jsonl`. TRAIN is the train split of OMoS-QA: the same
question in several languages (`question_de`, `question_uk` ...) on each line. PAGES are its pages, whose texts in all
languages (`context_de` ...) have the same lines; only pages of the train split are read. IBM Model 1 (Brown et al.
1993), trained by expectation maximisation. What is kept are words with probabilities, no sentences. Never train on
what is measured.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from infopool.paths import VOCABULARY
from infopool.search import text
from infopool.search.languages.stopping import empty_words

LANGUAGES = ("ar", "en", "fr", "uk")
ROUNDS = 8
NOTHING = ""
"""The word that words without a counterpart come from."""
KEPT = 3
LEAST = 0.2
SEEN_ONCE_LEAST = 0.5
"""The smallest probability kept; a word seen once must be surer. Looser numbers found no more pages (two halves of the
train split, each measured with what was learnt from the other)."""
LONGEST = 80
"""Words of the longest line learnt from; in longer ones everything would be linked with everything."""
NOTICE = (
    "# Learnt from the train split of OMoS-QA (S. Kleinle, J. Prange, A. Friedrich, KONVENS 2024), CC BY 4.0;"
    " only words and probabilities are kept."
)

Pair = tuple[Sequence[str], Sequence[str]]
"""The words of a sentence and those of its translation."""


def train(pairs: Iterable[Pair], rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """How likely each word of the first side is translated by each of the second (IBM Model 1)."""
    sources: dict[str, int] = {NOTHING: 0}
    targets: dict[str, int] = {}
    links: list[tuple[int, int, int]] = []  # source, target, which target word of all sentences
    places = 0
    for source, target in pairs:
        numbers = [0, *(sources.setdefault(word, len(sources)) for word in source)]
        for word in target:
            number = targets.setdefault(word, len(targets))
            links += [(one, number, places) for one in numbers]
            places += 1
    if not links:
        return {}
    return _as_words(*_maximise(np.array(links, np.int64), len(targets), rounds), list(sources), list(targets))


def _maximise(links: np.ndarray, targets: int, rounds: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sources, targets and probabilities of all pairs that stand in some sentence pair together."""
    keys, pair_of = np.unique(links[:, 0] * targets + links[:, 1], return_inverse=True)
    source = keys // targets
    likely = np.ones(len(keys))
    for _ in range(rounds):
        each = likely[pair_of]
        share = each / np.bincount(links[:, 2], each)[links[:, 2]]
        counts = np.bincount(pair_of, share, len(keys))
        likely = counts / np.bincount(source, counts)[source]
    return source, keys % targets, likely


def _as_words(
    source: np.ndarray, target: np.ndarray, likely: np.ndarray, sources: list[str], targets: list[str]
) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other, share in zip(source.tolist(), target.tolist(), likely.tolist(), strict=True):
        table[sources[one]][targets[other]] = share
    table.pop(NOTHING, None)
    return table


def analysed(sentence: str, language: str) -> list[str]:
    """The stems of a sentence's words, without the empty ones; German compounds with their parts."""
    empty = empty_words(language)
    words = [word for word in text.words(sentence) if text.fold(word, language) not in empty]
    return text.index_terms(" ".join(words), language)


def build(sentences: Sequence[tuple[str, str]], language: str) -> str:
    """The lexicon of one language, learnt from sentences in it and in German, as the text of its file.

    Words are written as they stand most often, so that a speaker can review them; they are stemmed when they are read.
    """
    read = [(analysed(one, language), analysed(german, "de")) for one, german in sentences]
    pairs = [(one, german) for one, german in read if one and german and max(len(one), len(german)) <= LONGEST]
    seen = Counter(word for source, _ in pairs for word in source)
    written = _commonest((one for one, _ in sentences), language)
    lines = {}
    for stem, terms in train(pairs).items():
        least = LEAST if seen[stem] > 1 else SEEN_ONCE_LEAST
        best = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
        kept = [f"{term}:{share:.2f}" for term, share in best if share >= least]
        if kept:
            lines[written[stem]] = " ".join(kept)
    return "\n".join(["word\tgerman", NOTICE, *(f"{word}\t{lines[word]}" for word in sorted(lines))]) + "\n"


def _commonest(sentences: Iterable[str], language: str) -> dict[str, str]:
    """Stem -> the folded word that has it most often."""
    counts = Counter(text.fold(word, language) for sentence in sentences for word in text.words(sentence))
    return {text.stem(word, language): word for word, _ in sorted(counts.items(), key=lambda item: (item[1], item[0]))}


Row = Mapping[str, str]


def sentences(questions: Iterable[Row], pages: Iterable[Row], language: str) -> list[tuple[str, str]]:
    """What stands in a language and in German, each pair once: the questions, and the lines of the pages whose texts
    have equally many."""
    found = [(row[f"question_{language}"], row["question_de"]) for row in questions]
    for page in pages:
        lines, german = page[f"context_{language}"].split("\n"), page["context_de"].split("\n")
        if len(lines) == len(german):
            found += zip(lines, german, strict=True)
    return list(dict.fromkeys(found))


def main() -> None:
    """Write the file of every language."""
    questions, pages = (_rows(Path(name)) for name in sys.argv[1:3])
    pages = [page for page in pages if page["splits"] == ["train"]]
    folder = VOCABULARY / "lexicon"
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        learnt = build(sentences(questions, pages, language), language)
        (folder / f"{language}.tsv").write_text(learnt, encoding="utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
