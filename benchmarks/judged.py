"""The judged collections the search is measured on: needs over the demo offers, questions and titles over pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from infopool.directory.regions import load_region
from infopool.paths import REGIONS
from infopool.search import concepts, gazetteer
from infopool.search.documents import Card, IndexedText, OfferDocument
from infopool.search.engine import FoundOffer
from infopool.search.evaluating import Judged
from infopool.search.finding import Search
from infopool.search.languages.table import BY_TAG
from infopool.search.query import Asked
from infopool.search.weights import Weights
from infopool.search.whoosh_engine import WhooshEngine
from infopool.settings import Settings
from tests.search import needs

DEPTH = 10
OMOS = ("de", "en", "fr", "uk", "ar")
"""The languages of OMoS-QA (CC BY 4.0; Kleinle, Prange and Friedrich, KONVENS 2024)."""

Page = tuple[int, str, str]
"""Number, title, text."""


@dataclass(frozen=True)
class Collection:
    """Queries with the offers or pages that answer them, and a search over these."""

    name: str
    index: Path
    """The folder of its index."""
    search: Search
    queries: tuple[Judged, ...]
    cut: int
    """A query succeeds when one of so many first results answers it."""

    def weighted(self, weights: Weights) -> Collection:
        """The same with other numbers in the ranking."""
        return replace(self, search=replace(self.search, engine=WhooshEngine(self.index, weights=weights)))

    def of(self, queries: Iterable[Judged]) -> Collection:
        """The same with other queries."""
        return replace(self, queries=tuple(queries))


class Outcome(NamedTuple):
    """How one query went."""

    query: Judged
    rank: int
    """Of the first that answers it among the first ten, from 1; 0 when there is none."""
    empty: bool


def outcomes(collection: Collection) -> Iterator[Outcome]:
    """Ask every query."""
    search = collection.search
    for query in collection.queries:
        asked = Asked(query.text, query.language, needs.TODAY, limit=DEPTH)
        found = search.engine.search(search.understand(asked)).offers
        yield Outcome(query, first_right(query, found), not found)


def first_right(query: Judged, found: Sequence[FoundOffer]) -> int:
    """The rank of the first offer that answers the query, from 1; 0 when none does."""
    names = [(f"id:{offer.offer_id}", offer.card.source_key) for offer in found]
    return next((rank for rank, both in enumerate(names, 1) if any(query.grades.get(name) for name in both)), 0)


def demo(folder: Path, split: str) -> Collection:
    """The judged needs over the demo offers; `split` is a half, or "" for both."""
    search = needs.demo_search(folder / "needs")
    return Collection("needs", Settings(data=folder / "needs").index_folder, search, tuple(needs.judged(split)), 5)


def omos(folder: Path, data: Path, split: str, answerable: bool = False) -> Collection | None:
    """Questions in five languages, each asked about one of 442 German pages, a fifth of them without an answer there;
    only the others if `answerable`. None where the data are not."""
    if not (data / "omosqa").is_dir():
        return None
    pages = [(row["ctx"] + 1, *_title(row["context_de"])) for row in _rows(data / "omosqa" / "contexts.jsonl")]
    queries = [
        Judged(f"{row['id']}-{tag}", tag, row[f"question_{tag}"], {f"id:{row['ctx'] + 1}": 1})
        for tag in OMOS
        for row in _rows(data / "omosqa" / f"{split}.jsonl")
        if row["answerable"] or not answerable
    ]
    return Collection("omosqa", folder / "omosqa", search_over(pages, folder / "omosqa"), tuple(queries), DEPTH)


def titles(folder: Path, data: Path) -> Collection | None:
    """Titles of a county's pages in other languages, each to find its German page among these and those of OMoS-QA;
    None where the data are not. Pages the lexicon was learnt from are not asked for."""
    lists = sorted((data / "eval_titles").glob("*.jsonl"))
    texts = {row["id"]: row for path in (data / "integreat_pages").glob("*_de.jsonl") for row in _rows(path)}
    if not lists or not texts:
        return None
    rows = [row for path in lists for row in _rows(path) if row["id"] in texts]
    pages = [(row["id"], row["title_de"], texts[row["id"]]["text"]) for row in rows]
    others = list(_rows(data / "omosqa" / "contexts.jsonl"))
    pages += [(row["ctx"] + 1, *_title(row["context_de"])) for row in others if row["pageId"] not in texts]
    learnt_from = {row["pageId"] for row in others if "train" in row["splits"]}
    queries = [
        Judged(f"{row['id']}-{tag}", tag, title.replace("-", " "), {f"id:{row['id']}": 1})
        for row in rows
        if row["id"] not in learnt_from
        for tag, title in {"de": row["title_de"], **row["slugs"]}.items()
        if tag in BY_TAG
    ]
    return Collection("titles", folder / "titles", search_over(pages, folder / "titles"), tuple(queries), DEPTH)


def search_over(pages: Sequence[Page], folder: Path) -> Search:
    """A search over German pages, tagged as offers are, but without topics or facts."""
    region = load_region("waldshut")
    vocabulary = concepts.load()
    engine = WhooshEngine(folder)
    engine.rebuild(
        OfferDocument(
            id=number,
            texts={"de": IndexedText(title, body)},
            concepts=vocabulary.tag({"de": (title, "", body)}),
            facets={},
            card=Card(number, {"de": (title, "")}, {}),
            checked_on=needs.TODAY,
        )
        for number, title, body in pages
    )
    return Search(engine, vocabulary, gazetteer.load(region, REGIONS / "waldshut"), region)


def _title(text: str) -> tuple[str, str]:
    title, _, body = text.partition("\n")
    return title, body


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
