"""Texts and queries to measure with: real sentences of the field, mixed anew until there are enough offers."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from infopool.directory.facts import AUDIENCES, COSTS, FORMATS, LEVELS, RESIDENCE, TIMES
from infopool.directory.regions import load_region
from infopool.directory.topics import TOPICS
from infopool.languages import SEARCHED
from infopool.paths import DEMO
from infopool.search.documents import Card, IndexedText, OfferDocument
from infopool.search.query import SearchQuery, Term, Word
from infopool.search.text import index_terms

TODAY = date(2026, 11, 22)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Page:
    """A text to take sentences from."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Corpus:
    """All pages, and what somebody might type who looks for one of them."""

    pages: tuple[Page, ...]
    questions: tuple[str, ...]


def load(extra: Path | None) -> Corpus:
    """The demo offers, and the pages and questions of OMoS-QA if its folder lies in `extra`."""
    with (DEMO / "offers.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    pages = [_page(row["Titel"], f"{row['Kurzbeschreibung']}\n{row['Beschreibung']}") for row in rows]
    questions = [row["Kurzbeschreibung"] for row in rows]
    folder = extra / "omosqa" if extra else None
    if folder and folder.is_dir():
        contexts = [json.loads(line)["context_de"] for line in _lines(folder / "contexts.jsonl")]
        pages += [_page(text.split("\n")[0], text) for text in contexts]
        questions = [json.loads(line)["question_de"] for line in _lines(folder / "dev.jsonl")]
    return Corpus(tuple(page for page in pages if page.sentences), tuple(questions))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _page(title: str, text: str) -> Page:
    return Page(title, tuple(sentence for sentence in SENTENCE.split(text) if len(sentence) > 3))


class Offers:
    """Made-up offers, the same ones for the same size."""

    def __init__(self, corpus: Corpus, size: int) -> None:
        self._corpus = corpus
        self._size = size
        self._places = [place.code for place in load_region("waldshut").places]
        self._points = [(place.latitude, place.longitude) for place in load_region("waldshut").places]
        self._topics = [topic.code for topic in TOPICS]

    def __iter__(self) -> Iterator[OfferDocument]:
        chance = random.Random(self._size)
        for number in range(1, self._size + 1):
            yield self._offer(number, chance)

    def _offer(self, number: int, chance: random.Random) -> OfferDocument:
        page = chance.choice(self._corpus.pages)
        other = chance.choice(self._corpus.pages)
        sentences = chance.sample(page.sentences, min(len(page.sentences), 8)) + list(other.sentences[:2])
        body = _with_rare_words(" ".join(sentences).split()[:115], chance)
        place = chance.randrange(len(self._places))
        facets = self._facets(place, chance)
        return OfferDocument(
            id=number,
            texts={"de": IndexedText(page.title, body)},
            concepts=dict.fromkeys(facets["topic"], 1.0),
            facets=facets,
            card=_card(number, page.title, body, facets),
            latitude=self._points[place][0],
            longitude=self._points[place][1],
            checked_on=TODAY - timedelta(days=chance.randrange(600)),
            starts_on=TODAY + timedelta(days=chance.randrange(-100, 60)) if chance.random() < 0.3 else None,
            ends_on=TODAY + timedelta(days=chance.randrange(-20, 200)) if chance.random() < 0.2 else None,
        )

    def _facets(self, place: int, chance: random.Random) -> dict[str, tuple[str, ...]]:
        some = chance.sample
        facets = {
            "topic": some(self._topics, 2),
            "place": self._places if chance.random() < 0.05 else [self._places[place]],
            "language": some(SEARCHED, chance.randrange(1, 4)),
            "level": some(LEVELS, chance.randrange(3)),
            "cost": some(list(COSTS)[:3], chance.randrange(2)),
            "format": some(list(FORMATS), 1),
            "time": some(list(TIMES), chance.randrange(3)),
            "childcare": ["yes"] * (chance.random() < 0.2),
            "women_only": ["yes"] * (chance.random() < 0.1),
            "wheelchair": ["yes"] * (chance.random() < 0.4),
            "residence": some(list(RESIDENCE), chance.randrange(4)),
            "audience": some(list(AUDIENCES), chance.randrange(4)),
            "provider": [str(chance.randrange(1 + self._size // 50))],
        }
        return {name: tuple(values) for name, values in facets.items() if values}


def _with_rare_words(words: list[str], chance: random.Random) -> str:
    """One word in 25 becomes one that hardly any other text has, as names and streets do in real ones."""
    return " ".join(f"{word}{chance.randrange(40_000)}" if chance.random() < 0.04 else word for word in words)


def _card(number: int, title: str, body: str, facets: dict[str, tuple[str, ...]]) -> Card:
    return Card(
        id=number,
        texts={"de": (title, body[:140])},
        text_origins={"de": "written"},
        provider=f"Träger {facets['provider'][0]}",
        provider_id=int(facets["provider"][0]),
        topics=facets["topic"],
        place=facets["place"][0],
        languages=facets["language"],
        levels=facets.get("level", ()),
        checked_on=TODAY.isoformat(),
        phone="+493023125120",
    )


@dataclass(frozen=True)
class Ask:
    """A query as every engine can ask it: analysed words, and one ticked topic."""

    words: tuple[str, ...]
    topic: str

    def query(self) -> SearchQuery:
        """The same for our engine."""
        words = tuple(Word(word, (Term("de", word),)) for word in self.words)
        return SearchQuery(" ".join(self.words), "de", TODAY, words=words, filters={"topic": (self.topic,)})


def short_queries(corpus: Corpus, number: int = 200) -> list[Ask]:
    """One to three words of a title."""
    chance = random.Random(1)
    titles = (chance.choice(corpus.pages).title.split() for _ in count())
    texts = (" ".join(chance.sample(title, min(len(title), chance.randint(1, 3)))) for title in titles)
    return _asks(texts, number, chance)


def questions(corpus: Corpus, number: int = 100) -> list[Ask]:
    """Whole sentences, as people ask."""
    chance = random.Random(2)
    return _asks((chance.choice(corpus.questions) for _ in count()), number, chance)


def _asks(texts: Iterator[str], number: int, chance: random.Random) -> list[Ask]:
    topics = [topic.code for topic in TOPICS if not topic.parent]
    asks: list[Ask] = []
    while len(asks) < number:
        words = tuple(dict.fromkeys(index_terms(next(texts), "de")))
        if words:
            asks.append(Ask(words, chance.choice(topics)))
    return asks
