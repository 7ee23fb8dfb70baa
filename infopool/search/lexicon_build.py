"""Builds `vocabulary/lexicon/`, German words for words of other languages, learnt from parallel sentences.

Run `python -m infopool.search.lexicon_build TRAIN.jsonl`, where TRAIN is the train split of OMoS-QA: lines with the
same question in several languages (`question_de`, `question_uk` ...). IBM Model 1 (Brown et al. 1993), trained by
expectation maximisation. What is kept are words with probabilities, no sentences. Never train on what is measured.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from infopool.paths import VOCABULARY
from infopool.search import text
from infopool.search.languages.stopping import empty_words

LANGUAGES = ("ar", "en", "fr", "uk")
ROUNDS = 8
NOTHING = ""
"""The word that words without a counterpart come from."""
KEPT = 5
LEAST = 0.08
SEEN_ONCE_LEAST = 0.25
"""The smallest probability kept; a word seen once must be surer."""
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


def build(rows: Sequence[dict[str, str]], language: str) -> str:
    """The lexicon of one language as the text of its file."""
    pairs = [(analysed(row[f"question_{language}"], language), analysed(row["question_de"], "de")) for row in rows]
    seen = Counter(word for source, _ in pairs for word in source)
    lines = ["word\tgerman", NOTICE]
    for word, terms in sorted(train(pairs).items()):
        least = LEAST if seen[word] > 1 else SEEN_ONCE_LEAST
        best = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
        kept = [f"{term}:{share:.2f}" for term, share in best if share >= least]
        if kept:
            lines.append(f"{word}\t{' '.join(kept)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the file of every language."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    folder = VOCABULARY / "lexicon"
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (folder / f"{language}.tsv").write_text(build(rows, language), encoding="utf-8")


if __name__ == "__main__":
    main()
