"""Our engine and two others behind one small contract, all given the same analysed words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.corpus import TODAY, Ask
from infopool.search.documents import OfferDocument
from infopool.search.inverting import read_card, write_card
from infopool.search.query import FACET_NAMES
from infopool.search.text import index_terms
from infopool.search.whoosh_engine import WhooshEngine

TOP = 20
DAY = TODAY.toordinal()


class Contestant(Protocol):
    """An engine that can be measured."""

    name: str

    def build(self, offers: Iterable[OfferDocument]) -> None:
        """Analyse and index all offers, from nothing."""
        ...

    def open(self) -> None:
        """Forget everything kept in memory and open the index."""
        ...

    def ask(self, ask: Ask) -> tuple[int, int]:
        """Find the top 20 with their cards and the counts of all facets, each under the other filters; returns the
        total and the number of counts, which must be the same for all."""
        ...


class Ours:
    """infopool's embedded engine: a Whoosh index scored in arrays."""

    name = "infopool"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "ours"

    def build(self, offers: Iterable[OfferDocument]) -> None:
        """See `Contestant.build`."""
        WhooshEngine(self._folder).rebuild(offers)

    def open(self) -> None:
        """See `Contestant.open`."""
        self._engine = WhooshEngine(self._folder)
        self._engine.generation()

    def ask(self, ask: Ask) -> tuple[int, int]:
        """See `Contestant.ask`."""
        found = self._engine.search(ask.query())
        return found.total, sum(len(counts) for counts in found.facets.values())


class Fts5:
    """SQLite's full-text index with facets in a table."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite"

    def build(self, offers: Iterable[OfferDocument]) -> None:
        """See `Contestant.build`."""
        self._path.unlink(missing_ok=True)
        database = sqlite3.connect(self._path)
        database.executescript(
            """
            CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0");
            CREATE TABLE cards (id INTEGER PRIMARY KEY, ends INTEGER, card TEXT);
            CREATE TABLE has (id INTEGER, facet INTEGER, value TEXT, PRIMARY KEY (id, facet, value)) WITHOUT ROWID;
            """
        )
        for offer in offers:
            self._insert(database, offer)
        database.execute("CREATE INDEX who_has ON has (facet, value, id)")
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.execute("ANALYZE")
        database.commit()
        database.close()

    def _insert(self, database: sqlite3.Connection, offer: OfferDocument) -> None:
        title, body = (" ".join(index_terms(text, "de")) for text in (offer.texts["de"].title, offer.texts["de"].body))
        database.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (offer.id, title, body))
        ends = offer.ends_on.toordinal() if offer.ends_on else 9**9
        database.execute("INSERT INTO cards VALUES (?, ?, ?)", (offer.id, ends, write_card(offer.card)))
        rows = [(offer.id, FACET_NAMES.index(f), value) for f, values in offer.facets.items() for value in values]
        database.executemany("INSERT INTO has VALUES (?, ?, ?)", rows)

    def open(self) -> None:
        """See `Contestant.open`."""
        self._database = sqlite3.connect(self._path)
        self._database.execute("PRAGMA mmap_size=1000000000")
        self._database.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL)")

    def ask(self, ask: Ask) -> tuple[int, int]:
        """See `Contestant.ask`. The found are kept in a table of their own, so that the words are looked up once."""
        run = self._database.execute
        run("DELETE FROM found")
        match = " OR ".join(f'"{word}"' for word in ask.words)
        run(
            "INSERT INTO found SELECT words.rowid, bm25(words, 3, 1) FROM words JOIN cards ON id = words.rowid "
            "WHERE words MATCH ? AND ends >= ?",
            (match, DAY),
        )
        inside = "id IN (SELECT id FROM has WHERE facet = 0 AND value = ?)"
        total = run(f"SELECT count(*) FROM found WHERE {inside}", (ask.topic,)).fetchone()[0]
        top = run(
            f"SELECT card FROM (SELECT id FROM found WHERE {inside} ORDER BY score LIMIT {TOP}) JOIN cards USING (id)",
            (ask.topic,),
        ).fetchall()
        assert len([read_card(card) for (card,) in top]) == min(total, TOP)
        counts = run(
            f"SELECT facet, value, count(*) FROM found JOIN has USING (id) WHERE facet > 0 AND {inside} GROUP BY 1, 2",
            (ask.topic,),
        ).fetchall()
        counts += run(
            "SELECT facet, value, count(*) FROM found JOIN has USING (id) WHERE facet = 0 GROUP BY 1, 2"
        ).fetchall()
        return total, len(counts)


class Tantivy:
    """The Rust library behind several search servers."""

    name = "Tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._lib: Any = tantivy
        self._folder = folder / "tantivy"

    def _index(self) -> Any:
        builder = self._lib.SchemaBuilder()
        for field in ("title", "body"):
            builder.add_text_field(field, tokenizer_name="spaces", index_option="freq")
        for facet in FACET_NAMES:
            builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
        builder.add_integer_field("ends", indexed=True, fast=True)
        builder.add_text_field("card", stored=True, tokenizer_name="raw", index_option="basic")
        index = self._lib.Index(builder.build(), path=str(self._folder))
        spaces = self._lib.TextAnalyzerBuilder(self._lib.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", spaces)
        return index

    def build(self, offers: Iterable[OfferDocument]) -> None:
        """See `Contestant.build`."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        writer = self._index().writer(heap_size=200_000_000, num_threads=1)
        for offer in offers:
            document = self._lib.Document()
            document.add_text("title", " ".join(index_terms(offer.texts["de"].title, "de")))
            document.add_text("body", " ".join(index_terms(offer.texts["de"].body, "de")))
            for facet, values in offer.facets.items():
                for value in values:
                    document.add_text(facet, value)
            document.add_integer("ends", offer.ends_on.toordinal() if offer.ends_on else 9**9)
            document.add_text("card", write_card(offer.card).decode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """See `Contestant.open`."""
        index = self._index()
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()

    def ask(self, ask: Ask) -> tuple[int, int]:
        """See `Contestant.ask`."""
        q, lib = self._lib.Query, self._lib
        terms = [
            (lib.Occur.Should, q.boost_query(q.term_query(self._schema, "title", word), 3.0)) for word in ask.words
        ]
        terms += [(lib.Occur.Should, q.term_query(self._schema, "body", word)) for word in ask.words]
        going_on = q.range_query(self._schema, "ends", lib.FieldType.Integer, DAY, 10**9)
        words = [(lib.Occur.Must, q.boolean_query(terms)), (lib.Occur.Must, q.const_score_query(going_on, 0.0))]
        topic = q.const_score_query(q.term_query(self._schema, "topic", ask.topic), 0.0)
        inside = q.boolean_query([*words, (lib.Occur.Must, topic)])
        found = self._searcher.search(inside, TOP, count=True)
        cards = [read_card(self._searcher.doc(address)["card"][0].encode()) for _score, address in found.hits]
        assert len(cards) == min(found.count, TOP)
        counts = self._searcher.aggregate(inside, _every_value(FACET_NAMES[1:]))
        counts |= self._searcher.aggregate(q.boolean_query(words), _every_value(FACET_NAMES[:1]))
        return found.count, sum(len(facet["buckets"]) for facet in counts.values())


def _every_value(facets: Iterable[str]) -> dict[str, Any]:
    return {facet: {"terms": {"field": facet, "size": 10_000, "segment_size": 10_000}} for facet in facets}


CONTESTANTS: tuple[type[Any], ...] = (Ours, Fts5, Tantivy)
